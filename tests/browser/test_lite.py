"""Pictures on request: not a byte of them before a tap, and an article for fifty kilobytes."""

from __future__ import annotations

import json

import pytest
from browser.conftest import PHONE
from browser.paper import ask, evaluated, listed, working
from playwright.sync_api import expect

pytest_plugins = ["browser.offline_fixtures"]
MOST = 50_000
PLACES = "[data-slot][data-hx-get], [data-related][data-hx-get]"
KEPT = json.dumps(json.dumps({"lite": "1"}))
CHOSEN = f"if (location.protocol === 'http:') localStorage.setItem('kh-choices', {KEPT})"
LEFT = """() => {
  localStorage.removeItem("kh-choices");
  delete document.documentElement.dataset.lite;
  document.dispatchEvent(new Event("khabarayn:choices"));
}"""
WORKERS = """navigator.serviceWorker.getRegistrations().then((all) =>
  all.map(({ active, waiting, installing }) => [active, waiting, installing]
    .map((one) => one && one.scriptURL.slice(location.origin.length))))"""
SAVING = "Object.defineProperty(navigator.connection, 'saveData', {get: () => true})"


@pytest.fixture(params=[CHOSEN, SAVING], ids=["chosen", "save-data"])
def saving(request, browser, watch):
    """The phone of a reader who counts bytes, by choice or by the device's own setting."""
    with browser.new_context(viewport=PHONE, locale="ar", device_scale_factor=2) as context:
        watch.of(context)
        context.set_default_timeout(10_000)
        context.add_init_script(request.param)
        yield context.new_page()


def pictures(network) -> list[str]:
    """The pictures that went over the network, whoever asked for them: page, scanner or worker."""
    return [told for told in network.seen if "/media/" in told]


def read_on(page) -> None:
    for place in page.locator(PLACES).all():
        place.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.mark.parametrize("kind", ["article", "longest"])
def test_an_article_with_its_insets_and_cards_costs_little_and_no_picture(
    saving, network, addresses, kind
):
    saving.goto(network.url + addresses[kind], wait_until="load")
    read_on(saving)
    saving.wait_for_timeout(1500)
    assert pictures(network) == []
    assert [told for told in network.seen if "/_f/related/" in told]
    # The shell (style, scripts, typefaces, icons) is the same for every page and kept for a year.
    own = [(path, size) for path, size in network.carried if path.startswith(("/a/", "/_f/"))]
    assert sum(size for _, size in own) <= MOST, own


@pytest.mark.parametrize("kind", ["/", "article"])
def test_who_counts_bytes_reads_in_the_faces_of_the_device(saving, live, addresses, kind):
    asked: list[str] = []
    saving.on("request", lambda request: asked.append(request.url))
    saving.goto(live + addresses[kind], wait_until="load")
    read_on(saving)
    assert [url for url in asked if url.endswith(".css")]
    assert not [url for url in asked if url.endswith(".woff2")]


def test_the_worker_brings_no_face_before_lite_mode_is_left(browser, watch, network, addresses):
    with browser.new_context(viewport=PHONE, locale="ar") as context:
        watch.of(context)
        page = context.new_page()
        page.add_init_script(CHOSEN)
        page.goto(network.url + addresses["article"], wait_until="load")
        working(page)
        expect(page.locator("[data-save]:visible").first).to_be_visible()
        assert evaluated(page, WORKERS) == [["/sw.js?lite=1", None, None]]
        assert not [told for told in network.seen if told.endswith(".woff2")]
        assert not context.cookies(), "what is chosen on the device stays there"
        page.evaluate(LEFT)
        until_only(page, "/sw.js")
        assert [told for told in network.seen if told.endswith(".woff2")]


@pytest.mark.core
def test_a_phone_with_the_usual_worker_goes_over_to_lite_and_keeps_what_it_saved(
    browser, watch, paper
):
    watch.allow(r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script")
    with browser.new_context(viewport=PHONE, locale="ar") as context:
        watch.of(context)
        page = context.new_page()
        page.goto(paper.url + "/p/about")
        working(page)
        assert evaluated(page, WORKERS) == [["/sw.js", None, None]]
        assert ask(page, "save", path=paper.path(3))["pin"]
        page.add_init_script(CHOSEN)
        page.goto(paper.url + paper.path(1))
        until_only(page, "/sw.js?lite=1")
        assert not page.locator("[data-offline-pill] button").count(), "no release came"
        assert listed(page)[paper.path(3)]["pin"]
        paper.server.kill()
        page.goto(paper.url + paper.path(3))
        assert "المكتبة رقم" in page.inner_text("h1")
        assert evaluated(page, WORKERS) == [["/sw.js?lite=1", None, None]]


def until_only(page, address: str) -> None:
    """Wait until the worker at ``address`` is the phone's only one."""
    for _ in range(200):
        if evaluated(page, WORKERS) == [[address, None, None]]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(evaluated(page, WORKERS))


@pytest.mark.parametrize("kind", ["/", "section", "/latest"])
def test_no_list_asks_for_a_picture(saving, network, addresses, kind):
    saving.goto(network.url + addresses[kind], wait_until="load")
    for _ in range(8):
        saving.mouse.wheel(0, 800)
        saving.wait_for_timeout(50)
    saving.wait_for_load_state("networkidle")
    assert saving.locator(".pic img").count() > 3
    assert pictures(network) == []


def test_a_tap_brings_one_picture_and_its_words_told_how_heavy_it_is(saving, network, addresses):
    saving.goto(network.url + addresses["article"], wait_until="load")
    hero = saving.locator(".hero .pic")
    ask = hero.locator(".pic__ask")
    assert any(unit in ask.inner_text() for unit in ("كيلوبايت", "ك.ب", "KB", "kB"))
    ask.click()
    expect(hero.locator("img")).to_have_js_property("complete", True)
    assert hero.locator("img").evaluate("(e) => e.naturalWidth") > 0
    assert ask.count() == 0
    assert len(pictures(network)) == 1


def test_without_lite_the_first_picture_comes_once_and_early(page, live, addresses):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind, hero in (("article", ".hero img"), ("/", ".lead img"), ("section", ".opening img")):
        asked.clear()
        page.goto(live + addresses[kind], wait_until="networkidle")
        chosen = page.locator(hero).first.evaluate("(e) => e.currentSrc")
        assert asked.count(chosen) == 1, kind
        # Announced in the head, it is asked for before any other picture.
        assert next(url for url in asked if "/media/" in url) == chosen, kind
