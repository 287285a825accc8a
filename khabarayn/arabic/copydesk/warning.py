"""What the copy desk says about one place of a text."""

from typing import NamedTuple

_CODES = """
    hamza_dropped hamza_added hamza_seat yeh teh common teh_dots ila three_words lengthened
    tanwin latin_sign space_doubled space_before_sign space_after_opening lone_waw
    no_space_before_opening no_space_after_sign tatweel arabic_quotes quote_alone
    two_digit_sets bracket_alone direction_mark isolate_alone house_spelling
"""
REASONS = frozenset(_CODES.split())
"""Why something may be wrong, as codes."""


class CopyWarning(NamedTuple):
    """One remark: where (code points, end excluded), what stands there, why, and what would fix it.

    ``rule`` names the rule for settings; ``reason`` is one of `REASONS`, put into words by
    `khabarayn.messages.copydesk`, with ``detail`` for what it names. ``replacement`` is None where
    only the editor can know.
    """

    start: int
    end: int
    text: str
    rule: str
    reason: str
    replacement: str | None
    detail: str = ""
