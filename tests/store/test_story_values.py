"""What an editor wrote is one frozen value from the form to the row and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories.article import article, revision
from factories.draft import draft
from sqlalchemy import text

from khabarayn.article.blocks import Gallery, Image, Paragraph
from khabarayn.article.content import Content
from khabarayn.article.form import StoryForm
from khabarayn.article.proposal import ProposedAuthor, ProposedPicture
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, DraftRow, RevisionRow

PACKAGE = Path(__file__).resolve().parents[2] / "khabarayn"
BODY = (Paragraph("فقرة <b>أولى</b>."), Gallery((Image("aaaaaaaa", "جسر", "عند الغروب", "سمر"),)))


@pytest.mark.usefixtures("any_app_context")
def test_a_revision_gives_back_the_content_that_it_was_given():
    content = Content(
        headline="جسر جديد",
        section="news",
        blocks=BODY,
        tags=("مدن", "جسور"),
        authors=(ProposedAuthor("سمر الحلبي", "samar"),),
        lead=ProposedPicture("media:aaaaaaaa", "جسر", focal=(0.2, 0.8)),
        slug="جسر-جديد",
    )
    number = revision(content=content).id
    db.session.expire_all()
    assert db.session.get_one(RevisionRow, number).content == content


@pytest.mark.usefixtures("any_app_context")
def test_a_story_gives_back_its_blocks_and_the_table_holds_lean_json():
    number = article(body=BODY).id
    db.session.expire_all()
    assert db.session.get_one(ArticleRow, number).body == BODY
    stored = db.session.scalar(
        text("select cast(body as text) from article where id = :id"), {"id": number}
    )
    assert '"kind":"paragraph"' in str(stored).replace(": ", ":")


@pytest.mark.usefixtures("any_app_context")
def test_unsaved_text_gives_back_every_field_of_the_form():
    form = StoryForm(headline=" لم يُحفظ", body="<p>نصّ", breaking=True)
    number = draft(form=form).id
    db.session.expire_all()
    assert db.session.get_one(DraftRow, number).form == form


def test_the_text_of_a_story_is_json_in_its_tables_alone():
    """No query, verb or view reads or writes the stored form of blocks and contents; a migration
    reads what it changes."""
    says = re.compile(r"blocks import .*\bfrom_json|Content\.from_json")
    files = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
             for path in PACKAGE.rglob("*.py")}  # fmt: skip
    reading = {name for name, code in files.items() if says.search(code)}
    assert {name for name in reading if not name.startswith("migrations/")} == {
        "article/content.py", "store/models/article.py",
    }  # fmt: skip
