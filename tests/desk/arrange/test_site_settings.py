"""What the newsroom says of the paper holds from the next page on, everywhere."""

from __future__ import annotations

import pytest
from factories.story import BY, story

from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.queries.site import accounts, counting, overlaid


def say(app, **given) -> None:
    with app.app_context():
        set_site(PaperSettings(**given), BY, ["en"])


def test_dates_are_told_as_the_newsroom_says(any_app, any_client):
    public_id = story(any_app)
    assert "مارس/آذار" in any_client.get(f"/a/{public_id}").text
    say(any_app, months="levantine", digits="arab")
    text = any_client.get(f"/a/{public_id}").text
    assert "مارس/آذار" not in text
    assert "آذار ٢٠٢٦" in text


def test_a_language_that_is_not_offered_is_not_there(any_app, any_client):
    assert any_client.get("/en/sections").status_code == 200
    say(any_app)
    assert any_client.get("/en/sections").status_code == 404
    assert "hreflang" not in any_client.get("/sections").text
    say(any_app, languages=("en",))
    assert any_client.get("/en/sections").status_code == 200


def test_accounts_stand_at_the_foot_and_in_what_robots_read(any_app, any_client):
    public_id = story(any_app)
    say(any_app, social=" https://x.com/waha \n\nhttps://www.youtube.com/@waha\nhttps://x.com/waha")
    text = any_client.get(f"/a/{public_id}").text
    assert text.count('href="https://x.com/waha"') == 1
    assert '"sameAs":["https://x.com/waha","https://www.youtube.com/@waha"]' in text
    with any_app.app_context():
        assert [one.kind for one in accounts()] == ["x", "youtube"]


@pytest.mark.parametrize(
    "line",
    ["javascript:alert(1)", "http://x.com/waha", "https://x.com/", "https://evil.example/waha",
     "https://x.com@evil.example/waha", 'https://x.com/"onload', "https://[x", "waha"],
)  # fmt: skip
def test_what_is_no_account_is_refused(any_app_context, line):
    with pytest.raises(Refused) as refusal:
        set_site(PaperSettings(social=line), BY, [])
    assert refusal.value.field == "social"


MANY = "\n".join(f"https://x.com/{number}" for number in range(13))


@pytest.mark.parametrize(
    ("field", "value"),
    [("months", "roman"), ("digits", "x"), ("languages", ("fr",)),
     ("social", MANY)],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_by_name(any_app_context, field, value):
    with pytest.raises(Refused) as refusal:
        set_site(PaperSettings(**{field: value}), BY, ["en"])
    assert refusal.value.field == field


def test_nothing_said_is_as_the_environment_says(any_app_context, settings):
    assert overlaid(settings) == settings
    assert counting()
    set_site(PaperSettings(counting=False, languages=("en",)), BY, ["en"])
    assert not counting()
    assert overlaid(settings) == settings


def test_a_page_without_a_database_still_knows_its_name(app, client):
    with app.app_context():
        db.session.execute(db.text("ALTER TABLE site_setting RENAME TO gone"))
        db.session.commit()
    answer = client.get("/sections")
    assert answer.status_code in {200, 503}
    assert "خَبَرَيْن" in answer.text
