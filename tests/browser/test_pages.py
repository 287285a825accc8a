"""Every kind of page in a real browser: valid, accessible, inside its width, without complaint."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from browser.kinds import KINDS, read, status
from playwright.sync_api import expect

WIDTHS = (320, 360, 768, 1024, 1280)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHARED_WITH = {
    "wa.me",
    "t.me",
    "www.facebook.com",
    "x.com",
    "www.linkedin.com",
    "",  # an address of mail has no host
}


def test_every_page_and_fragment_is_valid_html(addresses, live, markup_faults):
    documents = {unquote(path): read(live + path) for path in addresses.values()}
    assert not (faults := markup_faults(documents)), "\n".join(faults)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_inside_every_width(page, axe, watch, live, addresses, kind):
    watch.allow(r"status of 404 .*nothing-here")
    page.goto(live + addresses[kind], wait_until="load")
    direction = "ltr" if kind.startswith("/en") else "rtl"
    assert page.evaluate("document.documentElement.dir") == direction
    assert page.locator("h1").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) <= 0, f"{width} px"
    for width, scheme in ((1280, "light"), (360, "light"), (360, "dark"), (360, "sepia")):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("(name) => { document.documentElement.dataset.scheme = name }", scheme)
        assert axe(page) == [], f"{scheme}, {width} px"


def test_the_page_follows_the_device_from_light_to_dark(page, live):
    page.goto(f"{live}/p/about")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) != light


@pytest.mark.parametrize("kind", ["/", "section", "tag", "author"])
def test_a_list_reads_without_scripts(plain, live, addresses, kind):
    plain.goto(live + addresses[kind])
    assert plain.locator("main a[href^='/a/']").count() > 1
    assert plain.locator("main .js:visible").count() == 0


def test_an_article_is_whole_without_scripts(plain, live, addresses):
    plain.goto(live + addresses["article"])
    insets = plain.locator("[data-slot] a[href^='/a/']")
    related = plain.locator("[data-related] .card__title a[href^='/a/']")
    assert insets.count() == plain.locator("[data-slot]").count() > 0
    assert related.count() == 4
    for link in [*insets.all(), *related.all()]:
        assert link.is_visible() and link.inner_text().strip()
        assert status(live + (link.get_attribute("href") or "")) == 200
    hrefs = [link.get_attribute("href") or "" for link in plain.locator("#share a").all()]
    assert {urlsplit(href).hostname or "" for href in hrefs} == SHARED_WITH
    assert all(addresses["article"] in unquote(href) for href in hrefs)
    assert plain.locator("main button:visible").count() == 0
    plain.locator(".tools a[href='#share']").click()
    expect(plain.locator("#share")).to_be_in_viewport()


def test_a_list_goes_on_without_scripts(plain, live):
    plain.goto(f"{live}/latest")
    first = plain.locator(".river .card__title a").first.get_attribute("href")
    plain.locator("[data-more]").click()
    assert re.search(r"\?before=", plain.url)
    assert plain.locator(".river .card__title a").first.get_attribute("href") != first
