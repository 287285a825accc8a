"""What changes at the paper reaches phones; deploys, sign-ins and kill switches harm nobody."""

from __future__ import annotations

import re

import pytest
from browser.paper import (
    Paper,
    ask,
    assert_whole,
    evaluated,
    forget_http,
    listed,
    stop_worker,
    stored,
    until_listed,
    working,
)
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script|status of 410"
DESK = "from khabarayn.desk.stories.{0} import {0}\n"


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


def begun(page: Page, paper: Paper, *numbers: int) -> None:
    """Open the paper, let the worker learn where to ask from, and save stories."""
    page.goto(paper.url + "/sections")
    working(page)
    ask(page, "online")
    for number in numbers:
        assert ask(page, "save", path=paper.path(number))["pin"]


@pytest.mark.core
def test_a_withdrawn_story_leaves_the_phone_and_says_why(paper: Paper, page: Page):
    begun(page, paper, 1, 2)
    paper.run(DESK.format("withdraw") + "withdraw(ids[1], BY, 'لم يثبت الخبر.')")
    ask(page, "online")
    assert set(listed(page)) == {paper.path(2)}
    assert not stored(page, paper.path(1))
    page.goto(paper.url + "/saved")
    page.wait_for_selector("[data-notices] li")
    said = page.inner_text("[data-notices]")
    assert "سُحب" in said
    assert "لم يثبت الخبر." in said


def test_a_withdrawn_story_on_the_phone_leads_to_the_one_in_its_place(paper: Paper, page: Page):
    begun(page, paper, 1)
    paper.run(DESK.format("withdraw") + "withdraw(ids[1], BY, 'أعيدت كتابته.', ids[3])")
    ask(page, "online")
    page.goto(paper.url + "/saved")
    page.locator("[data-notices] a").click()
    page.wait_for_url("**" + paper.path(3))
    assert page.locator("h1").is_visible()


def test_opening_a_withdrawn_story_takes_the_copy_away(paper: Paper, page: Page):
    begun(page, paper, 1)
    paper.run(DESK.format("withdraw") + "withdraw(ids[1], BY, 'لم يثبت الخبر.')")
    page.goto(paper.url + paper.path(1))
    assert "لم يثبت الخبر." in page.inner_text("main")
    page.wait_for_timeout(500)
    assert not stored(page, paper.path(1))


@pytest.mark.core
def test_a_corrected_story_is_refreshed_and_marked(paper: Paper, page: Page):
    begun(page, paper, 1)
    paper.run(DESK.format("correct") + "correct(ids[1], BY, 'الصحيح أربعمئة متر.')")
    ask(page, "online")
    record = listed(page)[paper.path(1)]
    assert record["rev"] == 2
    assert record["corrected"]
    page.goto(paper.url + "/saved")
    page.wait_for_selector("[data-mark]:not([hidden])")
    paper.server.kill()
    page.goto(paper.url + paper.path(1))
    assert "الصحيح أربعمئة متر." in page.inner_text("main")


@pytest.mark.core
def test_a_corrected_story_that_does_not_come_holds_up_no_other(
    paper: Paper, line: FaultProxy, page: Page
):
    page.goto(line.url + "/sections")
    working(page)
    ask(page, "online")
    for number in (1, 2):
        assert ask(page, "save", path=paper.path(number))["pin"]
    paper.run(DESK.format("correct") + "correct(ids[1], BY, 'الصحيح أربعمئة متر.')")
    paper.run(DESK.format("withdraw") + "withdraw(ids[2], BY, 'لم يثبت الخبر.')")
    line.order(Fault.STATUS_500, f"/_f/related/{paper.ids[1]}")
    ask(page, "online")
    assert set(listed(page)) == {paper.path(1)}, "the withdrawn one waited for the other"
    assert [told["id"] for told in ask(page, "list")["state"]["notices"]] == [paper.ids[2]]
    assert listed(page)[paper.path(1)]["rev"] == 1
    line.heal()
    ask(page, "online")
    assert listed(page)[paper.path(1)]["rev"] == 2


def deploy(paper: Paper, page: Page, name: str, waits: bool = True) -> None:
    """Serve another release from the same address; wait until its worker waits."""
    paper.server.stop()
    paper.server.environ["KHABARAYN_SITE_NAME"] = name
    paper.server.start()
    if not waits:
        return
    evaluated(page, "navigator.serviceWorker.ready.then((r) => r.update()).then(() => {})")
    for _ in range(100):
        if evaluated(page, "navigator.serviceWorker.ready.then((r) => !!r.waiting)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no new worker waits")


TAKE_OVER = """async () => {
  const { waiting } = await navigator.serviceWorker.ready;
  const taken = new Promise((done) =>
    navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  waiting.postMessage({ ask: "skip" });
  await taken;
}"""


ACTIVE = "navigator.serviceWorker.getRegistration().then((r) => !!r?.active)"
START = """async ([ask, details]) => {
  (await navigator.serviceWorker.ready).active.postMessage({ ask, ...details });
}"""


def shells(page: Page) -> list[str]:
    names = page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("kh-shell-")]


def test_three_deploys_later_a_saved_story_is_whole_and_styled(paper, page: Page, context):
    begun(page, paper, 1)
    (first,) = shells(page)
    for name in ("الثاني", "الثالث", "الرابع"):
        deploy(paper, page, name)
        # Nobody who reads is given a new page: the old one goes on until it is asked for.
        assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
        evaluated(page, TAKE_OVER)
        page.wait_for_timeout(500)
    for _ in range(50):
        if len(shells(page)) == 2:
            break
        page.wait_for_timeout(100)
    assert len(shells(page)) == 2
    assert first not in shells(page)
    paper.server.kill()
    stop_worker(context, page)
    page.goto(paper.url + paper.path(1))
    assert_whole(page)


@pytest.mark.core
def test_a_new_worker_waits_and_the_pill_offers_it(paper: Paper, page: Page):
    begun(page, paper, 1)
    deploy(paper, page, "الثاني")
    page.locator("[data-offline-pill] button").wait_for(state="visible")
    with page.expect_navigation():
        page.locator("[data-offline-pill] button").click()
    assert "الثاني" in page.title()


def test_the_tap_for_a_new_release_is_answered_while_the_old_worker_is_busy(
    paper: Paper, line: FaultProxy, page: Page
):
    page.goto(line.url + paper.path(0))
    working(page)
    deploy(paper, page, "الثاني")
    button = page.locator("[data-offline-pill] button")
    button.wait_for(state="visible")
    # A story on a line that stands still keeps the old worker at work for many seconds.
    line.order(Fault.STALL_BODY, paper.path(5))
    evaluated(page, START, ["read", {"path": paper.path(5), "why": "auto"}])
    page.wait_for_timeout(500)
    with page.expect_navigation(timeout=8000):
        button.click()
    assert "الثاني" in page.title()


def test_a_deploy_meanwhile_leaves_an_open_page_styled_and_its_parts_come(
    paper, line: FaultProxy, page: Page, context
):
    page.goto(line.url + paper.path(0))
    working(page)
    ask(page, "save", path=paper.path(1))
    page.goto(line.url + paper.path(1))
    # The deploy took the old release's files away; its browser has none in its own cache.
    line.order(Fault.DROP, "^/static/")
    forget_http(context, page)
    deploy(paper, page, "الثاني", waits=False)
    assert_whole(page)
    page.goto(line.url + paper.path(2))
    assert_whole(page)
    paper.server.kill()
    page.goto(line.url + paper.path(1))
    assert_whole(page)


def test_pages_of_a_new_release_work_under_the_old_worker(paper: Paper, page: Page, context):
    begun(page, paper)
    # A second tab holds the old worker while the first goes from page to page.
    context.new_page().goto(paper.url + "/sections")
    deploy(paper, page, "الثاني")
    page.goto(paper.url + paper.path(3))
    assert "الثاني" in page.title()
    working(page)
    assert ask(page, "save", path=paper.path(4))["pin"]
    assert evaluated(page, "navigator.serviceWorker.ready.then((r) => !!r.waiting)")
    until_listed(page, paper.path(3))
    paper.server.kill()
    for number in (3, 4):
        page.goto(paper.url + paper.path(number))
        assert_whole(page)


def test_a_tab_of_the_old_release_works_under_the_new_worker(paper: Paper, page: Page, context):
    begun(page, paper)
    page.goto(paper.url + paper.path(0))
    working(page)
    other = context.new_page()
    other.goto(paper.url + "/sections")
    deploy(paper, working(other), "الثاني")
    evaluated(other, TAKE_OVER)
    other.wait_for_timeout(500)
    page.bring_to_front()
    assert "الثاني" not in page.title(), "nobody who reads is reloaded"
    assert_whole(page)
    page.click(".tools [data-save]")
    page.wait_for_selector(".tools [data-save][data-state=saved]")
    paper.server.kill()
    page.goto(paper.url + paper.path(0))
    assert_whole(page)


def test_an_interrupted_deploy_leaves_the_old_worker(paper, line: FaultProxy, page, context):
    page.goto(line.url + paper.path(0))
    working(page)
    ask(page, "save", path=paper.path(1))
    before = shells(page)
    forget_http(context, page)
    line.order(Fault.DROP, r"\.woff2$")
    paper.server.stop()
    paper.server.environ["KHABARAYN_SITE_NAME"] = "الثاني"
    paper.server.start()
    evaluated(
        page, "navigator.serviceWorker.ready.then((r) => r.update()).then(() => {}, () => {})"
    )
    page.wait_for_timeout(2000)
    state = evaluated(
        page, "navigator.serviceWorker.ready.then((r) => [r.active?.state, r.waiting?.state ?? ''])"
    )
    assert state == ["activated", ""]
    assert shells(page) == before
    paper.server.kill()
    page.goto(line.url + paper.path(1))
    assert_whole(page)


@pytest.mark.core
def test_a_missing_hashed_file_is_404_and_not_kept(paper: Paper, page: Page):
    begun(page, paper)
    found = page.evaluate(
        """async () => {
          const res = await fetch("/static/css/app.000000000000.css");
          const held = await caches.match("/static/css/app.000000000000.css");
          return [res.status, res.headers.get("Cache-Control"), !!held];
        }"""
    )
    assert found == [404, "no-store", False]


@pytest.mark.parametrize("switch", ["keep", "wipe"])
def test_the_kill_switch_ends_the_worker(paper: Paper, page: Page, switch: str):
    begun(page, paper, 1)
    paper.server.stop()
    paper.server.environ["KHABARAYN_SW_KILL"] = switch
    paper.server.start()
    page.goto(paper.url + "/sections")
    evaluated(page, "navigator.serviceWorker.getRegistration().then((r) => r?.update())")
    for _ in range(50):
        if not evaluated(
            page, "navigator.serviceWorker.getRegistration().then((r) => !!r?.active)"
        ):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)
    names = page.evaluate("caches.keys()")
    assert not [name for name in names if name.startswith("kh-shell")]
    assert bool([name for name in names if name.startswith("kh-a1-")]) == (switch == "keep")


def test_no_script_reads_all_the_same(paper: Paper, browser):
    context = browser.new_context(java_script_enabled=False, locale="ar")
    page = context.new_page()
    page.goto(paper.url + paper.path(0))
    assert "المكتبة رقم" in page.inner_text("h1")
    links = page.locator("[data-slot] a").evaluate_all("all => all.map((a) => a.pathname)")
    assert links
    page.goto(paper.url + links[0])
    assert "المكتبة رقم" in page.inner_text("h1")
    context.close()


def test_english_pages_are_kept_beside_the_arabic_ones(paper: Paper, page: Page):
    page.goto(paper.url + "/en" + paper.path(0))
    working(page)
    until_listed(page, "/en" + paper.path(0))
    ask(page, "save", path=paper.path(0))
    paper.server.kill()
    for prefix, direction in (("/en", "ltr"), ("", "rtl")):
        page.goto(paper.url + prefix + paper.path(0))
        assert page.get_attribute("html", "dir") == direction
        assert re.match(r"\d+", page.get_attribute("html", "data-kept") or "")


EDITOR = {
    "email": "samar@khabarayn.example",
    "name": "سمر الخزامى",
    "password": "كلمة سر طويلة جدا",
}
# Every stored answer with its text, and every word that scripts keep.
KEPT = """async () => {
  const found = [["localStorage", JSON.stringify(localStorage)]];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      const res = await cache.match(key);
      const headers = JSON.stringify([...res.headers]);
      found.push([key.url, headers + new TextDecoder().decode(await res.arrayBuffer())]);
    }
  }
  return found;
}"""


@pytest.mark.core
def test_an_editor_comes_and_goes_and_no_kept_byte_names_them(paper: Paper, page: Page, context):
    paper.run(
        "from khabarayn.desk.people.accounts import add_user\n"
        "from khabarayn.desk.by import OPERATOR\n"
        f"add_user({EDITOR['email']!r}, {EDITOR['name']!r}, 'writer', {EDITOR['password']!r},"
        " OPERATOR)"
    )
    begun(page, paper, 1)
    page.goto(paper.url + "/newsroom/sign-in")
    page.fill("[name=email]", EDITOR["email"])
    page.fill("[name=password]", EDITOR["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/newsroom/")
    cookies = [cookie["value"] for cookie in context.cookies()]
    assert cookies
    for path in (paper.path(2), "/", "/latest", "/s/news"):
        page.goto(paper.url + path)
        working(page)
    until_listed(page, paper.path(2))
    assert ask(page, "save", path=paper.path(3))["pin"]
    page.goto(paper.url + "/newsroom/")
    page.evaluate("fetch('/newsroom/', {credentials: 'include'}).then((res) => res.text())")
    page.locator("form[action*='sign-out'] button").first.dispatch_event("click")
    page.wait_for_url(lambda url: "/newsroom/" not in url or "sign-in" in url)
    page.goto(paper.url + "/saved")
    working(page)
    kept = page.evaluate(KEPT)
    assert len(kept) > 20
    for url, text in kept:
        assert "/newsroom" not in url
        for trace in (*EDITOR.values(), *cookies, "csrf_token"):
            assert trace not in text, (url, trace)
