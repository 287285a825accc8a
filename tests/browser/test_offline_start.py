"""A phone's first worker: whatever breaks while it starts, nothing waits for an answer in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.paper import Paper, ask, listed, stop_worker, working
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"
# Of the shell, and asked for by the worker alone.
NEEDED = r"^/offline$"
ONLINE = "dispatchEvent(new Event('online'))"


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


def without_worker(page: Page) -> None:
    """Wait until the page knows that its first worker could not be installed."""
    page.wait_for_selector("html:not([data-worker])", state="attached", timeout=15_000)


@pytest.mark.core
@pytest.mark.parametrize("step", ["installed", "activating", "activated"])
def test_a_server_killed_as_the_worker_starts_leaves_one_that_answers(
    paper: Paper, page: Page, context: BrowserContext, step: str
):
    killed: list[str] = []

    def kill(event: dict) -> None:
        if not killed and step in {version["status"] for version in event["versions"]}:
            killed.append(step)
            paper.server.kill()

    session = context.new_cdp_session(page)
    session.on("ServiceWorker.workerVersionUpdated", kill)
    session.send("ServiceWorker.enable")
    page.goto(paper.url + "/saved")
    working(page)
    for _ in range(50):
        if killed:
            break
        page.wait_for_timeout(100)
    assert killed
    assert listed(page) == {}
    page.goto(paper.url + "/saved")
    expect(page.locator("[data-shelf-empty]")).to_be_visible()
    assert listed(page) == {}


@pytest.mark.core
def test_a_worker_that_could_not_be_installed_comes_when_the_line_is_back(
    paper: Paper, line: FaultProxy, page: Page
):
    line.order(Fault.DROP, NEEDED)
    page.goto(line.url + paper.path(0))
    without_worker(page)
    button = page.locator(".tools [data-save]")
    expect(button).to_be_hidden()
    line.heal()
    page.evaluate(ONLINE)
    working(page)
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=saved]")
    assert listed(page)[paper.path(0)]["pin"]


@pytest.mark.core
def test_a_file_is_taken_in_before_the_phone_has_a_worker(
    paper: Paper, line: FaultProxy, page: Page, browser: Browser, tmp_path: Path
):
    page.goto(paper.url + "/sections")
    working(page)
    ask(page, "save", path=paper.path(2))
    page.goto(paper.url + "/saved")
    with page.expect_download() as coming:
        page.click(f"[data-pass-story='{paper.ids[2]}']")
    file = tmp_path / "story.khb"
    coming.value.save_as(file)
    with browser.new_context(locale="ar") as other:
        phone = other.new_page()
        line.order(Fault.DROP, NEEDED)
        phone.goto(line.url + "/saved")
        without_worker(phone)
        phone.set_input_files("[data-pass] input", file)
        expect(phone.locator("[data-pass-said]")).to_contain_text("أُضيفت")
        line.heal()
        phone.evaluate(ONLINE)
        phone.wait_for_selector(f"[data-saved='{paper.ids[2]}']")
        paper.server.kill()
        phone.goto(line.url + paper.path(2))
        assert "المكتبة رقم" in phone.inner_text("h1")


@pytest.mark.core
def test_a_worker_that_the_browser_ends_fails_the_save_in_words(
    paper: Paper, line: FaultProxy, page: Page, context: BrowserContext, watch
):
    # The page's own request for the same part waits as long.
    watch.allow("htmx:error: timeout")
    page.clock.install()
    page.goto(line.url + paper.path(0))
    working(page)
    line.order(Fault.STALL_BODY, "/_f/related/")
    button = page.locator(".tools [data-save]")
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=saving]")
    stop_worker(context, page)
    page.clock.fast_forward(60_000)
    page.wait_for_selector(".tools [data-save][data-state=failed]")
    assert "لم يصل كاملًا" in button.inner_text()
