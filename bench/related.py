"""Related stories: how many are on topic, and what a publication costs as the archive grows.

    python -m bench.related quality [--stories 2000] [--asked 200] [--corpus FILE.jsonl]
    python -m bench.related cost [--sizes 1000 100000 1000000] [--published 20]

``quality`` fills an archive, decides the cards of a sample and prints the share of the top four
that are in the same topic, against the newest of the same section. Without a corpus it is made up;
a corpus is one JSON object a line: ``headline``, ``body``, ``at`` (ISO 8601), ``topic``, and, where
known, ``standfirst``, ``section``, ``tags``. Tags that name the topic should be left out of it.

``cost`` publishes real stories into archives of each size and prints, in CPU milliseconds and
queries, what their profile, their own links and their neighbours' links took.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import event, select

from bench.corpus import Press
from bench.filled import house
from khabarayn import create_app
from khabarayn.arabic.slug import tag_key
from khabarayn.article.blocks import Paragraph
from khabarayn.article.identity import public_id
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of
from khabarayn.demo import FOLDER
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.stories.links import MOST_RELATED, links_of, near_to, write_links
from khabarayn.related.candidates import candidates
from khabarayn.related.clusters import close_reports, gather
from khabarayn.related.engine import compare_all, own_of
from khabarayn.related.index import learn
from khabarayn.search.index import index
from khabarayn.settings import Settings
from khabarayn.store.db import db, now
from khabarayn.store.models import (
    ArticleRow,
    ArticleTag,
    ListingRow,
    TagRow,
)
from khabarayn.store.queries.cards import LATEST, section_list, tag_list
from khabarayn.store.queries.sections import section_tree
from khabarayn.wire import ninjs

# Bands of likeness of the words alone, to judge where «akin» begins.
FOLLOWED = 8
BANDS = (0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 1.01)


@dataclass(frozen=True)
class Report:
    """One story of a corpus; ``topic`` is what a judge says it is about."""

    headline: str
    body: str
    at: datetime
    topic: str
    standfirst: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()


def made_up(number: int) -> Iterator[Report]:
    """Yield ``number`` made-up reports; each eighth subject shares a section."""
    slugs = [section.slug for section in DEFAULT_SECTIONS]
    for story in Press(5).stories(number):
        yield Report(
            story.headline,
            story.body,
            story.at,
            str(story.subject),
            story.standfirst,
            slugs[story.subject % len(slugs)],
        )


def demo() -> Iterator[Report]:
    """Yield the stories of the demo edition; what shares a section is the same topic, roughly."""
    for path in sorted((FOLDER / "stories").glob("*.json")):
        item = ninjs.read(path.read_bytes())
        yield Report(
            item.headline,
            text_of(parse(item.body_html)),
            item.published or now(),
            item.section,
            item.standfirst,
            item.section,
            item.tags,
        )


def read(path: Path) -> Iterator[Report]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            given = json.loads(line)
            at = datetime.fromisoformat(given["at"])
            yield Report(
                given["headline"],
                given["body"],
                at if at.tzinfo else at.replace(tzinfo=UTC),
                str(given["topic"]),
                given.get("standfirst", ""),
                given.get("section", ""),
                tuple(given.get("tags", ())),
            )


def take_in(reports: list[Report]) -> list[ArticleRow]:
    """Publish ``reports`` as the rooms see them, without revisions; return their rows."""
    sections = section_tree().ids
    usual = next(iter(sections))
    rows: list[ArticleRow] = []
    tags: dict[str, int] = {}
    for n, report in enumerate(reports):
        number = sections.get(report.section) or sections[usual]
        row = ArticleRow(
            public_id=public_id(f"bench:{n}"),
            status="published",
            headline=report.headline[:300],
            standfirst=report.standfirst[:1000],
            section_id=number,
            created_at=report.at,
            published_at=report.at,
            first_published_at=report.at,
            updated_at=report.at,
            rev=1,
            body=tuple(Paragraph(part) for part in report.body.split("\n") if part.strip()),
        )
        db.session.add(row)
        db.session.flush()
        names = [LATEST, *map(section_list, section_tree().lineage(number))]
        for position, name in enumerate(dict.fromkeys(map(tag_key, report.tags))):
            if name not in tags:
                tag = TagRow(key=name[:80], name=name[:80])
                db.session.add(tag)
                db.session.flush()
                tags[name] = tag.id
            db.session.add(ArticleTag(article_id=row.id, tag_id=tags[name], position=position))
            names.append(tag_list(tags[name]))
        db.session.add_all(
            ListingRow(list=name, language="ar", at=report.at, article_id=row.id) for name in names
        )
        index(row)
        rows.append(row)
        if n % 500 == 499:
            db.session.commit()
    for row in rows:
        learn(row)
    db.session.commit()
    return rows


def quality(reports: list[Report], asked: int) -> dict[str, float]:
    """Return the shares in the same topic, of the engine and of the newest of the section."""
    rows = take_in(reports)
    topics = {row.id: report.topic for row, report in zip(rows, reports, strict=True)}
    sizes = Counter(topics.values())
    fit = [row for row in rows if sizes[topics[row.id]] > MOST_RELATED]
    chosen = random.Random(3).sample(fit, min(asked, len(fit)))
    cards = hits = plain = empty = 0
    insets: list[bool] = []
    shown: list[bool] = []
    ages: list[float] = []
    bands: dict[float, list[bool]] = {band: [] for band in BANDS}
    spent = 0.0
    for row in chosen:
        before = time.process_time()
        found = candidates(row, MOST_RELATED)
        spent += time.process_time() - before
        right = [topics[one.article_id] == topics[row.id] for one in found]
        cards += MOST_RELATED
        hits += sum(right)
        empty += not any(right)
        for link in links_of(row):
            of = insets if link.kind == "see" else shown
            of.append(topics[link.target_id] == topics[row.id])
        for one in compare_all(row)[:FOLLOWED]:
            band = next(band for band in BANDS if one.text < band)
            bands[band].append(topics[one.likeness.article_id] == topics[row.id])
        assert row.published_at is not None
        for one in found:
            other = db.session.get_one(ArticleRow, one.article_id)
            assert other.published_at is not None
            ages.append(abs((row.published_at - other.published_at) / timedelta(days=1)))
        newest = db.session.scalars(
            select(ListingRow.article_id)
            .where(ListingRow.list == section_list(row.section_id), ListingRow.article_id != row.id)
            .order_by(ListingRow.at.desc())
            .limit(MOST_RELATED)
        )
        plain += sum(topics[number] == topics[row.id] for number in newest)
    return {
        "asked": len(chosen),
        "same topic, top four": hits / cards,
        "same topic, cards as they stand": statistics.fmean(shown),
        "same topic, insets": statistics.fmean(insets) if insets else 0.0,
        "insets a story": len(insets) / len(chosen),
        "lists with nothing on topic": empty / len(chosen),
        "same topic, newest in the section": plain / cards,
        "median days apart": statistics.median(ages),
        "CPU ms for one story's cards": 1000 * spent / len(chosen),
    } | {
        f"same topic, words alike < {band} ({len(right)})": statistics.fmean(right)
        for band, right in bands.items()
        if right
    }


def cost(published: int) -> dict[str, float]:
    """Return medians of CPU ms and the most queries of each part of a publication; what is
    published into the open house is taken back."""
    asked = [0]

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(*_: object) -> None:  # pyright: ignore[reportUnusedFunction]
        asked[0] += 1

    times: dict[str, list[float]] = {}
    queries: dict[str, int] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        asked[0] = 0
        before = time.process_time()
        answer = work()
        times.setdefault(name, []).append(1000 * (time.process_time() - before))
        queries[name] = max(queries.get(name, 0), asked[0])
        return answer

    def own_links(row: ArticleRow) -> list[ArticleRow]:
        learn(row)
        found = compare_all(row)
        write_links({row.id: links_of(row, found)})
        gather(row, close_reports(own_of(row), found))
        near = ArticleRow.id.in_(near_to(found))
        return list(db.session.scalars(select(ArticleRow).where(near)))

    sections = list(section_tree().by_id)
    for n, story in enumerate(Press(5).stories(published)):
        row = ArticleRow(
            public_id=public_id(f"new:{n}"),
            status="published",
            headline=story.headline[:300],
            standfirst=story.standfirst[:1000],
            section_id=sections[story.subject % len(sections)],
            created_at=now(),
            published_at=now(),
            rev=1,
            body=tuple(Paragraph(part) for part in story.body.split("\n")),
        )
        db.session.add(row)
        db.session.flush()
        db.session.add(ArticleTag(article_id=row.id, tag_id=1 + story.subject, position=0))
        db.session.flush()
        near = timed("own profile and links", lambda row=row: own_links(row))

        def refresh(near: list[ArticleRow] = near) -> None:
            for neighbour in near:
                write_links({neighbour.id: links_of(neighbour)})

        timed("neighbours' links", refresh)
        times.setdefault("neighbours", []).append(len(near))
    db.session.rollback()
    found = {f"{name}": statistics.median(values[2:]) for name, values in times.items()}
    return found | {f"queries, {name}": most for name, most in queries.items()}


def housed(work: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Do ``work`` in an empty, migrated house that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), secret_key="b" * 40))
        with app.app_context(), app.test_request_context():
            upgrade()
            seed_sections(DEFAULT_SECTIONS, OPERATOR)
            try:
                return work()
            finally:
                db.session.remove()
                db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = parser.add_subparsers(dest="part", required=True)
    first = parts.add_parser("quality")
    first.add_argument("--stories", type=int, default=2000)
    first.add_argument("--asked", type=int, default=200)
    first.add_argument("--corpus", type=Path)
    first.add_argument("--demo", action="store_true", help="the demo edition; topics: sections")
    second = parts.add_parser("cost")
    second.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    second.add_argument("--published", type=int, default=20)
    given = parser.parse_args()
    if given.part == "quality":
        if given.demo:
            reports = list(demo())
        else:
            reports = list(read(given.corpus) if given.corpus else made_up(given.stories))
        for name, value in housed(lambda: quality(reports, given.asked)).items():
            print(f"{name:36} {value:10.3f}")
        return
    for size in given.sizes:
        started = time.monotonic()
        app = house(size, indexed=False)
        with app.test_request_context():
            found = cost(given.published)
        print(f"# {size:,} stories ({time.monotonic() - started:.0f} s in all)", flush=True)
        for name, value in found.items():
            print(f"{name:36} {value:10.2f}", flush=True)


if __name__ == "__main__":
    main()
