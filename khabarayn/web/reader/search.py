"""The search page, and suggestions while a query is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from flask import request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.numerals import to_digits
from khabarayn.arabic.plurals import RESULTS, count_phrase
from khabarayn.arabic.slug import tag_key
from khabarayn.article.story import Card, Section
from khabarayn.search.engine import search as find
from khabarayn.search.port import Results, SearchRequest
from khabarayn.search.query import LIMIT
from khabarayn.search.suggest import Suggestions
from khabarayn.search.suggest import suggest as suggestions
from khabarayn.store.queries.authors import author_by_slug
from khabarayn.store.queries.cards import LATEST, cards_in
from khabarayn.store.queries.languages import languages_with_stories
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tag_by_key
from khabarayn.web.language import lists_language
from khabarayn.web.page import Meta, Page
from khabarayn.web.request import Faults, whole
from khabarayn.web.site import paper

INSTEAD = 6
# What an address says that asks in every language of the paper.
ALL = "all"


@dataclass(frozen=True)
class Narrowing:
    """A filter in force: what it says, and the same search without it."""

    label: str
    without: str


@dataclass(frozen=True)
class SearchPage(Page):
    """A search as it was asked, what it led to, and what else may be meant; ``bilingual`` says
    that the paper has stories in other languages, too."""

    template: ClassVar[str] = "reader/search.html"

    search_request: SearchRequest
    results: Results
    count: str
    sections: tuple[Section, ...]
    narrowings: tuple[Narrowing, ...]
    bad: Faults
    links: Mapping[str, str]
    instead: tuple[Card, ...]
    bilingual: bool
    meta: Meta


@dataclass(frozen=True)
class SuggestPiece(Page):
    """What may be meant by the letters typed so far."""

    template: ClassVar[str] = "fragments/suggest.html"

    suggestions: Suggestions


def search() -> str:
    """The page of results; what cannot be understood is left out and said."""
    search_request, bad = _requested_search()
    results = find(search_request, paper().tz)
    title = _("بحث: %(query)s", query=search_request.text) if search_request.text else _("بحث")
    return SearchPage(
        search_request,
        results,
        _count(results),
        tuple(section_tree().by_id.values()),
        _narrowings(search_request),
        bad,
        _links(search_request, results),
        _instead(search_request, results),
        len(languages_with_stories()) > 1,
        Meta(title, index=False),
    ).render()


def suggest() -> str | tuple[str, int]:
    """Suggestions for ``?q=``, as a piece; 204 where there are none."""
    items = suggestions(request.args.get("q", ""), lists_language())
    return SuggestPiece(items).render() if items else ("", 204)


def _requested_search() -> tuple[SearchRequest, Faults]:
    """Return what the address asks for, and what in it could not be understood."""
    args = request.args
    bad: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        raw = to_digits(clean_line(args.get(name, ""), 20).text, "latn")
        try:
            days[name] = date.fromisoformat(raw) if raw else None
        except ValueError:
            days[name] = None
            bad[name] = _("لم نفهم التاريخ «%(date)s»، فبحثنا من دونه.", date=raw)
    since, until = days["from"], days["to"]
    if since and until and since > until:
        since, until = until, since
    page = args.get("page", "1")
    return SearchRequest(
        text=clean_line(args.get("q", ""), LIMIT).text,
        section=clean_line(args.get("section", ""), 120).text,
        tag=clean_line(args.get("tag", ""), 80).text,
        author=clean_line(args.get("author", ""), 80).text,
        since=since,
        until=until,
        sort="date" if args.get("sort") == "date" else "relevance",
        page=whole(page, 3) or 1,
        language="" if args.get("languages") == ALL else lists_language(),
    ), bad


def _count(results: Results) -> str:
    """Return how many stories have every word, in counted words."""
    if not results.total:
        return _("لا خبر فيه كل كلماتك.")
    if str(get_locale() or "ar").startswith("ar"):
        count_text = count_phrase(results.total, RESULTS, paper().digits)  # type: ignore[arg-type]
    else:
        count_text = ngettext("نتيجة واحدة", "%(num)s نتيجة", results.total)
    return _("أكثر من %(count)s", count=count_text) if results.more_than else count_text


def _instead(search_request: SearchRequest, results: Results) -> tuple[Card, ...]:
    """Return what may be read where nothing was found: the latest stories."""
    if results.hits or not (search_request.text or search_request.filtered):
        return ()
    return cards_in(LATEST, limit=INSTEAD, language=lists_language()).cards


def _address(search_request: SearchRequest) -> str:
    """Return the address of a search, with only what it says."""
    values = {
        "q": search_request.text,
        "section": search_request.section,
        "tag": search_request.tag,
        "author": search_request.author,
        "from": search_request.since.isoformat() if search_request.since else "",
        "to": search_request.until.isoformat() if search_request.until else "",
        "sort": search_request.sort if search_request.sort != "relevance" else "",
        "page": str(search_request.page) if search_request.page > 1 else "",
        "languages": "" if search_request.language else ALL,
    }
    query: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for("reader.search", **query)


def _narrowings(search_request: SearchRequest) -> tuple[Narrowing, ...]:
    result = []
    if search_request.tag:
        tag = tag_by_key(tag_key(search_request.tag))
        label = "#" + (tag[0].name if tag else search_request.tag).replace(" ", "_")
        result.append(Narrowing(label, _address(replace(search_request, tag="", page=1))))
    if search_request.author:
        author = author_by_slug(search_request.author)
        label = author[0].name if author else search_request.author
        result.append(Narrowing(label, _address(replace(search_request, author="", page=1))))
    return tuple(result)


def _links(search_request: SearchRequest, results: Results) -> dict[str, str]:
    """Return the links to other pages, to the meant spelling, and to the search without filters."""
    links = {
        "next": _address(replace(search_request, page=search_request.page + 1))
        if search_request.page < results.pages
        else "",
        "previous": _address(replace(search_request, page=search_request.page - 1))
        if search_request.page > 1
        else "",
        "suggestion": "",
        "unfiltered": _address(SearchRequest(search_request.text, language=search_request.language))
        if search_request.filtered and search_request.text
        else "",
        "all": _address(replace(search_request, language="", page=1))
        if search_request.language
        else "",
    }
    if results.suggestion:
        links["suggestion"] = _address(replace(search_request, text=results.suggestion, page=1))
    return links
