"""What drawing a page costs: two checkouts side by side, in process, in one run.

    python -m bench.pages OLD [NEW] [--rounds 40] [--locale en] [--profile PAGE]

OLD and NEW are folders, each a checkout (``git worktree add --detach FOLDER aac4f3e``); NEW is this
one where none is named. `STORIES` stories are taken in once by OLD, kept in ``build/bench-pages``:
those of its demo edition, and again under other names and hours until there are enough. NEW gets a
copy that it brings to its own migration. Each checkout answers in a process of its own, without a
page cache; they take turns, a few answers of one page at a time. What is told is the median of the
rounds, in milliseconds of the processor for an answer as a browser gets it (brotli), and the ratio.

``--profile`` prints where this checkout spends its time on one page instead.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import math
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "bench-pages"
STORIES = 200
EACH = 6
# How much memory the page cache may take, where a checkout has one: none.
SETTING = "page_cache"
# The longest stretch of addresses that one page is asked at.
ADDRESSES = 30
# Stories that nobody asked for since the start: nothing of them is remembered.
FIRST = "article, first time"
PAGES = ("article", FIRST, "front", "section", "latest", "related", "see-also", "search", "feed")
WORDS = ("المدينة", "الماء والكهرباء", "انتخابات", "مكتبة", "الصحة العامة")


def environ(tree: Path, data: Path) -> dict[str, str]:
    """Return a clean environment in which ``tree`` keeps its paper in ``data``."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
    if SETTING in (tree / "khabarayn" / "settings.py").read_text("utf-8"):
        clean[f"KHABARAYN_{SETTING.upper()}"] = "0"
    return {
        **clean,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(tree),
        "KHABARAYN_DATA_DIR": str(data),
    }


def command(tree: Path, data: Path, *words: str) -> None:
    """Run a command of ``tree``."""
    done = subprocess.run(
        [sys.executable, "-m", "khabarayn", *words],
        cwd=tree,
        env=environ(tree, data),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{tree}: {' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def write_again(stories: Path, folder: Path, number: int) -> None:
    """Write ``number`` more stories into ``folder``: those of ``stories`` under other names, each
    round a day earlier."""
    found = sorted(stories.glob("*.json"))
    (folder / "stories").mkdir(parents=True)
    shutil.copytree(stories.parent / "pictures", folder / "pictures")
    for n in range(number):
        round_, which = divmod(n, len(found))
        item = json.loads(found[which].read_text("utf-8"))
        item["uri"] = f"{item['uri']}-{round_}"
        for name in ("firstcreated", "versioncreated"):
            earlier = datetime.fromisoformat(item[name]) - timedelta(days=round_ + 1)
            item[name] = earlier.isoformat()
        for headline in item["headlines"]:
            headline["value"] += f" ({round_ + 2})"
        to = folder / "stories" / f"{round_}-{found[which].name}"
        to.write_text(json.dumps(item, ensure_ascii=False), "utf-8")


def filled(old: Path) -> Path:
    """Return the folder of a paper with `STORIES` stories as ``old`` takes them in."""
    place = KEPT / subprocess.check_output(
        ["git", "-C", str(old), "rev-parse", "--short", "HEAD"], text=True
    ).strip()  # fmt: skip
    if (place / "whole").exists():
        return place
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    command(old, place, "init")
    command(old, place, "demo")
    stories = old / "khabarayn" / "demo" / "stories"
    with tempfile.TemporaryDirectory() as folder:
        write_again(stories, Path(folder) / "more", STORIES - len(list(stories.glob("*.json"))))
        command(old, place, "import", "--as", "published", str(Path(folder) / "more"))
    (place / "whole").touch()
    return place


class Drawer:
    """A checkout that answers in this process; ``addresses`` are the paths of each page."""

    def __init__(self, locale: str = "") -> None:
        # Only a child knows which checkout it imports.
        from khabarayn import create_app
        from khabarayn.store.db import db
        from khabarayn.store.models import ArticleRow, SectionRow

        self.app = create_app()
        self.prefix = f"/{locale}" if locale else ""
        with self.app.app_context():
            newest = db.session.query(ArticleRow).filter_by(status="published")
            newest = newest.order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc())
            every = [row.public_id for row in newest]
            sections = [row.slug for row in db.session.query(SectionRow).order_by(SectionRow.id)]
        ids = every[:ADDRESSES]
        self.addresses = {
            "article": [f"/a/{one}" for one in ids],
            FIRST: [f"/a/{one}" for one in every[ADDRESSES:]],
            "front": ["/"],
            "section": [f"/s/{slug}" for slug in sections[:8]],
            "latest": ["/latest"],
            "related": [f"/_f/related/{one}" for one in ids],
            "see-also": [f"/_f/see-also/{one}/{slot}" for slot in (1, 2) for one in ids[:15]],
            "search": [f"/search?q={quote(words)}" for words in WORDS],
            "feed": ["/feed.xml"],
        }
        self.turn: dict[str, int] = dict.fromkeys(PAGES, 0)

    def answer(self, path: str, encoding: str = "gzip, deflate, br") -> bytes:
        """Return the body of an answer; everything but 200 and 204 ends the run."""
        path, _, query = path.partition("?")
        said: list[str] = []

        def start(status: str, *_: Any) -> Any:
            said.append(status)

        asked: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": self.prefix + unquote(path),
            "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": encoding, "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        body: Any = self.app.wsgi_app(asked, start)
        whole = b"".join(body)
        body.close()
        if said[0][:3] not in {"200", "204"}:
            raise SystemExit(f"{path}: {said[0]}")
        return whole

    def spend(self, page: str, number: int) -> float:
        """Return the milliseconds of the processor that one answer takes, of ``number``; nothing
        that is a number where no address is left that was not asked for."""
        paths = self.addresses[page]
        if page == FIRST and self.turn[page] + number > len(paths):
            return math.nan
        began = time.process_time()
        for _ in range(number):
            self.answer(paths[self.turn[page] % len(paths)])
            self.turn[page] += 1
        return 1000 * (time.process_time() - began) / number


def child(locale: str) -> None:
    """Answer as asked on standard input, a page and a number a line."""
    drawer = Drawer(locale)
    for page in PAGES:
        if page != FIRST:
            drawer.spend(page, 2 * len(drawer.addresses[page]))
    print("ready", flush=True)
    for line in sys.stdin:
        page, _, number = line.rpartition(" ")
        print(drawer.spend(page, int(number)), flush=True)


def profiled(page: str, locale: str) -> None:
    """Print where an answer's time goes."""
    drawer = Drawer(locale)
    drawer.spend(page, 2 * len(drawer.addresses[page]))
    print(f"{page}: {statistics.median(drawer.spend(page, EACH) for _ in range(20)):.2f} ms")
    profile = cProfile.Profile()
    profile.runcall(drawer.spend, page, 60)
    stats = pstats.Stats(profile)
    stats.sort_stats("tottime").print_stats(45)
    stats.sort_stats("cumtime").print_stats(70)


def started(tree: Path, data: Path, locale: str) -> subprocess.Popen[str]:
    """Return a process in which ``tree`` answers."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__)), "--child", "--locale", locale],
        cwd=tree,
        env=environ(tree, data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def asked(process: subprocess.Popen[str], line: str = "") -> str:
    """Give a child a ``line`` and return what it says."""
    assert process.stdin is not None
    assert process.stdout is not None
    if line:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    said = process.stdout.readline().strip()
    if not said:
        raise SystemExit("a checkout stopped answering")
    return said


def compare(old: Path, new: Path, rounds: int, locale: str) -> dict[str, tuple[float, float]]:
    """Return the medians of both checkouts by page."""
    kept = filled(old)
    with tempfile.TemporaryDirectory() as folder:
        houses: list[subprocess.Popen[str]] = []
        for tree in (old, new):
            data = Path(folder) / f"{len(houses)}"
            shutil.copytree(kept, data)
            command(tree, data, "init")
            houses.append(started(tree, data, locale))
        for house in houses:
            asked(house)
        told: dict[str, list[list[float]]] = {page: [[], []] for page in PAGES}
        for _ in range(rounds):
            for page in PAGES:
                for house, times in zip(houses, told[page], strict=True):
                    times.append(float(asked(house, f"{page} {EACH}")))
        for house in houses:
            house.communicate()
    return {
        page: (
            statistics.median(one for one in before if not math.isnan(one)),
            statistics.median(one for one in after if not math.isnan(one)),
        )
        for page, (before, after) in told.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", nargs="?", type=Path)
    parser.add_argument("new", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--locale", default="")
    parser.add_argument("--profile", metavar="PAGE", choices=PAGES)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return child(given.locale)
    if given.profile:
        return profiled(given.profile, given.locale)
    if given.old is None:
        parser.error("name the older checkout")
    told = compare(given.old.resolve(), given.new.resolve(), given.rounds, given.locale)
    print("| page | old, ms | new, ms | ratio |\n|---|---|---|---|")
    for page, (before, after) in told.items():
        print(f"| {page} | {before:.2f} | {after:.2f} | {after / before:.2f} |")
    return None


if __name__ == "__main__":
    main()
