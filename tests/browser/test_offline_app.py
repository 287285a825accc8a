"""The application on the phone: its ways in, its one offer to install, and its settings."""

from __future__ import annotations

import pytest
from browser.paper import Paper, ask, listed, stop_worker, until_listed, working
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Browser, Page

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
# What Chromium fires where an application can be installed; headless it never does.
OFFER = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = async () => { window.prompted = (window.prompted ?? 0) + 1; };
  dispatchEvent(event);
  return event.defaultPrevented;
}"""


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


def opened(page: Page, paper: Paper, path: str = "", url: str = "") -> Page:
    page.goto((url or paper.url) + (path or paper.path(0)))
    return working(page)


@pytest.mark.core
def test_every_way_in_opens_with_a_dead_server(paper: Paper, page: Page, context):
    opened(page, paper)
    manifest = page.request.get(paper.url + "/manifest.webmanifest").json()
    ways = [manifest["start_url"], *(way["url"] for way in manifest["shortcuts"])]
    assert len(ways) == 5
    ask(page, "save", path=paper.path(1))
    for way in ways[:2]:
        # Lists are kept as they were last seen; the rest is part of the application.
        page.goto(paper.url + way)
    paper.server.kill()
    for way in ways:
        stop_worker(context, page)
        page.goto(paper.url + way)
        working(page)
        assert page.locator("main a[href*='/a/']").count() >= 1, way
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl", way


def test_a_link_shared_to_the_application_opens_its_story(paper: Paper, page: Page):
    opened(page, paper, "/sections")
    shared = f"قرأت هذا: {paper.url}{paper.path(3)}?utm_source=x"
    page.goto(f"{paper.url}/open?title=خبر&text={shared}")
    assert page.evaluate("location.pathname") == paper.path(3)
    page.goto(f"{paper.url}/open?text=المكتبة في القدس")
    assert page.evaluate("location.pathname") == "/search"
    assert page.locator("main a[href*='/a/']").count() >= 1


def test_the_offer_to_install_comes_once_after_something_was_saved(paper: Paper, page: Page):
    opened(page, paper)
    assert page.evaluate(OFFER), "the browser's own bar was not held back"
    box = page.locator("[data-install]")
    assert not box.is_visible()
    page.click(".tools [data-save]")
    box.wait_for(state="visible")
    page.click("[data-install-no]")
    assert not box.is_visible()
    page.goto(paper.url + paper.path(1))
    working(page)
    page.evaluate(OFFER)
    page.click(".tools [data-save]")
    page.wait_for_selector(".tools [data-save][data-state=saved]")
    page.wait_for_timeout(1500)
    assert not box.is_visible(), "it was offered twice"
    # Who wants it later finds it on the shelf.
    page.goto(paper.url + "/saved")
    working(page)
    page.evaluate(OFFER)
    page.click("[data-install-now]")
    assert page.evaluate("window.prompted") == 1


def test_an_iphone_is_shown_how(paper: Paper, browser: Browser, watch):
    context = browser.new_context(
        user_agent=IPHONE, locale="ar", viewport={"width": 390, "height": 844}
    )
    watch.of(context)
    page = context.new_page()
    opened(page, paper)
    page.click(".tools [data-save]")
    page.locator("[data-install][data-ios]").wait_for(state="visible")
    assert not page.locator("[data-install-yes]").is_visible()
    page.click("[data-install] a")
    page.wait_for_url("**/saved#install")
    page.click("#install summary")
    steps = page.locator("#install .guide li")
    assert steps.count() == 3
    assert all(steps.nth(n).locator("svg").is_visible() for n in range(3))
    context.close()


RETURN = """(minutes) => {
  const show = (state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  };
  const now = Date.now;
  show("hidden");
  Date.now = () => now() + minutes * 60000;
  show("visible");
  Date.now = now;
}"""
# Phones are told of what is settled.
SETTLED = """
from datetime import timedelta
from sqlalchemy import update
from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow
db.session.execute(update(OutboxRow).values(created_at=now() - timedelta(hours=1)))
db.session.commit()
"""
CORRECT = "from khabarayn.desk.stories.correct import correct\ncorrect(ids[2], BY, 'تصحيح.')"


def test_an_application_shown_again_says_that_there_is_newer_news(paper: Paper, page: Page):
    opened(page, paper)
    ask(page, "online")
    page.evaluate(RETURN, 5)
    page.wait_for_timeout(1500)
    pill = page.locator("[data-offline-pill]")
    assert not pill.is_visible(), "nothing is newer"
    paper.run(CORRECT)
    paper.run(SETTLED)
    page.evaluate(RETURN, 5)
    pill.get_by_text("نُشرت أخبار أحدث").wait_for()
    pill.locator("a").click()
    page.wait_for_url("**/latest")


def test_a_slow_line_brings_little_unasked_and_no_picture(
    paper: Paper, line: FaultProxy, page: Page
):
    # 30 kB a second an answer, and two or three at a time: half a megabit.
    line.order(Fault.SLOW, ".", bytes_per_second=30_000)
    opened(page, paper=paper, path="/sections", url=line.url)
    until_listed(page, paper.path(0), 40)
    page.wait_for_timeout(12_000)
    records = listed(page).values()
    assert records, "nothing came at all"
    assert not [part for one in records for part in one["parts"] if part.startswith("/media/")]
    assert page.evaluate("Number(sessionStorage.getItem('kh-auto-bytes'))") <= 150_000


def test_nothing_comes_unasked_while_the_reader_moves(paper: Paper, page: Page):
    opened(page, paper, "/sections")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(1000)
    assert not listed(page), "it came while the reader was scrolling"
    until_listed(page, paper.path(4), 25)


def test_how_many_come_by_themselves_is_the_readers_choice(paper: Paper, page: Page):
    opened(page, paper, "/saved")
    page.locator("[data-auto] input[value='5']").wait_for(state="attached")
    page.check("[data-auto] input[value='5']", force=True)
    page.goto(paper.url + "/sections")
    working(page)
    until_listed(page, paper.path(4), 25)
    page.wait_for_timeout(1500)
    assert set(listed(page)) == {paper.path(n) for n in range(5)}
    page.goto(paper.url + "/saved")
    page.wait_for_selector("[data-group=auto] [data-saved]")
    assert page.is_checked("[data-auto] input[value='5']")
    moved = page.inner_text("[data-moved]")
    bytes_moved = ask(page, "list")["state"]["moved"].popitem()[1]
    assert "ك.ب" in moved
    assert abs(int(moved.split()[0]) - bytes_moved / 1024) <= 1


def test_on_a_phones_own_network_only_five_come(paper: Paper, page: Page):
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection',"
        " {get: () => ({type: 'cellular', effectiveType: '4g'})})"
    )
    opened(page, paper, "/sections")
    until_listed(page, paper.path(4), 25)
    page.wait_for_timeout(1500)
    assert set(listed(page)) == {paper.path(n) for n in range(5)}


def test_a_tag_saves_all_of_it(paper: Paper, page: Page):
    page.goto(paper.url + paper.path(0))
    tag = page.locator("a[rel=tag]").first.get_attribute("href")
    page.goto(paper.url + str(tag))
    working(page)
    page.click("[data-save-all] [data-start]")
    page.wait_for_selector("[data-save-all] [data-start]:visible", timeout=30_000)
    stories = page.locator("main .card__title a").count()
    assert stories >= 1
    assert f"{stories} / {stories}" in page.inner_text("[data-save-all]")
    assert sum(record["pin"] for record in listed(page).values()) == stories


def test_what_was_deleted_on_the_shelf_can_be_brought_back_for_a_moment(paper: Paper, page: Page):
    opened(page, paper, "/sections")
    ask(page, "save", path=paper.path(2))
    page.goto(paper.url + "/saved")
    item = page.locator(f"[data-saved='{paper.ids[2]}']")
    item.locator("button:has-text('احذف')").click()
    assert not item.is_visible()
    page.click(".keep--gone button")
    assert item.is_visible()
    page.wait_for_timeout(5500)
    assert paper.path(2) in listed(page)
    item.locator("button:has-text('احذف')").click()
    page.wait_for_timeout(5500)
    assert paper.path(2) not in listed(page)
