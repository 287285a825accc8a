"""Every kind of page that readers meet, and where the demo edition has one of each."""

from __future__ import annotations

import re
import urllib.error
import urllib.request

FIXED = (
    "/", "/latest", "/search", "/search?q=%D8%A7%D9%84", "/saved", "/offline", "/follow",
    "/settings", "/p/about", "/p/privacy", "/sections", "/editions", "/nothing-here", "/en/",
    "/en/latest", "/en/editions", "/en/p/about", "/by/salma",
)  # fmt: skip
# The first address of each kind that the front page or an article leads to.
FOUND = {
    "article": r'href="(/a/[^"/?#]+)"',
    "section": r'href="(/s/[^"?#]+)"',
    "tag": r'href="(/t/[^"?#]+)"',
    "author": r'href="(/by/[^"?#]+)"',
}
# The story of the newest whose headline is the longest.
LONGEST = "longest"
KINDS = [*FIXED, *FOUND, LONGEST]
_HEADLINE = re.compile(r'class="card__title"[^>]*><a href="(/a/\w+)">(.*?)</a>', re.S)
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def read(url: str) -> str:
    """Return what ``url`` says, whatever its status."""
    try:
        with _direct.open(url, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def status(url: str) -> int:
    try:
        with _direct.open(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def addresses_by_kind(site: str) -> dict[str, str]:
    """Return a path of every one of `KINDS`."""
    front = read(site)
    article = re.search(FOUND["article"], front)
    assert article, "the front page leads to no article"
    text = front + read(site + article[1])
    found = {kind: match[1] for kind, rule in FOUND.items() if (match := re.search(rule, text))}
    assert set(found) == set(FOUND)
    headlines = _HEADLINE.findall(read(site + "/latest"))
    found[LONGEST] = max(headlines, key=lambda one: len(one[1]))[0]
    return {path: path for path in FIXED} | found
