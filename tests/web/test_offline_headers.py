"""What may be kept says so with length and digest; what is personal or failed never does."""

from __future__ import annotations

import hashlib

import pytest
from factories.story import BODY, BY, stories, story
from flask import session

from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.web.newsroom import access as door
from khabarayn.web.offline_headers import NAMES, STORABLE


@pytest.fixture
def public_id(app) -> str:
    stories(app, 5, body_html=BODY * 2)
    return story(app, body_html=BODY * 2)


def assert_kept(answer, stated: str) -> None:
    assert answer.headers["KH-Cache"] == stated
    assert int(answer.headers["KH-Len"]) == len(answer.data)
    assert answer.headers["KH-Sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert "Set-Cookie" not in answer.headers
    assert "no-store" not in answer.headers["Cache-Control"]


def test_each_kind_says_what_it_is(client, public_id):
    for path, stated in {
        f"/a/{public_id}": f"article; id={public_id}; rev=1",
        f"/_f/see-also/{public_id}/1": f"fragment; id={public_id}",
        f"/_f/related/{public_id}": f"fragment; id={public_id}",
        "/": "list",
        "/latest": "list",
        "/s/news": "list",
        "/saved": "shell",
        "/offline": "shell",
    }.items():
        assert_kept(client.get(path), stated)


def test_the_promise_is_of_the_body_before_it_is_compressed(client, public_id):
    plain = client.get(f"/a/{public_id}")
    packed = client.get(f"/a/{public_id}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data)
    for name in NAMES:
        assert packed.headers[name] == plain.headers[name]


def test_a_withdrawn_story_says_so_and_is_not_kept(app, client, public_id):
    with app.app_context():
        withdraw(public_id, BY, "لم يثبت الخبر.")
    answer = client.get(f"/a/{public_id}")
    assert answer.status_code == 410
    assert answer.headers["KH-Cache"] == f"withdrawn; id={public_id}"
    assert "KH-Sha256" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/a/zzzzzzzz", "/nowhere", "/search?q=x", "/api/sync", "/sw.js", "/feed.xml", "/_f/x"]
)
def test_what_is_not_for_keeping_promises_nothing(client, path):
    assert not set(NAMES) & set(client.get(path).headers.keys())


def test_who_sets_a_cookie_or_reads_a_session_promises_nothing(app, monkeypatch):
    """Were a public view ever to become personal, its answer would stay off every phone."""

    def personal() -> str:
        session["who"] = "editor"
        return "<html>"

    # Sessions are read under the newsroom's prefix alone, and its door lets few strangers in.
    app.add_url_rule("/newsroom/probe", "reader.probe", personal)
    monkeypatch.setattr(door, "OPEN", door.OPEN | {"reader.probe"})
    monkeypatch.setitem(STORABLE, "reader.probe", "list")
    answer = app.test_client().get("/newsroom/probe")
    assert "Set-Cookie" in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not set(NAMES) & set(answer.headers.keys())


def test_on_every_route_a_promise_excludes_a_session(app, client, public_id):
    values = {
        "id": public_id,
        "section": "news",
        "tag": "مدن",
        "author": "nobody",
        "slot": 1,
        "name": "2026-11-23-am",
        "media_id": "aaaaaaaaaaaaaaaa",
        "rendition": "800.avif",
        "filename": "x.css",
        "month": (2026, 3),
        "slug": "x",
    }
    seen = 0
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        given = {name: values.get(name, "x") for name in rule.arguments}
        answer = client.get(adapter.build(rule.endpoint, {**given, **(rule.defaults or {})}))
        control = answer.headers.get("Cache-Control", "")
        if "KH-Cache" in answer.headers:
            seen += 1
            assert "private" not in control, rule
            assert "no-store" not in control, rule
            assert "Set-Cookie" not in answer.headers, rule
        if answer.status_code >= 500:
            assert "KH-Cache" not in answer.headers, rule
    assert seen >= 12


def test_every_kept_endpoint_exists(app):
    assert set(STORABLE) <= set(app.view_functions)
