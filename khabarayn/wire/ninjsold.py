"""ninjs 1.x and 3.x, and what Superdesk makes of the first, as ninjs 2.x.

Version 1 has one value where version 2 has lists of values with roles; version 3 has the lists, and
its names in camelCase.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

_HTML, _PLAIN = "text/html", "text/plain"
# What version 1 calls its texts, the best first; any other ending may follow the underscore.
_ENDINGS = {
    "headline": ("headline", "headline_main"),
    "description": ("description_text", "abstract", "description_main", "description_html"),
    "body": ("body_html", "body_xhtml", "body_text", "body_main"),
}
_MARKED_UP = {"body_html", "body_xhtml", "description_html", "abstract"}
_SAME = (
    "uri", "type", "mimetype", "representationtype", "profile", "version", "firstcreated",
    "versioncreated", "contentcreated", "embargoed", "pubstatus", "urgency", "copyrightholder",
    "copyrightnotice", "usageterms", "ednote", "language", "expires", "embargo",
)  # fmt: skip
_ASIDE = ("service", "anpa_category", "subject", "place", "organisation", "event", "object")
# The states of Superdesk that readers see; every other is one of the desk's.
_STATES = {
    "published": "usable",
    "corrected": "usable",
    "killed": "canceled",
    "recalled": "canceled",
}
_NEW_NAMES = re.compile(r"[A-Z]")
_SUBJECT_PARTS = ("name", "rel", "scheme", "code", "uri", "literal")


def from_first(value: dict[str, Any]) -> dict[str, Any]:
    """Return a story of ninjs 1.x as one of 2.x. What has a wrong type stays out where version 2
    has another name for it, and is refused by the schema elsewhere."""
    new: dict[str, Any] = {name: value[name] for name in _SAME if value.get(name) is not None}
    if "uri" not in new and isinstance(value.get("guid"), str):
        new["uri"] = value["guid"]
    if "version" in new:
        new["version"] = str(new["version"])
    if isinstance(state := value.get("state"), str):
        new["pubstatus"] = _STATES.get(state, "withheld")
    picture = value.get("type") == "picture"
    about = "caption" if picture else "summary"
    new["headlines"] = _texts(value, _named_as(value, "headline", "main"))
    new["descriptions"] = _texts(value, _named_as(value, "description", about))[:1]
    if picture:
        # Superdesk keeps the alternative text of a picture where a story has its body.
        alts = (("alt_text", "alt", _PLAIN), ("body_text", "alt", _PLAIN))
        new["descriptions"] += _texts(value, alts)[:1]
    else:
        new["bodies"] = _texts(value, _named_as(value, "body", "main"))
    if isinstance(value.get("byline"), str):
        new["by"] = value["byline"]
    people = [
        {**_subject(part), "rel": part.get("rel", "about")} for part in _list(value, "person")
    ]
    people += [{**_subject(part), "rel": "author"} for part in _list(value, "authors")]
    new["people"] = [person for person in people if person.get("name")]
    new["subjects"] = [
        _subject(part) for name in _ASIDE for part in _list(value, name) if part.get("name")
    ]
    if isinstance(value.get("source"), str) and value["source"].strip():
        new["infosources"] = [{"role": "source", "name": value["source"]}]
    new["genres"] = [_subject(part) for part in _list(value, "genre") if part.get("name")]
    new["renditions"] = _renditions(value)
    associations = value.get("associations")
    new["associations"] = [
        {**from_first(part), "name": "lead" if name == "featuremedia" else name}
        for name, part in (associations.items() if isinstance(associations, dict) else ())
        if isinstance(part, dict) and (part.get("uri") or part.get("guid"))
    ]
    return {name: each for name, each in new.items() if each not in ([], "")}


def from_third(value: Any) -> Any:
    """Return a story of ninjs 3.x as one of 2.x: the same names, in small letters.

    >>> from_third({"pubStatus": "usable", "headlines": [{"contentType": "text/plain"}]})
    {'pubstatus': 'usable', 'headlines': [{'contenttype': 'text/plain'}]}
    """
    if isinstance(value, list):
        return [from_third(part) for part in value]
    if isinstance(value, dict):
        return {
            name.lower() if _NEW_NAMES.search(name) else name: from_third(part)
            for name, part in value.items()
        }
    return value


def _named_as(value: dict[str, Any], stem: str, role: str) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys((*_ENDINGS[stem], *(n for n in value if n.startswith(f"{stem}_"))))
    return tuple((name, role, _HTML if name in _MARKED_UP else _PLAIN) for name in names)


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    parts = value.get(name)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _subject(part: dict[str, Any]) -> dict[str, Any]:
    fields = {name: part[name] for name in _SUBJECT_PARTS if isinstance(part.get(name), str)}
    # Codes and schemes of version 1 have no name of their own in version 2.
    code = fields.pop("code", "")
    fields.pop("scheme", None)
    return {**fields, "literal": code} if code and "literal" not in fields else fields


def _texts(value: dict[str, Any], names: tuple[tuple[str, str, str], ...]) -> list[dict[str, str]]:
    return [
        {"role": role, "contenttype": kind, "value": value[name]}
        for name, role, kind in names
        if isinstance(value.get(name), str) and value[name].strip()
    ]


def _renditions(value: dict[str, Any]) -> list[dict[str, Any]]:
    renditions = value.get("renditions")
    if not isinstance(renditions, dict):
        return []
    result: list[dict[str, Any]] = []
    for name, part in renditions.items():
        if not isinstance(part, dict) or not isinstance(part.get("href"), str):
            continue
        kind = part.get("mimetype")
        sizes = {
            side: int(part[side])
            for side in ("width", "height")
            if isinstance(part.get(side), int | float) and isfinite(part[side]) and part[side] > 0
        }
        more = {"contenttype": kind} if isinstance(kind, str) else {}
        result.append({"name": name, "href": part["href"], **more, **sizes})
    return result
