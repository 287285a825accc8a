"""Clean the body of an imported story of what its source's software left in it, and report it."""

from __future__ import annotations

import re
from html import escape, unescape

from lxml import etree, html

from khabarayn.article.cards import spelt_out
from khabarayn.article.late import is_blank
from khabarayn.article.pasted import tidy
from khabarayn.article.sanitise import tree_of
from khabarayn.wire.text import absolute_url, web_url

Notes = list[tuple[str, str]]

# HTML that was escaped once more on its way: its tags stand there as words.
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|div|br|img|a|strong|b|em|span|h[1-6]|ul|ol|li|figure|blockquote)\b", re.I
)
_BLOCK = re.compile(r"<(?:p|div|br|img|h[1-6]|ul|ol|figure|blockquote|table)\b", re.I)
_MARKS = re.compile("[\u064b-\u0652\u0640\u200b-\u200f]")
_WORD = r".{0,400}?"
_TAILS = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        rf"(?:the|this) (?:post|article|story|entry)\b{_WORD}\b(?:appeared first|first appeared"
        rf"|was (?:first |originally )?published|originally appeared)\b.{{0,300}}",
        r"originally published (?:at|on|in)\b.{0,300}",
        rf"{_WORD} was originally published in .{{0,200}} on medium.{{0,300}}",
        r"(?:ظهرت?|نشرت?|تم نشر|كتبت?)\s(?:هذه? )?(?:ال)?(?:مقالة?|تدوينة|منشور|موضوع|خبر"
        r"|مادة|تقرير|مشاركة)"
        rf"\b{_WORD}(?:أولا|اولا|أول مرة|اول مرة|للمرة الأولى|لأول مرة)\b.{{0,300}}",
        rf"(?:l.article|cet article|le post|ce billet){_WORD}(?:est |a été )?(?:apparu|publié)"
        r" en premier.{0,300}",
        r"(?:continue reading|read more|read the (?:full|rest)|click here to read)\b.{0,200}",
        r"(?:تابع القراءة|متابعة القراءة|أكمل القراءة|اقرأ المزيد|إقرأ المزيد|قراءة المزيد"
        r"|للمزيد اضغط|المزيد\s*(?:[.…»←]|$)).{0,200}",
    )
)
_MORE = re.compile(r"(?:\s*(?:\[\s*(?:…|\.\.\.|&#8230;|&hellip;)\s*\]|…|\.\.\.))+\s*$")
_PLUGIN_CLASSES = re.compile(
    r"\b(?:sharedaddy|jp-relatedposts|feedflare|addtoany\w*|a2a_kit|post-views|yarpp\w*|crp_related"
    r"|tptn_\w+|wp-block-jetpack-subscriptions|mc4wp\w*|wpulike|heateor\w*|essb_links)\b",
    re.I,
)
_TAIL_BLOCKS = 3
_LONGEST_TAIL = 700
_PICTURE_SIZE = re.compile(
    r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)|-scaled(?=\.\w{3,4}$)|_(?:thumb|small|medium|large)(?=\.\w{3,4}$)"
)
_CDN = re.compile(r"^i\d\.wp\.com/")


def is_tail(text: str) -> bool:
    """Say whether ``text`` is the line that a program put under a story for its feed.

    >>> is_tail("The post خبر appeared first on الواحة."), is_tail("ظهر الهلال أولًا في الغرب.")
    (True, False)
    >>> is_tail("ظهرت المقالة «خبر» أولاً على صحيفة الواحة."), is_tail("اقرأ المزيد »")
    (True, True)
    """
    text = _MARKS.sub("", " ".join(text.split()))
    return 0 < len(text) <= _LONGEST_TAIL and any(tail.fullmatch(text) for tail in _TAILS)


def without_tail(text: str) -> str:
    """Return plain ``text`` without such a line at its end, and without the dots of a summary
    that was cut."""
    before = None
    while before != text:
        before = text
        for tail in ("The post ", "ظهرت المقالة", "ظهرت التدوينة", "ظهر المقال", "ظهر المنشور",
                     "L'article ", "L’article ", "Continue reading", "Read more", "تابع القراءة",
                     "اقرأ المزيد", "إقرأ المزيد", "This post ", "أكمل القراءة",
                     "متابعة القراءة", "نُشر المقال", "نشر المقال"):  # fmt: skip
            at = text.rfind(tail)
            if at >= 0 and is_tail(text[at:]):
                text = text[:at].rstrip()
        text = (
            _MORE.sub("", text) if _MORE.search(text) and not text.endswith(("؟…", "!…")) else text
        )
    return text.strip()


def picture_key(address: str) -> str:
    """Return what two sizes of one picture have in common.

    >>> picture_key("https://x.example/u/a-300x200.jpg?w=300") == picture_key("http://x.example/u/a.jpg")
    True
    """
    bare = re.sub(r"^https?://", "", address.partition("?")[0].partition("#")[0])
    bare = re.sub(r"/(?:s\d{2,4}(?:-[a-z]+)?|w\d+-h\d+(?:-[a-z-]+)?)/", "/", _CDN.sub("", bare))
    # Programs that serve pictures tell them apart by their query.
    if re.search(r"\.(?:php|aspx?|ashx|cgi)$|/image$", bare, re.I):
        return re.sub(r"^https?://", "", address)
    return _PICTURE_SIZE.sub("", bare)


def clean_body(markup: str, base: str = "") -> tuple[str, Notes]:
    """Return ``markup`` ready to be a body, and notes on what was left out of it.

    HTML that was escaped twice is read; late pictures, captions and cards have their plain form;
    struck text, the lines that programs put under a story and doubled pictures are gone; every
    address is whole.
    """
    notes: Notes = []
    for _ in range(2):
        if not _ESCAPED_TAG.search(markup) or _BLOCK.search(markup):
            break
        markup = unescape(markup)
    markup, codes = spelt_out(markup)
    notes += [("left_out", code) for code in codes]
    root = tree_of(markup.encode("utf-8", "replace")) if "<" in markup else None
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        return markup, notes
    for element in list(body.iter()):
        here = isinstance(element.tag, str) and element.getparent() is not None
        if here and _PLUGIN_CLASSES.search(element.get("class", "")):
            element.drop_tree()
    notes += tidy(root)
    _drop_tails(body)
    _whole(body, base)
    _once(body)
    html_text = etree.tostring(body, method="html", encoding="unicode", with_tail=False)
    return html_text.removeprefix("<body>").removesuffix("</body>"), notes


def _drop_tails(body: html.HtmlElement) -> None:
    blocks = list(body.iter("p", "div", "li", "blockquote", "h2", "h3", "h4"))
    blocks = [e for e in blocks if next(e.iterdescendants("p", "div", "li"), None) is None]
    last = [e for e in blocks if e.text_content().strip()][-_TAIL_BLOCKS:]
    for element in reversed(last):
        if not is_tail(element.text_content()):
            break
        element.drop_tree()


def _whole(body: html.HtmlElement, base: str) -> None:
    for element in body.iter("a", "img", "blockquote"):
        for name in ("href", "src", "cite"):
            value = (element.get(name) or "").strip()
            if not value or value.startswith("#") or re.match(r"[a-z][a-z0-9+.-]*:", value, re.I):
                continue
            if web_url(base):
                element.set(name, absolute_url(base, value))
            elif value.startswith("//"):
                element.set(name, f"https:{value}")


def _once(body: html.HtmlElement) -> None:
    """Drop a picture that stood in the body before."""
    keys: set[str] = set()
    for img in list(body.iter("img")):
        source = img.get("src", "")
        if is_blank(source) or not web_url(source):
            continue
        key = picture_key(source)
        if key in keys:
            holder = img.getparent()
            alone = (
                holder is not None and holder.tag == "figure" and len(list(holder.iter("img"))) == 1
            )
            duplicate = holder if alone and holder is not None else img
            duplicate.drop_tree()
        keys.add(key)


def cards_for(addresses: tuple[str, ...], markup: str, title: str) -> str:
    """Return a link card for each film or sound that ``markup`` does not lead to already."""
    return "".join(
        f'<blockquote class="embed" cite="{escape(address)}"><cite>{escape(title)}</cite>'
        "</blockquote>"
        for address in addresses
        if address not in unescape(markup)
    )
