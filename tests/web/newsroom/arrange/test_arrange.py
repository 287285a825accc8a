"""What the chief editor arranges stands on the site at once; what cannot be loses no typed word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest
from factories.media import media
from factories.story import BY, story
from sqlalchemy import update

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.arrange.bylines import save_source
from khabarayn.jobs.outbox import BACKUP, beat
from khabarayn.store.db import db, now
from khabarayn.store.models import BeatRow
from khabarayn.store.queries.authors import author_uses
from khabarayn.store.queries.sources import source_uses

ALL = ("sections", "tags", "authors", "sources", "words", "redirects")


@pytest.mark.parametrize("name", ALL)
def test_every_list_opens_for_the_chief_and_for_nobody_below(enter, name):
    assert enter("chief").get(f"/newsroom/arrange/{name}").status_code == 200
    assert enter("editor").get(f"/newsroom/arrange/{name}").status_code == 403


def test_settings_are_the_admins(enter):
    assert enter("admin").get("/newsroom/settings").status_code == 200
    assert enter("chief").get("/newsroom/settings").status_code == 403


def test_a_section_is_planted_changed_moved_and_removed(enter):
    chief = enter("chief")
    given = {"name": "بيئة", "part": "climate", "hue": "120", "in_nav": "1", "parent": ""}
    assert chief.post("/newsroom/arrange/sections", data=given).status_code == 303
    assert "بيئة" in chief.get("/").text
    one = "/newsroom/arrange/sections/climate"
    assert 'value="120" checked' in chief.get(one).text
    given |= {"name": "مناخ", "part": "weather"}
    assert chief.post(one, data=given).status_code == 303
    assert chief.get("/s/climate").headers["Location"] == "/s/weather"
    chief.post("/newsroom/arrange/move/weather", data={"way": "up"})
    listed = chief.get("/newsroom/arrange/sections").text
    assert listed.index("/s/weather") < listed.index("/s/entertainment")
    chief.post("/newsroom/arrange/remove/weather")
    assert chief.get("/s/weather").status_code == 404


def test_a_section_that_cannot_be_keeps_what_was_typed(enter):
    answer = enter("chief").post(
        "/newsroom/arrange/sections", data={"name": "مياه جوفية", "part": "Water!", "hue": "x"}
    )
    assert answer.status_code == 422
    assert "مياه جوفية" in answer.text
    assert 'aria-describedby="bad-part"' in answer.text


def test_a_tag_is_renamed_and_merged(app, enter):
    chief = enter("chief")
    public_id = story(app, tags=("مدن قديمة", "حواضر"))
    assert "مدن_قديمة" in chief.get("/newsroom/arrange/tags?q=قديمه").text
    answer = chief.post("/newsroom/arrange/tags/مدن قديمه", data={"name": "تاريخ المدن"})
    assert answer.status_code == 303
    assert public_id in chief.get("/t/مدن_قديمة", follow_redirects=True).text
    bad = chief.post("/newsroom/arrange/tags/حواضر", data={"name": "تاريخ المدن", "intro": "نص"})
    assert bad.status_code == 422
    assert ">نص</textarea>" in bad.text
    bad = chief.post("/newsroom/arrange/tags/حواضر/merge", data={"into": "لا شيء"})
    assert bad.status_code == 422
    answer = chief.post("/newsroom/arrange/tags/حواضر/merge", data={"into": "#تاريخ_المدن"})
    assert answer.status_code == 303
    assert chief.get("/newsroom/arrange/tags/حواضر").status_code == 404
    assert public_id in chief.get("/t/حواضر", follow_redirects=True).text


def test_an_author_is_added_and_shown(app, enter):
    chief = enter("chief")
    with app.app_context():
        portrait = media().public_id
        db.session.commit()
    answer = chief.post("/newsroom/arrange/authors", data={"name": "سلمى الخطيب"})
    place = answer.headers["Location"]
    told = {"name": "سلمى الخطيب", "role": "مراسلة", "bio": "تكتب.", "portrait": portrait}
    assert chief.post(place, data=told).status_code == 303
    page = chief.get("/by/" + place.rsplit("/", 1)[1])
    assert "مراسلة" in page.text
    bad = chief.post(place, data={**told, "portrait": "none", "bio": "نبذة أخرى"})
    assert bad.status_code == 422
    assert "نبذة أخرى" in bad.text
    assert chief.get("/newsroom/arrange/authors/nobody").status_code == 404


def test_a_source_is_kept_and_a_bad_one_shown_again(enter):
    chief = enter("chief")
    given = {"number": "0", "name": "وكالة", "url": "https://agency.example", "licence": "CC BY"}
    assert chief.post("/newsroom/arrange/sources", data=given).status_code == 303
    bad = chief.post("/newsroom/arrange/sources", data={**given, "url": "ftp://x", "name": "أخرى"})
    assert bad.status_code == 422
    assert 'value="أخرى"' in bad.text


def test_words_of_the_house_are_kept(enter):
    chief = enter("chief")
    chief.post("/newsroom/arrange/words", data={"word": "ترمب", "others": "ترامب، ترامپ"})
    assert "ترامب، ترامپ" in chief.get("/newsroom/arrange/words").text
    bad = chief.post("/newsroom/arrange/words", data={"word": "بوتن", "others": "بوتن"})
    assert bad.status_code == 422
    chief.post("/newsroom/arrange/words/drop", data={"word": "ترمب"})
    assert "ترامپ" not in chief.get("/newsroom/arrange/words").text
    chief.post("/newsroom/arrange/words/equal", data={"spellings": "سماحي, صماحي"})
    assert "سماحي، صماحي" in chief.get("/newsroom/arrange/words").text
    assert chief.post("/newsroom/arrange/words/equal", data={"spellings": "س"}).status_code == 422
    chief.post("/newsroom/arrange/words/apart", data={"group": "سماحي صماحي"})
    again = chief.post("/newsroom/arrange/words/apart", data={"group": "x"}, follow_redirects=True)
    assert "ليست في القائمة" in again.text


def test_redirects_are_added_and_removed(enter):
    chief = enter("chief")
    place = "/newsroom/arrange/redirects"
    assert chief.post(place, data={"path": "/قديم", "target": "/latest"}).status_code == 303
    assert chief.get("/قديم").headers["Location"] == "/latest"
    bad = chief.post(place, data={"path": "/latest", "target": "/قديم"})
    assert bad.status_code == 422
    assert 'value="/قديم"' in bad.text
    chief.post(f"{place}/drop", data={"path": "/قديم"})
    assert chief.get("/قديم").status_code == 404


def test_the_papers_own_settings_hold_from_the_next_page(enter):
    admin = enter("admin")
    given = {
        "digits": "arab",
        "social": "https://x.com/waha",
        "counting": "1",
    }
    assert admin.post("/newsroom/settings", data=given).status_code == 303
    assert 'href="https://x.com/waha"' in admin.get("/sections").text
    assert admin.get("/en/sections").status_code == 404
    shown = admin.get("/newsroom/settings").text
    assert "https://x.com/waha</textarea>" in shown
    bad = admin.post("/newsroom/settings", data={**given, "social": "https://evil.example/x"})
    assert bad.status_code == 422
    assert "https://evil.example/x" in bad.text
    assert 'href="https://x.com/waha"' in admin.get("/sections").text


def test_two_authors_are_merged_and_one_is_deleted(app, enter):
    chief = enter("chief")
    one, other = (
        story(app, authors=(ProposedAuthor(name),)) for name in ("سلمى خطيب", "سلمى الخطيب")
    )
    with app.app_context():
        slugs = {use.author.name: use.author.slug for use in author_uses()}
    gone, stays = (f"/newsroom/arrange/authors/{slugs[n]}" for n in ("سلمى خطيب", "سلمى الخطيب"))
    assert f'value="{slugs["سلمى الخطيب"]}"' in chief.get(gone).text
    assert unquote(chief.post(f"{gone}/merge", data={"into": ""}).headers["Location"]) == gone
    answer = chief.post(f"{gone}/merge", data={"into": slugs["سلمى الخطيب"]})
    assert unquote(answer.headers["Location"]) == stays
    page = chief.get(f"/by/{slugs['سلمى خطيب']}", follow_redirects=True).text
    assert one in page
    assert other in page
    said = chief.post(f"{stays}/delete", follow_redirects=True).text
    assert "أخبار كانت باسمه: 2" in said
    assert chief.get(stays).status_code == 404
    assert "سلمى" not in chief.get(f"/a/{one}").text


def test_a_tag_is_deleted(app, enter):
    chief = enter("chief")
    public_id = story(app, tags=("مدن",))
    assert chief.post("/newsroom/arrange/tags/مدن/delete").status_code == 303
    assert chief.get("/t/مدن").status_code == 404
    assert "مدن" not in chief.get(f"/a/{public_id}").text


def test_a_source_is_deleted_and_its_stories_are_anothers(app, enter):
    chief = enter("chief")
    public_id = story(app, source_name="وكالة أولى", source_link="https://one.example")
    with app.app_context():
        first = source_uses()[0].number
        second = save_source(BY, name="وكالة ثانية", url="https://two.example")
    place = "/newsroom/arrange/sources/%s/delete"
    bad = chief.post(place % first, data={"into": "999"}, follow_redirects=True)
    assert "لا مصدر بهذا المعرّف" in bad.text
    assert chief.post(place % first, data={"into": str(second)}).status_code == 303
    assert "وكالة ثانية" in chief.get(f"/a/{public_id}").text
    assert chief.post(place % second, data={"into": ""}).status_code == 303
    assert "وكالة" not in chief.get(f"/a/{public_id}").text


@pytest.mark.parametrize(
    ("place", "given", "wrong"),
    [
        ("sections", {"name": "", "part": "X!", "hue": "400", "description": "س" * 401},
         ("name", "part", "hue", "description")),
        ("authors", {"name": "", "role": "س" * 121, "bio": "س" * 1001}, ("name", "role", "bio")),
        ("sources", {"number": "0", "name": "", "url": "ftp://x", "licence": "س" * 121},
         ("name", "url", "licence")),
        ("redirects", {"path": "x", "target": "y"}, ("path", "target")),
    ],
)  # fmt: skip
def test_every_fault_stands_beside_its_field_and_what_was_typed_stays(enter, place, given, wrong):
    answer = enter("chief").post(f"/newsroom/arrange/{place}", data=given)
    assert answer.status_code == 422
    for field in wrong:
        assert f'aria-describedby="bad-{field}"' in answer.text or field == "hue", field
        assert f'id="bad-{field}"' in answer.text, field
    for value in given.values():
        assert value in answer.text or value == "400"


def test_an_old_backup_is_shouted_about_to_who_can_help(app, enter):
    admin, writer = enter("admin"), enter("writer")
    assert "KHABARAYN_BACKUP_URL" in admin.get("/newsroom/settings").text
    assert "نسخة احتياطية" not in admin.get("/newsroom/").text
    usual = app.config["KHABARAYN"]
    app.config["KHABARAYN"] = replace(usual, backup_url="/backup")
    assert "لم تُحفظ أي نسخة احتياطية بعد" in admin.get("/newsroom/").text
    assert "نسخة احتياطية" not in writer.get("/newsroom/").text
    with app.app_context():
        beat(BACKUP)
    assert "نسخة احتياطية" not in admin.get("/newsroom/").text
    assert "آخر نسخة سليمة" in admin.get("/newsroom/settings").text
    with app.app_context():
        db.session.execute(update(BeatRow).values(at=now() - timedelta(hours=1)))
        db.session.commit()
    assert "آخر نسخة احتياطية سليمة" in admin.get("/newsroom/").text


def test_every_fault_of_the_settings_is_said_at_once(enter):
    given = {"months": "x", "digits": "y", "social": "https://evil.example"}
    answer = enter("admin").post("/newsroom/settings", data=given)
    assert answer.status_code == 422
    for field in ("months", "digits", "social"):
        assert f'id="bad-{field}"' in answer.text, field
