"""How much room the disk of a folder has left, and from when on that is too little."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# Free bytes: below the first writes may fail; below the second an edition may not fit.
FULL, SCANT = 200 * 1024 * 1024, 1024 * 1024 * 1024


@dataclass(frozen=True)
class Room:
    """``free`` in bytes."""

    free: int

    @property
    def level(self) -> Literal["ok", "warn", "bad"]:
        """Whether that is enough (ok), little (warn), or so little that writes may fail (bad)."""
        return "bad" if self.free < FULL else "warn" if self.free < SCANT else "ok"


def room_in(folder: Path) -> Room:
    """Return the room that whoever is not root finds on the disk of ``folder``. Raises
    ``OSError``."""
    return Room(shutil.disk_usage(folder).free)
