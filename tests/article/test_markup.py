"""What the parser reads, the markup writes: one body, there and back."""

from khabarayn.article.blocks import (
    Credit,
    Embed,
    Gallery,
    Heading,
    Image,
    KeyPoints,
    ListBlock,
    Paragraph,
    PinnedSeeAlso,
    Quote,
    Table,
    from_json,
    to_json,
)
from khabarayn.article.markup import to_html
from khabarayn.article.parse import parse

WHOLE = (
    KeyPoints(("نقطة أولى.", "نقطة ثانية.")),
    Paragraph('فقرة فيها <strong>تشديد</strong> و<a href="https://example.org/">رابط</a>.'),
    Heading("عنوان فرعي", 2),
    ListBlock(("أول", "ثانٍ"), ordered=True),
    ListBlock(("عنصر",)),
    ListBlock(('في <a href="https://example.org/">رابط</a> و<strong>غامق</strong>', "1 &lt; 2")),
    Quote("قول مأثور", "قائله"),
    Image("https://example.org/p.jpg", "وصف", "تعليق", "المصوّر"),
    Table(
        rows=(("1990", "12"), ("2000", "15")),
        head=("السنة", "القيمة"),
        caption="جدول",
        chart="line",
        unit="متر",
        source="قسم البيانات",
    ),
    PinnedSeeAlso("abcd2345", "خبر آخر"),
    Embed("https://example.org/v", "مقطع", "example.org", "وصف المقطع"),
    Embed("https://example.org/w", "صفحة بلا وصف", "example.org"),
    Gallery((Image("media:a", "أ"), Image("media:b", "ب", "تعليق", "المصوّر"))),
    Credit("شارك في الإعداد: قسم البيانات."),
)


def test_every_kind_of_block_survives_the_way_out_and_in():
    assert parse(to_html(WHOLE)) == WHOLE


def test_every_kind_of_block_survives_json():
    blocks = (*WHOLE, Gallery((Image("a", "أ"), Image("b", "ب"))))
    assert from_json(to_json(blocks)) == blocks


def test_plain_text_is_escaped_and_addresses_are_the_callers():
    html = to_html((Image("m1", 'أ "ب" <ج>'),), picture=lambda media: f"/media/{media}/800.jpg")
    assert 'src="/media/m1/800.jpg"' in html
    assert "<ج>" not in html


def test_a_picture_without_an_address_is_left_out():
    assert to_html((Image("m1"), Paragraph("نص")), picture=lambda _: "") == "<p>نص</p>"
