"""The demo's standing pages are whole, and go only to a paper that has nothing of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.standing import CHIEF, page_ids
from factories.story import BY

from khabarayn.article.standing import STARTER_PAGES, page_key
from khabarayn.demo import FOLDER
from khabarayn.demo.standing import give_pages
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.arrange.standing_pages import read_page, seed_pages
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.write import write
from khabarayn.face.value import Face
from khabarayn.store.queries.revisions import editable_story
from khabarayn.store.queries.standing import page_summaries


@pytest.mark.parametrize("slug", STARTER_PAGES)
@pytest.mark.parametrize("language", ["", "en"])
def test_a_page_of_the_demo_leaves_nothing_to_be_filled(slug, language):
    page = read_page(FOLDER / "standing", page_key(slug, language))
    assert "[[" not in page.headline + page.standfirst + page.body_html
    assert page.body_html.count("<p>") >= 2


def test_a_new_paper_gets_the_demos_pages_and_one_that_was_begun_stays_as_it_is(app_context):
    seed_pages(BY)
    about = page_ids()["about"]
    found = editable_story(about)
    assert found is not None
    form = story_form(found.content)
    write(about, replace(form, headline="من نحن في الواحة"), CHIEF, 1)
    assert give_pages(BY) == 2 * (len(STARTER_PAGES) - 1)
    assert give_pages(BY) == 0
    status = {page.page: page.status for page in page_summaries()}
    assert status.pop("about") == "draft"
    assert set(status.values()) == {"published"}
    text = app_context.test_client().get("/p/privacy").text
    assert "ملف ارتباط" in text
    assert "no cookie for readers" in app_context.test_client().get("/en/p/privacy").text
    assert "en/about" not in status, "the owner's own page has no demo version"


def test_a_paper_with_a_name_of_its_own_gets_none(app_context):
    take_face(save_face(Face("الواحة"), (), BY), BY)
    assert give_pages(BY) == 0
