"""Parts of a body's HTML: lines of text, items of lists, captions and sources."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from khabarayn.arabic.hygiene import clean_line
from khabarayn.article import tables
from khabarayn.article.inline import INLINE, Element
from khabarayn.article.plain import plain

HEADING, ITEM, CITE = 300, 2000, 200


ALT, _CAPTION, _CREDIT = 500, 1000, 200


DASHES = " —–―-"


_SHORT_ITEM = 60


def is_inline(element: Element) -> bool:
    """Say whether an element holds nothing but text and marks."""
    return all(
        part.tag in INLINE and "embed" not in part.get("class", "").split()
        for part in element.iter()
    )


def outermost(cells: Sequence[Element]) -> list[Element]:
    """Return those of ``cells`` that stand in no other of them."""
    inside = set(cells)
    return [c for c in cells if not any(above in inside for above in c.iterancestors())]


def lines_of(element: Element) -> list[str]:
    """Return the lines of an element's text that are not empty."""
    for br in element.iter("br"):
        br.tail = f"\n{br.tail or ''}"
    rows = [clean_line(row, ITEM).text for row in element.text_content().split("\n")]
    return [row for row in rows if row]


def item_of(lines: Sequence[str]) -> str:
    """One line of inline markup; of an endless one the words alone."""
    text = " ".join(lines).replace("<br>", " ").strip()
    short = clean_line(plain(text), ITEM)
    return text if "<" in text and not short.cut else escape(short.text, quote=False)


def nest_items(items: list[str], lesser: list[str], *, is_numbered: bool) -> list[str]:
    """Return ``items`` with the items of a list below the last one: on its line, or after it."""
    # Between numbered items others would take a number; short ones read well on one line.
    if (
        items
        and lesser
        and (is_numbered or all(len(plain(item)) <= _SHORT_ITEM for item in lesser))
    ):
        parent = items[-1].rstrip(" :،.")
        tail = "؛ ".join(item.rstrip(" ؛،.") for item in lesser)
        return [*items[:-1], item_of([f"{parent}: {tail}"])]
    return [*items, *lesser]


def cite_of(quote: Element) -> str:
    """The speaker at the quotation's end, taken out of it."""
    cites = list(quote.iter("cite", "footer"))
    speaker = next((e for e in cites if e.tag == "footer"), cites[-1] if cites else None)
    if speaker is None:
        return ""
    text = speaker.text_content().strip()
    words = quote.text_content().strip()
    # At the end, or at the beginning: within the words it is the name of a book.
    if not text or not (words.endswith(text) or words.startswith(text)):
        return ""
    speaker.drop_tree()
    return " ".join(text.split()).strip(DASHES)


def caption_of(figure: Element) -> tuple[str, str]:
    """The caption and the credit of ``figure`` itself, taken out of it."""
    for caption in figure.iter("figcaption"):
        if next(caption.iterancestors("figure")) is figure:
            break
    else:
        return "", ""
    credits = [e for e in caption.iter() if e.tag == "small" or "credit" in e.get("class", "")]
    credit = tables.line(credits[0], _CREDIT) if credits else ""
    for small in credits[:1]:
        small.drop_tree()
    text = tables.line(caption, _CAPTION)
    caption.drop_tree()
    return text.rstrip(" -–—|·"), credit
