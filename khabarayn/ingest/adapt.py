"""What came over the wire becomes a proposal: places, names, links and pictures in our terms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.slug import hashtags
from khabarayn.article.excerpt import excerpt
from khabarayn.article.identity import public_id
from khabarayn.article.proposal import Proposal, ProposedAuthor, ProposedPicture
from khabarayn.article.story import Section
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import NAMESPACE, Entry, Feed, FeedImage
from khabarayn.wire.ninjs import NewsItem, NewsPicture
from khabarayn.wire.text import plain

LONGEST_URI = 500
LONGEST_STANDFIRST = 400


_STATUS = {"usable": "published", "withheld": "draft", "canceled": "withdrawn"}
_STORY_LINK = re.compile(r"""(href\s*=\s*)(["'])story:([^"'<>\s]+)\2""", re.I)
_FIRST_PICTURE = re.compile(
    r"\A\s*(?:<(?:figure|p|div|a)\b[^>]*>\s*)*<img\b[^>]*>(?:\s*</(?:figure|p|div|a)>)*", re.I
)
_SOURCE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']([^"']+)["']""", re.I)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


class Places:
    """The paper's sections, found by path or by name however it is spelt."""

    def __init__(self, sections: Iterable[Section], *, always: str = "") -> None:
        """``always`` is a path that every story goes to, whatever it says."""
        found = list(sections)
        self._always = always
        self._by_name: Mapping[str, str] = {
            **{_key(section.name): section.slug for section in reversed(found)},
            **{section.slug: section.slug for section in found},
        }
        tops = [section.slug for section in found if section.parent is None]
        self.first = tops[0] if tops else ""

    def of(self, *names: str) -> str:
        """Return the section that the first fitting name names, '' when none does."""
        if self._always:
            return self._always
        found = (self._by_name.get(name) or self._by_name.get(_key(name)) for name in names)
        return next(filter(None, found), "")


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _spelt_once(tags: Iterable[str], teaser: str) -> tuple[str, ...]:
    """Tag names and the teaser's hashtags, «#اسيا» and «آسيا» as one: the tags' spelling stays."""
    names = [tag.lstrip("#").replace("_", " ") for tag in tags]
    names += [tag.display.lstrip("#").replace("_", " ") for tag in hashtags(teaser)]
    kept: dict[str, str] = {}
    for name in names:
        if key := _key(name):
            kept.setdefault(key, name)
    return tuple(kept.values())


def story_uri(named: str, sibling: str) -> str:
    """Return the uri that «story:» names: a whole uri, or the last part of a sibling's.

    >>> story_uri("leap-year", "tag:khabarayn.example,2026:demo/moon")
    'tag:khabarayn.example,2026:demo/leap-year'
    >>> story_uri("urn:example:7", "tag:khabarayn.example,2026:demo/moon")
    'urn:example:7'
    """
    named = unescape(named)
    if _URI.fullmatch(named):
        return named
    head, cut, _ = sibling.rpartition("/")
    return f"{head}{cut}{named}"


def linked(html: str, uri: str) -> str:
    """Return ``html`` with every «story:» link leading to the address the story has here.

    The address follows from the uri, so a link may come before the story it leads to.
    """

    def address(found: re.Match[str]) -> str:
        target = public_id(story_uri(found[3], uri))
        return f"{found[1]}{found[2]}/a/{target}{found[2]}"

    return _STORY_LINK.sub(address, html)


def _picture(picture: NewsPicture | None) -> ProposedPicture | None:
    if picture is None:
        return None
    return ProposedPicture(
        picture.href, picture.alt, picture.caption, picture.credit, picture.focal
    )


def from_ninjs(item: NewsItem, places: Places, number: int = 0) -> Proposal:
    """Return ``item`` as a proposal. Raises `WireError` when it names a section we do not have."""
    section = places.of(item.section, item.section_name)
    if not section and (item.section or item.section_name):
        named = item.section or item.section_name
        raise WireError(Fault("unknown_section", Spot(item=number, path="$.subjects"), named))
    pinned = "".join(
        f'\n<p class="see-also"><a href="story:{escape(uri)}">{escape(uri)}</a></p>'
        for uri in item.see_also
        if f"story:{uri}" not in item.body_html
        and f"story:{uri.rpartition('/')[2]}" not in item.body_html
    )
    return Proposal(
        headline=item.headline,
        origin_uri=_identity(item.uri),
        short_headline=item.short_headline,
        standfirst=item.standfirst,
        teaser=item.teaser,
        body_html=linked(item.body_html + pinned, item.uri),
        section=section or places.of(*item.tags) or places.first,
        tags=_spelt_once(item.tags, item.teaser),
        authors=tuple(ProposedAuthor(a.name, a.slug, a.role, a.bio) for a in item.authors),
        source_name=item.source_name,
        source_link=item.source_link,
        source_licence=item.licence if item.source_name else "",
        source_url=item.source_url,
        language=item.language,
        genre=item.genre,
        lead=_picture(item.lead),
        pictures=tuple(
            (picture.href, found)
            for picture in item.pictures
            if (found := _picture(picture)) is not None
        ),
        status=_STATUS[item.status],
        published_at=item.published or item.updated,
        updated_at=item.updated,
        corrections=item.corrections,
        sensitive="sensitive" in item.flags,
        evergreen="evergreen" in item.flags,
        breaking="breaking" in item.flags,
        withdrawn_reason=item.withdrawn_reason,
        see_also=item.see_also,
    )


def _identity(uri: str) -> str:
    if len(uri) <= LONGEST_URI:
        return uri
    return f"{NAMESPACE}import/{hashlib.sha256(uri.encode()).hexdigest()}"


def _entry_uri(entry: Entry, feed: Feed) -> str:
    """An entry's identity. Ids that are no uris are unique only within their own feed."""
    named = entry.id or entry.url
    if _URI.fullmatch(named):
        return _identity(named)
    home = feed.home_url or feed.feed_url or feed.title
    inner = named or entry.title
    return f"{NAMESPACE}import/{hashlib.sha256(f'{home} {inner}'.encode()).hexdigest()}"


def _lead(image: FeedImage | None) -> ProposedPicture | None:
    if image is None:
        return None
    return ProposedPicture(image.url, image.alt, image.caption, image.credit)


def from_entry(entry: Entry, feed: Feed, places: Places, number: int = 0) -> Proposal:
    """Return an entry of a feed, or a page, as a proposal.

    A story whose section we do not have goes to the first one. Raises `WireError` («no_headline»,
    «no_body»).
    """
    spot = Spot(item=number, line=entry.line)
    if not entry.title:
        raise WireError(Fault("no_headline", spot))
    body, lead = entry.content, _lead(entry.image)
    text = plain(body)
    if not text:
        raise WireError(Fault("no_body", spot))
    opening = _FIRST_PICTURE.match(body)
    if opening and (first := _SOURCE.search(opening[0])):
        if lead is None:
            lead = ProposedPicture(unescape(first[1]))
        if unescape(first[1]) == lead.path:
            body = body[opening.end() :]
    standfirst = excerpt(
        entry.summary.removesuffix("[…]").removesuffix("[...]").strip(), LONGEST_STANDFIRST
    )
    # Many feeds give the first words of the text for a summary; nobody wants to read them twice.
    if text.startswith(standfirst.rstrip("…. ")[:120]):
        standfirst = ""
    tags = tuple(tag for tag in entry.tags if tag != entry.section)
    return Proposal(
        headline=entry.title,
        origin_uri=_entry_uri(entry, feed),
        standfirst=standfirst,
        body_html=body,
        section=places.of(entry.section, *tags) or places.first,
        tags=_spelt_once(tags, ""),
        authors=tuple(ProposedAuthor(name) for name in entry.authors),
        source_name=feed.title,
        source_link=feed.home_url,
        source_url=entry.url,
        language=feed.language or "ar",
        lead=lead,
        published_at=entry.published or entry.updated,
        updated_at=entry.updated or entry.published,
    )
