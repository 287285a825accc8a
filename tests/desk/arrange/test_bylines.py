"""Authors and sources keep their stories whatever they are called."""

from __future__ import annotations

import pytest
from factories.media import media
from factories.story import BY, proposal

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.arrange.bylines import add_author, change_author, keep_source
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
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
        keep_source(BY, name=name, url="https://new.example", number=before.number)
    publish(public_id, BY)
    (after,) = source_uses()
    assert (after.source.name, after.number, after.stories) == ("الوكالة الأحدث", before.number, 1)


@pytest.mark.parametrize(
    "given", [{"name": ""}, {"name": "س" * 121}, {"name": "أ|ب"}, {"name": "س", "url": "ftp://x"}]
)
def test_a_source_that_cannot_be_is_refused(given):
    with pytest.raises(Refused):
        keep_source(BY, **given)
    db.session.rollback()
    assert source_uses() == ()


def test_two_of_one_name_are_refused():
    keep_source(BY, name="وكالة")
    add_author(BY, name="سلمى")
    for again in (lambda: keep_source(BY, name="وكالة"), lambda: add_author(BY, name="سلمى")):
        with pytest.raises(Refused, match="في القائمة"):
            again()
    with pytest.raises(Refused, match="لا كاتب"):
        change_author("nobody", BY, name="x")
    with pytest.raises(Refused, match="لا صورة"):
        change_author(author_uses()[0].author.slug, BY, name="سلمى", portrait="none")
