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
in other languages        ``associations`` named «translation-1» …
author's role and bio     ``contactinfo`` of the person, types «jobtitle», «biography»
point every crop keeps    ``profile`` of the picture: «focal:0.50,0.30»
key points, charts        classes in the body's HTML
========================  ==========================================================
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from khabarayn.wire.feed import NAMESPACE
from khabarayn.wire.moment import iso
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture

STANDARD = {
    "name": "ninjs",
    "version": "2.2",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.2.json",
}
HTML = "text/html"


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
    """Return the pictures, the lead first, the pinned see-also stories and the translations."""
    pictures = [("lead", item.lead)] if item.lead else []
    pictures += [(f"picture-{n}", picture) for n, picture in enumerate(item.pictures, 1)]
    base = item.uri.partition("#")[0]
    return [
        *(_picture(picture, name, f"{base}#{name}") for name, picture in pictures),
        *(
            {"name": f"{name}-{n}", "uri": uri, "type": "text"}
            for name, uris in (("see-also", item.see_also), ("translation", item.translations))
            for n, uri in enumerate(uris, 1)
        ),
    ]


def write(item: NewsItem) -> str:
    """Return ``item`` as ninjs 2.x, indented, for a file."""
    return json.dumps(document(item), ensure_ascii=False, indent=1) + "\n"
