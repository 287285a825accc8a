"""What word processors and social networks leave in a text becomes plain HTML."""

from __future__ import annotations

import pytest
from lxml import html

from khabarayn.article.pasted import tidy


def tidied(markup: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the markup inside, tidied, and the notes."""
    root = html.fromstring(f"<div>{markup}</div>")
    notes = tidy(root)
    whole = html.tostring(root, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>"), notes


def item(words: str, bullet: str) -> str:
    mark = f'<span style="mso-list:Ignore">{bullet}</span>'
    return f'<p style="mso-list:l0 level1 lfo1">{mark}{words}</p>'


def test_words_list_paragraphs_become_one_list():
    made, _notes = tidied(item("أول", "·") + item("ثان", "·") + "<p>بعدها</p>")
    assert made == (
        '<ul><li style="mso-list:l0 level1 lfo1">أول</li>'
        '<li style="mso-list:l0 level1 lfo1">ثان</li></ul><p>بعدها</p>'
    )


def test_numbered_paragraphs_become_an_ordered_list_and_text_between_parts_two_lists():
    made, _notes = tidied(item("أول", "1.") + item("ثان", "2."))
    assert made.startswith("<ol>")
    parted, _notes = tidied(item("أول", "·") + "<p>نص</p>" + item("ثان", "·"))
    assert parted.count("<ul>") == 2


@pytest.mark.parametrize(
    ("style", "tag"), [("font-weight:700", "strong"), ("font-style:italic", "em")]
)
def test_a_styled_span_becomes_what_it_means(style, tag):
    made, _notes = tidied(f'<p><span style="{style}">نص</span></p>')
    assert html.fromstring(made).find(f".//{tag}") is not None


def test_the_bold_element_that_google_docs_wraps_a_text_in_is_not_bold():
    made, _notes = tidied('<b style="font-weight:normal"><p>نص</p></b>')
    assert made == "<p>نص</p>"


def test_hidden_text_goes():
    made, _notes = tidied('<p>يُقرأ<span style="display:none">خفي</span></p>')
    assert made == "<p>يُقرأ</p>"


def test_a_frame_becomes_a_link_and_one_without_an_address_is_reported():
    made, notes = tidied('<iframe src="https://video.example/1" title="فيلم"></iframe>')
    link = html.fromstring(made)
    assert (link.tag, link.get("class"), link.get("href")) == (
        "a",
        "embed",
        "https://video.example/1",
    )
    assert (link.text, notes) == ("فيلم", [])
    made, notes = tidied('<p>نص</p><iframe title="لعبة"></iframe>')
    assert (made, notes) == ("<p>نص</p>", [("left_out", "iframe لعبة")])


def test_a_social_post_is_cited_by_its_own_address_the_last_link_in_it():
    made, _notes = tidied(
        '<blockquote class="twitter-tweet"><p>قال <a href="https://other.example/">هنا</a></p>'
        '<a href="https://x.example/user/status/1">مارس</a></blockquote>'
    )
    post = html.fromstring(made)
    assert (post.get("class"), post.get("cite")) == ("embed", "https://x.example/user/status/1")


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('<p lang="hi-IN">هذا نص عربي</p>', None),
        ('<p lang="ar-SA">This is English</p>', None),
        ('<p lang="fa">این متن فارسی است</p>', "fa"),
        ('<p lang="fr">Bonjour</p>', "fr"),
    ],
)
def test_a_language_that_the_letters_contradict_is_taken_away(given, left):
    made, _notes = tidied(given)
    assert html.fromstring(made).get("lang") == left


def test_what_was_struck_out_is_reported():
    assert tidied("<p>نص <del>قديم</del></p>")[1] == [("struck", "قديم")]
