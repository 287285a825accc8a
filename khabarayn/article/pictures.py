"""The pictures inside a body: named, listed, and made anew block by block; what a credit says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from khabarayn.arabic.normalise import fold
from khabarayn.article.blocks import Block, Gallery, Image

MEDIA = "media:"

# What a credit begins with when it says by itself how the picture was made, or whose it is.
_CREDIT_OPENINGS = (
    "صورة", "الصورة", "تصوير", "عدسة", "بعدسة", "رسم", "رسوم", "الرسم", "بريشة", "كاريكاتير",
    "خريطة", "الخريطة", "تصميم", "إنفوغراف", "إنفوغرافيك", "لقطة", "photo", "photograph", "picture",
    "image", "illustration", "drawing", "graphic", "map", "screenshot", "courtesy",
)  # fmt: skip
_MADE_FOLDED = frozenset(map(fold, _CREDIT_OPENINGS))
_LABEL = re.compile(r"[^\W\d_][^:،.|/]{0,28}:\s")


def credit_is_labelled(credit: str) -> bool:
    """Say whether ``credit`` names what it credits itself, so that no «الصورة:» goes before it.

    >>> [credit_is_labelled(one) for one in ("رسم: خَبَرَيْن", "تصوير سلمى", "عن الأرشيف: هدى")]
    [True, True, True]
    >>> [credit_is_labelled(one) for one in ("رويترز", "سلمى الحارثي", "", "https://a.example/b")]
    [False, False, False, False]
    """
    first, _, _ = credit.strip().partition(" ")
    return fold(first).strip(":") in _MADE_FOLDED or _LABEL.match(credit.strip()) is not None


def with_pictures(blocks: tuple[Block, ...], by: Callable[[Image], Image]) -> tuple[Block, ...]:
    """Return ``blocks`` with every picture in them made anew by ``by``."""

    def one(block: Block) -> Block:
        if isinstance(block, Image):
            return by(block)
        if isinstance(block, Gallery):
            return Gallery(tuple(by(image) for image in block.images))
        return block

    return tuple(one(block) for block in blocks)


def pictures_in(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the public ids of the pictures inside ``blocks``."""
    for block in blocks:
        if isinstance(block, Image):
            yield block.media
        elif isinstance(block, Gallery):
            yield from (image.media for image in block.images)


def left_without(blocks: tuple[Block, ...], *public_ids: str) -> tuple[Block, ...]:
    """Return ``blocks`` without these pictures; what is left of a gallery of two is a picture."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Image) and block.media in public_ids:
            continue
        if isinstance(block, Gallery):
            images = tuple(image for image in block.images if image.media not in public_ids)
            if images != block.images:
                result += [Gallery(images)] if len(images) > 1 else list(images)
                continue
        result.append(block)
    return tuple(result)
