"""The worker is of this release, small, and can be ended from here."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from dataclasses import replace

import pytest
from factories.standing import CHIEF, filled, page_ids
from factories.story import BY

from khabarayn import create_app
from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.write import write
from khabarayn.store.queries.revisions import editable_story

LIMIT = 6 * 1024


def facts(text: str) -> dict[str, object]:
    found = re.match(r"self\.KH=(\{.*\});\n", text)
    assert found
    return json.loads(found[1])


def test_it_is_asked_for_anew_each_time_and_never_kept(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert "KH-Cache" not in answer.headers
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.headers["ETag"] == answer.headers["ETag"]


def test_it_is_small(client):
    code = client.get("/sw.js").text.split("\n", 1)[1]
    assert len(gzip.compress(code.encode(), 9)) <= LIMIT


def test_its_shell_is_all_there_and_promised(client):
    shell = facts(client.get("/sw.js").text)["shell"]
    assert {"/offline", "/saved", "/settings", "/editions/key.json"} <= set(shell)
    assert sum(name.endswith(".woff2") for name in shell) >= 4
    assert not [name for name in shell if "/print/" in name], "the face of print is not for keeping"
    for url in shell:
        with client.get(url) as answer:
            assert answer.status_code == 200, url
            assert answer.headers["KH-Cache"] == "shell", url
            assert int(answer.headers["KH-Len"]) == len(answer.data), url


def test_a_device_that_saves_data_is_brought_no_face(client):
    usual, saving = client.get("/sw.js"), client.get("/sw.js?lite=1")
    faces = [name for name in facts(usual.text)["shell"] if name.endswith(".woff2")]
    assert facts(saving.text)["shell"] == [
        name for name in facts(usual.text)["shell"] if name not in faces
    ]
    assert facts(saving.text)["build"] != facts(usual.text)["build"]
    for answer in (usual, saving):
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not {"Cookie", "Save-Data"} & set(answer.vary), "the address alone says which it is"


def test_it_knows_the_languages_of_the_paper(client):
    assert facts(client.get("/sw.js").text)["langs"] == ["en"]


@pytest.mark.parametrize(("value", "wipes"), [("keep", "false"), ("wipe", "true")])
def test_the_kill_switch_serves_a_worker_that_ends_itself(settings, migrated, value, wipes):
    shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    killed = create_app(replace(settings, sw_kill=value)).test_client().get("/sw.js").text
    assert killed.startswith(f"self.KH_WIPE={wipes};")
    assert "unregister()" in killed
    assert "respondWith" not in killed


def test_a_kill_switch_that_means_nothing_stops_the_start(settings):
    with pytest.raises(ValueError, match="SW_KILL"):
        replace(settings, sw_kill="yes").check()


def test_the_manifest_opens_takes_links_and_has_ways_in(client):
    manifest = client.get("/manifest.webmanifest").get_json(force=True)
    assert manifest["start_url"] == "/?from=app"
    assert manifest["share_target"]["action"] == "/open"
    assert [short["url"] for short in manifest["shortcuts"]] == [
        "/latest",
        "/saved",
        "/editions",
        "/search",
    ]
    for picture in manifest["icons"] + manifest["screenshots"]:
        with client.get(picture["src"]) as answer:
            assert answer.status_code == 200, picture["src"]


def test_published_pages_come_with_the_shell_and_a_changed_one_is_a_new_shell(app, client):
    with app.app_context():
        seed_pages(BY)
    before = facts(client.get("/sw.js").text)
    assert not [url for url in before["shell"] if url.startswith("/p/")]
    with app.app_context():
        filled("privacy")
    first = facts(client.get("/sw.js").text)
    assert "/p/privacy" in first["shell"]
    assert "/p/about" not in first["shell"]
    assert client.get("/p/privacy").headers["KH-Cache"] == "list"
    with app.app_context():
        public_id = page_ids()["privacy"]
        found = editable_story(public_id)
        assert found is not None
        write(public_id, replace(story_form(found.content), headline="خصوصيتك"), CHIEF, 2)
        publish(public_id, CHIEF)
    assert facts(client.get("/sw.js").text)["build"] != first["build"]
