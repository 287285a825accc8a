"""Answers for requests that the site has no thread for: short, self-contained, in both languages.

A form that was sent into an overloaded newsroom comes back with everything that was in it, under a
button that sends it again.
"""

from __future__ import annotations

from html import escape
from typing import BinaryIO
from urllib.parse import parse_qsl

from werkzeug.datastructures import Headers

from khabarayn.server.environ import Scope, header
from khabarayn.web.security import add_headers

RETRY_SECONDS = 5
WORDS = {
    400: ("طلب غير مفهوم.", "This request cannot be understood."),
    408: ("انقطع الإرسال قبل أن يكتمل. أعد المحاولة.", "It did not arrive in time. Try again."),
    413: ("المرسل أكبر من المسموح.", "This is larger than may be sent."),
    500: ("حدث خطأ عندنا. أعد المحاولة بعد قليل.", "Something failed here. Try again later."),
    503: (
        "الموقع مزدحم الآن. أعد المحاولة بعد ثوانٍ.",
        "The site is busy. Try again in some seconds.",
    ),
}
AGAIN = ("أعد الإرسال", "Send again")
YOURS = ("ما كتبته", "What you wrote")
# Larger forms than the newsroom takes are not handed back.
HANDED_BACK = 2 * 1024 * 1024
FIELDS = 200
# Never put into a page.
SECRET = {"password", "password_confirm", "new_password", "new_password_confirm", "code"}
_FORM = b"application/x-www-form-urlencoded"


def refusal(
    status: int, scope: Scope, body: BinaryIO | None = None
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return status, headers and page of a refusal; ``body`` is what was sent, if it is at hand."""
    in_arabic, in_english = WORDS[status]
    form = _form(scope, body) if body is not None and scope["method"] == "POST" else ""
    page = (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{in_arabic}</title></head>\n<body>\n<main>\n<h1>{in_arabic}</h1>\n"
        f'<p lang="en" dir="ltr">{in_english}</p>\n{form}</main>\n</body>\n</html>\n'
    ).encode()
    headers = Headers()
    add_headers(headers)
    headers["Content-Type"] = "text/html; charset=utf-8"
    headers["Content-Length"] = str(len(page))
    headers["Cache-Control"] = "no-store"
    if status in {408, 503}:
        headers["Retry-After"] = str(RETRY_SECONDS)
    if status in {400, 408, 413}:
        headers["Connection"] = "close"
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return status, pairs, page if scope["method"] != "HEAD" else b""


def replaces_page(scope: Scope, body: BinaryIO) -> bool:
    """Say whether a browser submitted a form by itself, so that the answer replaces the page.

    A script that asks keeps its page and reads the status.
    """
    headers = dict(scope["headers"])
    by_script = (
        headers.get(b"sec-fetch-dest", b"document") != b"document" or b"hx-request" in headers
    )
    return not by_script and not body.closed and bool(_form(scope, body))


def _form(scope: Scope, body: BinaryIO) -> str:
    """Return a form that holds what was sent, or nothing where that cannot be read."""
    kind = (header(scope["headers"], b"content-type") or b"").partition(b";")[0].strip().lower()
    if kind != _FORM:
        return ""
    body.seek(0)
    raw_form = body.read(HANDED_BACK + 1)
    if len(raw_form) > HANDED_BACK:
        return ""
    try:
        fields = parse_qsl(
            raw_form.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=FIELDS
        )
    except ValueError:
        return ""
    if any(name in SECRET for name, _value in fields):
        return ""
    rows = "".join(
        f'<p><label>{escape(name)}<br><textarea name="{escape(name)}" rows="4" dir="auto">\n'
        f"{escape(value)}</textarea></label></p>\n"
        if "\n" in value or len(value) > 60
        else f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in fields
    )
    query = scope.get("query_string", b"").decode("latin-1")
    raw = (scope.get("raw_path") or b"").partition(b"?")[0].decode("latin-1")
    action = escape(raw + (f"?{query}" if query else ""))
    return (
        f'<form method="post" action="{action}">\n<h2>{YOURS[0]}</h2>\n{rows}'
        f'<p><button>{AGAIN[0]} · <span lang="en">{AGAIN[1]}</span></button></p>\n</form>\n'
    )
