"""What an import costs, and what it costs an editor beside it.

    python -m bench.imports [--stories 300] [--before 300] [--against FOLDER] [--memory 500 2500]

Makes ninjs stories without pictures about `SUBJECTS` subjects, so that most have the eight
neighbours that a story of a grown archive has. Imports ``--before`` of them with `khabarayn import`
into an empty paper and then ``--stories`` others into the same, on SQLite. Prints stories a second
(wall), CPU of the importing process for each, the most memory of that process, and, of an editor in
another process who has a story kept ten times a second meanwhile, the median and the worst time of
one keeping. ``--against`` is a checkout of another state of this project (`git worktree add FOLDER
COMMIT`), measured in turn with the same stories, the same interpreter and the same commands. Before
each a single story is imported: what starting the command costs is taken off. ``--memory`` then
imports that many into an empty paper each, and prints the most memory of each and its ratio to the
first: what grows with an import shows there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from resource import struct_rusage
from select import select as wait_for
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bench.corpus import MadeUp, Press

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = ("news", "economy", "sport", "tech")
APART = timedelta(hours=7)
PAUSE = 0.1
SUBJECTS = 20


@dataclass(frozen=True)
class Run:
    """One import: how many stories, seconds of the wall and of CPU, MB at most, an editor's times
    in milliseconds."""

    stories: int

    wall: float
    cpu: float
    memory: float
    keeping: tuple[float, ...]

    def without(self, start: Run) -> Run:
        """Return what this import costs beyond that of a single story."""
        return Run(
            self.stories - start.stories,
            self.wall - start.wall,
            self.cpu - start.cpu,
            self.memory,
            self.keeping,
        )


def write(folder: Path, stories: list[MadeUp]) -> None:
    """Write each story as a ninjs file into ``folder``."""
    folder.mkdir()
    for story in stories:
        at = story.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        section = SECTIONS[story.subject % len(SECTIONS)]
        paragraphs = "".join(f"<p>{part}</p>" for part in story.body.split("\n"))
        about = [{"rel": "about", "name": tag} for tag in story.tags]
        item = {
            "uri": f"tag:bench.example,2026:{story.number}",
            "standard": {"name": "ninjs", "version": "2.2"},
            "type": "text",
            "firstcreated": at,
            "versioncreated": at,
            "pubstatus": "usable",
            "language": "ar",
            "headlines": [{"role": "main", "value": story.headline}],
            "descriptions": [{"role": "standfirst", "value": story.standfirst}],
            "subjects": [{"rel": "section", "literal": section, "name": section}, *about],
            "bodies": [{"role": "main", "contenttype": "text/html", "value": paragraphs}],
        }
        (folder / f"{story.number:06}.json").write_text(json.dumps(item, ensure_ascii=False))


def environment(checkout: Path, data: Path) -> dict[str, str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
    return environ | {
        "KHABARAYN_DATA_DIR": str(data),
        "PYTHONPATH": str(checkout),
        "LANG": "C.UTF-8",
    }


def command(checkout: Path, data: Path, *words: str, said: bytes = b"") -> None:
    subprocess.run(
        [sys.executable, "-m", "khabarayn", *words],
        cwd=checkout,
        env=environment(checkout, data),
        input=said,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def an_editor(checkout: Path, data: Path) -> Iterator[list[float]]:
    """Have an editor's story kept again and again; the times are there at the end."""
    times: list[float] = []
    words = [sys.executable, str(Path(__file__).resolve()), "editor"]
    with subprocess.Popen(
        words,
        cwd=checkout,
        env=environment(checkout, data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        yield times
        said, _ = process.communicate(b"\n", timeout=60)
    times.extend(json.loads(said))


def measured(checkout: Path, data: Path, folder: Path) -> Run:
    """Import ``folder`` beside an editor, with the code of ``checkout``."""
    with an_editor(checkout, data) as times:
        counts, wall, usage = imported(checkout, data, folder)
    files = len(list(folder.iterdir()))
    if counts["accepted"] != files:
        raise SystemExit(f"not every story came in: {counts} of {files}")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(files, wall, cpu, usage.ru_maxrss / 1024, tuple(times))


def imported(
    checkout: Path, data: Path, source: Path
) -> tuple[dict[str, int], float, struct_rusage]:
    """Import ``source`` with the code of ``checkout``; return the report's counts, seconds of the
    wall, and what the process used."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "khabarayn", "import", str(source), "--json"],
        cwd=checkout,
        env=environment(checkout, data),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    report = json.loads(process.stdout.read())
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return report["counts"], time.monotonic() - begun, usage


def edit() -> None:
    """Keep a story until a line comes in, then print every time in milliseconds, as JSON."""
    # Of the checkout that is measured.
    from khabarayn import create_app
    from khabarayn.article.identity import new_public_id
    from khabarayn.settings import Settings
    from khabarayn.store.db import db
    from khabarayn.store.models import UserRow
    from khabarayn.store.queries.people import person_of

    # An older state has them elsewhere.
    forms = _first("khabarayn.article.form", "khabarayn.article.typed")
    saving = _first("khabarayn.desk.stories.autosave", "khabarayn.desk.keep")
    story_form = getattr(forms, "StoryForm", None) or forms.Typed
    autosave = getattr(saving, "autosave_form", None) or saving.keep
    app = create_app(Settings.from_env())
    times: list[float] = []
    version, story = 0, new_public_id()
    with app.test_request_context():
        person = person_of(db.session.scalars(select(UserRow)).first() or UserRow())
        who: Any = person
        try:
            from khabarayn.desk.by import By
        except ImportError:
            pass  # an older state, where the person says the verb
        else:
            who = By.of(person)
        db.session.remove()
        print("begun", flush=True)
        while not wait_for([sys.stdin], [], [], PAUSE)[0]:
            form = story_form(headline="خبر يُكتب", body=f"<p>{'كلمة ' * 300}{version}</p>")
            begun = time.monotonic()
            with suppress(OperationalError):  # refused: what was waited for counts
                version = autosave(story, who, form, 0, version).version
            times.append((time.monotonic() - begun) * 1000)
            db.session.remove()
    print(json.dumps(times))


def _first(*names: str) -> Any:
    """Return the first of these modules that this state has."""
    for name in names:
        with suppress(ModuleNotFoundError):
            return import_module(name)
    raise SystemExit(f"none of {names} is here")


def show(name: str, run: Run, base: Run | None) -> None:
    ratio = f"{base.wall / run.wall:5.1f} × {base.cpu / run.cpu:5.1f} ×" if base else ""
    cpu = 1000 * run.cpu / run.stories
    print(
        f"{name:24} {run.stories / run.wall:8.1f} {cpu:8.1f} {run.memory:8.0f}"
        f" {statistics.median(run.keeping):8.1f} {max(run.keeping):8.0f}  {ratio}",
        flush=True,
    )


def paper(checkout: Path, data: Path) -> None:
    """Make an empty paper with somebody who may write."""
    command(checkout, data, "init")
    words = ("user", "add", "bench@bench.example", "--role", "chief", "--keep")
    command(checkout, data, *words, said=b"a long bench password\n" * 2)


def compare(work: Path, checkouts: list[Path]) -> None:
    """Import the parts that lie in ``work`` with the code of each of ``checkouts``, and show how
    the last of them compares with the first."""
    base: dict[str, Run] = {}
    for checkout in checkouts:
        data = work / f"data-{checkout.name}"
        paper(checkout, data)
        start = measured(checkout.resolve(), data, work / "one")
        for part in ("empty", "filled"):
            run = measured(checkout.resolve(), data, work / part).without(start)
            show(f"{checkout.name}, {part}", run, base.get(part) if checkout is ROOT else None)
            base.setdefault(part, run)


def compare_memory(work: Path, made: list[MadeUp], sizes: list[int]) -> None:
    """Import each number of stories into an empty paper, and show the most memory of each."""
    first = 0.0
    for size in sizes:
        folder, data = work / f"memory-{size}", work / f"data-{size}"
        write(folder, made[:size])
        paper(ROOT, data)
        run = measured(ROOT, data, folder)
        first = first or run.memory
        print(f"{size:8} stories {run.memory:8.0f} MB {run.memory / first:6.2f} ×", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--before", type=int, default=300, help="in the empty paper, first")
    parser.add_argument("--against", type=Path, help="a checkout to compare with")
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="numbers of stories")
    given = parser.parse_args()
    count = max(1 + given.before + given.stories, *given.memory, 1)
    stories = Press(5).part(0, 40 * count, APART)
    made = list(islice((story for story in stories if story.subject < SUBJECTS), count))
    print(f"{'':24} {'a second':>8} {'CPU ms':>8} {'MB':>8} {'editor':>8} {'worst':>8}  wall, CPU")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write(work / "one", made[:1])
        write(work / "empty", made[1 : 1 + given.before])
        write(work / "filled", made[1 + given.before : 1 + given.before + given.stories])
        compare(work, [one for one in (given.against, ROOT) if one is not None])
        compare_memory(work, made, given.memory)


if __name__ == "__main__":
    edit() if sys.argv[1:] == ["editor"] else main()
