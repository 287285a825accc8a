"""Versions of a story are tied, and a change of one asks for a look at the other."""

from __future__ import annotations

import pytest
from factories.story import BY, ENGLISH, proposal, story, two_versions

from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.translations import begin_translation, tick_off_check, tie, untie
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.queries.translations import tied_stories


def test_a_withdrawal_asks_after_the_other_and_a_second_look_is_no_fault(any_app):
    arabic, english = two_versions(any_app)
    with any_app.app_context():
        correct(english, BY, "The bridge is longer.")
        withdraw(english, BY, "نُشر خطأ.")
        found = {one.id: one.check for one in tied_stories(arabic)}
        assert found[arabic] and found[arabic].kind == "withdraw"
        assert found[english] is None
        for _ in range(2):
            tick_off_check(arabic, BY)
        assert not any(one.check for one in tied_stories(arabic))


def test_a_language_has_one_version_of_a_story(any_app):
    arabic, english = two_versions(any_app)
    second = story(any_app, **{**ENGLISH, "headline": "Another report of the bridge"})
    alone = story(any_app)
    with any_app.app_context():
        for one, other in ((arabic, second), (second, arabic), (alone, arabic)):
            with pytest.raises(Refused, match="لكل لغة نسخة واحدة") as refused:
                tie(one, other, BY)
            assert refused.value.field == "other"
        for other in ("", "nothing", arabic, "zzzzzzzz"):
            with pytest.raises(Refused):
                tie(arabic, other, BY)
        with pytest.raises(Refused, match=english):
            begin_translation(arabic, "en", BY)
        assert [one.id for one in tied_stories(arabic)] == [arabic, english]


def test_an_untied_story_stands_alone(any_app, any_client):
    arabic, english = two_versions(any_app)
    with any_app.app_context():
        correct(arabic, BY, "الطول 300 متر.")
        for _ in range(2):
            untie(english, BY)
        assert tied_stories(arabic) == tied_stories(english) == ()
    assert english not in any_client.get(f"/a/{arabic}").text


def test_a_translation_left_in_the_language_of_the_original_is_not_published(any_app):
    arabic = story(any_app)
    with any_app.app_context():
        english = begin_translation(arabic, "en", BY)
        revise(english, proposal(), BY)
        with pytest.raises(Refused, match="نسخة بهذه اللغة"):
            publish(english, BY)
        untie(english, BY)
        publish(english, BY)
