"""Composing the front page and the editions: moved in the address, published in one step."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from factories.story import BY, ENGLISH, stories, story
from sqlalchemy import select

from khabarayn.desk.front.bulletin import announce
from khabarayn.desk.front.front_page import FrontChanged, FrontPlace, compose_front
from khabarayn.desk.front.order_edition import order_edition, plan_edition, print_orders
from khabarayn.desk.front.press import press_for
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.edition.name import EditionName, newest
from khabarayn.store.db import db, now
from khabarayn.store.models import EditionRow, LogRow, OutboxRow
from khabarayn.store.queries.editions import edition_by_name
from khabarayn.store.queries.front import current_bulletin, front_forms, front_state, placings

RIYADH = ZoneInfo("Asia/Riyadh")


def placed(app) -> dict[int, str]:
    with app.app_context():
        return {one.place: one.card.id for one in placings()}


def fields(answer) -> dict[str, list[str]]:
    """Return what the composing form holds, as a browser would send it."""
    form = answer.text.split('id="table"')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    found.pop("until", None)
    return found


def lead_of(app) -> str:
    found = re.search(r'id="lead"[^>]*><a href="/a/(\w+)"', app.test_client().get("/").text)
    assert found
    return found[1]


def test_the_page_is_composed_by_moves_and_published_at_once(app, enter):
    ids = stories(app, 8)
    chief = enter("chief")
    page = chief.get("/newsroom/front", query_string={"do": f"lead.{ids[1]}"})
    state = fields(page)
    assert state["story"] == [ids[1], "", "", "", ""]
    for move, expected in (
        (f"in.{ids[2]}", [ids[1], ids[2], "", "", ""]),
        (f"in.{ids[3]}", [ids[1], ids[2], ids[3], "", ""]),
        ("up.2", [ids[1], ids[3], ids[2], "", ""]),
        ("down.0", [ids[3], ids[1], ids[2], "", ""]),
        (f"lead.{ids[4]}", [ids[4], ids[3], ids[1], ids[2], ""]),
        ("out.1", [ids[4], "", ids[1], ids[2], ""]),
        (f"pin.4.{ids[6]}", [ids[4], "", ids[1], ids[2], ids[6]]),
        ("up.9", [ids[4], "", ids[1], ids[2], ids[6]]),
        ("lead.nothing", [ids[4], "", ids[1], ids[2], ids[6]]),
    ):
        page = chief.get("/newsroom/front", query_string={**state, "do": move})
        state = fields(page)
        assert state["story"] == expected, move
    assert placed(app) == {}
    assert "لم يُنشر هذا الترتيب بعد" in page.text
    answer = chief.post("/newsroom/front", data=state)
    assert answer.status_code == 303
    assert placed(app) == {0: ids[4], 2: ids[1], 3: ids[2], 4: ids[6]}
    assert lead_of(app) == ids[4]
    with app.app_context():
        assert "front" in db.session.scalars(select(OutboxRow.topic)).all()
        assert "front" in db.session.scalars(select(LogRow.verb)).all()


def test_the_preview_is_what_readers_would_see_and_nobody_else_does(app, enter):
    ids = stories(app, 6)
    chief = enter("chief")
    page = chief.get("/newsroom/front/preview", query_string={"story": [ids[0], ids[1]]})
    assert page.status_code == 200
    assert re.search(rf'id="lead"[^>]*><a href="/a/{ids[0]}"', page.text)
    assert f"/newsroom/front?story={ids[0]}&amp;story={ids[1]}" in page.text
    assert "private" in page.headers["Cache-Control"]
    assert lead_of(app) != ids[0]


def forms_of(answer) -> dict[str, str]:
    """Return the form that the composing page shows for each block, by its name."""
    blocks = re.findall(
        r"<span>([^<]*)</span>\s*<select class=\"input\" name=\"form\">(.*?)</select>",
        answer.text,
        re.S,
    )
    return {
        name: (re.search(r'value="[^"]*\.(\w+)" selected', options) or ["", ""])[1]
        for name, options in blocks
    }


def test_an_editor_chooses_the_form_of_a_block_and_readers_see_it(app, enter):
    stories(app, 12)
    chief = enter("chief")
    page = chief.get("/newsroom/front")
    block = re.search(r'<option value="(s:\d+)\.">', page.text)
    assert block
    assert set(forms_of(page).values()) == {""}
    chosen = [f"{block[1]}.mirror", "most_read.off"]
    preview = chief.get("/newsroom/front/preview", query_string={"story": [""], "form": chosen})
    assert 'class="block block--mirror"' in preview.text
    assert 'class="block block--mirror"' not in app.test_client().get("/").text
    # A move of a story keeps what was chosen and is not published yet.
    moved = chief.get(
        "/newsroom/front", query_string={"story": [""], "form": chosen, "do": "out.0"}
    )
    assert sorted(filter(None, forms_of(moved).values())) == ["mirror", "off"]
    assert chief.post("/newsroom/front", data={"form": chosen}).status_code == 303
    assert 'class="block block--mirror"' in app.test_client().get("/").text
    assert sorted(filter(None, forms_of(chief.get("/newsroom/front")).values())) == [
        "mirror",
        "off",
    ]
    # Stories placed by an older page, which knows no forms, leave them.
    assert chief.post("/newsroom/front", data={"story": ["", "", "", "", ""]}).status_code == 303
    assert 'class="block block--mirror"' in app.test_client().get("/").text


@pytest.mark.parametrize(
    "form", ["s:1.round", "s:99999.row", "opinion.row", "nothing.off", "s:1.off\nx"]
)
def test_a_form_that_the_page_does_not_have_changes_nothing(app, enter, form):
    stories(app, 2)
    chief = enter("chief")
    state = fields(chief.get("/newsroom/front"))["seen"]
    answer = chief.post("/newsroom/front", data={"form": form})
    assert answer.status_code == 422
    assert "ليس لأبواب الصفحة الأولى هذا الشكل" in answer.text
    assert fields(chief.get("/newsroom/front"))["seen"] == state


def test_the_strip_does_not_repeat_the_story_that_leads_under_it(app):
    ids = stories(app, 4)
    with app.app_context():
        compose_front({0: FrontPlace(ids[2])}, BY)
        announce("الإصلاح قبل المساء", timedelta(hours=1), BY, ids[2])
    page = app.test_client().get("/").text
    assert 'class="strip"' not in page
    lead = page.split('id="lead"')[0]
    assert "عاجل" in lead and '<p class="lead__flash">الإصلاح قبل المساء</p>' in lead
    with app.app_context():
        compose_front({0: FrontPlace(ids[1])}, BY)
    page = app.test_client().get("/").text
    assert 'class="strip"' in page and "lead__flash" not in page


def test_a_place_is_given_back_at_its_hour(app, enter):
    ids = stories(app, 6)
    chief = enter("chief")
    data = {"story": [ids[0], ids[1]], "until": ["2", "-"]}
    assert chief.post("/newsroom/front", data=data).status_code == 303
    page = chief.get("/newsroom/front").text
    assert "حتى " in page
    with time_machine.travel(now() + timedelta(hours=2, minutes=1), tick=False):
        assert placed(app) == {1: ids[1]}
    wrong = chief.post("/newsroom/front", data={"story": [ids[0]], "until": ["tomorrow"]})
    assert wrong.status_code == 422


def test_two_who_compose_at_once_do_not_undo_each_other(app, enter):
    ids = stories(app, 4)
    quick, slow = enter("chief"), enter("chief")
    seen = fields(slow.get("/newsroom/front"))["seen"][0]
    quick.post("/newsroom/front", data={"story": [ids[0]], "seen": seen})
    answer = slow.post(
        "/newsroom/front", data={"story": [ids[1]], "seen": seen}, follow_redirects=True
    )
    assert "رتّب زميل الصفحة الأولى" in answer.text
    assert placed(app) == {0: ids[0]}
    with app.app_context():
        with pytest.raises(FrontChanged):
            compose_front({0: FrontPlace(ids[1])}, BY, "something else")
        db.session.rollback()
        compose_front({0: FrontPlace(ids[1])}, BY, front_state())


def test_each_language_has_a_front_page_of_its_own_to_compose(app, enter):
    arabic = stories(app, 4)
    english = [
        story(app, **{**ENGLISH, "headline": f"The {day} market opens early"})
        for day in ("Monday", "Tuesday", "Friday")
    ]
    chief = enter("chief")
    page = chief.get("/newsroom/front?language=en")
    assert english[2] in page.text and arabic[3] not in page.text
    form = {**fields(page), "story": [english[0]], "form": ["briefing.off"]}
    answer = chief.post("/newsroom/front", data=form)
    assert answer.status_code == 303 and answer.location.endswith("language=en")
    chief.post("/newsroom/front", data={"story": [arabic[1]], "form": ["opinion.off"]})
    client = app.test_client()
    assert f'<a href="/en/a/{english[0]}"' in client.get("/en/").text.split('id="lead"')[1][:200]
    assert lead_of(app) == arabic[1]
    with app.app_context():
        assert (front_forms(), front_forms("en")) == ({"opinion": "off"}, {"briefing": "off"})
    preview = chief.get(f"/newsroom/front/preview?language=en&story={english[1]}").text
    assert english[1] in preview.split('id="lead"')[1][:200]
    # Neither a story of another language nor a language without stories.
    refusal = chief.post("/newsroom/front", data={**form, "story": [arabic[0]]})
    assert refusal.status_code == 422 and arabic[0] in refusal.text
    assert chief.get("/newsroom/front?language=fr").status_code == 404


def test_only_published_stories_in_places_that_exist_can_be_placed(app):
    live, hidden = story(app), story(app, status="draft")
    with app.app_context():
        for places in (
            {0: FrontPlace(hidden)},
            {9: FrontPlace(live)},
            {0: FrontPlace(live), 1: FrontPlace(live)},
            {0: FrontPlace("zzzzzzz2")},
        ):
            with pytest.raises(Refused):
                compose_front(places, BY)
            db.session.rollback()
        compose_front({0: FrontPlace(live, now() - timedelta(minutes=1))}, BY)
        assert placings() == ()


def test_the_pool_is_searched_however_words_are_spelled(app, enter):
    wanted = story(app, headline="افتتاح المدرسة الجديدة")
    stories(app, 3)
    page = enter("chief").get("/newsroom/front", query_string={"q": "إفتتاح المدرسه"})
    pool = page.text.split('id="pool"')[1]
    assert re.findall(r'value="in\.(\w+)"', pool) == [wanted]


def test_the_strip_goes_up_with_one_button_and_comes_down(app, enter):
    public_id = story(app, headline="زلزال يضرب الساحل", short_headline="زلزال على الساحل")
    story(app)
    chief, reader = enter("chief"), app.test_client()
    data = {"story": f"http://127.0.0.1:8000/a/{public_id}/slug", "lasts": "60"}
    for _ in range(2):
        assert chief.post("/newsroom/front/bulletin", data=data).status_code == 303
    text = " ".join(reader.get("/").text.split())
    assert f'<a href="/a/{public_id}">زلزال على الساحل</a>' in text
    with app.app_context():
        assert db.session.scalars(select(OutboxRow.topic)).all().count("bulletin") == 1
        # A newer strip with a shorter life still replaces it.
        announce("نص آخر", timedelta(minutes=30), BY)
        found = current_bulletin()
        assert found
        assert found.text == "نص آخر"
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert "نص آخر" not in reader.get("/").text
    assert chief.post("/newsroom/front/bulletin/end").status_code == 303
    assert "نص آخر" not in reader.get("/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " ", "lasts": "60"},
        {"text": "س" * 201, "lasts": "60"},
        {"text": "نص", "lasts": "9999"},
        {"text": "نص", "lasts": "60", "story": "zzzzzzz2"},
        {"text": "نص", "lasts": "60", "story": "<script>"},
    ],
)
def test_a_strip_that_will_not_do_comes_back_with_its_words(app, enter, wrong):
    story(app)
    answer = enter("chief").post("/newsroom/front/bulletin", data=wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text.split("bulletin-story")[1][:300]
    with app.app_context():
        assert current_bulletin() is None


def test_only_a_chief_composes(app, enter):
    public_id = story(app)
    for role in ("contributor", "writer", "editor"):
        client = enter(role)
        for address in ("/newsroom/front", "/newsroom/front/preview", "/newsroom/editions"):
            assert client.get(address).status_code == 403
        for address in (
            "/newsroom/front",
            "/newsroom/front/bulletin",
            "/newsroom/front/bulletin/end",
            "/newsroom/editions/2026-11-23-am",
            "/newsroom/editions/2026-11-23-am/make",
        ):
            assert client.post(address, data={"story": public_id}).status_code == 403


def pressed(app) -> int:
    with app.app_context():
        press = press_for(
            app.test_client(), app.config["KHABARAYN"], app.extensions["khabarayn.media"]
        )
        return print_orders(press)


def test_an_edition_is_chosen_ordered_and_printed_once(app, enter):
    ids = stories(app, 5)
    chief = enter("chief")
    name = str(newest(now(), RIYADH))
    page = chief.get(f"/newsroom/editions/{name}", query_string={"do": f"in.{ids[0]}"})
    state = fields(page)
    for move in (f"in.{ids[1]}", f"in.{ids[2]}", f"first.{ids[2]}", f"out.{ids[0]}"):
        page = chief.get(f"/newsroom/editions/{name}", query_string={**state, "do": move})
        state = fields(page)
    assert state["story"] == ["", ids[2], ids[1]]
    assert chief.post(f"/newsroom/editions/{name}", data=state).status_code == 303
    assert pressed(app) == 0
    for _ in range(2):
        assert chief.post(f"/newsroom/editions/{name}/make").status_code == 303
    assert "في المطبعة" in chief.get("/newsroom/editions").text
    assert pressed(app) == 1
    assert pressed(app) == 0
    with app.app_context():
        made = edition_by_name(name)
        assert made
        assert made.complete
        assert made.lead
        assert [made.lead.id, *(card.id for card in made.stories)] == [ids[2], ids[1]]
    assert f"/editions/{name}" in chief.get("/newsroom/editions").text
    assert app.test_client().get(f"/editions/{name}").status_code == 200
    # Withdrawn since: the next issue is without it.
    with app.app_context():
        withdraw(ids[2], BY, "خطأ")
    chief.post(f"/newsroom/editions/{name}/make")
    assert pressed(app) == 1
    with app.app_context():
        made = edition_by_name(name)
        assert made
        assert made.head.issue == 2
        assert made.lead
        assert made.lead.id == ids[1]


def test_a_planned_edition_is_printed_when_it_closes(app, enter):
    ids = stories(app, 3)
    chief = enter("chief")
    coming = newest(now(), RIYADH).following
    address = f"/newsroom/editions/{coming}"
    assert chief.post(f"{address}/make").status_code == 422
    assert chief.post(address, data={"story": ids[:2]}).status_code == 303
    assert pressed(app) == 0
    with time_machine.travel(coming.closes(RIYADH) + timedelta(seconds=5), tick=False):
        assert pressed(app) == 1
    with app.app_context():
        made = edition_by_name(str(coming))
        assert made
        assert made.complete


def test_an_order_whose_worker_died_stands_again(app):
    ids = stories(app, 3)
    name = newest(now(), RIYADH)
    with app.app_context():
        plan_edition(name, ids, BY, RIYADH)
        order_edition(name, BY, RIYADH)
        row = db.session.scalars(select(EditionRow)).one()
        # As a killed worker leaves it.
        row.ordered_at = now() + timedelta(minutes=10)
        db.session.commit()
    assert pressed(app) == 0
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert pressed(app) == 1


def test_an_edition_by_rule_can_be_taken_up_and_changed(app, enter):
    moment = datetime.now(RIYADH) - timedelta(days=2)
    for public_id in [story(app, status="draft") for _ in range(3)]:
        with app.app_context():
            publish(public_id, BY, at=moment)
    name = newest(now(), RIYADH)
    page = enter("chief").get(f"/newsroom/editions/{name}", query_string={"do": "rule"})
    assert len(fields(page)["story"]) > 1
    assert enter("chief").get("/newsroom/editions/2026-99-99-am").status_code == 404
    assert enter("chief").get("/newsroom/editions/x").status_code == 404
    with app.app_context(), pytest.raises(Refused):
        plan_edition(EditionName.parse("2036-01-01-am"), (), BY, RIYADH)
