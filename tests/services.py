"""Private PostgreSQL and Redis servers, started for one test run and gone after it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from serving import free_port


class Unavailable(RuntimeError):
    """The machine has not the programme; the message says which."""


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    raise Unavailable("no PostgreSQL here: apt-get install postgresql")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the address (without database) of a PostgreSQL that only this machine reaches.

    Safe to lose, so it never waits for the disk. PostgreSQL refuses to run as root, so root
    hands it to the user «postgres», in a folder of that user.
    """
    programs = _postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="khabarayn-pg-"))
    become: list[str] = []
    if os.geteuid() == 0:
        become = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    port = free_port()
    data, log = folder / "data", folder / "log"

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [*become, str(programs / program), *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            said = log.read_text("utf-8") if log.exists() else ""
            raise RuntimeError(f"{program}: {done.stderr}\n{said}")

    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
        "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB "
        "-c timezone=UTC"
    )
    user = ["-U", "khabarayn", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    try:
        run("initdb", "-D", str(data), *user)
        run("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
        try:
            yield f"postgresql://khabarayn@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def administer(server: str, statement: str) -> None:
    """Run one statement in the maintenance database of ``server``."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@contextmanager
def redis_process() -> Iterator[str]:
    """Yield the address of an empty Redis (or Valkey) that keeps nothing."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Unavailable("no Redis here: apt-get install redis-server")
    folder = tempfile.mkdtemp(prefix="khabarayn-redis-")
    port = free_port()
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
         "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    client = redis.Redis(port=port)
    try:
        _wait(client.ping, redis.ConnectionError)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(answers: Callable[[], object], error: type[Exception], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            answers()
        except error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
