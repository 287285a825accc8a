"""Collect a story as the site serves it: the bytes of its page, fragments and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import lxml.html

from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card
from khabarayn.edition.statement import Part, StoryParts

# What a stored answer must keep to be shown later as it was served; lengths and digests are
# stated beside it, and whatever depends on the connection stays behind.
STORED_HEADERS = {
    "cache-control",
    "content-language",
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "last-modified",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
}
_STATED_BESIDE = {"kh-len", "kh-sha256"}
_FRAGMENT = re.compile(
    rf"(?:/[a-z]+)?/_f/(?:see-also/{PATTERN.pattern}/[1-9][0-9]?|related/{PATTERN.pattern})"
)
_PICTURE = re.compile(r"/media/([0-9a-z]+)/(?:(16x9|4x3|1x1)-)?([0-9]+)\.(avif|webp|jpg)")
# Every engine that can unpack a .khb file (DecompressionStream) also shows AVIF.
_FORMATS = {"avif": 0, "webp": 1, "jpg": 2}
LARGE = 640


class NotServed(LookupError):
    """The site does not answer this path with 200."""

    def __init__(self, path: str, status: int) -> None:
        super().__init__(f"{path} answered {status}")
        self.path = path
        self.status = status


@dataclass(frozen=True)
class Answer:
    """What the site answered: status, headers in order, and the body as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Render = Callable[[str], Answer]
"""Asks the site for a path, uncompressed and as nobody in particular."""


class Client(Protocol):
    """Asks the application as a browser would; Flask's test client is one."""

    def get(self, path: str, **options: Any) -> Any:
        """Return the site's answer to a GET of ``path``, with the options of Werkzeug's test
        client."""
        ...


def asking(client: Client, site: str) -> Render:
    """Return a function that renders a path of the site as a signed-out visitor gets it,
    uncompressed."""

    def ask(path: str) -> Any:
        return client.get(path, base_url=site, headers={"Accept-Encoding": "identity"})

    def render(path: str) -> Answer:
        # In an empty context, so that the caller's language and database session do not affect the
        # page.
        answer = Context().run(ask, path)
        return Answer(answer.status_code, tuple(answer.headers.items()), answer.get_data())

    return render


def story_parts(card: Card, render: Render, pictures: bool = True, prefix: str = "") -> StoryParts:
    """Return the story with everything its page shows, as it stands under ``prefix`` («/en»).
    Raises `NotServed`."""
    page = part(f"{prefix}/a/{card.id}", "article", render)
    tree = lxml.html.document_fromstring(page.body.decode())
    text = [page]
    for path in dict.fromkeys(_names_in(tree, _FRAGMENT)):
        if file_part := _optional(path, "fragment", render):
            text.append(file_part)
    paths = _pictures(text) if pictures else ()
    return StoryParts(
        id=card.id,
        rev=_rev(tree, card.rev),
        headline=card.headline,
        published=card.published_at.isoformat(),
        text=tuple(text),
        pictures=tuple(
            file_part
            for path in paths
            if (file_part := _optional(path, "image", render)) is not None
        ),
        assets=tuple(dict.fromkeys(_assets(tree))),
    )


def _rev(tree: lxml.html.HtmlElement, default: int) -> int:
    """Return the revision that the page says it shows: it may be newer than the card."""
    rev_text = tree.xpath("string(//article/@data-rev)")
    return int(rev_text) if rev_text.isascii() and rev_text.isdigit() else default


def part(path: str, kind: str, render: Render) -> Part:
    """Return what the site answers for ``path``. Raises `NotServed` unless it is 200."""
    answer = render(path)
    if answer.status != 200:
        raise NotServed(path, answer.status)
    kinds = {name.lower(): value for name, value in answer.headers}
    if "set-cookie" in kinds:
        raise NotServed(path, answer.status)
    headers = tuple(
        sorted(
            (name, value)
            for name, value in answer.headers
            if name.lower() not in _STATED_BESIDE
            and (name.lower() in STORED_HEADERS or name.lower().startswith("kh-"))
        )
    )
    return Part(path, kind, kinds.get("content-type", ""), answer.body, headers)


def _optional(path: str, kind: str, render: Render) -> Part | None:
    try:
        return part(path, kind, render)
    except NotServed:
        # Left out: the page has a plain link in its place, and a placeholder behind every picture.
        return None


def _names_in(tree: lxml.html.HtmlElement, pattern: re.Pattern[str]) -> Iterator[str]:
    for value in tree.xpath("//@data-hx-get"):
        if pattern.fullmatch(value):
            yield value


def _assets(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for value in tree.xpath("//link[@rel='stylesheet' or @rel='preload']/@href | //script/@src"):
        if value.startswith(("/static/", "/face/")):
            yield value


def _pictures(parts: Iterable[Part]) -> Iterator[str]:
    """Yield one rendition's path for each picture and crop that ``parts`` show: large enough
    for a phone where it fills the column, the smallest where it is a thumbnail."""
    by_crop: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for html_part in parts:
        for path in _picture_paths(lxml.html.document_fromstring(html_part.body.decode())):
            if match := _PICTURE.fullmatch(path):
                media, crop, width, form = match.groups(default="")
                ranks = by_crop.setdefault((media, crop), {})
                ranks[path] = (int(width), _FORMATS[form])
    for (_, crop), ranks in by_crop.items():
        least = min(rank[1] for rank in ranks.values())
        best = {path: width for path, (width, rank) in ranks.items() if rank == least}
        enough = [p for p, width in best.items() if crop in {"", "16x9"} and width >= LARGE]
        if enough:
            yield min(enough, key=lambda p: best[p])
        else:
            pick = max if crop in {"", "16x9"} else min
            yield pick(best, key=lambda p: best[p])


def _picture_paths(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for value in tree.xpath("//img/@src"):
        yield urlsplit(value).path
    for value in tree.xpath("//img/@srcset | //source/@srcset"):
        for candidate in value.split(","):
            if address := candidate.split():
                yield urlsplit(address[0]).path
