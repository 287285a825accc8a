"""Find and rewrite the pictures of a body of HTML, in time that is linear in its length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"<img(?![\w-])", re.I)
_STOP = re.compile(r"""["'>]""")
_SRC = re.compile(r"""(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_ALT = re.compile(r"""(?<![\w-])alt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
FIGURE = re.compile(r"<figure(?![\w-])[^<>]*>(?:(?!</?figure\b).)*</figure>", re.I | re.S)


@dataclass(frozen=True)
class Tag:
    """One ``<img …>``: where it stands in the text, and where in it the address stands."""

    text: str
    start: int
    source: str
    at: tuple[int, int]

    @property
    def end(self) -> int:
        """The offset just behind the tag in its document."""
        return self.start + len(self.text)

    @property
    def alt(self) -> str:
        """The alternative text, with entities resolved; empty when there is none."""
        match = _ALT.search(self.text)
        return unescape(match[1] or match[2] or "") if match else ""

    def with_source(self, source: str) -> str:
        """Return the tag with another address, which needs no escaping."""
        return self.text[: self.at[0]] + source + self.text[self.at[1] :]


def tags(html: str) -> Iterator[Tag]:
    """Yield the pictures of ``html`` that have an address, in order.

    A tag ends at the first «>» outside quotes, as browsers read it; one that never ends is none,
    and nothing after it is either.

    >>> [tag.source for tag in tags('<img alt="a > b" src="x.jpg"> <IMG data-src="y" src="z">')]
    ['x.jpg', 'z']
    >>> list(tags('<img src="x.jpg" <img src="y'))
    []
    """
    at = 0
    while opening := _NAME.search(html, at):
        at = _end(html, opening.end())
        if not at:
            return
        text = html[opening.start() : at]
        match = _SRC.search(text)
        source = unescape(match[match.lastindex]).strip() if match and match.lastindex else ""
        if match and match.lastindex and source:
            yield Tag(text, opening.start(), source, match.span(match.lastindex))


def _end(html: str, at: int) -> int:
    while stop := _STOP.search(html, at):
        if stop[0] == ">":
            return stop.end()
        closing = html.find(stop[0], stop.end())
        if closing < 0:
            return 0
        at = closing + 1
    return 0


def sources(html: str) -> list[str]:
    """Return the addresses of the pictures in ``html``, in order, each once."""
    return list(dict.fromkeys(tag.source for tag in tags(html)))


def rewrite(html: str, write: Callable[[Tag], str]) -> str:
    """Return ``html`` with every picture as ``write`` gives it; "" takes it out."""
    parts, at = [], 0
    for tag in tags(html):
        parts += [html[at : tag.start], write(tag)]
        at = tag.end
    return "".join([*parts, html[at:]])


def without_figures(html: str, out: Callable[[str], bool]) -> str:
    """Return ``html`` without the figures that show one picture alone, whose address is ``out``:
    the caption goes with it."""

    def replacement(match: re.Match[str]) -> str:
        addresses = sources(match[0])
        return "" if len(addresses) == 1 and out(addresses[0]) else match[0]

    return FIGURE.sub(replacement, html)
