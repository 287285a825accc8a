"""A proposal becomes a story's content: cleaned, and refused where it breaks a limit."""

from __future__ import annotations

import pytest
from factories.story import proposal

from khabarayn.article.blocks import Credit, KeyPoints, Paragraph
from khabarayn.article.proposal import ProposedAuthor, ProposedPicture
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import HEADLINE, TAGS, content_of

pytestmark = pytest.mark.usefixtures("app_context")


def content(**given):
    return content_of(proposal(**given))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("headline", {"headline": " \u200f "}),
        ("headline", {"headline": "ج" * (HEADLINE + 1)}),
        ("body", {"body_html": "<p> </p>"}),
        ("source_link", {"source_link": "wakala.example"}),
        ("source_url", {"source_url": "https://wakala.example/" + "a" * 2000}),
        ("authors", {"authors": (ProposedAuthor("س" * 121),)}),
    ],
)
def test_what_will_not_do_is_refused_by_the_name_of_its_field(field, given):
    with pytest.raises(Refused) as error:
        content(**given)
    assert error.value.field == field


def test_tags_are_one_spelling_for_each_identity_with_the_teasers_after_them():
    found = content(
        tags=("#تاريخ_المدن", "تاريخ المدن", "", "جسور"), teaser="عودة إلى #تاريخ_المدن و#الأنهار"
    )
    assert found.tags == ("تاريخ المدن", "جسور", "الأنهار")


def test_no_story_carries_more_tags_than_a_page_can_show():
    assert len(content(tags=tuple(f"وسم{n}" for n in range(TAGS + 5))).tags) == TAGS


def test_authors_without_a_name_are_left_out_and_slugs_are_lower_case():
    found = content(authors=(ProposedAuthor("  "), ProposedAuthor(" ليلى  حداد ", " Layla ")))
    assert found.authors == (ProposedAuthor("ليلى حداد", "layla"),)


def test_key_points_and_credit_come_to_the_body_unless_it_has_its_own():
    found = content(body_html="<p>نص.</p>", key_points=("أولى", " "), credit="شاركت سلمى")
    assert found.blocks == (
        KeyPoints(("أولى",)),
        Paragraph("نص."),
        Credit("شاركت سلمى"),
    )
    again = content(blocks=found.blocks, key_points=("أخرى",), credit="غيرها")
    assert again.blocks == found.blocks


def test_the_letters_decide_the_language_over_what_a_feed_says():
    english = content(
        headline="A new bridge", standfirst="", body_html="<p>It opened today.</p>", language="ar"
    )
    assert (english.language, english.direction) == ("en", "ltr")
    assert content(language="en").direction == "rtl"


def test_a_pictures_words_are_cleaned_and_its_focal_point_stays():
    picture = ProposedPicture("media:abc", " جسر\n", "", "وكالة\u202e", (0.2, 0.3))
    assert content(lead=picture).lead == ProposedPicture(
        "media:abc", "جسر", "", "وكالة", (0.2, 0.3)
    )


def test_a_source_with_an_arabic_host_is_stored_as_the_network_asks_for_it():
    assert content(source_link="https://مثال.إختبار/").source_link.startswith("https://xn--")
