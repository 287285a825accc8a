"""Editions come in pieces, survive every cut, and pass on under their signature."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser.paper import LAST, Paper, ask, assert_whole, listed, working
from browser.proxy import Fault, FaultProxy
from playwright.sync_api import Page

from khabarayn.edition.container import read_head
from khabarayn.edition.name import newest
from khabarayn.settings import Settings

pytest_plugins = ["browser.offline_fixtures"]
GONE = r"net::ERR_|Failed to fetch|Failed to load resource|fetching the script"


@pytest.fixture(autouse=True)
def network_may_go(watch):
    watch.allow(GONE)


@pytest.fixture
def edition(paper: Paper) -> str:
    """An edition of the running paper; return its name."""
    made = paper.server.run("edition", "make")
    found = re.search(r"\d{4}-\d\d-\d\d-(?:am|pm)", made.stdout)
    assert found, made.stdout
    return found[0]


def open_edition(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/editions/{name}")
    working(page)


@pytest.mark.core
def test_an_edition_is_taken_along_and_opens_without_a_network(paper, page: Page, edition):
    open_edition(page, paper.url, edition)
    page.click("[data-edition-file=full]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    stories = [path for path, record in listed(page).items() if record.get("edition")]
    assert len(stories) == 10
    paper.server.kill()
    page.goto(f"{paper.url}/editions/{edition}/read")
    assert page.locator("main a[href^='/a/']").count() >= 10
    for path in stories[:3]:
        page.goto(paper.url + path)
        assert_whole(page)
    page.goto(paper.url + "/saved")
    page.wait_for_selector(f"[data-taken='{edition}']")


# The newest of three sections, from before the edition that closed last: it brings them all.
IN_ENGLISH = """
from datetime import timedelta
from factories.story import ENGLISH, proposal
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.store.db import now
for n, section in enumerate(("sport", "world", "health")):
    words = {**ENGLISH, "headline": f"The council opens bridge number {n}"}
    at = now() - timedelta(hours=30, minutes=n)
    publish(draft(proposal(section=section, published_at=at, **words), BY), BY, at=at)
"""


def test_an_english_edition_opens_in_english_without_a_network(paper, page: Page):
    paper.run(IN_ENGLISH)
    paper.server.run("edition", "make")
    name = f"{newest(datetime.now(UTC), Settings().tz)}-en"
    open_edition(page, paper.url + "/en", name)
    page.click("[data-edition-file=text]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    stories = [path for path, record in listed(page).items() if record.get("edition") == name]
    assert len(stories) == 3 and all(path.startswith("/en/a/") for path in stories)
    paper.server.kill()
    # From the shelf, in whatever language that stands.
    page.goto(paper.url + "/saved")
    page.click(f"[data-taken='{name}'] a")
    assert page.locator("html[lang=en] main a[href^='/en/a/']").count() == 3
    for path in stories:
        page.goto(paper.url + path)
        assert page.locator("html[lang=en] article h1").inner_text().startswith("The council")
    page.goto(paper.url + "/saved")
    page.click(f"[data-taken='{name}'] .keep__acts button:last-child")
    page.wait_for_function("name => !document.querySelector(`[data-taken='${name}']`)", arg=name)
    assert not [one for one in listed(page).values() if one.get("edition")]


@pytest.mark.core
@pytest.mark.parametrize(("kind", "suffix"), [("text", ""), ("full", "-full")])
def test_killed_five_times_it_completes_at_little_more_than_its_size(
    paper, line: FaultProxy, page: Page, edition, kind, suffix
):
    file = f"/editions/{edition}{suffix}.khb"
    size = int(page.request.head(paper.url + file).headers["content-length"])
    open_edition(page, line.url, edition)
    # Nothing comes by itself meanwhile: all of it moves as the edition.
    ask(page, "set", change={"auto": 0})
    line.order(Fault.CUT_LENGTH, re.escape(file), times=5)
    page.click(f"[data-edition-file={kind}]")
    for _ in range(5):
        page.locator("[data-edition-progress]:has-text('انقطعت')").wait_for()
        page.goto(f"{line.url}/editions/{edition}")
        working(page)
        page.locator("[data-edition-progress] button").click()
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    moved = page.evaluate(
        """async (name) => {
          const cache = await caches.open("kh-editions");
          return (await (await cache.match("/kh/edition/" + name)).json()).moved;
        }""",
        edition,
    )
    assert moved <= 1.1 * size, (moved, size)


def test_printed_again_in_the_middle_it_starts_anew_and_ends_whole(
    paper, line: FaultProxy, page: Page, edition
):
    open_edition(page, line.url, edition)
    line.order(Fault.STALL_BODY, rf"{edition}\.khb", times=1)
    page.click("[data-edition-file=text]")
    page.wait_for_timeout(800)
    line.heal()
    paper.run("from khabarayn.desk.stories.correct import correct\ncorrect(ids[1], BY, 'تصحيح.')")
    paper.server.run("edition", "make", "--again")
    page.goto(f"{line.url}/editions/{edition}")
    working(page)
    page.locator("[data-edition-progress] button").click()
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    assert listed(page)[paper.path(1)]["rev"] == 2


def test_it_pauses_when_told_and_goes_on_where_it_was(paper, line: FaultProxy, page: Page, edition):
    open_edition(page, line.url, edition)
    line.order(Fault.SLOW, rf"{edition}-full\.khb", times=2, bytes_per_second=30_000)
    page.click("[data-edition-file=full]")
    several = re.compile("أخبار تُفتح الآن: [2-9]")
    page.locator("[data-edition-progress]").filter(has_text=several).wait_for()
    page.click("[data-edition-progress] button")
    page.locator("[data-edition-progress]:has-text('أوقفته')").wait_for()
    begun = [path for path, record in listed(page).items() if record.get("edition")]
    assert len(begun) >= 2, "what is whole can be read while the rest is away"
    before = len(line.carried)
    line.heal()
    page.click("[data-edition-progress] button")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    size = int(
        page.request.head(f"{paper.url}/editions/{edition}-full.khb").headers["content-length"]
    )
    after = sum(size for path, size in line.carried[before:] if path.endswith(".khb"))
    assert 0 < after < size
    assert sum(bool(record.get("edition")) for record in listed(page).values()) == 10


# Phones are told of what is settled.
SETTLED = """
from datetime import timedelta
from sqlalchemy import update
from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow
db.session.execute(update(OutboxRow).values(created_at=now() - timedelta(hours=1)))
db.session.commit()
"""
# Three sections whose newest story is of the day before: both editions bring them.
OLDER = """
from datetime import timedelta
from browser.paper import body
from factories.story import proposal
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.store.db import now
for n, section in enumerate(("sport", "world", "health")):
    at = now() - timedelta(hours=36, minutes=n)
    words = {"headline": f"المسؤولة تزور المكتبة رقم {50 + n} في القدس", "body_html": body(50 + n)}
    publish(draft(proposal(section=section, published_at=at, **words), BY), BY, at=at)
"""


@pytest.mark.core
def test_the_next_edition_moves_only_what_is_new(paper, line: FaultProxy, page: Page):
    paper.run(OLDER)
    after = newest(datetime.now(UTC), Settings().tz)
    for name in (str(after.previous), str(after)):
        date, half = name[:10], name[11:]
        paper.server.run("edition", "make", "--date", date, "--half", half)
    open_edition(page, line.url, str(after.previous))
    page.click("[data-edition-file=text]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    before = {path for path, record in listed(page).items() if record.get("edition")}
    line.forget()
    open_edition(page, line.url, str(after))
    page.click("[data-edition-file=text]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    moved = sum(size for path, size in line.carried if path.endswith(".khb"))
    whole = page.request.get(f"{paper.url}/editions/{after}.khb").body()
    packs = read_head(whole).packs
    now = {path for path, record in listed(page).items() if record.get("edition") == str(after)}
    # The edition has room for all but the oldest of the ten.
    assert {paper.path(1), paper.path(2)} <= now - before
    assert len(now & before) >= 3
    # Of the stories that the phone has nothing comes again; the head names all of them, and comes.
    known = sum(pack.length for pack in packs if before & set(pack.paths))
    assert len(whole) - moved > 0.75 * known, (moved, len(whole), known)
    paper.server.kill()
    for path in now:
        page.goto(line.url + path)
        assert LAST in page.inner_text("[data-story]"), path


@pytest.mark.core
def test_an_edition_brings_nothing_back_that_was_withdrawn_or_corrected(
    paper: Paper, page: Page, edition
):
    open_edition(page, paper.url, edition)
    ask(page, "save", path=paper.path(2))
    paper.run("from khabarayn.desk.stories.withdraw import withdraw\nwithdraw(ids[1], BY, 'خطأ.')")
    paper.run("from khabarayn.desk.stories.correct import correct\ncorrect(ids[2], BY, 'الصحيح.')")
    paper.run("from khabarayn.desk.stories.correct import correct\ncorrect(ids[3], BY, 'الأصح.')")
    paper.run(SETTLED)
    # The phone hears of it before it takes the edition, which was made before.
    ask(page, "online")
    assert listed(page)[paper.path(2)]["rev"] == 2
    page.click("[data-edition-file=text]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    for _ in range(100):
        found = listed(page)
        if paper.path(1) not in found and found.get(paper.path(3), {}).get("rev") == 2:
            break
        page.wait_for_timeout(100)
    assert paper.path(1) not in found
    assert [found[paper.path(n)]["rev"] for n in (2, 3)] == [2, 2]
    paper.server.kill()
    for number, said in ((2, "الصحيح."), (3, "الأصح.")):
        page.goto(paper.url + paper.path(number))
        assert said in page.inner_text("main")


def test_an_edition_passes_from_phone_to_phone(
    paper: Paper, page: Page, browser, tmp_path: Path, edition
):
    open_edition(page, paper.url, edition)
    page.click("[data-edition-file=full]")
    page.wait_for_selector("[data-edition-progress] a", timeout=30_000)
    other = browser.new_context(locale="ar")
    phone = other.new_page()
    phone.goto(paper.url + "/saved")
    working(phone)
    paper.server.kill()
    page.goto(paper.url + "/saved")
    with page.expect_download() as coming:
        page.click(f"[data-pass-edition='{edition}']")
    file = tmp_path / "edition.khb"
    coming.value.save_as(file)
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    spoilt = tmp_path / "spoilt.khb"
    spoilt.write_bytes(changed)
    phone.set_input_files("[data-pass] input", spoilt)
    phone.wait_for_selector("[data-pass-said]:text-matches('تالف|لن نفتحه|ناقص')")
    assert not listed(phone)
    phone.set_input_files("[data-pass] input", file)
    phone.wait_for_timeout(3000)
    assert phone.inner_text("[data-pass-said]").startswith("أُضيفت")
    phone.wait_for_selector(f"[data-taken='{edition}']")
    stories = [path for path, record in listed(phone).items() if record.get("edition")]
    assert len(stories) == 10
    phone.goto(f"{paper.url}/editions/{edition}/read")
    assert phone.locator("main a[href^='/a/']").count() >= 10
    phone.goto(paper.url + stories[0])
    assert_whole(phone)
    other.close()


@pytest.mark.core
def test_a_story_passes_from_phone_to_phone(paper: Paper, page: Page, browser, tmp_path: Path):
    page.goto(paper.url + "/sections")
    working(page)
    ask(page, "save", path=paper.path(2))
    page.goto(paper.url + "/saved")
    with page.expect_download() as coming:
        page.click(f"[data-pass-story='{paper.ids[2]}']")
    file = tmp_path / "story.khb"
    coming.value.save_as(file)
    other = browser.new_context(locale="ar")
    phone = other.new_page()
    phone.goto(paper.url + "/saved")
    working(phone)
    paper.server.kill()
    changed = bytearray(file.read_bytes())
    changed[-40] ^= 1
    spoilt = tmp_path / "spoilt.khb"
    spoilt.write_bytes(changed)
    phone.set_input_files("[data-pass] input", spoilt)
    phone.wait_for_selector("[data-pass-said]:text-matches('تالف|لن نفتحه|ناقص')")
    assert paper.path(2) not in listed(phone)
    phone.set_input_files("[data-pass] input", file)
    phone.wait_for_selector(f"[data-saved='{paper.ids[2]}']")
    phone.goto(paper.url + paper.path(2))
    assert "المكتبة رقم" in phone.inner_text("h1")
    other.close()
