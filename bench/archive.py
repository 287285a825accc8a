"""How a page's cost grows with the archive: fills 1,000 / 100,000 / 1,000,000 stories and times.

    python -m bench.archive [--sizes 1000 100000 1000000] [--requests 200]

For each size: CPU time of one uncached answer (median, ms, of this process), the queries it
asked, and the ratio to the smallest archive, which is the baseline of the run. The archives stay
in ``build/`` (`bench.filled`) for the next run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time

from flask import Flask
from sqlalchemy import event

from bench.filled import AUTHORS, TAGS, address, house
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS
from khabarayn.store.db import db


def measure(app: Flask, count: int, requests: int) -> dict[str, dict[str, float]]:
    """Return for each page the median CPU ms of an answer and the most queries it asked."""
    dice = random.Random(3)
    asked = [0]

    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def note(*_: object) -> None:  # pyright: ignore[reportUnusedFunction]
        asked[0] += 1

    def article() -> str:
        return f"/a/{address(dice.randint(1, count))}"

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
    for name, page in pages.items():
        times, most = [], 0
        for turn in range(requests + 10):
            url = page()
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
    # No context is open here: each request has its own session, as a reader's has.
    return measure(house(count, indexed=False), count, requests)


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
