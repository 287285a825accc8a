"""Rows of feeds that stories are taken from, and a server that has one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from factories.article import NOON
from factories.rows import added, number
from factories.source import source
from khabarayn.store.models import FeedRow

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
<title>موقع الوكالة</title>
<link>https://agency.example/</link><language>ar</language>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://agency.example/{slug}</link>
<guid>https://agency.example/{slug}</guid><pubDate>Mon, 23 Nov 2026 10:00:00 +0300</pubDate>
<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"""


def feed(**given: Any) -> FeedRow:
    row_source = given.pop("source_id", None) or source().id
    url = f"https://agency.example/{next(number)}.xml"
    return added(FeedRow, given, url=url, source_id=row_source, next_at=NOON)


def rss(*stories: tuple[str, str]) -> bytes:
    """A feed of stories, each a slug and a title."""
    items = (
        ITEM.format(slug=slug, title=title, text=f"{title}، هذا ما أعلنته البلدية صباح الاثنين.")
        for slug, title in stories
    )
    return RSS.format(items="".join(items)).encode()


@dataclass
class Agency:
    """A real server with one feed: its next answer, and the headers of the questions it got."""

    url: str
    data: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    questions: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def agency() -> Iterator[Agency]:
    """Serve a feed on this machine; what it has not changed it does not send again."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            made.questions.append(dict(self.headers))
            etag = made.headers.get("ETag")
            same = etag is not None and self.headers["If-None-Match"] == etag
            data = b"" if same else made.data
            self.send_response(304 if same else made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Agency(f"http://127.0.0.1:{server.server_port}/feed.xml")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
