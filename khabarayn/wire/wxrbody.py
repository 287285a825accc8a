"""The text of a WordPress post as HTML: its paragraphs, blocks, galleries and players."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from khabarayn.wire.feed import FeedImage

_COMMENT = re.compile(r"<!--\s*(/?)wp:([a-z][a-z0-9/-]*)(?:\s+\{.*?\})?\s*(/?)-->", re.S)
_GALLERY = re.compile(r"\[gallery\b([^\]\n]{0,400})\]")
_IDS = re.compile(r"\bids\s*=\s*[\"']?([\d,\s]+)")
_PLAYER = re.compile(
    r"<(audio|video)\b[^>]*?(?:\bsrc=[\"']([^\"']+)[\"'][^>]*>.*?"
    r"|>\s*<source\b[^>]*?\bsrc=[\"']([^\"']+)[\"'].*?)</\1\s*>",
    re.I | re.S,
)
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|figure|figcaption|blockquote"
    r"|pre|hr|section|article|aside|address|form|details|iframe|script|style)\b|<!--",
    re.I,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
# Blocks that hold no text of their own and show nothing that a story lacks without them.
_SILENT = {"more", "nextpage", "spacer", "separator", "post-title", "post-date", "post-author"}
_CAPTION_CODE = re.compile(r"^\[(?:caption|gallery|embed|video|audio|playlist)\b", re.I)


def body_of(
    text: str, pictures: Mapping[str, FeedImage], attachments: Sequence[str]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the post's ``text`` as HTML and notes on blocks that only WordPress can fill.

    ``pictures`` are those of the export by their number, ``attachments`` the numbers of the post's
    own, which a gallery without numbers shows.
    """
    left_out: list[tuple[str, str]] = []

    def drop(match: re.Match[str]) -> str:
        if match[3] and match[2].removeprefix("core/") not in _SILENT:
            left_out.append(("left_out", f"wp:{match[2]}"[:80]))
        return "\n\n"

    def gallery(match: re.Match[str]) -> str:
        ids = _IDS.search(match[1])
        numbers = re.findall(r"\d+", ids[1]) if ids else attachments
        gallery_pictures = [pictures[number] for number in numbers if number in pictures]
        return (
            "\n\n" + "\n\n".join(map(_figure, gallery_pictures)) + "\n\n"
            if gallery_pictures
            else match[0]
        )

    text = _COMMENT.sub(drop, text.replace("\r\n", "\n"))
    text = _GALLERY.sub(gallery, text)
    text = _PLAYER.sub(lambda match: _link(match[2] or match[3]), text)
    return _paragraphs(text), tuple(dict.fromkeys(left_out))


def _figure(picture: FeedImage) -> str:
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    source = f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}">'
    return f"<figure>{source}{caption}</figure>"


def _link(address: str) -> str:
    return f'<a class="embed" href="{escape(address)}"></a>'


def _paragraphs(text: str) -> str:
    """Return ``text`` with the paragraphs that WordPress makes of empty lines when it shows it.

    >>> _paragraphs("أول\\nسطر\\n\\n<h2>عنوان</h2>\\n\\nhttps://film.example/7")
    '<p>أول<br>\\nسطر</p>\\n<h2>عنوان</h2>\\n<a class="embed" href="https://film.example/7"></a>'
    """
    parts = []
    for chunk in re.split(r"\n[ \t]*\n\s*", text.strip()):
        part = chunk.strip()
        if _ADDRESS.fullmatch(part):
            parts.append(_link(part))
        elif not part or _BLOCK.match(part) or _CAPTION_CODE.match(part):
            parts.append(part)
        elif _BLOCK.search(part):
            # The block inside ends the paragraph by itself.
            parts.append(f"<p>{part}")
        else:
            parts.append("<p>" + part.replace("\n", "<br>\n") + "</p>")
    return "\n".join(filter(None, parts))
