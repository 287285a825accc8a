"""In the newsroom a story shows its versions, what they wait for, and how to begin one."""

from __future__ import annotations

import re

import pytest
from factories.story import ENGLISH, story, two_versions
from insiders import insider

from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.translations import tie
from khabarayn.store.queries.translations import tied_stories


def test_a_correction_in_one_asks_after_the_other_until_somebody_has_looked(any_app):
    arabic, english = two_versions(any_app)
    editor = insider(any_app, "editor")
    answer = editor.post(f"/newsroom/stories/{arabic}/correct", data={"reason": "الطول 300 متر."})
    page = editor.get(answer.headers["Location"]).text
    assert "راجع نسخته أيضًا: الإنجليزية" in page
    assert f'href="/newsroom/stories/{english}"' in page
    other = editor.get(f"/newsroom/stories/{english}").text
    assert "صُحّحت نسخة أخرى من هذا الخبر" in other
    ticked = re.search(r'action="(/newsroom/stories/\w+/check)"', other)
    assert ticked
    editor.post(ticked[1])
    assert "صُحّحت نسخة أخرى" not in editor.get(f"/newsroom/stories/{english}").text
    assert "لم تُراجع بعد" not in editor.get(f"/newsroom/stories/{arabic}").text


def test_a_translation_begins_with_section_tags_and_without_words(any_app):
    arabic = story(any_app)
    writer = insider(any_app, "writer")
    assert "ابدأ ترجمة" in writer.get(f"/newsroom/stories/{arabic}/notes").text
    answer = writer.post(f"/newsroom/stories/{arabic}/translate", data={"language": "en"})
    page = writer.get(answer.headers["Location"]).text
    assert f"Translation of {arabic}" in page
    assert "مدن" in page
    assert f'href="/newsroom/stories/{arabic}"' in page
    english = answer.headers["Location"].rpartition("/")[2]
    with any_app.app_context():
        found = {one.id: (one.language, one.status) for one in tied_stories(arabic)}
    assert found == {arabic: ("ar", "published"), english: ("en", "draft")}
    assert english not in any_app.test_client().get(f"/a/{arabic}").text
    refused = writer.post(f"/newsroom/stories/{arabic}/translate", data={"language": "xx"})
    assert "لغة لا يعرفها" in writer.get(refused.headers["Location"]).text


def test_who_may_not_edit_a_story_ties_nothing(app):
    arabic, english = story(app), story(app, **ENGLISH)
    writer = insider(app, "contributor")
    for step in ("tie", "untie", "check"):
        answer = writer.post(f"/newsroom/stories/{arabic}/{step}", data={"other": english})
        assert answer.status_code == 403, step
    with app.app_context():
        assert tied_stories(arabic) == ()
        with pytest.raises(Refused):
            tie(arabic, english, By("كاتب", 99, "contributor"))
