"""Sitemaps: an index by month, fronts and standing pages, and the news of the last two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flask import Response, abort, url_for

from khabarayn.arabic.bidi import bare
from khabarayn.article.genre import is_sponsored
from khabarayn.article.story import Card
from khabarayn.store.queries.languages import languages_with_stories, list_languages
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import page_versions
from khabarayn.store.queries.sitemap import cards_between, cards_of_last, published_months
from khabarayn.store.queries.translations import versions_between
from khabarayn.web.language import lists_language
from khabarayn.web.site import absolute, paper
from khabarayn.web.social import share_picture, version_addresses
from khabarayn.wire.sitemap import Address, write, write_index

# What Google News reads: stories of the last two days, a thousand at most.
NEWS_HOURS = 48
NEWS_LIMIT = 1_000


def index() -> Response:
    """The list of sitemaps: fronts and standing pages, then a month each, the newest first."""
    months = published_months()
    maps = [(absolute(url_for("feeds.pages")), months[0].changed_at if months else None)]
    maps += [
        (
            absolute(url_for("feeds.month", month=(month_entry.year, month_entry.month))),
            month_entry.changed_at,
        )
        for month_entry in months
    ]
    return _xml(write_index(maps))


def pages() -> Response:
    """The front, the latest and every section, in each language that has stories, and the standing
    pages."""
    tree = section_tree()
    fronts = ["/", "/latest", *(f"/s/{slug}" for slug in tree.ids)]
    addresses = [Address(url, versions=versions) for url, versions in _in_languages(fronts)]
    addresses += [
        Address(
            absolute(link.path),
            changed_at=datetime.fromisoformat(link.changed_at),
        )
        for link in page_versions()
    ]
    return _xml(write(addresses))


def _in_languages(
    paths: Iterable[str],
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the absolute address of each of these paths in each language that has stories, with
    (language, address) of all of them."""
    languages = languages_with_stories()
    for path in paths:
        versions = tuple(
            (language, absolute(path if language == languages[0] else f"/{language}{path}"))
            for language in languages
        )
        for _language, url in versions:
            yield url, versions if len(versions) > 1 else ()


def month(month: tuple[int, int]) -> Response:
    """The stories first listed in a month (UTC); 404 for a month without any."""
    year, number = month
    start = datetime(year, number, 1, tzinfo=UTC)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    cards = [card for language in list_languages() for card in cards_between(start, end, language)]
    if not cards:
        abort(404)
    versions = versions_between(start, end) if len(languages_with_stories()) > 1 else {}
    return _xml(
        write(
            _address(card, versions=version_addresses(versions.get(card.id, ()))) for card in cards
        )
    )


def news() -> Response:
    """The stories of the last `NEWS_HOURS` in the language of the address, with what news search
    engines ask for; what somebody paid for is no news to them."""
    settings = paper()
    recent = cards_of_last(NEWS_HOURS, lists_language(), NEWS_LIMIT)
    cards = [card for card in recent if not is_sponsored(card.genre)]
    return _xml(write(_address(card, settings.site_name) for card in cards))


def _address(
    card: Card, publication: str = "", versions: tuple[tuple[str, str], ...] = ()
) -> Address:
    image = share_picture(card.picture) if card.picture else ""
    url = absolute(f"/a/{card.id}")
    if not publication:
        return Address(url, changed_at=card.updated_at, image=image, versions=versions)
    return Address(
        url,
        image=image,
        title=bare(card.headline),
        publication=publication,
        language=card.language,
        published=card.published_at,
    )


def _xml(body: str) -> Response:
    return Response(body, content_type="application/xml; charset=utf-8")
