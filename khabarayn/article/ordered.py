"""Text of two scripts as markup that keeps its order: Latin runs and figures stand in <bdi>."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import html
from markupsafe import Markup, escape

from khabarayn.arabic import bidi

FOREIGN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]|[0-9+-]-?[0-9]")
_SHORT_RUN = 16
# Figures that a right-to-left line would reorder: +974 4455 6677 and 3-5%.
_FIGURES = re.compile(r"\+[0-9٠-٩][0-9٠-٩ \u00a0()-]{4,}[0-9٠-٩]|[0-9.,]+(?:-[0-9.,]+)+%?")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``text`` in pieces of plain Arabic (''), Latin ('en') and figures to keep ('ltr')."""
    for language, piece in bidi.runs(text):
        if language == "en":
            yield "en", piece
            continue
        end = 0
        for match in _FIGURES.finditer(piece):
            yield "", piece[end : match.start()]
            yield "ltr", match.group()
            end = match.end()
        yield "", piece[end:]


def _fence(kind: str, piece: str) -> dict[str, str]:
    """The attributes of the <bdi> around a piece; «Wi-Fi» is not parted at its hyphen."""
    marks = {"lang": "en"} if kind == "en" else {"dir": "ltr"}
    if len(piece) <= _SHORT_RUN and ("-" in piece or kind == "ltr"):
        marks["class"] = "whole"
    return marks


def _isolate(kind: str, piece: str) -> Markup:
    marks = Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in _fence(kind, piece).items()
    )
    return Markup("<bdi{}>{}</bdi>").format(marks, piece)


# By type too: text that is equal to markup is not markup.
@lru_cache(maxsize=4096, typed=True)
def isolate(text: str) -> Markup:
    """Plain ``text`` with its Latin runs and figures isolated, so that «C++» stays C++.

    >>> print(isolate("زادت 3-5% في C++ <"))
    زادت <bdi dir="ltr" class="whole">3-5%</bdi> في <bdi lang="en">C++</bdi> &lt;
    >>> print(isolate("هاتف iPhone 15 Pro Max"))
    هاتف <bdi lang="en">iPhone 15 Pro Max</bdi>
    """
    if not FOREIGN.search(text):
        return escape(text)
    return Markup("").join(
        _isolate(kind, piece) if kind else escape(piece) for kind, piece in pieces(text)
    )


def mark_runs(root: html.HtmlElement) -> None:
    """Isolate the Latin runs and figures in ``root``, in place. What is in code, in a <bdi> or
    in another language already keeps its own."""
    for holder in list(root.iter()):
        if not isinstance(holder.tag, str):
            continue
        above = list(holder.iterancestors())
        if not any(_spoken_for(element) for element in (holder, *above)):
            _split(holder, holder.text, None)
        if above and not any(_spoken_for(element) for element in above):
            _split(above[0], holder.tail, holder)


def _spoken_for(element: html.HtmlElement) -> bool:
    return element.tag in ("code", "bdi") or element.get("lang") is not None


def _split(parent: html.HtmlElement, text: str | None, after: html.HtmlElement | None) -> None:
    """Put ``text``, which stands in ``parent`` behind ``after``, back with its runs marked."""
    if not text or not FOREIGN.search(text):
        return
    at = 0 if after is None else parent.index(after) + 1
    plain = ""
    last = after
    for kind, piece in [*pieces(text), ("end", "")]:
        if not kind:
            plain += piece
            continue
        if last is None:
            parent.text = plain
        else:
            last.tail = plain
        plain = ""
        if kind != "end":
            last = html.Element("bdi", _fence(kind, piece))
            last.text = piece
            parent.insert(at, last)
            at += 1


@lru_cache(maxsize=64)
def whole(body: str, language: str, direction: str) -> str:
    """Return a story's HTML for readers elsewhere: in one element that says its language and
    direction, its Latin runs and figures isolated.

    >>> print(whole("<p>لغة C++</p>", "ar", "rtl"))
    <div lang="ar" dir="rtl"><p>لغة <bdi lang="en">C++</bdi></p></div>
    >>> whole("", "ar", "rtl")
    ''
    """
    if not body:
        return ""
    root = html.fragment_fromstring(body, create_parent=True)
    if direction == "rtl":
        mark_runs(root)
    root.set("lang", language)
    root.set("dir", direction)
    return str(html.tostring(root, encoding="unicode"))
