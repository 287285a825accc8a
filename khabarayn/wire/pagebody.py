"""The text of a page with what stands inside it: pictures, captions, films, quotes, tables.

Extraction tells which words are the article's; the page's own tree then gives them back with
everything between them, and without what only surrounds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree

from khabarayn.wire.text import absolute

_BLOCKS = {"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "dd", "dt"}
_HOLDERS = ("figure", "blockquote", "table")
_SKIPPED_TAGS = {
    "script", "style", "nav", "aside", "form", "button", "footer", "template", "select", "input",
    "textarea", "label", "dialog", "h1", "time", "link", "meta",
}  # fmt: skip
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|recommend\w*|newsletter|subscribe|breadcrumbs?"
    r"|comments?|comment-\w+|tags?|tag-?list|post-?tags|byline|author|author-?(?:box|bio|info)"
    r"|entry-meta|post-meta|meta|dateline|date|pagination|advert\w*|ads?|promo|popup|cookie\w*"
    r"|print-only|screen-reader-text|sr-only|more-stories|most-read|widget)(?:$|[\s_-])",
    re.I,
)
_LETTERS = re.compile(r"\W+")
_SHORTEST = 4
# With a smaller share of the extracted words than this the result is discarded.
_ENOUGH = 0.7
_BYLINE = 160
# So many letters beside a time are a sentence; «published on …, updated on …» has fewer.
_SENTENCE = 32


def _letters(text: str) -> str:
    return _LETTERS.sub("", text)


def unwrap_times(root: Any) -> int:
    """Let the words of each <time> in the middle of a sentence be words of the sentence; return
    how many there were. Changes ``root``.

    trafilatura 2.3.1 leaves the words of every <time> out, and the sentence reads on without its
    date. The time of a byline, with few words around it, stays what it is.
    """
    times = [
        time
        for time in root.iter("time")
        if not {"datePublished", "dateModified"} & set(time.get("itemprop", "").split())
        and (block := next(time.iterancestors(*_BLOCKS), None)) is not None
        and not _JUNK.search(f"{block.get('class', '')} {block.get('id', '')}")
        and block.find('.//a[@rel="author"]') is None
        and len(_letters(block.text_content())) - len(_letters(time.text_content())) >= _SENTENCE
    ]
    for time in times:
        time.drop_tag()
    return len(times)


def extract_body(text: str, url: str) -> str:
    """Return the article's words as bare HTML, or '' when none are found."""
    html = trafilatura.extract(
        text,
        url=url or None,
        output_format="html",
        include_comments=False,
        include_tables=True,
        include_links=True,
        include_images=False,
        include_formatting=True,
        favor_recall=True,
        deduplicate=False,
    )
    return html or ""


def _leaves(root: Any) -> Iterator[Any]:
    """The innermost blocks of words."""
    for element in root.iter(*_BLOCKS):
        if next(element.iterdescendants(*_BLOCKS), None) is None:
            yield element


def _surrounds(element: Any) -> bool:
    """Whether ``element`` is only navigation or the like around the article."""
    if element.tag in _SKIPPED_TAGS:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return element.tag not in {"img", "picture"}
    if {"author", "datePublished", "dateModified"} & set(element.get("itemprop", "").split()):
        return True
    class_and_id = f"{element.get('class', '')} {element.get('id', '')}"
    if _JUNK.search(class_and_id) and not element.get("itemprop", "").endswith("articleBody"):
        return len(_letters(element.text_content())) < 600
    # A line of author and time is left out: the fields have both.
    about = element.find('.//a[@rel="author"]') is not None or element.find(".//time") is not None
    return about and element.tag in {"p", "div", "span"} and len(element.text_content()) < _BYLINE


def _ancestor(elements: list[Any]) -> Any:
    """The innermost element that holds all of ``elements``."""
    lines = [[*reversed(list(element.iterancestors()))] for element in elements]
    common = None
    for level in zip(*lines, strict=False):
        if any(part is not level[0] for part in level):
            break
        common = level[0]
    return common


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def body(root: Any, words: str, url: str, title: str) -> str:
    """Return the article inside ``root``, whose ``words`` were extracted; '' when the tree does
    not hold them together. Changes ``root``."""
    article_letters = _letters(words)
    if not article_letters:
        return ""
    heading = _letters(title)
    leaves = {
        leaf
        for leaf in _leaves(root)
        if len(letters := _letters(leaf.text_content())) >= _SHORTEST
        and letters in article_letters
        and not any(above.tag in _SKIPPED_TAGS for above in leaf.iterancestors())
    }
    holder = _ancestor([leaf for leaf in leaves if len(_letters(leaf.text_content())) > 20])
    if holder is None or holder.tag in _HOLDERS or holder.tag in {"html", "ul", "ol", "tr"}:
        return ""
    for element in list(holder.iter()):
        if not isinstance(element.tag, str):
            continue
        if element is not holder and _surrounds(element):
            _drop(element)
    for leaf in list(_leaves(holder)):
        is_body = leaf in leaves or any(above.tag in _HOLDERS for above in leaf.iterancestors())
        is_body = (
            is_body
            or leaf.tag == "blockquote"
            or next(leaf.iter("img", "iframe"), None) is not None
        )
        letters = _letters(leaf.text_content())
        if not is_body or (letters == heading and leaf.tag.startswith("h")):
            _drop(leaf)
    for element in holder.iter("p"):
        for name in ("style", "id"):
            element.attrib.pop(name, None)
        if "caption" not in element.get("class", ""):
            element.attrib.pop("class", None)
    if len(_letters(holder.text_content())) < _ENOUGH * len(article_letters):
        return ""
    parts = [holder.text or ""]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in holder]
    return absolute("".join(parts).strip(), url)
