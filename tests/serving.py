"""A real server process of the site, on a free port, with a data folder of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from kept import BUILD, ROOT, give_static_files
from prepared import Command, begin

RENDERED = ("demo", "media", "migrations")
Process = subprocess.Popen[bytes] | Command
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """``python -m khabarayn`` with one data folder: any command, and ``serve`` as a process.

    ``settings`` are further ``KHABARAYN_`` variables by lower-case name. A ``cold`` one begins each
    command with a new interpreter, not with one that has imported the house.
    """

    def __init__(self, data_dir: Path, *, cold: bool = False, **settings: str) -> None:
        self.cold = cold
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: Process | None = None
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")}
        given = {"data_dir": str(data_dir), "base_url": self.url, **settings}
        self.environ = {
            **inherited,
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            **{f"KHABARAYN_{name.upper()}": value for name, value in given.items()},
        }
        self.log = data_dir.parent / f"{data_dir.name}.log"

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; raises with everything it said when ``check`` fails."""
        with TemporaryFile() as out, TemporaryFile() as err:
            code = self.begin(*words, out=out, err=err).wait()
            for file in (out, err):
                file.seek(0)
            said = [file.read().decode("utf-8") for file in (out, err)]
        done = subprocess.CompletedProcess(["khabarayn", *words], code, *said)
        if check and done.returncode:
            raise AssertionError(f"khabarayn {' '.join(words)}: {done.stdout}\n{done.stderr}")
        return done

    def begin(self, *words: str, out: IO[bytes], err: IO[bytes]) -> Process:
        """Begin a command in a session of its own, and return it at once."""
        if not self.cold:
            give_static_files(self.data_dir)
            return begin(words, self.environ, out.fileno(), err.fileno())
        return subprocess.Popen(
            [sys.executable, "-m", "khabarayn", *words],
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )

    def start(self, seconds: float = 30, *words: str) -> Server:
        """Serve, and return once ``/readyz`` answers 200."""
        with self.log.open("ab") as log:
            self.process = self.begin("serve", "--port", str(self.port), *words, out=log, err=log)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with _direct.open(f"{self.url}/readyz", timeout=2):
                    return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self.kill()
        raise AssertionError("the server did not come up:\n" + self.log.read_text("utf-8"))

    def stop(self) -> None:
        """End politely, as a deploy does; after ten seconds by force."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Take the power away: SIGKILL to the server and its workers."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        if how is signal.SIGTERM:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def fill_with_demo(server: Server) -> None:
    """Give the server's data folder the demo edition.

    Rendering its pictures takes minutes of processor time, so it is done in a hurry, and what was
    rendered is kept (`kept.remember_renditions`). The filled folder, too, is kept in
    ``build/`` for as long as pictures, their rendering and the tables stay as they are; the
    commands are run all the same, and find their work done. When anything else below the web has
    changed, what is computed from the stories is computed anew. ``KHABARAYN_TEST_DATA`` names a
    folder to start from.
    """
    kept = BUILD / f"demo-{_digest(*RENDERED)}"
    code = _digest()
    BUILD.mkdir(exist_ok=True)
    # Of the processes that run tests side by side one fills it, and the others wait for that.
    with (kept.parent / "demo.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        ready = Path(os.environ.get("KHABARAYN_TEST_DATA") or kept)
        note = kept.with_name(f"{kept.name}.code")
        if ready.is_dir():
            shutil.copytree(ready, server.data_dir)
        server.run("init")
        server.environ["TEST_RENDITIONS"] = str(BUILD / "renditions")
        server.run("demo")
        del server.environ["TEST_RENDITIONS"]
        if kept.is_dir() and note.is_file() and note.read_text("ascii") == code:
            return
        if ready.is_dir():
            server.run("search", "reindex")
            server.run("related", "rebuild")
        for old in kept.parent.glob("demo-*"):
            old.unlink() if old.is_file() else shutil.rmtree(old)
        waiting = kept.with_name(f".{kept.name}")
        shutil.rmtree(waiting, ignore_errors=True)
        shutil.copytree(server.data_dir, waiting)
        waiting.rename(kept)
        note.write_text(code, "ascii")


def _digest(*rooms: str) -> str:
    """Return a digest of the package's files below the web, or of those of ``rooms`` alone."""
    package = ROOT / "khabarayn"
    found = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        place = path.relative_to(package)
        room = place.parts[0]
        wanted = room in rooms if rooms else room not in {"web", "cli"}
        if path.is_file() and wanted and path.suffix != ".pyc":
            found.update(place.as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]
