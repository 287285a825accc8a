"""A request becomes a WSGI environment that nobody can read in two ways."""

from __future__ import annotations

from io import BytesIO

import pytest

from khabarayn.server.environ import BadRequest, environ_of, header, length_of


def environ(headers=(), **given):
    scope = {"method": "GET", "path": "/", "headers": list(headers), **given}
    return environ_of(scope, BytesIO(b""), given.pop("length", None))


def test_an_address_in_arabic_arrives_as_the_bytes_that_were_sent():
    made = environ(raw_path="/t/مدن".encode(), path="/t/مدن", query_string=b"q=%D8%A8")
    assert made["PATH_INFO"].encode("latin-1").decode() == "/t/مدن"
    escaped = environ(raw_path=b"/t/%D9%85%D8%AF%D9%86?x=1", path="/t/مدن")
    assert escaped["PATH_INFO"] == made["PATH_INFO"]
    assert made["QUERY_STRING"] == "q=%D8%A8"


def test_header_bytes_over_127_come_one_letter_a_byte():
    made = environ([(b"x-note", "نعم".encode())])
    assert made["HTTP_X_NOTE"].encode("latin-1").decode() == "نعم"


def test_a_header_with_an_underscore_cannot_pass_for_another():
    made = environ([(b"x_forwarded_for", b"203.0.113.9"), (b"x-real", b"1")])
    assert "HTTP_X_FORWARDED_FOR" not in made
    assert made["HTTP_X_REAL"] == "1"


def test_repeated_headers_are_joined_and_cookies_with_a_semicolon():
    made = environ([(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y")])
    assert made["HTTP_COOKIE"] == "a=1; b=2"
    assert made["HTTP_ACCEPT"] == "x,y"


def test_headers_of_the_connection_do_not_reach_the_site():
    made = environ([(b"connection", b"close"), (b"transfer-encoding", b"chunked")])
    assert not [name for name in made if name in {"HTTP_CONNECTION", "HTTP_TRANSFER_ENCODING"}]


def test_type_and_length_of_the_body_stand_without_a_prefix():
    scope = {"method": "POST", "path": "/", "headers": [(b"content-type", b"text/plain")]}
    made = environ_of(scope, BytesIO(b"abc"), 3)
    assert (made["CONTENT_TYPE"], made["CONTENT_LENGTH"]) == ("text/plain", "3")
    assert "CONTENT_LENGTH" not in environ()


def test_a_host_or_a_length_that_stands_twice_is_refused():
    with pytest.raises(BadRequest):
        environ([(b"host", b"a.example"), (b"host", b"b.example")])
    twice = [(b"content-length", b"1"), (b"content-length", b"2")]
    with pytest.raises(BadRequest):
        length_of(twice)


@pytest.mark.parametrize("value", [b"", b"-1", b"+1", b"1,1", b"0x10", b"9" * 16])
def test_a_length_that_is_no_plain_number_is_refused(value):
    with pytest.raises(BadRequest):
        length_of([(b"content-length", value)])


def test_an_absent_header_is_none():
    assert header([], b"host") is None
    assert length_of([(b"host", b"a.example")]) is None
    assert length_of([(b"content-length", b"12")]) == 12
