"""The core of reading without a network on Firefox and WebKitGTK; «make test-engines»."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from browser.engines import ENGINES, Firefox, Missing
from browser.engines import Page as EnginePage
from browser.paper import Paper, ask, assert_whole, listed, stored, until_listed, working
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
pytestmark = pytest.mark.engines
CUTS = [Fault.CUT_LENGTH, Fault.CUT_CHUNKED, Fault.CUT_GZIP, Fault.CUT_CLOSE, Fault.DROP]
STATUSES = [Fault.STATUS_500, Fault.STATUS_502, Fault.CAPTIVE]
# How long the page of a navigation took to begin, in seconds, as the engine itself measured it.
BEGAN = "performance.getEntriesByType('navigation')[0].responseStart / 1000"
# Whether the engine can check the paper's signatures itself.
CHECKS = """async () => {
  const { keys: [{ kty, crv, x }] } = await (await fetch("/editions/key.json")).json();
  const key = await crypto.subtle.importKey(
    "jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
  return key.algorithm.name;
}"""
DESK = "from khabarayn.desk.stories.{0} import {0}\n"


@pytest.fixture(params=sorted(ENGINES))
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A window of each engine in turn: it has what these tests need of Playwright's page."""
    try:
        made = ENGINES[request.param](tmp_path / "profile")
    except Missing as why:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(why))
    yield cast("Page", made)
    made.close()


def begun(page: Page, url: str, paper: Paper, *numbers: int) -> None:
    """Open the paper, and save stories."""
    page.goto(url + "/sections")
    working(page)
    for number in numbers:
        assert ask(page, "save", path=paper.path(number))["pin"]


def test_saved_visited_and_first_pages_open_whole(paper: Paper, page: Page):
    page.goto(paper.url + paper.path(0))
    working(page)
    until_listed(page, paper.path(0), 30)
    page.goto(paper.url + paper.path(1))
    until_listed(page, paper.path(1), 30)
    assert ask(page, "save", path=paper.path(4))["bytes"] > 10_000
    paper.server.kill()
    for number in (0, 1, 4):
        page.goto(paper.url + paper.path(number))
        seen = assert_whole(page)
    # WebKit shows what is younger than its max-age without asking the worker: only the story that
    # was never opened is a copy for sure.
    assert seen["kept"] > 0
    assert "نسخة محفوظة" in page.inner_text("[data-offline-pill]")


def test_an_unknown_page_leads_to_what_opens_and_the_shelf_searches(paper: Paper, page: Page):
    begun(page, paper.url, paper, 2)
    paper.server.kill()
    page.goto(paper.url + paper.path(7))
    page.wait_for_selector("[data-offline-page] [data-saved]")
    links = "Array.from(document.querySelectorAll('[data-saved] a'), (a) => a.pathname)"
    assert page.evaluate(links) == [paper.path(2)]
    for query in ("المسئوله", "مَسؤولة", "والمكتبه"):
        page.goto(f"{paper.url}/search?q={query}")
        page.wait_for_selector("[data-found]:not([hidden])")
        page.wait_for_selector("[data-saved] mark")
        assert page.evaluate(links) == [paper.path(2)], query


def test_eight_faults_and_the_copy_answers_each_time(paper, line: FaultProxy, page: Any):
    begun(page, line.url, paper, 4)
    path = paper.path(4)
    before = stored(page, path)
    for fault in [*CUTS, *STATUSES]:
        page.forget_http()
        line.order(fault, path + "$")
        page.goto(line.url + path)
        assert assert_whole(page)["kept"] > 0, fault
        line.heal()
        assert stored(page, path) == before, fault


@pytest.mark.parametrize(("fault", "limit"), [(Fault.STALL_HEADERS, 3.5), (Fault.STALL_BODY, 6.5)])
def test_a_stalled_line_gives_way_to_the_copy_in_time(paper, line, page: Any, fault, limit):
    begun(page, line.url, paper, 4)
    page.forget_http()
    line.order(fault, paper.path(4) + "$")
    page.goto(line.url + paper.path(4))
    line.heal()
    assert assert_whole(page)["kept"] > 0
    assert page.evaluate(BEGAN) <= limit


def test_one_part_failing_and_nothing_is_claimed(paper: Paper, line: FaultProxy, page: Page):
    begun(page, line.url, paper)
    for fault, part in ((Fault.STATUS_500, "/_f/related/"), (Fault.CUT_CLOSE, "/media/")):
        line.order(fault, part)
        assert "failed" in ask(page, "save", path=paper.path(4))
        assert not listed(page)
        assert not stored(page, paper.path(4))
        line.heal()
    assert ask(page, "save", path=paper.path(4))["pin"]


def test_a_withdrawn_story_leaves_and_a_corrected_one_is_refreshed(paper: Paper, page: Page):
    begun(page, paper.url, paper)
    ask(page, "online")
    for number in (1, 2):
        ask(page, "save", path=paper.path(number))
    paper.run(DESK.format("withdraw") + "withdraw(ids[1], BY, 'لم يثبت الخبر.')")
    paper.run(DESK.format("correct") + "correct(ids[2], BY, 'الصحيح أربعمئة متر.')")
    ask(page, "online")
    found = listed(page)
    assert set(found) == {paper.path(2)}
    assert found[paper.path(2)]["corrected"]
    paper.server.kill()
    page.goto(paper.url + paper.path(2))
    assert "الصحيح أربعمئة متر." in page.inner_text("main")


def test_an_edition_is_taken_along_through_a_cut(paper: Paper, line: FaultProxy, page: Page):
    told = paper.server.run("edition", "make").stdout
    found = re.search(r"\d{4}-\d\d-\d\d-(?:am|pm)", told)
    assert found, told
    page.goto(f"{line.url}/editions/{found[0]}")
    working(page)
    assert page.evaluate(CHECKS) == "Ed25519"
    line.order(Fault.CUT_LENGTH, rf"{found[0]}-full\.khb", times=2)
    page.click("[data-edition-file=full]")
    for _ in range(2):
        page.wait_for_selector("[data-edition-progress] button:not(progress ~ button)")
        page.click("[data-edition-progress] button")
    page.wait_for_selector("[data-edition-progress] a", timeout=60_000)
    stories = [path for path, record in listed(page).items() if record.get("edition")]
    assert len(stories) == 10
    paper.server.kill()
    line.order(Fault.DROP, ".")
    page.goto(f"{line.url}/editions/{found[0]}/read")
    assert page.evaluate("document.querySelectorAll(\"main a[href^='/a/']\").length") >= 10
    page.goto(line.url + stories[-1])
    assert_whole(page)


# What WebKitGTK's driver keeps goes with its window: it has no second start to look at.
@pytest.mark.parametrize("page", ["firefox"], indirect=True)
def test_a_cold_start_with_a_dead_server(paper: Paper, page: Page, tmp_path: Path):
    begun(page, paper.url, paper, 3)
    page.close()
    paper.server.kill()
    again: EnginePage = Firefox(tmp_path / "profile")
    try:
        again.goto(paper.url + paper.path(3))
        assert_whole(cast("Page", again))
        again.goto(paper.url + "/saved")
        again.wait_for_selector(f"[data-saved='{paper.ids[3]}']")
    finally:
        again.close()
