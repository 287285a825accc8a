"""Which picture leads an imported story, and what becomes of the same picture in its body."""

from __future__ import annotations

import pytest

from khabarayn.article.proposal import ProposedPicture
from khabarayn.ingest.lead import SMALLEST, choose_lead, without_picture
from khabarayn.wire.feed import FeedImage

BRIDGE, MARKET = "https://wakala.example/bridge.jpg", "https://wakala.example/market.jpg"
TEXT = "<p>افتتح الجسر اليوم.</p>"


def picture(url: str = BRIDGE, **given) -> FeedImage:
    return FeedImage(url, **given)


def test_the_picture_that_the_format_puts_first_leads():
    lead, body, notes = choose_lead([picture(MARKET)], picture(BRIDGE, alt="الجسر مساءً"), TEXT)
    assert lead == ProposedPicture(BRIDGE, "الجسر مساءً")
    assert (body, notes) == (TEXT, [])


@pytest.mark.parametrize(
    "first",
    [
        picture("https://secure.gravatar.com/avatar/abc?s=96"),
        picture(MARKET, alt="ليلى حداد"),
        picture(MARKET, width=SMALLEST - 1),
        picture("data:image/gif;base64,R0lGOD"),
    ],
)
def test_a_face_a_thumbnail_or_a_placeholder_leads_no_story(first):
    lead, _body, notes = choose_lead([picture()], first, TEXT, authors=["ليلى حداد"])
    assert lead is not None
    assert lead.path == BRIDGE
    assert [code for code, _address in notes] == ["no_lead"]


def test_bloggers_thumbnail_leads_under_the_address_of_the_large_picture():
    small = "https://1.bp.blogspot.com/-a/b/c/s72-c/bridge.jpg"
    lead, _body, notes = choose_lead([picture(small, width=72)], None, TEXT)
    assert lead is not None
    assert lead.path.endswith("/s1600/bridge.jpg")
    assert notes == []


@pytest.mark.parametrize("alt", ["bridge", "IMG_2043.JPG", "العنوان نفسه"])
def test_a_files_name_or_the_headline_again_is_no_alternative_text(alt):
    lead, _body, _notes = choose_lead([picture(alt=alt)], None, TEXT, headline="العنوان نفسه")
    assert lead is not None
    assert lead.alt == ""


def test_the_lead_is_not_shown_again_and_its_words_in_the_body_are_kept():
    figure = f'<figure><img src="{BRIDGE}" alt="جسر"><figcaption>يوم الافتتاح</figcaption></figure>'
    lead, body, _notes = choose_lead([picture()], None, figure + TEXT)
    assert lead == ProposedPicture(BRIDGE, "جسر", "يوم الافتتاح")
    assert body == TEXT


def test_a_picture_that_opens_the_body_leads_where_the_entry_names_none():
    opening = f'<p><a href="/x"><img src="{BRIDGE}"></a></p>'
    lead, body, _notes = choose_lead([], None, opening + TEXT)
    assert lead is not None
    assert (lead.path, body) == (BRIDGE, TEXT)
    further_down = f'{TEXT}<p><img src="{BRIDGE}"></p>'
    assert choose_lead([], None, further_down) == (None, further_down, [])


def test_a_picture_goes_with_the_empty_elements_around_it_and_others_stay():
    html = f'<div><p><img src="{BRIDGE}"></p></div><p><img src="{MARKET}"> نص</p>'
    assert without_picture(html, BRIDGE) == f'<p><img src="{MARKET}"> نص</p>'
