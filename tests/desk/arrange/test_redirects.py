"""Old addresses lead to new ones in one step, and never in a circle."""

from __future__ import annotations

import pytest
from factories.story import BY, story

from khabarayn.desk.arrange.redirects import add_redirect, move, remove_redirect
from khabarayn.desk.arrange.sections import SectionForm, add_section, change_section
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.queries.redirects import redirect_of, redirects


def test_an_old_address_leads_on(any_app, any_client):
    with any_app.app_context():
        kept = add_redirect(
            "https://paper.example/2019/%D8%AE%D8%A8%D8%B1/?utm_source=x",
            "/latest",
            BY,
            "https://paper.example",
        )
    assert kept == ("/2019/خبر", "/latest")
    answer = any_client.get("/2019/خبر")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/latest")
    with any_app.app_context():
        remove_redirect("/2019/خبر", BY)
        with pytest.raises(Refused):
            remove_redirect("/2019/خبر", BY)
    assert any_client.get("/2019/خبر").status_code == 404


@pytest.mark.parametrize(
    ("kept", "asked"),
    [("/2024/05/12/old-story/", "/2024/05/12/old-story/"),
     ("/2024/05/12/old-story", "/2024/05/12/old-story/"),
     ("/2024/05/12/old-story/", "/2024/05/12/old-story?utm_source=app"),
     ("/%d8%ae%d8%a8%d8%b1/", "/%D8%AE%D8%A8%D8%B1"),
     ("/خبر", "/%d8%AE%d8%a8%D8%b1/?fbclid=1"),
     ("/?p=123", "/?p=123"), ("?p=123", "/?p=123&utm_medium=x"), ("/?p=123", "/en/?p=123"),
     ("/news.php?id=7&x=%d8%ae", "/news.php?x=%D8%AE&id=7")],
)  # fmt: skip
def test_an_old_address_leads_on_however_it_is_written(any_app, any_client, kept, asked):
    with any_app.app_context():
        add_redirect(kept, "/latest", BY)
    answer = any_client.get(asked)
    assert answer.status_code == 301
    assert answer.headers["Location"] == ("/en/latest" if asked.startswith("/en/") else "/latest")


def test_one_number_of_an_old_front_page_leads_away_and_no_other(any_app, any_client):
    with any_app.app_context():
        add_redirect("/?p=123", "/s/news?before=x", BY)
    assert any_client.get("/").status_code == 200
    assert any_client.get("/?p=124").status_code == 200
    assert any_client.get("/?p=123").headers["Location"] == "/s/news?before=x"


def test_a_renamed_sections_feeds_lead_on(app, client):
    with app.app_context():
        add_section(BY, SectionForm(name="سوق", part="market"))
        change_section("market", BY, SectionForm(name="سوق", part="bazaar"))
    for form in ("feed.xml", "atom.xml", "feed.json"):
        answer = client.get(f"/s/market/{form}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/s/bazaar/{form}")
        assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/s/market/").headers["Location"] == "/s/bazaar"


def test_a_chain_becomes_one_step(any_app_context):
    add_redirect("/a1", "/b1", BY)
    add_redirect("/b1", "/c1", BY)
    add_redirect("/z1", "/a1", BY)
    assert [redirect_of(path) for path in ("/a1", "/b1", "/z1")] == ["/c1"] * 3


@pytest.mark.parametrize(
    "pairs",
    [[("/a1", "/a1")], [("/a1", "/b1"), ("/b1", "/a1")],
     [("/a1", "/b1"), ("/b1", "/c1"), ("/c1", "/a1")]],
)  # fmt: skip
def test_a_circle_is_refused(any_app_context, pairs):
    *good, (path, target) = pairs
    for one in good:
        add_redirect(*one, BY)
    with pytest.raises(Refused, match="يدور"):
        add_redirect(path, target, BY)


def test_a_circle_made_by_other_hands_does_not_hang(any_app_context):
    move("/a1", "/b1")
    db.session.execute(db.text("INSERT INTO redirect VALUES ('/b1', '/a1', '2026-01-01')"))
    with pytest.raises(Refused):
        move("/x1", "/a1")


@pytest.mark.parametrize(
    "bad",
    ["", "news", "//evil.example", "https://evil.example/x", "/\\evil", "/a\x00b", "javascript:x",
     "/" + "س" * 501, "/%ff%fe"],
)  # fmt: skip
def test_what_is_no_address_of_ours_is_refused_at_both_ends(any_app_context, bad):
    with pytest.raises(Refused):
        add_redirect(bad, "/latest", BY)
    with pytest.raises(Refused):
        add_redirect("/old", bad, BY)


@pytest.mark.parametrize("path", ["/", "/newsroom/x", "/static/x", "/latest", "/s/news", "/_f/x"])
def test_an_address_that_is_in_use_is_not_led_away(any_app_context, path):
    with pytest.raises(Refused):
        add_redirect(path, "/about", BY)


def test_a_story_is_not_led_away_from_itself(app):
    public_id = story(app)
    with app.app_context(), pytest.raises(Refused, match="صفحة"):
        add_redirect(f"/a/{public_id}", "/latest", BY)


def test_redirects_are_listed_by_address_and_found_by_either_end(any_app_context):
    for path, target in (("/b1", "/latest"), ("/a1", "/about"), ("/c1", "/s/news")):
        add_redirect(path, target, BY)
    first, after = redirects(limit=2)
    rest, end = redirects(after=after, limit=2)
    assert [one.path for one in (*first, *rest)] == ["/a1", "/b1", "/c1"]
    assert end == ""
    assert [one.path for one in redirects("news")[0]] == ["/c1"]
