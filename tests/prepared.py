"""Commands begun in processes that have imported the house already.

Importing it takes seconds of processor time, and the tests begin some hundred commands and servers.
So one process imports everything, and each ``python -m khabarayn …`` is a fork of it: a process of
its own, in a session of its own, with its own environment, folder and files, that runs the
command's `main` as the interpreter would. `tests/cli/test_running.py` begins one in the long way.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LATE = ("khabarayn.factory", "khabarayn.cli.greeting", "khabarayn.server.site")


class Command:
    """A command under way, to be asked and ended as a `subprocess.Popen` is."""

    def __init__(self, line: _Line, pid: int, words: Sequence[str]) -> None:
        self._line = line
        self.pid = pid
        self.args = list(words)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended (below zero: by which signal), or None while it goes on."""
        if self.returncode is None:
            self.returncode = self._line.ask({"ended": self.pid})["ended"]
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; raises `subprocess.TimeoutExpired` when it does not come in time."""
        if self.poll() is None:
            end = os.pidfd_open(self.pid)
            try:
                if not select.select([end], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired(self.args, timeout or 0)
            finally:
                os.close(end)
        while (code := self.poll()) is None:
            os.sched_yield()
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Line:
    """The line to the process that has imported everything; one asks at a time."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._lock = threading.Lock()
        environ = {**os.environ, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__],
                cwd=ROOT,
                env={**environ, "PYTHONPATH": str(ROOT)},
                stdin=theirs.fileno(),
                start_new_session=True,
            )
        atexit.register(self._close)

    def _close(self) -> None:
        self._socket.close()
        self._process.wait(10)

    def ask(self, request: dict[str, Any], files: Sequence[int] = ()) -> dict[str, Any]:
        said = json.dumps(request).encode()
        with self._lock:
            socket.send_fds(self._socket, [struct.pack("!I", len(said))], list(files))
            self._socket.sendall(said)
            answer = self._socket.recv(1 << 16)
        if not answer:
            raise AssertionError("the process that begins commands is gone")
        return json.loads(answer)


@cache
def _line() -> _Line:
    return _Line()


def begin(
    words: Sequence[str], environ: Mapping[str, str], out: int, err: int, cwd: Path = ROOT
) -> Command:
    """Begin ``khabarayn words…`` with these open files as its output, and return it at once."""
    line = _line()
    request = {"words": list(words), "environ": dict(environ), "cwd": str(cwd)}
    return Command(line, line.ask(request, (out, err))["pid"], words)


def _serve() -> None:
    """Begin what is asked for on the socket that is standard input, until it closes."""
    cli = import_module("khabarayn.cli")
    for name in cli.COMMANDS:
        cli.cli.get_command(None, name)
    for name in LATE:
        import_module(name)
    gc.freeze()
    line = socket.socket(fileno=os.dup(0))
    while True:
        head, files, _flags, _from = socket.recv_fds(line, 4, 2)
        if not head:
            return
        request = json.loads(line.recv(struct.unpack("!I", head)[0], socket.MSG_WAITALL))
        if "ended" in request:
            pid, status = os.waitpid(request["ended"], os.WNOHANG)
            code = os.waitstatus_to_exitcode(status) if pid else None
            line.sendall(json.dumps({"ended": code}).encode())
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            _become(request, files)
            # The end of the command is the end of the process, by the interpreter's own way.
            cli.main()
            return
        for file in files:
            os.close(file)
        line.sendall(json.dumps({"pid": pid}).encode())


def _become(request: dict[str, Any], files: list[int]) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate((nothing, *files)):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["environ"])
    os.chdir(request["cwd"])
    if folder := os.environ.pop("TEST_RENDITIONS", None):
        import_module("kept").remember_renditions(Path(folder))
    sys.argv = ["khabarayn", *request["words"]]


if __name__ == "__main__":
    _serve()
