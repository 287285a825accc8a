"""Every answer carries exactly the security headers that were decided, whatever its status."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from factories.story import story
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khabarayn.desk.by import By
from khabarayn.desk.stories.withdraw import withdraw

# Written out here, not imported: a change of the policy is a change of this text.
EXACT = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
        "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types khabarayn"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
        "midi=(), magnetometer=(), gyroscope=(), accelerometer=(), display-capture=(), "
        "browsing-topics=()"
    ),
}
# What may stand beside them; a header that is in neither list fails.
PLAIN = {
    "Content-Type", "Content-Length", "Content-Encoding", "Date", "Content-Language",
    "Cache-Control", "ETag", "Last-Modified", "Vary", "Location", "Allow", "Retry-After", "Link",
    # By these the service worker tells what it holds, and whether it came whole.
    "KH-Cache", "KH-Len", "KH-Sha256",
    # Editions are files to keep, taken in ranges.
    "Accept-Ranges", "Content-Disposition", "Content-Range",
}  # fmt: skip
# Pictures are shown by other people's feed readers.
CROSS_ORIGIN = {"reader.media", "reader.share"}
# Whose answers know a person: they may set a cookie, and nobody keeps them.
PERSONAL = ("/newsroom", "/_me/")
# The page where a story is written shows its preview in a frame, and only there.
FRAMES = {
    "newsroom.story": ("base-uri", "frame-src 'self'; base-uri"),
    "newsroom.new_story": ("base-uri", "frame-src 'self'; base-uri"),
    "newsroom.face_preview": ("base-uri", "frame-src 'self'; base-uri"),
    "newsroom.face_front": ("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "newsroom.face_story": ("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "newsroom.preview": ("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "newsroom.preview_sizes": ("frame-ancestors 'none'", "frame-ancestors 'self'"),
}
TLS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def check(answer: TestResponse, *, endpoint: str = "", tls: bool = False) -> None:
    """Compare the whole header set of ``answer`` with what was decided."""
    # An open file would warn, and hide what is wrong here.
    answer.close()
    expected = {**EXACT, **(TLS if tls else {})}
    if endpoint in FRAMES:
        policy = expected["Content-Security-Policy"]
        expected["Content-Security-Policy"] = policy.replace(*FRAMES[endpoint])
    if endpoint in CROSS_ORIGIN:
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
    names = [name for name, _ in answer.headers]
    plain = PLAIN | {"Set-Cookie"} if answer.request.path.startswith(PERSONAL) else PLAIN
    found = {name: value for name, value in answer.headers if name not in plain}
    told = f"{answer.request.path}: {answer.status}"
    assert found == expected, told
    assert len([name for name in names if name in expected]) == len(expected), told


@pytest.fixture
def told(app) -> str:
    """The public id of a story with a tag and an author."""
    return story(app, tags=("مدن",))


def addresses(app: Flask, told: str) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and a path that exists, or nearly, for every rule of the map."""
    parts = {
        "id": told, "section": "news", "tag": "مدن", "author": "nobody", "slot": "1",
        "slug": "خبر", "media_id": "0123456789ab", "rendition": "800.jpg",
        "filename": "none.css", "month": "2026-03",
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        path = re.sub(
            r"<(?:[^:>]+:)?([^>]+)>", lambda match: parts.get(match[1], "unknown"), rule.rule
        )
        for method in sorted(rule.methods or ()):
            yield rule.endpoint, method, path


def test_every_rule_answers_with_exactly_the_decided_headers(app, client, told):
    seen = set()
    for endpoint, method, path in addresses(app, told):
        answer = client.open(path, method=method)
        seen.add(answer.status_code)
        check(answer, endpoint=endpoint)
        assert answer.status_code < 500, path
    assert {200, 204, 301, 404} <= seen


def test_every_rule_behind_tls_adds_strict_transport(app, client, told):
    for endpoint, _method, path in addresses(app, told):
        answer = client.get(path, base_url="https://localhost")
        check(answer, endpoint=endpoint, tls=True)


def test_a_page_that_has_not_changed_is_304_with_the_same_headers(client, told):
    first = client.get(f"/a/{told}")
    tag = first.headers["ETag"]
    first.close()
    again = client.get(f"/a/{told}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    check(again)


def test_errors_carry_them_too(app, client, told):
    for path, method, status in (
        ("/nothing", "GET", 404),
        ("/latest", "POST", 405),
        ("/latest?before=x", "GET", 400),
        ("/static/none.css", "GET", 404),
        ("/a/23456789", "GET", 404),
        ("/_f/nothing", "GET", 204),
    ):
        answer = client.open(path, method=method)
        assert answer.status_code == status, path
        check(answer)
    with app.app_context():
        withdraw(told, By("tests"), "نُشر خطأ.")
    gone = client.get(f"/a/{told}")
    assert gone.status_code == 410
    check(gone)


@pytest.mark.parametrize("path", ["/sections", "/_f/most-read"])
def test_an_error_of_ours_carries_them_and_tells_nothing(app, client, path):
    def fail() -> str:
        raise RuntimeError("a secret of the machine")

    endpoint = app.url_map.bind("localhost").match(path)[0]
    app.view_functions[endpoint] = fail
    answer = client.get(path)
    assert answer.status_code == (204 if path.startswith("/_f/") else 500)
    assert "secret of the machine" not in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    check(answer)


def test_static_files_carry_them(app, client):
    names = app.extensions["khabarayn.assets"]
    assert names
    for name in names.values():
        for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}):
            answer = client.get(f"/static/{name}", headers=headers)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
            tag = answer.headers["ETag"]
            check(answer)
        same = client.get(f"/static/{name}", headers={"If-None-Match": tag})
        assert same.status_code == 304
        same.close()


def test_a_picture_may_be_shown_elsewhere(app, client):
    with app.app_context():
        app.extensions["khabarayn.media"].put("0123456789ab/800.jpg", b"\xff\xd8\xff", "image/jpeg")
    answer = client.get("/media/0123456789ab/800.jpg")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    check(answer, endpoint="reader.media")
    check(client.get("/media/0123456789ab/400.jpg"), endpoint="reader.media")


def test_no_public_answer_sets_a_cookie_or_depends_on_one(app, client: FlaskClient, told):
    for _endpoint, method, path in addresses(app, told):
        if path.startswith(PERSONAL):
            continue
        answer = client.open(path, method=method)
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        assert "HX-" not in answer.headers.get("Vary", ""), path
        answer.close()


def test_every_answer_says_how_long_it_may_be_kept(app, client, told):
    for _endpoint, method, path in addresses(app, told):
        answer = client.open(path, method=method)
        assert answer.headers.get("Cache-Control"), path
        answer.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]"])
def test_a_strange_host_is_refused(client, host):
    answer = client.get("/sections", headers={"Host": host})
    assert answer.status_code == 400
    check(answer)
