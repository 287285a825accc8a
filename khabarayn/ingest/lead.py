"""Choose a story's lead picture, and report what was not used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from khabarayn.article.late import is_avatar, is_blank
from khabarayn.article.proposal import ProposedPicture
from khabarayn.article.sanitise import tree_of
from khabarayn.ingest.body import picture_key
from khabarayn.ingest.images import FIGURE, rewrite, sources, tags, without_figures
from khabarayn.wire.feed import FeedImage
from khabarayn.wire.text import web_url

# Pixels: a narrower picture is no lead; below `SOFT` the report mentions it.
SMALLEST, SOFT = 200, 600
_BLOGGER_SIZE = re.compile(r"/(?:s\d{2,3}(?:-[a-z]+)*|w\d+-h\d+(?:-[a-z-]+)*)/(?=[^/]+$)")
_BLOGGER_HOST = re.compile(r"//(?:\d\.bp\.blogspot\.com|blogger\.googleusercontent\.com)/")
_EMPTY = re.compile(r"<(p|a|div)\b[^<>]*>\s*</\1>", re.I)
_WRAPPERS = 3  # elements around a picture: a link in a paragraph in a box
_OPENING = re.compile(r"\A\s*(?:<(?:figure|p|div|a|picture)\b[^<>]*>\s*)*<img\b", re.I)


def _large_address(address: str) -> str:
    """Return the address of the large picture for one of Blogger's small ones."""
    return _BLOGGER_SIZE.sub("/s1600/", address) if _BLOGGER_HOST.search(address) else address


def _words(picture: FeedImage, headline: str) -> str:
    """The alt text; the name of a file is none."""
    stem = unquote(picture.url.rpartition("/")[2].partition("?")[0].rpartition(".")[0])
    alt = picture.alt.strip()
    bare = re.sub(r"[\W_]+", "", alt).lower()
    named_file = bare == re.sub(r"[\W_]+", "", stem).lower() or re.fullmatch(
        r"(?:img|dsc|image|photo|wp-image)?[-_ ]?\d*(?:\.\w{3,4})?", alt, re.I
    )
    return "" if named_file or alt == headline else alt


def choose_lead(
    pictures: Iterable[FeedImage],
    first: FeedImage | None,
    body: str,
    authors: Iterable[str] = (),
    headline: str = "",
) -> tuple[ProposedPicture | None, str, list[tuple[str, str]]]:
    """Return the lead picture of a story, its body without that picture, and notes.

    ``pictures`` are all that the entry names, ``first`` is the one that the format puts first. An
    author's portrait, a place-holder or a thumbnail is never the lead: then it is a picture of the
    body, or none.
    """
    names = set(authors)
    notes: list[tuple[str, str]] = []
    candidates = list(dict.fromkeys(([first] if first else []) + list(pictures)))
    fitting: list[FeedImage] = []
    has_refusal = False
    for picture in candidates:
        face = is_avatar(picture.url) or (picture.alt and picture.alt in names)
        large = _large_address(picture.url)
        narrow = 0 < picture.width < SMALLEST and large == picture.url
        if face or is_blank(picture.url) or narrow:
            has_refusal = True
            notes.append(("no_lead", picture.url[:120]))
        else:
            fitting.append(picture)
    lead = None
    if fitting:
        best = fitting[0]
        lead = ProposedPicture(
            _large_address(best.url), _words(best, headline), best.caption, best.credit
        )
    inside = sources(body)
    if lead is None and inside and web_url(inside[0]) and (has_refusal or _OPENING.match(body)):
        lead = ProposedPicture(inside[0])
    if lead is None:
        return None, body, notes
    # The lead picture is removed from the body; its caption's words stay.
    key = picture_key(lead.path)
    for source in inside:
        if picture_key(source) == key:
            alt, caption = _caption_and_credit(body, source)
            body = without_picture(body, source)
            lead = ProposedPicture(
                lead.path, lead.alt or alt, lead.caption or caption, lead.credit, lead.focal
            )
    return lead, body, notes


def _caption_and_credit(body: str, source: str) -> tuple[str, str]:
    for figure in FIGURE.finditer(body):
        if source in sources(figure[0]):
            return _alt(figure[0], source), _caption(figure[0])
    return _alt(body, source), ""


def _alt(html: str, source: str) -> str:
    return next((tag.alt for tag in tags(html) if tag.source == source), "")


def _caption(figure: str) -> str:
    root = tree_of(figure.encode("utf-8", "replace"))
    caption = next(root.iter("figcaption"), None) if root is not None else None
    return " ".join(caption.text_content().split()) if caption is not None else ""


def without_picture(html: str, source: str) -> str:
    """Return ``html`` without the picture at ``source``; a figure that shows it alone goes too."""

    html = without_figures(html, lambda other: other == source)
    html = rewrite(html, lambda tag: "" if tag.source == source else tag.text)
    for _ in range(_WRAPPERS):
        html = _EMPTY.sub("", html)
    return html
