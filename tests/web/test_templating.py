"""Templates in one language each: the same letters, with less said while a page is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import url_for
from markupsafe import Markup

from khabarayn.article.story import Card, Section
from khabarayn.web import templating
from khabarayn.web.templating import environment_of

SOURCE = """\
{% macro row(item, words="") -%}<i>{{ item }}{{ words }}</i>{%- endmacro %}
{{ _("بحث") }}|{{ _("ثبّت «%(name)s» على جهازك: يُفتح بنقرة واحدة، وتُقرأ محفوظاتك بلا شبكة.",
name="<b>") }}|{{ row("<", words=_("بحث")) }}"""


def drawn(app, locale: str, source: str = SOURCE, **values: object) -> str:
    path = "/" if locale == "ar" else f"/{locale}/"
    with app.test_request_context(path):
        return environment_of(app, locale).from_string(source).render(**values)


def test_words_are_those_of_the_language_and_their_variables_are_escaped(app):
    arabic, english = drawn(app, "ar"), drawn(app, "en")
    assert "بحث|" in arabic
    assert "<i>&lt;بحث</i>" in arabic
    assert "Search|" in english
    assert "<i>&lt;Search</i>" in english
    assert arabic.count("&lt;b&gt;") == english.count("&lt;b&gt;") == 1


def test_a_name_that_stands_for_more_than_a_macro_is_called_with_care(app):
    source = '{% from "components/icon.html" import icon %}{% set icon = made %}{{ icon() }}'
    assert drawn(app, "ar", source, made=lambda: "mine") == "mine"


def test_a_caller_reaches_its_macro(app):
    source = "{% macro box() %}[{{ caller() }}]{% endmacro %}{% call box() %}in{% endcall %}"
    assert drawn(app, "ar", source) == "[in]"


def test_a_cached_piece_is_drawn_once_for_a_value_and_an_appearance(app, monkeypatch):
    source = "{% cache item %}{{ item }}{{ count() }}{% endcache %}"
    template = environment_of(app, "ar").from_string(source)
    drawings = iter(range(9))

    def page(item: str) -> str:
        with app.test_request_context():
            return template.render(item=item, count=lambda: next(drawings))

    assert [page("a"), page("b"), page("a")] == ["a0", "b1", "a0"]
    monkeypatch.setattr(templating, "appearance", lambda: "another face")
    assert page("a") == "a2"


def test_cached_pieces_are_bounded_and_each_language_has_its_own(app, monkeypatch):
    monkeypatch.setattr(templating, "MAX_PIECES", 2)
    source = "{% cache item %}{{ _('بحث') }}{{ item }}{% endcache %}"
    with app.test_request_context():
        templates = {one: environment_of(app, one).from_string(source) for one in ("ar", "en")}
        pages = {one: templates[one].render(item="") for one in templates}
        extension = environment_of(app, "ar").extensions["khabarayn.web.templating.CacheTag"]
        for number in range(9):
            templates["ar"].render(item=number)
    assert pages == {"ar": "بحث", "en": "Search"}
    assert extension._cells.cache_info().currsize == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [{"headline": "آخر"}, {"rev": 2}, {"corrected": True}])
def test_a_story_that_changed_is_drawn_anew(app, change):
    source = '{% from "components/card.html" import card %}{{ card(item) }}'
    at = datetime(2026, 11, 23, tzinfo=UTC)
    first = Card("abcdefgh", "أول", "", "", "", Section("news", "أخبار"), at, at)
    assert "أول" in drawn(app, "ar", source, item=first)
    changed = drawn(app, "ar", source, item=replace(first, **change))
    assert ("آخر" in changed) == ("headline" in change)
    assert ("صُحّح" in changed) == ("corrected" in change)


def test_an_address_is_remembered_for_its_language_alone(app):
    def said(root: str) -> tuple[str, str, str]:
        with app.test_request_context("/", base_url=f"http://localhost{root}"):
            return (
                url_for("reader.search", q="أ"),
                url_for("reader.search", q=None),
                url_for("reader.home", _external=True),
            )

    first = said("/"), said("/en")
    assert first == (said("/"), said("/en"))
    assert first[0][:2] == ("/search?q=%D8%A3", "/search")
    assert first[1][1] == "/en/search"
    assert first[1][2].endswith("/en/")


def test_an_address_with_a_readers_words_or_many_values_is_not_remembered(app):
    known = app._known_address.cache_info
    with app.test_request_context("/"):
        before = known().currsize
        assert url_for("reader.search", q="a" * 101).endswith("a" * 101)
        assert url_for("reader.search", q=["a", "b"]) == "/search?q=a&q=b"
        assert known().currsize == before
        assert url_for("reader.search", q=1) == "/search?q=1"
        assert url_for("reader.search", q=True) == "/search?q=True"


def test_text_that_is_equal_to_markup_is_escaped_all_the_same(app):
    source = "{{ item | isolate }}"
    assert drawn(app, "ar", source, item=Markup("<b>C++</b>")) != drawn(
        app, "ar", source, item="<b>C++</b>"
    )
