"""Strict converters for the parts of addresses: what does not match is answered 404."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter

from khabarayn.article.identity import PATTERN


class ArticleId(BaseConverter):
    """Eight characters of the alphabet of public ids, and nothing else."""

    regex = PATTERN.pattern


class SectionPath(BaseConverter):
    """A section or a section and one below it; may hold one slash."""

    regex = r"[a-z][a-z0-9-]{0,39}(?:/[a-z][a-z0-9-]{0,39})?"
    part_isolating = False


class SlotNumber(BaseConverter):
    """1 to 99, in ASCII digits: ``int`` accepts Arabic-Indic ones and leading zeros."""

    regex = r"[1-9][0-9]?"

    def to_python(self, value: str) -> int:
        """Return the number; the pattern has admitted only digits in range."""
        return int(value)


class RowNumber(BaseConverter):
    """A row's number, in ASCII digits, no longer than any engine's integer column."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the number; the pattern has admitted only digits in range."""
        return int(value)


class LinkToken(BaseConverter):
    """What stands in a link that works once: 32 random bytes."""

    regex = r"[A-Za-z0-9_-]{43}"


class SignedToken(BaseConverter):
    """A token that this site has signed."""

    regex = r"[A-Za-z0-9_.=-]{20,2000}"


class Month(BaseConverter):
    """A year and month as «2026-11»."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> tuple[int, int]:
        """Return year and month of «2026-09»."""
        year, month = value.split("-")
        return int(year), int(month)

    def to_url(self, value: tuple[int, int]) -> str:
        """Return (2026, 9) as «2026-09»."""
        return f"{value[0]:04}-{value[1]:02}"


def register(app: Flask) -> None:
    """Register these converters with ``app``."""
    app.url_map.converters.update(
        article_id=ArticleId,
        section_path=SectionPath,
        slot=SlotNumber,
        month=Month,
        number=RowNumber,
        link=LinkToken,
        signed=SignedToken,
    )
