"""What the reader chooses stays chosen, and is there before the page is painted."""

from __future__ import annotations

import json

import pytest
from browser.conftest import PHONE
from playwright.sync_api import expect

# Notes what <html> says at the moment the body begins: nothing has been painted then.
AT_BODY = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.atBody = {...document.documentElement.dataset};
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
TEXT_SIZE = "parseFloat(getComputedStyle(document.querySelector('[data-story] > p')).fontSize)"
WHEN = ".article__when time >> nth=0"


def choose(page, live: str, name: str, value: str) -> None:
    page.goto(f"{live}/settings")
    page.locator(f"input[name={name}][value='{value}']").check()


@pytest.mark.parametrize("scheme", ["light", "sepia", "dark"])
def test_the_chosen_colours_are_there_before_the_first_paint(page, live, addresses, scheme):
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    choose(page, live, "scheme", scheme)
    paper = page.evaluate(PAPER)
    page.add_init_script(AT_BODY)
    for path in (addresses["article"], "/"):
        page.goto(live + path)
        assert page.evaluate("atBody.scheme") == scheme
        assert page.evaluate(PAPER) == paper
    frame = page.locator('meta[name="theme-color"]').first.get_attribute("content")
    assert frame == paper


def test_a_choice_reaches_the_other_tab_at_once(context, live):
    one, other = context.new_page(), context.new_page()
    other.goto(f"{live}/p/about")
    choose(one, live, "scheme", "sepia")
    expect(other.locator("html")).to_have_attribute("data-scheme", "sepia")


def test_the_text_grows_and_shrinks_by_steps_and_stays_so(page, live, addresses):
    page.goto(live + addresses["article"])
    larger = page.locator("[data-step='1']")
    smaller = page.locator("[data-step='-1']")
    sizes = [page.evaluate(TEXT_SIZE)]
    while larger.get_attribute("aria-disabled") == "false":
        larger.click()
        sizes.append(page.evaluate(TEXT_SIZE))
    page.reload()
    assert page.evaluate(TEXT_SIZE) == sizes[-1]
    assert larger.get_attribute("aria-disabled") == "true"
    assert sizes == sorted(set(sizes))
    while smaller.get_attribute("aria-disabled") == "false":
        smaller.click()
        sizes.insert(0, page.evaluate(TEXT_SIZE))
    assert len(set(sizes)) == 5
    assert min(sizes) >= 16
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for _ in range(4):
        larger.click()
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(overflow) <= 0


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_text_size_reaches_headlines_captions_cards_and_lists(page, live, addresses, width):
    size = "(part) => parseFloat(getComputedStyle(document.querySelector(part)).fontSize)"
    parts = {
        "article": [
            "h1",
            ".standfirst",
            "[data-story] > p",
            "figcaption",
            ".card__title",
            ".byline",
        ],
        "home": [".card__title"],
    }
    page.set_viewport_size({"width": width, "height": 800})
    for name, selectors in parts.items():
        page.goto(live + addresses.get(name, "/"))
        there = [part for part in selectors if page.locator(part).count()]
        assert there, name
        before = [page.evaluate(size, part) for part in there]
        choose(page, live, "size", "5")
        page.goto(live + addresses.get(name, "/"))
        after = [page.evaluate(size, part) for part in there]
        grown = {part: b / a for part, a, b in zip(there, before, after, strict=True)}
        assert grown == pytest.approx(dict.fromkeys(there, 1.32), abs=0.005)
        choose(page, live, "size", "")


def test_the_browsers_frame_takes_its_own_colours_back(page, live):
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].map((m) => m.content)"
    page.goto(live + "/settings")
    own = page.evaluate(colours)
    page.check("input[name=scheme][value=sepia]", force=True)
    assert page.evaluate(colours) != own
    page.check("input[name=scheme][value='']", force=True)
    assert page.evaluate(colours) == own


def test_sections_on_a_phone_are_a_page_of_links_and_wake_no_picture(page, live):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live + "/latest")
    pictures: list[str] = []
    page.on("request", lambda asked: pictures.append(asked.url) if "/media/" in asked.url else None)
    page.locator("[data-bottom] a").nth(1).click()
    page.wait_for_url("**/sections")
    page.wait_for_load_state("load")
    pictures.clear()
    assert page.locator("main .tree a").count() >= 10
    page.wait_for_timeout(800)
    assert pictures == []


def test_dates_are_told_in_the_digits_that_the_reader_chose(page, live, addresses):
    page.goto(live + addresses["article"])
    assert not set("٠١٢٣٤٥٦٧٨٩") & set(page.locator(WHEN).inner_text())
    choose(page, live, "digits", "arab")
    page.goto(live + addresses["article"])
    told = page.locator(WHEN).inner_text()
    assert set("٠١٢٣٤٥٦٧٨٩") & set(told)
    assert not set("0123456789") & set(told)
    choose(page, live, "digits", "latn")
    page.goto(live + addresses["article"])
    assert not set("٠١٢٣٤٥٦٧٨٩") & set(page.locator(WHEN).inner_text())


@pytest.mark.parametrize(
    ("months", "region"), [("levantine", "ar-SY"), ("western", "ar-EG"), ("moroccan", "ar-MA")]
)
def test_dates_are_told_in_the_month_names_that_the_reader_chose(
    page, live, addresses, months, region
):
    choose(page, live, "months", months)
    page.goto(live + addresses["article"])
    told = page.locator(WHEN).inner_text()
    wanted = page.evaluate(
        """(region) => new Intl.DateTimeFormat(region, {month: "long", timeZone: "Asia/Riyadh"})
        .format(new Date(document.querySelector(".article__when time").dateTime))""",
        region,
    )
    assert wanted in told
    assert "/" not in told


def test_the_site_forgets_what_is_set_back(page, live):
    choose(page, live, "scheme", "dark")
    page.locator("input[name=scheme][value='']").check()
    assert page.evaluate("localStorage.getItem('kh-choices')") == "{}"
    page.reload()
    assert page.locator("html").get_attribute("data-scheme") is None


def test_a_page_reads_where_storage_is_forbidden(browser, watch, live, addresses):
    with browser.new_context(viewport=PHONE, locale="ar") as context:
        watch.of(context)
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
        )
        page = context.new_page()
        page.goto(live + addresses["article"])
        before = page.evaluate(TEXT_SIZE)
        page.locator("[data-step='1']").click()
        # Kept for this page at least.
        assert page.evaluate(TEXT_SIZE) > before


# What the interface itself writes and shows: not the words of stories (they carry their language),
# nor names, nor what people typed,
# nor what is for the ear alone (it names stories).
WRITTEN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("script, style, template, noscript, code, kbd, textarea, option")) continue;
    if (parent.closest("[lang]:not(html), .vh") || !parent.checkVisibility()) continue;
    if (node.data.trim()) found.push(node.data.trim());
  }
  return found;
}"""


@pytest.mark.parametrize("lite", [False, True], ids=["with pictures", "lite"])
def test_arabic_digits_reach_every_counter_and_date_on_every_page(
    page, live, addresses, lite, watch
):
    watch.allow("status of 404 .*/nothing-here")
    choose(page, live, "digits", "arab")
    if lite:
        page.locator("input[name=lite][value='1']").check()
    left = {}
    for kind, path in addresses.items():
        if path.startswith("/en"):
            continue
        page.goto(live + path)
        page.wait_for_load_state("load")
        # A name is written as its bearer writes it; the sample of the other digits shows them.
        texts = [text for text in page.evaluate(WRITTEN) if text != "123"]
        western = [text for text in texts if set("0123456789") & set(text)]
        if western:
            left[kind] = western
    # One line: the runner cuts a longer explanation short.
    assert not left, json.dumps(left, ensure_ascii=False)


def test_a_page_names_its_months_in_one_way(page, live, addresses):
    choose(page, live, "months", "dual")
    named = []
    for path in (addresses["article"], "/latest", "/editions", addresses["section"], "/"):
        page.goto(live + path)
        told = page.evaluate(
            "[...document.querySelectorAll('time[data-time]')].map((one) => one.textContent)"
        )
        # Neither the hour alone, nor how long ago, nor the Hijri date.
        named += [one for one in told if "20" in one and " " in one and "هـ" not in one]
    assert named
    assert [one for one in named if "/" not in one] == []
