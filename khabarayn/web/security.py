"""The security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.datastructures import Headers

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types khabarayn"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
        "midi=(), magnetometer=(), gyroscope=(), accelerometer=(), display-capture=(), "
        "browsing-topics=()"
    ),
}
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
# Pictures are shown by other people's feed readers; nothing else may be embedded elsewhere.
CROSS_ORIGIN = {"reader.media", "reader.share"}

# The editor and the page of the face show readers' pages in a frame.
FRAMING = {"newsroom.story", "newsroom.new_story", "newsroom.face_preview"}
FRAMEABLE = {
    "newsroom.preview", "newsroom.preview_sizes", "newsroom.face_front", "newsroom.face_story",
}  # fmt: skip


def policy_of(endpoint: str | None) -> str:
    """Return the content security policy of an endpoint's answers."""
    if endpoint in FRAMING:
        return CONTENT_SECURITY_POLICY.replace("base-uri", "frame-src 'self'; base-uri")
    if endpoint in FRAMEABLE:
        return CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return CONTENT_SECURITY_POLICY


def add_headers(headers: Headers) -> None:
    """Set every security header on ``headers``."""
    for name, value in HEADERS.items():
        headers[name] = value


def _on_response(response: Response) -> Response:
    add_headers(response.headers)
    response.headers["Content-Security-Policy"] = policy_of(request.endpoint)
    if request.endpoint in CROSS_ORIGIN:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.is_secure:
        response.headers[STRICT_TRANSPORT[0]] = STRICT_TRANSPORT[1]
    return response


def register(app: Flask) -> None:
    """Put the security headers on every answer of ``app``."""
    app.after_request(_on_response)
