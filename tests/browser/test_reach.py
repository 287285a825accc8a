"""What readers can tell apart and hit: in forced colours, with a thumb, on a narrow screen."""

from __future__ import annotations

import pytest
from browser.paper import Paper, working
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
# Visible controls smaller than a target of 24 pixels (WCAG 2.5.8), but for links inside a sentence
# and those around whose middle a circle of 24 pixels touches no other control.
SMALL = """() => {
  const shown = [...document.querySelectorAll("a[href], button, input, select, summary, label")]
    .filter((one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
      && !one.closest(".vh, .skip, [hidden]"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 1 && height > 1);
  const small = shown.filter(([one, { width, height }]) => (width < 23.5 || height < 23.5)
    && !(getComputedStyle(one).display === "inline" && one.closest("p, li, figcaption, dd")
      && one.parentElement.textContent.trim() !== one.textContent.trim()));
  const near = ([one, box]) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return shown.some(([other, its]) => !other.contains(one) && !one.contains(other)
      && Math.hypot(Math.max(its.left - x, 0, x - its.right),
                    Math.max(its.top - y, 0, y - its.bottom)) < 12);
  };
  return small.filter(near).map(([one, { width, height }]) =>
    `${one.outerHTML.slice(0, 90)} ${Math.round(width)}x${Math.round(height)}`);
}"""
GROUND = "(one) => getComputedStyle(one).backgroundColor"


@pytest.mark.parametrize(
    ("width", "path", "row"), [(1280, "/s/news", ".nav"), (360, "/saved", ".bottom")]
)
def test_in_forced_colours_the_present_place_stands_out(
    paper: Paper, page: Page, width: int, path: str, row: str
):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(forced_colors="active")
    page.goto(paper.url + path)
    here = page.locator(f"{row} a[aria-current]").first.evaluate(GROUND)
    others = page.locator(f"{row} a:not([aria-current])").evaluate_all(
        f"(all) => all.map({GROUND})"
    )
    assert others
    assert here not in others


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_to_tap_is_too_small_or_too_near_to_something_else(
    paper: Paper, page: Page, width: int
):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", paper.path(0), "/latest", "/search?q=المكتبة", "/sections", "/settings"):
        page.goto(paper.url + path)
        working(page)
        assert page.evaluate(SMALL) == [], path


@pytest.mark.parametrize("width", [360, 1280])
def test_a_saved_story_says_its_bytes_and_the_tools_stay_in_their_line(
    paper: Paper, page: Page, width: int
):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(paper.url + paper.path(0))
    working(page)
    tools = "() => document.querySelector('.tools').getBoundingClientRect().height"
    before = page.evaluate(tools)
    page.click(".tools [data-save]")
    page.wait_for_selector(".tools [data-save][data-state=saved]")
    assert "ك.ب" in str(page.get_attribute(".tools [data-save]", "title"))
    assert page.evaluate(tools) == before
