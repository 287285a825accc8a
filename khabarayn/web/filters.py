"""Template filters and functions: times, counts, pictures, addresses, direction of text."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from babel.core import get_global
from flask import Flask, url_for
from flask_babel import get_locale
from lxml import html as markup
from markupsafe import Markup

from khabarayn.arabic import bidi
from khabarayn.article.chart import chart
from khabarayn.article.excerpt import excerpt as beginning
from khabarayn.article.genre import genre_of
from khabarayn.article.ordered import FOREIGN, isolate, mark_runs
from khabarayn.article.pictures import credit_is_labelled
from khabarayn.article.story import Author, Card, Picture, Section, Tag
from khabarayn.media.standin import grid
from khabarayn.messages.genres import genre_label
from khabarayn.web.filters_dates import (
    by_day,
    date_line,
    day_line,
    digits,
    file_size,
    hijri,
    iso,
    locale_code,
    number,
    reading_time,
    short_date,
    time_of_day,
)
from khabarayn.web.site import paper

_RENDITION = re.compile(r"(?:(\d+x\d+)-)?(\d+)\.(avif|webp|jpg)")
# The ``sizes`` of a picture by its place on the page, from which browsers choose a rendition.
_SIZES = {
    "lead": "(min-width: 78rem) 37rem, (min-width: 64rem) 48vw, 100vw",
    "hero": "(min-width: 50rem) 48rem, 100vw",
    "opening": "(min-width: 78rem) 42rem, (min-width: 40rem) 56vw, 100vw",
    "half": "(min-width: 78rem) 42rem, (min-width: 64rem) 54vw, 100vw",
    "third": "(min-width: 78rem) 24rem, (min-width: 40rem) 31vw, 100vw",
    "quarter": "(min-width: 78rem) 18rem, (min-width: 64rem) 23vw, (min-width: 40rem) 47vw, 100vw",
    "row": "(min-width: 40rem) 11rem, 6.5rem",
    "thumb": "6rem",
    "text": "(min-width: 38rem) 34rem, 94vw",
}


def _widths_of(picture: Picture, crop: str, kind: str) -> list[tuple[int, str]]:
    widths = []
    for name in picture.renditions:
        match = _RENDITION.fullmatch(name)
        if match and (match[1] or "") == crop and match[3] == kind:
            widths.append((int(match[2]), name))
    return sorted(widths)


@lru_cache(maxsize=8192)
def srcset(picture: Picture, crop: str = "", kind: str = "avif") -> str:
    """The renditions of one crop and format as a browser chooses among them; '' when none is."""
    return ", ".join(
        f"{_media(picture, name)} {width}w" for width, name in _widths_of(picture, crop, kind)
    )


def fallback(picture: Picture, crop: str = "") -> str:
    """The address for a browser that knows neither format: JPEG, else what there is."""
    for kind in ("jpg", "webp", "avif"):
        if options := _widths_of(picture, crop, kind):
            return _media(picture, options[-1][1])
    return ""


def box(picture: Picture, crop: str = "") -> tuple[int, int]:
    """The width and height that reserve a picture's place before it is loaded."""
    if not crop:
        return picture.width, picture.height
    across, down = (int(side) for side in crop.split("x"))
    widths = [w for kind in ("jpg", "webp", "avif") for w, _ in _widths_of(picture, crop, kind)]
    width = max(widths, default=across * 40)
    return width, round(width * down / across)


def sizes(place: str) -> str:
    """Return the ``sizes`` attribute of a picture that stands in ``place``."""
    return _SIZES[place]


@lru_cache(maxsize=2048)
def _standin(thumbhash: str, columns: int, rows: int) -> Markup:
    colours = grid(thumbhash, columns, rows)
    cells = "".join(
        f'<path fill="{colour}" d="M{x} {y}h1v1h-1z"/>'
        for y, row in enumerate(colours)
        for x, colour in enumerate(row)
    )
    return Markup(
        f'<svg class="standin" viewBox="0 0 {columns} {rows}" preserveAspectRatio="none"'
        f' aria-hidden="true">{cells}</svg>'
    )


def standin(picture: Picture, columns: int = 4, rows: int = 3) -> Markup:
    """Return the blurred placeholder of a picture, drawn in the page until the picture is
    loaded."""
    return _standin(picture.thumbhash, columns, rows) if picture.thumbhash else Markup("")


def excerpt(text: str, room: int) -> str:
    """The beginning of ``text`` in at most ``room`` characters; all of it when ``room`` is 0."""
    return beginning(text, room) if room else text


def window_title(title: str, name: str) -> str:
    """The title of a window: the page's ``title``, then the site's ``name``."""
    return bidi.bare(f"{title} | {name}")


def bare(text: str) -> str:
    """``text`` without controls of direction, for what other programs show."""
    return bidi.bare(text)


def direction(text: str) -> str:
    """The direction of what people typed, by most of its letters.

    >>> direction("OpenAI تطلق نموذجًا"), direction("Hello")
    ('rtl', 'ltr')
    """
    return bidi.direction_of(text)


def og_locale(language: str = "") -> str:
    """A language with its territory, as Open Graph writes it; the interface's when none is named.

    >>> og_locale("ar"), og_locale("en"), og_locale("fr")
    ('ar_AR', 'en_US', 'fr_FR')
    """
    code = (language or locale_code()).split("_")[0].split("-")[0]
    # Open Graph has one code for Arabic in all countries.
    if code == "ar":
        return "ar_AR"
    return f"{code}_{get_global('likely_subtags').get(code, code).split('_')[-1].upper()}"


@lru_cache(maxsize=4096)
def _inline(source: str, own_host: str, paid: bool) -> Markup:
    if "<a" not in source and not FOREIGN.search(re.sub("<[^<>]*>", "", source)):
        return Markup(source)
    root = markup.fragment_fromstring(f"<div>{source}</div>")
    for link in root.iter("a"):
        host = urlsplit(link.get("href") or "").netloc
        if host and host != own_host:
            link.set("rel", "noopener external sponsored" if paid else "noopener external")
    mark_runs(root)
    html_text = str(markup.tostring(root, encoding="unicode"))
    return Markup(html_text.removeprefix("<div>").removesuffix("</div>"))


def inline(source: str, paid: bool = False) -> Markup:
    """Clean inline markup as the page shows it: outside links say so, those of a story that was
    ``paid`` for say that as well; Latin runs are isolated.

    ``source`` has been cleaned by `khabarayn.article.sanitise`.
    """
    return _inline(source, urlsplit(paper().base_url).netloc, paid)


def dir_attribute(direction: str) -> Markup:
    """Return the attribute of a box whose text has the other direction than the interface; empty
    for others."""
    locale = get_locale()
    same = locale is None or direction == locale.text_direction
    return Markup("") if same else Markup(' dir="{}"').format(direction)


def hue(section: Section | None) -> str:
    """The class that carries a section's colour, to the nearest ten degrees.

    >>> hue(Section("news", "أخبار", 358))
    'hue-0'
    """
    return f"hue-{round(section.hue / 10) * 10 % 360}" if section else ""


def hashtag(tag: Tag) -> str:
    """The tag as people write it in a post: one word, spaces as underscores.

    >>> hashtag(Tag("تاريخ مدن", "تاريخ المدن"))
    '#تاريخ_المدن'
    """
    return "#" + re.sub(r"\s+", "_", tag.name.strip())


def article_url(card: Card) -> str:
    """Return the address of the card's story."""
    return url_for("reader.article", id=card.id)


def section_url(section: Section) -> str:
    """Return the address of the section's page."""
    return url_for("reader.section", section=section.slug)


def tag_url(tag: Tag) -> str:
    """Return the address of the tag's page, its name written with underscores."""
    return url_for("reader.tag", tag=tag.name.replace(" ", "_"))


def author_url(author: Author) -> str:
    """Return the address of the author's page."""
    return url_for("reader.author", author=author.slug)


def host(address: str) -> str:
    """Return the host of a web address as people name it.

    >>> host("https://www.example.org/@samar")
    'example.org'
    """
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _media(picture: Picture, rendition: str) -> str:
    return url_for("reader.media", media_id=picture.address, rendition=rendition)


def register(app: Flask) -> None:
    """Add these filters and functions to ``app``'s templates."""
    for word in (
        article_url, author_url, bare, box, by_day, chart, date_line, day_line, digits,
        direction, excerpt, fallback, file_size, genre_label, hashtag, hijri, host, hue, inline,
        iso, number, og_locale, isolate, reading_time, section_url, short_date, sizes, srcset,
        standin, tag_url, time_of_day, window_title, dir_attribute,
    ):  # fmt: skip
        app.jinja_env.filters[word.__name__] = word
    app.jinja_env.filters["genre_code"] = genre_of
    app.jinja_env.tests["labelled_credit"] = credit_is_labelled
