"""Runs of inline HTML inside a block: what flows on one line, written out clean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

from lxml import html

from khabarayn.arabic.hygiene import clean_line
from khabarayn.article.links import address
from khabarayn.article.sanitise import INLINE_TAGS

Element = html.HtmlElement
Node = Element | str

# What the sanitiser leaves of the tags that flow within a line.
INLINE = INLINE_TAGS | {"b", "i", "cite", "q", "small"}
_WRITTEN_AS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em",
    "code": "code", "sub": "sub", "sup": "sup",
}  # fmt: skip
_NODE_LIMIT = 60_000
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff]+")
_SPACES = re.compile(r"\s+")
_EMPTY = re.compile(r"<(strong|em|code|sub|sup|bdi|span|a)(?: [^>]*)?>\s*</\1>")
_ADJACENT_MARKS = re.compile(r"</(strong|em)>(\s*)<\1>")
_AROUND_BREAK = re.compile(r"\s*<br>\s*")
# A run of breaks at the end, from its first one only: taken in one go, or not at all.
_OUTER_BREAKS = re.compile(r"\A(?:\s|<br>)++|(?<!<br>)(?<!\s)(?:\s|<br>)++\Z")
_RULE = re.compile(r"[\s\-_*=~•·.–—#]*")


def children(element: Element) -> list[Node]:
    """Return the texts and elements directly inside ``element``, in order."""
    nodes: list[Node] = [element.text] if element.text else []
    for child in element:
        nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def _text(raw: str) -> str:
    if raw.isspace():
        return " "
    body = clean_line(raw, _NODE_LIMIT).text
    # Direction marks beside white space do not take it away.
    raw = _MARKS.sub("", raw)
    if not body:
        return " " if raw and not raw.strip() else ""
    if unicodedata.combining(body[0]):
        # Behind a tag a mark has no letter, and U+0338 would even join with its «>».
        body = body.lstrip("".join({c for c in body if unicodedata.combining(c)}))
    # White space at the ends parts this text from its neighbours.
    start = " " if raw[:1].isspace() else ""
    end = " " if raw[-1:].isspace() else ""
    return escape(f"{start}{body}{end}", quote=False)


def _attributes(element: Element) -> str:
    pairs = ((name, element.get(name, "")) for name in ("lang", "dir"))
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs if value)


def _element(element: Element, base_url: str) -> str:
    if element.tag == "br":
        return "<br>"
    inner = "".join(_node(node, base_url) for node in children(element))
    if element.tag == "q":
        return f"«{inner}»"
    if element.tag == "a":
        href = address(element.get("href", ""), base_url)
        return f'<a href="{escape(href)}">{inner}</a>' if href else inner
    if element.tag == "bdi" or (element.tag == "span" and _attributes(element)):
        return f"<{element.tag}{_attributes(element)}>{inner}</{element.tag}>"
    tag = _WRITTEN_AS.get(str(element.tag))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _node(node: Node, base_url: str) -> str:
    return _text(node) if isinstance(node, str) else _element(node, base_url)


def write(nodes: Iterable[Node], base_url: str = "") -> str:
    """Return ``nodes`` as clean inline markup, trimmed; "" when nothing can be read in it."""
    raw = "".join(_node(node, base_url) for node in nodes)
    before = ""
    while before != raw:
        before, raw = raw, _ADJACENT_MARKS.sub(r"\2", _EMPTY.sub("", raw))
    return _OUTER_BREAKS.sub("", _AROUND_BREAK.sub("<br>", _SPACES.sub(" ", raw))).strip()


def is_rule(text: str) -> bool:
    """Say whether plain ``text`` is only a drawn line, or nothing: «***», «———».

    >>> is_rule("* * *"), is_rule("—"), is_rule("نعم.")
    (True, True, False)
    """
    return _RULE.fullmatch(text) is not None
