"""What publishing one story costs the one who publishes it, beside another state of this project.

    python -m bench.publish --against FOLDER [--sizes 1000 100000] [--stories 12] [--rounds 2]

Fills an archive of each size with the code of each state (`bench.filled`), then has each state in
turn publish ``--stories`` new stories into its own, every other one beside a worker that is alive,
as `khabarayn serve` has one. Prints the median of the CPU milliseconds that a publication took
until it returned, alone and beside a worker, the same for what the worker did of it after that,
and the ratios to the other state's, the last line that of one beside a worker here to one alone
there.
``--against`` is a checkout of that state (`git worktree add FOLDER COMMIT`); both run with the
same interpreter. What is published stays in the archives, which lie in each checkout's `build`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED = 5
# The first of a process have its statements written down; they do not count.
FIRST = 2
ALONE, BESIDE, WORKER = "alone", "beside", "worker"
Times = dict[str, list[float]]


def _first(*names: str) -> Any:
    """Return the first of these modules that this state has."""
    for name in names:
        with suppress(ModuleNotFoundError):
            return import_module(name)
    raise SystemExit(f"none of {names} is here")


def publish_some(size: int, count: int, seed: int) -> Times:
    """Publish ``count`` new stories, the same for each ``seed``, into the archive of ``size`` of
    the state that is on the path; return the CPU milliseconds of each publication, and of each
    round of the worker after it."""
    # Of the checkout that is measured.
    from bench.corpus import Press
    from bench.filled import house
    from khabarayn.article.proposal import Proposal
    from khabarayn.jobs.outbox import beat, rest, sweep
    from khabarayn.store.db import db
    from khabarayn.worker import FOLLOWERS

    # An older state has them elsewhere.
    draft = _first("khabarayn.desk.stories.draft", "khabarayn.desk.draft").draft
    publish = _first("khabarayn.desk.stories.publish", "khabarayn.desk.publish").publish
    try:
        by: Any = import_module("khabarayn.desk.by").OPERATOR
    except ModuleNotFoundError:
        by = "bench"  # an older state, where a name says the verb
    times: Times = {ALONE: [], BESIDE: [], WORKER: []}
    app = house(size, indexed=False)
    with app.test_request_context():
        while sweep(FOLLOWERS):
            pass
        press = Press(SEED)
        # The words of the archive, in texts that it does not have.
        press.random.seed(seed)
        for number, story in enumerate(press.part(size, 2 * count, timedelta(minutes=7))):
            body = "".join(f"<p>{part}</p>" for part in story.body.split("\n"))
            proposal = Proposal(
                headline=story.headline,
                standfirst=story.standfirst,
                body_html=body,
                section="news",
                tags=story.tags,
            )
            public_id = draft(proposal, by)
            (beat if number % 2 else rest)()

            def timed(name: str, work: Callable[[], object]) -> None:
                db.session.remove()
                begun = time.process_time()
                work()
                times[name].append(1000 * (time.process_time() - begun))
                db.session.remove()

            timed(BESIDE if number % 2 else ALONE, partial(publish, public_id, by))
            if number % 2:
                timed(WORKER, partial(sweep, FOLLOWERS))
            else:
                sweep(FOLLOWERS)
    return {name: values[FIRST:] for name, values in times.items()}


def measured(checkout: Path, *numbers: int) -> Times:
    """Return `publish_some` of these ``numbers`` by the state in ``checkout``."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
    said = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "one", *map(str, numbers)],
        cwd=checkout,
        env=environ | {"PYTHONPATH": str(checkout)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(said.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", type=Path, required=True, help="a checkout to compare with")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--stories", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    checkouts = (given.against.resolve(), ROOT)
    print(f"{'stories':>9} {'part':8} {given.against.name:>10} {'here':>8}  ratio")
    for size in given.sizes:
        found: dict[Path, Times] = {one: {} for one in checkouts}
        for number in range(given.rounds):
            # Not told twice when this is run again.
            seed = int(time.time()) + number
            for one in checkouts:
                for name, values in measured(one, size, FIRST + given.stories, seed).items():
                    found[one].setdefault(name, []).extend(values)
        before, here = (
            {name: statistics.median(values) for name, values in found[one].items()}
            for one in checkouts
        )
        rows = [(name, before[name], here[name]) for name in (ALONE, BESIDE, WORKER)]
        for name, old, new in (*rows, ("both", before[ALONE], here[BESIDE])):
            print(f"{size:9,} {name:8} {old:10.1f} {new:8.1f}  {new / old:5.2f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(publish_some(*map(int, sys.argv[2:]))))
    else:
        main()
