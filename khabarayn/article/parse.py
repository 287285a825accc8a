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
from khabarayn.article.inline import Element, Node, children, is_rule, write
from khabarayn.article.links import address, link_card, own_story
from khabarayn.article.parse_parts import (
    ALT,
    CITE,
    DASHES,
    HEADING,
    ITEM,
    caption_of,
    cite_of,
    is_inline,
    item_of,
    lines_of,
    nest_items,
    outermost,
)
from khabarayn.article.plain import plain
from khabarayn.article.sanitise import TooLarge, clean_html, clean_inline, tree_of

MAX_BLOCKS = 2000
_LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_NEW_PARAGRAPH = re.compile(r"(?:<br>){2,}")
_EMPHASIS = re.compile(r"</?(?:strong|em)>")


class _Reader:
    """Reads one body; every method takes nodes or an element and gives blocks in order."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def flow(self, nodes: Iterable[Node]) -> list[Block]:
        """Blocks as they come; what lies bare between them becomes paragraphs."""
        result: list[Block] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or is_inline(node):
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
                code = "<br>".join(escape(row, quote=False) for row in lines_of(element))
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
        if len(plain(text)) > HEADING:
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
                text = item_of(lines)
                if not is_rule(plain(text)):
                    items.append(text)
            for part in inner:
                lesser, others = self._items(part)
                items = nest_items(items, lesser, is_numbered=element.tag == "ol")
                rest += others
        return items, rest

    def _quote(self, element: Element) -> list[Block]:
        if "embed" in element.get("class", "").split():
            return self._quoted_page(element)
        alone = (
            all(e.tag in {"cite", "footer"} for e in element) and not (element.text or "").strip()
        )
        cite = "" if alone else cite_of(element)
        lines, rest = self._lines_and_blocks(element)
        if not cite and len(lines) > 1 and plain(lines[-1])[:1] in set(DASHES):
            cite = plain(lines.pop()).strip(DASHES)
        if not lines:
            return rest
        if not cite and (page := address(element.get("cite", ""), self.base_url)):
            cite = (urlsplit(page).hostname or "").removeprefix("www.")
        return [Quote("<br>".join(lines), clean_line(cite, CITE).text), *rest]

    def _quoted_page(self, element: Element) -> list[Block]:
        """A page quoted as a card: what it cites is the title, the rest of it the text."""
        title = cite_of(element)
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
        alt = clean_line(img.get("alt", ""), ALT).text
        return Image(source, alt, caption, credit) if source else None

    def _figure(self, element: Element) -> list[Block]:
        caption, credit = caption_of(element)
        if next(element.iter("table", "blockquote"), None) is None:
            images: list[Image] = []
            for img in element.iter("img"):
                holder = next(img.iterancestors("figure"))
                own = caption_of(holder) if holder is not element else ("", "")
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
            case [Quote() as quote] if caption and len(caption) <= CITE:
                speaker = caption.strip(DASHES)
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
            return [block for cell in outermost(cells) for block in self.flow(children(cell))]
        pictures = [image for img in element.iter("img") if (image := self._image(img))]
        table = tables.read(element)
        return [*([table] if table else []), *pictures]

    def _key_points(self, element: Element) -> list[Block]:
        items = [tables.line(li, ITEM) for li in element.iter("li")]
        if not items:
            items = [tables.line(p, ITEM) for p in element.iter("p")]
        points = tuple(item for item in items if not is_rule(item))
        return [KeyPoints(points)] if points else []

    def _see_also(self, element: Element) -> list[Block]:
        for link in element.iter("a"):
            target = own_story(link.get("href", ""))
            if target:
                headline = tables.line(link, HEADING)
                return [PinnedSeeAlso(target, "" if headline == target else headline)]
        return self.flow(children(element))


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
