"""Editions come in pieces, survive every cut, and pass on under their signature."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.paper import Paper, ask, assert_whole, listed, working
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


@pytest.fixture
def edition(paper: Paper) -> str:
    """An edition of the running paper; return its name."""
    made = paper.server.run("edition", "make")
    found = re.search(r"\d{4}-\d\d-\d\d-(?:am|pm)", made.stdout)
    assert found, made.stdout
    return found[0]


def open_edition(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/editions/{name}")
    working(page)


@pytest.mark.core
def test_an_edition_is_taken_along_and_opens_without_a_network(paper, page: Page, edition):
    open_edition(page, paper.url, edition)
    page.click("[data-edition-file=full]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    stories = [path for path, record in listed(page).items() if record.get("edition")]
    assert len(stories) == 10
    paper.server.kill()
    page.goto(f"{paper.url}/editions/{edition}/read")
    assert page.locator("main a[href^='/a/']").count() >= 10
    for path in stories[:3]:
        page.goto(paper.url + path)
        assert_whole(page)
    page.goto(paper.url + "/saved")
    page.wait_for_selector(f"[data-taken='{edition}']")


@pytest.mark.core
def test_killed_five_times_it_completes_at_little_more_than_its_size(
    paper, line: FaultProxy, page: Page, edition
):
    size = int(
        page.request.head(f"{paper.url}/editions/{edition}-full.khb").headers["content-length"]
    )
    open_edition(page, line.url, edition)
    line.order(Fault.CUT_LENGTH, rf"{edition}-full\.khb", times=5)
    page.click("[data-edition-file=full]")
    for _ in range(5):
        page.locator("[data-edition-progress]:has-text('انقطعت')").wait_for()
        page.goto(f"{line.url}/editions/{edition}")
        working(page)
        page.locator("[data-edition-progress] button").click()
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    moved = page.evaluate(
        """async (name) => {
          const cache = await caches.open("kh-editions");
          return (await (await cache.match("/kh/edition/" + name)).json()).moved;
        }""",
        edition,
    )
    assert moved <= 1.1 * size, (moved, size)


def test_printed_again_in_the_middle_it_starts_anew_and_ends_whole(
    paper, line: FaultProxy, page: Page, edition
):
    open_edition(page, line.url, edition)
    line.order(Fault.STALL_BODY, rf"{edition}\.khb", times=1)
    page.click("[data-edition-file=text]")
    page.wait_for_timeout(800)
    line.heal()
    paper.run("from khabarayn.desk.correct import correct\ncorrect(ids[1], 'tests', 'تصحيح.')")
    paper.server.run("edition", "make", "--again")
    page.goto(f"{line.url}/editions/{edition}")
    working(page)
    page.locator("[data-edition-progress] button").click()
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    assert listed(page)[paper.path(1)]["rev"] == 2


@pytest.mark.core
def test_a_story_passes_from_phone_to_phone(paper: Paper, page: Page, browser, tmp_path: Path):
    page.goto(paper.url + "/about")
    working(page)
    ask(page, "save", path=paper.path(2))
    page.goto(paper.url + "/saved")
    with page.expect_download() as coming:
        page.click(f"[data-pass-story='{paper.ids[2]}']")
    file = tmp_path / "story.khb"
    coming.value.save_as(file)
    other = browser.new_context(locale="ar")
    phone = other.new_page()
    phone.goto(paper.url + "/saved")
    working(phone)
    paper.server.kill()
    changed = bytearray(file.read_bytes())
    changed[-40] ^= 1
    spoilt = tmp_path / "spoilt.khb"
    spoilt.write_bytes(changed)
    phone.set_input_files("[data-pass] input", spoilt)
    phone.wait_for_selector("[data-pass-said]:text-matches('تالف|لن نفتحه|ناقص')")
    assert paper.path(2) not in listed(phone)
    phone.set_input_files("[data-pass] input", file)
    phone.wait_for_selector(f"[data-saved='{paper.ids[2]}']")
    phone.goto(paper.url + paper.path(2))
    assert "المكتبة رقم" in phone.inner_text("h1")
    other.close()
