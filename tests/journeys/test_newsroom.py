"""A story's life, walked with clients: written, returned, scheduled, out, corrected, taken back."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
import time_machine
from factories.story import BY, proposal, story

from khabarayn.desk.count import count_read
from khabarayn.desk.front.front_page import FrontPlace, compose_front
from khabarayn.desk.front.make_edition import make_edition
from khabarayn.desk.front.press import press_for
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.edition.name import newest
from khabarayn.store.db import now
from khabarayn.worker import work

RIYADH = ZoneInfo("Asia/Riyadh")
HEADLINE = "البلدية تفتتح الحديقة الكبرى على ضفة النهر"
# Wherever a published story can stand, and what stands there.
PLACES = (
    "/", "/latest", "/s/news", "/t/حدائق", "/feed.xml", "/atom.xml", "/feed.json",
    "/s/news/feed.xml", "/t/حدائق/feed.xml", "/news-sitemap.xml", "/search?q=الحديقة الكبرى",
    "/search/suggest?q=الحديقة", "/_f/most-read", "/_f/section/news",
)  # fmt: skip


def at(client, path: str):
    return client.get(quote(path, safe="/?=&"))


def since(client) -> int:
    """Return where a phone that asks for the first time begins."""
    return client.get("/api/sync").json["rev"]


def test_a_story_from_its_first_draft_to_its_withdrawal(app, enter, client):
    writer, editor, chief = enter("writer"), enter("editor"), enter("chief")
    with app.app_context():
        story_id = draft(proposal(headline=HEADLINE, tags=("حدائق",), published_at=None), writer.by)
    steps = f"/newsroom/stories/{story_id}"

    # Written, submitted, returned with a note, submitted again.
    assert story_id in writer.get("/newsroom/").text
    assert story_id not in enter("contributor").get("/newsroom/").text
    writer.post(f"{steps}/submit", data={"note": "جاهز"})
    assert story_id in editor.get("/newsroom/?shelf=review").text
    editor.post(f"{steps}/return", data={"note": "أضف المساحة بالأمتار"})
    assert "أضف المساحة بالأمتار" in writer.get("/newsroom/").text
    writer.post(f"{steps}/submit")
    assert client.get(f"/a/{story_id}").status_code == 404

    # Given an hour by the site's clock; before it nothing, after it everything.
    hour = (now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    typed = hour.astimezone(RIYADH).strftime("%Y-%m-%dT%H:%M")
    assert editor.post(f"{steps}/schedule", data={"at": typed}).status_code == 303
    assert story_id in editor.get("/newsroom/?shelf=scheduled").text
    with app.app_context():
        work(once=True)
    assert client.get(f"/a/{story_id}").status_code == 404
    with time_machine.travel(hour + timedelta(seconds=1), tick=True):
        with app.app_context():
            work(once=True)
        page = client.get(f"/a/{story_id}")
        assert page.status_code == 200
        assert HEADLINE in page.text
        assert f'datetime="{hour.astimezone(RIYADH).isoformat(timespec="seconds")}"' in page.text
        for place in ("/", "/latest", "/s/news", "/feed.xml", "/search?q=الحديقة الكبرى"):
            assert story_id in at(client, place).text, place

        # Three hours unused end a session: they sign in again.
        editor, chief = enter("editor"), enter("chief")
        # Corrected: written, dated, on the page, and told to phones that keep the story.
        told = since(client)
        editor.post(f"{steps}/correct", data={"reason": "المساحة ألفا متر لا ألف."})
        page = client.get(f"/a/{story_id}")
        assert "المساحة ألفا متر لا ألف." in page.text
        assert 'data-rev="2"' in page.text
        assert {"id": story_id, "rev": 2, "why": "corrected"} in client.get(
            f"/api/sync?since={told}"
        ).json["changed"]

        # An editor may not take it back; the chief may, and says why.
        assert editor.post(f"{steps}/withdraw", data={"reason": "خطأ"}).status_code == 403
        assert chief.post(f"{steps}/withdraw", data={"reason": ""}).status_code == 422
        assert client.get(f"/a/{story_id}").status_code == 200
        answer = chief.post(f"{steps}/withdraw", data={"reason": "لم تثبت المساحة."})
        assert answer.status_code == 303
        gone = client.get(f"/a/{story_id}")
        assert gone.status_code == 410
        assert "لم تثبت المساحة." in gone.text
        # The page names the story that is gone, and nothing of its text.
        assert HEADLINE in gone.text
        assert {"id": story_id, "reason": "لم تثبت المساحة."} in client.get(
            f"/api/sync?since={told}"
        ).json["withdrawn"]
        assert story_id in chief.get("/newsroom/?shelf=withdrawn").text

        # Opened again it stays taken back for readers until it is published anew.
        chief.post(f"{steps}/reopen", data={"note": "وصلت الوثيقة"})
        assert client.get(f"/a/{story_id}").status_code == 410
        editor.post(f"{steps}/publish")
        assert client.get(f"/a/{story_id}").status_code == 200


@pytest.fixture
def everywhere(app) -> str:
    """A published story that stands wherever a story can stand, and one that leads to it."""
    with app.app_context():
        public_id = draft(proposal(headline=HEADLINE, tags=("حدائق",)), BY)
        publish(public_id, BY, at=now() - timedelta(hours=1))
        for _ in range(3):
            count_read(public_id)
    for _ in range(6):
        story(app, tags=("حدائق",))
    with app.app_context():
        compose_front({1: FrontPlace(public_id)}, BY)
        settings = app.config["KHABARAYN"]
        press = press_for(app.test_client(), settings, app.extensions["khabarayn.media"])
        make_edition(newest(now(), RIYADH), BY, press, [public_id])
    return public_id


def test_withdrawal_is_true_everywhere_within_two_seconds(app, enter, client, everywhere):
    chief, edition = enter("chief"), newest(now(), RIYADH)
    month = f"{now():%Y-%m}"
    places = [*PLACES, f"/sitemap-{month}.xml", f"/editions/{edition}", "/newsroom/front"]
    standing = {p for p in places if everywhere in at(chief, p).text}
    assert standing >= {"/", "/latest", "/s/news", "/feed.xml", "/search?q=الحديقة الكبرى",
                        f"/editions/{edition}", "/newsroom/front"}  # fmt: skip
    leading = [
        f"/a/{other}"
        for other in set(re.findall(r'href="/a/(\w{8})"', client.get("/latest").text))
        if everywhere in client.get(f"/a/{other}").text
    ]
    assert leading
    chief.post("/newsroom/front/bulletin", data={"story": everywhere, "lasts": "60"})
    assert re.search('class="(?:strip|flag)"', client.get("/").text)

    started = time.monotonic()
    answer = chief.post(
        f"/newsroom/stories/{everywhere}/withdraw", data={"reason": "لم يثبت الخبر."}
    )
    assert answer.status_code == 303
    assert client.get(f"/a/{everywhere}").status_code == 410
    assert time.monotonic() - started < 2
    for place in (*places, *leading):
        text = at(chief, place).text
        assert everywhere not in text, place
        # The story's own page alone still names what was withdrawn.
        assert (HEADLINE in text) == (place == f"/a/{everywhere}"), place
    assert not re.search('class="(?:strip|flag)"', client.get("/").text)
    apart = (
        f"/share/{everywhere}.jpg", f"/a/{everywhere}/slug", f"/_f/related/{everywhere}",
        f"/_f/see-also/{everywhere}/1", f"/editions/stories/{everywhere}.khb",
    )  # fmt: skip
    for path in apart:
        assert client.get(path, follow_redirects=True).status_code in {204, 404, 410}, path


def test_no_cache_on_the_way_may_show_a_page_longer_than_two_seconds(client, everywhere):
    for path in ("/", "/latest", f"/a/{everywhere}", "/feed.xml", "/_f/most-read", "/nothing"):
        words = client.get(path).headers["Cache-Control"]
        ages = [int(age) for age in re.findall(r"max-?age=(\d+)", words)]
        assert ages, path
        assert max(ages) <= 2, path
        assert "stale-while-revalidate" not in words, path
