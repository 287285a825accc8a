"""A story in one browser: written with a picture, previewed, published, corrected, withdrawn; and
what it is, chosen in the editor and seen by readers."""

from __future__ import annotations

import json
import time
from urllib.parse import unquote

import pytest
from browser.signing_in import sign_in
from factories.media import picture_bytes
from flask_migrate import upgrade
from kept import give_static_files
from playwright.sync_api import Page, expect
from serving import Server

from khabarayn import create_app
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.pictures.upload import upload
from khabarayn.settings import Settings
from khabarayn.store.db import db

EMAIL, PASSWORD = "huda@khabarayn.example", "كلمة سر طويلة جدا"
HEADLINE = "جسر جديد للمشاة يصل ضفتي النهر"
LINES = (
    "افتتحت البلدية جسرًا للمشاة يصل ضفتي النهر بعد عامين من العمل فيه.",
    "ويبلغ طول الجسر مئتي متر، وله مصعدان لمن لا يصعد الدرج.",
)


@pytest.fixture
def chief(server: Server, page: Page) -> Page:
    """The window of a chief who has signed in to a paper that has one picture and no story."""
    server.environ["KHABARAYN_SECRET_KEY"] = "for tests only, and nobody else's"
    give_static_files(server.data_dir)
    app = create_app(
        Settings(data_dir=server.data_dir, secret_key="for tests only, and nobody else's")
    )
    with app.app_context():
        upgrade()
        seed_sections(DEFAULT_SECTIONS, OPERATOR)
        add_user(EMAIL, "هدى", "chief", PASSWORD, OPERATOR)
        store = app.extensions["khabarayn.media"]
        picture = picture_bytes(1200, 800, hue=200)
        upload(picture, OPERATOR, alt="جسر فوق نهر", caption="الجسر", credit="هدى", store=store)
        db.session.remove()
        db.engine.dispose()
    server.start()
    sign_in(page, server.url, EMAIL, PASSWORD)
    return page


def take(page: Page, name: str, reason: str = "") -> float:
    """Unfold a step of the story, take it, and return when."""
    page.locator(".next-step summary", has_text=name).click()
    form = page.locator(".next-step[open] form")
    if reason:
        form.locator("textarea[name=reason]").fill(reason)
    form.get_by_role("button").click()
    expect(page.locator(".notice").first).to_be_visible()
    return time.monotonic()


def until(page: Page, address: str, status: int, taken: float) -> str:
    """Return what a reader gets, who sees ``status`` within two seconds of the step."""
    while True:
        answer = page.request.get(address)
        if answer.status == status:
            return answer.text()
        assert time.monotonic() - taken < 2, f"{answer.status} after two seconds"
        page.wait_for_timeout(50)


def test_a_story_with_a_picture_from_the_first_word_to_its_withdrawal(server, chief, plain, watch):
    watch.allow("status of 404|status of 410")
    chief.goto(f"{server.url}/newsroom/stories/new")
    chief.fill("#f-headline", HEADLINE)
    chief.fill("#f-standfirst", "طوله مئتا متر، وفيه مصعدان.")
    chief.click("[data-pick-lead]")
    chief.locator(".ed-found__one").first.click()
    expect(chief.locator("[data-lead-shown] img")).to_be_visible()
    expect(chief.locator("[name=lead_alt]")).to_have_value("جسر فوق نهر")
    chief.click(".ed-text")
    for number, line in enumerate(LINES):
        if number:
            chief.keyboard.press("Enter")
        chief.keyboard.insert_text(line)
    chief.select_option("#f-section", "news")
    id = chief.locator("form[data-write]").get_attribute("data-write")
    chief.click("[data-save-now]")
    chief.wait_for_url(f"{server.url}/newsroom/stories/{id}")
    address = f"{server.url}/a/{id}"
    assert plain.request.get(address).status == 404

    with chief.context.expect_page() as opened:
        chief.get_by_role("link", name="معاينة", exact=True).click()
    preview = opened.value
    expect(preview.locator("main h1")).to_contain_text("جسر جديد للمشاة")
    expect(preview.locator(".story p").first).to_contain_text(LINES[0][:20])
    preview.close()

    taken = take(chief, "انشر الآن")
    assert HEADLINE in until(plain, address, 200, taken)
    plain.goto(address)
    expect(plain.locator("figure img").first).to_have_attribute("alt", "جسر فوق نهر")
    source = plain.locator("figure img").first.get_attribute("src") or ""
    assert plain.request.get(server.url + source).headers["content-type"].startswith("image/")

    chief.goto(f"{server.url}/newsroom/stories/{id}")
    taken = take(chief, "أضف تصحيحًا", "طول الجسر مئتان وعشرة أمتار.")
    plain.wait_for_timeout(2000 - (time.monotonic() - taken) * 1000)
    plain.reload()
    expect(plain.locator("main")).to_contain_text("طول الجسر مئتان وعشرة أمتار.")
    mark = plain.get_by_role("link", name="صُحّح", exact=True)
    assert plain.evaluate("mark => !!mark.closest('.article__by')", mark.element_handle())
    mark.click()
    expect(plain.locator("#correction")).to_be_in_viewport()

    chief.goto(f"{server.url}/newsroom/stories/{id}")
    taken = take(chief, "اسحب الخبر", "نُشر قبل أوانه.")
    assert "نُشر قبل أوانه." in until(plain, address, 410, taken)
    assert id not in plain.request.get(f"{server.url}/latest").text()


def publish_as(page: Page, site: str, genre: str, headline: str, source: str = "") -> str:
    """Write a story of the genre named ``genre`` in the editor, publish it, and return its id."""
    page.goto(f"{site}/newsroom/stories/new")
    page.fill("#f-headline", headline)
    page.click(".ed-text")
    page.keyboard.insert_text(LINES[0])
    page.evaluate(
        "html => document.querySelector('form[data-write]').khEditor.commands.insertContent(html)",
        '<p><a href="https://bank.example/">موقع المصرف</a></p>',
    )
    page.select_option("#f-section", "news")
    page.locator("summary", has_text="المصدر واللغة").click()
    if source:
        page.fill("#f-source_name", source)
    page.get_by_label("النوع").select_option(label=genre)
    id = page.locator("form[data-write]").get_attribute("data-write")
    page.click("[data-save-now]")
    page.wait_for_url(f"{site}/newsroom/stories/{id}")
    expect(page.locator("#f-genre option:checked")).to_have_text(genre)
    taken = take(page, "انشر الآن")
    until(page, f"{site}/a/{id}", 200, taken)
    return id or ""


def test_readers_are_told_what_an_editor_chose_that_a_story_is(server, chief, plain):
    opinion = publish_as(chief, server.url, "رأي", "الجسر لمن يمشي")
    paid = publish_as(chief, server.url, "مادة إعلانية", "بطاقة للمسافرين", "مصرف الواحة")
    for id, label, kind in (
        (opinion, "رأي", "OpinionNewsArticle"),
        (paid, "مادة إعلانية", "AdvertiserContentArticle"),
    ):
        plain.goto(f"{server.url}/latest")
        card = plain.locator(".card", has=plain.locator(f'a[href="/a/{id}"]'))
        expect(card.locator(".genre")).to_have_text(label)
        plain.goto(f"{server.url}/a/{id}")
        expect(plain.locator(".article__head .genre")).to_have_text(label)
        told = json.loads(plain.locator("script[type='application/ld+json']").inner_text())
        assert kind in [node["@type"] for node in told["@graph"]]
        headline = plain.locator("h1").inner_text()
        shared = plain.locator("a[href*='wa.me'], a[href*='api.whatsapp']").first
        assert f"{label}: {headline}" in unquote(shared.get_attribute("href") or "")
        feed = plain.request.get(f"{server.url}/feed.json").json()["items"]
        assert f"{label}: {headline}" in [item["title"] for item in feed]
    disclaimer = "مادة إعلانية برعاية مصرف الواحة، وليست من عمل هيئة التحرير."
    expect(plain.locator(".paid")).to_have_text(disclaimer)
    link = plain.get_by_role("link", name="موقع المصرف")
    assert "sponsored" in (link.get_attribute("rel") or "").split()
    plain.goto(f"{server.url}/a/{opinion}")
    expect(plain.locator(".paid")).to_have_count(0)
    rel = plain.get_by_role("link", name="موقع المصرف").get_attribute("rel") or ""
    assert "sponsored" not in rel.split()


def test_a_story_is_translated_and_a_correction_asks_after_the_translation(server, chief, plain):
    arabic = publish_as(chief, server.url, "رأي", HEADLINE)
    chief.get_by_role("button", name="ابدأ ترجمة: الإنجليزية").click()
    english = chief.locator("form[data-write]").get_attribute("data-write")
    assert english != arabic
    chief.fill("#f-headline", "A new footbridge joins the banks of the river")
    chief.click(".ed-text")
    chief.keyboard.insert_text("The council opened a footbridge after two years of work.")
    chief.click("[data-save-now]")
    expect(chief.locator("[data-kept-state]")).to_have_attribute("data-state", "saved")
    chief.goto(f"{server.url}/newsroom/stories/{english}")
    take(chief, "انشر الآن")

    plain.goto(f"{server.url}/a/{arabic}")
    plain.get_by_role("link", name="اقرأ بالإنجليزية").click()
    plain.wait_for_url(f"{server.url}/en/a/{english}")
    expect(plain.locator("h1")).to_contain_text("A new footbridge")
    plain.get_by_role("link", name="Read in Arabic").click()
    plain.wait_for_url(f"{server.url}/a/{arabic}")
    assert english not in plain.request.get(f"{server.url}/latest").text()
    assert english in plain.request.get(f"{server.url}/en/").text()

    chief.goto(f"{server.url}/newsroom/stories/{arabic}")
    take(chief, "أضف تصحيحًا", "استغرق العمل ثلاثة أعوام.")
    expect(chief.locator("main")).to_contain_text("لم تُراجع بعد")
    chief.get_by_role("link", name="A new footbridge").click()
    chief.get_by_role("button", name="راجعتُ هذا الخبر").click()
    expect(chief.get_by_text("سُجّلت المراجعة.")).to_be_visible()
    expect(chief.get_by_role("button", name="راجعتُ هذا الخبر")).to_have_count(0)
