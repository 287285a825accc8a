"""A small paper on a server of its own, which tests may kill, stop, change and deploy anew."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from factories.media import picture_bytes
from factories.story import story
from flask_migrate import upgrade
from kept import give_static_files
from playwright.sync_api import BrowserContext, Page
from serving import Server
from sqlalchemy import update

from khabarayn import create_app
from khabarayn.article.proposal import ProposedPicture
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.pictures.upload import upload
from khabarayn.edition.name import newest
from khabarayn.settings import Settings
from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow

STORIES = 10
# Words in no order: stories that share a vocabulary, so that they lead to each other, and not one
# sentence, so that none is taken for another's copy.
VOCABULARY = (
    "مكتبة كتاب رف قارئ مخطوط ورق حبر فهرس قاعة نافذة ضوء حجر بناء شارع سوق ميدان جسر نهر ضفة "
    "حديقة شجرة زيتون قمح خبز فرن مدرسة معلم طالب درس امتحان جامعة باحث تجربة قياس مختبر سفينة "
    "ميناء موج صياد شبكة قطار محطة سكة رصيف مسافر طبيب مشفى دواء مريض عيادة لاعب ملعب كرة هدف "
    "مدرب مصنع عامل آلة نسيج قطن تاجر متجر سعر ميزان ذهب فضة حداد نجار خشب باب مفتاح ساعة موسيقى"
)
LAST = "هذه آخر جملة في الخبر، ومن قرأها قرأه كله."

# Speaks with the worker as the pages do, without waiting for their buttons.
ASK = """async ([ask, details]) => {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => data.step || resolve(data);
    active.postMessage({ ask, ...details }, [port2]);
  });
}"""
# What a test calls whole: every part, every picture, the faces of the text. What the browser may
# never answer (decoding, faces: on a busy machine it happened) is waited for a while and no longer:
# width and status, which are read below, say whether it came.
WHOLE = """async () => {
  const still = (ms) => new Promise((done) => setTimeout(done, ms));
  const within = (ms, promise) => Promise.race([promise, still(ms)]);
  for (const part of document.querySelectorAll(".see-place, .related, figure")) {
    part.scrollIntoView();
    await still(60);
  }
  // Fragments come when they are near, over a network that may be slow.
  const places = [...document.querySelectorAll("[data-slot], ul[data-related]")];
  for (let n = 0; n < 30; n++) {
    const waiting = places.find((place) => !place.querySelector("img"));
    if (!waiting) break;
    waiting.scrollIntoView();
    await still(100);
  }
  const pictures = [...document.images];
  // Lazy ones begin when they come near, sooner or later.
  for (let n = 0; n < 50; n++) {
    const waiting = pictures.find((one) => !one.naturalWidth);
    if (!waiting) break;
    waiting.scrollIntoView();
    await still(100);
  }
  await within(10_000, Promise.all(pictures.map((one) => one.decode().catch(() => {}))));
  await within(10_000, document.fonts.ready);
  return {
    headline: document.querySelector("h1")?.textContent ?? "",
    text: document.querySelector("[data-story]")?.textContent ?? "",
    insets: document.querySelectorAll("[data-slot]").length,
    insetPictures: document.querySelectorAll("[data-slot] img").length,
    related: document.querySelectorAll("[data-related] .card").length,
    relatedPictures: document.querySelectorAll("[data-related] img").length,
    broken: pictures.filter((one) => !one.naturalWidth).map((one) => one.currentSrc),
    pictures: pictures.length,
    styled: getComputedStyle(document.body).direction === "rtl"
      && [...document.styleSheets].some((sheet) => sheet.cssRules.length > 5),
    face: [...document.fonts].filter((face) => face.status === "loaded").length,
    kept: Number(document.documentElement.dataset.kept ?? 0),
  };
}"""


def body(number: int) -> str:
    """Return twelve paragraphs of story ``number``, the same each time, and the last sentence."""
    chance = random.Random(number)
    lines = [" ".join(chance.choices(VOCABULARY.split(), k=18)) + "." for _ in range(12)]
    return "".join(f"<p>{line}</p>" for line in [*lines, LAST])


def seed(data_dir: Path) -> list[str]:
    """Set a paper up in ``data_dir``: ten pictured stories, the oldest first, and their ids."""
    settings = Settings(data_dir=data_dir, secret_key="for tests only, and nobody else's")
    give_static_files(data_dir)
    app = create_app(settings)
    # All of them belong to the newest edition.
    close = newest(datetime.now(UTC), settings.tz).closes(settings.tz)
    with app.app_context():
        upgrade()
        seed_sections(DEFAULT_SECTIONS, OPERATOR)
        store = app.extensions["khabarayn.media"]
        pictures = [
            upload(
                picture_bytes(1000, 700, hue=hue),
                OPERATOR,
                alt="نهر",
                caption="",
                credit="",
                store=store,
            )
            for hue in (20, 200, 300)
        ]
    ids = [
        story(
            app,
            headline=f"المسؤولة تفتتح المكتبة رقم {n} في القدس",
            body_html=body(n),
            published_at=close - timedelta(minutes=STORIES - n + 1),
            lead=ProposedPicture(f"media:{pictures[n % 3]}", alt="المكتبة من الخارج"),
        )
        for n in range(1, STORIES + 1)
    ]
    with app.app_context():
        # Long ago: phones are told of what is settled.
        db.session.execute(update(OutboxRow).values(created_at=now() - timedelta(hours=1)))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return ids


@dataclass
class Paper:
    """A seeded paper and its server. ``ids`` are the stories, the newest first."""

    server: Server
    ids: list[str] = field(default_factory=list)
    _as_lent: object = None

    def settle(self) -> None:
        """Take what it is now for untouched."""
        self._as_lent = self._state()

    @property
    def untouched(self) -> bool:
        """Whether it runs as it did when it was settled, with the stories that it had."""
        server = self.server
        alive = server.process is not None and server.process.poll() is None
        return alive and self._as_lent == self._state()

    def _state(self) -> object:
        files = (self.server.data_dir / name for name in ("khabarayn.db", "khabarayn.db-wal"))
        written = [file.stat().st_mtime_ns if file.exists() else 0 for file in files]
        return (id(self.server.process), dict(self.server.environ), written)

    @property
    def url(self) -> str:
        return self.server.url

    def path(self, number: int) -> str:
        return f"/a/{self.ids[number]}"

    def run(self, python: str) -> None:
        """Change something at the desk, in a process of its own, while the site runs."""
        app = create_app(
            Settings(data_dir=self.server.data_dir, secret_key="for tests only, and nobody else's")
        )
        with app.app_context():
            exec(python, {"ids": self.ids, "BY": By("tests")})
            db.session.remove()
            db.engine.dispose()


def copied(seeded: Path, target: Path, ids: list[str]) -> Paper:
    """Return a paper on a copy of ``seeded``, not yet started."""
    shutil.copytree(seeded, target)
    return Paper(Server(target), ids[::-1])


def evaluated(page: Page, script: str, given: Any = None, seconds: float = 60) -> Any:
    """Return what ``script``, an expression or a function of ``given``, says in the page; raises
    after ``seconds``, which `Page.evaluate` never does."""
    limited = f"""(given) => Promise.race([
      Promise.resolve().then(() => {{
        const said = ({script});
        return typeof said === "function" ? said(given) : said;
      }}),
      new Promise((_, no) => setTimeout(no, {seconds * 1000}, new Error("no end in {seconds} s"))),
    ])"""
    return page.evaluate(limited, given)


def ask(page: Page, what: str, **details: Any) -> Any:
    """Ask the worker; returns its answer, or {"failed": reason}."""
    said = evaluated(page, ASK, [what, details], 120)
    return said if "failed" in said else said.get("done")


def working(page: Page) -> Page:
    """Wait until the page has a worker that answers."""
    page.wait_for_selector("html[data-worker=on]", state="attached", timeout=30_000)
    return page


def listed(page: Page) -> dict[str, dict[str, Any]]:
    """Return what the shelf would list, by path."""
    return {record["path"]: record for record in ask(page, "list")["records"]}


def until_listed(page: Page, path: str, seconds: float = 10) -> dict[str, Any]:
    """Wait until ``path`` is whole on the phone."""
    for _ in range(int(seconds * 10)):
        found = listed(page)
        if path in found:
            return found[path]
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} never came onto the phone: {list(found)}")


def look(page: Page) -> dict[str, Any]:
    """Return what a reader sees of the whole story, once all of its page is there."""
    page.wait_for_load_state("load")
    return evaluated(page, WHOLE, None, 60)


def assert_whole(page: Page) -> dict[str, Any]:
    """Headline, last sentence, insets and cards with pictures, every picture, sheet and faces."""
    seen = look(page)
    assert "المكتبة رقم" in seen["headline"], seen
    assert LAST in seen["text"], seen
    assert seen["insets"] >= 1, seen
    assert seen["insetPictures"] == seen["insets"], seen
    assert seen["related"] >= 1, seen
    assert seen["relatedPictures"] == seen["related"], seen
    assert not seen["broken"], seen
    assert seen["pictures"] > seen["insets"] + seen["related"], seen
    assert seen["styled"], seen
    assert seen["face"] >= 1, seen
    return seen


def stop_worker(context: BrowserContext, page: Page) -> None:
    """End the worker as the browser does after a while: the next request starts it cold."""
    session = context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def forget_http(context: BrowserContext, page: Page) -> None:
    """Empty the browser's own cache, so that the next answer comes over the line whole or not."""
    session = context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.detach()


def stored(page: Page, path: str) -> str:
    """Return the digest of the bytes kept for ``path``, in whichever cache, or ""."""
    return evaluated(
        page,
        """async (path) => {
          const found = await caches.match(path);
          if (!found) return "";
          const digest = await crypto.subtle.digest("SHA-256", await found.arrayBuffer());
          const hex = (n) => n.toString(16).padStart(2, "0");
          return Array.from(new Uint8Array(digest), hex).join("");
        }""",
        path,
        60,
    )


def first_of(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return found[1]
