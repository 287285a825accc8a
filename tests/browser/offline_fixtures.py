"""Papers for the tests of offline reading: seeded once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.paper import Paper, copied, seed
from browser.proxy import FaultProxy, fault_proxy


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("paper") / "data"
    return folder, seed(folder)


@pytest.fixture
def paper(seeded: tuple[Path, list[str]], tmp_path: Path) -> Iterator[Paper]:
    """A running paper of its own: it may be killed, changed, deployed anew."""
    made = copied(seeded[0], tmp_path / "data", seeded[1])
    made.server.start()
    yield made
    made.server.kill()


@pytest.fixture
def line(paper: Paper) -> Iterator[FaultProxy]:
    """A bad network before `paper`."""
    with fault_proxy(paper.url.removeprefix("http://")) as proxy:
        yield proxy
