"""What the server knows of a request, as WSGI (PEP 3333) says it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]
Headers = Iterable[tuple[bytes, bytes]]
# What WSGI names without HTTP_ before it.
_BARE = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
# Of the connection, not of the request; the body has been gathered and has a length by now.
_HOP_BY_HOP = {b"transfer-encoding", b"expect", b"connection", b"keep-alive", b"upgrade"}


class BadRequest(ValueError):
    """A request that two readers could understand differently."""


def header(headers: Headers, name: bytes) -> bytes | None:
    """Return the one value of a header, or None. Raises `BadRequest` when it stands twice."""
    values = [value for key, value in headers if key == name]
    if len(values) > 1:
        raise BadRequest(name.decode("ascii"))
    return values[0] if values else None


def length_of(headers: Headers) -> int | None:
    """Return the announced length of the body in bytes. Raises `BadRequest`."""
    value = header(headers, b"content-length")
    if value is None:
        return None
    if not value.isdigit() or len(value) > 15:
        raise BadRequest("content-length")
    return int(value)


def environ_of(scope: Scope, body: BinaryIO, length: int | None) -> dict[str, Any]:
    """Return the environment of a request whose whole ``body`` is at hand.

    Bytes of headers over 127 come through as Latin-1 characters, one a byte, as WSGI wants it.
    Raises `BadRequest`.
    """
    server = scope.get("server") or ("127.0.0.1", 0)
    client = scope.get("client") or ("", 0)
    raw = scope.get("raw_path") or scope["path"].encode()
    raw = raw.partition(b"?")[0]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "REQUEST_URI": raw.decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": str(client[0]),
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    header(scope["headers"], b"host")
    for name, value in scope["headers"]:
        if name in _HOP_BY_HOP:
            continue
        # X_Forwarded_For would otherwise pass for X-Forwarded-For.
        if b"_" in name:
            continue
        key = _BARE.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in environ:
            environ[key] += ("; " if name == b"cookie" else ",") + text
        else:
            environ[key] = text
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ
