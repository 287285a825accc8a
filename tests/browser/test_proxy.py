"""The bad network breaks what it is told to break, and nothing else."""

from __future__ import annotations

import gzip
import http.client
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser.proxy import CAPTIVE_PAGE, Fault, FaultProxy, fault_proxy

TEXT = ("<p>سطر من الخبر</p>\n" * 400).encode()


class Site(BaseHTTPRequestHandler):
    """Says the same text at every address; under /packed compressed, under /chunks in pieces."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = gzip.compress(TEXT) if self.path == "/packed" else TEXT
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(body), 1000):
                piece = body[start : start + 1000]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy(site: str) -> Iterator[FaultProxy]:
    with fault_proxy(site) as running:
        yield running


def ask(
    proxy: FaultProxy, path: str = "/", method: str = "GET", body: bytes | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=2)
    try:
        line.request(method, path, body)
        answer = line.getresponse()
        return answer, answer.read()
    finally:
        line.close()


@pytest.mark.parametrize("path", ["/", "/chunks"])
def test_a_sound_network_changes_nothing(proxy, path):
    answer, body = ask(proxy, path)
    assert (answer.status, body) == (200, TEXT)
    assert proxy.carried == [(path, len(TEXT))]


def test_what_is_sent_arrives(proxy):
    _, body = ask(proxy, "/", "POST", "نص".encode())
    assert body == "نص".encode()
    assert proxy.seen == ["POST /"]


def test_a_dropped_line_gives_no_answer(proxy):
    proxy.order(Fault.DROP)
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        ask(proxy)


def test_stalled_headers_never_come(proxy):
    proxy.order(Fault.STALL_HEADERS)
    with pytest.raises(TimeoutError):
        ask(proxy)


def test_a_stalled_body_stops_in_its_middle(proxy):
    proxy.order(Fault.STALL_BODY)
    line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=1)
    line.request("GET", "/")
    answer = line.getresponse()
    assert answer.headers["Content-Length"] == str(len(TEXT))
    assert answer.read(len(TEXT) // 2) == TEXT[: len(TEXT) // 2]
    with pytest.raises(TimeoutError):
        answer.read(1)
    line.close()


def test_held_answers_are_let_go_when_the_network_heals(proxy):
    proxy.order(Fault.STALL_HEADERS)
    ended = []

    def wait() -> None:
        with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
            ask(proxy)
        ended.append(True)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not proxy.broken:
        time.sleep(0.01)
    time.sleep(0.1)
    proxy.heal()
    waiting.join(1.5)
    assert ended == [True]
    assert ask(proxy)[1] == TEXT


@pytest.mark.parametrize("fault", [Fault.CUT_LENGTH, Fault.CUT_CHUNKED])
@pytest.mark.parametrize("path", ["/", "/chunks"])
def test_a_cut_body_is_seen_to_be_incomplete(proxy, fault, path):
    proxy.order(fault)
    with pytest.raises(http.client.IncompleteRead) as told:
        ask(proxy, path)
    assert TEXT.startswith(told.value.partial)


def test_a_cut_without_a_length_looks_complete(proxy):
    proxy.order(Fault.CUT_CLOSE)
    answer, body = ask(proxy)
    assert answer.headers["Content-Length"] is None
    assert body == TEXT[: len(TEXT) // 2]


@pytest.mark.parametrize("path", ["/", "/packed"])
def test_a_cut_compressed_body_has_the_right_length_and_no_end(proxy, path):
    proxy.order(Fault.CUT_GZIP)
    answer, body = ask(proxy, path)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(body)
    unpacker = zlib.decompressobj(31)
    assert TEXT.startswith(unpacker.decompress(body))
    assert not unpacker.eof


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.STATUS_204, 204), (Fault.STATUS_500, 500), (Fault.STATUS_502, 502)],
)
def test_an_error_page_comes_instead(proxy, fault, status):
    proxy.order(fault)
    assert ask(proxy)[0].status == status


def test_a_captive_portal_answers_everything_with_its_own_page(proxy):
    proxy.order(Fault.CAPTIVE)
    answer, body = ask(proxy, "/_f/most-read")
    assert (answer.status, body) == (200, CAPTIVE_PAGE)


def test_a_slow_network_brings_everything_late(proxy):
    proxy.order(Fault.SLOW, bytes_per_second=len(TEXT) * 2)
    began = time.monotonic()
    assert ask(proxy)[1] == TEXT
    assert 0.3 < time.monotonic() - began < 1.5


def test_only_the_chosen_addresses_are_broken_and_only_so_often(proxy):
    proxy.order(Fault.STATUS_500, only=r"^/_f/", times=1)
    assert ask(proxy, "/")[0].status == 200
    assert ask(proxy, "/_f/a")[0].status == 500
    assert ask(proxy, "/_f/a")[0].status == 200
    assert proxy.broken == ["GET /_f/a"]
    assert proxy.seen == ["GET /", "GET /_f/a", "GET /_f/a"]
