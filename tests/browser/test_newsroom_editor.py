"""Writing in a real browser: what is typed stays, comes back, and becomes the paper's blocks."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from random import Random

import pytest
from article.demo_bodies import demo_bodies, known
from article.test_markup import WHOLE
from browser.signing_in import sign_in
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Server

from khabarayn import create_app
from khabarayn.article.blocks import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    PinnedSeeAlso,
    Table,
)
from khabarayn.article.form import StoryForm, body_of
from khabarayn.article.proposal import Proposal
from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.settings import Settings
from khabarayn.store.db import db

PASSWORD = "a password of some length"
PEOPLE = {"samar": "سمر الحداد", "karim": "كريم ناصر"}
LINES = (
    "افتتحت البلدية اليوم مكتبة عامة على الميناء بعد ثلاث سنوات من العمل المتواصل فيها.",
    "وفي المكتبة عشرة آلاف كتاب، وقاعة للأطفال، ومقهى صغير يطل على القوارب والصيادين.",
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running paper with two editors and one published story."""
    server = Server(tmp_path_factory.mktemp("newsroom") / "data")
    server.run("init")
    app = create_app(Settings(data_dir=server.data_dir, base_url=server.url))
    with app.app_context():
        for name, shown in PEOPLE.items():
            add_user(f"{name}@example.com", shown, "editor", PASSWORD, OPERATOR)
        body = "".join(f"<p>{line}</p>" for line in LINES * 4)
        told = draft(
            Proposal("مكتبة الميناء تفتح أبوابها", section="news", body_html=body), By("tests")
        )
        publish(told, By("tests"))
        db.session.remove()
        db.engine.dispose()
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def keys(newsroom: Server, browser: Browser) -> dict[str, dict]:
    """What each editor's browser keeps once they have signed in."""
    found = {}
    for name in PEOPLE:
        with browser.new_context() as context:
            sign_in(context.new_page(), newsroom.url, f"{name}@example.com", PASSWORD)
            found[name] = context.storage_state()
    return found


@pytest.fixture
def sit(browser: Browser, keys: dict[str, dict], watch) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of browsers in which somebody is signed in."""
    opened: list[BrowserContext] = []

    def maker(name: str = "samar", **given: object) -> BrowserContext:
        usual = {"viewport": {"width": 1280, "height": 900}, "locale": "ar"}
        context = browser.new_context(**{**usual, **given}, storage_state=keys[name])  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        watch.of(context)
        opened.append(context)
        return context

    yield maker
    for context in opened:
        context.close()


def blank(context: BrowserContext, newsroom: Server) -> Page:
    page = context.new_page()
    page.goto(f"{newsroom.url}/newsroom/stories/new")
    expect(page.locator(".ed-text")).to_be_visible()
    return page


def id_of(page: Page) -> str:
    return page.locator("form[data-write]").get_attribute("data-write") or ""


def state(page: Page, wanted: str) -> None:
    expect(page.locator(f'[data-kept-state][data-state="{wanted}"]')).to_be_visible(timeout=20_000)


def write(page: Page, headline: str, *lines: str) -> None:
    page.fill("#f-headline", headline)
    page.click(".ed-text")
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(line)


def save(page: Page, newsroom: Server) -> str:
    """Save a new story and return its id."""
    id = id_of(page)
    page.select_option("#f-section", "news")
    page.click("[data-save-now]")
    page.wait_for_url(f"{newsroom.url}/newsroom/stories/{id}")
    return id


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (413, "أكبر مما يُقبل"),
        (403, "ليس لك إذن"),
        (422, "العنوان فارغ"),
    ],
)
def test_what_is_not_saved_says_why(sit, newsroom, watch, status, words):
    page = blank(sit(), newsroom)
    watch.allow(str(status))
    page.route(
        "**/draft",
        lambda route: route.fulfill(status=status, json={"refused": f"{words}."}),
    )
    write(page, "خبر يُرفض", "سطر.")
    state(page, "bad")
    expect(page.locator("[data-state-words]")).to_contain_text("لم يُحفظ على الخادم")
    expect(page.locator("[data-state-words]")).to_contain_text(words)


def blocks_in(page: Page) -> tuple[Block, ...]:
    """Return what the server would make of the text in the editor."""
    return StoryForm(body=page.locator("#f-body").input_value()).blocks()


def through(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    html = page.evaluate(
        """html => { const editor = document.querySelector("form[data-write]").khEditor;
        editor.commands.setContent(html); return editor.getHTML(); }""",
        body_of(blocks),
    )
    return StoryForm(body=html).blocks()


def test_every_body_comes_back_from_the_editor_as_it_went_in(newsroom, sit):
    page = blank(sit(), newsroom)
    bodies = {"every kind of block": tuple(map(known, WHOLE)), **dict(demo_bodies())}
    assert len(bodies) > 30
    for name, blocks in bodies.items():
        assert through(page, blocks) == blocks, name


def test_a_story_is_written_saved_and_looked_at(newsroom, sit, axe):
    context = sit()
    page = blank(context, newsroom)
    write(page, "مكتبة جديدة على الميناء", *LINES)
    page.keyboard.press("Enter")
    page.keyboard.type("## ")
    page.keyboard.insert_text("ما في المكتبة")
    page.keyboard.press("Enter")
    page.keyboard.type("- ")
    for item in ("كتب", "أفلام"):
        page.keyboard.insert_text(item)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("وتفتح كل يوم.")
    assert blocks_in(page) == (
        *map(Paragraph, LINES),
        Heading("ما في المكتبة"),
        ListBlock(("كتب", "أفلام")),
        Paragraph("وتفتح كل يوم."),
    )
    page.fill("#f-teaser", "اليوم #")
    state(page, "kept")
    id = save(page, newsroom)
    expect(page.locator(".ed-text h2")).to_have_text("ما في المكتبة")
    assert axe(page) == []
    page.click('[data-panel="looks"] summary')
    frame = page.frame_locator(".write__phone iframe")
    expect(frame.locator("h1")).to_have_text("مكتبة جديدة على الميناء")
    page.click('[data-view="looks"]')
    expect(frame.locator(".preview-sizes__found .preview-sizes__title")).to_have_text(
        "مكتبة جديدة على الميناء"
    )
    # Saving what has not changed keeps the page, and makes no second revision.
    page.fill("#f-headline", "مكتبة جديدة على الميناء القديم")
    page.keyboard.press("Control+s")
    state(page, "saved")
    page.goto(f"{newsroom.url}/newsroom/stories/{id}/revisions")
    expect(page.locator(".revs__one")).to_have_count(2)
    assert axe(page) == []
    page.goto(f"{newsroom.url}/newsroom/stories/{id}/revisions/2")
    expect(page.locator("ins", has_text="القديم")).to_be_visible()
    assert axe(page) == []


def test_what_is_typed_while_the_server_is_dead_is_there_after_a_reload(newsroom, sit, watch):
    # What the closing window sent may arrive while the next one is being opened.
    watch.allow("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|status of 409")
    context = sit()
    page = blank(context, newsroom)
    write(page, "خبر قبل انقطاع الشبكة", LINES[0])
    state(page, "kept")
    address = page.url
    # The server itself dies: what a closing window sends must reach nobody.
    newsroom.kill()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(LINES[1])
    state(page, "local")
    # The window is closed, and opened again when the server is back.
    page.goto("about:blank")
    newsroom.start()
    page.goto(address)
    expect(page.locator('[data-notice="restored"]')).to_be_visible()
    expect(page.locator(".ed-text p")).to_have_text(LINES)
    expect(page.locator("#f-headline")).to_have_value("خبر قبل انقطاع الشبكة")
    state(page, "kept")
    # And on another machine.
    other = sit()
    again = other.new_page()
    again.goto(f"{newsroom.url}/newsroom/stories/{id_of(page)}")
    expect(again.locator(".ed-text p")).to_have_text(LINES)


def test_signing_out_elsewhere_loses_nothing(newsroom, sit, watch):
    watch.allow("status of 401|status of 400|status of 303")
    context = sit()
    page = blank(context, newsroom)
    write(page, "خبر وأنا خارج", LINES[0])
    state(page, "kept")
    context.clear_cookies()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(LINES[1])
    state(page, "out")
    sign_in(context.new_page(), newsroom.url, "samar@example.com", PASSWORD)
    page.evaluate("dispatchEvent(new Event('focus'))")
    state(page, "kept")
    expect(page.locator(".ed-text p")).to_have_text(LINES)


def test_two_editors_collide_and_neither_is_overwritten(newsroom, sit, watch, axe):
    watch.allow("status of 409")
    mine, theirs = sit(), sit("karim")
    page = blank(mine, newsroom)
    write(page, "خبر لاثنين", *LINES)
    id = save(page, newsroom)
    other = theirs.new_page()
    other.goto(f"{newsroom.url}/newsroom/stories/{id}")
    expect(other.locator(".ed-text p")).to_have_text(LINES)
    other.fill("#f-headline", "خبر لاثنين، بيد كريم")
    other.click("[data-save-now]")
    state(other, "saved")
    page.click(".ed-text p:last-child")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("وهذا ما زادته سمر.")
    expect(page.locator('[data-notice="collided"]')).to_contain_text("كريم", timeout=20_000)
    page.click("[data-save-now]")
    page.wait_for_url("**/merge")
    expect(page.locator(".merge")).to_contain_text("خبر لاثنين، بيد كريم")
    expect(page.locator(".merge")).to_contain_text("وهذا ما زادته سمر.")
    assert axe(page) == []
    page.click(".merge .pill--solid")
    page.wait_for_url(f"{newsroom.url}/newsroom/stories/{id}")
    expect(page.locator("#f-headline")).to_have_value("خبر لاثنين، بيد كريم")
    expect(page.locator(".ed-text p")).to_have_text([*LINES, "وهذا ما زادته سمر."])
    page.click("[data-save-now]")
    state(page, "saved")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
</head><body lang=AR><!--StartFragment-->
<h2 dir=RTL><b><span lang=AR-SA style='font-size:14.0pt'>عنوان من وورد<o:p></o:p></span></b></h2>
<p class=MsoNormal dir=RTL><span lang=AR-SA>فقرة فيها <b>كلمة غامقة</b>
 و<a href="https://example.org/">رابط</a>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span
 style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>أول القائمة<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span
 style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>ثاني القائمة<o:p></o:p></p>
<p class=MsoNormal>ثم فقرة.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span
 >&nbsp;</span></span>مرقّم<o:p></o:p></p>
<table border=1><tr><td><p>السنة</p></td><td><p>العدد</p></td></tr>
<tr><td><p>2025</p></td><td><p>12</p></td></tr></table>
<img src="file:///C:/clip_image001.png" width=200><!--EndFragment--></body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<p dir="rtl"><span style="font-weight:700;">غامق من مستند</span>
<span style="font-weight:400"> وعادي</span></p><br>
<ul><li dir="rtl"><p><span>عنصر</span></p></li>
<ul><li><p><span>عنصر داخلي</span></p></li></ul></ul></b>"""
WEB = """<div class="x"><div>نص في صندوق</div><script>alert(1)</script>
<p onclick="x()">ثم <span style="color:red">فقرة</span>.</p>
<iframe src="https://www.youtube-nocookie.com/embed/a1b2" title="مقطع"></iframe></div>"""


def paste(page: Page, html: str) -> None:
    page.locator(".ed-text").focus()
    page.evaluate(
        """html => { const data = new DataTransfer(); data.setData("text/html", html);
        data.setData("text/plain", "x"); document.querySelector(".ed-text").dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        html,
    )


def test_what_is_pasted_becomes_clean_blocks(newsroom, sit):
    context = sit()
    page = blank(context, newsroom)
    paste(page, WORD)
    assert blocks_in(page) == (
        Heading("عنوان من وورد"),
        Paragraph(
            'فقرة فيها <strong>كلمة غامقة</strong> و<a href="https://example.org/">رابط</a>.'
        ),
        ListBlock(("أول القائمة", "ثاني القائمة")),
        Paragraph("ثم فقرة."),
        ListBlock(("مرقّم",), ordered=True),
        Table((("السنة", "العدد"), ("2025", "12"))),
    )
    expect(page.locator('[data-notice="told"]')).to_contain_text("الصور")
    page = blank(context, newsroom)
    paste(page, DOCS)
    assert blocks_in(page) == (
        Paragraph("<strong>غامق من مستند</strong> وعادي"),
        ListBlock(("عنصر", "عنصر داخلي")),
    )
    page = blank(context, newsroom)
    paste(page, WEB)
    found = blocks_in(page)
    assert found[:2] == (Paragraph("نص في صندوق"), Paragraph("ثم فقرة."))
    assert found[2].url == "https://www.youtube.com/watch?v=a1b2"  # type: ignore[attr-defined]


REVIEWED = """<p class=MsoNormal dir=RTL>بلغ العدد <del cite="mailto:x">سبعة</del><ins>ثمانية</ins>
<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[م1]</a></span> كتب.</p>
<p><b style="mso-bidi-font-weight:normal"><span dir=LTR>BBC</span></b>
<span lang="hi-IN">قالت</span></p>
<div style="mso-element:comment-list"><div class=msocomtxt><p>راجعوا الرقم</p></div></div>"""


def test_what_reviewers_struck_out_and_said_is_not_pasted(newsroom, sit):
    page = blank(sit(), newsroom)
    paste(page, REVIEWED)
    assert blocks_in(page) == (
        Paragraph("بلغ العدد ثمانية كتب."),
        Paragraph("<strong>BBC</strong> قالت"),
    )


def test_a_remark_is_put_right_by_one_tap_and_a_place_is_pinned(newsroom, sit):
    page = blank(sit(), newsroom)
    write(page, "اعلن الوزير خطة", *LINES * 8)
    page.keyboard.press("Enter")
    page.keyboard.insert_text("وقال المسئول إن العمل انتهى.")
    remark = page.locator(".remark", has_text="المسئول")
    expect(remark).to_be_visible()
    expect(page.locator(".ed-remark")).to_have_text("المسئول")
    remark.locator(".remark__fix").click()
    expect(page.locator(".ed-text")).to_contain_text("وقال المسؤول إن العمل انتهى.")
    page.locator(".remark", has_text="اعلن").locator(".remark__fix").click()
    expect(page.locator("#f-headline")).to_have_value("أعلن الوزير خطة")
    page.click('[data-panel="places"] summary')
    expect(page.locator(".ed-place").first).to_be_visible()
    page.locator("[data-places] button", has_text="ثبّت هذا").first.click()
    expect(page.locator(".ed-box--see_also")).to_contain_text("مكتبة الميناء تفتح أبوابها")
    assert any(isinstance(block, PinnedSeeAlso) for block in blocks_in(page))


ARRIVE_WITH_THE_CARET = """() => {
  const asked = window.fetch;
  window.fetch = async (address, given) => {
    if (!String(address).endsWith("/copydesk")) return asked(address, given);
    const last = document.querySelector(".ed-text p:last-child").firstChild;
    getSelection().collapse(last, last.length);
    const words = { found: "", rule: "", reason: "", replacement: null, around: "" };
    const remarks = [{ text: 6, start: 0, end: 3, ...words }];
    return { ok: true, json: async () => ({ count: 1, remarks }) };
  };
}"""


def test_remarks_that_arrive_as_the_caret_moves_leave_it_there(newsroom, sit):
    page = blank(sit(), newsroom)
    write(page, "خبر يتحرك فيه المؤشر", *LINES)
    page.evaluate("document.querySelector('form[data-write]').khEditor.commands.focus(1)")
    page.evaluate(ARRIVE_WITH_THE_CARET)
    page.keyboard.insert_text("ثم ")
    expect(page.locator(".ed-remark")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.insert_text("وهذا في آخر النص.")
    expect(page.locator(".ed-text p")).to_have_text(
        ["ثم " + LINES[0], LINES[1], "وهذا في آخر النص."]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_fits_a_phone(newsroom, sit, axe, scheme):
    context = sit(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page = blank(context, newsroom)
    write(page, "خبر من الهاتف", *LINES)
    paste(page, WORD)
    state(page, "kept")
    for name in ("suggestions", "places", "looks"):
        page.click(f'[data-panel="{name}"] summary')
    expect(page.locator("[data-places] li, [data-places] p").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []


def test_without_script_a_story_is_written_in_a_plain_form(newsroom, sit):
    page = sit(java_script_enabled=False).new_page()
    page.goto(f"{newsroom.url}/newsroom/stories/new")
    page.fill("#f-headline", "خبر بلا برنامج")
    page.fill("#f-body", "\n\n".join(LINES))
    page.select_option("#f-section", "news")
    page.click("[data-save-now]")
    page.wait_for_url(re.compile(r"/newsroom/stories/\w{8}$"))
    assert page.locator("#f-body").input_value() == "\n".join(f"<p>{line}</p>" for line in LINES)


def test_a_step_is_taken_with_the_text_as_it_stands(newsroom, sit):
    page = blank(sit(), newsroom)
    write(page, "خبر يُنشر من صفحته", *LINES)
    id = save(page, newsroom)
    page.fill("#f-headline", "خبر يُنشر بعنوانه الأخير")
    step = page.locator('[data-work] details:has(form[action$="/publish"])')
    step.locator("summary").click()
    step.locator("button[type=submit]").click()
    expect(page.locator(".notice", has_text="نُشر الخبر.")).to_be_visible()
    page.goto(f"{newsroom.url}/a/{id}")
    expect(page.locator("h1")).to_have_text("خبر يُنشر بعنوانه الأخير")
    # A change of it offers its own publication at once, without loading the page anew.
    page.goto(f"{newsroom.url}/newsroom/stories/{id}")
    page.fill("#f-standfirst", "مقدمة أُضيفت بعد النشر.")
    page.click("[data-save-now]")
    state(page, "saved")
    expect(page.locator("[data-work] .next-step--main summary")).to_have_text("انشر التعديل")


def noise(width: int, height: int) -> str:
    """Return a PNG that no packing makes small, in base64."""
    out = io.BytesIO()
    pixels = Random(3).randbytes(width * height * 3)
    Image.frombytes("RGB", (width, height), pixels).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


DROP = """([name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, {type}));
  const paste = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: held});
  document.querySelector(".ed-text").dispatchEvent(paste);
}"""


def test_a_picture_above_64_kb_is_pasted_into_a_story_and_an_heic_is_refused_in_words(
    newsroom, sit, watch
):
    watch.allow(r"422 \(Unprocessable")
    page = blank(sit(), newsroom)
    page.click(".ed-text")
    page.evaluate(DROP, ["سوق.png", "image/png", noise(300, 200)])
    expect(page.locator(".ed-box--image img")).to_be_visible(timeout=30_000)
    heic = base64.b64encode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b" " * 900).decode()
    page.evaluate(DROP, ["IMG_1.HEIC", "", heic])
    expect(page.locator("[data-notices]")).to_contain_text("لا تُقبل صور HEIC")


def test_the_picker_names_pictures_and_takes_a_new_one_for_the_lead(newsroom, sit, tmp_path):
    page = blank(sit(), newsroom)
    page.click("[data-pick-lead]")
    picture = tmp_path / "ميناء-2033.png"
    picture.write_bytes(base64.b64decode(noise(200, 150)))
    page.set_input_files('.ed-dialog input[type="file"]', picture)
    expect(page.locator("[data-lead-shown] img")).to_be_visible(timeout=30_000)
    page.click("[data-pick-lead]")
    expect(page.locator(".ed-found__one").first).to_contain_text("ميناء-2033.png")


PRESS = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, code, ctrlKey: true, bubbles: true, cancelable: true}))"""


def test_an_arabic_keyboard_saves_makes_bold_links_and_shows_the_keys(newsroom, sit):
    page = blank(sit(), newsroom)
    write(page, "ميناء المدينة القديم", LINES[0])
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('.ed-text p'))")
    page.evaluate(PRESS, ["لا", "KeyB"])
    expect(page.locator(".ed-text strong")).to_be_visible()
    page.evaluate(PRESS, ["ن", "KeyK"])
    expect(page.locator(".ed-dialog #ask-address")).to_be_focused()
    page.keyboard.press("Escape")
    page.evaluate(PRESS, ["ظ", "Slash"])
    expect(page.locator(".ed-keys")).to_contain_text("احفظ")
    page.keyboard.press("Escape")
    page.select_option("#f-section", "news")
    page.evaluate(PRESS, ["س", "KeyS"])
    page.wait_for_url(f"{newsroom.url}/newsroom/stories/{id_of(page)}")


def test_an_empty_text_its_lists_and_its_quotes_begin_at_the_right(newsroom, sit):
    page = blank(sit(), newsroom)
    runs = "one => getComputedStyle(document.querySelector(one)).direction"
    assert page.evaluate(runs, ".ed-text") == "rtl"
    assert page.evaluate(runs, ".ed-text p") == "rtl"
    page.click(".ed-text")
    page.keyboard.type("- ")
    assert page.evaluate(runs, ".ed-text ul") == page.evaluate(runs, ".ed-text li") == "rtl"
    page.keyboard.insert_text("iPhone")
    assert page.evaluate(runs, ".ed-text ul") == "rtl"
    page.keyboard.press("Enter")
    assert page.evaluate(runs, ".ed-text li:last-child") == "rtl"
    page.keyboard.press("Enter")
    page.keyboard.type("> ")
    assert page.evaluate(runs, ".ed-text blockquote") == "rtl"
    page.keyboard.insert_text("OpenAI")
    assert page.evaluate(runs, ".ed-text blockquote") == "rtl"


# How far the caret stands from the right edge of the line that it is in, in pixels.
CARET = """() => {
  const { anchorNode } = getSelection();
  const line = anchorNode.nodeType === Node.ELEMENT_NODE ? anchorNode : anchorNode.parentElement;
  const end = (line.querySelector("br") ?? line).getBoundingClientRect();
  return Math.abs(line.getBoundingClientRect().right - end.right);
}"""
BARS = """() => {
  const style = getComputedStyle(document.querySelector(".ed-text blockquote"));
  return [style.borderRightWidth, style.borderLeftWidth];
}"""


def test_the_caret_stands_at_the_right_before_a_letter_is_typed(newsroom, sit):
    page = blank(sit(), newsroom)
    page.click(".ed-text")
    assert page.evaluate(CARET) <= 2
    page.keyboard.press("Enter")
    assert page.evaluate(CARET) <= 2
    page.keyboard.type("- ")
    expect(page.locator(".ed-text li")).to_have_count(1)
    assert page.evaluate(CARET) <= 2
    page.keyboard.insert_text("iPhone")
    page.keyboard.press("Enter")
    assert page.evaluate(CARET) <= 2
    page.keyboard.press("Enter")
    page.keyboard.type("> ")
    assert page.evaluate(CARET) <= 2
    assert page.evaluate(BARS) == ["3px", "0px"]


def test_pictures_are_joined_into_one_gallery_and_no_gallery_into_another(newsroom, sit):
    page = blank(sit(), newsroom)
    page.evaluate(
        """html => document.querySelector("form[data-write]").khEditor.commands.setContent(html)""",
        "<figure><img src='media:abcdefgh'></figure>" * 3,
    )
    join = page.get_by_role("button", name="ضمّ إلى الصورة السابقة في معرض")
    join.locator("visible=true").first.click()
    join.locator("visible=true").first.click()
    assert page.locator(".ed-text figure.gallery").count() == 1
    assert join.locator("visible=true").count() == 0


PASTE = """([type, text]) => {
  const held = new DataTransfer();
  held.setData(type, text);
  const paste = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: held});
  document.querySelector(".ed-text").dispatchEvent(paste);
}"""


def test_a_videos_address_alone_is_a_card_and_search_redirects_are_unwrapped(newsroom, sit):
    page = blank(sit(), newsroom)
    page.click(".ed-text")
    page.evaluate(PASTE, ["text/plain", "https://www.youtube.com/watch?v=abc123"])
    expect(page.locator(".ed-box--embed")).to_be_visible()
    page.click(".ed-text > p")
    page.evaluate(
        PASTE,
        ["text/html", "<p><a href='https://www.google.com/url?q=https://paper.example/a%3Fb%3D1&sa=U'>"
         "التقرير</a> قرأه <span style='font-style:italic'>الجميع</span></p>"],
    )  # fmt: skip
    expect(page.locator('.ed-text a[href="https://paper.example/a?b=1"]')).to_be_visible()
    expect(page.locator(".ed-text em")).to_have_text("الجميع")
    page.evaluate(PASTE, ["text/plain", "https://youtu.be/abc"])
    expect(page.locator(".ed-box--embed")).to_have_count(1)


MARKDOWN = """## تفاصيل

قال **الوزير** إن *الأشغال* [تبدأ غدًا](https://paper.example/x).

- أول بند
- ثاني بند

> لن نتأخر يومًا واحدًا.

| المدينة | العدد |
|---|---|
| طنجة | 12 |
"""


def test_markdown_that_is_pasted_becomes_the_papers_blocks(newsroom, sit):
    page = blank(sit(), newsroom)
    page.click(".ed-text")
    page.evaluate(PASTE, ["text/plain", MARKDOWN])
    state(page, "kept")
    found = blocks_in(page)
    assert [type(one).__name__ for one in found[:5]] == [
        "Heading", "Paragraph", "ListBlock", "Quote", "Table",
    ]  # fmt: skip
    assert found[1].html == (
        "قال <strong>الوزير</strong> إن <em>الأشغال</em> "
        '<a href="https://paper.example/x">تبدأ غدًا</a>.'
    )
    # What nobody marked is text: signs in it stay signs.
    page.keyboard.press("Control+a")
    page.evaluate(PASTE, ["text/plain", "3 * 4 * 5 و #وسم في a_b_c"])
    expect(page.locator(".ed-text")).to_have_text("3 * 4 * 5 و #وسم في a_b_c")


def test_on_a_phone_saving_and_the_next_step_lie_under_the_thumb(newsroom, sit):
    page = blank(sit(viewport={"width": 360, "height": 800}), newsroom)
    write(page, "خبر يُنشر من الهاتف", *LINES)
    id = save(page, newsroom)
    page.goto(f"{newsroom.url}/newsroom/stories/{id}")
    for place in (page.locator("[data-save-now]"), page.locator("[data-main-step]")):
        box = place.bounding_box()
        assert box is not None
        assert box["height"] >= 40
        assert 560 < box["y"] < 800 - box["height"]
    page.click("[data-main-step]")
    publish_now = page.locator(
        '[data-work] .next-step--main form[action$="/publish"] button[type=submit]'
    )
    expect(publish_now).to_be_in_viewport()
    publish_now.click()
    expect(page.locator(".notice", has_text="نُشر الخبر.")).to_be_visible()
    # Readers have it: there is no next step until something is changed.
    expect(page.locator("[data-main-step]")).to_be_hidden()
    page.fill("#f-standfirst", "مقدمة أُضيفت من الهاتف.")
    page.click("[data-save-now]")
    expect(page.locator("[data-main-step]")).to_have_text("انشر التعديل")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_side_column_follows_a_long_text_and_every_tool_has_icon_and_word(newsroom, sit):
    page = blank(sit(), newsroom)
    write(page, "خبر طويل", *(LINES * 12))
    page.evaluate("window.scrollTo(0, document.querySelector('.ed-text').offsetHeight)")
    expect(page.locator("#f-section")).to_be_in_viewport()
    tools = page.locator(".ed-tool")
    assert tools.count() == page.locator(".ed-tool > svg").count() > 8
    assert all(one.inner_text().strip() for one in tools.all())
    shown = page.locator(".ed-tools").evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    assert shown, "a tool lies outside the bar"


def test_boxes_of_pictures_cards_and_tables_are_small(newsroom, sit):
    page = blank(sit(), newsroom)
    page.click(".ed-text")
    page.evaluate(PASTE, ["text/plain", "https://www.youtube.com/watch?v=abc123"])
    card = page.locator(".ed-box--embed").bounding_box()
    assert card is not None
    assert card["height"] < 190
