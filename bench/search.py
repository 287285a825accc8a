"""Known-item search and its price: ours beside plain engines, on the same queries in one run.

``python -m bench.search [--stories 10000] [--postgres URL] [--queries 40] [--json FILE]`` makes an
archive of made-up news (`bench.corpus`) or reads ``--texts FILE`` (JSON lines with headline,
standfirst, tags, body), takes words from the headlines of random stories, spells them in each of
the ways of `bench.spoil`, and says at which place the story comes back. Plain engines are given
the raw text of the same fields with the same weights, and an OR of the raw words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, text

from bench.corpus import END, MadeUp, Press
from bench.spoil import CHANGES
from khabarayn.article.blocks import Paragraph, to_json
from khabarayn.search.document import compose
from khabarayn.search.engine import find, search
from khabarayn.search.follow import add_all
from khabarayn.search.port import Asked
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, SectionRow

TOP = 10
WORDS = 3
BATCH = 500
_RAW = re.compile(r"\w+")
Finder = Callable[[str], list[int]]


def read_texts(path: Path) -> Iterator[MadeUp]:
    """Yield the stories of a JSON lines file, an hour apart where they have no time."""
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            item = json.loads(line)
            at = item.get("published_at")
            yield MadeUp(
                n,
                datetime.fromisoformat(at) if at else END - timedelta(hours=n),
                0,
                item["headline"],
                item.get("standfirst", ""),
                tuple(item.get("tags", ())),
                item.get("body", ""),
            )


def application(url: str) -> Flask:
    app = Flask("bench")
    app.config.update(SQLALCHEMY_DATABASE_URI=url)
    db.init_app(app)
    return app


def fill(stories: Iterable[MadeUp]) -> None:
    """Put ``stories`` into an empty database: row ids are their numbers and one."""
    db.drop_all()
    db.create_all()
    db.session.add(SectionRow(id=1, slug="news", name="أخبار"))
    db.session.commit()
    batch: list[MadeUp] = []
    for story in stories:
        batch.append(story)
        if len(batch) == BATCH:
            _take(batch)
            batch = []
    if batch:
        _take(batch)


def _take(batch: list[MadeUp]) -> None:
    rows = [
        {
            "id": story.number + 1,
            "public_id": f"{story.number:08d}",
            "status": "published",
            "headline": story.headline[:300],
            "standfirst": story.standfirst[:1000],
            "section_id": 1,
            "created_at": story.at,
            "published_at": story.at,
            "updated_at": story.at,
            "body": to_json(tuple(Paragraph(part) for part in story.body.split("\n"))),
        }
        for story in batch
    ]
    db.session.execute(insert(ArticleRow), rows)
    add_all(
        [
            compose(
                story.number + 1,
                story.at,
                headline=story.headline,
                standfirst=[story.standfirst],
                tags=story.tags,
                body=story.body,
                labels=["s1"],
            )
            for story in batch
        ]
    )
    db.session.commit()


def ours(query: str) -> list[int]:
    return [one.article_id for one in find(Asked(query)).order[:TOP]]


def plain_fts5(folder: Path, tokenizer: str, stories: Iterable[MadeUp]) -> Finder:
    """Return a finder over the raw texts in FTS5 with one of its own tokenizers."""
    base = sqlite3.connect(folder / f"{tokenizer}.db")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(head, lead, tags, body, tokenize={tokenizer})")
    base.executemany(
        "INSERT INTO t (rowid, head, lead, tags, body) VALUES (?, ?, ?, ?, ?)",
        ((s.number + 1, s.headline, s.standfirst, " ".join(s.tags), s.body) for s in stories),
    )
    base.commit()

    def finder(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in _RAW.findall(query))
        found = base.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 8, 3, 4, 1) LIMIT ?", (words, TOP)
        )
        return [row[0] for row in found]

    return finder


def plain_postgres(stories: Iterable[MadeUp]) -> Finder:
    """Return a finder over the raw texts with PostgreSQL's own `arabic` configuration."""
    fields = " || ".join(
        f"setweight(to_tsvector('arabic', :{name}), '{weight}')"
        for name, weight in (("head", "A"), ("lead", "B"), ("tags", "C"), ("body", "D"))
    )
    db.session.execute(text("DROP TABLE IF EXISTS plain"))
    db.session.execute(text("CREATE TABLE plain (id int PRIMARY KEY, v tsvector)"))
    rows = [
        {
            "id": s.number + 1,
            "head": s.headline,
            "lead": s.standfirst,
            "tags": " ".join(s.tags),
            "body": s.body,
        }
        for s in stories
    ]
    db.session.execute(text(f"INSERT INTO plain VALUES (:id, {fields})"), rows)
    db.session.execute(text("CREATE INDEX ON plain USING gin (v)"))
    db.session.commit()

    def finder(query: str) -> list[int]:
        words = " or ".join(_RAW.findall(query))
        found = db.session.execute(
            text(
                "SELECT id FROM plain, websearch_to_tsquery('arabic', :words) AS q WHERE v @@ q "
                "ORDER BY ts_rank('{.1,.3,.4,1}', v, q, 1) DESC LIMIT :top"
            ),
            {"words": words, "top": TOP},
        )
        return [row.id for row in found]

    return finder


def queries(stories: list[MadeUp], number: int, seed: int) -> list[tuple[str, str, int]]:
    """Return (way of spelling, query, id of the story wanted), the same for every engine."""
    dice = random.Random(seed)
    made = []
    for way, change in CHANGES.items():
        for story in dice.sample(stories, min(number, len(stories))):
            words = [word for word in _RAW.findall(story.headline) if len(word) > 2]
            if len(words) >= WORDS:
                asked = change(dice.sample(words, WORDS), dice)
                made.append((way, " ".join(asked), story.number + 1))
    return made


def measure(finder: Finder, asked: list[tuple[str, str, int]]) -> dict[str, dict[str, float]]:
    """Return MRR@10 and recall@10 for each way of spelling and for all, and milliseconds."""
    places: dict[str, list[float]] = {}
    times: list[float] = []
    for way, query, wanted in asked:
        start = time.perf_counter()
        found = finder(query)
        times.append((time.perf_counter() - start) * 1000)
        places.setdefault(way, []).append(1 / (found.index(wanted) + 1) if wanted in found else 0.0)
    every = [one for found in places.values() for one in found]
    result = {
        way: {"mrr": statistics.fmean(found), "recall": statistics.fmean(map(bool, found))}
        for way, found in [*places.items(), ("all", every)]
    }
    cuts = statistics.quantiles(times, n=100)
    result["ms"] = {"p50": statistics.median(times), "p99": cuts[98]}
    return result


def report(results: dict[str, dict[str, dict[str, float]]]) -> str:
    ways = [*CHANGES, "all"]
    lines = ["| | " + " | ".join(results) + " |", "|---" * (len(results) + 1) + "|"]
    for way in ways:
        cells = [
            f"{found[way]['mrr']:.2f} / {found[way]['recall']:.2f}" if way in found else "–"
            for found in results.values()
        ]
        lines.append(f"| {way} | " + " | ".join(cells) + " |")
    cells = [f"{found['ms']['p50']:.1f} / {found['ms']['p99']:.1f}" for found in results.values()]
    lines.append("| ms p50 / p99 | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    given = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    given.add_argument("--stories", type=int, default=10_000)
    given.add_argument("--texts", type=Path, help="JSON lines instead of made-up stories")
    given.add_argument("--queries", type=int, default=40, help="for each way of spelling")
    given.add_argument("--postgres", default="", help="address of an empty database to use as well")
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--json", type=Path, help="where to write the figures")
    asked_for = given.parse_args()
    source = read_texts(asked_for.texts) if asked_for.texts else Press(1).stories(asked_for.stories)
    stories = list(source)
    asked = queries(stories, asked_for.queries, asked_for.seed)
    results: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with application(f"sqlite:///{folder / 'ours.db'}").app_context():
            fill(stories)
            results["ours, FTS5"] = measure(ours, asked)
            results["ours, FTS5, with snippets"] = measure(
                lambda query: [int(hit.card.id) + 1 for hit in search(Asked(query)).hits[:TOP]],
                asked,
            )
        for tokenizer in ("unicode61", "trigram"):
            finder = plain_fts5(folder, tokenizer, stories)
            results[f"FTS5 {tokenizer}"] = measure(finder, asked)
    if asked_for.postgres:
        with application(asked_for.postgres).app_context():
            fill(stories)
            results["ours, PostgreSQL"] = measure(ours, asked)
            results["PostgreSQL arabic"] = measure(plain_postgres(stories), asked)
            db.drop_all()
    print(f"{len(stories)} stories, {len(asked)} queries; MRR@10 / recall@10\n")
    print(report(results))
    if asked_for.json:
        asked_for.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
