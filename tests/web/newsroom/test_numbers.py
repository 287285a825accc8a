"""Numbers are drawn and told, and come from what readers' own pages count."""

from __future__ import annotations

import pytest
from factories.story import story


def test_what_readers_do_is_what_editors_see(app, client, enter):
    public_id = story(app, headline="خبر مقروء")
    for _ in range(3):
        assert client.post(f"/api/reads/{public_id}").status_code == 204
    client.post("/api/counts/share", data={"name": "whatsapp"})
    client.post("/api/counts/save")
    for _ in range(2):
        client.post("/api/counts/nothing", data={"name": "كلمة نادرة"})
    client.post("/api/counts/nothing", data={"name": "سؤال شخص واحد"})
    text = enter("writer").get("/newsroom/numbers?days=7").text
    assert "خبر مقروء" in text
    assert "واتساب" in text
    assert "كلمه نادره" in text
    assert "سوال شخص" not in text
    assert text.count("<svg viewBox") >= 1
    assert '<th scope="row">' in text


@pytest.mark.parametrize("days", ["", "7", "28", "90", "9999", "x"])
def test_numbers_open_for_every_span_even_with_nothing_to_tell(enter, days):
    answer = enter("writer").get("/newsroom/numbers", query_string={"days": days})
    assert answer.status_code == 200
    assert "لا قراءات في هذه المدة" in answer.text


def test_numbers_are_not_for_contributors(enter):
    assert enter("contributor").get("/newsroom/numbers").status_code == 403


def test_only_our_own_pages_are_counted(client):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/api/counts/save", headers=elsewhere).status_code == 403
    assert client.post("/api/counts/else").status_code == 404
    assert client.post("/api/counts/share", data={"name": "x" * 90}).status_code == 204


def test_a_search_in_vain_says_so_to_the_script(client):
    text = client.get("/search", query_string={"q": "زقزقة نادرة"}).text
    assert 'data-nothing="زقزقة نادرة"' in text
    assert "data-nothing" not in client.get("/search").text


def test_a_paper_that_does_not_count_says_so(app, client, enter):
    admin = enter("admin")
    admin.post("/newsroom/settings", data={"months": ""})
    assert "data-uncounted" in client.get("/").text
    assert "العدّ موقوف" in admin.get("/newsroom/numbers").text
