"""The configuration of nginx that the project ships, loaded and run before a real server."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import ROOT, Server, free_port

pytestmark = pytest.mark.trust
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SHIPPED = (ROOT / "deploy/nginx.conf").read_text("utf-8")
SLOW = 50


def adapted(port: int, site: int) -> str:
    """The shipped file with another name, without TLS and root's ports: nothing else is changed."""
    text = SHIPPED.replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    # The server that only sends readers on to https has nothing to say without it.
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, count=1, flags=re.S)
    text = re.sub(r"\n    listen \[::\]:443[^;]*;", "", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    return re.sub(r"\n    ssl_[^;]*;", "", text)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Server]]:
    """The port of an nginx before a paper of its own, and that paper's server."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("no nginx here: apt-get install nginx-light")
    site = Server(tmp_path_factory.mktemp("site") / "data", trusted_proxies="1")
    site.run("init")
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    (folder / "site.conf").write_text(adapted(port, site.port), "utf-8")
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\nworker_processes 1;\n"
        "events { worker_connections 512; }\n"
        f"http {{\n{places}access_log off;\ninclude {folder}/site.conf;\n}}\n"
    )
    (folder / "nginx.conf").write_text(whole, "utf-8")
    words = [program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    judged = subprocess.run([*words, "-t"], capture_output=True, text=True)
    assert judged.returncode == 0, judged.stderr
    assert "warn" not in judged.stderr
    site.start()
    process = subprocess.Popen(words)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, site
    finally:
        process.terminate()
        process.wait(20)
        site.stop()


def asked(port: int, path: str, data: bytes | None = None) -> tuple[int, float, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data)
    begun = time.perf_counter()
    try:
        with _direct.open(request, timeout=20) as answer:
            text = answer.read().decode()
            return answer.status, time.perf_counter() - begun, text
    except urllib.error.HTTPError as error:
        return error.code, time.perf_counter() - begun, error.read().decode()


def test_what_a_test_changes_of_the_shipped_file_is_only_where_it_listens():
    text = adapted(8312, 8313)
    assert "listen 127.0.0.1:8312;" in text
    assert "127.0.0.1:8313" in text
    assert "ssl" not in text
    kept = ("client_body_timeout 15s", "proxy_request_buffering on", "proxy_buffering on",
            "limit_conn khabarayn_lines 256", "limit_req zone=khabarayn_sign_in")  # fmt: skip
    for words in kept:
        assert words in text


def test_readers_behind_nginx_read_the_paper(nginx):
    port, _site = nginx
    for path in ("/", "/latest", "/healthz", "/readyz"):
        assert asked(port, path)[0] == 200, path


def test_fifty_slow_bodies_stay_with_nginx_and_readers_do_not_notice(nginx):
    port, site = nginx
    asked(port, "/")
    lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(SLOW)]
    try:
        for line in lines:
            head = "POST /api/counts/share HTTP/1.1\r\nHost: paper.example\r\nContent-Length: 999"
            line.sendall(f"{head}\r\n\r\na".encode())
        time.sleep(0.5)
        assert all(asked(port, "/")[1] < 5 for _ in range(5))
        # Nothing of a body that is not whole reaches the site.
        peers = Path("/proc/net/tcp").read_text("ascii")
        open_at_site = re.findall(rf" 0100007F:{site.port:04X} 0100007F:[0-9A-F]{{4}} 01 ", peers)
        assert len(open_at_site) < SLOW // 2
    finally:
        for line in lines:
            line.close()


def test_a_body_beyond_what_is_taken_is_refused_by_nginx(nginx):
    port, _site = nginx
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: paper.example\r\nContent-Length: 900000000\r\n\r\n")
        assert b" 413 " in line.recv(200)


def test_who_tries_passwords_without_end_meets_nginx_first(nginx):
    port, _site = nginx
    statuses = [asked(port, "/newsroom/sign-in")[0] for _ in range(30)]
    assert statuses[0] == 200
    assert 429 in statuses
