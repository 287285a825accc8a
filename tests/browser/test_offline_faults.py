"""A good copy stays good, whatever the network does; what is broken is never kept or listed."""

from __future__ import annotations

import time

import pytest
from browser.paper import (
    Paper,
    ask,
    assert_whole,
    evaluated,
    forget_http,
    listed,
    look,
    stored,
    until_listed,
    working,
)
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"
CUTS = [Fault.CUT_LENGTH, Fault.CUT_CHUNKED, Fault.CUT_GZIP, Fault.CUT_CLOSE, Fault.DROP]
STATUSES = [Fault.STATUS_500, Fault.STATUS_502, Fault.CAPTIVE]


@pytest.fixture(autouse=True)
def network_may_fail(watch):
    watch.allow(GONE)


def held(page: Page, line: FaultProxy, paper: Paper, number: int = 4) -> str:
    """Save a story over a good line; return its path."""
    page.goto(line.url + paper.path(0))
    working(page)
    until_listed(page, paper.path(0))
    assert ask(page, "save", path=paper.path(number))["pin"]
    return paper.path(number)


@pytest.mark.core
def test_eight_faults_and_the_copy_answers_each_time(paper, line: FaultProxy, page: Page, context):
    path = held(page, line, paper)
    before = stored(page, path)
    for fault in [*CUTS, *STATUSES]:
        forget_http(context, page)
        line.order(fault, path)
        page.goto(line.url + path)
        assert assert_whole(page)["kept"] > 0, fault
        line.heal()
        assert stored(page, path) == before, fault


@pytest.mark.core
@pytest.mark.parametrize(("fault", "limit"), [(Fault.STALL_HEADERS, 3.5), (Fault.STALL_BODY, 6.5)])
def test_a_stalled_line_gives_way_to_the_copy_in_time(paper, line, page, context, fault, limit):
    path = held(page, line, paper)
    forget_http(context, page)
    line.order(fault, path + "$")
    began = time.monotonic()
    page.goto(line.url + path, wait_until="commit")
    assert time.monotonic() - began <= limit
    line.heal()
    assert assert_whole(page)["kept"] > 0


@pytest.mark.core
def test_a_hotel_network_is_never_kept(paper: Paper, line: FaultProxy, page: Page):
    path = held(page, line, paper)
    line.order(Fault.CAPTIVE, ".")
    page.goto(line.url + path)
    page.goto(line.url + paper.path(8), wait_until="load")
    assert "failed" in ask(page, "save", path=paper.path(7)) if on_ours(page) else True
    line.heal()
    page.goto(line.url + "/saved")
    working(page)
    for key in everything(page):
        assert "Hotel" not in key["text"], key["url"]


@pytest.mark.parametrize("part", ["/_f/see-also/", "/_f/related/", "/media/"])
@pytest.mark.parametrize("fault", [Fault.STATUS_500, Fault.CUT_CLOSE])
def test_one_part_failing_and_nothing_is_claimed(paper, line, page, part, fault):
    page.goto(line.url + "/sections")
    working(page)
    line.order(fault, part)
    assert "failed" in ask(page, "save", path=paper.path(4))
    assert paper.path(4) not in listed(page)
    assert not stored(page, paper.path(4))
    line.heal()
    again = ask(page, "save", path=paper.path(4))
    assert again.get("pin"), again


@pytest.mark.core
def test_a_failed_save_says_so_and_can_be_tried_again(paper: Paper, line: FaultProxy, page: Page):
    page.goto(line.url + paper.path(0))
    working(page)
    line.order(Fault.STATUS_500, "/_f/related/")
    page.evaluate("caches.keys().then((names) => Promise.all(names.map((n) => caches.delete(n))))")
    button = page.locator(".tools [data-save]")
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=failed]")
    assert "لم يصل كاملًا" in button.inner_text()
    line.heal()
    button.click()
    page.wait_for_selector(".tools [data-save][data-state=saved]")


@pytest.mark.core
def test_a_server_killed_mid_save_leaves_no_orphan(paper: Paper, line: FaultProxy, page: Page):
    page.goto(line.url + "/sections")
    working(page)
    line.order(Fault.STALL_BODY, "/media/")
    evaluated(
        page,
        """(path) => navigator.serviceWorker.ready.then(({active}) =>
             active.postMessage({ask: "save", path}, [new MessageChannel().port2]))""",
        paper.path(4),
    )
    page.wait_for_timeout(500)
    paper.server.kill()
    line.heal()
    page.wait_for_timeout(1000)
    assert listed(page) == {}
    names = page.evaluate("caches.keys()")
    assert not [name for name in names if name.startswith("kh-a")], names


@pytest.mark.core
def test_an_entry_lost_behind_our_back_is_healed_or_unlisted(paper, line, page, context):
    from browser.paper import stop_worker

    path = held(page, line, paper)
    lose = """async (path) => {
      const cache = await caches.open("kh-a1-" + path.slice(3));
      const keys = await cache.keys();
      await cache.delete(keys.find((key) => key.url.includes("/_f/related/")));
    }"""
    page.evaluate(lose, path)
    assert path not in listed(page)
    stop_worker(context, page)
    page.goto(line.url + "/saved")
    until_listed(page, path)
    page.evaluate(lose, path)
    line.order(Fault.DROP, ".")
    stop_worker(context, page)
    page.goto(line.url + "/saved")
    working(page)
    assert path not in listed(page)


@pytest.mark.core
def test_a_failed_fragment_never_reaches_the_story(paper: Paper, line: FaultProxy, page: Page):
    for fault in (Fault.STATUS_500, Fault.CAPTIVE, Fault.DROP):
        line.order(fault, "/_f/")
    page.goto(line.url + paper.path(0))
    seen = look(page)
    assert seen["insets"] >= 1
    text = page.inner_text("main")
    assert "500" not in text
    assert "Hotel" not in text
    assert page.locator("[data-slot] a").count() == seen["insets"]


@pytest.mark.core
def test_saving_on_a_full_phone_breaks_nothing(paper: Paper, line: FaultProxy, page: Page, context):
    path = held(page, line, paper)
    session = context.new_cdp_session(page)
    usage = page.evaluate("navigator.storage.estimate().then((e) => e.usage)")
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": usage + 90_000}
    )
    said = [ask(page, "save", path=paper.path(n % 10)) for n in range(40)]
    session.send("Storage.overrideQuotaForOrigin", {"origin": line.url})
    assert any("failed" in one for one in said if one)
    now = listed(page)
    assert path in now
    assert all(record["pin"] for record in now.values() if record["why"] == "saved")
    paper.server.kill()
    for one in now:
        page.goto(line.url + one)
        assert_whole(page)


def test_data_saving_fetches_nothing_by_itself(paper: Paper, line: FaultProxy, page: Page):
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection',"
        " {get: () => ({saveData: true, effectiveType: '4g'})})"
    )
    page.goto(line.url + "/sections")
    working(page)
    line.forget()
    page.wait_for_timeout(9500)
    assert not [seen for seen in line.seen if "/a/" in seen]


def test_idle_phones_get_the_newest_stories(paper: Paper, line: FaultProxy, page: Page):
    page.goto(line.url + "/sections")
    working(page)
    until_listed(page, paper.path(9), 25)
    found = listed(page)
    assert set(found) == {paper.path(n) for n in range(10)}
    assert not any(record["pin"] for record in found.values())
    assert ask(page, "list")["state"]["moved"].popitem()[1] > 50_000


def on_ours(page: Page) -> bool:
    return page.evaluate("!!navigator.serviceWorker?.controller")


def everything(page: Page) -> list[dict[str, str]]:
    """Return the address and the text of every stored answer."""
    return page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) {
              const res = await cache.match(key);
              const type = res.headers.get("Content-Type") ?? "";
              found.push({ url: key.url, text: /text|json/.test(type) ? await res.text() : "" });
            }
          }
          return found;
        }"""
    )
