"""What a body says is text: nothing an editor or a feed writes becomes an element of the page."""

from __future__ import annotations

from factories.story import story

HOSTILE = (
    "<ul><li>&lt;img src=x onerror=alert(1)&gt;</li><li>ثانٍ</li></ul>"
    '<aside class="key-points"><ul><li>&lt;script&gt;x&lt;/script&gt;</li></ul></aside>'
    "<blockquote><p>قول</p><cite>&lt;i onclick=x&gt;</cite></blockquote>"
    "<table><caption>&lt;b onclick=x&gt;</caption><tr><td>&lt;u onclick=x&gt;</td><td>1</td></tr>"
    "</table><p>&lt;video onerror=x&gt; متن.</p>"
)


def test_markup_written_as_text_stays_text(app, client):
    page = client.get(f"/a/{story(app, body_html=HOSTILE)}").text
    for tag in ("<img src=x", "<script>x", "<i onclick", "<b onclick", "<u onclick", "<video"):
        assert tag not in page
    assert "ثانٍ" in page
