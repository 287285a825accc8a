"""Kills a serving paper at random moments while editors save and publish, and counts what was lost.

Acknowledged is what answered 303 to a form, or 200 to an autosave. After each kill the paper starts
again and the file is asked: is every acknowledged save there, is each published story whole (its
revision, its lists, its place in search or the order to make one), is the file sound?
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from khabarayn.article.identity import new_public_id

HOST = "127.0.0.1"
EMAIL, PASSWORD = "chief@paper.example", "kills-and-starts-again"
FORM = "application/x-www-form-urlencoded"
BODY = "<p>فتحت المكتبة أبوابها صباح اليوم، وفيها عشرة آلاف كتاب.</p>"
# Of published stories those that lack their list, their revision, or search and the order for it.
HALF = """
SELECT public_id FROM article WHERE status = 'published' AND (
  id NOT IN (SELECT article_id FROM listing WHERE list = 'latest')
  OR id NOT IN (SELECT article_id FROM revision)
  OR (id NOT IN (SELECT article_id FROM search_document)
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)))
"""


class Site(Protocol):
    """A paper on this machine that is started, and killed without a word."""

    port: int
    data_dir: Path

    def start(self) -> object:
        """Serve, and return once it is ready."""

    def kill(self) -> None:
        """End all its processes with SIGKILL."""


@dataclass
class Tally:
    """``lost`` names what was acknowledged and is not there; ``starts`` are seconds."""

    kills: int = 0
    saved: int = 0
    published: int = 0
    autosaved: int = 0
    starts: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Editor:
    """A signed-in person on a connection of its own that is opened anew after each kill."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.token = port, "", ""
        self._line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "", kind: str = FORM) -> tuple[int, str]:
        """Return status and text of the answer. Raises ``OSError`` or ``HTTPException``."""
        if self._line is None:
            self._line = http.client.HTTPConnection(HOST, self.port, timeout=15)
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Content-Type": kind}
        if kind != FORM:
            headers["Accept"] = kind
        try:
            self._line.request(method, path, body.encode(), headers)
            answer = self._line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._line.close()
            self._line = None
            raise
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer.status, text

    def post(self, path: str, **form: str) -> int:
        """Send a form and return the status."""
        return self.ask("POST", path, urlencode(form))[0]

    def sign_in(self) -> Editor:
        """Come in by the door. Raises ``AssertionError`` where it stays shut."""
        self._take_token("/newsroom/sign-in")
        fields = {"email": EMAIL, "password": PASSWORD, "csrf_token": self.token}
        status = self.post("/newsroom/sign-in", **fields)
        assert status in {302, 303}, status
        self._take_token("/newsroom/stories/new")
        return self

    def _take_token(self, path: str) -> None:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask("GET", path)[1])
        assert found, path
        self.token = found[1]


def write_until(stop: threading.Event, editor: Editor, done: list[tuple[str, str]]) -> None:
    """Save, autosave and publish stories; append (what, id) for each that was acknowledged."""
    while not stop.is_set():
        story = new_public_id()
        path = f"/newsroom/stories/{story}"
        with suppress(OSError, http.client.HTTPException):
            form = {"headline": f"خبر {story}", "section": "news", "body": BODY, "base": "0"}
            if editor.post(path, **form) != 303:
                continue
            done.append(("saved", story))
            typed = {"typed": {"headline": f"بعده {story}"}, "base": 1, "version": 0}
            sent = json.dumps(typed)
            if editor.ask("POST", f"{path}/draft", sent, "application/json")[0] == 200:
                done.append(("autosaved", story))
            if editor.post(f"{path}/publish") == 303:
                done.append(("published", story))


def missing(file: Path, done: list[tuple[str, str]]) -> list[str]:
    """Return what of ``done`` the paper does not have, and what is there by halves."""
    asked = {
        "saved": "SELECT 1 FROM revision r JOIN article a ON a.id = r.article_id"
                 " WHERE a.public_id = ?",
        "autosaved": "SELECT 1 FROM story_draft WHERE story = ?",
        "published": "SELECT 1 FROM article WHERE status = 'published' AND public_id = ?",
    }  # fmt: skip
    with closing(sqlite3.connect(file, timeout=30)) as database:
        published = {story for what, story in done if what == "published"}
        lost = [
            f"{what} {story}"
            for what, story in done
            # Publishing uses up what was typed and not saved, or keeps it: either is right.
            if not (what == "autosaved" and story in published)
            and database.execute(asked[what], (story,)).fetchone() is None
        ]
        lost += [f"half published {story}" for (story,) in database.execute(HALF)]
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    return lost if verdict == "ok" else [*lost, verdict]


def kill_often(
    site: Site, people: Sequence[Editor], count: int, seed: int = 7, longest: float = 0.6
) -> Tally:
    """Kill ``site``, which serves, ``count`` times while ``people`` write, ``longest`` seconds
    after they began at most, twice as long where nobody came to publish; it serves again at the
    end."""
    chance, tally = random.Random(seed), Tally()
    file = site.data_dir / "khabarayn.db"
    for _kill in range(count):
        stop, done = threading.Event(), list[tuple[str, str]]()
        threads = [
            threading.Thread(target=write_until, args=(stop, person, done), daemon=True)
            for person in people
        ]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.05, longest))
        site.kill()
        stop.set()
        for thread in threads:
            thread.join(30)
        begun = time.monotonic()
        site.start()
        tally.starts.append(time.monotonic() - begun)
        tally.kills += 1
        tally.lost += missing(file, done)
        for what in ("saved", "autosaved", "published"):
            number = sum(one == what for one, _story in done)
            setattr(tally, what, getattr(tally, what) + number)
        if not tally.published:
            longest *= 2
    return tally
