"""The errors of making, reading and restoring a backup."""

from __future__ import annotations


class BackupRefused(Exception):
    """``code`` is a key of `khabarayn.messages.backup.REFUSALS`, ``values`` what its words name."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Damaged(BackupRefused):
    """A file of the backup, by ``name``, is not what it was when it was written."""

    def __init__(self, name: str, *, missing: bool = False) -> None:
        super().__init__("missing" if missing else "damaged", name=name)
        self.name = name
