"""Papers for the tests of offline reading: seeded once, a copy for each that is broken."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from browser.paper import Paper, copied, seed
from browser.proxy import FaultProxy, fault_proxy


@dataclass
class Press:
    """Running papers to lend. One that comes back untouched is lent again, since most tests break
    only the line before it; the next is started while a test runs, since starting takes seconds."""

    seeded: Path
    ids: list[str]
    folder: Path
    _spare: list[Paper] = field(default_factory=list)
    _starting: threading.Thread | None = None
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def lend(self) -> Paper:
        self._start_one()
        self._wait()
        if not self._spare:
            # What went wrong behind our back goes wrong here again, and is told.
            self._spare.append(self._started())
        paper = self._spare.pop()
        self._start_one()
        return paper

    def take_back(self, paper: Paper) -> None:
        if paper.untouched:
            self._spare.append(paper)
        else:
            paper.server.kill()

    def close(self) -> None:
        self._wait()
        for paper in self._spare:
            paper.server.kill()

    def _start_one(self) -> None:
        if not self._spare and self._starting is None:
            self._starting = threading.Thread(target=self._begin, daemon=True)
            self._starting.start()

    def _begin(self) -> None:
        try:
            self._spare.append(self._started())
        except AssertionError:
            return

    def _wait(self) -> None:
        if self._starting:
            self._starting.join()
            self._starting = None

    def _started(self) -> Paper:
        made = copied(self.seeded, self.folder / str(next(self._numbers)), self.ids)
        made.server.start()
        made.settle()
        return made


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    folder = tmp_path_factory.mktemp("paper")
    base = tmp_path_factory.getbasetemp()
    # Of the processes that run tests side by side the first seeds for all.
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "seeded"
    with shared.with_suffix(".lock").open("a+", encoding="ascii") as lock:
        flock(lock, LOCK_EX)
        lock.seek(0)
        ids = lock.read().split()
        if not ids:
            ids = seed(shared)
            lock.write(" ".join(ids))
    made = Press(shared, ids, folder)
    yield made
    made.close()


@pytest.fixture
def paper(press: Press) -> Iterator[Paper]:
    """A running paper of its own: it may be killed, changed, deployed anew."""
    made = press.lend()
    yield made
    press.take_back(made)


@pytest.fixture
def line(paper: Paper) -> Iterator[FaultProxy]:
    """A bad network before `paper`."""
    with fault_proxy(paper.url.removeprefix("http://")) as proxy:
        yield proxy
