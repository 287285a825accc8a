"""«شاهد أيضًا» and the cards: completed near the reader, untouched when the network fails."""

from __future__ import annotations

import re

import pytest
from browser.kinds import read
from browser.proxy import Fault
from playwright.sync_api import expect

PLACES = "[data-slot][data-hx-get], [data-related][data-hx-get]"
LINKS = "[data-slot] a[href^='/a/'], [data-related] .card__title a[href^='/a/']"
# The article and its cards as they stand, without what a script or htmx notes on them.
STANDING = """() => [...document.querySelectorAll("article, [data-related]")].map((part) => {
  const copy = part.cloneNode(true);
  const own = copy.querySelectorAll("time, [data-ago], [data-save], .hero, .tools");
  own.forEach((node) => node.remove());
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name } of [...node.attributes]) {
      if (/^(aria-busy|data-off|data-htmx.*)$/.test(name)) node.removeAttribute(name);
    }
    node.classList.remove("htmx-request");
    if (!node.classList.length) node.removeAttribute("class");
  }
  return copy.outerHTML;
}).join("\\n")"""
FAULTS = [
    Fault.STATUS_204, Fault.STATUS_500, Fault.DROP, Fault.CUT_LENGTH, Fault.CUT_CHUNKED,
    Fault.CUT_CLOSE, Fault.CUT_GZIP, Fault.CAPTIVE, Fault.STALL_BODY,
]  # fmt: skip


def links(page) -> list[str]:
    return page.eval_on_selector_all(LINKS, "all => all.map((a) => a.getAttribute('href'))")


def read_on(page) -> None:
    """Bring every lazy place of the page near, one after the other."""
    for place in page.locator(PLACES).all():
        place.scroll_into_view_if_needed()
        page.wait_for_timeout(50)


def test_insets_and_cards_come_when_the_reader_is_near_and_not_before(page, live, addresses):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live)))
    page.goto(live + addresses["article"], wait_until="networkidle")
    places = page.locator(PLACES).evaluate_all("all => all.map((e) => e.dataset.hxGet)")
    assert len(places) > 1
    assert places[-1].startswith("/_f/related/")
    assert places[-1] not in asked
    before = links(page)
    read_on(page)
    page.wait_for_load_state("networkidle")
    assert sorted(path for path in asked if path.startswith("/_f/")) == sorted(places)
    assert links(page) == before
    for picture in page.locator("[data-slot] img, [data-related] img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(e) => e.naturalWidth") > 0
    assert page.locator("[data-related] .card__teaser:not(:empty)").count() == 4
    assert page.locator("[data-announce]").inner_text().strip()


def test_no_story_is_offered_twice_on_an_article_nor_on_its_own(live):
    addresses = sorted(set(re.findall(r'href="(/a/\w+)"', read(live))))
    assert len(addresses) > 10
    for address in addresses:
        text = read(live + address)
        found = re.findall(r'href="(/a/\w+)"', text[text.index("data-story") :])
        twice = {link for link in found if found.count(link) > 1}
        assert (address, twice) == (address, set())
        assert address not in found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.lower())
def test_a_piece_that_fails_changes_nothing(page, watch, network, addresses, fault):
    watch.allow(r"/_f/|Failed to fetch|htmx|net::ERR_(CONTENT_LENGTH|INCOMPLETE_CHUNKED)")
    network.order(fault, only=r"^/_f/")
    page.goto(network.url + addresses["article"], wait_until="load")
    before, expected = page.evaluate(STANDING), page.locator(PLACES).count()
    read_on(page)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=15_000)
    # The worker asks for them too, to keep them.
    assert len(set(network.broken)) == expected > 1
    assert page.evaluate(STANDING) == before
    network.heal()
    target = links(page)[0]
    page.locator(f"[data-slot] a[href='{target}']").click()
    page.wait_for_url(network.url + target)
    assert page.locator("article[data-article]").count() == 1


@pytest.mark.parametrize("kind", ["/", "article"])
def test_a_page_read_to_its_end_fills_its_lazy_places_without_complaint(
    page, live, addresses, kind
):
    page.goto(live + addresses[kind], wait_until="load")
    for _ in range(40):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")
    assert page.locator(".htmx-request").count() == 0
