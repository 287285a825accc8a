"""Public answers are drawn once for all readers: a layer of WSGI before Flask.

Only answers are stored that anybody may get: a GET without a session's cookie, answered 200 with
the Cache-Control of a page and no cookie. Everything that they vary by is in the key, and whatever
else a request says is kept away from the drawing: parameters that no page reads, conditions,
other encodings.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any
from urllib.parse import unquote_plus

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags, remove_entity_headers, unquote_etag

from khabarayn.settings import settings_of
from khabarayn.store.revision import PublicRevision, public_revision
from khabarayn.web.answer_cache import Answer, AnswerCache
from khabarayn.web.caching import PAGE, PERSONAL
from khabarayn.web.request import ENDPOINT

Environ = dict[str, Any]

# The parameters that pages read; others change no answer.
PARAMETERS = frozenset(
    [
        *("author", "before", "from", "ids", "languages", "page", "q", "section", "sort", "tag"),
        *("to", "without"),
    ]
)
# Seconds that an answer is given again. A front shows what is read most, and its parts end by the
# clock.
SECONDS, FRONT_SECONDS = 20.0, 1.0
BY_THE_CLOCK = ("/", "/_f/most-read", "/_f/rail")
# Files, and what programs ask for.
FILES = ("/static/", "/media/", "/share/", "/face/", "/health", "/api/")
LONGEST, OTHER_PATHS = 500, 2000
STALE_HEADER = ("Warning", '110 khabarayn "Response is Stale"')


@lru_cache(maxsize=256)
def encoding_of(accept: str) -> str:
    """Return the encoding that a request's Accept-Encoding is answered in: br, gzip or none.

    >>> encoding_of("gzip, deflate, br"), encoding_of("gzip;q=0.5, br;q=0"), encoding_of("")
    ('br', 'gzip', '')
    """
    choices = parse_accept_header(accept, Accept)
    good, fair = choices["br"], choices["gzip"]
    if good <= 0 and fair <= 0:
        return ""
    return "br" if good >= fair else "gzip"


def query_of(raw: str) -> str:
    """Return the part of a query that pages read, in one order.

    >>> query_of("utm_source=x&q=%D8%A3&before=1")
    'before=1&q=%D8%A3'
    """
    if not raw:
        return ""
    # As it came: a name may be written in two ways, and the first of two values counts.
    pairs = [(unquote_plus(pair.partition("=")[0]), pair) for pair in raw.split("&")]
    known_pairs = sorted((pair for pair in pairs if pair[0] in PARAMETERS), key=itemgetter(0))
    return "&".join(pair for _name, pair in known_pairs)


class PageCache:
    """Gives stored answers of ``app``, and draws and stores those that are missing."""

    def __init__(
        self, app: Callable[..., Iterable[bytes]], revision: PublicRevision, answers: AnswerCache,
        session_cookie: str,
    ) -> None:  # fmt: skip
        self.app, self.revision, self.answers = app, revision, answers
        self.session_cookie = session_cookie
        # Where something else than a page is answered: it is not drawn twice to learn that again.
        self._other_paths: set[str] = set()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        if not self._is_public(environ):
            return self.app(environ, start_response)
        key = key_of(environ)
        number = self.revision.number
        answer = self.answers.find(key, number) if number is not None else None
        answer = answer or self._draw(key, number, environ)
        if answer is None:
            return self.app(environ, start_response)
        return _send(answer, environ, start_response)

    def _is_public(self, environ: Environ) -> bool:
        """Say whether a request may be answered with what others get."""
        path = environ.get("PATH_INFO", "")
        return (
            environ.get("REQUEST_METHOD") in {"GET", "HEAD"}
            and "HTTP_AUTHORIZATION" not in environ
            and self.session_cookie not in environ.get("HTTP_COOKIE", "")
            and not any(part in path for part in PERSONAL)
            and not path.startswith(FILES)
            and path not in self._other_paths
            and len(path) + len(environ.get("QUERY_STRING", "")) <= LONGEST
        )

    def _draw(self, key: Hashable, number: int | None, environ: Environ) -> Answer | None:
        """Return the answer, drawn or standing in for one that cannot be; None for what is not to
        be stored."""
        if number is None:
            stale = self.answers.stand_in(key, self.revision.last_number)
            return _as_stale(stale) if stale else None
        answer = self.answers.draw(key, number, partial(_collect, self.app, bare(environ)))
        if answer.is_failure:
            stale = self.answers.stand_in(key, number)
            return _as_stale(stale) if stale else answer
        same_query = query_of(environ.get("QUERY_STRING", "")) == environ.get("QUERY_STRING", "")
        if answer.seconds or (same_query and not answer.status.startswith("200")):
            return answer
        if answer.status.startswith("200"):
            if len(self._other_paths) >= OTHER_PATHS:
                self._other_paths.clear()
            self._other_paths.add(environ.get("PATH_INFO", ""))
        return None


def key_of(environ: Environ) -> Hashable:
    """Return all that an answer varies by."""
    return (
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
        query_of(environ.get("QUERY_STRING", "")),
        encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")[:200]),
    )


def bare(environ: Environ) -> Environ:
    """Return a request that says nothing but what is in its key: no cookie, no condition."""
    rest = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    return rest | {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query_of(environ.get("QUERY_STRING", "")),
        "HTTP_HOST": environ.get("HTTP_HOST", ""),
        "HTTP_ACCEPT_ENCODING": encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")[:200]),
    }


def _collect(app: Callable[..., Iterable[bytes]], environ: Environ) -> Answer:
    """Return the whole answer of ``app``; it may be stored if it is a page for anybody. What is
    neither that nor a refusal (a file, a stream) is let go unread."""
    heads: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_error: Any) -> Callable[..., Any]:
        heads.append((status, headers))
        return lambda _data: None

    pieces: Any = app(environ, start)
    try:
        status, headers = heads[-1]
        by_name = {name.lower(): value for name, value in headers}
        is_page = by_name.get("cache-control") == PAGE and "set-cookie" not in by_name
        if status.startswith("200") and not is_page:
            return Answer(status, (), b"")
        body = b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
    seconds = FRONT_SECONDS if environ.get("PATH_INFO") in BY_THE_CLOCK else SECONDS
    is_stored = is_page and status.startswith("200")
    etag = by_name.get("etag", "")
    return Answer(
        status, tuple(headers), body, etag, seconds if is_stored else 0.0,
        endpoint=environ.get(ENDPOINT, ""),
    )  # fmt: skip


def _as_stale(answer: Answer) -> Answer:
    return replace(answer, headers=(*answer.headers, STALE_HEADER))


def _send(answer: Answer, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with ``answer``, or with 304 where the reader has it; the log is told its endpoint."""
    environ[ENDPOINT] = answer.endpoint
    condition = environ.get("HTTP_IF_NONE_MATCH")
    headers = list(answer.headers)
    if condition and answer.etag and has_etag(condition, answer.etag):
        remove_entity_headers(headers)
        start_response("304 NOT MODIFIED", headers)
        return [b""]
    start_response(answer.status, headers)
    return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else answer.body]


@lru_cache(maxsize=4096)
def has_etag(condition: str, etag: str) -> bool:
    """Say whether If-None-Match names the answer's validator.

    >>> has_etag('"b", W/"a"', 'W/"a"'), has_etag("*", 'W/"a"'), has_etag('W/"b"', 'W/"a"')
    (True, True, False)
    """
    return parse_etags(condition).contains_weak(unquote_etag(etag)[0] or "")


def register(app: Flask) -> None:
    """Note what is published by ``app`` for every process, and put the cache before it, where the
    settings give it room."""
    with app.app_context():
        revision = public_revision()
    room = settings_of(app.config).page_cache * 2**20
    if room:
        cache = PageCache(
            app.wsgi_app, revision, AnswerCache(room), app.config["SESSION_COOKIE_NAME"]
        )
        app.wsgi_app = cache  # type: ignore[method-assign]
