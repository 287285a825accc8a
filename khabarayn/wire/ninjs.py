"""Read files of ninjs, the IPTC's JSON for news: every story of a file, of any version, checked
against the schema of 2.x."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.newsitem import NewsItem
from khabarayn.wire.ninjsold import from_first, from_third
from khabarayn.wire.ninjsread import item_from
from khabarayn.wire.ninjswrite import STANDARD
from khabarayn.wire.text import plain
from khabarayn.wire.xml import MAX_ITEMS

_SHOWN_ERRORS = 5
# Names of the three states in other newsrooms' systems.
_STATUS_WORDS = {
    **dict.fromkeys(("usable", "published", "publish", "live", "public", "منشور"), "usable"),
    **dict.fromkeys(("withheld", "hold", "held"), "withheld"),
    **dict.fromkeys(
        ("canceled", "cancelled", "killed", "kill", "recalled", "withdrawn"), "canceled"
    ),
}


@cache
def _schema() -> dict[str, Any]:
    return json.loads(files("khabarayn.wire.schema").joinpath("ninjs-2.x.json").read_text("utf-8"))


@cache
def validator(*, closed: bool = True) -> Draft202012Validator:
    """Return the validator of one story. When it is not ``closed``, properties of somebody's
    extension schema may stand at the top level, as ninjs foresees."""
    schema = _schema()
    if not closed:
        schema = {k: v for k, v in schema.items() if k != "unevaluatedProperties"}
    return Draft202012Validator(schema)


def _fault(error: ValidationError, item: int) -> Fault:
    spot = Spot(item=item, path=error.json_path)
    expected_value: Any = error.validator_value
    if error.validator == "required":
        # One error for each missing field, and only its message tells which.
        missing = next(
            (name for name in expected_value if error.message.startswith(repr(name))), ""
        )
        return Fault("no_uri" if missing == "uri" else "missing_field", spot, missing)
    if error.validator == "type":
        return Fault("wrong_type", spot, str(expected_value))
    if error.validator == "enum":
        return Fault("not_one_of", spot, ", ".join(map(str, expected_value)))
    return Fault("schema", spot, error.message[:200])


_OLD_NAMES = {"headline", "body_html", "body_text", "body_xhtml", "description_text", "byline",
              "description_html"}  # fmt: skip
_NEW_NAMES = {"pubStatus", "versionCreated", "contentCreated", "firstCreated", "usageTerms",
              "copyrightNotice", "representationType"}  # fmt: skip
_NEW_PARTS = {"contentType", "sizeInBytes", "contactInfo", "pubStatus", "altNames"}
_SUPERDESK_NAMES = {"family_id", "_etag", "unique_name", "ingest_provider", "_current_version",
                    "original_creator", "task", "evolvedfrom", "slugline", "charcount",
                    "anpa_category"}  # fmt: skip


def _has_new_names(value: dict[str, Any]) -> bool:
    parts = [part for each in value.values() if isinstance(each, list) for part in each]
    new = any(isinstance(part, dict) and part.keys() & _NEW_PARTS for part in parts)
    return new or bool(value.keys() & _NEW_NAMES)


def foreign_format(value: Any) -> str:
    """Return the name and version of the format that ``value`` is in when it is a near relative
    of ours, else ''.

    >>> foreign_format({"uri": "urn:x:1", "headline": "خبر", "body_html": "<p>نص</p>"})
    'ninjs 1.x'
    >>> foreign_format({"uri": "urn:x:1", "standard": {"name": "ninjs", "version": "3.1"}})
    'ninjs 3.1'
    """
    if not isinstance(value, dict):
        return ""
    standard = value.get("standard")
    declaration = standard if isinstance(standard, dict) else {}
    schema = f"{declaration.get('schema', '')} {value.get('$schema', '')}"
    version = str(declaration.get("version", "")) or next(
        iter(re.findall(r"ninjs-schema[_-](\d+(?:\.\d+)*)", schema)), ""
    )
    if "ninjs" in f"{declaration.get('name', 'ninjs')} {schema}".lower() and re.match(
        r"\d", version
    ):
        # Documents of the third version that still declare the second are in circulation.
        if version.startswith("2"):
            return "ninjs 3.x" if _has_new_names(value) else ""
        return f"ninjs {version}"
    keys = value.keys()
    if "headlines" in keys or "bodies" in keys:
        return "ninjs 3.x" if _has_new_names(value) else ""
    if keys & {"family_id", "_etag", "unique_name", "ingest_provider", "_current_version"}:
        return "Superdesk"
    if isinstance(value.get("associations"), dict) or isinstance(value.get("renditions"), dict):
        return "ninjs 1.x"
    if any(name.startswith(("headline_", "body_")) for name in keys):
        return "ninjs 1.x"
    if len(keys & _OLD_NAMES) and isinstance(value.get("headline", ""), str):
        return "ninjs 1.x (Superdesk)" if keys & _SUPERDESK_NAMES else "ninjs 1.x"
    return "ninjs 3.x" if _has_new_names(value) else ""


def _as_second(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a story of 3.x declares of its format, with the version and schema of 2.x; one of
    a wrong type is left for the schema to refuse."""
    declaration = value.get("standard", {})
    if not isinstance(declaration, dict):
        return {}
    ours = {name: STANDARD[name] for name in ("version", "schema")}
    return {"standard": {**declaration, **ours}}


def _in_our_form(value: Any, number: int) -> Any:
    """Return a story of any version of ninjs as one of 2.x. Raises `WireError` («not_taken»)."""
    name = foreign_format(value)
    try:
        if name.startswith("ninjs 3"):
            return from_third({**value, **_as_second(value)})
        if name.startswith(("ninjs 1", "Superdesk")):
            return from_first(value)
    except RecursionError as error:
        raise WireError(Fault("bad_json", Spot(item=number), "nested too deeply")) from error
    if name:
        raise WireError(Fault("not_taken", Spot(item=number), name))
    return value


def item_of(value: Any, number: int = 0, zone: tzinfo = UTC) -> NewsItem:
    """Return the story that the JSON ``value`` describes; ``number`` is its place in its file.

    ``zone`` is that of a time which names none. Raises `WireError` with a JSON path for
    everything that is wrong.
    """
    value = _in_our_form(value, number)
    notes: tuple[tuple[str, str], ...] = ()
    try:
        errors = list(islice(validator(closed=False).iter_errors(value), _SHOWN_ERRORS))
        if [error.json_path for error in errors] == ["$.pubstatus"]:
            status = str(value["pubstatus"])
            known_status = _STATUS_WORDS.get(status.strip().lower(), "")
            value = {**value, "pubstatus": known_status or "withheld"}
            notes = () if known_status else (("foreign_status", status[:40]),)
            errors = []
    except RecursionError as error:
        raise WireError(Fault("bad_json", Spot(item=number), "nested too deeply")) from error
    if errors:
        raise WireError(*(_fault(error, number) for error in errors))
    item = item_from(value, zone)
    item = replace(item, notes=notes + item.notes)
    if not item.uri:
        raise WireError(Fault("no_uri", Spot(item=number, path="$.uri")))
    if not item.headline:
        raise WireError(Fault("no_headline", Spot(item=number, path="$.headlines")))
    if not plain(item.body_html) and "<img" not in item.body_html:
        raise WireError(Fault("no_body", Spot(item=number, path="$.bodies")))
    return item


def read(data: bytes) -> NewsItem:
    """Return the one story in ``data``. Raises `WireError`."""
    try:
        return item_of(json.loads(decode(data)))
    except json.JSONDecodeError as error:
        raise WireError(_json_fault(error)) from error
    except RecursionError as error:
        raise WireError(Fault("bad_json", detail="nested too deeply")) from error


def _json_fault(error: json.JSONDecodeError, item: int = 0) -> Fault:
    return Fault("bad_json", Spot(error.lineno, error.colno, item), error.msg)


def _salvage(text: str) -> Iterator[tuple[Any, Fault | None]]:
    """The whole stories of a broken list, or of one story a line, and what is broken between."""
    decoder = json.JSONDecoder()
    at, number = 0, 0
    while (start := text.find("{", at)) >= 0 and number < MAX_ITEMS:
        number += 1
        try:
            value, at = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            yield None, _json_fault(error, number)
            # The next story starts where the broken one did on its line: by its uri.
            following = re.compile(r'\{\s*"(?:uri|standard|\$schema)"').search(
                text, max(start + 1, error.pos - 1)
            )
            if following is None:
                return
            at = following.start()
        else:
            yield value, None


def read_all(data: bytes, charset: str = "", zone: tzinfo = UTC) -> Iterator[NewsItem | WireError]:
    """Yield every story of a file in turn, or what is wrong with it.

    The file is one story, a list, an object with ``items``, or one story a line. Of a file whose
    JSON is broken, the stories that are whole are still yielded.
    """
    text = decode(data, charset)
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        results = list(_salvage(text))
        if not results:
            yield WireError(Fault("unknown_kind"))
    except RecursionError:
        yield WireError(Fault("bad_json", detail="nested too deeply"))
        return
    else:
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            value = value["items"]
        values = value if isinstance(value, list) else [value]
        results = [(each, None) for each in values[:MAX_ITEMS]]
        if not results:
            yield WireError(Fault("no_items"))
        if len(values) > MAX_ITEMS:
            yield WireError(Fault("too_many", Spot(item=MAX_ITEMS + 1), str(MAX_ITEMS)))
    alone = len(results) == 1
    for number, (each, fault) in enumerate(results, 1):
        if fault is not None:
            yield WireError(replace(fault, spot=replace(fault.spot, item=0)) if alone else fault)
            continue
        try:
            yield item_of(each, 0 if alone else number, zone)
        except WireError as error:
            yield error
