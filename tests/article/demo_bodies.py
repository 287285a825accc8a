"""The bodies of the demo edition, with ids as the paper's own stories have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from khabarayn import demo
from khabarayn.article.blocks import Block, Gallery, Image, PinnedSeeAlso
from khabarayn.article.identity import public_id
from khabarayn.article.parse import parse


def known(block: Block) -> Block:
    """Return ``block`` with the ids that an import would have given it."""
    if isinstance(block, Image):
        return replace(block, media=public_id(block.media))
    if isinstance(block, Gallery):
        return Gallery(tuple(replace(i, media=public_id(i.media)) for i in block.images))
    if isinstance(block, PinnedSeeAlso):
        return replace(block, target=public_id(block.target))
    return block


def demo_bodies() -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the name and the blocks of every story."""
    for file in sorted((Path(demo.FOLDER) / "stories").glob("*.json")):
        told = json.loads(file.read_text("utf-8"))
        html = next(body["value"] for body in told["bodies"] if body["role"] == "main")
        yield file.stem, tuple(map(known, parse(html)))
