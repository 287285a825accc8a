"""Packs writers' copy and drawn pictures into the demo edition that stands beside this file.

``python -m khabarayn.demo.pack COPY_DIR PICTURES_DIR`` reads ``COPY_DIR/<slug>.json`` and
``PICTURES_DIR/<slug>.jpg``, ``<slug>-map.jpg`` and ``alts.json`` (``{slug: {alt, caption}}``), and
writes ``stories/*.json`` (ninjs 2.x) and ``pictures/*.jpg``. A piece of copy has ``slug``,
``section``, ``headline``, ``body_html``, ``tags``, ``authors`` (keys of ``edition.json``) and
``age_hours`` before the edition's reference moment; it may have ``short_headline``,
``standfirst``, ``teaser``, ``genre``, ``flags``, ``key_points``, ``chart``, ``map``, ``picture``,
``see_also`` (slugs), ``credit``, ``corrections`` and ``status`` with ``withdrawn_reason``.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import lxml.html

from khabarayn.arabic.slug import hashtags, tag_key
from khabarayn.demo import FOLDER
from khabarayn.wire.feed import NAMESPACE
from khabarayn.wire.moment import iso, moment
from khabarayn.wire.ninjs import Byline, NewsItem, NewsPicture, validator, write

CREDIT = "رسم: خَبَرَيْن"
MIME = "image/jpeg"

Copy = Mapping[str, Any]


class CopyError(ValueError):
    """A piece of copy that cannot be packed; the message names it and says why."""


def uri_of(slug: str) -> str:
    """Return the identity of a demo story.

    >>> uri_of("leap-year")
    'tag:khabarayn.example,2026:demo/leap-year'
    """
    return f"{NAMESPACE}demo/{slug}"


def _cells(name: str, cells: list[Any]) -> str:
    return "<tr>" + "".join(f"<{name}>{escape(str(cell))}</{name}>" for cell in cells) + "</tr>"


def chart(given: Copy) -> str:
    """Return the figures of a chart as the table from which it is drawn."""
    note = " · ".join(
        f"{label}: {escape(given[name])}"
        for name, label in (("unit", "الوحدة"), ("source", "المصدر"))
        if given.get(name)
    )
    small = f"<small>{note}</small>" if note else ""
    rows = "".join(_cells("td", row) for row in given["rows"])
    return (
        f'<table class="chart-{given["kind"]}"><caption>{escape(given["title"])}{small}</caption>'
        f"<thead>{_cells('th', given['columns'])}</thead><tbody>{rows}</tbody></table>"
    )


def figure(picture: NewsPicture) -> str:
    """Return a picture inside the story as HTML, its credit within the caption."""
    return (
        f'<figure><img src="{escape(picture.href)}" alt="{escape(picture.alt)}">'
        f'<figcaption>{escape(picture.caption)} <small class="credit">{escape(picture.credit)}'
        "</small></figcaption></figure>"
    )


def _parts(html: str) -> list[str]:
    """The top-level elements of the copy's body, each as it was written."""
    root = lxml.html.fragment_fromstring(html, create_parent=True)
    if (root.text or "").strip() or any((part.tail or "").strip() for part in root):
        raise CopyError("text stands between the body's elements")
    parts = []
    for part in root:
        part.tail = None
        parts.append(lxml.html.tostring(part, encoding="unicode"))
    return parts


def _after_paragraph(parts: list[str], number: int) -> int:
    """The index behind the paragraph with this number, counted from 1; the end if too few."""
    seen = 0
    for index, part in enumerate(parts):
        seen += part.startswith("<p")
        if seen == number:
            return index + 1
    return len(parts)


def body(copy: Copy, headlines: Mapping[str, str], drawn_map: NewsPicture | None) -> str:
    """Return the story's body: the writer's, with chart, map, key points, pinned stories and the
    closing credit in their places."""
    parts = _parts(copy["body_html"])
    paragraphs = sum(part.startswith("<p") for part in parts)
    inserts: list[tuple[int, str]] = []
    if copy.get("chart"):
        inserts.append((copy["chart"].get("after_paragraph", 3), chart(copy["chart"])))
    if drawn_map:
        inserts.append((2, figure(drawn_map)))
    pinned = copy.get("see_also", [])
    for number, slug in enumerate(pinned, 1):
        if slug not in headlines:
            raise CopyError(f"see_also names an unknown story: {slug}")
        link = f'<a href="story:{slug}">{escape(headlines[slug])}</a>'
        place = max(2, round(paragraphs * number / (len(pinned) + 1)))
        inserts.append((place, f'<p class="see-also">{link}</p>'))
    # From the end, so that what is put in does not move what is still to come; of two in one
    # place the earlier stands first.
    inserts.reverse()
    for place, html in sorted(inserts, key=lambda insert: -insert[0]):
        parts.insert(_after_paragraph(parts, place), html)
    if copy.get("key_points"):
        points = "".join(f"<li>{escape(point)}</li>" for point in copy["key_points"])
        parts.insert(0, f'<aside class="key-points"><ul>{points}</ul></aside>')
    if copy.get("credit"):
        parts.append(f'<p class="credit">{escape(copy["credit"])}</p>')
    for slug in re.findall(r'href="story:([^"]+)"', "".join(parts)):
        if slug not in headlines:
            raise CopyError(f"a link leads to an unknown story: {slug}")
    return "\n".join(parts)


def _picture(name: str, pictures: Path, alt: str, caption: str) -> NewsPicture | None:
    if not (pictures / f"{name}.jpg").is_file():
        return None
    return NewsPicture(f"file:../pictures/{name}.jpg", alt, caption, CREDIT, mime=MIME)


def item(
    copy: Copy,
    edition: Mapping[str, Any],
    headlines: Mapping[str, str],
    pictures: Path,
    alts: Mapping[str, Mapping[str, str]],
) -> NewsItem:
    """Return one piece of copy as a story. Raises `CopyError`."""
    slug = copy["slug"]
    reference = moment(edition["reference"])
    assert reference is not None
    names = {author["slug"]: author["name"] for author in edition["authors"]}
    sections = {section["slug"]: section["name"] for section in edition["sections"]}
    for author in copy["authors"]:
        if author not in names:
            raise CopyError(f"unknown author: {author}")
    if copy["section"] not in sections:
        raise CopyError(f"unknown section: {copy['section']}")

    def at(age_hours: float) -> datetime:
        return (reference - timedelta(hours=age_hours)).replace(second=0, microsecond=0)

    lead = None
    if drawn := copy.get("picture"):
        said = alts.get(slug, {})
        alt, caption = said.get("alt", drawn["alt"]), said.get("caption", drawn["caption"])
        lead = _picture(slug, pictures, alt, caption)
    drawn_map = None
    if given := copy.get("map"):
        said = alts.get(f"{slug}-map", {})
        alt = said.get("alt", given["alt"])
        drawn_map = _picture(f"{slug}-map", pictures, alt, said.get("caption", given["title"]))
    corrections = tuple((at(c["age_hours"]), c["text"]) for c in copy.get("corrections", []))
    published = at(copy["age_hours"])
    return NewsItem(
        uri=uri_of(slug),
        headline=copy["headline"],
        body_html=body(copy, headlines, drawn_map),
        short_headline=copy.get("short_headline", ""),
        standfirst=copy.get("standfirst", ""),
        teaser=copy.get("teaser", ""),
        genre=copy.get("genre", ""),
        version="1",
        published=published,
        updated=max([published, *(when for when, _ in corrections)]),
        status="canceled" if copy.get("status") == "withdrawn" else "usable",
        section=copy["section"],
        section_name=sections[copy["section"]],
        tags=tuple(copy["tags"]),
        authors=tuple(Byline(names[author], author) for author in copy["authors"]),
        copyright="خَبَرَيْن",
        flags=tuple(copy.get("flags", [])),
        lead=lead,
        pictures=(drawn_map,) if drawn_map else (),
        corrections=corrections,
        withdrawn_reason=copy.get("withdrawn_reason") or "",
    )


def _alts(pictures: Path) -> dict[str, dict[str, str]]:
    file = pictures / "alts.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def pack(copy_dir: Path, pictures_dir: Path, out: Path = FOLDER) -> Iterator[str]:
    """Write the demo edition into ``out`` and yield a line for everything that is missing.

    Stories and pictures of which there is no copy any more are removed.
    """
    edition = json.loads((out / "edition.json").read_text("utf-8"))
    alts = _alts(pictures_dir)
    copies = {}
    for file in sorted(copy_dir.glob("*.json")):
        copy = json.loads(file.read_text("utf-8"))
        if copy["slug"] != file.stem:
            raise CopyError(f"{file.name}: its slug is {copy['slug']}")
        copies[file.stem] = copy
    headlines = {slug: copy["headline"] for slug, copy in copies.items()}
    stories, pictures = out / "stories", out / "pictures"
    for folder in (stories, pictures):
        folder.mkdir(exist_ok=True)
    kept: set[Path] = set()
    for slug, copy in copies.items():
        try:
            story = item(copy, edition, headlines, pictures_dir, alts)
        except (CopyError, KeyError) as error:
            raise CopyError(f"{slug}: {error}") from error
        text = write(story)
        validator().validate(json.loads(text))
        target = stories / f"{slug}.json"
        target.write_text(text, "utf-8")
        kept.add(target)
        for picture in filter(None, (story.lead, *story.pictures)):
            name = Path(picture.href).name
            shutil.copyfile(pictures_dir / name, pictures / name)
            kept.add(pictures / name)
        if story.lead is None:
            yield f"{slug}: no picture"
        if copy.get("map") and not story.pictures:
            yield f"{slug}: no map"
        known = {tag_key(tag) for tag in copy["tags"]}
        extra = [t.display for t in hashtags(copy.get("teaser", "")) if t.key not in known]
        if len(extra) > 4:
            yield f"{slug}: many tags only in the teaser: {' '.join(extra)}"
    for file in (*stories.iterdir(), *pictures.iterdir()):
        if file not in kept:
            file.unlink()
            yield f"removed {file.name}"
    yield f"{len(copies)} stories, as of {iso(moment(edition['reference']) or datetime.min)}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m khabarayn.demo.pack COPY_DIR PICTURES_DIR", file=sys.stderr)
        return 2
    try:
        for line in pack(Path(arguments[0]), Path(arguments[1])):
            print(line)
    except CopyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
