"""Authors and sources keep their stories whatever they are called."""

from __future__ import annotations

import pytest
from factories.media import media
from factories.story import BY, proposal

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.arrange.bylines import (
    add_author,
    change_author,
    delete_author,
    delete_source,
    merge_authors,
    save_source,
)
from khabarayn.desk.record import newest_content, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.store.db import db
from khabarayn.store.queries.authors import author_by_slug, author_uses
from khabarayn.store.queries.sources import source_uses

pytestmark = pytest.mark.usefixtures("any_app_context")


def test_an_author_has_a_portrait_and_a_life():
    row = media()
    db.session.commit()
    slug = add_author(BY, name="سلمى الخطيب", role="مراسلة")
    change_author(slug, BY, name="سلمى الخطيب", bio="تكتب من\nبيروت.", portrait=row.public_id)
    author = author_by_slug(slug)[0]
    assert (author.role, author.bio, author.portrait.id) == ("", "تكتب من\nبيروت.", row.public_id)
    change_author(slug, BY, name="سلمى")
    assert author_by_slug(slug)[0].portrait is None


def test_a_renamed_author_signs_old_and_new_stories():
    told = {"authors": (ProposedAuthor("سلمى الخطيب"),)}
    public_id = draft(proposal(**told), BY)
    publish(public_id, BY)
    (before,) = author_uses()
    change_author(before.author.slug, BY, name="سلمى خطيب")
    revise(public_id, proposal(**told), BY)
    publish(public_id, BY)
    (after,) = author_uses()
    assert (after.author.name, after.author.slug, after.stories) == (
        "سلمى خطيب", before.author.slug, 1,
    )  # fmt: skip


def test_a_renamed_source_is_the_same_source():
    public_id = draft(proposal(source_name="وكالة قديمة", source_link="https://old.example"), BY)
    publish(public_id, BY)
    (before,) = source_uses()
    for name in ("وكالة أحدث", "الوكالة الأحدث"):
        save_source(BY, name=name, url="https://new.example", number=before.number)
    publish(public_id, BY)
    (after,) = source_uses()
    assert (after.source.name, after.number, after.stories) == ("الوكالة الأحدث", before.number, 1)


@pytest.mark.parametrize(
    "given", [{"name": ""}, {"name": "س" * 121}, {"name": "أ|ب"}, {"name": "س", "url": "ftp://x"}]
)
def test_a_source_that_cannot_be_is_refused(given):
    with pytest.raises(Refused):
        save_source(BY, **given)
    db.session.rollback()
    assert source_uses() == ()


def test_two_of_one_name_are_refused():
    save_source(BY, name="وكالة")
    add_author(BY, name="سلمى")
    for again in (lambda: save_source(BY, name="وكالة"), lambda: add_author(BY, name="سلمى")):
        with pytest.raises(Refused, match="في القائمة"):
            again()
    with pytest.raises(Refused, match="لا كاتب"):
        change_author("nobody", BY, name="x")
    with pytest.raises(Refused, match="لا صورة"):
        change_author(author_uses()[0].author.slug, BY, name="سلمى", portrait="none")


def signed(*names: str) -> str:
    public_id = draft(proposal(authors=tuple(ProposedAuthor(name) for name in names)), BY)
    publish(public_id, BY)
    return public_id


def slugs() -> dict[str, str]:
    return {one.author.name: one.author.slug for one in author_uses()}


def test_merged_authors_sign_their_stories_as_one(any_client):
    one, both = signed("سلمى خطيب"), signed("سلمى خطيب", "سلمى الخطيب")
    old, new = slugs()["سلمى خطيب"], slugs()["سلمى الخطيب"]
    assert merge_authors(old, new, BY) == 2
    (left,) = author_uses()
    assert (left.author.slug, left.stories) == (new, 2)
    answer = any_client.get(f"/by/{old}")
    assert answer.status_code == 301
    page = any_client.get(f"/by/{old}", follow_redirects=True)
    assert page.request.path == f"/by/{new}"
    assert one in page.text and both in page.text
    assert story_form(newest_content(story_row(both))[1]).authors == "سلمى الخطيب"


def test_publishing_an_older_text_does_not_bring_a_merged_author_back():
    public_id = signed("سلمى خطيب")
    merge_authors(slugs()["سلمى خطيب"], add_author(BY, name="سلمى الخطيب"), BY)
    revise(public_id, proposal(authors=(ProposedAuthor("سلمى خطيب"),), headline="جديد"), BY)
    publish(public_id, BY)
    (left,) = author_uses()
    assert (left.author.name, left.stories) == ("سلمى الخطيب", 1)
    with pytest.raises(Refused, match="نفسه"):
        merge_authors(left.author.slug, left.author.slug, BY)


def by_name(name: str) -> str:
    """Publish a story as a feed tells it, that gives no more of its author than a name."""
    return signed(name)


def by_slug(name: str, slug: str) -> str:
    public_id = draft(proposal(authors=(ProposedAuthor(name, slug),)), BY)
    publish(public_id, BY)
    return public_id


def test_a_name_alone_means_the_only_author_of_that_name():
    by_slug("سلمى خطيب", "salma")
    by_name("سلمى خطيب")
    (one,) = author_uses()
    assert (one.author.slug, one.stories) == ("salma", 2)


def test_a_name_alone_means_neither_of_two_who_share_it():
    by_slug("سلمى خطيب", "salma")
    by_slug("سلمى خطيب", "salma-2")
    by_name("سلمى خطيب")
    assert sorted(one.author.slug for one in author_uses()) == ["salma", "salma-2", "سلمى-خطيب"]


def test_a_name_alone_means_whom_its_author_has_become():
    by_slug("سلمى خطيب", "salma")
    stays = add_author(BY, name="سلمى الخطيب")
    merge_authors("salma", stays, BY)
    by_name("سلمى خطيب")
    (one,) = author_uses()
    assert (one.author.slug, one.stories) == (stays, 2)


def test_an_author_whom_texts_name_by_name_alone_stays_deleted():
    by_slug("سلمى خطيب", "salma")
    public_id = by_name("سلمى خطيب")
    delete_author("salma", BY)
    publish(public_id, BY)
    assert author_uses() == ()
    assert newest_content(story_row(public_id))[1].authors == ()


def test_a_deleted_author_signs_nothing_any_more(any_client):
    alone, both = signed("سلمى خطيب"), signed("سلمى خطيب", "ليلى")
    slug = slugs()["سلمى خطيب"]
    assert delete_author(slug, BY) == 2
    assert set(slugs()) == {"ليلى"}
    assert any_client.get(f"/by/{slug}").status_code == 404
    for public_id in (alone, both):
        publish(public_id, BY)
        assert "سلمى" not in any_client.get(f"/a/{public_id}").text
    assert set(slugs()) == {"ليلى"}
    assert newest_content(story_row(both))[1].authors[0].name == "ليلى"


def test_a_deleted_source_is_another_one_or_none(any_client):
    told = {"source_name": "وكالة أولى", "source_link": "https://one.example"}
    public_id = draft(proposal(**told), BY)
    publish(public_id, BY)
    first = source_uses()[0].number
    second = save_source(BY, name="وكالة ثانية", url="https://two.example")
    with pytest.raises(Refused, match="نفسه"):
        delete_source(first, BY, into=first)
    assert delete_source(first, BY, into=second) == 1
    assert [(one.source.name, one.stories) for one in source_uses()] == [("وكالة ثانية", 1)]
    revise(public_id, proposal(**told, headline="جديد"), BY)
    publish(public_id, BY)
    assert [(one.source.name, one.stories) for one in source_uses()] == [("وكالة ثانية", 1)]
    assert delete_source(second, BY) == 1
    publish(public_id, BY)
    assert source_uses() == ()
    assert newest_content(story_row(public_id))[1].source_name == ""
    assert "وكالة" not in any_client.get(f"/a/{public_id}").text
