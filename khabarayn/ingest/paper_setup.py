"""The set-up file of a folder of stories: its sections, people and tags, and its reference
moment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from khabarayn.desk.arrange.seed import (
    PlannedSection,
    describe_section,
    introduce_author,
    introduce_tag,
    seed_sections,
)
from khabarayn.desk.by import By
from khabarayn.ingest.report import REFUSED, Row, in_both
from khabarayn.ingest.sources import EDITION
from khabarayn.messages.wire import fault_text
from khabarayn.store.queries.sections import SectionWords
from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.moment import moment

_TEXT = {"type": "string"}
_SLUG_AND_NAME = {
    "slug": {"type": "string", "minLength": 1},
    "name": {"type": "string", "minLength": 1},
}


def _list(properties: dict[str, Any], *required_names: str) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "object", "properties": properties, "required": list(required_names)},
    }


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "reference": _TEXT,
        "sections": _list(
            {
                **_SLUG_AND_NAME,
                "hue": {"type": "integer", "minimum": 0, "maximum": 359},
                "in_nav": {"type": "boolean"},
                "description": _TEXT,
                "translations": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "properties": {"name": _SLUG_AND_NAME["name"], "description": _TEXT},
                        "required": ["name"],
                    },
                },
            },
            "slug",
            "name",
        ),
        "authors": _list({**_SLUG_AND_NAME, "role": _TEXT, "bio": _TEXT}, "slug", "name"),
        "tags": _list({"name": _SLUG_AND_NAME["name"], "intro": _TEXT}, "name"),
    },
}
_VALIDATOR = Draft202012Validator(SCHEMA)


@dataclass(frozen=True)
class PaperSetup:
    """``reference`` is the moment that counts as now for the stories' times, if one is named."""

    reference: datetime | None = None
    sections: tuple[PlannedSection, ...] = ()
    authors: tuple[tuple[str, str, str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()

    def arrange(self, by: By) -> None:
        """Add what is missing here of sections, authors and tags; what is here stays."""
        seed_sections(self.sections, by)
        for section in self.sections:
            if section.description:
                describe_section(section.slug, by, section.description, section.translations)
        for slug, *details in self.authors:
            introduce_author(slug, by, *details)
        for name, intro in self.tags:
            introduce_tag(name, by, intro)


def read(data: bytes) -> PaperSetup:
    """Return the edition that the JSON ``data`` describes. Raises `WireError`."""
    try:
        value = json.loads(decode(data))
    except json.JSONDecodeError as error:
        raise WireError(Fault("bad_json", Spot(error.lineno, error.colno), error.msg)) from error
    except RecursionError as error:
        raise WireError(Fault("bad_json", detail="nested too deeply")) from error
    for error in _VALIDATOR.iter_errors(value):
        raise WireError(Fault("edition", Spot(path=error.json_path), error.message[:200]))
    reference = moment(value.get("reference", ""))
    if value.get("reference") and reference is None:
        raise WireError(Fault("bad_time", Spot(path="$.reference"), value["reference"][:40]))
    return PaperSetup(
        reference=reference,
        sections=tuple(
            PlannedSection(
                slug=section["slug"],
                name=section["name"],
                hue=section.get("hue", 0),
                in_nav=section.get("in_nav", False),
                description=section.get("description", ""),
                translations=tuple(
                    SectionWords(language, words["name"], words.get("description", ""))
                    for language, words in section.get("translations", {}).items()
                ),
            )
            for section in value.get("sections", [])
        ),
        authors=tuple(
            (author["slug"], author["name"], author.get("role", ""), author.get("bio", ""))
            for author in value.get("authors", [])
        ),
        tags=tuple((tag["name"], tag.get("intro", "")) for tag in value.get("tags", [])),
    )


def paper_setup_of(folder: Path) -> tuple[PaperSetup, list[Row]]:
    """Return the edition of ``folder``, an empty one if it has none, and what was wrong with it."""
    file = folder / EDITION
    if not folder.is_dir() or not file.is_file():
        return PaperSetup(), []
    try:
        return read(file.read_bytes()), []
    except WireError as error:
        return PaperSetup(), [
            Row(REFUSED, EDITION, fault.spot, in_both(partial(fault_text, fault)))
            for fault in error.faults
        ]
