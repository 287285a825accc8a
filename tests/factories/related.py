"""Rows of what makes stories related: profiles, postings, running stories; the house's words."""

from __future__ import annotations

from typing import Any

from factories.article import NOON, article
from factories.rows import added, number
from factories.section import section
from khabarayn.store.models import BeatRow, ClusterRow, HouseWordRow, LikenessRow, PostingRow


def likeness(**given: Any) -> LikenessRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    if "section_id" not in given:
        given["section_id"] = section().id
    return added(LikenessRow, given, at=1, headline=0, terms=b"", sketch=b"")


def posting(**given: Any) -> PostingRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(PostingRow, given, term=next(number), at=1)


def cluster(**given: Any) -> ClusterRow:
    return added(ClusterRow, given, name="الجسر الجديد", made_at=NOON, newest_at=NOON, size=3)


def house_word(**given: Any) -> HouseWordRow:
    return added(HouseWordRow, given, word=f"ترامب {next(number)}", others="ترمب")


def beat(**given: Any) -> BeatRow:
    return added(BeatRow, given, name=f"worker {next(number)}", at=NOON)
