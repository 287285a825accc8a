"""Standing pages: drafted once, and changed by whom the table says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.standing import CHIEF, filled, page_ids
from factories.story import BY

from khabarayn.article.standing import STARTER_PAGES
from khabarayn.desk.arrange.sections import SectionForm, add_section, remove_section
from khabarayn.desk.arrange.standing_pages import FOLDER, add_page, read_page, seed_pages
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.delete_draft import delete_draft
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.many import change_story
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.write import restore, write
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.revisions import editable_story
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.standing import page_summaries


def test_the_planned_pages_are_drafted_once_and_one_that_was_deleted_stays_away(any_app):
    with any_app.app_context():
        assert seed_pages(BY) == len(STARTER_PAGES)
        assert seed_pages(BY) == 0
        pages = page_summaries()
        assert [page.page for page in pages] == list(STARTER_PAGES)
        assert {page.status for page in pages} == {"draft"}
        assert all(page.blanks for page in pages), "each leaves something to its owner"
        delete_draft(page_ids()["advertise"], BY)
        assert seed_pages(BY) == 0
        assert "advertise" not in page_ids()


@pytest.mark.parametrize("slug", STARTER_PAGES)
def test_a_draft_says_nothing_of_another_papers_name(slug):
    proposal = read_page(FOLDER, slug)
    text = proposal.headline + proposal.standfirst + proposal.body_html
    # The terms name the software that the paper runs on.
    assert ("خبرين" in text) == (slug == "terms")


def test_a_pages_revisions_are_kept_and_an_earlier_text_comes_back(any_app):
    with any_app.app_context():
        seed_pages(BY)
        public_id = filled("about")
        found = editable_story(public_id)
        assert found is not None
        assert found.revision.number == 2
        restore(public_id, 1, CHIEF, 2)
        with pytest.raises(Refused, match=r"فراغات"):
            publish(public_id, BY)


def test_an_editor_may_read_a_page_and_change_none(any_app):
    editor = By("محرر", 5, "editor")
    with any_app.app_context():
        seed_pages(BY)
        public_id = page_ids()["about"]
        found = editable_story(public_id)
        assert found is not None
        form = story_form(found.content)
        with pytest.raises(Forbidden):
            write(public_id, form, editor, 1)
        with pytest.raises(Forbidden):
            publish(public_id, editor)
        with pytest.raises(Forbidden):
            add_page("team", "فريقنا", editor)
        write(public_id, replace(form, headline="من نحن اليوم"), CHIEF, 1)
        assert next(p.headline for p in page_summaries() if p.page == "about") == "من نحن اليوم"


@pytest.mark.parametrize("slug", ["", "Team!", "فريق", "a", "1st", "about", "x" * 41])
def test_a_further_page_has_an_address_of_its_own(any_app, slug):
    with any_app.app_context():
        seed_pages(BY)
        with pytest.raises(Refused) as refused:
            add_page(slug, "فريقنا", BY)
        assert refused.value.field == "slug"
        assert add_page("team", "فريقنا", BY) == page_ids()["team"]


def test_a_page_takes_no_tag_and_holds_no_section_back(any_app):
    with any_app.app_context():
        seed_pages(BY)
        public_id = page_ids()["about"]
        with pytest.raises(Refused):
            change_story(public_id, lambda content: content, BY)
        first = next(iter(section_tree().by_id.values())).slug
        add_section(BY, SectionForm("بيئة", "climate", "", 120, False, ""))
        remove_section(first, BY)
        row = db.session.query(ArticleRow).filter_by(public_id=public_id).one()
        assert row.section_id in section_tree().by_id
