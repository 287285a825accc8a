"""Coming into the newsroom with a real browser: application, passkey, and nothing left behind."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest
from browser.conftest import DESK, PHONE, Watch
from passlib.totp import TOTP
from playwright.sync_api import BrowserContext, Page, expect
from serving import Server

EMAIL, PASSWORD = "samar@khabarayn.example", "حبر وورق ونقطتان فقط"
# Statuses that these tests ask for on purpose; the browser calls each an error.
REFUSED = r"status of (?:400|401|404|422)"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, without stories, at a name that passkeys can be bound to."""
    server = Server(tmp_path_factory.mktemp("newsroom") / "data")
    server.url = server.url.replace("127.0.0.1", "localhost")
    server.environ["KHABARAYN_BASE_URL"] = server.url
    server.run("init")
    yield server.start()
    server.stop()


@pytest.fixture(autouse=True)
def _expected(watch: Watch) -> None:
    watch.allow(REFUSED)


def first_link(paper: Server) -> str:
    """Return the link that the server printed for its first admin."""
    found = re.search(r"http://\S+/newsroom/join/\S+", paper.log.read_text("utf-8"))
    assert found
    return found[0]


def give_password(page: Page, paper: Server, password: str = PASSWORD) -> None:
    page.goto(paper.url + "/newsroom/")
    page.get_by_label("البريد الإلكتروني").fill(EMAIL)
    page.get_by_label("كلمة المرور").fill(password)
    page.get_by_role("button", name="ادخل", exact=True).click()


@pytest.fixture
def sound(axe: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    """Return the demand that a page fits a phone and can be used by everybody, by day and night."""

    def demand(page: Page) -> None:
        for size, scheme in ((PHONE, "dark"), (DESK, "light")):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
            assert axe(page) == [], page.url

    return demand


def test_from_the_first_link_to_a_passkey_and_out_again(
    context: BrowserContext, paper: Server, sound: Callable[[Page], None]
):
    """One long way, as the first admin of a new paper goes it."""
    page = context.new_page()
    page.goto(first_link(paper))
    sound(page)
    page.get_by_label("البريد الإلكتروني").fill(EMAIL)
    page.get_by_label("اسمك كما يراه زملاؤك").fill("سمر")
    page.get_by_label("كلمة المرور", exact=True).fill(PASSWORD)
    page.get_by_label("كلمة المرور مرة أخرى").fill(PASSWORD)
    page.get_by_role("button", name="تابع").click()
    expect(page.get_by_role("status").first).to_contain_text("حسابك جاهز")
    assert context.request.get(first_link(paper)).status == 404

    give_password(page, paper, "غير هذه")
    expect(page.get_by_role("alert")).to_contain_text("غير صحيح")
    sound(page)
    give_password(page, paper)
    expect(page).to_have_url(paper.url + "/newsroom/")

    # An application, from the key that stands beside the picture.
    page.goto(paper.url + "/newsroom/account/application")
    sound(page)
    page.get_by_text("لا أستطيع التصوير").click()
    application = TOTP(page.locator(".qr__key code").inner_text(), format="base32")
    page.get_by_label("الرمز").fill(application.generate().token)
    page.get_by_role("button", name="فعّل").click()
    expect(page.locator(".codes code")).to_have_count(8)
    codes = page.locator(".codes code").all_inner_texts()
    sound(page)

    # Signed out: what the cookie said opens nothing any more.
    kept = context.cookies()
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(re.compile("/newsroom/sign-in$"))
    context.clear_cookies()
    context.add_cookies([{k: c[k] for k in ("name", "value", "domain", "path")} for c in kept])  # type: ignore[misc,literal-required]
    page.goto(paper.url + "/newsroom/more")
    expect(page).to_have_url(re.compile("/newsroom/sign-in"))

    # In again: the code just used is not taken twice, a recovery code is taken once.
    give_password(page, paper)
    expect(page).to_have_url(re.compile("/newsroom/sign-in/code"))
    sound(page)
    page.get_by_role("link", name="هاتفي ليس معي").click()
    page.get_by_label("رمز الطوارئ").fill(codes[0])
    page.get_by_role("button", name="ادخل").click()
    expect(page).to_have_url(paper.url + "/newsroom/")

    # A passkey, on a device of Chromium's own making.
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(paper.url + "/newsroom/account")
    sound(page)
    page.get_by_label("اسم تعرف به هذا الجهاز").fill("حاسوب المكتب")
    page.get_by_role("button", name="أضف مفتاح مرور").click()
    expect(page.get_by_text("حاسوب المكتب").first).to_be_visible()
    for place in ("people", "people/1", "audit", "more", "account/password"):
        page.goto(f"{paper.url}/newsroom/{place}")
        sound(page)
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(re.compile("/newsroom/sign-in$"))
    page.goto(paper.url + "/newsroom/more")
    page.get_by_role("button", name="ادخل بمفتاح المرور").click()
    expect(page).to_have_url(paper.url + "/newsroom/more")

    # Another key than the one that was registered opens nothing.
    page.get_by_role("button", name="خروج").click()
    expect(page).to_have_url(re.compile("/newsroom/sign-in$"))
    found = devices.send("WebAuthn.getCredentials", {"authenticatorId": device["authenticatorId"]})
    [key] = found["credentials"]
    devices.send("WebAuthn.clearCredentials", {"authenticatorId": device["authenticatorId"]})
    forged = {**key, "credentialId": base64.b64encode(b"x" * 32).decode()}
    devices.send(
        "WebAuthn.addCredential",
        {"authenticatorId": device["authenticatorId"], "credential": forged},
    )
    page.goto(paper.url + "/newsroom/sign-in")
    page.get_by_role("button", name="ادخل بمفتاح المرور").click()
    expect(page.get_by_role("alert")).to_contain_text("لم يُقبل")
    page.goto(paper.url + "/newsroom/")
    expect(page).to_have_url(re.compile("/newsroom/sign-in"))
