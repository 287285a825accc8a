"""Answers are drawn once for all readers, and nothing private, changed or withdrawn is given."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from factories.story import BY, story
from flask import request
from sqlalchemy.exc import OperationalError
from werkzeug.test import EnvironBuilder

from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import LogRow, SettingRow
from khabarayn.store.revision import PRIVATE_TABLES
from khabarayn.web import page_cache
from khabarayn.web.answer_cache import Answer, AnswerCache
from khabarayn.web.request import ENDPOINT

WEB = Path(__file__).resolve().parents[2] / "khabarayn/web"
PATHS = ("/", "/latest", "/s/news", "/t/مدن", "/feed.xml", "/search?q=الجسر", "/_f/rail",
         "/sections", "/settings", "/sitemap.xml", "/nothing", "/manifest.webmanifest",
         "/sync.json", "/health", "/offline", "/en/", "/en/latest")  # fmt: skip


@pytest.fixture
def settings(make_settings):
    return make_settings(page_cache=4)


@pytest.fixture
def paper(app) -> SimpleNamespace:
    """A paper with one story; ``drawn`` are the paths that Flask has answered."""
    drawn: list[str] = []
    app.before_request(lambda: drawn.append(request.script_root + request.path))
    first = story(app)
    return SimpleNamespace(app=app, client=app.test_client(), first=first, drawn=drawn)


def act(paper: SimpleNamespace, verb, *given: object) -> None:
    with paper.app.app_context():
        verb(*given)


def test_what_is_stored_is_answered_as_it_was_drawn(paper):
    paths = (*PATHS, f"/a/{paper.first}", f"/_f/related/{paper.first}")
    uncached = paper.app.wsgi_app.app
    for path in paths:
        first, second = paper.client.get(path), paper.client.get(path)
        cache, paper.app.wsgi_app = paper.app.wsgi_app, uncached
        plain = paper.client.get(path)
        paper.app.wsgi_app = cache
        for one in (first, second):
            assert (one.status_code, one.data) == (plain.status_code, plain.data), path
            assert sorted(one.headers) == sorted(plain.headers), path


def test_a_page_is_drawn_once_for_every_way_to_ask_for_it(paper):
    path = f"/a/{paper.first}"
    page = paper.client.get(path)
    etag = page.headers["ETag"]
    assert paper.client.get(path + "?utm_source=x&fbclid=y").data == page.data
    assert paper.client.head(path).headers["ETag"] == etag
    same = paper.client.get(path, headers={"If-None-Match": etag})
    assert (same.status_code, same.data) == (304, b"")
    assert "Content-Type" not in same.headers
    assert same.headers["Cache-Control"] == page.headers["Cache-Control"]
    assert paper.drawn == [path]
    other = paper.client.get(path, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.data) == (200, page.data)


def test_each_encoding_and_language_has_its_own_form(paper):
    plain = paper.client.get("/latest")
    packed = {
        name: paper.client.get("/latest", headers={"Accept-Encoding": name})
        for name in ("br", "gzip")
    }
    assert {one.headers["Content-Encoding"] for one in packed.values()} == {"br", "gzip"}
    assert (
        brotli.decompress(packed["br"].data) == plain.data == gzip.decompress(packed["gzip"].data)
    )
    assert plain.headers["Vary"] == "Accept-Encoding"
    english = paper.client.get("/en/latest").data
    assert english != plain.data
    assert paper.client.get("/latest").data == plain.data


def test_nothing_of_a_person_is_stored_or_given(paper, enter):
    editor = enter("editor")
    paper.client.get("/")
    before = len(paper.drawn)
    for path in ("/newsroom/", "/newsroom/stories"):
        editor.get(path)
        editor.get(path)
    editor.get("/", headers={"Cookie": "khabarayn=something"})
    paper.client.get("/", headers={"Authorization": "Basic eDp5"})
    paper.client.post("/api/counts/share")
    assert len(paper.drawn) == before + 7
    keys = [key for key in paper.app.wsgi_app.answers._entries if "newsroom" in str(key)]
    assert keys == []


def test_the_log_is_told_the_view_of_a_stored_answer_too(paper):
    for _ in range(2):
        environ = EnvironBuilder("/latest").get_environ()
        b"".join(paper.app.wsgi_app(environ, lambda *_: lambda _data: None))
        assert environ[ENDPOINT] == "reader.latest"
    assert paper.drawn == ["/latest"]


def test_a_refusal_and_a_file_are_not_stored(paper):
    for path in ("/nothing", "/s/news/", "/sync.json"):
        first = paper.client.get(path).status_code
        size = len(paper.drawn)
        assert paper.client.get(path).status_code == first
        assert len(paper.drawn) > size, path


def test_a_change_shows_in_the_next_answer(paper):
    path = f"/a/{paper.first}"
    pages = {name: paper.client.get(name).data for name in (path, "/latest", "/feed.xml")}
    act(paper, correct, paper.first, BY, "ورد الرقم خطأ، والصواب خمسون.")
    assert "والصواب خمسون" in paper.client.get(path).text
    assert paper.client.get("/latest").data != pages["/latest"]
    act(paper, withdraw, paper.first, BY, "أخطأنا")
    assert paper.client.get(path).status_code == 410
    for name in ("/", "/latest", "/feed.xml", "/s/news", "/search?q=الجسر"):
        assert paper.first not in paper.client.get(name).text


def test_only_what_readers_see_moves_the_revision(paper):
    revision = paper.app.wsgi_app.revision

    def moved(row: object, *, keep: bool = True) -> bool:
        before = revision.number
        with paper.app.app_context():
            db.session.add(row)
            db.session.flush()
            (db.session.commit if keep else db.session.rollback)()
            db.session.remove()
        return revision.number != before

    assert moved(SettingRow(name="digits", value="arab"))
    assert not moved(SettingRow(name="months", value="western"), keep=False)
    assert moved(SettingRow(name="months", value="western"))
    assert not moved(LogRow(at=now(), verb="x", who="x"))


def test_many_at_once_are_answered_by_one_drawing(paper):
    path = f"/a/{paper.first}"

    def ask(_: int) -> bytes:
        return paper.app.test_client().get(path).data

    paper.app.before_request(lambda: time.sleep(0.2))
    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(ask, range(16)))
    assert len(answers) == 1
    assert paper.drawn == [path]


def test_while_the_database_is_away_stored_pages_stand_in_and_say_so(paper, monkeypatch):
    cache = paper.app.wsgi_app
    page = paper.client.get("/latest").data
    monkeypatch.setattr(cache.revision, "_looked_at", float("-inf"))

    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    monkeypatch.setattr(cache.revision._engine, "connect", away, raising=False)
    stale = paper.client.get("/latest")
    assert (stale.status_code, stale.data) == (200, page)
    assert stale.headers["Warning"].startswith("110")
    # A change that was seen before ends what stood until then.
    cache.revision._last_number += 1
    assert "Warning" not in paper.client.get("/latest").headers


def test_a_failure_is_answered_with_the_page_that_still_holds(paper, monkeypatch):
    page = paper.client.get("/latest").data
    monkeypatch.setattr(page_cache, "SECONDS", 0.0)
    cache = paper.app.wsgi_app
    for key, (answer, under) in list(cache.answers._entries.items()):
        cache.answers._entries[key] = (Answer(**{**vars(answer), "seconds": 0.0}), under)

    def fail(**_: object) -> None:
        raise RuntimeError

    for name in ("reader.latest", "reader.section"):
        monkeypatch.setitem(paper.app.view_functions, name, fail)
    stale = paper.client.get("/latest")
    assert (stale.status_code, stale.data) == (200, page)
    assert "Warning" in stale.headers
    assert paper.client.get("/s/news").status_code == 500


def test_memory_is_bounded():
    answers = AnswerCache(100_000)
    for number in range(200):
        answers.draw(number, 1, lambda: Answer("200 OK", (), b"x" * 5000, seconds=9))
    answers.draw("large", 1, lambda: Answer("200 OK", (), b"x" * 50_000, seconds=9))
    assert answers.size <= 100_000
    assert answers.find("large", 1) is None
    assert answers.find(199, 1)
    assert answers.find(199, 2) is None
    assert answers.find(0, 1) is None


def test_every_parameter_that_a_page_reads_is_in_the_key():
    read: set[str] = set()
    for folder in ("reader", "fragments", "feeds", "editions"):
        for path in (WEB / folder).rglob("*.py"):
            code = path.read_text("utf-8")
            read |= set(re.findall(r"args(?:\.get\(|\[)\"(\w+)\"", code))
            assert "query_string" not in code, path
    read |= set(re.findall(r"args\.get\(\"(\w+)\"", (WEB / "listing.py").read_text("utf-8")))
    assert read <= page_cache.PARAMETERS | {"text", "title", "url"}


def test_every_table_without_a_sign_is_one_of_ours(app_context):
    assert set(db.metadata.tables) >= PRIVATE_TABLES


def test_a_withdrawal_is_gone_in_another_process_within_two_seconds(any_app):
    app = any_app
    public_id = story(app)
    settings = app.config["KHABARAYN"]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")} | {
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_DATABASE_URL": settings.database_url,
        "PYTHONPATH": str(WEB.parents[1]),
    }
    child = subprocess.Popen(
        [sys.executable, Path(__file__).parents[1] / "asking_child.py"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ,
    )  # fmt: skip

    def ask(path: str) -> str:
        child.stdin.write(f"{path} {public_id}\n")
        child.stdin.flush()
        return child.stdout.readline().strip()

    paths = {f"/a/{public_id}": "410", "/": "200 False", "/latest": "200 False"}
    assert {ask(path) for path in paths for _ in range(3)} == {"200 True"}
    with app.app_context():
        withdraw(public_id, BY, "أخطأنا")
    began = time.monotonic()
    while not all(ask(path).startswith(gone) for path, gone in paths.items()):
        assert time.monotonic() - began < 2
        time.sleep(0.02)
    child.communicate()
