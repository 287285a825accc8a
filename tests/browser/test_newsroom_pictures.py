"""Pictures are dropped and pasted over a broken line, then described and focused, on a phone."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from random import Random

import pytest
from browser.conftest import PHONE
from browser.signing_in import sign_in
from PIL import Image
from playwright.sync_api import Route, expect
from serving import ROOT, Server

WHO, WORD = "samar@khabarayn.org", "كلمة مرور طويلة بما يكفي"
GIVE = """([event, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type: "image/png", lastModified: 1 }));
  const options = { bubbles: true, cancelable: true, dataTransfer: given, clipboardData: given };
  const kind = event === "drop" ? DragEvent : ClipboardEvent;
  document.body.dispatchEvent(new kind(event, options));
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def noise(seed: int) -> str:
    """Return a picture that no encoder makes small, so that it comes in several pieces."""
    dice = Random(seed)
    picture = Image.frombytes("RGB", (700, 500), dice.randbytes(700 * 500 * 3))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def newsroom(server: Server) -> str:
    """The address of a server of its own where an admin may sign in."""
    server.run("init")
    words = ["user", "add", WHO, "--role", "admin", "--name", "سمر", "--keep"]
    subprocess.run(
        [sys.executable, "-m", "khabarayn", *words],
        cwd=ROOT, env=server.environ, input=WORD + "\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    return server.start().url + "/newsroom"


def test_pictures_come_in_over_a_broken_line_and_are_made_ready(page, watch, axe, newsroom):
    watch.allow("ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource")
    page.set_viewport_size(PHONE)
    sign_in(page, newsroom.removesuffix("/newsroom"), WHO, WORD)
    expect(page.locator(".nr-nav")).to_be_visible()
    page.goto(f"{newsroom}/pictures")
    broken = []

    def break_second(route: Route) -> None:
        if "offset=0" not in route.request.url and not broken:
            broken.append(route.request.url)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/pictures/uploads/**", break_second)
    page.evaluate(GIVE, ["drop", "جسر.png", noise(1)])
    page.evaluate(GIVE, ["paste", "برج.png", noise(2)])
    sent = page.locator(".sending__item")
    expect(sent).to_have_count(2)
    for number in range(2):
        expect(sent.nth(number)).to_have_attribute("data-state", "done", timeout=60_000)
    assert broken
    assert axe(page) == []
    page.evaluate(GIVE, ["drop", "again.png", noise(1)])
    expect(sent.nth(2)).to_contain_text("من قبل", timeout=60_000)

    sent.nth(0).get_by_role("link").first.click()
    shown = page.locator(".focus__img")
    crop = page.locator("[data-crop='1x1']")
    before = crop.get_attribute("src")
    box = shown.bounding_box()
    assert box
    shown.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.2})
    assert page.locator("input[name=x]").input_value() == "90"
    assert "100%" in crop.evaluate("(img) => img.style.objectPosition")
    page.get_by_role("button", name="احفظ النقطة").click()
    expect(page.locator(".notice")).to_contain_text("قُصّت")
    assert crop.get_attribute("src") != before
    assert crop.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 192
    page.locator("textarea[name=alt]").fill("نقاط ملوّنة لا شكل لها")
    page.get_by_role("button", name="احفظ النصوص").click()
    expect(page.locator(".notice")).to_contain_text("حُفظت")
    assert axe(page) == []
    page.goto(f"{newsroom}/pictures?silent=1")
    expect(page.locator("[data-library] > li")).to_have_count(1)

    for path in ("numbers", "settings", "arrange/sections", "arrange/tags", "arrange/authors",
                 "arrange/sources", "arrange/words", "arrange/redirects"):  # fmt: skip
        page.goto(f"{newsroom}/{path}")
        assert page.evaluate(OVERFLOW) <= 0, path
        assert axe(page) == [], path
