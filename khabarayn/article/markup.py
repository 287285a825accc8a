"""A story's blocks as plain HTML that stands anywhere: in feeds, exports and e-books.

What `khabarayn.article.parse` reads, this writes: ``parse(to_html(blocks)) == blocks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from khabarayn.article.blocks import (
    Block,
    Credit,
    Embed,
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


def to_html(
    blocks: Iterable[Block],
    picture: Callable[[str], str] = lambda media: media,
    story: Callable[[str], str] = lambda target: f"/a/{target}",
) -> str:
    """Return ``blocks`` as HTML.

    ``picture`` gives the address of a stored picture (empty: the picture is left out), ``story``
    that of a story by its public id.
    """
    return "\n".join(filter(None, (_block(block, picture, story) for block in blocks)))


# A feed holds the same paragraphs from one asking to the next.
_CACHED_BLOCKS = 2048


def _tag(name: str, inner: Markup | str, **attributes: str) -> Markup:
    # Not by `Markup.format`, which takes seven times as long: a feed has a thousand of them.
    attribute_text = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return Markup(f"<{name}{attribute_text}>{escape(inner)}</{name}>")


def _rows(name: str, rows: Iterable[Iterable[str]], cell: str) -> Markup:
    lines = (_tag("tr", Markup("").join(_tag(cell, text) for text in row)) for row in rows)
    return _tag(name, Markup("").join(lines))


def _table(block: Table) -> Markup:
    note = " · ".join(
        f"{label}: {text}"
        for label, text in (("الوحدة", block.unit), ("المصدر", block.source))
        if text
    )
    small = _tag("small", note) if note else ""
    caption = _tag("caption", escape(block.caption) + small) if block.caption or note else ""
    head = _rows("thead", [block.head], "th") if block.head else ""
    chart = f"chart-{block.chart}" if block.chart else ""
    return _tag("table", caption + head + _rows("tbody", block.rows, "td"), class_=chart)


def _image(block: Image, address: str) -> Markup:
    img = Markup('<img src="{}" alt="{}">').format(address, block.alt)
    credit = _tag("small", block.credit, class_="credit") if block.credit else ""
    caption = escape(block.caption) + (" " if block.caption and credit else "") + credit
    return _tag("figure", img + (_tag("figcaption", caption) if caption else ""))


def _embed(block: Embed) -> Markup:
    link = _tag("p", _tag("a", block.text or block.url, href=block.url))
    cite = _tag("cite", block.title)
    return _tag("blockquote", link + cite, class_="embed", cite=block.url)


def _items(items: Iterable[str]) -> Markup:
    return Markup("").join(_tag("li", item) for item in items)


def _block(
    block: Block, picture: Callable[[str], str], story: Callable[[str], str]
) -> Markup | str:
    match block:
        case PinnedSeeAlso():
            link = _tag("a", block.headline or block.target, href=story(block.target))
            return _tag("p", link, class_="see-also")
        case Image():
            address = picture(block.media)
            return _image(block, address) if address else ""
        case Gallery():
            images = (_image(image, picture(image.media)) for image in block.images)
            return _tag("figure", Markup("").join(images), class_="gallery")
        case _:
            return _text(block)


@lru_cache(maxsize=_CACHED_BLOCKS)
def _text(block: Block) -> Markup:
    """Return a block without addresses as HTML."""
    match block:
        case Paragraph():
            return _tag("p", Markup(block.html))
        case Heading():
            return _tag(f"h{block.level}", Markup(block.html))
        case ListBlock():
            return _tag("ol" if block.ordered else "ul", _items(map(Markup, block.items)))
        case Quote():
            cite = _tag("cite", block.cite) if block.cite else ""
            return _tag("blockquote", _tag("p", Markup(block.html)) + cite)
        case KeyPoints():
            return _tag("aside", _tag("ul", _items(block.items)), class_="key-points")
        case Credit():
            return _tag("p", Markup(block.html), class_="credit")
        case Embed():
            return _embed(block)
        case Table():
            return _table(block)
        case _:
            raise TypeError(f"no markup for {block.kind or type(block).__name__}")
