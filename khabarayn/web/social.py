"""Metadata of pages for search engines and chat applications: Open Graph and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import url_for

from khabarayn.arabic.bidi import bare
from khabarayn.article.byline import is_staff_byline
from khabarayn.article.excerpt import excerpt
from khabarayn.article.genre import ANALYSIS, LETTER, OPINION, SPONSORED, genre_of, is_sponsored
from khabarayn.article.plain import text_of
from khabarayn.article.standing import (
    ABOUT,
    CONTACT,
    CORRECTIONS,
    OWNERSHIP,
    TERMS,
    StandingPage,
    page_path,
)
from khabarayn.article.story import Author, Picture, Section, Story, Version
from khabarayn.media.share_picture import SIZE as SHARE_SIZE
from khabarayn.messages.genres import genre_label
from khabarayn.store.queries.languages import main_language, stored_language
from khabarayn.store.queries.site import accounts, page_links, page_versions
from khabarayn.store.queries.translations import other_versions
from khabarayn.web.language import request_locale
from khabarayn.web.page import Meta
from khabarayn.web.site import absolute, appearance, face_url, paper

DESCRIPTION = 200
# Search engines and chat apps show a large picture from 1200 pixels on.
LARGE = 1200
SHARE_WIDTHS = ("16x9-1280.jpg", "1200.jpg", "16x9-800.jpg", "800.jpg")
_JPEG = re.compile(r"(?:(\d+)x(\d+)-)?(\d+)\.jpg")


def article_meta(story: Story, address: str) -> Meta:
    """Return the meta of a story whose canonical address is ``address``.

    A picture that is too small to be shown large (an older one may have no wide JPEG) gives way to
    the card that is drawn of the headline.
    """
    card = story.card
    picture = card.picture if card.picture and _is_large(card.picture) else None
    image = share_picture(picture) if picture else ""
    card_image = absolute(url_for("reader.share", id=card.id))
    return Meta(
        title=card.title,
        description=excerpt(card.standfirst or card.teaser, DESCRIPTION),
        share_text=excerpt(card.teaser or card.standfirst, DESCRIPTION),
        canonical=address,
        image=image or card_image,
        image_alt=picture.alt if picture and image else card.title,
        image_size=_share_size(picture) if picture and image else SHARE_SIZE,
        language=card.language,
        published=_first_published(story),
        modified=card.updated_at.isoformat(),
        section=card.section.name,
        tags=tuple(tag.name for tag in story.tags),
        kind="article",
        versions=version_addresses(story.versions),
        jsonld=_document(
            [_news_article(story, address, image or card_image), breadcrumbs(card.section.trail)]
        ),
    )


def version_addresses(versions: Sequence[Version]) -> tuple[tuple[str, str], ...]:
    """Return (language, absolute address) of every version of a story; none where it has one."""
    if len(versions) < 2:
        return ()
    return tuple((one.language, absolute(f"/a/{one.id}")) for one in versions)


def share_picture(picture: Picture) -> str:
    """Return the absolute address of the JPEG that other sites may show, or nothing."""
    rendition = _share_rendition(picture)
    if not rendition:
        return ""
    return absolute(url_for("reader.media", media_id=picture.address, rendition=rendition))


def _is_large(picture: Picture) -> bool:
    size = _share_size(picture)
    return size is None or size[0] >= LARGE


def _share_rendition(picture: Picture) -> str:
    jpegs = [name for name in picture.renditions if name.endswith(".jpg")]
    return next((name for name in SHARE_WIDTHS if name in jpegs), jpegs[0] if jpegs else "")


def _share_size(picture: Picture) -> tuple[int, int] | None:
    """Return width and height of the shared JPEG, told from its name."""
    match = _JPEG.fullmatch(_share_rendition(picture))
    if not match:
        return None
    width = int(match[3])
    across, down = (int(match[1]), int(match[2])) if match[1] else (picture.width, picture.height)
    return (width, round(width * down / across)) if across else None


def _first_published(story: Story) -> str:
    return (story.first_published_at or story.card.published_at).isoformat()


def _origin(story: Story) -> dict[str, Any]:
    """The publisher of an agency's story without names, in place of authors."""
    if story.source is None:
        return {}
    organization = {"@type": "Organization", "name": story.source.name}
    return {**organization, "url": story.source.url} if story.source.url else organization


# What schema.org calls the standing pages of a paper.
_POLICIES = {
    "mainEntityOfPage": ABOUT,
    "publishingPrinciples": ABOUT,
    "correctionsPolicy": CORRECTIONS,
    "ownershipFundingInfo": OWNERSHIP,
    "actionableFeedbackPolicy": CONTACT,
}
_PAGE_TYPES = {ABOUT: "AboutPage", CONTACT: "ContactPage"}


def _page_addresses() -> dict[str, str]:
    """Return the addresses of the published pages by slug, for readers of this language."""
    links = page_links(stored_language(request_locale()))
    return {link.slug: absolute(link.path) for link in links}


def publisher() -> dict[str, Any]:
    """Return the paper itself as schema.org names it; nobody changes what is returned."""
    return _publisher(appearance())


@lru_cache(maxsize=16)
def _publisher(paper_appearance: str) -> dict[str, Any]:
    del paper_appearance
    organization: dict[str, Any] = {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#paper"),
        "name": paper().site_name,
        "url": absolute("/"),
        "logo": {
            "@type": "ImageObject",
            "url": absolute(face_url("icon-512.png")),
        },
    }
    if profiles := accounts():
        organization["sameAs"] = [account.url for account in profiles]
    pages = _page_addresses()
    organization |= {
        property_name: pages[slug] for property_name, slug in _POLICIES.items() if slug in pages
    }
    if contact := pages.get(CONTACT):
        organization["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "url": contact,
        }
    return organization


def standing_meta(page: StandingPage) -> Meta:
    """Return the meta of a standing page, at its canonical address."""
    address = absolute(page_path(page.page))
    slug = page.page.rpartition("/")[2]
    versions = tuple(
        (link.language or main_language(), absolute(link.path))
        for link in page_versions()
        if link.slug == slug
    )
    description = excerpt(page.standfirst or text_of(page.blocks), DESCRIPTION)
    node = {
        "@type": _PAGE_TYPES.get(slug, "WebPage"),
        "@id": address,
        "url": address,
        "name": page.headline,
        "description": description,
        "inLanguage": page.language,
        "dateModified": page.updated_at.isoformat(),
        "isPartOf": {"@id": absolute("/#site")},
        "publisher": publisher(),
    }
    if slug == ABOUT:
        node["mainEntity"] = {"@id": absolute("/#paper")}
    return Meta(
        page.headline,
        description,
        address,
        language=page.language,
        jsonld=_document([node]),
        versions=versions if len(versions) > 1 else (),
    )


def front_jsonld() -> str:
    """Return what the front page says of the site: the paper, and how its search is asked."""
    search = absolute(url_for("reader.search"))
    site = {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": paper().site_name,
        "url": absolute(url_for("reader.home")),
        "inLanguage": request_locale(),
        "publisher": {"@id": absolute("/#paper")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }
    if terms := _page_addresses().get(TERMS):
        site["usageInfo"] = terms
    return _document([site, publisher()])


def breadcrumbs(trail: tuple[Section, ...]) -> dict[str, Any]:
    """Return the way from the front page down to the last of these sections; nobody changes what
    is returned."""
    return _breadcrumbs(trail, appearance())


@lru_cache(maxsize=512)
def _breadcrumbs(trail: tuple[Section, ...], paper_appearance: str) -> dict[str, Any]:
    del paper_appearance
    steps = [(paper().site_name, absolute(url_for("reader.home")))]
    steps += [
        (section.name, absolute(url_for("reader.section", section=section.slug)))
        for section in trail
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def section_jsonld(trail: tuple[Section, ...]) -> str:
    """Return what a section's page says of its place on the site."""
    return _document([breadcrumbs(trail)])


def author_jsonld(author: Author, address: str) -> str:
    """Return what an author's page at ``address`` says of who it is about."""
    page = {"@type": "ProfilePage", "url": address, "mainEntity": _author(author, address)}
    return _document([page])


def _author(author: Author, address: str) -> dict[str, Any]:
    staff = is_staff_byline(author.name)
    person: dict[str, Any] = {
        "@type": "Organization" if staff else "Person",
        "name": author.name,
        "url": address,
    }
    if author.role and not staff:
        person["jobTitle"] = author.role
    if author.portrait and (image := share_picture(author.portrait)):
        person["image"] = image
    if author.email:
        person["email"] = author.email
    if author.links:
        person["sameAs"] = list(author.links)
    return person


def _document(graph: list[dict[str, Any]]) -> str:
    data = {"@context": "https://schema.org", "@graph": graph}
    return bare(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _version(one: Version) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "url": absolute(f"/a/{one.id}"),
        "headline": one.headline,
        "inLanguage": one.language,
    }


# What schema.org calls a story that is no plain report.
_TYPES = {
    OPINION: "OpinionNewsArticle",
    LETTER: "OpinionNewsArticle",
    ANALYSIS: "AnalysisNewsArticle",
    SPONSORED: "AdvertiserContentArticle",
}


def _news_article(story: Story, address: str, image: str) -> dict[str, Any]:
    card = story.card
    organization = publisher()
    node: dict[str, Any] = {
        "@type": _TYPES.get(genre_of(card.genre), "NewsArticle"),
        "mainEntityOfPage": address,
        "url": address,
        "headline": card.headline,
        "description": card.standfirst or card.teaser,
        "datePublished": _first_published(story),
        "dateModified": card.updated_at.isoformat(),
        "inLanguage": card.language,
        "articleSection": [section.name for section in card.section.trail],
        "keywords": [tag.name for tag in story.tags],
        "wordCount": story.word_count,
        "isAccessibleForFree": True,
        "author": [
            _author(author, absolute(url_for("reader.author", author=author.slug)))
            for author in story.authors
        ]
        or [_origin(story) or organization],
        "publisher": organization,
    }
    if card.genre:
        node["genre"] = genre_label(card.genre) or card.genre
    if is_sponsored(card.genre) and story.source:
        node["sponsor"] = {"@type": "Organization", "name": story.source.name}
    if image:
        node["image"] = [image]
    if others := other_versions(story.versions, story.id):
        # What was there first is the work, and the others are its translations.
        if story.versions[0].id == story.id:
            node["workTranslation"] = [_version(one) for one in others]
        elif story.versions[0] in others:
            node["translationOfWork"] = _version(story.versions[0])
    if story.corrections:
        node["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": correction.text,
                "datePublished": correction.at.isoformat(),
            }
            for correction in story.corrections
        ]
    return node
