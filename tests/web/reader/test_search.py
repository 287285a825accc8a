"""The search page works as a plain form, says what it did, and never fails."""

from __future__ import annotations

import re

import pytest
from factories.story import MORNING, stories, story


def page(client, **asked) -> str:
    answer = client.get("/search", query_string=asked)
    assert answer.status_code == 200
    return answer.text


def shown(text: str) -> list[str]:
    return re.findall(r'<h3 class="card__title"[^>]*><a href="/a/([^"]+)"', text)


def test_results_are_marked_counted_and_never_read_as_markup(app, client):
    wanted = story(app, headline="الصين <تطلق> قمرًا", standfirst="")
    text = page(client, q="الصين")
    assert shown(text) == [wanted]
    assert "<mark>الصين</mark> &lt;تطلق&gt;" in text
    assert '<p class="found" role="status" data-number>نتيجة</p>' in text
    assert 'name="robots" content="noindex' in text


def test_a_query_comes_back_as_typed_and_escaped(client):
    text = page(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in text
    assert "لم نجد شيئًا" in text


def test_filters_are_a_plain_form_that_keeps_what_was_chosen(app, client):
    story(app, headline="مهرجان الربيع", section="news")
    wanted = story(
        app,
        headline="مهرجان الخريف",
        section="sport",
        tags=("ثقافة",),
        published_at=MORNING,
    )
    day = MORNING.date().isoformat()
    text = page(client, q="مهرجان", section="sport", tag="ثقافة", to=day, sort="date")
    assert shown(text) == [wanted]
    assert re.search(r'<option value="sport" selected>', text)
    assert f'name="to" form="seek" value="{day}"' in text
    assert '<input type="hidden" name="tag" value="ثقافة" form="seek">' in text
    assert "#ثقافة" in text


@pytest.mark.parametrize("day", ["31-12-2026", "2026-13-01", "أمس", "2026-02-30"])
def test_a_day_that_is_none_is_named_and_left_out(app, client, day):
    wanted = story(app, headline="مهرجان الربيع")
    text = page(client, q="مهرجان", **{"from": day})
    assert shown(text) == [wanted]
    assert "لم نفهم التاريخ" in text


def test_each_day_that_is_none_is_named_beside_its_field(app, client):
    story(app, headline="مهرجان الربيع")
    text = page(client, q="مهرجان", **{"from": "أمس", "to": "غدًا"})
    for name, day in (("from", "أمس"), ("to", "غدًا")):
        assert re.search(
            rf'name="{name}"[^>]* aria-invalid="true" aria-describedby="bad-{name}"', text
        )
        assert re.search(rf'id="bad-{name}" role="alert">لم نفهم التاريخ «{day}»', text)
    assert '<details class="narrowing" open>' in text


def test_days_in_arabic_digits_are_days(app, client):
    wanted = story(app, headline="مهرجان الربيع", published_at=MORNING)
    assert shown(page(client, q="مهرجان", **{"from": "٢٠٢٦-٠١-٠١"})) == [wanted]


def test_a_slip_is_answered_with_what_was_meant(app, client):
    story(app, headline="انتخابات الرئاسة")
    text = page(client, q="انتهابات")
    assert "هل تقصد" in text
    assert "انتخابات</bdi></a>" in text


def test_nothing_found_leads_on_without_the_filters(app, client):
    story(app, headline="مهرجان الربيع", section="news")
    text = page(client, q="مهرجان", section="health")
    assert "لم نجد شيئًا" in text
    assert 'href="/search?q=%D9%85%D9%87%D8%B1%D8%AC%D8%A7%D9%86"' in text


def test_pages_lead_to_each_other(app, client):
    stories(app, 23, headline="معرض الكتاب")
    first, second = page(client, q="معرض"), page(client, q="معرض", page=2)
    assert [len(shown(first)), len(shown(second))] == [20, 3]
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second
    assert "23 نتيجة" in first


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "99999999999999999999", ""])
def test_a_bent_page_number_is_a_page(app, client, number):
    story(app, headline="معرض الكتاب")
    assert len(shown(page(client, q="معرض", page=number))) == 1


def test_suggestions_are_options_that_lead_somewhere(app, client):
    wanted = story(app, headline="الانتخابات تبدأ", tags=("انتخابات",))
    answer = client.get("/search/suggest", query_string={"q": "انتخ"})
    assert answer.status_code == 200
    assert f'href="/a/{wanted}"' in answer.text
    assert answer.text.count('role="option"') == answer.text.count("<a")
    assert "<html" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_nothing_to_suggest_is_204(client):
    assert client.get("/search/suggest", query_string={"q": "زز"}).status_code == 204
    assert client.get("/search/suggest").status_code == 204


def test_a_search_that_finds_nothing_offers_stories(app, client):
    latest = story(app, headline="جسر جديد فوق النهر")
    nothing = page(client, q="زقزقة")
    assert "لم نجد شيئًا" in nothing
    assert shown(nothing) == [latest]
    assert shown(page(client)) == []
