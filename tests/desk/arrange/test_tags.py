"""Tags are renamed and merged, and nothing that named them before is lost."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal, stories, story

from khabarayn.desk.arrange.tags import change_tag, delete_tag, merge_tags
from khabarayn.desk.record import newest_content, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.jobs.outbox import beat, sweep
from khabarayn.store.db import db
from khabarayn.store.queries.tags import tag_by_key, tag_use, tag_uses
from khabarayn.worker import FOLLOWERS


def ids_of(client, path: str) -> set[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return {part[:8] for part in answer.text.split('href="/a/')[1:]}


def test_a_renamed_tag_keeps_its_stories_and_its_old_addresses(any_app, any_client):
    public_id = story(any_app, tags=("مدن قديمة",))
    with any_app.app_context():
        key = change_tag("مدن قديمه", BY, "#تاريخ_المدن", "ما بقي من المدن.")
    assert ids_of(any_client, "/t/تاريخ_المدن") == {public_id}
    for old in ("/t/مدن_قديمة", "/t/مدن_قديمه"):
        answer = any_client.get(old)
        assert answer.status_code == 301
        assert any_client.get(old, follow_redirects=True).request.path == "/t/تاريخ_المدن"
    with any_app.app_context():
        found = tag_use(key)
    assert (found.tag.name, found.tag.intro, found.stories) == (
        "تاريخ المدن", "ما بقي من المدن.", 1,
    )  # fmt: skip


def test_a_tag_renamed_there_and_back_stands_where_it_stood(any_app, any_client):
    public_id = story(any_app, tags=("مدن",))
    with any_app.app_context():
        change_tag("مدن", BY, "حواضر")
        change_tag("حواضر", BY, "مدن")
    assert ids_of(any_client, "/t/مدن") == {public_id}
    assert any_client.get("/t/حواضر").status_code == 301


def test_another_spelling_of_the_same_name_needs_no_redirect(any_app, any_client):
    story(any_app, tags=("اسيا",))
    with any_app.app_context():
        assert change_tag("اسيا", BY, "آسيا") == "اسيا"
    assert any_client.get("/t/اسيا").status_code == 301
    assert any_client.get("/t/آسيا").status_code == 200


def test_search_knows_the_new_name_at_once_or_when_the_worker_has_been(any_app, any_client):
    public_id = story(any_app, tags=("مدن",), headline="خبر الجسر")
    with any_app.app_context():
        change_tag("مدن", BY, "زلزال")
    assert public_id in any_client.get("/search", query_string={"q": "زلزال"}).text
    with any_app.app_context():
        beat()
        change_tag("زلزال", BY, "بركان")
    assert "لم نجد شيئًا" in any_client.get("/search", query_string={"q": "بركان"}).text
    with any_app.app_context():
        while sweep(FOLLOWERS):
            pass
    assert public_id in any_client.get("/search", query_string={"q": "بركان"}).text


def test_merged_tags_are_one_list_without_doubles(any_app, any_client):
    one, both, other = (
        story(any_app, tags=tags) for tags in (("مدن",), ("مدن", "حواضر"), ("حواضر",))
    )
    with any_app.app_context():
        assert merge_tags("حواضر", "مدن", BY) == 2
        assert tag_use("حواضر") is None
        assert tag_use("مدن").stories == 3
    assert ids_of(any_client, "/t/مدن") == {one, both, other}
    assert any_client.get("/t/حواضر").status_code == 301


def test_publishing_an_older_revision_does_not_bring_the_old_tag_back(any_app_context):
    public_id = draft(proposal(tags=("مدن", "حواضر")), BY)
    publish(public_id, BY)
    merge_tags("حواضر", "مدن", BY)
    revise(public_id, proposal(tags=("حواضر", "مدن")), BY)
    publish(public_id, BY)
    assert tag_use("حواضر") is None
    assert tag_use("مدن").stories == 1
    assert tag_by_key("حواضر")[0].name == "مدن"


@pytest.mark.parametrize("name", ["", "#", "س" * 90])
def test_a_name_that_is_none_is_refused(any_app, name):
    story(any_app, tags=("مدن",))
    with any_app.app_context(), pytest.raises(Refused):
        change_tag("مدن", BY, name)


def test_what_cannot_be_is_refused(any_app):
    story(any_app, tags=("مدن", "جسور"))
    with any_app.app_context():
        with pytest.raises(Refused, match="ادمج"):
            change_tag("مدن", BY, "جسور")
        with pytest.raises(Refused, match="نفسه"):
            merge_tags("مدن", "مدن", BY)
        with pytest.raises(Refused, match="لا وسم"):
            merge_tags("مدن", "لا شيء", BY)
        with pytest.raises(Refused, match="التعريف"):
            change_tag("مدن", BY, "مدن", "س" * 401)


def test_tags_are_listed_a_page_at_a_time_and_found_by_folded_words(any_app):
    stories(any_app, 1, tags=("أحمر", "بحر", "تمر", "آثار"))
    with any_app.app_context():
        first, after = tag_uses(limit=3)
        rest, end = tag_uses(after=after, limit=3)
        assert [one.tag.name for one in (*first, *rest)] == ["آثار", "أحمر", "بحر", "تمر"]
        assert end == ""
        assert [one.tag.name for one in tag_uses("اثار")[0]] == ["آثار"]


def test_a_deleted_tag_leaves_every_story_and_does_not_come_back(any_app, any_client):
    public_id = story(any_app, tags=("مدن", "جسور"))
    with any_app.app_context():
        change_tag("مدن", BY, "حواضر")
        assert delete_tag("حواضر", BY) == 1
        assert tag_use("حواضر") is None
        number, content = newest_content(story_row(public_id))
        assert content.tags == ("جسور",)
        assert story_row(public_id).live_number == number
        publish(public_id, BY)
        assert tag_use("حواضر") is None and tag_use("مدن") is None
        db.session.rollback()
    for path in ("/t/حواضر", "/t/مدن"):
        assert any_client.get(path).status_code == 404
    page = any_client.get(f"/a/{public_id}").text
    assert "جسور" in page
    assert "حواضر" not in page
    assert "لم نجد شيئًا" in any_client.get("/search", query_string={"q": "حواضر"}).text


def test_a_deleted_tag_leaves_a_text_that_waits_for_publication(any_app_context):
    public_id, other = draft(proposal(tags=("جسور",)), BY), draft(proposal(tags=("مدن",)), BY)
    publish(public_id, BY)
    revise(public_id, proposal(tags=("مدن", "جسور"), headline="ينتظر"), BY)
    assert delete_tag("مدن", BY) == 1
    content = newest_content(story_row(public_id))[1]
    assert (content.headline, content.tags) == ("ينتظر", ("جسور",))
    assert newest_content(story_row(other))[1].tags == ()
    assert story_row(public_id).live_number == 1


def test_a_tag_on_very_many_stories_is_merged_not_deleted(any_app_context, monkeypatch):
    monkeypatch.setattr("khabarayn.desk.arrange.labels.MANY", 1)
    for _number in range(2):
        draft(proposal(tags=("مدن",)), BY)
    with pytest.raises(Refused, match="ادمجه"):
        delete_tag("مدن", BY)
    assert tag_use("مدن").stories == 2


def test_the_form_names_a_renamed_tag_as_it_is_called_now(any_app_context):
    public_id = draft(proposal(tags=("مدن", "جسور")), BY)
    publish(public_id, BY)
    change_tag("مدن", BY, "حواضر")
    merge_tags("جسور", "حواضر", BY)
    assert story_form(newest_content(story_row(public_id))[1]).tags == "حواضر"
