"""From the HTML of an editor, an agency or a feed to the typed blocks of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import unquote, urlsplit

from khabarayn.arabic.hygiene import clean_line
from khabarayn.article import tables
from khabarayn.article.blocks import (
    Block,
    Credit,
    Gallery,
    Heading,
    Image,
    KeyPoints,
    ListBlock,
    Paragraph,
    PinnedSeeAlso,
    Quote,
    Table,
)
from khabarayn.article.infer import infer_kinds
from khabarayn.article.inline import INLINE, Element, Node, children, is_rule, write
from khabarayn.article.links import address, link_card, own_story
from khabarayn.article.plain import plain
from khabarayn.article.sanitise import TooLarge, clean_html, clean_inline, tree_of

MAX_BLOCKS = 2000
_HEADING, _ITEM, _CITE = 300, 2000, 200
_ALT, _CAPTION, _CREDIT = 500, 1000, 200
_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_NEW_PARAGRAPH = re.compile(r"(?:<br>){2,}")
_EMPHASIS = re.compile(r"</?(?:strong|em)>")
_DASHES = " —–―-"
_SHORT_ITEM = 60


class _Reader:
    """Reads one body; every method takes nodes or an element and gives blocks in order."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def flow(self, nodes: Iterable[Node]) -> list[Block]:
        """Blocks as they come; what lies bare between them becomes paragraphs."""
        result: list[Block] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or _is_inline(node):
                run.append(node)
                continue
            result += self._paragraphs(run)
            result += self._block(node)
            run = []
            if len(result) > 2 * MAX_BLOCKS:  # joining lists makes fewer, but never so few
                raise TooLarge("blocks", MAX_BLOCKS)
        return result + self._paragraphs(run)

    def _paragraphs(self, run: Sequence[Node]) -> list[Block]:
        pieces = _NEW_PARAGRAPH.split(write(run, self.base_url)) if run else []
        if len(pieces) > 1:
            pieces = [clean_inline(piece) for piece in pieces]  # closes what the split tore open
        return [Paragraph(piece) for piece in pieces if not is_rule(plain(piece))]

    def _block(self, element: Element) -> list[Block]:
        classes = element.get("class", "").split()
        if element.tag in _LEVELS:
            return self._heading(element)
        if "credit" in classes and element.tag in {"p", "div"}:
            lines, rest = self._lines_and_blocks(element)
            return [*([Credit("<br>".join(lines))] if lines else []), *rest]
        if "see-also" in classes:
            return self._see_also(element)
        if "key-points" in classes:
            return self._key_points(element)
        match element.tag:
            case "ul" | "ol":
                return self._list(element)
            case "blockquote":
                return self._quote(element)
            case "figure":
                return self._figure(element)
            case "img":
                picture = self._image(element)
                return [picture] if picture else []
            case "table":
                return self._table(element)
            case "pre":
                code = "<br>".join(escape(row, quote=False) for row in _lines_of(element))
                return [Paragraph(f"<code>{code}</code>")] if code else []
            case "a" if "embed" in classes:
                return self._card(element.get("href", ""), title=element.text_content())
            case _:
                return self.flow(children(element))

    def _lines_and_blocks(self, element: Element) -> tuple[list[str], list[Block]]:
        """The lines of inline markup in ``element``, and the blocks that are not lines."""
        lines: list[str] = []
        rest: list[Block] = []
        for block in self.flow(children(element)):
            match block:
                case Paragraph() | Heading() | Quote():
                    lines.append(block.html)
                case ListBlock():
                    lines += block.items
                case _:
                    rest.append(block)
        return lines, rest

    def _heading(self, element: Element) -> list[Block]:
        lines, rest = self._lines_and_blocks(element)
        text = _EMPHASIS.sub("", " ".join(lines).replace("<br>", " "))
        if not text:
            return rest
        if len(plain(text)) > _HEADING:
            return [Paragraph(text), *rest]
        return [Heading(text, _LEVELS[str(element.tag)]), *rest]

    def _list(self, element: Element) -> list[Block]:
        if any(True for _ in element.iter(*_LEVELS)):
            return self.flow(children(element))  # a numbered article, not a list
        items, rest = self._items(element)
        is_numbered = element.tag == "ol"
        return [*([ListBlock(tuple(items), is_numbered)] if items else []), *rest]

    def _items(self, element: Element) -> tuple[list[str], list[Block]]:
        items: list[str] = []
        rest: list[Block] = []
        for child in element:
            inner = [child] if child.tag in {"ul", "ol"} else list(child.iterchildren("ul", "ol"))
            if child.tag not in {"ul", "ol"}:
                for part in inner:
                    part.drop_tree()
                lines, others = self._lines_and_blocks(child)
                rest += others
                text = _item(lines)
                if not is_rule(plain(text)):
                    items.append(text)
            for part in inner:
                lesser, others = self._items(part)
                items = _nest_items(items, lesser, is_numbered=element.tag == "ol")
                rest += others
        return items, rest

    def _quote(self, element: Element) -> list[Block]:
        if "embed" in element.get("class", "").split():
            return self._quoted_page(element)
        alone = (
            all(e.tag in {"cite", "footer"} for e in element) and not (element.text or "").strip()
        )
        cite = "" if alone else _cite_of(element)
        lines, rest = self._lines_and_blocks(element)
        if not cite and len(lines) > 1 and plain(lines[-1])[:1] in set(_DASHES):
            cite = plain(lines.pop()).strip(_DASHES)
        if not lines:
            return rest
        if not cite and (page := address(element.get("cite", ""), self.base_url)):
            cite = (urlsplit(page).hostname or "").removeprefix("www.")
        return [Quote("<br>".join(lines), clean_line(cite, _CITE).text), *rest]

    def _quoted_page(self, element: Element) -> list[Block]:
        """A page quoted as a card: what it cites is the title, the rest of it the text."""
        title = _cite_of(element)
        return self._card(element.get("cite", ""), title=title, text=element.text_content())

    def _card(self, href: str, title: str = "", text: str = "") -> list[Block]:
        card = link_card(href, title, text, self.base_url)
        return [card] if card else []

    def _image(self, img: Element, caption: str = "", credit: str = "") -> Image | None:
        source = img.get("src", "").strip()
        if not source or {img.get("width"), img.get("height")} & {"0", "1"}:
            return None  # a counting pixel shows nothing
        if self.base_url or ":" in source or source.startswith("//"):
            source = address(source, self.base_url)
        else:
            source = unquote(source)  # the name of a file that comes along, not an address
        alt = clean_line(img.get("alt", ""), _ALT).text
        return Image(source, alt, caption, credit) if source else None

    def _figure(self, element: Element) -> list[Block]:
        caption, credit = _caption_of(element)
        if next(element.iter("table", "blockquote"), None) is None:
            images: list[Image] = []
            for img in element.iter("img"):
                holder = next(img.iterancestors("figure"))
                own = _caption_of(holder) if holder is not element else ("", "")
                image = self._image(img, *own)
                images += [image] if image else []
            if images:
                first, both = images[0], bool(images[0].caption and caption)
                if both and len(images) == 1 and caption != first.caption:
                    caption, both = f"{first.caption} {caption}", False
                    first = replace(first, caption="")
                images[0] = replace(
                    first, caption=first.caption or caption, credit=first.credit or credit
                )
                if len(images) == 1:
                    return [images[0]]
                # The gallery's own caption has no place in a picture that has one.
                words = [Paragraph(escape(caption, quote=False))] if both else []
                return [Gallery(tuple(images)), *words]
        blocks = self.flow(children(element))
        match blocks:
            case [Table() as table]:
                unit, source = tables.read_note(credit)
                return [
                    replace(
                        table,
                        caption=table.caption or caption,
                        unit=table.unit or unit,
                        source=table.source or source,
                    )
                ]
            case [Quote() as quote] if caption and len(caption) <= _CITE:
                speaker = caption.strip(_DASHES)
                return [quote if quote.cite else replace(quote, cite=speaker)]
            case _ if caption and blocks:
                return [*blocks, Paragraph(escape(caption, quote=False))]
            case _:
                return blocks

    def _table(self, element: Element) -> list[Block]:
        cells = list(element.iter("td", "th"))
        inner = next(element.iterdescendants("figure", "table", "ul", "ol"), None)
        if len(cells) <= 1 or inner is not None:
            # A table that only arranges things on a page.
            return [block for cell in _outermost(cells) for block in self.flow(children(cell))]
        pictures = [image for img in element.iter("img") if (image := self._image(img))]
        table = tables.read(element)
        return [*([table] if table else []), *pictures]

    def _key_points(self, element: Element) -> list[Block]:
        items = [tables.line(li, _ITEM) for li in element.iter("li")]
        if not items:
            items = [tables.line(p, _ITEM) for p in element.iter("p")]
        points = tuple(item for item in items if not is_rule(item))
        return [KeyPoints(points)] if points else []

    def _see_also(self, element: Element) -> list[Block]:
        for link in element.iter("a"):
            target = own_story(link.get("href", ""))
            if target:
                headline = tables.line(link, _HEADING)
                return [PinnedSeeAlso(target, "" if headline == target else headline)]
        return self.flow(children(element))


def _is_inline(element: Element) -> bool:
    return all(
        part.tag in INLINE and "embed" not in part.get("class", "").split()
        for part in element.iter()
    )


def _outermost(cells: Sequence[Element]) -> list[Element]:
    inside = set(cells)
    return [c for c in cells if not any(above in inside for above in c.iterancestors())]


def _lines_of(element: Element) -> list[str]:
    for br in element.iter("br"):
        br.tail = f"\n{br.tail or ''}"
    rows = [clean_line(row, _ITEM).text for row in element.text_content().split("\n")]
    return [row for row in rows if row]


def _item(lines: Sequence[str]) -> str:
    """One line of inline markup; of an endless one the words alone."""
    text = " ".join(lines).replace("<br>", " ").strip()
    short = clean_line(plain(text), _ITEM)
    return text if "<" in text and not short.cut else escape(short.text, quote=False)


def _nest_items(items: list[str], lesser: list[str], *, is_numbered: bool) -> list[str]:
    # Between numbered items others would take a number; short ones read well on one line.
    if (
        items
        and lesser
        and (is_numbered or all(len(plain(item)) <= _SHORT_ITEM for item in lesser))
    ):
        parent = items[-1].rstrip(" :،.")
        tail = "؛ ".join(item.rstrip(" ؛،.") for item in lesser)
        return [*items[:-1], _item([f"{parent}: {tail}"])]
    return [*items, *lesser]


def _cite_of(quote: Element) -> str:
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
    return " ".join(text.split()).strip(_DASHES)


def _caption_of(figure: Element) -> tuple[str, str]:
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


def parse(html: str, *, base_url: str = "") -> tuple[Block, ...]:
    """Return the blocks that ``html`` holds, cleaned; ``base_url`` makes its addresses whole.

    A picture's ``media`` is its address as written. Empty paragraphs and drawn lines are
    dropped. Raises `TooLarge` or `TooDeep`.

    >>> parse("<h1>عنوان</h1>نص حرّ<br><br><b>نص</b> آخر<p>&nbsp;</p>")
    (Heading(html='عنوان', level=2), Paragraph(html='نص حرّ'), \
Paragraph(html='<strong>نص</strong> آخر'))
    """
    root = tree_of(clean_html(html).encode())
    body = root.find("body") if root is not None else None
    if body is None:
        return ()
    blocks = infer_kinds(_Reader(base_url).flow(children(body)))
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge("blocks", MAX_BLOCKS)
    return tuple(blocks)
