"""JSON Feed 1.1; what it has no word for stands under «_khabarayn», as the format allows."""

from __future__ import annotations

import json
from datetime import UTC, tzinfo
from typing import Any

from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import Entry, Feed, FeedImage
from khabarayn.wire.moment import first_moment, iso, moment, times
from khabarayn.wire.text import PUBLIC_WORDS, absolute, absolute_url, people, plain, web_url
from khabarayn.wire.xml import MAX_ITEMS

MIME = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
_OURS = "_khabarayn"


def _lean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", 0, None, [], {})}


def _item(entry: Entry) -> dict[str, Any]:
    image = entry.image
    attachment = image and _lean(
        {"url": image.url, "mime_type": image.mime, "size_in_bytes": image.length}
    )
    picture = image and _lean(
        {
            "alt": image.alt,
            "caption": image.caption,
            "credit": image.credit,
            "width": image.width,
            "height": image.height,
        }
    )
    values = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "language": entry.language,
        "image": image.url if image else "",
        "date_published": iso(entry.published) if entry.published else "",
        "date_modified": iso(entry.updated) if entry.updated else "",
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.tags),
        "attachments": [attachment] if image and image.mime else [],
        _OURS: _lean({"section": entry.section, "picture": picture}),
    }
    # An item needs a content even when it is empty.
    return _lean(values) | {"content_html": entry.content}


def write(feed: Feed) -> str:
    """Return ``feed`` as a JSON Feed document."""
    values = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.feed_url,
        "next_url": feed.next_url,
        "description": feed.description,
        "language": feed.language,
        "icon": feed.icon,
        _OURS: {"updated": iso(feed.updated)} if feed.updated else {},
    }
    document = _lean(values) | {"items": [_item(entry) for entry in feed.entries]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name, "")
    return value if isinstance(value, str) else ""


def _part(item: dict[str, Any], name: str) -> dict[str, Any]:
    value = item.get(name)
    return value if isinstance(value, dict) else {}


def _parts(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = item.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _whole(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0


def _image(item: dict[str, Any], ours: dict[str, Any]) -> FeedImage | None:
    url = web_url(_text(item, "image")) or web_url(_text(item, "banner_image"))
    pictures = [p for p in _parts(item, "attachments") if _text(p, "mime_type")[:6] == "image/"]
    file = next((p for p in pictures if _text(p, "url") == url), {})
    if not url and pictures:
        file, url = pictures[0], web_url(_text(pictures[0], "url"))
    if not url:
        return None
    picture = _part(ours, "picture")
    return FeedImage(
        url=url,
        alt=_text(picture, "alt"),
        caption=_text(picture, "caption"),
        credit=_text(picture, "credit"),
        mime=_text(file, "mime_type"),
        length=_whole(file.get("size_in_bytes")),
        width=_whole(picture.get("width")),
        height=_whole(picture.get("height")),
    )


def _status(item: dict[str, Any]) -> str:
    if item.get("draft") is True or item.get("_draft") is True:
        return "draft"
    for name in ("status", "_status", "visibility", "pubstatus"):
        status = _text(item, name)
        if status and status.lower() not in PUBLIC_WORDS:
            return status[:40]
    return ""


def _entry(item: dict[str, Any], home: str, zone: tzinfo) -> Entry:
    ours = _part(item, _OURS)
    url = web_url(absolute_url(home, _text(item, "url"))) or web_url(_text(item, "external_url"))
    html = _text(item, "content_html")
    if not plain(html) and (text := _text(item, "content_text")):
        parts = (plain(part) for part in text.split("\n\n"))
        html += "".join(f"<p>{part}</p>" for part in parts if part)
    published_at, updated_at, notes = times(
        [t for name in ("date_published", "published") if (t := _text(item, name))],
        [t for name in ("date_modified", "updated") if (t := _text(item, name))],
        zone,
    )
    embargo, unread_text = first_moment(
        [t for name in ("embargo", "embargoed", "_embargo") if (t := _text(item, name))], zone
    )
    if unread_text:
        notes = (*notes, ("embargo_unread", unread_text))
    authors = _parts(item, "authors") or [_part(item, "author")]
    tags = item.get("tags")
    return Entry(
        id=str(item.get("id") or url),
        url=url,
        title=plain(_text(item, "title"), unescaped=True),
        summary=plain(_text(item, "summary"), unescaped=True),
        content=absolute(html, url),
        published=published_at,
        updated=updated_at,
        authors=tuple(
            dict.fromkeys(n for author in authors for n in people(plain(_text(author, "name"))))
        ),
        section=_text(ours, "section"),
        tags=tuple(plain(tag) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        image=_image(item, ours),
        base=url,
        status=_status(item),
        embargo=embargo,
        players=tuple(
            address
            for part in _parts(item, "attachments")
            if _text(part, "mime_type").startswith(("audio/", "video/"))
            and (address := web_url(_text(part, "url")))
        ),
        notes=notes,
    )


def read(data: bytes, charset: str = "", url: str = "", zone: tzinfo = UTC) -> Feed:
    """Return the feed in ``data``. Raises `WireError` with line and column on broken JSON."""
    try:
        document = json.loads(decode(data, charset))
    except json.JSONDecodeError as error:
        raise WireError(Fault("bad_json", Spot(error.lineno, error.colno), error.msg)) from error
    except RecursionError as error:
        raise WireError(Fault("bad_json", detail="nested too deeply")) from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise WireError(Fault("unknown_kind"))
    items = document["items"]
    home = web_url(_text(document, "home_page_url"))
    faults = [
        Fault("bad_json", Spot(item=number, path=f"$.items[{number - 1}]"), "not an object")
        for number, item in enumerate(items[:MAX_ITEMS], 1)
        if not isinstance(item, dict)
    ]
    if len(items) > MAX_ITEMS:
        faults.append(Fault("too_many", Spot(item=MAX_ITEMS + 1), str(MAX_ITEMS)))
    return Feed(
        title=plain(_text(document, "title"), unescaped=True),
        home_url=home,
        feed_url=web_url(_text(document, "feed_url")),
        description=plain(_text(document, "description"), unescaped=True),
        language=_text(document, "language"),
        updated=moment(_text(_part(document, _OURS), "updated")),
        icon=web_url(_text(document, "icon")),
        next_url=web_url(_text(document, "next_url")),
        entries=tuple(
            _entry(item, home or url, zone) for item in items[:MAX_ITEMS] if isinstance(item, dict)
        ),
        faults=tuple(faults),
    )
