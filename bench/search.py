"""Known-item search and its price: ours beside plain engines, on the same queries in one run.

    python -m bench.search quality [--stories 3000] [--queries 40] [--postgres URL] [--json FILE]
    python -m bench.search quality --texts FILE.jsonl
    python -m bench.search times [--sizes 10000 100000] [--queries 300]

``quality`` takes three words from the headlines of random stories, spells them in each of the ways
of `bench.spoil`, and says at which place the story comes back: for the demo edition, for made-up
news (`bench.corpus`), or for JSON lines with ``headline``, ``standfirst``, ``tags``, ``body``. Once
with whole stories, once with the bodies alone («blind»), where a query must meet other forms of
its words. Plain engines are given the raw text of the same fields with the same weights, and an OR
of the raw words. With the address of an empty database PostgreSQL takes part.

``times`` asks the archives of `bench.filled` and prints CPU and wall milliseconds of finding
alone, and of a whole page of results with snippets.
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
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench.corpus import END, MadeUp, Press
from bench.filled import house
from bench.spoil import CHANGES
from khabarayn.article.blocks import Paragraph
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of
from khabarayn.demo import FOLDER
from khabarayn.search.document import compose
from khabarayn.search.engine import find, search
from khabarayn.search.index import add_all
from khabarayn.search.port import SearchRequest
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, SectionRow
from khabarayn.wire import ninjs

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


def read_demo() -> Iterator[MadeUp]:
    """Yield the stories of the demo edition."""
    for n, path in enumerate(sorted((FOLDER / "stories").glob("*.json"))):
        item = ninjs.read(path.read_bytes())
        yield MadeUp(
            n,
            item.published or END,
            0,
            item.headline,
            item.standfirst,
            item.tags,
            text_of(parse(item.body_html)),
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
            "body": tuple(Paragraph(part) for part in story.body.split("\n")),
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
    return [one.article_id for one in find(SearchRequest(query)).order[:TOP]]


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


def compare(
    stories: list[MadeUp], asked: list[tuple[str, str, int]], postgres: str
) -> dict[str, dict[str, dict[str, float]]]:
    """Return what every engine makes of the queries ``asked`` over ``stories``."""
    results: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with application(f"sqlite:///{folder / 'ours.db'}").app_context():
            fill(stories)
            results["ours, FTS5"] = measure(ours, asked)
        for tokenizer in ("unicode61", "trigram"):
            finder = plain_fts5(folder, tokenizer, stories)
            results[f"FTS5 {tokenizer}"] = measure(finder, asked)
    if postgres:
        with application(postgres).app_context():
            fill(stories)
            results["ours, PostgreSQL"] = measure(ours, asked)
            results["PostgreSQL arabic"] = measure(plain_postgres(stories), asked)
            db.session.execute(text("DROP TABLE plain"))
            db.session.commit()
            db.drop_all()
    return results


def quality(given: argparse.Namespace) -> dict[str, Any]:
    """Print a table for each corpus, whole and blind; return all figures."""
    corpora = (
        {given.texts.name: list(read_texts(given.texts))}
        if given.texts
        else {"demo": list(read_demo()), "made-up": list(Press(1).stories(given.stories))}
    )
    figures: dict[str, Any] = {}
    for name, stories in corpora.items():
        asked = queries(stories, given.queries, given.seed)
        blind = [replace(story, headline="", standfirst="", tags=()) for story in stories]
        for kind, texts in (("whole", stories), ("blind", blind)):
            found = figures[f"{name}, {kind}"] = compare(texts, asked, given.postgres)
            print(f"\n{name}, {kind}: {len(texts)} stories, {len(asked)} queries")
            print("MRR@10 / recall@10\n")
            print(report(found), flush=True)
    return figures


def times(count: int, number: int, seed: int) -> dict[str, dict[str, float]]:
    """Return for finding alone and for a whole page the p50 and p99 of CPU and wall ms."""
    dice = random.Random(seed)
    app = house(count)
    with app.test_request_context():
        numbers = dice.sample(range(1, count + 1), number)
        rows = db.session.execute(select(ArticleRow.headline).where(ArticleRow.id.in_(numbers)))
        ways = list(CHANGES.values())
        asked = []
        for row in rows:
            words = [word for word in _RAW.findall(row.headline) if len(word) > 2]
            change = dice.choice(ways)
            asked.append(" ".join(change(dice.sample(words, min(len(words), WORDS)), dice)))
    figures: dict[str, dict[str, float]] = {}
    for name, work in (("find", find), ("page", search)):
        cpu, wall = [], []
        for query in asked:
            # Each in a context of its own, as a reader's request is.
            with app.test_request_context():
                began, spent = time.perf_counter(), time.thread_time()
                work(SearchRequest(query))
                cpu.append(1000 * (time.thread_time() - spent))
                wall.append(1000 * (time.perf_counter() - began))
        figures[name] = {
            f"{kind} {cut}": value
            for kind, took in (("cpu", cpu), ("wall", wall))
            for cut, value in (
                ("p50", statistics.median(took)),
                ("p99", statistics.quantiles(took, n=100)[98]),
            )
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parts = parser.add_subparsers(dest="part", required=True)
    first = parts.add_parser("quality")
    first.add_argument("--stories", type=int, default=3_000)
    first.add_argument("--texts", type=Path, help="JSON lines instead of demo and made-up news")
    first.add_argument("--queries", type=int, default=40, help="for each way of spelling")
    first.add_argument("--postgres", default="", help="address of an empty database")
    second = parts.add_parser("times")
    second.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    second.add_argument("--queries", type=int, default=300)
    given = parser.parse_args()
    if given.part == "quality":
        figures = quality(given)
    else:
        figures = {}
        for size in given.sizes:
            found = figures[str(size)] = times(size, given.queries, given.seed)
            for name, took in found.items():
                said = ", ".join(f"{cut} {value:.1f}" for cut, value in took.items())
                print(f"{size:>10,} {name}: {said} ms", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
