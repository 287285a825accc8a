"""Read the values of one ninjs story: what `khabarayn.wire.ninjswrite` writes, and what other
newsrooms' systems make of the same properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from html import escape
from typing import Any

from khabarayn.wire.moment import moment
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture
from khabarayn.wire.text import plain

FLAGS = ("sensitive", "evergreen", "breaking")
_LEAD_NAMES = {"lead", "main", "mainpic", "mainimage", "featureimage", "featured", "teaser"}
_SHORT_ROLES = {"short", "seo", "web", "mobile", "alternate"}
_STANDFIRST_ROLES = {"standfirst", "summary", "lead", "deck", "abstract", "text"}
_TEASER_ROLES = {"teaser", "social", "promo"}
_ALT_ROLES = {"alt", "alttext", "accessibility"}
_SOURCE_ROLES = {"source", "origin", "supplier", "provider", "publisher"}
_EMBARGO_NAMES = ("embargo", "embargodate", "embargoDate", "embargoedUntil", "embargo_until")
_CORRECTION = re.compile(r'<time datetime="([^"]+)">[^<]*</time>\s*(.*)', re.S)
_FOCAL = re.compile(r"focal:(0(?:\.\d+)?|1(?:\.0+)?),(0(?:\.\d+)?|1(?:\.0+)?)")


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


def item_from(value: dict[str, Any], zone: tzinfo) -> NewsItem:
    """Return the story that these values of the second version say. Raises `WireError`."""
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
        see_also=_stories_named(value, "see-also"),
        translations=_stories_named(value, "translation"),
        embargo=embargo,
        embargo_reason=value.get("embargoedreason", ""),
        notes=tuple(notes),
    )


def _stories_named(value: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return the uris of the associations called so: «name-1», «name-2» …"""
    associations = value.get("associations", [])
    return tuple(part["uri"] for part in associations if part["name"].startswith(name))


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
