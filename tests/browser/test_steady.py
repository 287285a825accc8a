"""Nothing moves under the reader's eyes while typefaces, pictures and pieces arrive."""

from __future__ import annotations

import pytest
from browser.proxy import Fault
from playwright.sync_api import expect

MOST = 0.01
SHIFTS = """
window.shifted = 0;
window.shifters = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.shifted += entry.value;
    for (const { node } of entry.sources) window.shifters.push(node?.className || node?.nodeName);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

FACES = """() => document.fonts.ready.then(
  () => document.fonts.check("700 16px 'IBM Plex Sans Arabic'", "خبر"))"""


@pytest.mark.parametrize("kind", ["/", "article", "longest", "section", "/settings"])
@pytest.mark.parametrize(("width", "height"), [(360, 800), (1280, 900)])
def test_nothing_moves(page, network, addresses, kind, width, height):
    network.order(Fault.SLOW, only=r"\.woff2$", bytes_per_second=50_000)
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(network.url + addresses[kind], wait_until="load")
    assert page.evaluate(FACES)
    for _ in range(8):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(60)
    page.wait_for_load_state("networkidle")
    assert network.broken
    assert page.evaluate("shifted") <= MOST, page.evaluate("shifters")


PLACES = """() => [...document.querySelectorAll(".card, .tools > :not([data-save])")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.className, x, y + scrollY, width, height].join(" ");
})"""
# The worker is not there before the test says so.
LATE = """
const register = navigator.serviceWorker.register.bind(navigator.serviceWorker);
const asked = new Promise((resolve) => { window.letWorkerCome = resolve; });
navigator.serviceWorker.register = (...all) => asked.then(() => register(...all));
"""


@pytest.mark.parametrize("kind", ["/", "article", "section", "/latest"])
def test_save_buttons_come_into_room_that_was_kept_for_them(page, live, addresses, kind):
    page.add_init_script(LATE)
    page.goto(live + addresses[kind], wait_until="load")
    page.evaluate(FACES)
    before = page.evaluate(PLACES)
    assert len(before) > 3
    assert not page.locator("button[data-save]:visible").count()
    page.evaluate("letWorkerCome()")
    page.locator(".card button[data-save]:visible").first.wait_for()
    expect(page.locator(".card button[data-save][hidden]")).to_have_count(0)
    assert page.evaluate(PLACES) == before


WIDTHS = """() => [...document.querySelectorAll(".card:has(.pic) .hit__text")].map((text) =>
  [text, text.closest(".card")].map((one) => one.getBoundingClientRect().width))"""


def test_on_a_phone_what_search_quotes_has_the_width_of_its_card(page, live):
    page.goto(live + "/search?q=%D8%A7%D9%84%D9%85%D8%A7%D9%84", wait_until="load")
    widths = page.evaluate(WIDTHS)
    assert widths
    assert all(text == card for text, card in widths)
