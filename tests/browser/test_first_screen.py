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
