"""Lists follow what is published and which languages the paper offers."""

from __future__ import annotations

from factories.story import BY, story

from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.languages import list_stories_again
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.queries.languages import languages_listed, languages_with_stories

ENGLISH = {
    "headline": "The council opens a bridge across the river",
    "standfirst": "",
    "language": "en",
    "body_html": "<p>The council opened a bridge of steel this morning.</p>",
}


def with_stories(answer: str, *ids: str) -> list[bool]:
    return [f"/a/{public_id}" in answer for public_id in ids]


def test_a_language_is_there_from_its_first_public_story_to_its_last(any_app):
    english = story(any_app, **ENGLISH)
    with any_app.app_context():
        assert languages_with_stories() == languages_listed() == ("ar", "en")
        withdraw(english, BY, "نُشر خطأ.")
    with any_app.app_context():
        assert languages_with_stories() == languages_listed() == ("ar",)


def test_stories_of_a_language_that_is_not_offered_stand_in_the_papers_first(any_app, any_client):
    french = {**ENGLISH, "headline": "La ville ouvre un pont", "language": "fr"}
    other = story(any_app, **french)
    english = story(any_app, **ENGLISH)
    assert with_stories(any_client.get("/latest").text, other, english) == [True, False]
    assert with_stories(any_client.get("/search?q=ville").text, other) == [True]
    with any_app.app_context():
        set_site(PaperSettings(), BY, ["en"])
    assert with_stories(any_client.get("/latest").text, other, english) == [True, True]
    assert with_stories(any_client.get("/search?q=council").text, english) == [True]
    with any_app.app_context():
        set_site(PaperSettings(languages=("en",)), BY, ["en"])
        assert list_stories_again() == 0
    assert with_stories(any_client.get("/latest").text, other, english) == [True, False]
    assert with_stories(any_client.get("/en/latest").text, other, english) == [False, True]
