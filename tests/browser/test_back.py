"""A list continued in place, a story read, and Back: to the same place."""

from __future__ import annotations

import pytest
from browser.proxy import Fault
from playwright.sync_api import expect

CARDS = ".river .card"


def go_on(page) -> None:
    count = page.locator(CARDS).count()
    page.locator("[data-more]").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(CARDS).nth(count)).to_be_attached()


def top_of(page, href: str) -> float:
    link = page.locator(f"{CARDS} .card__title a[href='{href}']")
    return link.evaluate("(e) => e.getBoundingClientRect().top")


@pytest.mark.parametrize("times", [1, 2])
def test_back_returns_to_the_story_where_the_reader_left(page, network, times):
    page.goto(f"{network.url}/latest", wait_until="load")
    first = page.locator(CARDS).count()
    for _ in range(times):
        go_on(page)
    count = page.locator(CARDS).count()
    assert count > first
    card = page.locator(CARDS).nth(count - 3)
    card.evaluate("(e) => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    href = card.locator(".card__title a").get_attribute("href") or ""
    top = top_of(page, href)
    card.locator(".card__title a").click()
    page.wait_for_url(f"**{href}")
    page.go_back(wait_until="load")
    expect(page.locator(CARDS)).to_have_count(count)
    expect(page.locator(f"{CARDS} .card__title a[href='{href}']")).to_be_in_viewport()
    page.wait_for_timeout(200)
    assert abs(top_of(page, href) - top) < 40


def test_back_without_a_network_for_the_rest_stays_on_the_list(page, watch, network):
    watch.allow(r"/_f/|htmx")
    page.goto(f"{network.url}/latest", wait_until="load")
    first = page.locator(CARDS).count()
    go_on(page)
    page.locator(CARDS).nth(first + 2).locator(".card__title a").click()
    page.wait_for_load_state("load")
    page.evaluate("caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))")
    network.order(Fault.STATUS_500, only="^/_f/more/")
    page.go_back(wait_until="load")
    page.wait_for_timeout(1000)
    assert page.url == f"{network.url}/latest"
    assert page.locator(CARDS).count() >= first
