"""A whole house with any number of made-up stories, kept in ``build/bench-<n>`` for the next run.

The first `BASE` stories are made and taken in as any other; beyond them their rows are copied by
the database itself, with ids, addresses and moments of their own. So the lists, the postings and
the index grow as an archive's do, while the vocabulary stays that of `BASE` stories. A fill that
was stopped goes on where it was; one whose corpus or index has changed since begins anew.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, insert, text

from bench.corpus import MadeUp, Press
from khabarayn import create_app
from khabarayn.arabic.stem import stem
from khabarayn.article.blocks import Paragraph
from khabarayn.article.identity import ALPHABET, LENGTH
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.related.index import POSTINGS
from khabarayn.related.profile import pack_sketch, pack_terms, term_id
from khabarayn.search.document import VERSION, compose
from khabarayn.search.index import add_all
from khabarayn.search.vocabulary import learn
from khabarayn.settings import Settings
from khabarayn.store.db import db, now
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    LikenessRow,
    LinkRow,
    ListingRow,
    PostingRow,
    SearchDocument,
    SearchState,
    TagRow,
)
from khabarayn.store.queries.cards import LATEST, author_list, section_list, tag_list
from khabarayn.store.queries.related import minute_of
from khabarayn.store.queries.sections import section_tree

FOLDER = Path("build")
BASE = 20_000
CHUNK = 1_000
READ = 3_000
TAGS, AUTHORS = 400, 40
APART = 7  # minutes between two stories
SEED = 5
# To be changed with what a story gets here.
MADE = 2
_PART, _START = "bench part", "bench start"
_FAST = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -1500000",
    "PRAGMA temp_store = MEMORY",
)


def house(count: int, *, indexed: bool = True) -> Flask:
    """Return the house with ``count`` stories, filled if need be; no context of it is open.

    Not ``indexed``, search knows the words of the first `READ` stories and no documents: a third
    of the time and room, and all that pages and publications ask of it.
    """
    # An indexed house does for both.
    indexed = indexed or (FOLDER / f"bench-{count}").exists()
    folder = FOLDER / (f"bench-{count}" if indexed else f"bench-{count}-unindexed")
    stamp = folder / "made-with"
    made_with = f"{MADE} {VERSION} {BASE} {SEED}"
    if folder.exists() and (not stamp.exists() or stamp.read_text("utf-8") != made_with):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_with, "utf-8")
    app = create_app(Settings(data_dir=folder.resolve(), secret_key="b" * 40))
    with app.app_context(), app.test_request_context():
        upgrade()
        seed_sections(DEFAULT_SECTIONS, OPERATOR)
        db.session.commit()
        fill(count, indexed=indexed)
    return app


def address(number: int) -> str:
    """Return the public id of the story ``number``: no two have the same, as chance would have."""
    letters = []
    rest = number * 1_000_003 % len(ALPHABET) ** LENGTH
    for _ in range(LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def fill(count: int, *, indexed: bool) -> None:
    """Bring the open house to ``count`` stories, from wherever an earlier fill was stopped."""
    if _state(_PART) == count:
        return
    started = time.monotonic()
    event.listen(db.engine, "connect", _open_to_fill)
    db.session.remove()
    db.engine.dispose()
    try:
        if not _state(_START):
            _label(minute_of(now()) - APART * count)
        base = min(BASE, count)
        press = Press(SEED)
        for first in range(_state(_PART), base, CHUNK):
            _make(press, first, min(CHUNK, base - first), indexed=indexed)
        while (done := _state(_PART)) < count:
            _copy(done, min(BASE, count - done), indexed=indexed)
            spent = time.monotonic() - started
            print(f"# {_state(_PART):,} stories after {spent:.0f} s", flush=True)
        read = base if indexed else min(READ, base)
        db.session.execute(text(f"UPDATE search_word SET df = max(1, df * {count} / {read})"))
        db.session.merge(SearchState(name="stories", value=count))
        db.session.commit()
    finally:
        event.remove(db.engine, "connect", _open_to_fill)
        db.session.remove()
        db.engine.dispose()
    print(f"# {count:,} stories filled in {time.monotonic() - started:.0f} s", flush=True)


def _open_to_fill(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _FAST:
        connection.execute(pragma)
    connection.create_function("bench_id", 1, address, deterministic=True)


def _state(name: str) -> int:
    found = db.session.get(SearchState, name)
    return found.value if found else 0


def _label(start: int) -> None:
    db.session.execute(
        insert(TagRow),
        [{"id": n, "key": f"وسم-{n}", "name": f"وسم {n}"} for n in range(1, TAGS + 1)],
    )
    db.session.execute(
        insert(AuthorRow),
        [{"id": n, "slug": f"a{n}", "name": f"كاتب {n}"} for n in range(1, AUTHORS + 1)],
    )
    db.session.merge(SearchState(name=_START, value=start))
    db.session.commit()


def _make(press: Press, first: int, number: int, *, indexed: bool) -> None:
    press.random.seed(f"{SEED}:{first}")
    dice = random.Random(first)
    start = datetime.fromtimestamp(_state(_START) * 60, now().tzinfo)
    sections = list(section_tree().by_id)
    everybody = [term_id(stem(word)) for word in press.general]
    rows: dict[type, list[dict[str, Any]]] = {}
    documents = []
    for story in press.part(first, number, timedelta()):
        here = story.number + 1
        at = start + timedelta(minutes=APART * here)
        section = sections[story.subject % len(sections)]
        tags = [1 + story.subject]
        tags += dice.sample([n for n in range(1, TAGS + 1) if n != tags[0]], 2)
        author = dice.randint(1, AUTHORS)
        lineage = section_tree().lineage(section)
        names = [LATEST, author_list(author), *map(tag_list, tags), *map(section_list, lineage)]
        others = dice.sample(range(1, here), min(6, here - 1))
        terms = _terms(press, story, everybody, dice)
        best = sorted(terms, key=lambda term: -terms[term])[:POSTINGS]
        for table, new in (
            (ArticleRow, [_article(story, here, at, section)]),
            (
                ListingRow,
                [{"list": name, "language": "ar", "at": at, "article_id": here} for name in names],
            ),
            (
                ArticleTag,
                [{"article_id": here, "tag_id": tag, "position": n} for n, tag in enumerate(tags)],
            ),
            (ArticleAuthor, [{"article_id": here, "author_id": author, "position": 0}]),
            (
                LinkRow,
                [
                    {
                        "article_id": here,
                        "kind": "see" if n < 2 else "rel",
                        "position": n + 1,
                        "target_id": other,
                        "after": 1 + 2 * n if n < 2 else -1,
                    }
                    for n, other in enumerate(others)
                ],
            ),
            (
                LikenessRow,
                [
                    {
                        "article_id": here,
                        "at": minute_of(at),
                        "section_id": section,
                        "headline": here,
                        "terms": pack_terms(terms),
                        "sketch": pack_sketch(sorted(dice.sample(range(1 << 32), 64))),
                        "cluster_id": None,
                    }
                ],
            ),
            (
                PostingRow,
                [{"term": term, "at": minute_of(at), "article_id": here} for term in best],
            ),
        ):
            rows.setdefault(table, []).extend(new)
        if indexed or here <= READ:
            documents.append(
                compose(
                    here,
                    at,
                    headline=story.headline,
                    standfirst=[story.standfirst],
                    tags=story.tags,
                    body=story.body,
                    labels=[
                        *(f"s{n}" for n in lineage),
                        *(f"t{n}" for n in tags),
                        f"a{author}",
                    ],
                )
            )
    for table, values in rows.items():
        if values:
            db.session.execute(insert(table), values)
    if indexed:
        add_all(documents)
    else:
        times = Counter(word for document in documents for word in document.display)
        learn({w: shown for d in documents for w, shown in d.display.items()}, times)
    db.session.merge(SearchState(name=_PART, value=first + number))
    db.session.commit()


def _article(story: MadeUp, number: int, at: datetime, section: int) -> dict[str, Any]:
    return {
        "id": number,
        "public_id": address(number),
        "status": "published",
        "headline": story.headline[:300],
        "short_headline": "",
        "standfirst": story.standfirst[:1000],
        "teaser": "",
        "section_id": section,
        "created_at": at,
        "published_at": at,
        "first_published_at": at,
        "updated_at": at,
        "rev": 1,
        "word_count": 250,
        "reading_minutes": 2,
        "body": tuple(Paragraph(part) for part in story.body.split("\n")),
    }


def _terms(
    press: Press, story: MadeUp, everybody: list[int], dice: random.Random
) -> dict[int, float]:
    """Return a profile as a newsroom's are: some of a subject's own words, some of everybody's."""
    own = [term_id(stem(word)) for word in dice.choices(press.subjects[story.subject], k=44)]
    shared = dice.choices(everybody, cum_weights=press.general_weights, k=36)
    return {term: dice.uniform(0.05, 0.3) for term in dict.fromkeys([*own, *shared])}


def _copy(done: int, number: int, *, indexed: bool) -> None:
    """Copy the first ``number`` stories once more, behind the ``done`` that there are."""
    minutes = APART * done
    moment = f"strftime('%Y-%m-%d %H:%M:%f000', {{}}, '+{minutes} minutes')"
    here = f"article_id + {done}"
    changed: dict[type, dict[str, str]] = {
        ArticleRow: {"id": f"id + {done}", "public_id": f"bench_id(id + {done})"}
        | {
            name: moment.format(name)
            for name in ("created_at", "published_at", "first_published_at", "updated_at")
        },
        ArticleTag: {"article_id": here},
        ArticleAuthor: {"article_id": here},
        LinkRow: {"article_id": here, "target_id": f"target_id + {done}"},
        ListingRow: {"at": moment.format("at"), "article_id": here},
        LikenessRow: {"article_id": here, "at": f"at + {minutes}"},
        PostingRow: {"article_id": here, "at": f"at + {minutes}"},
    }
    if indexed:
        changed[SearchDocument] = {"article_id": here, "key": f"key + ({minutes} << 12)"}
    for table, values in changed.items():
        names = [column.name for column in table.__table__.columns]
        taken = ", ".join(values.get(name, name) for name in names)
        which = "id" if table is ArticleRow else "article_id"
        # In the order of the first index, so that it grows at its ends.
        orders = {ListingRow: "1, 2, 3, 4", PostingRow: "1, 2, 3"}
        order = orders.get(table, which)
        db.session.execute(
            text(
                f"INSERT INTO {table.__tablename__} ({', '.join(names)}) SELECT {taken} "
                f"FROM {table.__tablename__} WHERE {which} <= {number} ORDER BY {order}"
            )
        )
    db.session.merge(SearchState(name=_PART, value=done + number))
    db.session.commit()
