"""A download stops, goes on, and never mixes two issues of a file."""

from __future__ import annotations

import pytest
from flask import Flask

from khabarayn.web.editions.ranges import serve

DATA = bytes(range(256)) * 4


@pytest.fixture
def ask():
    app = Flask(__name__)
    app.add_url_rule("/f", "f", lambda: serve(DATA, "application/x-test", "tag1", "f.khb"))
    client = app.test_client()
    return lambda **headers: client.get(
        "/f", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_the_whole_file_says_that_it_can_be_cut(ask) -> None:
    answer = ask()
    assert answer.data == DATA
    assert answer.headers["ETag"] == '"tag1"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(DATA))


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("0-15", 0, 16),
        ("1000-", 1000, 1024),
        ("-24", 1000, 1024),
        ("1000-9999", 1000, 1024),
        ("-9999", 0, 1024),
    ],
)
def test_one_range_is_answered_with_just_its_bytes(ask, asked: str, start: int, stop: int) -> None:
    answer = ask(Range=f"bytes={asked}")
    assert answer.status_code == 206
    assert answer.data == DATA[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/1024"
    assert answer.headers["Content-Length"] == str(stop - start)


def test_a_range_past_the_end_is_refused_with_the_length(ask) -> None:
    answer = ask(Range="bytes=1024-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */1024"
    assert answer.data == b""


def test_a_download_goes_on_in_the_same_issue_and_starts_anew_in_another(ask) -> None:
    assert ask(Range="bytes=10-", If_Range='"tag1"').status_code == 206
    for other in ('"tag2"', 'W/"tag1"', "Mon, 23 Nov 2026 09:00:00 GMT"):
        answer = ask(Range="bytes=10-", If_Range=other)
        assert answer.status_code == 200
        assert answer.data == DATA


def test_a_phone_that_has_it_gets_nothing(ask) -> None:
    assert ask(If_None_Match='"tag1"', Range="bytes=0-9").status_code == 304


@pytest.mark.parametrize(
    "asked",
    ["bytes=x", "pages=1-2", "bytes=9-1", "bytes=0-9, 500-509", "bytes=" + ",".join(["1-2"] * 65)],
)
def test_nonsense_and_several_ranges_get_the_whole_file(ask, asked: str) -> None:
    answer = ask(Range=asked)
    assert answer.status_code == 200
    assert answer.data == DATA
