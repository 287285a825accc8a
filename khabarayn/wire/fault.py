"""What is wrong with a file and where: codes and places, which `khabarayn.messages.wire` puts into
words."""

from __future__ import annotations

from dataclasses import dataclass

REASONS = frozenset({
    "empty",
    "too_big",
    "too_long",
    "unknown_kind",
    "bad_json",
    "bad_xml",
    "forbidden_xml",
    "no_items",
    "too_many",
    "schema",
    "missing_field",
    "wrong_type",
    "not_one_of",
    "no_uri",
    "no_headline",
    "no_body",
    "bad_time",
    "edition",
    "unreadable",
    "no_picture",
    "bad_picture",
    "unknown_section",
    "no_article",
    "not_taken",
    "unknown_time",
    "no_time",
    "unread_time",
    "embargo",
    "embargo_far",
    "embargo_unread",
    "later",
    "too_far",
    "untitled",
    "struck",
    "left_out",
    "no_lead",
    "small_lead",
    "expired",
    "foreign_status",
    "hidden",
    "standing",
    "other_types",
    "sticky",
    "no_featured",
})  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place in a file: line and column count from 1, ``item`` too; 0 and '' are unknown."""

    line: int = 0
    column: int = 0
    item: int = 0
    path: str = ""

    def __str__(self) -> str:
        """Return the place for logs and tests.

        >>> str(Spot(line=3, column=14)), str(Spot(item=2))
        ('line 3, column 14', 'item 2')
        """
        numbers = (("item", self.item), ("line", self.line), ("column", self.column))
        return ", ".join([*(f"{name} {n}" for name, n in numbers if n), *filter(None, [self.path])])


NOWHERE = Spot()


@dataclass(frozen=True)
class Fault:
    """One thing wrong: which of `REASONS`, where, and the detail that fills its gap."""

    reason: str
    spot: Spot = NOWHERE
    detail: str = ""

    def __str__(self) -> str:
        """Return the fault for logs and tests.

        >>> str(Fault("bad_time", Spot(item=2), "أمس"))
        'item 2: bad_time: أمس'
        """
        return ": ".join(filter(None, (str(self.spot), self.reason, self.detail)))


class WireError(ValueError):
    """A file, or one item of it, that cannot be read; ``faults`` say where and why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults
