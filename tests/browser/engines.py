"""Firefox and WebKitGTK as Debian ships them, driven by the protocols that they speak themselves.

Each is a `Page` with the few words of Playwright's that the tests of offline reading use, so that
the same helpers serve all engines. Firefox is spoken to by Marionette, which is built in; WebKitGTK
by the WebDriver of the package webkit2gtk-driver, on a screen of Xvfb's.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from serving import free_port

# Waits for a promise, and gives back what a function makes of the one argument.
SCRIPT = """const [given, done] = arguments;
try {
  const found = (%s);
  Promise.resolve(typeof found === "function" ? found(given) : found)
    .then((value) => done({ value }), (error) => done({ error: String(error) }));
} catch (error) {
  done({ error: String(error) });
}"""
SECONDS = 60
PROFILE = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.proxy.type": 0,
    "intl.accept_languages": "ar",
    # Nothing but this machine exists.
    "network.dns.disabled": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "services.settings.server": "data:,",
}


# Only with it can the cache of HTTP be emptied.
_SYSTEM = ("--remote-allow-system-access",)


class Missing(Exception):
    """An engine that is not on this machine, and the package that brings it."""


class Broken(AssertionError):
    """What the engine answered instead of doing as it was told."""


class Page(ABC):
    """One window of an engine. ``engine`` names it with its version."""

    engine = ""

    @abstractmethod
    def _navigate(self, url: str) -> None: ...

    @abstractmethod
    def _execute(self, script: str, given: object) -> Any: ...

    @abstractmethod
    def close(self) -> None:
        """End the browser."""

    @abstractmethod
    def forget_http(self) -> None:
        """Empty the browser's own cache, so that the next answer comes over the line."""

    def goto(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""
        self.evaluate("() => { window.before = true; }")
        self._navigate(url)
        # A driver may answer while the page before it still stands.
        self._until("!window.before && document.readyState === 'complete'", None, SECONDS, url)

    def evaluate(self, expression: str, given: object = None) -> Any:
        """Return what an expression, or a function of ``given``, comes to in the page."""
        said = self._execute(SCRIPT % expression, given) or {}
        if "error" in said:
            raise Broken(said["error"])
        return said.get("value")

    def wait_for_selector(self, selector: str, timeout: float = 20_000, **_state: str) -> None:
        """Wait until an element is there, ``timeout`` milliseconds at most."""
        found = "(selector) => !!document.querySelector(selector)"
        self._until(found, selector, timeout / 1000, selector)

    def _until(self, expression: str, given: object, seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(Broken):
                if self.evaluate(expression, given):
                    return
            time.sleep(0.1)
        raise Broken(f"{self.engine}: {what} never came")

    def wait_for_timeout(self, milliseconds: float) -> None:
        time.sleep(milliseconds / 1000)

    def click(self, selector: str) -> None:
        self.evaluate("(selector) => document.querySelector(selector).click()", selector)

    def inner_text(self, selector: str) -> str:
        return self.evaluate("(selector) => document.querySelector(selector).innerText", selector)


class Firefox(Page):
    """Firefox, with a profile in ``folder`` that outlives it: started again it begins cold."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if not program:
            raise Missing("no Firefox on this machine: apt-get install firefox-esr")
        folder.mkdir(parents=True, exist_ok=True)
        port = free_port()
        settings = {**PROFILE, "marionette.port": port}
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in settings.items())
        (folder / "user.js").write_text("\n".join(lines), "utf-8")
        self._process = _begun(
            [
                program,
                "--headless",
                "--marionette",
                *_SYSTEM,
                "--no-remote",
                "--profile",
                str(folder),
            ],
            folder.with_name("firefox.log"),
            {"MOZ_HEADLESS": "1", "HOME": str(folder)},
        )
        self._socket = _until(lambda: socket.create_connection(("127.0.0.1", port), 5), "Firefox")
        self._socket.settimeout(SECONDS + 30)
        self._number = 0
        self._read()
        told = self._say("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        self.engine = f"Firefox {told['capabilities']['browserVersion']}"
        self._say("WebDriver:SetTimeouts", {"script": SECONDS * 1000, "pageLoad": SECONDS * 1000})

    def _navigate(self, url: str) -> None:
        self._say("WebDriver:Navigate", {"url": url})

    def _execute(self, script: str, given: object) -> Any:
        # In the page's own world: there the promises are the page's.
        words = {"script": script, "args": [given], "sandbox": None}
        return self._say("WebDriver:ExecuteAsyncScript", words)["value"]

    def close(self) -> None:
        with suppress(OSError, Broken):
            self._say("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._socket.close()
        _end(self._process)

    def forget_http(self) -> None:
        self._say("Marionette:SetContext", {"value": "chrome"})
        words = {"script": "Services.cache2.clear()", "args": []}
        self._say("WebDriver:ExecuteScript", words)
        self._say("Marionette:SetContext", {"value": "content"})

    def _say(self, command: str, words: dict[str, Any]) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, command, words]).encode()
        self._socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, answer = self._read()
        if error:
            raise Broken(f"{self.engine}: {error['error']}: {error['message']}")
        return answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1) or _gone("Firefox")
        body, left = b"", int(length[:-1])
        while len(body) < left:
            body += self._socket.recv(left - len(body)) or _gone("Firefox")
        return json.loads(body)


class WebKit(Page):
    """WebKitGTK's MiniBrowser; what it keeps goes with it."""

    def __init__(self, folder: Path) -> None:
        driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
        if not driver:
            raise Missing("no WebKitGTK on this machine: apt-get install webkit2gtk-driver")
        if not screen:
            raise Missing("no screen for WebKitGTK on this machine: apt-get install xvfb")
        folder.mkdir(parents=True, exist_ok=True)
        ours, theirs = os.pipe()
        self._processes = [
            _begun(
                [screen, "-displayfd", str(theirs), "-screen", "0", "420x900x24"],
                folder / "screen.log",
                {},
                (theirs,),
            )
        ]
        os.close(theirs)
        with os.fdopen(ours) as told:
            display = ":" + told.readline().strip()
        self._port = free_port()
        environ = {
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "GDK_BACKEND": "x11",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
        }
        words = [driver, f"--port={self._port}"]
        self._processes.append(_begun(words, folder / "driver.log", environ))
        wanted: dict[str, Any] = {"capabilities": {"alwaysMatch": {}}}
        told = _until(lambda: self._say("POST", "/session", wanted), "WebKitWebDriver")
        self._session = f"/session/{told['sessionId']}"
        self.engine = f"WebKitGTK {told['capabilities']['browserVersion']}"
        times = {"script": SECONDS * 1000, "pageLoad": SECONDS * 1000}
        self._say("POST", f"{self._session}/timeouts", times)

    def _navigate(self, url: str) -> None:
        self._say("POST", f"{self._session}/url", {"url": url})

    def _execute(self, script: str, given: object) -> Any:
        words = {"script": script, "args": [given]}
        return self._say("POST", f"{self._session}/execute/async", words)

    def close(self) -> None:
        with suppress(OSError, Broken):
            self._say("DELETE", self._session, None)
        for process in reversed(self._processes):
            _end(process)

    def forget_http(self) -> None:
        """Nothing: its driver's windows keep no such cache between pages."""

    def _say(self, method: str, path: str, words: object) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            data=None if words is None else json.dumps(words).encode(),
            method=method,
            headers={"Content-Type": "application/json"},
        )
        plain = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Tell())
        with plain.open(request, timeout=SECONDS + 30) as answer:
            said = json.load(answer)["value"]
        if isinstance(said, dict) and said.keys() >= {"error", "message"}:
            raise Broken(f"WebKitGTK: {said['error']}: {said['message']}")
        return said


class _Tell(urllib.request.HTTPErrorProcessor):
    """Errors are answers: their bodies say what went wrong."""

    def http_response(self, _request: Any, response: Any) -> Any:
        return response


ENGINES: dict[str, Callable[[Path], Page]] = {"firefox": Firefox, "webkit": WebKit}


def _begun(
    words: list[str], log: Path, environ: dict[str, str], kept: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, **environ},
            pass_fds=kept,
            start_new_session=True,
        )


def _until(attempt: Callable[[], Any], who: str, seconds: float = 40) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > deadline:
                raise Broken(f"{who} did not come up") from None
            time.sleep(0.2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _gone(who: str) -> bytes:
    raise Broken(f"{who} is gone")
