"""Stories open whole with the server dead: saved, read, the first ever, and from a cold start."""

from __future__ import annotations

import time

import pytest
from browser.paper import (
    Paper,
    ask,
    assert_whole,
    listed,
    stop_worker,
    stored,
    until_listed,
    working,
)
from playwright.sync_api import Page

WITHDRAW = "from khabarayn.desk.stories.withdraw import withdraw\n"
pytest_plugins = ["browser.offline_fixtures"]
# What the browser itself says when a network is gone; anything of ours still fails.
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


@pytest.mark.core
def test_a_story_saved_and_never_opened_opens_whole(paper: Paper, page: Page):
    working_page(page, paper)
    saved = ask(page, "save", path=paper.path(4))
    assert saved["pin"]
    assert saved["bytes"] > 10_000
    paper.server.kill()
    page.goto(paper.url + paper.path(4))
    assert assert_whole(page)["kept"] > 0
    assert "نسخة محفوظة" in page.locator("[data-offline-pill]").inner_text()


@pytest.mark.core
def test_the_first_page_ever_and_every_page_read_since_open_whole(paper: Paper, page: Page):
    page.goto(paper.url + paper.path(0))
    working(page)
    until_listed(page, paper.path(0))
    page.goto(paper.url + paper.path(1))
    until_listed(page, paper.path(1))
    paper.server.kill()
    for number in (0, 1):
        page.goto(paper.url + paper.path(number))
        assert assert_whole(page)["kept"] > 0


@pytest.mark.core
def test_a_cold_start_with_a_dead_server_reads_and_lists(paper: Paper, page: Page, context):
    working_page(page, paper)
    ask(page, "save", path=paper.path(3))
    paper.server.kill()
    stop_worker(context, page)
    page.goto(paper.url + paper.path(3))
    assert_whole(page)
    stop_worker(context, page)
    page.goto(paper.url + "/saved")
    page.wait_for_selector(f"[data-saved='{paper.ids[3]}']")
    stop_worker(context, page)
    page.goto(paper.url + "/?from=app")
    assert "المكتبة" in page.inner_text("main")


@pytest.mark.core
def test_an_unknown_page_leads_to_what_opens(paper: Paper, page: Page):
    working_page(page, paper)
    ask(page, "save", path=paper.path(2))
    until_listed(page, paper.path(0))
    paper.server.kill()
    page.goto(paper.url + paper.path(7))
    page.wait_for_selector("[data-offline-page] [data-saved]")
    shown = page.locator("[data-saved] a").evaluate_all("links => links.map((a) => a.pathname)")
    assert set(shown) == {paper.path(2), paper.path(0)}
    for path in shown:
        page.goto(paper.url + path)
        assert_whole(page)


def test_a_story_asked_for_later_comes_when_the_network_is_back(paper: Paper, page: Page):
    working_page(page, paper)
    paper.server.kill()
    page.goto(paper.url + paper.path(6))
    page.click("[data-later-page]")
    page.wait_for_selector("[data-queue] li")
    assert paper.path(6) not in listed(page)
    paper.server.start()
    ask(page, "online")
    until_listed(page, paper.path(6))


def test_one_withdrawn_story_holds_up_nothing_that_waits_and_can_be_removed(
    paper: Paper, page: Page
):
    working_page(page, paper)
    ask(page, "set", change={"auto": 0})
    ask(page, "save", path=paper.path(0))
    paper.server.kill()
    page.goto(paper.url + paper.path(0))
    page.wait_for_selector("a[data-absent]", state="attached")
    # Two stories are asked for from their links; the first is withdrawn before the network is back.
    buttons = page.locator(".later:not([disabled])")
    for _ in range(2):
        buttons.first.click()
    first, second = ask(page, "list")["state"]["queue"]
    number = paper.ids.index(first.removeprefix("/a/"))
    paper.run(WITHDRAW + f"withdraw(ids[{number}], BY, 'لم يثبت الخبر.')")
    paper.server.start()
    ask(page, "online")
    until_listed(page, second)
    page.goto(paper.url + "/saved")
    waiting = page.locator("[data-queue] li")
    waiting.wait_for()
    assert waiting.count() == 1
    assert "سُحب" in waiting.inner_text()
    assert "/a/" not in waiting.inner_text(), "the address stands where the headline should"
    waiting.locator("button").click()
    waiting.wait_for(state="detached")
    assert ask(page, "list")["state"]["queue"] == []


def test_the_settings_open_without_a_network(paper: Paper, page: Page):
    working_page(page, paper)
    paper.server.kill()
    page.goto(paper.url + "/settings")
    working(page)
    page.locator("[data-auto] input[value='20']").wait_for(state="attached")
    assert page.locator("[data-choices] input[name=scheme]").count() == 4
    page.check("[data-auto] input[value='0']", force=True)
    page.wait_for_timeout(300)
    assert ask(page, "list")["state"]["auto"] == 0


@pytest.mark.core
def test_the_button_tells_its_three_states_and_its_bytes(paper: Paper, page: Page):
    page.goto(paper.url + paper.path(0))
    working(page)
    button = page.locator(".tools [data-save]")
    button.wait_for(state="visible")
    assert button.get_attribute("data-state") == "none"
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=saved]")
    assert button.get_attribute("aria-pressed") == "true"
    # On a narrow screen the size is left to the tip, so that the tools stay on one line.
    assert "ك.ب" in (button.get_attribute("title") or "")
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=none]")
    assert not listed(page)[paper.path(0)]["pin"]


def test_a_card_saves_its_story_and_a_section_saves_all(paper: Paper, page: Page):
    page.goto(paper.url + "/s/news")
    working(page)
    button = page.locator(f".card button[data-save='{paper.ids[5]}']")
    button.click()
    page.wait_for_selector(f"button[data-save='{paper.ids[5]}'][data-state=saved]")
    page.click("[data-save-all] [data-start]")
    page.wait_for_selector("[data-save-all] [data-start]:visible", timeout=30_000)
    assert "10 / 10" in page.inner_text("[data-save-all]")
    assert sum(record["pin"] for record in listed(page).values()) == 10


def test_save_all_stops_when_told(paper: Paper, line, page: Page):
    from browser.proxy import Fault

    line.order(Fault.SLOW, "/a/", bytes_per_second=12_000)
    page.goto(line.url + "/s/news")
    working(page)
    page.click("[data-save-all] [data-start]")
    page.wait_for_timeout(300)
    page.click("[data-save-all] [data-stop]")
    page.wait_for_selector("[data-save-all] [data-start]:visible", timeout=20_000)
    assert sum(record["pin"] for record in listed(page).values()) < 10


def test_links_to_stories_that_are_not_here_are_marked(paper: Paper, page: Page):
    working_page(page, paper)
    ask(page, "save", path=paper.path(0))
    paper.server.kill()
    page.goto(paper.url + paper.path(0))
    page.wait_for_selector("a[data-absent]", state="attached")
    page.locator(".later").first.click()
    assert ask(page, "list")["state"]["queue"]


def test_deleting_takes_it_off_the_phone(paper: Paper, page: Page):
    working_page(page, paper)
    ask(page, "save", path=paper.path(2))
    assert stored(page, paper.path(2))
    ask(page, "drop", path=paper.path(2))
    assert paper.path(2) not in listed(page)
    assert not stored(page, paper.path(2))


@pytest.mark.core
def test_thirty_days_later_copies_are_gone_and_pins_stay(paper: Paper, page: Page):
    working_page(page, paper)
    until_listed(page, paper.path(0))
    ask(page, "save", path=paper.path(1))
    ask(page, "read", path=paper.path(2), why="auto")
    month = (time.time() - 31 * 86_400) * 1000
    for number in (0, 1):
        ask(page, "mark", path=paper.path(number), change={"read": month, "at": month})
    ask(page, "save", path=paper.path(3))
    assert set(listed(page)) == {paper.path(1), paper.path(2), paper.path(3)}


@pytest.mark.core
def test_search_on_the_phone_finds_as_the_server_does(paper: Paper, page: Page):
    working_page(page, paper)
    ask(page, "save", path=paper.path(0))
    paper.server.kill()
    for query in ("المسؤولة", "المسئوله", "مَسؤولة", "والمكتبه", "للمكتبة", "قدس", "القُدس"):
        page.goto(f"{paper.url}/search?q={query}")
        page.wait_for_selector("[data-found]:not([hidden])")
        assert page.locator("[data-saved]").count() >= 1, query
    page.goto(f"{paper.url}/search?q=زرافة")
    page.wait_for_selector("[data-found]:not([hidden])")
    assert page.locator("[data-saved]").count() == 0


def working_page(page: Page, paper: Paper) -> None:
    page.goto(paper.url + paper.path(0))
    working(page)
