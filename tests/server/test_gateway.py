"""The gateway: a thread is taken for a whole request only, and what breaks looks broken."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from asgi import Event, answer, asked, body, run

from khabarayn.server.gateway import PIECE, Gateway, Limits
from khabarayn.server.pools import Pools
from khabarayn.server.refusal import refusal

pytestmark = pytest.mark.trust


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(), b"|", environ.get("HTTP_COOKIE", "").encode("latin-1")]


def test_a_cookie_with_arabic_in_it_comes_through_with_its_neighbours():
    cookie = "session=abc; name=خبر; theme=dark".encode()
    _status, _headers, said, _ended = answer(Gateway(echo), headers=((b"cookie", cookie),))
    assert said == b"|" + cookie


def test_a_body_arrives_whole_whether_its_length_was_told_or_not():
    pieces = (body(b"one ", more=True), body(b"two"))
    for headers in (((b"content-length", b"7"),), ((b"transfer-encoding", b"chunked"),)):
        status, _headers, said, _ended = answer(Gateway(echo), "POST", "/", headers, pieces)
        assert (status, said) == (200, b"one two|")


def test_an_answer_that_breaks_half_way_is_an_error_and_never_half_a_page():
    def broken(_environ: Event, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return _half()

    status, headers, said, _ended = answer(Gateway(broken))
    assert status == 500
    assert b"half" not in said
    assert "content-security-policy" in headers


def _half() -> Iterator[bytes]:
    yield b"<p>half a page"
    raise RuntimeError("broke")


def test_a_file_that_breaks_half_way_is_broken_off_short_of_its_length():
    def broken(_environ: Event, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Length", str(2 * PIECE))])
        return _short()

    status, headers, said, ended = answer(Gateway(broken))
    assert status == 200
    assert len(said) < int(headers["content-length"])
    assert not ended


def _short() -> Iterator[bytes]:
    yield b"x" * PIECE
    raise RuntimeError("broke")


@pytest.mark.parametrize(
    ("limits", "pieces"),
    [
        (Limits(pause=0.1), (body(b"a", more=True),)),
        (Limits(whole=0.0, bytes_a_second=10**9), (body(b"a", more=True),) * 1000),
    ],
    ids=["stops", "drips"],
)
def test_a_body_that_stops_or_drips_is_given_up_in_words(limits, pieces):
    gateway = Gateway(echo, limits=limits)
    status, told, said, _ended = answer(
        gateway, "POST", "/", ((b"content-length", b"1000"),), pieces
    )
    assert status == 408
    assert told["connection"] == "close"
    assert "انقطع الإرسال".encode() in said


def test_more_than_may_be_sent_is_refused_in_words_also_without_a_length():
    gateway = Gateway(echo, limits=Limits(body=10, drain_bytes=0))
    chunked = ((b"transfer-encoding", b"chunked"),)
    for headers in (((b"content-length", b"11"),), chunked):
        status, told, said, _ended = answer(gateway, "POST", "/", headers, (body(b"a" * 11),))
        assert status == 413
        assert "أكبر من المسموح".encode() in said
        assert told["connection"] == "close"


def test_fifty_slow_bodies_and_hanging_writers_leave_readers_and_health_alone():
    held = threading.Event()

    def site(environ: Event, start_response: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            held.wait(10)
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    async def all_at_once() -> list[tuple[int, bytes]]:
        gateway = Gateway(site)
        slow = [
            asyncio.ensure_future(
                asked(gateway, "POST", "/p", ((b"content-length", b"9"),), (body(b"a", True),))
            )
            for _ in range(50)
        ]
        writers = [
            asyncio.ensure_future(
                asked(gateway, "POST", path, ((b"content-length", b"1"),), (body(b"a"),))
            )
            for path in ("/newsroom/stories/x", "/newsroom/sign-in", "/api/reads/x")
            for _ in range(6)
        ]
        await asyncio.sleep(0.05)
        seen = []
        for path in ("/", "/healthz", "/static/app.css", "/sw.js", "/en/healthz"):
            got = await asyncio.wait_for(asked(gateway, "GET", path), 2)
            seen.append((got[0], got[2]))
        held.set()
        for task in [*slow]:
            task.cancel()
        await asyncio.gather(*writers)
        return seen

    seen = run(all_at_once())
    assert [status for status, _said in seen] == [200] * 5


def test_a_full_queue_answers_503_at_once_and_hands_back_what_was_written():
    held = threading.Event()

    def site(_environ: Event, start_response: Any) -> list[bytes]:
        held.wait(10)
        start_response("200 OK", [])
        return [b"done"]

    form = "headline=خبر+طويل&body=" + "ن" * 80 + "&csrf_token=t%22oken"
    headers = (
        (b"content-length", str(len(form.encode())).encode()),
        (b"content-type", b"application/x-www-form-urlencoded"),
    )
    path = "/newsroom/stories/abc"

    async def all_at_once() -> tuple[int, dict[str, str], bytes, bool]:
        gateway = Gateway(site, Pools(threads=1, queue=1))
        sent = (body(form.encode()),)
        gateway.pools.newsroom.waiting = 1
        waiting = []
        for _ in range(4):
            waiting.append(asyncio.ensure_future(asked(gateway, "POST", path, headers, sent)))
            await asyncio.sleep(0.1)
        got = await asyncio.wait_for(asked(gateway, "POST", path, headers, sent), 2)
        healthy = await asyncio.wait_for(asked(Gateway(echo, gateway.pools), "GET", "/healthz"), 2)
        assert healthy[0] == 200
        held.set()
        await asyncio.gather(*waiting)
        return got

    status, told, said, _ended = run(all_at_once())
    page = said.decode()
    assert status == 503
    assert told["retry-after"] == "5"
    assert f'action="{path}"' in page
    assert "ن" * 80 in page
    assert "t&quot;oken" in page
    assert 'value="خبر طويل"' in page


def test_a_password_is_never_put_back_into_a_page():
    scope = {"method": "POST", "path": "/newsroom/sign-in", "raw_path": b"/newsroom/sign-in",
             "headers": [(b"content-type", b"application/x-www-form-urlencoded")]}  # fmt: skip
    _status, _headers, page = refusal(503, scope, io.BytesIO(b"email=a&password=secretsecret"))
    assert b"secretsecret" not in page


@pytest.mark.parametrize(
    ("method", "path", "pool"),
    [
        ("GET", "/", "readers"),
        ("GET", "/a/x/y", "readers"),
        ("GET", "/static/css/app.css", "fixed"),
        ("GET", "/en/sw.js", "fixed"),
        ("GET", "/newsroom/", "newsroom"),
        ("POST", "/en/newsroom/stories/x", "newsroom"),
        ("GET", "/newsroom/sign-in", "newsroom"),
        ("POST", "/newsroom/sign-in", "sign-in"),
        ("POST", "/api/reads/x", "counts"),
    ],
)
def test_each_request_goes_to_threads_that_only_its_like_can_hold(method, path, pool):
    assert POOLS.of(method, path, ("/en",)).name == pool


POOLS = Pools()


def test_two_headers_that_could_be_read_in_two_ways_are_refused():
    for name in (b"host", b"content-length"):
        headers = ((name, b"1"), (name, b"2"))
        assert answer(Gateway(echo), "POST", "/", headers, (body(b"a"),))[0] == 400


def test_a_header_with_an_underscore_does_not_pass_for_another():
    def site(environ: Event, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [str(environ.get("HTTP_X_FORWARDED_FOR")).encode()]

    assert answer(Gateway(site), headers=((b"x_forwarded_for", b"192.0.2.9"),))[2] == b"None"
