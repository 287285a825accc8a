"""No story is published with a picture that blind readers are told nothing of."""

from __future__ import annotations

import pytest
from factories.media import media

from khabarayn.article.blocks import Gallery, Image, Paragraph
from khabarayn.article.content import Content
from khabarayn.article.proposal import ProposedPicture
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.store.db import db

pytestmark = pytest.mark.usefixtures("app_context")


def picture(**given) -> str:
    made = media(**given).public_id
    db.session.commit()
    return made


def content(lead: str = "", lead_alt: str = "", blocks=()) -> Content:
    proposed = ProposedPicture(f"media:{lead}", lead_alt) if lead else None
    return Content("الجسر", "news", blocks=(Paragraph("نص."), *blocks), lead=proposed)


def test_a_story_without_pictures_needs_no_words_for_them():
    require_described(content())


def test_words_in_the_story_or_in_the_library_will_do_and_so_will_decoration():
    require_described(content(picture(), "جسر فوق النهر"))
    require_described(content(picture(alt="جسر فوق النهر")))
    require_described(content(blocks=(Image(picture(decorative="زخرفة"), "", "", ""),)))


def test_every_picture_that_says_nothing_is_named_by_its_place():
    silent, told = picture(), picture(alt="سوق")
    blocks = (
        Image(told, "", "", ""),
        Gallery((Image(silent, "سوق", "", ""), Image(silent, " ", "", ""))),
    )
    with pytest.raises(Refused) as error:
        require_described(content(picture(), blocks=blocks))
    assert error.value.field == "picture"
    assert "الصورة الرئيسية" in error.value.message
    assert "الصورة 3" in error.value.message
    assert "الصورة 1" not in error.value.message
    assert "الصورة 2" not in error.value.message


def test_a_picture_that_the_library_does_not_have_counts_as_undescribed():
    with pytest.raises(Refused):
        require_described(content("abcdefabcdefabcd"))
