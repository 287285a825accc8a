"""Convert the markup of word processors and social networks to plain HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from khabarayn.article.cards import read_captions, read_cards
from khabarayn.article.late import find_pictures
from khabarayn.article.review import without_review

Element = html.HtmlElement

_MARKS_BY_STYLE = (
    (re.compile(r"(?<![\w-])font-weight:\s*(?:bold|[6-9]00)"), "strong"),
    (re.compile(r"font-style:\s*italic"), "em"),
    (re.compile(r"vertical-align:\s*super"), "sup"),
    (re.compile(r"vertical-align:\s*sub"), "sub"),
)
# Word says «mso-bidi-font-weight: normal» of bold Latin letters in an Arabic line.
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|400)")
_HIDDEN_STYLE = re.compile(r"display:\s*none|mso-hide:\s*all")
_WORD_LIST = re.compile(r"mso-list:\s*l\d")
_WORD_BULLET = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"\s*[(\[]?[\w]{1,4}[.)\]-]")
_FRAMES = {"iframe": "src", "embed": "src", "object": "data", "video": "src", "audio": "src"}
_POSTS = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post"
    r"|fb-video|telegram-post|reddit-embed-bq)\b"
)
_PLACES_OF_ADDRESS = ("cite", "data-href", "data-instgrm-permalink", "data-telegram-post")


def _style(element: Element) -> str:
    return element.get("style", "").lower()


def _address_of_embed(frame: Element) -> str:
    inner = frame.find(".//source")
    return (
        frame.get(_FRAMES[str(frame.tag)])
        or frame.get("data-src")
        or (inner.get("src", "") if inner is not None else "")
    ).strip()


def _link_embed(frame: Element) -> None:
    address = _address_of_embed(frame)
    if not address.lower().startswith(("http://", "https://", "//")):
        frame.drop_tree()
        return
    title, tail = frame.get("title", ""), frame.tail
    frame.clear()
    frame.tag, frame.text, frame.tail = "a", title, tail
    frame.set("class", "embed")
    frame.set("href", address)


def _link_post(post: Element) -> None:
    attribute_urls = [post.get(name, "") for name in _PLACES_OF_ADDRESS]
    # The last link of a post is its own address; the others are what it speaks of.
    anchor_urls = [a.get("href", "") for a in post.iter("a")][::-1]
    urls = [
        a for a in attribute_urls + anchor_urls if a.lower().startswith(("http://", "https://"))
    ]
    post.attrib.pop("class", None)
    if urls:
        post.tag = "blockquote"
        post.set("class", "embed")
        post.set("cite", urls[0])


def _is_list_item(element: Element | None) -> bool:
    return element is not None and element.tag == "p" and bool(_WORD_LIST.search(_style(element)))


def _runs_of_items(root: Element) -> Iterator[list[Element]]:
    run: list[Element] = []
    for item in [p for p in root.iter("p") if _is_list_item(p)]:
        if run and (item.getprevious() is not run[-1] or (run[-1].tail or "").strip()):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _list_items(root: Element) -> None:
    for run in _runs_of_items(root):
        holder = html.Element("ul")
        run[0].addprevious(holder)
        holder.tail = run[-1].tail
        for item in run:
            for bullet in [s for s in item.iter("span") if _WORD_BULLET.search(_style(s))]:
                if item is run[0] and _ITEM_NUMBER.match(bullet.text_content()):
                    holder.tag = "ol"
                bullet.drop_tree()
            item.tag, item.tail = "li", None
            holder.append(item)


def _tidy_element(element: Element) -> None:
    tag = element.tag
    if tag not in _FRAMES and not element.attrib:
        return
    style = _style(element)
    if tag in _FRAMES:
        _link_embed(element)
    elif _HIDDEN_STYLE.search(style):
        element.drop_tree()
    elif _POSTS.search(element.get("class", "")) and tag in {"blockquote", "div"}:
        _link_post(element)
    elif tag in {"b", "strong"} and _NOT_BOLD.search(style):
        element.drop_tag()  # Google Docs wraps the whole text in a <b> that is not bold
    elif tag == "span" and style:
        for pattern, meaning in _MARKS_BY_STYLE:
            if pattern.search(style):
                element.tag = meaning
                break


_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LATIN_LETTER = re.compile("[A-Za-z]")
# Languages that Arabic letters are written in.
_ARABIC_TAGS = {"ar", "fa", "ur", "ckb", "ku", "ps", "sd", "ug", "azb", "arz", "ary", "apc", "prs"}


def _true_language(element: Element) -> None:
    """Remove a language that does not fit the letters: word processors name that of their own
    menus, or the one that they were set to (LibreOffice: ``hi-IN`` for every Arabic word)."""
    language = element.get("lang", "").lower().partition("-")[0]
    if not language:
        return
    words = element.text_content()
    arabic, latin = len(_ARABIC_LETTER.findall(words)), len(_LATIN_LETTER.findall(words))
    arabic_named = language in _ARABIC_TAGS
    if (arabic > latin and not arabic_named) or (latin > arabic and arabic_named):
        del element.attrib["lang"]


def tidy(root: Element) -> list[tuple[str, str]]:
    """Change ``root`` in place: Word's list paragraphs become lists, styled spans become
    ``strong`` or ``em``, frames and social posts become links of class ``embed``, late pictures
    get their address, what was struck out and what reviewers said goes.

    Returns what was left out: codes («struck», «left_out») with their values.
    """
    notes = [("struck", deletions)] if (deletions := without_review(root)) else []
    for frame in list(root.iter(*_FRAMES)):
        address = _address_of_embed(frame).lower()
        if frame.getparent() is not None and not address.startswith(("http:", "https:", "//")):
            notes.append(("left_out", f"{frame.tag} {frame.get('title', '')}".strip()))
    find_pictures(root)
    read_cards(root)
    read_captions(root)
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("lang"):
            _true_language(element)
    _list_items(root)
    for element in list(root.iter()):
        # What was dropped with its parent has nothing left to be tidied in.
        if element.tag not in {"html", "body"} and element.getparent() is not None:
            _tidy_element(element)
    return notes
