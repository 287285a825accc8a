"""How a page's cost grows with the archive: fills 1,000 / 100,000 / 1,000,000 stories and times.

    python -m bench.archive [--sizes 1000 100000 1000000] [--requests 200]

For each size: CPU time of one uncached answer (median, ms, of this process), the queries it
asked, and the ratio to the smallest archive, which is the baseline of the run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, insert

from khabarayn import create_app
from khabarayn.article.identity import public_id
from khabarayn.desk.arrange import DEFAULT_SECTIONS, plant
from khabarayn.settings import Settings
from khabarayn.store.db import db, now
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    LinkRow,
    ListingRow,
    TagRow,
)
from khabarayn.store.queries.cards import LATEST, author_list, section_list, tag_list
from khabarayn.store.queries.sections import section_tree

CHUNK = 5_000
TAGS, AUTHORS = 400, 40
WORDS = [
    "الماء",
    "المدينة",
    "التاريخ",
    "القناة",
    "الجبل",
    "السوق",
    "الكتاب",
    "العلم",
    "الرحلة",
    "البحر",
    "النجوم",
    "الطريق",
    "الحجر",
    "الضوء",
    "الزمن",
    "الحساب",
    "الصوت",
    "الورق",
    "الباب",
    "القافلة",
    "الميناء",
    "الريح",
    "المطر",
    "الأرض",
    "الناس",
    "الحكاية",
    "اللون",
    "الخط",
]


def stories(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield ``count`` story rows of about 300 words, oldest first."""
    dice = random.Random(seed)
    start = now() - timedelta(minutes=7 * count)
    sections = list(section_tree().by_id)
    for number in range(1, count + 1):
        at = start + timedelta(minutes=7 * number)
        body = [
            {"kind": "paragraph", "html": " ".join(dice.choices(WORDS, k=50)) + "."}
            for _ in range(6)
        ]
        yield {
            "id": number,
            "public_id": public_id(f"bench:{number}"),
            "status": "published",
            "headline": " ".join(dice.choices(WORDS, k=9)),
            "short_headline": "",
            "standfirst": " ".join(dice.choices(WORDS, k=20)),
            "teaser": "",
            "section_id": dice.choice(sections),
            "created_at": at,
            "published_at": at,
            "first_published_at": at,
            "updated_at": at,
            "rev": 1,
            "word_count": 300,
            "reading_minutes": 2,
            "body": body,
        }


def fill(count: int) -> None:
    """Fill the empty database with ``count`` stories, their lists, labels and links."""
    db.session.execute(
        insert(TagRow),
        [{"id": n, "key": f"وسم {n}", "name": f"وسم {n}"} for n in range(1, TAGS + 1)],
    )
    db.session.execute(
        insert(AuthorRow),
        [{"id": n, "slug": f"a{n}", "name": f"كاتب {n}"} for n in range(1, AUTHORS + 1)],
    )
    dice = random.Random(11)
    tree = section_tree()
    rows: list[dict[str, Any]] = []

    def flush() -> None:
        lists, tags, authors, links = [], [], [], []
        for row in rows:
            number, at = row["id"], row["published_at"]
            chosen = dice.sample(range(1, TAGS + 1), 3)
            author = dice.randint(1, AUTHORS)
            names = [LATEST, author_list(author), *map(tag_list, chosen)]
            names += map(section_list, tree.lineage(row["section_id"]))
            lists += [{"list": name, "at": at, "article_id": number} for name in names]
            tags += [
                {"article_id": number, "tag_id": tag, "position": p} for p, tag in enumerate(chosen)
            ]
            authors.append({"article_id": number, "author_id": author, "position": 0})
            others = dice.sample(range(1, number), min(6, number - 1)) if number > 1 else []
            links += [
                {
                    "article_id": number,
                    "kind": "see" if p < 2 else "rel",
                    "position": p + 1,
                    "target_id": other,
                    "after": 1 + 2 * p if p < 2 else -1,
                }
                for p, other in enumerate(others)
            ]
        for table, values in (
            (ArticleRow, rows),
            (ListingRow, lists),
            (ArticleTag, tags),
            (ArticleAuthor, authors),
            (LinkRow, links),
        ):
            if values:
                db.session.execute(insert(table), values)
        db.session.commit()
        rows.clear()

    for row in stories(count):
        rows.append(row)
        if len(rows) == CHUNK:
            flush()
    if rows:
        flush()


def measure(app: Flask, count: int, requests: int) -> dict[str, dict[str, float]]:
    """Return for each page the median CPU ms of an answer and the most queries it asked."""
    dice = random.Random(3)
    asked = [0]

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(*_: object) -> None:  # pyright: ignore[reportUnusedFunction]
        asked[0] += 1

    def article() -> str:
        return f"/a/{public_id(f'bench:{dice.randint(1, count)}')}"

    pages = {
        "article": article,
        "front": lambda: "/",
        "latest": lambda: "/latest",
        "section": lambda: f"/s/{dice.choice(DEFAULT_SECTIONS).slug}",
        "tag": lambda: f"/t/وسم_{dice.randint(1, TAGS)}",
        "author": lambda: f"/by/a{dice.randint(1, AUTHORS)}",
        "related": lambda: article().replace("/a/", "/_f/related/"),
        "feed": lambda: "/feed.xml",
    }
    client = app.test_client()
    found: dict[str, dict[str, float]] = {}
    for name, address in pages.items():
        times, most = [], 0
        for turn in range(requests + 10):
            url = address()
            asked[0] = 0
            before = time.process_time()
            answer = client.get(url)
            taken = (time.process_time() - before) * 1000
            if answer.status_code not in {200, 204}:
                raise SystemExit(f"{url} answered {answer.status_code}")
            if turn >= 10:
                times.append(taken)
                most = max(most, asked[0])
        found[name] = {"ms": statistics.median(times), "queries": most}
    return found


def run(count: int, requests: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), secret_key="bench"))
        with app.app_context():
            upgrade()
            plant(DEFAULT_SECTIONS)
            started = time.monotonic()
            fill(count)
            print(f"# {count:,} stories filled in {time.monotonic() - started:.0f} s", flush=True)
            return measure(app, count, requests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    results = {size: run(size, given.requests) for size in sorted(given.sizes)}
    if given.json:
        print(json.dumps(results, indent=1))
        return
    base = results[min(results)]
    print(f"{'page':10}" + "".join(f"{size:>14,}  ratio  q" for size in results))
    for page in base:
        cells = (
            f"{found[page]['ms']:>11.2f} ms  {found[page]['ms'] / base[page]['ms']:5.2f} "
            f"{found[page]['queries']:2.0f}"
            for found in results.values()
        )
        print(f"{page:10}" + "".join(cells))


if __name__ == "__main__":
    main()
