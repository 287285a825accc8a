"""XML in and out: a small escaping builder, and a strict parser that saves what is whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from khabarayn.wire.fault import Fault, Spot, WireError

MAX_ITEMS = 2000

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>", re.I)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_BARE_AMPERSAND = re.compile(r"&(?!#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,8};|(?:amp|lt|gt|quot|apos);)")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_CONTAINER = re.compile(r"<(rdf:RDF|rss|channel|feed)\b[^<>]*>")
_ITEM = re.compile(r"<(item|entry)(?=[\s>/])")


class Markup(str):
    """Text that is XML already."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return one element. Children that are not `Markup` are escaped; attributes that are None
    are left out; a trailing underscore goes and «__» in an attribute's name stands for «:».

    >>> element("a", "1 < 2", element("b"), href='x"y', xml__lang="ar", no=None)
    '<a href=\\'x"y\\' xml:lang="ar">1 &lt; 2<b/></a>'
    """
    marks = "".join(
        f" {key.rstrip('_').replace('__', ':')}={quoteattr(legal(str(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(
        child if isinstance(child, Markup) else escape(legal(child)) for child in children
    )
    return Markup(f"<{name}{marks}>{inner}</{name}>" if inner else f"<{name}{marks}/>")


def document(root: Markup, stylesheet: str = "") -> str:
    """Return ``root`` as a whole document in UTF-8 text."""
    style = f'<?xml-stylesheet type="text/xsl" href={quoteattr(stylesheet)}?>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{style if stylesheet else ""}{root}\n'


def legal(text: str) -> str:
    """Return ``text`` without the characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def prepare(text: str) -> str:
    """Return ``text`` without its declaration, with HTML's named entities as characters.

    Line numbers stay: the declaration is replaced by as many line ends as it had.
    """
    text = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), legal(text), count=1)

    def character(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name in _XML_ENTITIES else html5.get(name + ";", match[0])

    return _outside_cdata(text, lambda part: _ENTITY.sub(character, part))


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    pieces, last = [], 0
    for cdata in _CDATA.finditer(text):
        pieces += [change(text[last : cdata.start()]), cdata[0]]
        last = cdata.end()
    return "".join((*pieces, change(text[last:])))


def _with_ampersands(text: str) -> str:
    """``text`` with every «&» that begins no entity, as in many addresses, meant as itself."""
    return _outside_cdata(text, lambda part: _BARE_AMPERSAND.sub("&amp;", part))


def _parse(text: str) -> Element:
    return fromstring(text.encode("utf-8"), forbid_dtd=True)


def _fault(error: ParseError, lines_before: int = 0, item: int = 0) -> Fault:
    line, column = getattr(error, "position", (0, -1))
    detail = str(error).split(":")[0]
    return Fault("bad_xml", Spot(line + lines_before, column + 1, item), detail)


def _item_spans(text: str) -> list[tuple[int, int, bool]]:
    """Where each item stands: start, end, and whether its end tag was found."""
    without_cdata = _CDATA.sub(lambda match: " " * len(match[0]), text)
    starts = [(match.start(), match[1]) for match in _ITEM.finditer(without_cdata)]
    spans = []
    for index, (start, name) in enumerate(starts):
        limit = starts[index + 1][0] if index + 1 < len(starts) else len(without_cdata)
        end = without_cdata.find(f"</{name}>", start, limit)
        spans.append((start, end + len(name) + 3 if end >= 0 else limit, end >= 0))
    return spans


def item_lines(text: str) -> list[int]:
    """Return the line on which each item or entry of ``text`` starts, counted from 1."""
    return _lines_at(text, [start for start, _, _ in _item_spans(text)])


def _lines_at(text: str, places: Iterable[int]) -> list[int]:
    """Return the lines on which rising ``places`` of ``text`` stand; each line is counted once."""
    lines: list[int] = []
    line, before = 1, 0
    for place in places:
        line += text.count("\n", before, place)
        before = place
        lines.append(line)
    return lines


def parse(text: str) -> tuple[Element, str, list[int], tuple[Fault, ...]]:
    """Return the tree of a feed, its sound text, the line of each item, and what was broken.

    A document that is not well-formed is taken apart: every item that is well-formed by itself
    stays, every other becomes a fault with its line and column. Raises `WireError` when nothing
    of it can be saved, or when it declares entities.
    """
    text = prepare(text)
    try:
        return _parse(text), text, item_lines(text), ()
    except DefusedXmlException as error:
        raise WireError(Fault("forbidden_xml")) from error
    except ParseError as error:
        whole = error
    if not re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.I):
        sound_text = _with_ampersands(text)
        try:
            return _parse(sound_text), sound_text, item_lines(sound_text), ()
        except (ParseError, DefusedXmlException):
            pass
    return _by_items(text, whole)


def parse_item(shell: str, item: str, spot: Spot) -> Element:
    """Return the tree of one ``item`` that stands at ``spot`` in a file whose open tags, on one
    line, are ``shell``. Raises `WireError` («bad_xml», «forbidden_xml»)."""
    tail = "".join(f"</{name}>" for name in reversed(re.findall(r"<([\w:]+)", shell)))
    item = prepare(item)
    try:
        try:
            tree = _parse(shell + item + tail)
        except ParseError:
            tree = _parse(shell + _with_ampersands(item) + tail)
    except DefusedXmlException as error:
        raise WireError(Fault("forbidden_xml", spot)) from error
    except ParseError as error:
        raise WireError(_fault(error, max(spot.line, 1) - 1, spot.item)) from error
    return tree[0][0]


def _by_items(text: str, whole: ParseError) -> tuple[Element, str, list[int], tuple[Fault, ...]]:
    """Return what `parse` does for a document that is not well-formed as a ``whole``: the feed of
    those items that are so by themselves. Raises `WireError`."""
    spans = _item_spans(text)
    if not spans or re.search(r"<!(?:DOCTYPE|ENTITY)", text[: spans[0][0]], re.I):
        raise WireError(_fault(whole))
    head = text[: spans[0][0]]
    open_tags = [match for match in _CONTAINER.finditer(head) if f"</{match[1]}>" not in head]
    shell = "".join(match[0] for match in open_tags)
    tail = "".join(f"</{match[1]}>" for match in reversed(open_tags))
    good_items, lines, faults = [], [], []
    places = _lines_at(text, [start for start, _, _ in spans[:MAX_ITEMS]])
    for number, (start, end, _has_end) in enumerate(spans[:MAX_ITEMS], 1):
        item, before = text[start:end], places[number - 1] - 1
        try:
            _parse(shell.replace("\n", " ") + item + tail)
        except DefusedXmlException as error:
            raise WireError(Fault("forbidden_xml")) from error
        except ParseError as error:
            item = _with_ampersands(item)
            try:
                _parse(shell.replace("\n", " ") + item + tail)
            except ParseError:
                faults.append(_fault(error, before, number))
                continue
        good_items.append(item)
        lines.append(before + 1)
    if not faults:
        faults.append(_fault(whole))
    for start_of_items in (head, shell):
        repaired_feed = start_of_items + "\n".join(good_items) + tail
        try:
            return _parse(repaired_feed), repaired_feed, lines, tuple(faults)
        except (ParseError, DefusedXmlException):
            continue
    raise WireError(_fault(whole))
