"""Turn a parsed file into a proposal: sections, names, links and pictures of this paper."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape

from khabarayn.arabic.bidi import is_arabic
from khabarayn.arabic.normalise import fold
from khabarayn.arabic.slug import hashtags
from khabarayn.article.excerpt import excerpt
from khabarayn.article.identity import public_id
from khabarayn.article.proposal import Proposal, ProposedAuthor, ProposedPicture
from khabarayn.article.story import Section
from khabarayn.ingest.body import cards_for, clean_body, without_tail
from khabarayn.ingest.lead import choose_lead, without_picture
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import NAMESPACE, Entry, Feed
from khabarayn.wire.newsitem import NewsItem, NewsPicture
from khabarayn.wire.text import plain, web_url

LONGEST_URI = 500
LONGEST_STANDFIRST = 400


_STATUS = {"usable": "published", "withheld": "draft", "canceled": "withdrawn"}
_STORY_LINK = re.compile(r"""(href\s*=\s*)(["'])story:([^"'<>\s]+)\2""", re.I)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


class Places:
    """The paper's sections, found by path or by name however it is spelt."""

    def __init__(
        self,
        sections: Iterable[Section],
        *,
        always: str = "",
        map_: Mapping[str, str] | None = None,
        make: Callable[[str, str], str] | None = None,
    ) -> None:
        """``always`` is a path that every story goes to, whatever it says; ``map_`` gives paths of
        ours for names of theirs; ``make`` makes a section that is missing, from the path and the
        name that a story gives, and returns its path."""
        section_list = list(sections)
        self._always = always
        self._by_name: dict[str, str] = {
            **{_key(section.name): section.slug for section in reversed(section_list)},
            **{section.slug: section.slug for section in section_list},
        }
        self._make = make
        own_map = {_key(theirs): ours for theirs, ours in (map_ or {}).items()}
        self._by_name = {**self._by_name, **own_map, **(map_ or {})}
        self.unknown_sections: Counter[str] = Counter()
        tops = [section.slug for section in section_list if section.parent is None]
        self.first = tops[0] if tops else ""

    def create(self, path: str, name: str) -> str:
        """Return the section that is made for a story's ``path`` and ``name``, '' where none may
        be."""
        if self._make is None or not (path or name):
            return ""
        slug = self._make(path, name)
        for key in filter(None, (path, name, slug)):
            self._by_name[key] = self._by_name[_key(key)] = slug
        return slug

    def count_missing(self, *names: str) -> str:
        """Count a section that the paper does not have, by the first of ``names``; return that
        name."""
        first_name = next(filter(None, names), "")
        self.unknown_sections[first_name] += 1
        return first_name

    def of(self, *names: str) -> str:
        """Return the section that the first fitting name names, '' when none does."""
        if self._always:
            return self._always
        slugs = (self._by_name.get(name) or self._by_name.get(_key(name)) for name in names)
        return next(filter(None, slugs), "")


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _spelt_once(tags: Iterable[str], teaser: str) -> tuple[str, ...]:
    """Tag names and the teaser's hashtags, «#اسيا» and «آسيا» as one: the tags' spelling stays."""
    names = [tag.lstrip("#").replace("_", " ") for tag in tags]
    names += [tag.display.lstrip("#").replace("_", " ") for tag in hashtags(teaser)]
    by_key: dict[str, str] = {}
    for name in names:
        if key := _key(name):
            by_key.setdefault(key, name)
    return tuple(by_key.values())


def story_uri(reference: str, sibling: str) -> str:
    """Return the uri that «story:» names: a whole uri, or the last part of a sibling's.

    >>> story_uri("leap-year", "tag:khabarayn.example,2026:demo/moon")
    'tag:khabarayn.example,2026:demo/leap-year'
    >>> story_uri("urn:example:7", "tag:khabarayn.example,2026:demo/moon")
    'urn:example:7'
    """
    reference = unescape(reference)
    if _URI.fullmatch(reference):
        return reference
    head, separator, _ = sibling.rpartition("/")
    return f"{head}{separator}{reference}"


def resolve_links(html: str, uri: str) -> str:
    """Return ``html`` with every «story:» link leading to the address the story has here.

    The address follows from the uri, so a link may come before the story it leads to.
    """

    def address(match: re.Match[str]) -> str:
        target = public_id(story_uri(match[3], uri))
        return f"{match[1]}{match[2]}/a/{target}{match[2]}"

    return _STORY_LINK.sub(address, html)


def _picture(picture: NewsPicture | None) -> ProposedPicture | None:
    if picture is None:
        return None
    return ProposedPicture(
        picture.href, picture.alt, picture.caption, picture.credit, picture.focal
    )


def from_ninjs(item: NewsItem, places: Places, number: int = 0) -> Proposal:
    """Return ``item`` as a proposal. Raises `WireError` when it names a section we do not have."""
    section = _section_of(item, places, number)
    body, left_out = clean_body(item.body_html)
    if item.lead is not None and web_url(item.lead.href):
        body = without_picture(body, item.lead.href)
    notes = [*item.notes, *left_out]
    status = _STATUS[item.status]
    unsure = {"unknown_time", "no_time", "embargo_unread", "expired"}
    if status == "published" and any(code in unsure for code, _ in notes):
        status = "draft"
    return Proposal(
        headline=item.headline,
        origin_uri=_identity(item.uri),
        short_headline=item.short_headline,
        standfirst=item.standfirst,
        teaser=item.teaser,
        body_html=resolve_links(body + _pins(item), item.uri),
        section=section,
        tags=_spelt_once(item.tags, item.teaser),
        authors=tuple(ProposedAuthor(a.name, a.slug, a.role, a.bio) for a in item.authors),
        source_name=item.source_name,
        source_link=item.source_link,
        source_licence=item.licence if item.source_name else "",
        source_url=item.source_url,
        language=language_of(item.language, f"{item.headline} {plain(body)[:2000]}"),
        genre=item.genre,
        lead=_picture(item.lead),
        pictures=tuple(
            (picture.href, proposal_picture)
            for picture in item.pictures
            if (proposal_picture := _picture(picture)) is not None
        ),
        status=status,
        published_at=item.published or item.updated,
        updated_at=item.updated,
        corrections=item.corrections,
        sensitive="sensitive" in item.flags,
        evergreen="evergreen" in item.flags,
        breaking="breaking" in item.flags,
        withdrawn_reason=item.withdrawn_reason,
        see_also=item.see_also,
        translations=tuple(map(_identity, item.translations)),
        embargo=item.embargo,
        embargo_reason=" ".join(item.embargo_reason.split())[:200],
        notes=tuple(notes),
    )


def _section_of(item: NewsItem, places: Places, number: int) -> str:
    """Return the path of the item's section; of one that names none, what its tags say, else the
    first. Raises `WireError` when it names one that we do not have."""
    names = (item.section, item.section_name)
    section = places.of(*names) or places.create(*names)
    if not section and any(names):
        spot = Spot(item=number, path="$.subjects")
        raise WireError(Fault("unknown_section", spot, places.count_missing(*names)))
    return section or places.of(*item.tags) or places.first


def _pins(item: NewsItem) -> str:
    """Return see-also stories that do not stand in the body yet, as paragraphs for its end."""
    return "".join(
        f'\n<p class="see-also"><a href="story:{escape(uri)}">{escape(uri)}</a></p>'
        for uri in item.see_also
        if f"story:{uri}" not in item.body_html
        and f"story:{uri.rpartition('/')[2]}" not in item.body_html
    )


def _identity(uri: str) -> str:
    if len(uri) <= LONGEST_URI:
        return uri
    return f"{NAMESPACE}import/{hashlib.sha256(uri.encode()).hexdigest()}"


def _entry_uri(entry: Entry, feed: Feed) -> str:
    """An entry's identity. Ids that are no uris are unique only within their own feed; what has
    neither id nor address nor title is told by its text."""
    own_id = entry.id or entry.url
    if _URI.fullmatch(own_id):
        return _identity(own_id)
    home = feed.home_url or feed.feed_url or feed.title
    inner = own_id or entry.title.strip() or plain(entry.content) or entry.summary
    return f"{NAMESPACE}import/{hashlib.sha256(f'{home} {inner}'.encode()).hexdigest()}"


_NO_SECTION = {
    _key(name)
    for name in (
        "غير مصنف", "غير مصنّف", "بدون تصنيف", "بلا تصنيف", "بدون قسم", "دون تصنيف", "لا تصنيف",
        "غير محدد", "Uncategorized", "Uncategorised", "Non classé", "Non classe", "Unclassified",
        "Unkategorisiert", "Sin categoría", "Allgemein",
    )
}  # fmt: skip
_ARABIC_SCRIPT = {"ar", "fa", "ur", "ckb", "ku", "ps", "sd", "ug", "prs"}
_SENTENCE = re.compile(r".+?[.؟!?](?=\s|$)", re.S)
_BREAKING = re.compile(r"^[\W_]*(?:عاجل|خبر عاجل|breaking)\s*[|:：\-–—!.]+\s*", re.I)
_HEADLINE_LENGTH = 110
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|ref_src|igshid|at_\w+|ocid)$", re.I
)


def language_of(label: str, words: str) -> str:
    """Return the language that ``words`` are in: what is declared, where the letters can be of it.

    >>> language_of("en-us", "الميناء يستقبل أول باخرة"), language_of("", "The port opens")
    ('ar', 'en')
    >>> language_of("fa", "بندر باز شد"), language_of("ar", "The port opens")
    ('fa', 'en')
    """
    arabic = is_arabic(words)
    fits = (label.lower().partition("-")[0] in _ARABIC_SCRIPT) == arabic
    if label and fits:
        return label
    return "ar" if arabic else "en"


def _bare_address(url: str) -> str:
    """``url`` without the query fields that campaigns add, so that one page has one address."""
    head, separator, query = url.partition("?")
    if not separator:
        return url
    query, mark, fragment = query.partition("#")
    parameters = [part for part in query.split("&") if not _TRACKING.match(part.partition("=")[0])]
    return head + ("?" if parameters else "") + "&".join(parameters) + mark + fragment


def _identities(entry: Entry, feed: Feed) -> tuple[str, ...]:
    """The entry's identity, then those that it had before. Ids that are no uris are unique only
    within their own feed, so the page's address goes first, where the feed does not give one
    address to several stories."""
    own = _entry_uri(entry, feed)
    own_id = entry.id or entry.url
    is_shared = sum(other.url == entry.url for other in feed.entries) > 1
    if _URI.fullmatch(own_id) or not entry.url or is_shared or entry.url == feed.home_url:
        return (own,)
    return _identity(_bare_address(entry.url)), own


def _publication_status(entry: Entry) -> tuple[str, list[tuple[str, str]]]:
    """Whether the story may be public as it comes, and what an editor should know of that."""
    notes = list(entry.notes)
    status = "published"
    if any(code in {"unknown_time", "no_time", "embargo_unread"} for code, _ in notes):
        status = "draft"
    if entry.status:
        notes.append(("foreign_status", entry.status))
        status = "draft"
    return status, notes


def _headline(entry: Entry, text: str) -> tuple[str, bool]:
    """The headline, and whether it had to be made of the text's first sentence."""
    if entry.title.strip():
        return entry.title, False
    first = _BREAKING.sub("", text).strip()
    sentence = _SENTENCE.match(first)
    sentence_text = (sentence[0] if sentence else first).strip().rstrip(".")
    return re.sub(r"^[^\w«\"(]+", "", excerpt(sentence_text, _HEADLINE_LENGTH)), True


def from_entry(entry: Entry, feed: Feed, places: Places, number: int = 0) -> Proposal:
    """Return an entry of a feed, or a page, as a proposal.

    A story whose section we do not have goes to the first one. One whose time is not known, that
    its source holds back, or that has no title is a draft; its notes say so. Raises `WireError`
    («no_headline», «no_body»).
    """
    spot = Spot(item=number, line=entry.line)
    status, notes = _publication_status(entry)
    body, left_out = clean_body(entry.content, entry.base or entry.url)
    notes += left_out
    body += cards_for(entry.players, body, entry.title)
    images = (entry.pictures, entry.image)
    lead, body, lead_notes = choose_lead(*images, body, entry.authors, entry.title)
    notes += lead_notes
    text = plain(body)
    summary = without_tail(entry.summary)
    if not text and summary:
        text, body = summary, body + f"<p>{escape(summary, quote=False)}</p>"
    if not text:
        raise WireError(Fault("no_body", spot))
    headline, from_text = _headline(entry, text)
    if not headline:
        raise WireError(Fault("no_headline", spot))
    if from_text:
        status = "draft"
        notes.append(("untitled", ""))
    section, tags = _section_and_tags(entry, places)
    uri, *also = _identities(entry, feed)
    return Proposal(
        headline=headline,
        origin_uri=uri,
        also_uris=tuple(also),
        standfirst=_standfirst(summary, text),
        body_html=body,
        section=section,
        tags=_spelt_once(tags, ""),
        authors=tuple(ProposedAuthor(name) for name in entry.authors),
        source_name="" if feed.own else feed.title,
        source_link="" if feed.own else feed.home_url,
        source_url="" if feed.own else _bare_address(entry.url),
        language=language_of(feed.language, f"{headline} {text[:2000]}"),
        lead=lead,
        status=status,
        published_at=entry.published or entry.updated,
        updated_at=entry.updated or entry.published,
        embargo=entry.embargo,
        notes=tuple(notes),
        addresses=entry.addresses,
    )


def _standfirst(summary: str, text: str) -> str:
    """Return the summary, cut at a word; empty where it is how the text begins, as in many feeds:
    nobody wants to read that twice."""
    standfirst = excerpt(summary, LONGEST_STANDFIRST)
    return "" if text.startswith(standfirst.rstrip("…. ")[:120]) else standfirst


def _section_and_tags(entry: Entry, places: Places) -> tuple[str, tuple[str, ...]]:
    """Return the path of an entry's section, the first where none is known, and its other tags."""
    section = "" if _key(entry.section) in _NO_SECTION else entry.section
    tags = tuple(t for t in entry.tags if t != entry.section and _key(t) not in _NO_SECTION)
    path = ""
    for own_path, name in entry.sections if section else ():
        path = places.of(own_path, name) or places.create(own_path, name)
    path = path or places.of(section) or places.create("", section) or places.of(*tags)
    if section and not path:
        places.count_missing(section)
    return path or places.first, tags
