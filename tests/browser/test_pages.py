"""Every kind of page in a real browser: valid, accessible, inside its width, without complaint."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from urllib.parse import unquote

import pytest

FIXED = (
    "/", "/latest", "/search", "/search?q=%D8%A7%D9%84", "/saved", "/offline", "/follow",
    "/settings", "/about", "/nothing-here", "/en/", "/en/latest",
)  # fmt: skip
# The first address of each kind that the front page or an article leads to.
FOUND = {
    "article": r'href="(/a/[^"/?#]+)"',
    "section": r'href="(/s/[^"?#]+)"',
    "tag": r'href="(/t/[^"?#]+)"',
    "author": r'href="(/by/[^"?#]+)"',
}
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def read(url: str) -> str:
    try:
        with _direct.open(url, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


@pytest.fixture(scope="session")
def addresses(live: str) -> dict[str, str]:
    """Paths by kind: the fixed ones, and one each of those that depend on the stories."""
    front = read(live)
    article = re.search(FOUND["article"], front)
    assert article, "the front page leads to no article"
    text = front + read(live + article[1])
    found = {kind: match[1] for kind, rule in FOUND.items() if (match := re.search(rule, text))}
    assert set(found) == set(FOUND)
    return {path: path for path in FIXED} | found


KINDS = [*FIXED, *FOUND]


def test_every_page_and_fragment_is_valid_html(addresses, live, markup_faults):
    documents = {unquote(path): read(live + path) for path in addresses.values()}
    assert markup_faults(documents) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_accessible_and_fits_its_screen(page, axe, watch, live, addresses, kind, width):
    watch.allow(r"status of 404 .*nothing-here")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live + addresses[kind], wait_until="load")
    direction = "ltr" if kind.startswith("/en") else "rtl"
    assert page.evaluate("document.documentElement.dir") == direction
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    assert page.locator("h1").count() == 1
    assert axe(page) == []


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


@pytest.mark.parametrize("kind", ["/", "article", "section"])
def test_a_page_reads_without_scripts(browser, live, addresses, kind):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(live + addresses[kind])
    assert page.locator("main a[href^='/a/'], main article p").count() > 3
    context.close()
