"""Rows of stories, their revisions and corrections."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from factories.rows import added, number
from factories.section import section
from khabarayn.article.blocks import Paragraph
from khabarayn.article.content import Content
from khabarayn.article.identity import new_public_id
from khabarayn.store.models import ArticleRow, CorrectionRow, RevisionRow

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(**given: Any) -> ArticleRow:
    """A published row, without links, lists or revisions: `factories.story` makes whole ones."""
    if "section_id" not in given:
        given["section_id"] = section().id
    return added(
        ArticleRow,
        given,
        public_id=new_public_id(),
        status="published",
        headline=f"خبر رقم {next(number)}",
        created_at=NOON,
        published_at=NOON,
        first_published_at=NOON,
        updated_at=NOON,
        rev=1,
        body=(Paragraph("فقرة وحيدة."),),
    )


def revision(**given: Any) -> RevisionRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(
        RevisionRow, given, number=1, made_at=NOON, made_by="سمر", content=Content("عنوان", "news")
    )


def correction(**given: Any) -> CorrectionRow:
    if "article_id" not in given:
        given["article_id"] = article(corrected=True).id
    return added(CorrectionRow, given, at=NOON, text="ورد الرقم خطأ، والصواب ما هنا.")
