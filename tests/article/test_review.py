"""Tracked deletions and reviewers' comments never reach readers; insertions do."""

from __future__ import annotations

import pytest
from lxml import html

from khabarayn.article.review import without_review


def reviewed(markup: str) -> tuple[str, str]:
    """Return the text that is left, and what was struck out."""
    root = html.fromstring(f"<div>{markup}</div>")
    struck = without_review(root)
    return " ".join(root.text_content().split()), struck


@pytest.mark.parametrize(
    "struck",
    [
        "<del>أمس</del>",
        "<s>أمس</s>",
        "<strike>أمس</strike>",
        '<span style="text-decoration: line-through">أمس</span>',
    ],
)
def test_what_is_struck_out_goes_and_is_reported(struck):
    assert reviewed(f"<p>افتتح الجسر {struck} <ins>اليوم</ins></p>") == (
        "افتتح الجسر اليوم",
        "أمس",
    )


def test_several_deletions_are_reported_on_one_line_of_bounded_length():
    text, struck = reviewed("<p>بقي</p>" + "<p><del>حذف\nأول</del></p><p><del>وثان</del></p>")
    assert (text, struck) == ("بقي", "حذف أول … وثان")
    assert len(reviewed("<p><del>" + "كلمة " * 200 + "</del></p>")[1]) == 200


def test_a_comment_of_google_docs_goes_with_its_mark_in_the_text():
    text, struck = reviewed(
        '<p>الجسر<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> جديد.</p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>تحقق من هذا</p></div>'
    )
    assert (text, struck) == ("الجسر جديد.", "")


def test_a_comment_of_word_goes_and_the_words_it_hangs_on_stay():
    text, _struck = reviewed(
        '<p><span style="mso-comment-reference: LH_1">الجسر</span>'
        '<span style="mso-special-character: comment"> </span> جديد.</p>'
    )
    assert text == "الجسر جديد."


def test_a_text_without_marks_is_left_alone():
    assert reviewed('<p>نص <a href="#قسم">رابط</a> <b>غامق</b></p>') == ("نص رابط غامق", "")
