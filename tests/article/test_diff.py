"""A difference loses no word of either text, and names what an editor would name."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khabarayn.article import diff
from khabarayn.article.blocks import Heading, Image, ListBlock, Paragraph

TEXTS = st.lists(
    st.sampled_from(["قال", "الوزيرُ", "أمس", "،", "2026", "C++", "في", "الرباط", "\n"]), max_size=20
).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_their_difference(before, after):
    pieces = diff.words(before, after)
    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after


@given(TEXTS, TEXTS)
def test_two_neighbouring_pieces_are_never_of_one_kind(before, after):
    kinds = [kind for kind, _ in diff.words(before, after)]
    assert all(one != other for one, other in pairwise(kinds))


def test_a_phrase_that_changed_is_one_change():
    pieces = diff.words("زار الوزير الأول المدينة", "زار رئيس الحكومة المدينة")
    assert [(kind, text.strip()) for kind, text in pieces] == [
        ("same", "زار"),
        ("gone", "الوزير الأول"),
        ("new", "رئيس الحكومة"),
        ("same", "المدينة"),
    ]


def test_a_word_keeps_its_vowel_marks():
    assert diff.Piece("new", "كَتَبَ") in diff.words("كتب", "كَتَبَ")


def test_blocks_are_same_rewritten_new_gone_or_dressed():
    before = (
        Paragraph("وصل الوفد إلى المدينة صباح اليوم."),
        Paragraph("فقرة ستُحذف كلها من هذا النص."),
        Heading("ما الذي تغيّر"),
        Paragraph("هذا <strong>نص</strong> واحد."),
        ListBlock(("أول", "ثانٍ")),
    )
    after = (
        Paragraph("وصل الوفد إلى المدينة مساء اليوم."),
        Heading("ما الذي تغيّر"),
        Paragraph("هذا نص واحد."),
        Image("abc", "وصف الصورة"),
        ListBlock(("أول", "ثانٍ")),
    )
    changes = diff.blocks(before, after)
    assert [(change.kind, change.block) for change in changes] == [
        ("rewritten", "paragraph"),
        ("gone", "paragraph"),
        ("same", "heading"),
        ("markup", "paragraph"),
        ("new", "image"),
        ("same", "list"),
    ]
    assert diff.Piece("new", "مساء") in changes[0].pieces


def test_a_picture_with_another_description_was_changed():
    changes = diff.blocks([Image("abc", "رجل في سوق قديم")], [Image("abc", "رجل في سوق جديد")])
    assert [change.kind for change in changes] == ["rewritten"]
