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
