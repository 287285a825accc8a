"""What a story shows before anything is moved."""

from __future__ import annotations

import pytest
from browser.paper import Paper
from playwright.sync_api import Page

pytest_plugins = ["browser.offline_fixtures"]
# Lower edges in pixels: what is read at once, and how much of the picture is seen.
EDGES = """() => {
  const edge = (name) => document.querySelector(name).getBoundingClientRect();
  return {
    headline: edge("#headline").bottom,
    standfirst: edge(".standfirst").bottom,
    by: edge(".article__by").bottom,
    picture: innerHeight - edge(".hero .pic").top,
    fixed: document.querySelector(".bottom")?.getBoundingClientRect().height ?? 0,
  };
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 780), (1280, 800)])
def test_the_first_screen_has_headline_standfirst_byline_and_the_picture(
    paper: Paper, page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(paper.url + paper.path(1))
    edges = page.evaluate(EDGES)
    assert edges["headline"] < edges["standfirst"] < edges["by"] < height
    assert edges["picture"] - edges["fixed"] > 120, edges


SIDES = """() => {
  const edge = (name) => document.querySelector(name).getBoundingClientRect();
  return {
    by: edge(".article__by"), hero: edge(".hero .pic"), story: edge(".story"),
    tools: edge(".tools"), side: edge(".side"),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def test_on_a_desk_meta_tools_and_rail_stand_beside_the_story(paper: Paper, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(paper.url + paper.path(1))
    page.wait_for_selector(".side .rail__item")
    sides = page.evaluate(SIDES)
    # Arabic begins at the right: meta first, then the story, then the rail.
    assert sides["side"]["right"] <= sides["hero"]["left"] < sides["hero"]["right"]
    assert sides["hero"]["right"] <= sides["by"]["left"]
    assert abs(sides["by"]["top"] - sides["hero"]["top"]) < 24
    assert sides["tools"]["left"] >= sides["story"]["right"]
    assert sides["tools"]["top"] < sides["story"]["top"] + 40
    assert sides["wide"] <= 0
    assert page.locator(f".side a[href='{paper.path(1)}']").count() == 0


def test_a_phone_never_asks_for_the_rail(paper: Paper, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(paper.url + paper.path(1))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/_f/rail" in url]
    assert page.locator(".side__more").is_hidden()
