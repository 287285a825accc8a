"""What the copy desk says about one place of a text."""

from typing import NamedTuple


class CopyWarning(NamedTuple):
    """One remark: where (code points, end excluded), what stands there, why, and what would fix it.

    ``rule`` names the rule for settings and translation; ``reason`` is Arabic. ``replacement`` is
    None where only the editor can know.
    """

    start: int
    end: int
    found: str
    rule: str
    reason: str
    replacement: str | None
