"""Styles speak in start and end, name colours as tokens, and win without shouting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static/css"
SHEETS = sorted(CSS.rglob("*.css"))
# Colours are born here; paper gets its own.
PALETTES = {"tokens.css", "hues.css"}
REDEFINE_TOKENS = {"print.css"}
# The one place where direction is a number.
FLOW = re.compile(r"(?:\[dir=\"?(?:rtl|ltr)\"?\]|:dir\((?:rtl|ltr)\))\s*{\s*--flow:\s*-?1;?\s*}")
PROPERTY = r"(?:(?<=[{;\s])|^)"
REFUSED = {
    "a physical property": re.compile(
        PROPERTY
        + r"(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
        r"(?:-(?:color|style|width))?"
        r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|float|clear)\s*:",
        re.M,
    ),
    "a physical value": re.compile(r"(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)"),
    "a rule for one direction only": re.compile(r"\[dir\b|:dir\("),
    "!important": re.compile(r"!\s*important"),
    "an address elsewhere": re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import"),
}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\("
    r"|:\s*(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b",
    re.I,
)


def rules(sheet: Path) -> str:
    """Return the sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
@pytest.mark.parametrize("what", REFUSED)
def test_a_sheet_has_none_of(sheet, what):
    text = FLOW.sub("", rules(sheet)) if sheet.name == "tokens.css" else rules(sheet)
    assert not [match[0] for match in REFUSED[what].finditer(text)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_are_tokens(sheet):
    text = rules(sheet)
    if sheet.name in REDEFINE_TOKENS:
        text = re.sub(r"--[\w-]+\s*:[^;}]*", "", text)
    if sheet.name not in PALETTES:
        assert not COLOUR.findall(text)


# Classes whose names are put together where they are used, or that vendored scripts give.
MADE_UP = re.compile(
    r"(?:hue|series)-\d+|is-editor-empty|htmx-request|ProseMirror.*|[\w-]+--[\w-]+"
)


def test_a_class_that_is_styled_is_borne_by_something():
    users = [
        *ROOT.glob("templates/**/*.html"),
        *ROOT.glob("static/js/**/*.js"),
        *ROOT.glob("khabarayn/**/*.py"),
    ]
    words = {word for file in users for word in re.findall(r"[\w-]+", file.read_text("utf-8"))}
    styled: set[str] = set()
    for sheet in SHEETS:
        text = re.sub(r"url\([^)]*\)", "", rules(sheet))
        styled |= set(re.findall(r"\.([a-zA-Z][\w-]*)", text))
    assert not sorted(name for name in styled - words if not MADE_UP.fullmatch(name))


def test_every_sheet_is_in_the_list_and_in_a_layer():
    listed: set[str] = set()
    for listing in CSS.glob("*.list"):
        lines = [line.strip() for line in listing.read_text("utf-8").split("\n")]
        names = [line for line in lines if line and not line.startswith("#")]
        assert len(names) == len(set(names)), listing.name
        listed |= set(names)
    assert {path.relative_to(CSS).as_posix() for path in SHEETS} == listed
    for sheet in SHEETS:
        text = re.sub(r"@font-face\s*{[^}]*}", "", rules(sheet)).strip()
        assert not text or text.startswith("@layer"), f"{sheet.name} stands outside the layers"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (".a { margin-left: 1rem }", "a physical property"),
        (".a {\n  right: 0;\n}", "a physical property"),
        (".a{float:left}", "a physical property"),
        (".a { text-align: right }", "a physical value"),
        ("[dir=rtl] .a { }", "a rule for one direction only"),
        (".a { color: x !important }", "!important"),
        ("@import 'x.css';", "an address elsewhere"),
    ],
)
def test_the_rules_find_what_they_must(text, what):
    assert REFUSED[what].search(text)


def test_the_rules_pass_what_is_logical():
    good = ".a { margin-inline-start: 1rem; inset-block-start: 0; text-align: start; }"
    assert not any(rule.search(good) for rule in REFUSED.values())
    assert not COLOUR.search(".a { color: var(--ink) }")
    assert COLOUR.search(".a { color: #fff }")


def test_no_line_is_cut_by_the_browser():
    """Text is cut on the server, at a word: an ellipsis in a line from the right eats the beginning
    of a Latin name (Chromium 156)."""
    cut = re.compile(r"text-overflow\s*:\s*ellipsis|line-clamp\s*:")
    assert [sheet.name for sheet in SHEETS if cut.search(rules(sheet))] == []
    assert cut.search(".a { -webkit-line-clamp: 2 }")
