"""The desk in a browser: by keyboard, by thumb, and a story that goes out while one looks on."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from browser.signing_in import sign_in
from factories.story import BY, ENGLISH, proposal, stories, story
from flask_migrate import upgrade
from kept import give_static_files
from playwright.sync_api import Page, Response, expect
from serving import Server

from khabarayn import create_app
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.schedule import schedule
from khabarayn.desk.stories.submit import submit
from khabarayn.settings import Settings
from khabarayn.store.db import db, now

EMAIL, PASSWORD = "huda@khabarayn.example", "كلمة سر طويلة جدا"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def furnish(data_dir: Path) -> dict[str, str]:
    """Make a paper with a chief, live stories, drafts, one in review and one with an hour."""
    give_static_files(data_dir)
    app = create_app(Settings(data_dir=data_dir, secret_key="for tests only, and nobody else's"))
    with app.app_context():
        upgrade()
        seed_sections(DEFAULT_SECTIONS, OPERATOR)
        add_user(EMAIL, "هدى", "chief", PASSWORD, OPERATOR)
    live = stories(app, 6)
    story(app, **ENGLISH)
    with app.app_context():
        ids = {
            "old": draft(proposal(headline="إفتتاح المدرسة الجديدة في آسيا"), BY),
            "new": draft(proposal(headline="أسعار القمح تتراجع للأسبوع الثالث"), BY),
            "review": draft(proposal(headline="خبر ينتظر المراجعة"), BY),
            "hour": draft(proposal(headline="خبر له موعد قريب"), BY),
            "live": live[2],
        }
        submit(ids["review"], BY, "راجعوا الأرقام من فضلكم.")
        schedule(ids["hour"], BY, now() + timedelta(hours=5))
        db.session.remove()
        db.engine.dispose()
    return ids


@pytest.fixture
def ids(server: Server) -> dict[str, str]:
    server.environ["KHABARAYN_SECRET_KEY"] = "for tests only, and nobody else's"
    made = furnish(server.data_dir)
    server.start()
    return made


def look(page: Page, address: str) -> Response | None:
    """Open a page as a reader who looks again two seconds after something changed."""
    page.wait_for_timeout(2000)
    return page.goto(address)


def test_the_desk_is_worked_by_keyboard_and_every_page_of_it_is_accessible(
    desk: Page, axe, watch, server: Server, ids
):
    sign_in(desk, server.url, EMAIL, PASSWORD)
    desk.goto(f"{server.url}/newsroom/?shelf=drafts")
    newest = desk.locator("[data-line] h2 a").first
    oldest = desk.locator("[data-line] h2 a").last
    desk.keyboard.press("j")
    expect(newest).to_be_focused()
    desk.keyboard.press("j")
    expect(oldest).to_be_focused()
    desk.keyboard.press("k")
    expect(newest).to_be_focused()
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    desk.keyboard.press("/")
    search = desk.locator("[data-desk-search]")
    expect(search).to_be_focused()
    # Letters are letters where one writes.
    search.press_sequentially("افتتاح المدرسه j")
    expect(desk.locator(".lines__none")).to_be_visible()
    search.fill("افتتاح المدرسه")
    expect(desk.locator("[data-line]")).to_have_count(1)
    expect(desk.locator("[data-line]")).to_contain_text("إفتتاح المدرسة")
    expect(desk.locator("[data-announce]")).not_to_be_empty()

    review = f"{server.url}/newsroom/stories/{ids['review']}"
    pages = (
        "/newsroom/?shelf=review", "/newsroom/?shelf=live", "/newsroom/calendar",
        "/newsroom/front", "/newsroom/editions", "/newsroom/front?language=en",
        "/newsroom/arrange/sections/sport", "/newsroom/menus", "/en/",
    )  # fmt: skip
    for path in (*(server.url + path for path in pages), f"{review}/notes", f"{review}/schedule"):
        desk.goto(path)
        assert desk.locator("h1").count() == 1
        for width, scheme in ((1280, "light"), (360, "dark")):
            desk.set_viewport_size({"width": width, "height": 800})
            desk.evaluate("(name) => { document.documentElement.dataset.scheme = name }", scheme)
            assert desk.evaluate(OVERFLOW) <= 0, (path, width)
            assert axe(desk) == [], (path, scheme)


def test_on_a_phone_a_page_is_composed_and_a_story_goes_out_by_itself(
    page: Page, plain: Page, watch, server: Server, ids
):
    sign_in(page, server.url, EMAIL, PASSWORD)
    page.goto(f"{server.url}/newsroom/front")
    page.locator(f'button[value="lead.{ids["live"]}"]').click()
    expect(page.get_by_text("لم يُنشر هذا الترتيب بعد")).to_be_visible()
    expect(page.locator(".spot--lead")).to_contain_text("مثبّت")
    page.get_by_role("button", name="انظرها كما يراها القرّاء").click()
    lead = f'#lead a[href="/a/{ids["live"]}"]'
    expect(page.locator(lead)).to_be_visible()
    look(plain, server.url)
    expect(plain.locator(lead)).to_have_count(0)
    page.locator(".proof a").click()
    page.get_by_role("button", name="انشر الصفحة الأولى").click()
    expect(page.locator(".notice")).to_contain_text("هذه هي الصفحة الأولى الآن")
    look(plain, server.url)
    expect(plain.locator(lead)).to_be_visible()

    page.fill("#bulletin-text", "زلزال يضرب الساحل")
    page.get_by_role("button", name="ارفع الشريط").click()
    expect(page.locator(".urgent__strip")).to_contain_text("زلزال يضرب الساحل")
    look(plain, server.url)
    expect(plain.locator(".strip")).to_contain_text("زلزال يضرب الساحل")
    page.get_by_role("button", name="أنزله الآن").click()
    expect(page.locator(".notice")).to_contain_text("أُنزل الشريط")
    look(plain, server.url)
    expect(plain.locator(".strip")).to_have_count(0)

    # Only `khabarayn serve` runs: its own worker sends the story out at its hour.
    soon = now() + timedelta(seconds=4)
    app = create_app(
        Settings(data_dir=server.data_dir, secret_key="for tests only, and nobody else's")
    )
    with app.app_context():
        schedule(ids["hour"], BY, soon)
        db.session.remove()
        db.engine.dispose()
    address = f"{server.url}/a/{ids['hour']}"
    watch.allow(r"status of 404 .*/a/")
    watch.allow(r"status of 410 .*/a/")
    assert plain.request.get(address).status == 404
    plain.wait_for_timeout(max(0, (soon - now()).total_seconds() * 1000))
    for _ in range(20):
        if plain.request.get(address).status == 200:
            break
        plain.wait_for_timeout(100)
    assert now() - soon < timedelta(seconds=2.5), "two seconds, and how long a look takes"
    plain.goto(address)
    expect(plain.locator("h1")).to_contain_text("خبر له موعد قريب")

    # Taken back by thumb: the form unfolds on the story's own page.
    page.goto(f"{server.url}/newsroom/stories/{ids['hour']}/notes")
    page.locator("summary", has_text="اسحب الخبر").click()
    page.fill("#withdraw-reason", "نُشر قبل أوانه.")
    page.locator("#withdraw-reason").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.locator(".notice")).to_contain_text("سُحب الخبر")
    gone = look(plain, address)
    assert gone
    assert gone.status == 410
    expect(plain.locator("main")).to_contain_text(re.compile("نُشر قبل أوانه"))


def test_what_narrows_the_desk_stays_in_the_address_and_in_the_shelves(
    page: Page, server: Server, ids: dict[str, str]
) -> None:
    sign_in(page, server.url, EMAIL, PASSWORD)
    page.goto(f"{server.url}/newsroom/?shelf=drafts")
    expect(page.locator("[data-line]")).to_have_count(2)
    page.fill("[data-desk-search]", "تتراجع")
    expect(page.locator("[data-line]")).to_have_count(1)
    page.click(".filters__more summary")
    page.fill('input[name="tag"]', "مدن")
    expect(page).to_have_url(re.compile(r"shelf=drafts.*q=.*tag="))
    page.reload()
    expect(page.locator("[data-line]")).to_have_count(1)
    expect(page.locator('input[name="tag"]')).to_have_value("مدن")
    page.fill('input[name="tag"]', "زراعة")
    expect(page.locator("[data-line]")).to_have_count(0)
    expect(page.locator('.tabs a[aria-current="page"] .tabs__count')).to_have_text("0")
    page.locator('.tabs a[href*="shelf=review"]').click()
    expect(page.locator("[data-desk-search]")).to_have_value("تتراجع")


def test_many_stories_are_chosen_at_once_and_withdrawn_only_with_a_reason(
    page: Page, server: Server, ids: dict[str, str]
) -> None:
    sign_in(page, server.url, EMAIL, PASSWORD)
    page.goto(f"{server.url}/newsroom/?shelf=live")
    expect(page.locator(".many button").first).to_be_hidden()
    page.locator("[data-many-all]").check()
    expect(page.locator('[data-line] input[name="story"]:checked')).to_have_count(7)
    page.locator('[data-line] input[name="story"]').first.uncheck()
    expect(page.locator("[data-many-all]")).not_to_be_checked()
    page.click('.many button[value="withdraw"]')
    expect(page.locator('input[name="story"]:checked')).to_have_count(6)
    page.click("main button[type=submit]")
    expect(page.locator("#given:invalid")).to_have_count(1)
    page.fill("#given", "نُشرت من مصدر غير موثوق.")
    page.click("main button[type=submit]")
    expect(page.locator('section[aria-labelledby="done"] li')).to_have_count(6)
    page.click("main p > a.pill")
    expect(page.locator("[data-line]")).to_have_count(1)
