"""What an import is told on the command line, and which sections of the paper its stories go to."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from khabarayn.arabic.slug import slug
from khabarayn.cli.language import gettext as _
from khabarayn.desk.arrange.seed import PlannedSection, seed_sections
from khabarayn.desk.by import IMPORT
from khabarayn.store.queries.sections import SectionTree
from khabarayn.wire.decode import decode


@dataclass(frozen=True)
class Plan:
    """The options of an import."""

    dry: bool = False
    status: str = ""
    section: str = ""
    map_: Mapping[str, str] = field(default_factory=dict)
    make: bool = False
    uploads: Path | None = None


def section_map_of(file: Path, tree: SectionTree) -> dict[str, str]:
    """Return the path of ours for each name of theirs: lines of «name = path», «#» for remarks."""
    paths: dict[str, str] = {}
    for number, line in enumerate(decode(file.read_bytes()).splitlines(), 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        theirs, _equals, ours = (part.strip() for part in text.replace("\t", "=").rpartition("="))
        if not theirs or tree.find(ours) is None:
            raise click.BadParameter(
                _(
                    "السطر %(number)s: يُنتظر «اسم عندهم = مسار قسم عندنا»: %(line)s",
                    number=number,
                    line=text[:80],
                ),
                param_hint="--section-map",
            )  # fmt: skip
        paths[theirs] = ours
    return paths


def make_section(path: str, name: str) -> str:
    """Make the section that a story names, with those above it; return its path."""
    parts = [slug(part) for part in path.split("/") if slug(part)] or [slug(name)]
    for depth in range(1, len(parts) + 1):
        whole = "/".join(parts[:depth])
        label = (name or parts[-1]) if depth == len(parts) else parts[depth - 1]
        seed_sections([PlannedSection(whole, label[:80], zlib.crc32(whole.encode()) % 360)], IMPORT)
    return "/".join(parts)
