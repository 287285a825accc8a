"""Fetch addresses of other machines, guarded against requests to inner networks; the only place
that does.

An address is resolved once, every result is checked, and the connection goes to exactly the address
that was checked, so that a name cannot change to an inner machine in between.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import certifi
from flask_babel import lazy_gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

MAX_BYTES = 10 * 1024 * 1024
SECONDS = 15.0
REDIRECTS = 3
# A day, in seconds: for no longer is a server left alone that asks for it.
LONGEST_WAIT = 86_400
PORTS = frozenset({80, 443})
AGENT = "khabarayn"

REASONS = {
    "bad_url": _("رابط لا يُقرأ: %(detail)s"),
    "scheme": _("يُقبل http وhttps فقط: %(detail)s"),
    "port": _("منفذ غير مسموح: %(detail)s"),
    "unknown_host": _("لا يُعرف المضيف: %(detail)s"),
    "private": _("الرابط داخل شبكة خاصة، وهو مرفوض: %(detail)s"),
    "redirects": _("تحويلات كثيرة: %(detail)s"),
    "too_big": _("الجواب أكبر من %(detail)s ميغابايت"),
    "too_slow": _("لم يكتمل الجواب خلال %(detail)s ثانية"),
    "status": _("أجاب الخادم بالرمز %(detail)s"),
    "broken": _("تعذّر الاتصال: %(detail)s"),
}
_REDIRECT_CODES = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCALLY_TRANSLATED = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchRefused(ValueError):
    """An address that is not requested, or an answer that is not accepted; `REASONS` says why.
    ``wait`` is for how many seconds the server asks to be left alone, 0 where it does not say."""

    def __init__(self, reason: str, detail: str = "", wait: int = 0) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.wait = wait

    def message(self) -> str:
        """The reason in words, in the language of the request or the command."""
        return str(REASONS[self.reason]) % {"detail": self.detail}


@dataclass(frozen=True)
class Validators:
    """What a server said of an answer, to be told to it with the next question."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class FetchResult:
    """``url`` is where the answer came from in the end; ``charset`` is '' when undeclared.
    ``same`` says that the server has nothing newer than what it was asked with: no data."""

    url: str
    data: bytes
    mime: str = ""
    charset: str = ""
    validators: Validators = Validators()
    same: bool = False


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == default else f"{host}:{self.port}"


def _target(url: str, ports: frozenset[int] | None) -> _Target:
    excerpt = url[:120]
    if re.search(r"[\x00-\x20\x7f\\]", url) or len(url) > 2000:
        raise FetchRefused("bad_url", excerpt)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise FetchRefused("bad_url", excerpt) from error
    if parts.scheme not in {"http", "https"}:
        raise FetchRefused("scheme", excerpt)
    if not host or "@" in parts.netloc or "%" in host:
        raise FetchRefused("bad_url", excerpt)
    if ":" not in host:
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise FetchRefused("bad_url", excerpt) from error
    port = port or (443 if parts.scheme == "https" else 80)
    if ports is not None and port not in ports:
        raise FetchRefused("port", str(port))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return _Target(parts.scheme, host, port, urlunsplit(("", "", path, query, "")) or "/")


def _ipv4_inside(address: _Address) -> list[_Address]:
    """The IPv4 addresses that an IPv6 address stands for, in every way it may carry them."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    addresses: list[_Address] = [
        inner for inner in (address.ipv4_mapped, address.sixtofour) if inner is not None
    ]
    if address.teredo:
        addresses += address.teredo
    if address in _NAT64 or address in _LOCALLY_TRANSLATED or address in _COMPATIBLE:
        addresses.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return addresses


def is_public(address: _Address) -> bool:
    """Return whether ``address`` is one of the open internet, whatever form it is written in.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("1.1.1.1", "::ffff:10.0.0.1", "fe80::1")]
    [True, False, False]
    """
    if any(not is_public(inner) for inner in _ipv4_inside(address)):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _resolve(target: _Target, seconds: float) -> list[_Address]:
    # The system's resolver has no time limit, so it runs in a thread that may be abandoned.
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in infos])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        result = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty as error:
        raise FetchRefused("too_slow", f"{SECONDS:g}") from error
    if isinstance(result, OSError) or not result:
        raise FetchRefused("unknown_host", target.host)
    return [ipaddress.ip_address(text.partition("%")[0]) for text in dict.fromkeys(result)]


def _allowed_address(target: _Target, seconds: float, *, allow_private: bool) -> _Address:
    """Return the one address to connect to. One inner address among several refuses all."""
    addresses = _resolve(target, seconds)
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise FetchRefused("private", target.host)
    return addresses[0]


def _connection(target: _Target, address: _Address, seconds: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(str(address), target.port, timeout=seconds)
    context = ssl.create_default_context(cafile=certifi.where())
    return HTTPSConnection(
        str(address),
        target.port,
        timeout=seconds,
        ssl_context=context,
        server_hostname=target.host,
        assert_hostname=target.host,
    )


class _Deadline:
    """Closes a connection when its time is over, even if it trickles byte by byte."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self.passed = False
        self._connection = connection
        self._timer = threading.Timer(max(seconds, 0.01), self._close_connection)
        self._timer.daemon = True

    def _close_connection(self) -> None:
        self.passed = True
        raw = self._socket
        if raw is not None:
            try:
                raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def __enter__(self) -> _Deadline:
        # After the headers the connection object has no socket any more, so it is taken before.
        self._socket = self._connection.sock
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _once(
    target: _Target, address: _Address, ends: float, limit: int, request_headers: Mapping[str, str]
) -> tuple[int, Message, bytes]:
    connection = _connection(target, address, max(ends - monotonic(), 0.01))
    try:
        connection.connect()
        with _Deadline(connection, ends - monotonic()) as deadline:
            try:
                answer = _exchange(connection, target, ends, limit, request_headers)
            except (HTTPError, OSError, ValueError) as error:
                if deadline.passed and not isinstance(error, FetchRefused):
                    raise FetchRefused("too_slow", f"{SECONDS:g}") from error
                raise
            # An answer of unknown length that was cut off looks like one that came to its end.
            if deadline.passed:
                raise FetchRefused("too_slow", f"{SECONDS:g}")
            return answer
    finally:
        connection.close()


def _exchange(
    connection: HTTPConnection,
    target: _Target,
    ends: float,
    limit: int,
    request_headers: Mapping[str, str],
) -> tuple[int, Message, bytes]:
    headers = {
        "Host": target.authority,
        "User-Agent": AGENT,
        **request_headers,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request("GET", target.path, headers=headers, preload_content=False)
    with closing(connection.getresponse()) as response:
        return _read(response, ends, limit)


def _read(response: HTTPResponse, ends: float, limit: int) -> tuple[int, Message, bytes]:
    headers = Message()
    headers["Content-Type"] = response.headers.get("Content-Type", "")
    for name in ("Location", "ETag", "Last-Modified", "Retry-After"):
        headers[name] = response.headers.get(name, "").replace("\n", "")
    if response.status in _REDIRECT_CODES or response.status == _NOT_MODIFIED:
        return response.status, headers, b""
    if not response.headers.get("Content-Length", "0").strip().isdigit():
        raise FetchRefused("broken", "Content-Length")
    if int(response.headers.get("Content-Length", "0")) > limit:
        raise FetchRefused("too_big", str(limit // 1024 // 1024))
    data = bytearray()
    for chunk in response.stream(64 * 1024, decode_content=True):
        data += chunk
        if len(data) > limit:
            raise FetchRefused("too_big", str(limit // 1024 // 1024))
        if monotonic() > ends:
            raise FetchRefused("too_slow", f"{SECONDS:g}")
    return response.status, headers, bytes(data)


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limit: int = MAX_BYTES,
    seconds: float = SECONDS,
    accept: str = "*/*",
    before: Validators | None = None,
) -> FetchResult:
    """Return what stands at ``url``.

    Only http and https on ports 80 and 443, never an address of an inner network, at most three
    redirects, each checked anew, ``limit`` bytes, ``seconds`` in all, and no proxy of the
    environment. ``allow_private`` lifts the rules on networks and ports: for tests, and for a paper
    whose agency stands in its own network. With ``before`` the server is asked for what is newer
    than that. Raises `FetchRefused`.
    """
    request_headers = {"Accept": accept}
    if before and before.etag:
        request_headers["If-None-Match"] = before.etag
    if before and before.modified:
        request_headers["If-Modified-Since"] = before.modified
    ends = monotonic() + seconds
    ports = None if allow_private else PORTS
    for _hop in range(REDIRECTS + 1):
        target = _target(url, ports)
        address = _allowed_address(target, ends - monotonic(), allow_private=allow_private)
        try:
            status, headers, data = _once(target, address, ends, limit, request_headers)
        except FetchRefused:
            raise
        except TimeoutError as error:
            raise FetchRefused("too_slow", f"{seconds:g}") from error
        except (HTTPError, OSError, ValueError) as error:
            late = monotonic() >= ends
            detail = f"{seconds:g}" if late else f"{target.host}: {type(error).__name__}"
            raise FetchRefused("too_slow" if late else "broken", detail) from error
        location = str(headers["Location"] or "")
        if status in _REDIRECT_CODES and location:
            url = _redirect_url(url, location)
            continue
        if status == _NOT_MODIFIED and before:
            return FetchResult(url, b"", validators=before, same=True)
        if status != 200:
            raise FetchRefused("status", str(status), _wait(str(headers["Retry-After"] or "")))
        charset = headers.get_content_charset("") or ""
        mime = headers.get_content_type() if headers["Content-Type"] else ""
        return FetchResult(url, data, mime, charset, _validators_of(headers))
    raise FetchRefused("redirects", url[:120])


def _redirect_url(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchRefused("bad_url", location[:120]) from error


def _validators_of(headers: Message) -> Validators:
    """Return the validators of an answer; what does not fit into a line of a request is not sent
    back."""
    etag, modified = (str(headers[name] or "") for name in ("ETag", "Last-Modified"))
    fits = etag.isascii() and len(etag) <= 200 and modified.isascii() and len(modified) <= 80
    return Validators(etag, modified) if fits else Validators()


def _wait(text: str) -> int:
    """Return the seconds that a «Retry-After» asks for: a number of them, or a date."""
    if text.strip().isascii() and text.strip().isdigit():
        return min(int(text.strip()[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0
    if until.tzinfo is None:
        return 0
    return max(0, min(int((until - datetime.now(UTC)).total_seconds()), LONGEST_WAIT))
