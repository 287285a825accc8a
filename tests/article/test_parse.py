"""What editors, agencies, feeds and word processors send becomes the blocks they meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of, words_in
from khabarayn.article.sanitise import TooDeep, TooLarge, clean_inline

P = Paragraph

CASES = [
    # Paragraphs
    ("<p>أول</p><p>ثانٍ</p>", [P("أول"), P("ثانٍ")]),
    ("نص حرّ بلا وسوم", [P("نص حرّ بلا وسوم")]),
    ("أول<br><br>ثانٍ<br>سطره", [P("أول"), P("ثانٍ<br>سطره")]),
    ("<b>أول<br><br>ثانٍ</b>", [P("<strong>أول</strong>"), P("ثانٍ")]),
    ("<div><div>أ<div>ب</div>ج</div></div>", [P("أ"), P("ب"), P("ج")]),
    ("<p>&nbsp;</p><p> \n </p><p><b></b></p><hr><p>***</p><p>نص</p>", [P("نص")]),
    ("<p>  كثير \n\t من\u00a0البياض  </p>", [P("كثير من البياض")]),
    ("<p>a &lt;b&gt; &amp; c</p>", [P("a &lt;b&gt; &amp; c")]),
    ("", []),
    ("<!-- تعليق -->", []),
    # Inline markup
    ("<p><b>أ</b> <i>ب</i> <u>ج</u></p>", [P("<strong>أ</strong> <em>ب</em> ج")]),
    ("<p><b>أ</b><b>ب</b></p>", [P("<strong>أب</strong>")]),
    ('<p>في <span lang="en" style="x">Doha</span></p>', [P('في <span lang="en">Doha</span>')]),
    ("<p>هاتف <bdi dir=ltr>+974 1</bdi></p>", [P('هاتف <bdi dir="ltr">+974 1</bdi>')]),
    ("<p>قال <q>نعم</q></p>", [P("قال «نعم»")]),
    ('<p><a href="story:leap-year">سنة</a></p>', [P('<a href="story:leap-year">سنة</a>')]),
    ("<p><a href='javascript:x'>نص</a> <a>عارٍ</a></p>", [P("نص عارٍ")]),
    ("<p>H<sub>2</sub>O</p>", [P("H<sub>2</sub>O")]),
    ("<p>ال\u202eصين\u200b</p>", [P("الصين")]),
    ("<p><b>x</b>\u0338y</p>", [P("<strong>x</strong>y")]),
    # Headings
    ("<h1>أ</h1><h2>ب</h2><h3>ج</h3><h4>د</h4><h6>ه</h6>",
     [Heading("أ", 2), Heading("ب", 2), Heading("ج", 3), Heading("د", 4), Heading("ه", 4)]),
    ("<h2><strong>أ<br>ب</strong></h2><h3> </h3>", [Heading("أ ب", 2)]),
    # Lists
    ("<ul><li>أ</li><li> </li><li><p>ب</p></li></ul>", [ListBlock(("أ", "ب"))]),
    ("<ol><li>أ<li>ب</ol>", [ListBlock(("أ", "ب"), ordered=True)]),
    ("<ul><li>فواكه<ul><li>تفاح</li><li>موز</li></ul></li><li>خبز</li></ul>",
     [ListBlock(("فواكه: تفاح؛ موز", "خبز"))]),
    ("<ul><li>فواكه</li><ul><li>تفاح</li></ul></ul>", [ListBlock(("فواكه: تفاح",))]),
    ("<ul><li>أ</li></ul><p>• ب</p>", [ListBlock(("أ",)), P("• ب")]),
    ('<ul><li>زر <a href="https://x.org">الموقع</a> <b>غدًا</b><br>و</li><li>1 &lt; 2</li></ul>',
     [ListBlock(('زر <a href="https://x.org">الموقع</a> <strong>غدًا</strong> و', "1 &lt; 2"))]),
    ("<ul><li>أ<ul><li><em>ب</em></li></ul></li></ul>", [ListBlock(("أ: <em>ب</em>",))]),
    ("<p>• <b>أ</b></p><p><b>• ب</b></p>", [ListBlock(("<strong>أ</strong>", "ب"))]),
    ("<p>• أ</p><p>• ب</p>", [ListBlock(("أ", "ب"))]),
    ("<ol><li><h2>أول</h2><p>شرح</p></li></ol>", [Heading("أول"), P("شرح")]),
    # Quotations
    ("<blockquote><p>قول</p><footer>— <cite>فلان</cite></footer></blockquote>",
     [Quote("قول", "فلان")]),
    ("<blockquote>قول<br>ثانٍ <cite>مَثَل</cite></blockquote>", [Quote("قول<br>ثانٍ", "مَثَل")]),
    ("<blockquote><p>قول</p><p>– فلان</p></blockquote>", [Quote("قول", "فلان")]),
    ("<blockquote>قرأت <cite>المقدمة</cite> أمس</blockquote>",
     [Quote("قرأت <em>المقدمة</em> أمس")]),
    # Pictures
    ('<img src="a.jpg" alt=" بديل ">', [Image("a.jpg", "بديل")]),
    ('<p>قبل <img src="a.jpg"> بعد</p>', [P("قبل"), Image("a.jpg"), P("بعد")]),
    ('<a href="https://x.example"><img src="media:k3f9"></a>', [Image("media:k3f9")]),
    ('<img src="صورة أولى.jpg">', [Image("صورة أولى.jpg")]),
    ('<figure><img src="a.jpg"><figcaption>سدّ <small>وكالة</small></figcaption></figure>',
     [Image("a.jpg", "", "سدّ", "وكالة")]),
    ('<figure><img src="a.jpg"><figcaption>سدّ – <span class="credit">سلمى</span></figcaption>'
     "</figure>", [Image("a.jpg", "", "سدّ", "سلمى")]),
    ('<img src="https://t.example/p.gif" width="1" height="1"><p>نص</p>', [P("نص")]),
    ('<img src="data:image/gif;base64,R0" data-src="https://x.example/a.jpg">',
     [Image("https://x.example/a.jpg")]),
    ("<figure><figure><img src=a.jpg><figcaption>أ</figcaption></figure>"
     "<figure><img src=b.jpg></figure><figcaption>معرض</figcaption></figure>",
     [Gallery((Image("a.jpg", "", "أ"), Image("b.jpg"))), Paragraph("معرض")]),
    # Embeds
    ('<p>أ</p><iframe src="https://www.youtube.com/embed/a1"></iframe>',
     [P("أ"), Embed("https://www.youtube.com/watch?v=a1", "youtube.com", "youtube.com")]),
    ('<iframe src="//maps.example/m" title="خريطة"></iframe>',
     [Embed("https://maps.example/m", "خريطة", "maps.example")]),
    ('<blockquote class="twitter-tweet"><p>كلام</p><a href="https://twitter.com/a/status/1">9'
     "</a></blockquote>", [Embed("https://twitter.com/a/status/1", "twitter.com",
                                 "twitter.com", "كلام9")]),
    ('<figure class="wp-block-embed"><iframe src="https://v.example/1"></iframe>'
     "<figcaption>شرح</figcaption></figure>",
     [Embed("https://v.example/1", "v.example", "v.example"), P("شرح")]),
    ("<iframe srcdoc='x'></iframe>", []),
    # Key points, credit, see also
    ('<aside class="key-points"><h2>أبرز النقاط</h2><ul><li>أ</li><li>ب</li></ul></aside>',
     [KeyPoints(("أ", "ب"))]),
    ('<p class="credit">ساهمت <b>سلمى</b></p>', [Credit("ساهمت <strong>سلمى</strong>")]),
    ("<p>نص</p><p>ساهم في إعداد هذا التقرير يونس.</p>",
     [P("نص"), Credit("ساهم في إعداد هذا التقرير يونس.")]),
    ('<p class="see-also"><a href="story:leap-year">سنة كبيسة</a></p>',
     [PinnedSeeAlso("leap-year", "سنة كبيسة")]),
    ('<aside class="see-also"><p>شاهد أيضًا</p><a href="/a/k3f9/عنوان">سدّ</a></aside>',
     [PinnedSeeAlso("k3f9", "سدّ")]),
    ('<p class="see-also"><a href="https://x.example/">خارج</a></p>',
     [P('<a href="https://x.example/">خارج</a>')]),
    # Tables
    ("<table><caption>أ</caption><thead><tr><th>س<th>ع</thead><tr><td>1<td>2<tr><td>3</table>",
     [Table((("1", "2"), ("3", "")), ("س", "ع"), "أ")]),
    ("<table><tr><th>س<th>ع<tr><th>1<td>2</table>", [Table((("1", "2"),), ("س", "ع"))]),
    ('<table class="chart-line"><caption data-unit="كم" data-source="ناسا">أ</caption>'
     "<tr><td>1<td>2</table>", [Table((("1", "2"),), (), "أ", "line", "كم", "ناسا")]),
    ('<table class="chart-bar"><caption>أ <small>الوحدة: كم · المصدر: ناسا</small></caption>'
     "<tr><td>1<td>2</table>", [Table((("1", "2"),), (), "أ", "bar", "كم", "ناسا")]),
    ("<figure><table><tr><td>1<td>2</table><figcaption>أ <small>ناسا</small></figcaption>"
     "</figure>", [Table((("1", "2"),), (), "أ", "", "", "ناسا")]),
    ("<table><tr><td>1<td>2</table><p><small>المصدر: ناسا</small></p>",
     [Table((("1", "2"),), source="ناسا")]),
    ("<table><tr><td rowspan=2>أ<td>1<tr><td>2<tr><td colspan=2>ب</table>",
     [Table((("أ", "1"), ("أ", "2"), ("ب", "ب")))]),
    ("<table><tr><td><p>أ</p><p>ب</p></td></tr></table>", [P("أ"), P("ب")]),
    ("<table><tr><td></td><td></td></tr></table>", []),
    ("<table><tr><td><p>أ</p></td><td><ul></ul>ب</td></tr></table>", [P("أ"), P("ب")]),
    ("<pre>a  &lt;b\n\nc</pre>", [P("<code>a &lt;b<br>c</code>")]),
    # Word and Google Docs
    ('<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="rtl">'
     '<span style="font-weight:700;font-style:normal">أ</span><span style="x"> ب</span></p></b>',
     [P("<strong>أ</strong> ب")]),
    ('<p class="MsoNormal"><span style="mso-bidi-language:AR">نص<o:p></o:p></span></p>'
     '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>', [P("نص")]),
    ("<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]--><style>p{}</style><p>نص</p>",
     [P("نص")]),
    ("<p style='mso-list:l0 level1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>"
     "&nbsp;</span></span><![endif]>أ</p>\n<p style='mso-list:l0 level1'><span style="
     "'mso-list:Ignore'>2.</span>ب</p>ثم", [ListBlock(("أ", "ب"), ordered=True), P("ثم")]),
    ("<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>·</span>أ</p>بين"
     "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>·</span>ب</p>",
     [ListBlock(("أ",)), P("بين"), ListBlock(("ب",))]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "blocks"), CASES)
def test_html_becomes_the_blocks_it_means(html: str, blocks: list[object]) -> None:
    assert list(parse(html)) == blocks


def test_a_base_address_makes_every_link_and_picture_whole() -> None:
    found = parse(
        '<p><a href="../b?x=1">ب</a></p><img src="/صورة.jpg"><a href="story:s">س</a>',
        base_url="https://news.example/a/k",
    )
    assert found == (
        P('<a href="https://news.example/b?x=1">ب</a>'),
        Image("https://news.example/%D8%B5%D9%88%D8%B1%D8%A9.jpg"),
        P('<a href="story:s">س</a>'),
    )


def test_a_long_nested_list_flows_into_its_parents_items() -> None:
    long = "جملة طويلة كاملة لا يصلح أن تُجمع مع غيرها في سطر واحد بعد نقطتين"
    assert parse(f"<ul><li>أ<ul><li>{long}</li></ul></li></ul>") == (ListBlock(("أ", long)),)
    assert parse(f"<ol><li>أ<ul><li>{long}</li></ul></li><li>ب</li></ol>") == (
        ListBlock((f"أ: {long}", "ب"), ordered=True),
    )


def test_texts_longer_than_their_place_are_cut_not_refused() -> None:
    (picture,) = parse(f'<img src="a.jpg" alt="{"ا" * 900}">')
    assert isinstance(picture, Image)
    assert len(picture.alt) == 500
    (table,) = parse("<table>" + "<tr>" + "<td>x" * 50 + "</table>")
    assert isinstance(table, Table)
    assert len(table.rows[0]) == 20


def test_what_is_no_story_is_refused_in_arabic() -> None:
    with pytest.raises(TooLarge, match="2000 blocks"):
        parse("<p>سطر</p>" * 2001)
    with pytest.raises(TooLarge, match="1000000 bytes"):
        parse("x" * 1_000_001)
    with pytest.raises(TooDeep, match="nested"):
        parse("<blockquote>" * 100)


def test_the_text_and_the_words_of_a_body_are_what_is_read() -> None:
    body = parse(
        "<h2>عنوان فرعي</h2><p>قال <b>الوزير</b> نعم.</p><ul><li>أول</li><li>ثانٍ</li></ul>"
        "<figure><img src=a.jpg alt=بديل><figcaption>تعليق طويل</figcaption></figure>"
        "<table><tr><td>1<td>2</table><blockquote>قول<cite>فلان</cite></blockquote>"
        "<iframe src=https://v.example/1 title=مقطع></iframe>"
    )
    assert text_of(body) == (
        "عنوان فرعي\nقال الوزير نعم.\nأول\nثانٍ\nتعليق طويل\n1 2\nقول\nفلان\nمقطع"
    )
    assert words_in(body) == 2 + 3 + 2 + 2


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<a href='story:x'>", "</a>", "<div>", "</div>", "<br>",
     "<table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "</table>", "<caption>",
     "<small>", "</small>", "<ul>", "<ol>", "<li>", "</ul>", "<blockquote>", "<cite>", "<footer>",
     "</blockquote>", "<figure>", "<img src=a.jpg>", "<figcaption>", "</figure>", "<h2>", "</h2>",
     "<iframe src=https://x.example/>", "</iframe>", "<pre>", "<aside class=key-points>",
     "<p class=credit>", "<p class=see-also>", "<span lang=en>", "</span>", "<q>", "<o:p>",
     "<p style='mso-list:l0 level1'>", "<blockquote class=twitter-tweet>", "نص ", "قول: ", "• ",
     "\u0338", "&lt;", "&nbsp;", "ـ" * 9, "<"]
)  # fmt: skip
SOUP = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=30).map("".join)


@given(SOUP)
def test_any_soup_gives_clean_blocks_that_survive_storage(soup: str) -> None:
    blocks = parse(soup)
    assert from_json(to_json(blocks)) == blocks
    for block in blocks:
        inline = getattr(block, "html", "-")
        assert inline
        assert clean_inline(inline) == inline
        for item in getattr(block, "items", ("-",)):
            assert item.strip()


@given(st.lists(st.text("أبتث .،:", min_size=1, max_size=30), max_size=12))
def test_no_word_is_lost_on_the_way(paragraphs: list[str]) -> None:
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    kept = "".join(text_of(parse(html)).split())
    given_text = "".join("".join(p.split()) for p in paragraphs if p.strip(" ."))
    assert kept == given_text


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        # A lone direction mark between two words does not glue them.
        ("<p><b>قال</b> \u200f <b>نعم</b></p>", [Paragraph("<strong>قال نعم</strong>")]),
        ("<p>قال \u200f<b>نعم</b></p>", [Paragraph("قال <strong>نعم</strong>")]),
        # An address that shows another house than the one it leads to.
        ('<p><a href="https://bank.example:x@evil.example/">هنا</a></p>', [Paragraph("هنا")]),
        ('<p><a href="https://مثال.السعودية/أ">هنا</a></p>',
         [Paragraph('<a href="https://xn--mgbh0fb.xn--mgberp4a5d4ar/%D8%A3">هنا</a>')]),
        ('<blockquote cite="https://www.waha.example/7"><p>نعم.</p></blockquote>',
         [Quote("نعم.", "waha.example")]),
        ("<blockquote><cite>المدير</cite><p>نعم.</p></blockquote>", [Quote("نعم.", "المدير")]),
        ("<figure><blockquote><p>نعم.</p></blockquote><figcaption>— المدير</figcaption></figure>",
         [Quote("نعم.", "المدير")]),
    ],
)  # fmt: skip
def test_what_came_in_wrong_comes_in_right(html: str, blocks: list[object]) -> None:
    assert list(parse(html)) == blocks


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>بلغ <del cite='x'>تسعة</del><ins>عشرة</ins> كتب"
         "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[م1]</a></span>."
         "</p><div style='mso-element:comment-list'><div class=msocomtxt><p>راجعوا الرقم</p></div>"
         "</div>",
         "بلغ عشرة كتب."),
        ("<p>بلغ عشرة كتب<a style='mso-comment-reference:S_1;mso-comment-date:1'> </a>"
         "<span class=MsoCommentReference><a class=msocomanchor>[م1]</a></span>.</p>",
         "بلغ عشرة كتب."),
        ("<p>بلغ<a style='mso-comment-reference:S_1'> </a>عشرة كتب.</p>", "بلغ عشرة كتب."),
        ("<p>بلغ عشرة<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> كتب.</p>"
         "<div><p><a href='#cmnt_ref1'>[a]</a> راجعوا الرقم</p></div>", "بلغ عشرة كتب."),
    ],
)  # fmt: skip
def test_tracked_changes_and_comments_stay_with_their_makers(html: str, words: str) -> None:
    (block,) = parse(html)
    assert block == Paragraph(words)


def test_word_processors_keep_their_bold_and_lose_their_languages() -> None:
    (word,) = parse(
        "<p><b style='mso-bidi-font-weight:normal'><span dir=LTR>BBC</span></b> قالت</p>"
    )
    assert "<strong>" in word.html  # type: ignore[attr-defined]
    (office,) = parse(
        '<p dir="rtl"><span lang="hi-IN">قال <b>كلامًا</b></span> <span lang="en-GB">BBC</span></p>'
    )
    assert office.html == 'قال <strong>كلامًا</strong> <span lang="en-GB">BBC</span>'  # type: ignore[attr-defined]


def test_a_place_where_a_word_may_break_takes_no_words_along():
    """lxml takes the rest of the sentence for what stands inside <wbr>."""
    (block,) = parse("<p>في معهد<wbr>الأبحاث الوطني، ثم عاد.</p>")
    assert block == Paragraph("في معهدالأبحاث الوطني، ثم عاد.")


def test_a_picture_in_several_formats_is_one_picture():
    """lxml takes the picture for what stands inside the last <source>."""
    html = (
        '<picture><source srcset="a.avif"><source srcset="a.webp">'
        '<img src="a.jpg" alt="جسر"></picture><p>بعدها.</p>'
    )
    image, after = parse(html)
    assert (image.media, image.alt) == ("a.jpg", "جسر")
    assert after == Paragraph("بعدها.")
