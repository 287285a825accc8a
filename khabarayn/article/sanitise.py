"""Make somebody else's HTML safe to keep: size and depth first, then an allow-list."""

from __future__ import annotations

import re

import nh3
from lxml import etree, html

from khabarayn.article import pasted

MAX_BYTES = 1_000_000
MAX_DEPTH = 60


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE_TAGS = _names("strong em a bdi span code sub sup br")
_BLOCK_TAGS = _names(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote cite q footer figure figcaption img small"
    " table caption thead tbody tfoot tr th td pre hr div section article aside header main"
    " address details summary b i"
)
_DROPPED_WHOLE = _names(
    "script style title head template noscript textarea select button svg math xml"
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "table": {"data-unit", "data-source"},
    "caption": {"data-unit", "data-source"},
}
_CLASSES: dict[str, set[str]] = {
    "p": {"credit", "see-also"},
    "div": {"credit", "see-also"},
    "aside": {"key-points", "see-also"},
    "a": {"embed"},
    "blockquote": {"embed"},
    "table": {"chart-bar", "chart-line"},
    "small": {"credit"},
    "span": {"credit"},
}
_LINK_SCHEMES = frozenset({"http", "https", "mailto", "story"})
_PICTURE_SCHEMES = frozenset({"http", "https", "media"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "src", "cite"})
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
# What XML, and so lxml's tree, cannot hold, written plainly or as a number.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_BY_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_OLD_TAGS = re.compile(r"<(/?)([bi])(?=[\s/>])", re.IGNORECASE)
_ENDS_OF_BLOCKS = re.compile(r"(?=</(?:p|div|li|h[1-6]|td|blockquote)>)")
_NEW_NAMES = {"b": "strong", "i": "em"}


class TooLarge(ValueError):
    """The text is longer than a story can be: over ``limit`` of the ``unit``, «bytes» or
    «blocks»."""

    def __init__(self, unit: str, limit: int) -> None:
        super().__init__(f"more than {limit} {unit}")
        self.unit = unit
        self.limit = limit


class TooDeep(ValueError):
    """The tags are nested deeper than ``limit``."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"tags nested deeper than {limit}")
        self.limit = limit


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "dir":
        return value if value in {"ltr", "rtl", "auto"} else None
    if name == "lang":
        return value if _LANGUAGE.fullmatch(value) else None
    scheme = _SCHEME.match(value)
    if tag == "img" and name == "src" and scheme:
        return value if scheme[1].lower() in _PICTURE_SCHEMES else None
    if name in {"href", "cite"} and scheme:
        return value if scheme[1].lower() in _LINK_SCHEMES else None
    return value


_BLOCKS = nh3.Cleaner(
    tags=set(INLINE_TAGS | _BLOCK_TAGS),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    allowed_classes=_CLASSES,
    url_schemes=set(_LINK_SCHEMES | _PICTURE_SCHEMES),
    link_rel=None,
    generic_attribute_prefixes=set(),
)
_INLINE = nh3.Cleaner(
    tags=set(INLINE_TAGS),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes={"a": {"href"}, "span": {"dir", "lang"}, "bdi": {"dir", "lang"}},
    attribute_filter=_attribute,
    url_schemes=set(_LINK_SCHEMES),
    link_rel=None,
    generic_attribute_prefixes=set(),
)


def _without_illegal(text: str) -> str:
    def legal(number: re.Match[str]) -> str:
        code = int(number[1], 16) if number[1] else int(number[2])
        return "" if code > 0x10FFFF or _ILLEGAL.match(chr(code)) else number[0]

    return _ILLEGAL.sub("", _BY_NUMBER.sub(legal, text))


def _check_size(text: str) -> str:
    # A character is at least a byte, so nothing huge is ever copied.
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise TooLarge("bytes", MAX_BYTES)
    return _without_illegal(text)


def tree_of(data: bytes) -> html.HtmlElement | None:
    """Return the parsed HTML of ``data`` (UTF-8), every tag closed; None when nothing is in it."""
    # An own parser each time: lxml's are not to be shared between threads.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        return None


def _well_formed(text: str) -> html.HtmlElement | None:
    # nh3 takes quadratic time in depth. lxml takes linear time, stops by itself at 256 levels,
    # and its tree says how deep the text truly is, unclosed tags and stray ends included.
    root = tree_of(_check_size(text).encode())
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH + 2:  # html and body stand around every text
            raise TooDeep(MAX_DEPTH)
    return root


def _serialise(root: html.HtmlElement) -> str:
    for element in root.iter():
        for name in _ADDRESSES.intersection(element.keys()):
            # Browsers read an address without its tabs and new lines, so must the allow-list.
            element.set(name, _INVISIBLE.sub("", element.get(name, "")).strip())
    body = root.find("body")
    if body is None:
        return ""
    text = etree.tostring(body, method="html", encoding="unicode", with_tail=False)
    return text.removeprefix("<body>").removesuffix("</body>")


def clean_html(text: str) -> str:
    """Return ``text`` with nothing in it but what a story's body may hold.

    Frames and social posts come back as plain links of class ``embed``; word processors'
    leftovers are gone. Takes linear time.
    Raises `TooLarge` or `TooDeep`.

    >>> clean_html('<p onclick="x()">خبر <a href="javascript:x">هنا</a><script>x</script></p>')
    '<p>خبر <a>هنا</a></p>'
    """
    root = _well_formed(text)
    if root is None:
        return ""
    pasted.tidy(root)
    return _BLOCKS.clean(_serialise(root)).strip()


def clean_inline(text: str) -> str:
    """Return the inline markup of one block: ``strong em a bdi span code sub sup br`` and text.

    Raises `TooLarge` or `TooDeep`.

    >>> clean_inline('<b>عاجل</b> <div>في <span lang="en" style="x">Doha</span></div>')
    '<strong>عاجل</strong> في <span lang="en">Doha</span>'
    """
    if "<" not in text and "&" not in text:
        return _check_size(text).replace("\xa0", " ").replace(">", "&gt;").strip()
    root = _well_formed(text)
    if root is None:
        return ""
    current_markup = _OLD_TAGS.sub(lambda m: f"<{m[1]}{_NEW_NAMES[m[2].lower()]}", _serialise(root))
    safe_html = _INLINE.clean(_ENDS_OF_BLOCKS.sub(" ", current_markup))
    # What stood inside a table or a block may be nested anew once that is gone.
    return _INLINE.clean(safe_html).replace("&nbsp;", " ").strip()
