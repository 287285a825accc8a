"""What a start costs: the list of commands, the first page after `make run`, memory after load.

    python -m bench.start [OLD] [--fresh] [--data FOLDER] [--rounds 3]

OLD is a commit (aac4f3e) that is checked out beside this tree and started in turn with it, by the
same interpreter on the same machine; every figure is given for both, with the ratio. Each begins
with a filled data folder (``--data``, else one that is filled first), as a second `make run` does;
with ``--fresh`` with an empty one, as a fresh clone does once its packages are installed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
PATHS = ("/", "/latest", "/feed.xml", "/search?q=مدينة", "/newsroom/sign-in")
LOADS = 40
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextlib.contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Give a folder with the tree of ``commit``."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "old"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run(
            [*git, "add", "--detach", str(tree), commit], check=True, capture_output=True
        )
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def environ(data: Path) -> dict[str, str]:
    """Return a clean environment whose paper is kept in ``data``."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
    clean.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**clean, "LANG": "C.UTF-8", "KHABARAYN_DATA_DIR": str(data)}


def used() -> float:
    """Return the processor seconds of all children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def command(tree: Path, data: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "khabarayn", *words],
        cwd=tree,
        env=environ(data),
        check=True,
        capture_output=True,
    )


def listing(tree: Path, data: Path) -> tuple[float, float]:
    """Return seconds of the wall and of the processor that ``--help`` takes."""
    began, before = time.perf_counter(), used()
    command(tree, data, "--help")
    return time.perf_counter() - began, used() - before


def first_page(tree: Path, data: Path) -> tuple[float, float, float, float]:
    """Start as this tree's `make run` does; return seconds to the first page, seconds of the
    processor until the end, and MiB after load: of the process that answers, and of all."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began, before = time.perf_counter(), used()
    words = ["serve", "--port", str(port)]
    if "--demo" in (tree / "Makefile").read_text("utf-8"):
        words.append("--demo")
    else:
        for step in (["init"], ["demo"], ["edition", "make"]):
            command(tree, data, *step)
    process = subprocess.Popen(
        [sys.executable, "-m", "khabarayn", *words],
        cwd=tree,
        env=environ(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while not answered(f"{url}/"):
            if process.poll() is not None:
                raise SystemExit(f"{tree}: serve ended with {process.returncode}")
            time.sleep(0.02)
        reached = time.perf_counter() - began
        for _ in range(LOADS):
            for path in PATHS:
                answered(url + quote(path, safe="/?=&"))
        held = [resident(pid) for pid in (process.pid, *children_of(process.pid))]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return reached, used() - before, max(held), sum(held)


def answered(url: str) -> bool:
    try:
        with _direct.open(url, timeout=60) as answer:
            answer.read()
            return True
    except (urllib.error.URLError, OSError):
        return False


def children_of(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in said.split()]


def resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def filled(tree: Path, data: Path, given: Path | None) -> None:
    """Make ``data`` a paper with the demo edition, brought to the migration of ``tree``."""
    if given is not None:
        shutil.copytree(given, data)
    for step in (["init"], ["demo"], ["edition", "make"]):
        command(tree, data, *step)
    if "--demo" in (tree / "Makefile").read_text("utf-8"):
        first_page(tree, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", nargs="?", default="aac4f3e")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with checked_out(given.old) as old, tempfile.TemporaryDirectory() as folder:
        trees = {"old": old, "new": ROOT}
        told: dict[str, list[tuple[float, ...]]] = {name: [] for name in trees}
        for name, tree in trees.items():
            data = Path(folder) / name
            if not given.fresh:
                filled(tree, data, given.data)
            listing(tree, data)
        for number in range(given.rounds):
            for name, tree in trees.items():
                data = Path(folder) / (f"{name}-{number}" if given.fresh else name)
                told[name].append((*listing(tree, data), *first_page(tree, data)))
    labels = ("--help, wall s", "--help, CPU s", "first page, wall s", "start to end, CPU s",
              "answering process, MiB", "all processes, MiB")  # fmt: skip
    print(f"| median of {given.rounds} | {given.old} | this tree | ratio |\n|---|---|---|---|")
    for number, label in enumerate(labels):
        before, after = (
            statistics.median(row[number] for row in told[name]) for name in ("old", "new")
        )
        print(f"| {label} | {before:.2f} | {after:.2f} | {after / before:.2f} |")


if __name__ == "__main__":
    main()
