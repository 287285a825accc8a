"""Addresses inside a story: made whole, written in ASCII, and told apart."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from khabarayn.arabic.hosts import ascii_authority
from khabarayn.arabic.hygiene import clean_line
from khabarayn.article.blocks import Embed

MAX_ADDRESS = 2000
_TITLE, _TEXT = 300, 600
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]+")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_OWN = re.compile(r"(?:story:(?P<slug>[\w-]+)|(?:https?://[^/]+)?/a/(?P<id>[a-z0-9]+)(?:[/?#].*)?)")
_VIDEO = re.compile(
    r"https?://(?:(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?P<youtube>[\w-]+)"
    r"|player\.vimeo\.com/video/(?P<vimeo>\d+))"
)


def address(href: str, base_url: str = "") -> str:
    """Return ``href`` whole and in ASCII, or "" when it leads nowhere.

    >>> address("/s/العالم", "https://news.example/x/")
    'https://news.example/s/%D8%A7%D9%84%D8%B9%D8%A7%D9%84%D9%85'
    >>> address(" //cdn.example/a b.jpg ")
    'https://cdn.example/a%20b.jpg'
    >>> address("story:leap-year", "https://news.example/")
    'story:leap-year'
    >>> address("https://مثال.السعودية/"), address("https://bank.example@evil.example/")
    ('https://xn--mgbh0fb.xn--mgberp4a5d4ar/', '')
    """
    href = _UNSAFE.sub("", href).strip()
    if not href or href.startswith("#"):
        return ""
    try:
        whole = urljoin(base_url, href) if base_url and not href.startswith("story:") else href
        if whole.startswith("//"):
            whole = f"https:{whole}"
        parts = urlsplit(whole)
        # User info before the «@» could pass for the host that the link leads to.
        if parts.scheme in {"http", "https"} and ("@" in parts.netloc or "\\" in parts.netloc):
            return ""
        whole = ascii_authority(whole)
    except ValueError:
        return ""
    whole = quote(whole, safe=_SAFE, errors="replace")
    return whole if len(whole) <= MAX_ADDRESS else ""


def own_story(href: str) -> str:
    """Return the story that an address of our own names (its public id, or the name after
    ``story:``); "" when it is not one of ours.

    >>> own_story("story:leap-year"), own_story("/a/k3f9/عنوان"), own_story("https://x.example/b")
    ('leap-year', 'k3f9', '')
    """
    match = _OWN.fullmatch(href)
    return (match["slug"] or match["id"]) if match else ""


def _page_of(url: str) -> str:
    # The address of a frame shows only a player; the link leads to the whole page instead.
    if match := _VIDEO.match(url):
        if match["youtube"]:
            return f"https://www.youtube.com/watch?v={match['youtube']}"
        return f"https://vimeo.com/{match['vimeo']}"
    parts = urlsplit(url)
    if parts.netloc == "www.facebook.com" and parts.path.startswith("/plugins/"):
        inner = parse_qs(parts.query).get("href", [""])[0]
        if inner.startswith("https://www.facebook.com/"):
            return inner
    return url


def link_card(href: str, title: str = "", text: str = "", base_url: str = "") -> Embed | None:
    """Return the card that stands for an embedded page, or None when it has no web address.

    >>> card = link_card("https://www.youtube-nocookie.com/embed/a1b2")
    >>> card.url, card.title
    ('https://www.youtube.com/watch?v=a1b2', 'youtube.com')
    """
    url = address(href, base_url)
    if not url.lower().startswith(("http://", "https://")):
        return None
    url = address(_page_of(url))
    site = (urlsplit(url).hostname or "").removeprefix("www.")
    if not site:
        return None
    title, text = clean_line(title, _TITLE).text, clean_line(text, _TEXT).text
    if title.startswith(("http://", "https://")):
        title = ""
    if text in {href, url}:
        text = ""  # a card without words of its own, written with its address for a link
    return Embed(url=url, title=title or site, site=site, text=text)
