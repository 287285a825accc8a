"""A newcomer gives the paper a name, hues and a wordmark; saved stories keep the old ones."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from browser.conftest import Watch
from browser.paper import Paper, ask, assert_whole, working
from browser.signing_in import sign_in
from PIL import Image
from playwright.sync_api import Page, expect

pytest_plugins = ["browser.offline_fixtures"]
EMAIL, PASSWORD = "huda@khabarayn.example", "كلمة سر طويلة جدا"
CHIEF = (
    "from khabarayn.desk.people.accounts import add_user\n"
    f"add_user({EMAIL!r}, 'هدى', 'chief', {PASSWORD!r}, BY)"
)
NAME = "صحيفة الواحة"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 90">'
    '<rect width="300" height="90" rx="12" fill="#0b5d1e"/>'
    '<circle cx="60" cy="45" r="30" fill="#fff"/>'
    "</svg>"
)
# From the desk to a name, hues and a wordmark that readers see.
CLICKS = 12
HUE = "getComputedStyle(document.body).getPropertyValue('--rumman')"
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script|status of 422"


@pytest.fixture(autouse=True)
def expected(watch: Watch) -> None:
    watch.allow(GONE)


class Hand:
    """Clicks as a person does, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def choose(self, field: str, value: str) -> None:
        self.page.check(f"input[name={field}][value={value}]")
        self.clicks += 1


def test_a_paper_is_its_owners_in_a_dozen_clicks(
    paper: Paper, page: Page, axe: Callable[[Page], list[str]]
):
    paper.run(CHIEF)
    sign_in(page, paper.url, EMAIL, PASSWORD)
    hand = Hand(page)
    hand.click("link", "المزيد")
    hand.click("link", "هوية الصحيفة")
    assert axe(page) == []

    page.get_by_label("اسم الصحيفة").fill(NAME)
    hand.choose("wordmark", "naskh")
    page.get_by_label("اللون الأول", exact=True).fill("#ffcc00")
    hand.click("button", "عاينها")
    assert "#866500" in page.inner_text("#bad-first"), "the nearest that can be read"
    expect(page.get_by_label("اسم الصحيفة")).to_have_value(NAME)
    page.get_by_label("اللون الأول", exact=True).fill("#0b5d1e")
    hand.click("button", "عاينها")
    expect(page.frame_locator("iframe").first.get_by_role("img", name=NAME)).to_be_visible()
    assert axe(page) == []
    assert NAME not in page.request.get(paper.url + "/").text(), "nobody has seen it yet"
    hand.click("button", "اعتمدها")
    home = page.request.get(paper.url + "/").text()
    assert f'aria-label="{NAME}"' in home

    hand.choose("wordmark", "file")
    big = (SVG + " " * 9_000_000).encode()
    file = {"name": "mark.svg", "mimeType": "image/svg+xml", "buffer": big}
    page.set_input_files("input[name=wordmark_file]", file)  # type: ignore[arg-type]
    hand.click("button", "عاينها")
    assert "8.6" in page.inner_text("#bad-wordmark_file")
    file["buffer"] = SVG.encode()
    page.set_input_files("input[name=wordmark_file]", file)  # type: ignore[arg-type]
    hand.click("button", "عاينها")
    hand.click("button", "اعتمدها")
    page.goto(paper.url + "/")
    assert page.locator(".bar .wordmark rect").get_attribute("fill") == "#0b5d1e"
    assert page.evaluate(HUE) == "#0b5d1e"
    assert hand.clicks <= CLICKS


FACE = """
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.arrange.face_form import WantedFace, face_of
from khabarayn.face.value import Face
face, files = face_of(WantedFace({name!r}, first={first!r}, wordmark={wordmark!r},
    wordmark_file={file!r}), Face('x'))
take_face(save_face(face, files, BY), BY)
"""


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (360, 90), "#0b5d1e").save(out, "PNG")
    return out.getvalue()


def test_a_saved_story_keeps_the_face_it_was_saved_with_whole_offline(paper: Paper, page: Page):
    paper.run(FACE.format(name=NAME, first="#0b5d1e", wordmark="file", file=png()))
    page.goto(paper.url + "/sections")
    working(page)
    ask(page, "online")
    assert ask(page, "save", path=paper.path(1))["pin"]
    # A page that is fetched again would come in the new face: from here on there is no network.
    paper.server.kill()
    paper.run(FACE.format(name="جريدة المرفأ", first="#123f8c", wordmark="plex", file=b""))
    page.goto(paper.url + paper.path(1))
    assert_whole(page)
    mark = page.locator(".bar img.wordmark")
    assert mark.get_attribute("alt") == NAME
    assert mark.evaluate("(image) => image.naturalWidth") == 360
    assert page.evaluate(HUE) == "#0b5d1e"
    icon = page.locator("link[rel=icon]").first.get_attribute("href")
    assert page.evaluate("async (url) => (await fetch(url)).ok", icon)


PAGES = (
    "from khabarayn.desk.arrange.standing_pages import seed_pages\n"
    "seed_pages(BY)\n"
    "from khabarayn.desk.people.accounts import add_user\n"
    f"add_user({EMAIL!r}, 'هدى', 'chief', {PASSWORD!r}, BY)"
)
# From the desk to «من نحن» with readers, and a footer in another order.
CLICKS_OF_PAGES = 14


def publish_now(hand: Hand) -> None:
    way = hand.page.locator(".next-step--main").filter(
        has=hand.page.locator("summary", has_text="انشر الآن")
    )
    way.locator("summary").click()
    way.locator("button[type=submit]").click()
    hand.clicks += 2


def test_a_newcomer_writes_about_us_and_orders_the_footer_in_fourteen_clicks(
    paper: Paper, page: Page, axe: Callable[[Page], list[str]]
):
    paper.run(PAGES)
    sign_in(page, paper.url, EMAIL, PASSWORD)
    hand = Hand(page)
    hand.click("link", "المزيد")
    hand.click("link", "الصفحات الثابتة")
    assert axe(page) == []
    hand.click("link", "من نحن")
    page.get_by_label("العنوان", exact=True).fill("من نحن في الواحة")
    editor = page.locator("[data-editor] [contenteditable]")
    expect(editor).to_contain_text("[[")
    # With a blank left it goes to nobody, and says which one is left.
    publish_now(hand)
    expect(page.locator("[role=alert]").first).to_contain_text("اسم رئيس التحرير")
    page.goto(page.url.removesuffix("/publish"))
    editor.fill("نكتب عن الواحة وأهلها، ونوقّع ما نكتب.")
    hand.click("button", "احفظ")
    expect(page.locator("[data-kept-state]")).to_have_attribute("data-state", "saved")
    page.reload()
    publish_now(hand)
    shown = page.request.get(paper.url + "/p/about")
    assert shown.status == 200
    assert "نكتب عن الواحة" in shown.text()

    hand.click("link", "المزيد")
    hand.click("link", "القوائم")
    assert axe(page) == []
    up = page.locator('[id="up-foot-page:about"]')
    up.click()
    # The click itself focuses the button: the list is there anew when the page has moved.
    expect(page.locator("#menu-foot li").nth(1)).to_contain_text("من نحن")
    expect(up).to_be_focused()
    up.click()
    hand.clicks += 2
    expect(page.locator("#menu-foot li").first).to_contain_text("من نحن")
    page.goto(paper.url + "/p/about")
    first = page.locator(".foot__links a").first
    assert first.get_attribute("href") == "/p/about"
    assert axe(page) == []
    assert hand.clicks <= CLICKS_OF_PAGES
