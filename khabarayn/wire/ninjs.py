"""ninjs 2.x, the IPTC's JSON for news: one story with its pictures, byline and history.

What the standard has no property of its own for stays inside its free vocabularies, so every
story we write is valid ninjs and other readers lose nothing but the finer meaning:

========================  ==========================================================
ours                      theirs
========================  ==========================================================
section                   ``subjects`` with rel «section», the path as ``literal``
flags                     ``subjects`` with rel «flag»; breaking also ``urgency`` 1
tags                      ``subjects`` with rel «about»
corrections               ``descriptions`` with role «correction»: ``<time>`` and text
reason of a withdrawal    ``pubstatus`` canceled and ``ednote``
pinned see-also stories   ``associations`` named «see-also-1», «see-also-2» …
author's role and bio     ``contactinfo`` of the person, types «jobtitle», «biography»
point every crop keeps    ``profile`` of the picture: «focal:0.50,0.30»
key points, charts        classes in the body's HTML
========================  ==========================================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import NAMESPACE
from khabarayn.wire.moment import iso, moment
from khabarayn.wire.ninjsold import from_first, from_third
from khabarayn.wire.text import plain
from khabarayn.wire.xml import MAX_ITEMS

MIME = "application/ninjs+json"
STANDARD = {
    "name": "ninjs",
    "version": "2.2",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.2.json",
}
FLAGS = ("sensitive", "evergreen", "breaking")
HTML = "text/html"

_SHOWN_ERRORS = 5
_LEAD_NAMES = {"lead", "main", "mainpic", "mainimage", "featureimage", "featured", "teaser"}
_SHORT_ROLES = {"short", "seo", "web", "mobile", "alternate"}
_STANDFIRST_ROLES = {"standfirst", "summary", "lead", "deck", "abstract", "text"}
_TEASER_ROLES = {"teaser", "social", "promo"}
_ALT_ROLES = {"alt", "alttext", "accessibility"}
_SOURCE_ROLES = {"source", "origin", "supplier", "provider", "publisher"}
_EMBARGO_NAMES = ("embargo", "embargodate", "embargoDate", "embargoedUntil", "embargo_until")
# Names of the three states in other newsrooms' systems.
_STATUS_WORDS = {
    **dict.fromkeys(("usable", "published", "publish", "live", "public", "منشور"), "usable"),
    **dict.fromkeys(("withheld", "hold", "held"), "withheld"),
    **dict.fromkeys(
        ("canceled", "cancelled", "killed", "kill", "recalled", "withdrawn"), "canceled"
    ),
}
_CORRECTION = re.compile(r'<time datetime="([^"]+)">[^<]*</time>\s*(.*)', re.S)
_FOCAL = re.compile(r"focal:(0(?:\.\d+)?|1(?:\.0+)?),(0(?:\.\d+)?|1(?:\.0+)?)")


@dataclass(frozen=True)
class NewsPicture:
    """``href`` is an address, or «file:» and a path from the JSON file's folder."""

    href: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal: tuple[float, float] = (0.5, 0.5)
    mime: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Byline:
    """Who signs, as a document names them."""

    name: str
    slug: str = ""
    role: str = ""
    bio: str = ""


@dataclass(frozen=True)
class NewsItem:
    """A story on its way. ``status`` is usable, withheld or canceled; ``see_also`` are uris;
    a picture inside ``body_html`` is an ``img`` whose ``src`` is its ``href``."""

    uri: str
    headline: str
    body_html: str = ""
    short_headline: str = ""
    standfirst: str = ""
    teaser: str = ""
    language: str = "ar"
    genre: str = ""
    version: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    status: str = "usable"
    section: str = ""
    section_name: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Byline, ...] = ()
    source_name: str = ""
    source_link: str = ""
    source_url: str = ""
    licence: str = ""
    copyright: str = ""
    url: str = ""
    flags: tuple[str, ...] = ()
    lead: NewsPicture | None = None
    pictures: tuple[NewsPicture, ...] = ()
    corrections: tuple[tuple[datetime, str], ...] = ()
    withdrawn_reason: str = ""
    see_also: tuple[str, ...] = ()
    embargo: datetime | None = None
    embargo_reason: str = ""
    notes: tuple[tuple[str, str], ...] = field(default=(), compare=False)


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


def _lean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", 0, None, [], {})}


def _picture(picture: NewsPicture, name: str, uri: str) -> dict[str, Any]:
    x, y = picture.focal
    return _lean(
        {
            "name": name,
            "uri": uri,
            "type": "picture",
            "profile": "" if picture.focal == (0.5, 0.5) else f"focal:{x:g},{y:g}",
            "descriptions": [
                {"role": role, "value": value}
                for role, value in (("alt", picture.alt), ("caption", picture.caption))
                if value
            ],
            "infosources": [{"role": "credit", "name": picture.credit}] if picture.credit else [],
            "renditions": [
                _lean(
                    {
                        "name": "original",
                        "href": picture.href,
                        "contenttype": picture.mime,
                        "width": picture.width,
                        "height": picture.height,
                    }
                )
            ],
        }
    )


def _person(author: Byline) -> dict[str, Any]:
    contacts = (("jobtitle", author.role), ("biography", author.bio))
    return _lean(
        {
            "name": author.name,
            "rel": "author",
            "literal": author.slug,
            "contactinfo": [{"type": kind, "value": value} for kind, value in contacts if value],
        }
    )


def _texts(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"role": role, "value": value} for role, value in pairs if value]


def document(item: NewsItem) -> dict[str, Any]:
    """Return ``item`` as a ninjs 2.x object, ready for JSON."""
    source = _lean({"role": "source", "name": item.source_name, "uri": item.source_link})
    altids = [{"role": "canonical", "value": item.url}] if item.url else []
    altids += [{"role": "source", "value": item.source_url}] if item.source_url else []
    bodies = [{"role": "main", "contenttype": HTML, "value": item.body_html}]
    return _lean(
        {
            "uri": item.uri,
            "standard": STANDARD,
            "type": "text",
            "representationtype": "full",
            "version": item.version,
            "firstcreated": iso(item.published) if item.published else "",
            "versioncreated": iso(item.updated) if item.updated else "",
            "embargoed": iso(item.embargo) if item.embargo else "",
            "embargoedreason": item.embargo_reason,
            "pubstatus": item.status,
            "urgency": 1 if "breaking" in item.flags else None,
            "language": item.language,
            "headlines": _texts(("main", item.headline), ("short", item.short_headline)),
            "descriptions": _descriptions_of(item),
            "by": "، ".join(author.name for author in item.authors),
            "people": [_person(author) for author in item.authors],
            "subjects": _subjects_of(item),
            "genres": [{"name": item.genre}] if item.genre else [],
            "infosources": [source] if len(source) > 1 else [],
            "usageterms": item.licence,
            "copyrightnotice": item.copyright,
            "altids": altids,
            "ednote": item.withdrawn_reason,
            "bodies": bodies if item.body_html else [],
            "associations": _associations_of(item),
        }
    )


def _subjects_of(item: NewsItem) -> list[dict[str, Any]]:
    """Return section, tags and flags as ninjs writes what a story is about."""
    section = {
        "rel": "section",
        "uri": f"{NAMESPACE}section/{item.section}",
        "literal": item.section,
        "name": item.section_name,
    }
    flags = [
        {"rel": "flag", "uri": f"{NAMESPACE}flag/{flag}", "literal": flag} for flag in item.flags
    ]
    tags = [{"rel": "about", "name": tag} for tag in item.tags]
    return [*([_lean(section)] if item.section else []), *tags, *flags]


def _descriptions_of(item: NewsItem) -> list[dict[str, Any]]:
    """Return standfirst, teaser and corrections, each with its role."""
    corrections = [
        {
            "role": "correction",
            "contenttype": HTML,
            "value": f'<time datetime="{iso(at)}">{iso(at)}</time> {escape(text)}',
        }
        for at, text in item.corrections
    ]
    return [*_texts(("standfirst", item.standfirst), ("teaser", item.teaser)), *corrections]


def _associations_of(item: NewsItem) -> list[dict[str, Any]]:
    """Return the pictures, the lead first, and the pinned see-also stories."""
    pictures = [("lead", item.lead)] if item.lead else []
    pictures += [(f"picture-{n}", picture) for n, picture in enumerate(item.pictures, 1)]
    base = item.uri.partition("#")[0]
    return [
        *(_picture(picture, name, f"{base}#{name}") for name, picture in pictures),
        *(
            {"name": f"see-also-{n}", "uri": uri, "type": "text"}
            for n, uri in enumerate(item.see_also, 1)
        ),
    ]


def write(item: NewsItem) -> str:
    """Return ``item`` as ninjs 2.x, indented, for a file."""
    return json.dumps(document(item), ensure_ascii=False, indent=1) + "\n"


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


def _value(parts: list[dict[str, Any]], roles: set[str], *, first: bool = False) -> str:
    """The first text whose role is one of ``roles``; with ``first``, else one without a role."""
    for part in parts:
        if part.get("role", "").lower() in roles:
            return _plain(part)
    if first:
        for part in parts:
            if not part.get("role"):
                return _plain(part)
    return ""


def _plain(part: dict[str, Any]) -> str:
    html = "html" in part.get("contenttype", "")
    return plain(part["value"], unescaped=not html)


def _body(parts: list[dict[str, Any]]) -> str:
    for part in parts:
        if "html" in part.get("contenttype", "") and part["value"].strip():
            return part["value"]
    for part in parts:
        value = part["value"].strip()
        if not value:
            continue
        if not part.get("contenttype") and re.search(r"<p[\s>]", value):
            return value
        paragraphs = re.split(r"\n\s*\n", value)
        if len(paragraphs) == 1:
            paragraphs = value.split("\n")
        return "".join(
            f"<p>{escape(' '.join(text.split()), quote=False)}</p>"
            for text in paragraphs
            if text.strip()
        )
    return ""


def _read_picture(association: dict[str, Any]) -> NewsPicture | None:
    renditions = [
        part
        for part in association.get("renditions", [])
        if part.get("href") and part.get("contenttype", "image/")[:6] == "image/"
    ]
    if not renditions:
        return None
    best = max(renditions, key=lambda part: (part["name"] == "original", part.get("width", 0)))
    descriptions = association.get("descriptions", [])
    credit = next(
        (
            p.get("name", "")
            for p in association.get("infosources", [])
            if p.get("role") == "credit"
        ),
        "",
    )
    focal = _FOCAL.fullmatch(association.get("profile", ""))
    return NewsPicture(
        href=best["href"],
        alt=_value(descriptions, _ALT_ROLES),
        caption=_value(descriptions, {"caption", "main", "description"}, first=True),
        credit=credit or association.get("by", "") or association.get("copyrightholder", ""),
        focal=(float(focal[1]), float(focal[2])) if focal else (0.5, 0.5),
        mime=best.get("contenttype", ""),
        width=int(best.get("width", 0)),
        height=int(best.get("height", 0)),
    )


def _times(
    value: dict[str, Any], zone: tzinfo
) -> tuple[datetime | None, datetime | None, datetime | None, list[tuple[str, str]]]:
    """When the story was made, last changed and set free, and a note on what cannot be read."""
    names = ("firstcreated", "versioncreated", "embargoed", "expires")
    texts = {name: value.get(name, "") for name in names}
    texts["embargoed"] = texts["embargoed"] or next(
        (str(value[name]) for name in _EMBARGO_NAMES if value.get(name)), ""
    )
    moments = {name: moment(text, zone) for name, text in texts.items()}
    first, last = moments["firstcreated"], moments["versioncreated"]
    notes = []
    if not first and not last:
        first_text = texts["firstcreated"] or texts["versioncreated"]
        notes.append(("unknown_time", first_text[:40]) if first_text else ("no_time", ""))
    elif texts["versioncreated"] and not last:
        notes.append(("unread_time", texts["versioncreated"][:40]))
    if texts["embargoed"] and not moments["embargoed"]:
        notes.append(("embargo_unread", texts["embargoed"][:40]))
    if (expires := moments["expires"]) and expires <= datetime.now(UTC):
        notes.append(("expired", texts["expires"][:40]))
    return first or last, last, moments["embargoed"], notes


def _authors(value: dict[str, Any]) -> tuple[Byline, ...]:
    people = [p for p in value.get("people", []) if p.get("rel") in {"author", "creator"}]
    bylines = []
    for person in people:
        contacts = {c.get("type"): c.get("value", "") for c in person.get("contactinfo", [])}
        if name := plain(person.get("name", ""), unescaped=True):
            role, bio = contacts.get("jobtitle", ""), contacts.get("biography", "")
            bylines.append(Byline(name, person.get("literal", ""), role, bio))
    if not bylines and (by := plain(value.get("by", ""), unescaped=True)):
        names = re.split(r"\s*[،,;؛]\s*|\s+and\s+", by)
        bylines = [Byline(name) for name in names if name]
    return tuple(bylines)


def _item(value: dict[str, Any], zone: tzinfo) -> NewsItem:
    headlines = value.get("headlines", [])
    headline = _value(headlines, {"main", "headline"}, first=True) or (
        _plain(headlines[0]) if headlines else plain(value.get("title", ""), unescaped=True)
    )
    descriptions = value.get("descriptions", [])
    subjects = value.get("subjects", [])
    section = next((s for s in subjects if s.get("rel") == "section"), {})
    source = next((s for s in value.get("infosources", []) if s.get("role") in _SOURCE_ROLES), {})
    altids = {part.get("role"): part.get("value", "") for part in value.get("altids", [])}
    body = _body(value.get("bodies", []))
    lead, pictures = _pictures_in(value, body)
    genres = value.get("genres", [])
    published_at, updated_at, embargo, notes = _times(value, zone)
    return NewsItem(
        uri=value["uri"].strip(),
        headline=headline,
        body_html=body,
        short_headline=_value(headlines, _SHORT_ROLES),
        standfirst=_value(descriptions, _STANDFIRST_ROLES, first=True),
        teaser=_value(descriptions, _TEASER_ROLES),
        language=value.get("language", "ar"),
        genre=next((g.get("name") or g.get("literal", "") for g in genres), ""),
        version=value.get("version", ""),
        published=published_at,
        updated=updated_at,
        status=value.get("pubstatus", "usable"),
        section=section.get("literal", ""),
        section_name=plain(section.get("name", ""), unescaped=True),
        tags=_tags_in(subjects),
        authors=_authors(value),
        source_name=source.get("name", ""),
        source_link=source.get("uri", ""),
        source_url=altids.get("source", ""),
        licence=value.get("usageterms", ""),
        copyright=value.get("copyrightnotice", ""),
        url=altids.get("canonical", ""),
        flags=_flags_in(value),
        lead=lead,
        pictures=pictures,
        corrections=tuple(_corrections_in(descriptions)),
        withdrawn_reason=value.get("ednote", "") if value.get("pubstatus") == "canceled" else "",
        see_also=tuple(
            part["uri"]
            for part in value.get("associations", [])
            if part["name"].startswith("see-also")
        ),
        embargo=embargo,
        embargo_reason=value.get("embargoedreason", ""),
        notes=tuple(notes),
    )


def _pictures_in(
    value: dict[str, Any], body: str
) -> tuple[NewsPicture | None, tuple[NewsPicture, ...]]:
    """Return the lead picture and the others: the one that is called so, else the first that does
    not stand in the body."""
    lead: NewsPicture | None = None
    pictures: list[NewsPicture] = []
    for part in value.get("associations", []):
        if part["name"].startswith("see-also") or part.get("type") not in {"picture", "graphic"}:
            continue
        if picture := _read_picture(part):
            if lead is None and part["name"].lower() in _LEAD_NAMES:
                lead = picture
            else:
                pictures.append(picture)
    if lead is None and pictures and pictures[0].href not in body:
        lead = pictures.pop(0)
    return lead, tuple(pictures)


def _corrections_in(descriptions: list[dict[str, Any]]) -> Iterator[tuple[datetime, str]]:
    for part in descriptions:
        correction = _CORRECTION.fullmatch(part["value"].strip())
        if part.get("role") == "correction" and correction and (at := moment(correction[1])):
            yield at, plain(correction[2])


def _tags_in(subjects: list[dict[str, Any]]) -> tuple[str, ...]:
    other = [s.get("name", "") for s in subjects if s.get("rel") not in {"section", "flag"}]
    return tuple(dict.fromkeys(tag for name in other if (tag := plain(name, unescaped=True))))


def _flags_in(value: dict[str, Any]) -> tuple[str, ...]:
    subjects = value.get("subjects", [])
    flags = [s.get("literal", "") for s in subjects if s.get("rel") == "flag"]
    if value.get("urgency") == 1 and "breaking" not in flags:
        flags.append("breaking")
    return tuple(flag for flag in flags if flag in FLAGS)


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
    item = _item(value, zone)
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
