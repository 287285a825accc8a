"""Each request has an id and a line, and the line says nothing of who asked or for whom."""

from __future__ import annotations

import json
import logging
import re

import pytest
from asgi import answer
from factories.story import story

from khabarayn.logs import REQUEST_FIELDS, set_up
from khabarayn.server.gateway import Gateway
from khabarayn.server.observation import KINDS, kind_of

pytestmark = pytest.mark.trust


@pytest.fixture(autouse=True)
def in_json(app):
    """Lines for collectors; the loggers are left as they were."""
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    set_up("json")
    yield
    set_up("text")
    root.handlers[:] = before


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line[:1] == "{"]


def test_a_line_of_a_request_holds_nothing_personal(app, capsys):
    public_id = story(app)
    gateway = Gateway(app, prefixes=("/en",))
    headers = (
        (b"cookie", b"session=tell-nobody"), (b"user-agent", b"Phone of Samar"),
        (b"referer", b"https://elsewhere.example/secret"),
    )  # fmt: skip
    asked = ("/", f"/a/{public_id}", "/by/samar-alhaddad", "/newsroom/join/" + "s" * 43, "/لا-شيء")
    answers = [answer(gateway, path=path, headers=headers) for path in asked]
    told = lines(capsys)
    assert [line["status"] for line in told] == [status for status, *_rest in answers]
    assert [line["bytes"] for line in told] == [len(said) for _s, _h, said, _e in answers]
    assert [line["endpoint"] for line in told[:2]] == ["reader.home", "reader.article"]
    for line in told:
        assert set(line) == {*REQUEST_FIELDS, "at", "level", "logger", "message"}
        assert line["kind"] in KINDS
        assert line["ms"] >= 0
    written = json.dumps(told, ensure_ascii=False)
    for secret in ("192.0.2.1", "tell-nobody", "Samar", "elsewhere", "samar", "sss", public_id):
        assert secret not in written


def test_a_search_is_logged_without_its_words(app, capsys):
    def searched(environ, start_response):
        return app({**environ, "QUERY_STRING": "q=%D8%B3%D8%B1"}, start_response)

    answer(Gateway(searched), path="/search", headers=())
    (line,) = lines(capsys)
    assert line["kind"] == "search"
    assert "%D8" not in json.dumps(line)


def echo(_environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    logging.getLogger("khabarayn.test").warning("القرص بطيء")
    return [b"ok"]


def test_every_answer_carries_an_id_that_the_lines_of_its_request_carry_too(capsys):
    _status, headers, _said, _ended = answer(Gateway(echo))
    made = headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", made)
    slow, request = lines(capsys)
    assert (slow["message"], slow["request"], request["request"]) == ("القرص بطيء", made, made)
    assert answer(Gateway(echo))[1]["x-request-id"] != made


@pytest.mark.parametrize(
    ("given", "trusts", "kept"),
    [
        (b"proxy-1234.5_6", True, True),
        (b"proxy-1234.5_6", False, False),
        (b"short", True, False),
        (b"a" * 65, True, False),
        (b"two words", True, False),
        ("معرّف-طويل".encode(), True, False),
    ],
)
def test_an_id_is_taken_over_only_from_a_proxy_and_in_its_shape(given, trusts, kept):
    gateway = Gateway(echo, trusts_ids=trusts)
    _status, headers, _said, _ended = answer(gateway, headers=((b"x-request-id", given),))
    assert (headers["x-request-id"].encode() == given) is kept


def test_a_refusal_before_any_thread_is_seen_as_well(capsys):
    headers = ((b"content-length", b"1"), (b"content-length", b"2"))
    status, told, _said, _ended = answer(Gateway(echo), "POST", headers=headers)
    (line,) = lines(capsys)
    assert (status, line["status"], line["request"]) == (400, 400, told["x-request-id"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"), ("/en/a/3cs9jzw9", "page"), ("/static/x.css", "static"),
        ("/_f/rail", "fragment"), ("/newsroom/sign-in/code", "sign-in"),
        ("/en/newsroom/", "newsroom"),
        ("/t/مدن/atom.xml", "feed"), ("/readyz", "health"),
        ("/editions/2026-11-23-am.khb", "edition"),
    ],
)  # fmt: skip
def test_kinds_are_few_and_known(path, kind):
    assert kind_of(path, ("/en",)) == kind
    assert kind in KINDS
