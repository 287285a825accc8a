"""What the guarded client asks for, and everything it does not."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from khabarayn.ingest import fetch as room
from khabarayn.ingest.fetch import REASONS, FetchRefused, fetch, is_public


class Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        seen: list[tuple[str, str]] = self.server.seen  # type: ignore[attr-defined]
        seen.append((self.headers["Host"], self.path))
        name, _, rest = self.path[1:].partition("/")
        getattr(self, f"_{name}", self._hello)(rest)

    def _answer(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _hello(self, _rest: str) -> None:
        self._answer("سلام".encode(), Content_Type="text/plain; charset=UTF-8")

    def _hop(self, rest: str) -> None:
        left = int(rest)
        self._answer(b"", 302, Location=f"/hop/{left - 1}" if left > 1 else "/hello")

    def _away(self, rest: str) -> None:
        self._answer(b"", 301, Location="http://" + rest)

    def _missing(self, _rest: str) -> None:
        self._answer(b"no", 404)

    def _endless(self, _rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def _bomb(self, _rest: str) -> None:
        self._answer(gzip.compress(b"0" * 30_000_000), Content_Encoding="gzip")

    def _drip(self, rest: str) -> None:
        if rest == "body":
            self.send_response(200)
            self.end_headers()
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    made.seen = []  # type: ignore[attr-defined]
    threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def refused(url: str, **how: Any) -> str:
    with pytest.raises(FetchRefused) as caught:
        fetch(url, **how)
    assert caught.value.reason in REASONS
    return caught.value.reason


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0",
        "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "[::127.0.0.1]", "[fec0::1]", "１２７.0.0.1", "localhost",
    ],
)  # fmt: skip
def test_no_inner_machine_is_asked_in_any_notation(host: str) -> None:
    assert refused(f"http://{host}/") in {"private", "unknown_host"}
    if host not in {"localhost", "0"}:
        assert refused(f"http://{host}/") == "private"


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet_are_told(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.com/x", "scheme"),
        ("http://example.com:22/", "port"),
        ("http://example.com:99999/", "bad_url"),
        ("http://user:word@example.com/", "bad_url"),
        ("http:///x", "bad_url"),
        ("http://exa mple.com/", "bad_url"),
        ("http://example.com/\r\nX: y", "bad_url"),
        ("http://[::1%25eth0]/", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("http://" + "a" * 70 + ".example/", "bad_url"),
        ("http://no-such-host.invalid/", "unknown_host"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, reason: str) -> None:
    assert refused(url) == reason


def test_an_answer_comes_with_its_type_and_charset(base: str) -> None:
    found = fetch(f"{base}/hello/أخبار?q=1", allow_private=True)
    assert (found.data.decode(), found.mime, found.charset) == ("سلام", "text/plain", "utf-8")


def test_three_redirects_are_followed_and_a_fourth_is_not(base: str) -> None:
    assert fetch(f"{base}/hop/3", allow_private=True).url == f"{base}/hello"
    assert refused(f"{base}/hop/4", allow_private=True) == "redirects"


def test_a_redirect_to_an_inner_machine_is_refused(
    base: str, server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PORTS", {80, server.server_port})
    monkeypatch.setattr(room, "is_public", lambda address: str(address) == "127.0.0.1")
    assert fetch(f"{base}/hello").data
    assert refused(f"{base}/away/169.254.169.254/latest/meta-data") == "private"
    assert refused(f"{base}/away/127.0.0.1:6379/") == "port"


def test_the_judged_address_is_the_one_connected_to(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        if host == "news.example" and asked.count(host) > 1:
            raise AssertionError("resolved twice")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    url = f"http://news.example:{server.server_port}/hello"
    assert fetch(url, allow_private=True).url == url
    assert asked[0] == "news.example"
    assert server.seen == [(f"news.example:{server.server_port}", "/hello")]  # type: ignore[attr-defined]


def test_one_inner_address_among_several_refuses_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(_host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", ("1.1.1.1", port)), (2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert refused("http://news.example/") == "private"


def test_the_proxy_of_the_environment_is_not_used(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(f"{base}/hello", allow_private=True).data


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_an_answer_too_large_is_cut_off(base: str, path: str) -> None:
    assert refused(f"{base}/{path}", allow_private=True) == "too_big"


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_trickles_is_cut_off(base: str, part: str) -> None:
    began = time.monotonic()
    assert refused(f"{base}/drip/{part}", allow_private=True, seconds=0.6) == "too_slow"
    assert time.monotonic() - began < 3


def test_a_server_that_says_no_is_reported_with_its_code(base: str) -> None:
    with pytest.raises(FetchRefused, match="404"):
        fetch(f"{base}/missing", allow_private=True)


def test_a_closed_port_is_reported(base: str, server: ThreadingHTTPServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", allow_private=True) == "broken"


def _certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


def test_a_pinned_address_is_still_held_to_the_certificate_of_its_name(
    server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _certificate(tmp_path, "news.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(room.certifi, "where", lambda: str(file))
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _host, port, *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))],
    )
    port = server.server_port
    assert fetch(f"https://news.example:{port}/hello", allow_private=True).data
    assert refused(f"https://other.example:{port}/hello", allow_private=True) == "broken"
