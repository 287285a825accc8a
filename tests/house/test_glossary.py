"""What the glossary forbids does not come back in the words of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
VARIANT = re.compile(r"[«“]([^»”]+)[»”]( \(alone\))?")
LETTER = "\\w\u064b-\u0652"


def rows() -> list[list[str]]:
    """Return the cells of each line of the glossary's tables: term, English, meaning, never."""
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "term"]


def forbidden(quote: str) -> list[tuple[str, bool]]:
    """Return the variants in such quotation marks, each with whether it is forbidden alone only."""
    found = [match for row in rows() for match in VARIANT.finditer(row[-1])]
    return [(match[1], bool(match[2])) for match in found if match[0][0] == quote]


def spoken(locale: str) -> list[str]:
    """Return every text of the catalogue, each plural form a text."""
    with (ROOT / f"translations/{locale}/LC_MESSAGES/messages.po").open("rb") as source:
        strings = [message.string for message in read_po(source, locale=locale) if message.id]
    return [text for one in strings for text in ((one,) if isinstance(one, str) else one)]


def scripted() -> list[str]:
    """Return what the scripts write in quotation marks."""
    files = (ROOT / "static/js").rglob("*.js")
    return [text for file in files for text in re.findall(r'"([^"\n]*)"', file.read_text("utf-8"))]


def returns(variant: str, alone: bool, texts: list[str]) -> list[str]:
    """Return the texts in which ``variant`` has come back."""
    if alone:
        return [text for text in texts if text.strip(" .:…") == variant]
    before, after = rf"(?<![{LETTER}])[وفبل]?", rf"(?![{LETTER}])"
    said = re.compile(before + re.escape(variant) + after, re.IGNORECASE)
    return [text for text in texts if said.search(text)]


def test_every_line_of_the_glossary_has_its_four_cells():
    assert len(rows()) > 40
    assert [row[0] for row in rows() if len(row) != 4 or not all(row[:3])] == []
    assert len({row[0] for row in rows()}) == len(rows())


@pytest.mark.parametrize(("locale", "quote"), [("ar", "«"), ("en", "“")], ids=["arabic", "english"])
def test_no_forbidden_variant_comes_back(locale: str, quote: str):
    texts = spoken(locale) + (scripted() if locale == "ar" else [])
    back = {v: found for v, alone in forbidden(quote) if (found := returns(v, alone, texts))}
    assert back == {}


def test_a_variant_is_seen_where_it_stands():
    assert returns("رقم الخبر", False, ["اكتب رقم الخبر هنا", "ورقم الخبر"])
    assert not returns("رقم الخبر", False, ["أرقم الخبرية"])
    assert returns("الناس", True, ["الناس"])
    assert not returns("الناس", True, ["ما يقرؤه الناس"])


def test_what_a_reader_reads_has_no_case_endings_that_it_does_not_need():
    """Second-person verbs are told from the rest by their place, not by a fatḥa."""
    needless = re.compile("ت\u064e(?:ها|ه|ك)?(?![\u0621-\u064a])")
    assert [text for text in spoken("ar") if needless.search(text)] == []
