"""An article's web page: what JSON-LD and Open Graph say of it, and its text by extraction."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo
from html import escape
from typing import Any
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from khabarayn.wire import pagebody
from khabarayn.wire.decode import decode
from khabarayn.wire.fault import Fault, WireError
from khabarayn.wire.feed import Entry, Feed, FeedImage
from khabarayn.wire.moment import times
from khabarayn.wire.text import absolute, people, plain, web_url

MAX_CHARACTERS = 5_000_000
_ARTICLE_TYPES = re.compile(r"(?:(?:\w*News|Tech)?Article|BlogPosting)\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")

# Silenced: it logs every page without text, which the report says here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _walk(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, list):
        for part in value:
            yield from _walk(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _walk(value.get("@graph"), depth + 1)
        yield from _walk(value.get("mainEntity"), depth + 1)


def _article_data(root: Any) -> dict[str, Any]:
    """The first object of JSON-LD that is an article, or {}."""
    for script in root.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _walk(data):
            types = node.get("@type")
            for kind in types if isinstance(types, list) else [types]:
                if isinstance(kind, str) and _ARTICLE_TYPES.match(kind.rpartition("/")[2]):
                    return node
    return {}


def _meta(root: Any) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for tag in root.iterfind(".//meta"):
        name = (
            tag.get("property")
            or tag.get("name")
            or tag.get("itemprop")
            or tag.get("http-equiv")
            or ""
        ).lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            values.setdefault(name, []).append(content)
    return values


def _text(value: Any, *names: str) -> str:
    """A JSON-LD value as text: itself, or the first named property of an object, or of a list."""
    if isinstance(value, list):
        return next((text for part in value if (text := _text(part, *names))), "")
    if isinstance(value, dict):
        return next((text for name in names if (text := _text(value.get(name)))), "")
    return plain(value) if isinstance(value, str) else ""


def _texts(value: Any, *names: str) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    texts = [text for part in parts if (text := _text(part, *names))]
    return tuple(dict.fromkeys(texts))


def _image(data: dict[str, Any], meta: dict[str, list[str]], base: str) -> FeedImage | None:
    value = data.get("image")
    part = value[0] if isinstance(value, list) and value else value
    address = _text(part, "url", "contentUrl", "@id") or next(
        (meta[name][0] for name in ("og:image", "og:image:url", "twitter:image") if name in meta),
        "",
    )
    url = web_url(urljoin(base, address)) if address else ""
    if not url:
        return None
    details = part if isinstance(part, dict) else {}
    return FeedImage(
        url=url,
        alt=plain(next(iter(meta.get("og:image:alt", ())), "")),
        caption=_text(details.get("caption")) or _text(details.get("description")),
        credit=_text(details.get("creditText")) or _text(details.get("creator"), "name"),
    )


def _body(page: Any, text: str, url: str, title: str, data: dict[str, Any]) -> str:
    if pagebody.unwrap_times(page):
        text = str(lxml.html.tostring(page, encoding="unicode"))
    html = pagebody.extract_body(text, url)
    if html:
        words = "".join(lxml.html.fromstring(html).itertext())
        if whole := pagebody.body(page, words, url, title):
            return whole
    if html:
        root = lxml.html.fromstring(html)
        body = root.find("body")
        parts = []
        for node in root if body is None else body:
            words = " ".join(node.text_content().split())
            # The page's own title comes first in the text; the headline says it already.
            if not words or (not parts and words == title):
                continue
            if node.tag == "h1":
                node.tag = "h2"
            node.tail = None
            parts.append(etree.tostring(node, encoding="unicode", method="html"))
        if parts:
            return absolute("\n".join(parts), url)
    body_text = data.get("articleBody")
    if not isinstance(body_text, str):
        return ""
    paragraphs = (plain(part) for part in re.split(r"\n\s*\n|\n", body_text))
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)


_PUBLISHED_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "publish-date", "publish_date", "publishdate", "published-date", "publication_date",
    "publication-date", "pubdate", "pub_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "dc:date", "article.published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "article_date_original", "originalpublicationdate", "article:published", "published_time",
    "datecreated", "article:created_time", "date", "created",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "modified", "last-modified",
)  # fmt: skip
_AUTHOR = (
    "author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl",
    "citation_author", "article:author",
)  # fmt: skip
_OUTSIDE = {"aside", "nav", "footer", "form"}
_OUTSIDE_CLASS = re.compile(r"comment|related|widget|sidebar|most-read|popular", re.I)
_DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date|datetime|published|publish|pubdate|time|timestamp)"
                         r"(?:$|[\s_-])|تاريخ", re.I)  # fmt: skip
_CHANGED_CLASS = re.compile(r"updated|modified", re.I)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|author-name|writer|كاتب)(?:$|[\s_-])", re.I
)
_LONGEST_DATE, _LONGEST_NAME = 90, 80


def _inside(root: Any) -> Iterator[Any]:
    """The elements of the article's own part of the page, in order."""
    articles = list(root.iterfind(".//article"))
    holder = articles[0] if len(articles) == 1 else root.find(".//main")
    for element in (root if holder is None else holder).iter():
        if not isinstance(element.tag, str):
            continue
        above = [element, *element.iterancestors()]
        if not any(
            part.tag in _OUTSIDE or _OUTSIDE_CLASS.search(part.get("class", "")) for part in above
        ):
            yield element


def _value(element: Any) -> str:
    raw_text = element.get("content") or element.get("datetime") or element.text_content()
    return " ".join(raw_text.split())[:_LONGEST_DATE]


def _properties(root: Any, *names: str) -> Iterator[Any]:
    """The elements that microdata or RDFa gives one of these names, prefix or none."""
    keys = {name.lower() for name in names}
    for element in root.iter():
        if isinstance(element.tag, str):
            own_names = (
                f"{element.get('itemprop', '')} {element.get('property', '')}".lower().split()
            )
            if keys & {part.rpartition(":")[2].rpartition("/")[2] for part in own_names}:
                yield element


def _published_texts(
    article: dict[str, Any], meta: dict[str, list[str]], root: Any
) -> Iterator[str]:
    """What the page says of its time, the surest first."""
    yield from filter(None, (_text(article.get(n)) for n in ("datePublished", "dateCreated")))
    yield from (text for name in _PUBLISHED_NAMES for text in meta.get(name, ()))
    yield from filter(None, map(_value, _properties(root, "datePublished", "pubdate", "issued")))
    time_elements = [e for e in _inside(root) if e.tag == "time"]
    time_elements.sort(key=lambda e: bool(_CHANGED_CLASS.search(e.get("class", ""))))
    for element in time_elements:
        if not element.get("itemprop", "").lower().endswith("modified"):
            yield from filter(None, (element.get("datetime"), element.text_content()))
    for element in _inside(root):
        if _DATE_CLASS.search(element.get("class", "")):
            text = " ".join(element.text_content().split())
            if text and len(text) <= _LONGEST_DATE and re.search(r"\d", text):
                yield text


def _modified_texts(
    article: dict[str, Any], meta: dict[str, list[str]], root: Any
) -> Iterator[str]:
    yield from filter(None, (_text(article.get("dateModified")),))
    yield from (text for name in _MODIFIED_NAMES for text in meta.get(name, ()))
    yield from filter(None, map(_value, _properties(root, "dateModified", "modified")))


def _authors(article: dict[str, Any], meta: dict[str, list[str]], root: Any) -> tuple[str, ...]:
    """The names under the story: of its data, its head, then of the page's own words."""

    def names_in(texts: Iterable[str]) -> tuple[str, ...]:
        names = (n for text in texts if not web_url(text) for n in people(text[:400]))
        return tuple(dict.fromkeys(name for name in names if len(name) <= _LONGEST_NAME))

    def spoken(element: Any) -> str:
        inner = next(_properties(element, "name"), element) if element.tag != "meta" else element
        return " ".join((inner.get("content") or inner.text_content()).split())

    return (
        names_in(_texts(article.get("author"), "name"))
        or names_in(plain(text) for name in _AUTHOR for text in meta.get(name, ())[:6])
        or names_in(spoken(e) for e in _properties(root, "author", "creator"))
        or names_in(spoken(e) for e in _inside(root) if "author" in (e.get("rel") or "").split())
        or names_in(
            text
            for e in _inside(root)
            if _BYLINE_CLASS.search(e.get("class", ""))
            and len(text := " ".join(e.text_content().split())) <= _LONGEST_NAME
        )
    )


def read(data: bytes, url: str = "", charset: str = "", zone: tzinfo = UTC) -> Feed:
    """Return the page as a feed of one entry, named and signed as the page says.

    ``url`` is where the page stands, if it was fetched; ``zone`` is that of a time which names
    none. Raises `WireError` («no_article») when it
    holds no text of an article.
    """
    text = decode(data, charset)[:MAX_CHARACTERS]
    try:
        # A str with an encoding declaration is refused, and the declaration may lie anyway.
        root = lxml.html.document_fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    except (etree.LxmlError, ValueError) as error:
        raise WireError(Fault("no_article")) from error
    article, meta = _article_data(root), _meta(root)
    address = _address(article, meta, root, url)
    title = _title(article, meta, root)
    published_at, updated_at, notes = times(
        _published_texts(article, meta, root), _modified_texts(article, meta, root), zone
    )
    authors = _authors(article, meta, root)
    # Taking the text out changes the tree, so this comes last.
    body = _body(root, text, address or url, title, article)
    if not plain(body):
        raise WireError(Fault("no_article"))
    entry = Entry(
        id=address,
        url=address,
        title=title,
        summary=_text(article.get("description"))
        or _meta_text(meta, "og:description", "description"),
        content=body,
        published=published_at,
        updated=updated_at,
        authors=authors,
        section=_text(article.get("articleSection")) or _meta_text(meta, "article:section"),
        tags=_keywords(article, meta),
        image=_image(article, meta, address or url),
        base=address or url,
        notes=notes,
    )
    return Feed(
        title=_meta_text(meta, "og:site_name") or _text(article.get("publisher"), "name"),
        home_url=urljoin(address, "/") if address else "",
        language=_language(article, meta, root),
        entries=(entry,),
    )


def _meta_text(meta: dict[str, list[str]], *names: str) -> str:
    """Return the first of the page's meta values under one of ``names``, as plain text."""
    return plain(next((meta[name][0] for name in names if name in meta), ""))


def _address(article: dict[str, Any], meta: dict[str, list[str]], root: Any, url: str) -> str:
    """Return the address that the page gives itself, else ``url``; empty where none can be used."""
    canonical = root.find('.//link[@rel="canonical"]')
    candidates = (
        canonical.get("href", "") if canonical is not None else "",
        _meta_text(meta, "og:url"),
        _text(article.get("url")) or _text(article.get("mainEntityOfPage"), "@id", "url"),
        url,
    )
    return next(filter(None, (web_url(urljoin(url, part)) for part in candidates)), "")


def _title(article: dict[str, Any], meta: dict[str, list[str]], root: Any) -> str:
    """Return the headline: of the page's data, its meta values, its first heading, its title."""
    if title := _text(article.get("headline")) or _meta_text(meta, "og:title", "twitter:title"):
        return title
    elements = (root.find(".//h1"), root.find(".//title"))
    texts = (plain(element.text_content()) for element in elements if element is not None)
    return next(filter(None, texts), "")


def _keywords(article: dict[str, Any], meta: dict[str, list[str]]) -> tuple[str, ...]:
    keywords = article.get("keywords") or meta.get("article:tag") or _meta_text(meta, "keywords")
    return _texts(re.split(r"[,،;؛]", keywords) if isinstance(keywords, str) else keywords)


def _language(article: dict[str, Any], meta: dict[str, list[str]], root: Any) -> str:
    """Return the language that the page names, «ar-SA»; empty where it names none."""
    language = (
        _text(article.get("inLanguage"), "alternateName", "name")
        or root.get("lang", "")
        or _meta_text(meta, "og:locale")
    ).replace("_", "-")
    return language if _LANGUAGE.fullmatch(language) else ""
