"""What a paper survives: ``make trust`` prints it as a table, with what was tried and lost.

    python -m bench.faults [--kills 50] [--saves 200] [--seed 7]

One paper of its own on loopback: killed at random moments while editors write, watched by strace
for whether it syncs before it acknowledges, sent what no browser sends, backed up while it serves
and put back elsewhere, asked for more than it can answer. Exit 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import os
import re
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
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import connect
from urllib.parse import quote

from bench.kills import BODY, EMAIL, HOST, PASSWORD, Editor, kill_often
from khabarayn.article.identity import new_public_id

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "khabarayn"]
OVERLOAD = 400
Row = tuple[str, str, str, str]
PLACES = (
    "/a/{}", "/s/{}", "/t/{}", "/by/{}", "/p/{}", "/search?q={}", "/latest?before={}",
    "/_f/related/{}", "/_f/see-also/{}/1", "/editions/{}.khb", "/media/{}/800.jpg", "/share/{}.jpg",
    "/sitemap-{}.xml", "/api/sync?since={}", "/newsroom/join/{}", "/newsroom/preview/{}",
)  # fmt: skip
BAD = (
    "%00", "a%00b", "..%2f..%2fetc%2fpasswd", "%252e%252e%252f", "..%5c..%5cwindows", "%ff%fe",
    "%ed%a0%80", "%27%20OR%201=1--", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a%0d%0aX:%201",
    "%e2%80%aeabc", "%25", "-1", "007", "9" * 400, "a" * 3000, "%D9%A1%D9%A2", quote("ّ" * 900),
)  # fmt: skip


class Paper:
    """A paper in a folder, served by a process group that can be killed as a whole."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server((HOST, 0)) as probe:
            self.port = probe.getsockname()[1]
        self.data_dir = folder
        self.process: subprocess.Popen[bytes] | None = None
        clean = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
        self.environ = clean | {"KHABARAYN_DATA_DIR": str(folder), "LANG": "C.UTF-8"}

    def run(self, *words: str, given: str = "", folder: Path | None = None) -> None:
        """Run a command to its end, in another ``folder`` where one is named."""
        environ = self.environ | ({"KHABARAYN_DATA_DIR": str(folder)} if folder else {})
        done = subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=environ, input=given, text=True, capture_output=True
        )
        if done.returncode:
            raise SystemExit(f"khabarayn {' '.join(words)}: {done.stdout}{done.stderr}")

    def start(self) -> Paper:
        """Serve, and return once it is ready."""
        with (self.data_dir.parent / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port)],
                cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        for _try in range(1200):
            if self.status("/readyz") == 200:
                return self
            time.sleep(0.05)
        raise SystemExit((self.data_dir.parent / "serve.log").read_text("utf-8")[-2000:])

    def kill(self) -> None:
        """End it and all its processes with SIGKILL."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)

    def status(self, path: str, seconds: float = 15) -> int:
        """Ask for ``path`` and return the status; 0 where nothing answers."""
        try:
            with urllib.request.urlopen(
                f"http://{HOST}:{self.port}{path}", timeout=seconds
            ) as said:
                said.read()
                return said.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0


def killed(paper: Paper, count: int, seed: int) -> tuple[Row, int]:
    """Kill it ``count`` times while two editors write."""
    people = [Editor(paper.port).sign_in() for _person in range(2)]
    tally = kill_often(paper, people, count, seed, longest=2.5)
    load = f"{tally.saved} saves, {tally.autosaved} drafts, {tally.published} published"
    starts = (
        f"start: median {statistics.median(tally.starts):.1f} s, worst {max(tally.starts):.1f} s"
    )
    return (f"{tally.kills} kills", load, starts, str(len(tally.lost))), len(tally.lost)


def synced(paper: Paper, count: int) -> tuple[Row, int]:
    """Save ``count`` stories under strace: a sync must end between each request and its answer."""
    name = "sync before acknowledging"
    if shutil.which("strace") is None or paper.process is None:
        return (name, "", "strace is not here", "0"), 0
    trace = paper.data_dir.parent / "trace"
    watching = subprocess.Popen(
        ["strace", "-f", "-qq", "-ttt", "-T", "-e", "trace=fdatasync,fsync", "-o", str(trace),
         *(word for pid in _family(paper.process.pid) for word in ("-p", str(pid)))],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(1)
    person, spans = Editor(paper.port).sign_in(), list[tuple[float, float]]()
    for _save in range(count):
        form = {"headline": "خبر", "section": "news", "body": BODY, "base": "0"}
        begun = time.time()
        if person.post(f"/newsroom/stories/{new_public_id()}", **form) == 303:
            spans.append((begun, time.time()))
    watching.terminate()
    watching.wait(10)
    line = r"^\d+\s+([\d.]+) (?:fdatasync|fsync)\(.*<([\d.]+)>$"
    found = re.findall(line, trace.read_text("utf-8"), re.M)
    ends = [float(at) + float(took) for at, took in found]
    good = sum(any(begun <= end <= acknowledged for end in ends) for begun, acknowledged in spans)
    if not ends:
        return (name, f"{len(spans)} saves", "strace may not attach here", "0"), 0
    late = len(spans) - good
    return (name, f"{len(spans)} saves", f"{good} of {len(spans)}", str(late)), late


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def bent(paper: Paper) -> tuple[Row, int]:
    """Ask for what no browser asks for: every answer must be a refusal, none a fault of ours."""
    with ThreadPoolExecutor(4) as threads:
        asked = [place.format(bad) for place in PLACES for bad in BAD]
        statuses = list(threads.map(paper.status, asked))
    faults = sum(status >= 500 or status == 0 for status in statuses)
    return ("bad inputs", f"{len(asked)} addresses", f"{faults} × 5xx", str(faults)), faults


def drilled(paper: Paper) -> tuple[Row, int]:
    """Back up while it serves, check the backup, put it back elsewhere, and compare."""
    place, other = paper.data_dir.parent / "backup", paper.data_dir.parent / "restored"
    begun = time.monotonic()
    paper.run("backup", str(place))
    paper.run("verify", str(place))
    taken = time.monotonic() - begun
    begun = time.monotonic()
    paper.run("restore", str(place), folder=other)
    put_back = time.monotonic() - begun
    ask = "SELECT public_id, status, headline FROM article ORDER BY id"
    rows = []
    for folder in (paper.data_dir, other):
        with closing(connect(folder / "khabarayn.db")) as database:
            rows.append(database.execute(ask).fetchall())
    lost = len(set(rows[0]) - set(rows[1]))
    said = f"taken and checked in {taken:.1f} s, put back in {put_back:.1f} s"
    return ("backup drill", f"{len(rows[0])} stories", said, str(lost)), lost


def overloaded(paper: Paper) -> tuple[Row, int]:
    """Ask far more at once than it can answer, then once more: shed, and well again."""
    with ThreadPoolExecutor(OVERLOAD) as threads:
        statuses = list(threads.map(lambda _n: paper.status("/latest", 60), range(OVERLOAD)))
    time.sleep(1)
    after = [paper.status("/latest") for _ in range(20)]
    said = (
        f"{statuses.count(200)} × 200, {statuses.count(503)} × 503, then {after.count(200)} of 20"
    )
    bad = len(after) - after.count(200) + sum(status not in {200, 503} for status in statuses)
    return ("overload", f"{OVERLOAD} at once", said, str(bad)), bad


def main() -> None:
    """Try all of it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabarayn-faults-") as place:
        paper = Paper(Path(place) / "data")
        paper.run("init")
        keys = ("--role", "chief", "--keep")
        paper.run("user", "add", EMAIL, *keys, given=f"{PASSWORD}\n{PASSWORD}\n")
        try:
            paper.start()
            results = [
                killed(paper, options.kills, options.seed),
                synced(paper, options.saves),
                bent(paper),
                drilled(paper),
                overloaded(paper),
            ]
        finally:
            paper.kill()
    told = f"--kills {options.kills} --saves {options.saves} --seed {options.seed}"
    print(f"python -m bench.faults {told}")
    print("| fault | load held | outcome | lost |\n|---|---|---|---|")
    for row, _lost in results:
        print(f"| {' | '.join(row)} |")
    sys.exit(any(lost for _row, lost in results))


if __name__ == "__main__":
    main()
