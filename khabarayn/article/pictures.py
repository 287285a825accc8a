"""The pictures inside a body: named, listed, and made anew block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from khabarayn.article.blocks import Block, Gallery, Image

MEDIA = "media:"


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
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Image) and block.media in public_ids:
            continue
        if isinstance(block, Gallery):
            left = tuple(image for image in block.images if image.media not in public_ids)
            if left != block.images:
                kept += [Gallery(left)] if len(left) > 1 else list(left)
                continue
        kept.append(block)
    return tuple(kept)
