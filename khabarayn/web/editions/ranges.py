"""Answer with a file's bytes, whole or in the ranges asked for (RFC 9110, section 14)."""

from __future__ import annotations

import hashlib

from flask import Response, request
from werkzeug.http import parse_range_header

# More pieces than this in one question is somebody's mistake; the whole file answers it.
MOST_RANGES = 64
CACHE = "max-age=60"


def serve(data: bytes, mime: str, digest: str, name: str) -> Response:
    """Return the answer to this request for ``data``.

    ``digest`` becomes the strong validator: If-Range with another one gets the whole file, so a
    download never mixes two issues. One range answers 206, several multipart/byteranges, none
    that can be met 416. ``name`` is the file name offered to browsers.
    """
    response = Response(data, mimetype=mime)
    response.set_etag(digest)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = CACHE
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.if_none_match.contains(digest):
        response.make_conditional(request)
        return response
    ranges = _asked(digest, len(data))
    if ranges is None:
        return response
    if not ranges:
        response.set_data(b"")
        response.status_code = 416
        response.headers["Content-Range"] = f"bytes */{len(data)}"
        return response
    response.status_code = 206
    if len(ranges) == 1:
        start, stop = ranges[0]
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
        response.set_data(data[start:stop])
        return response
    boundary = f"khb-{hashlib.sha256(data[:4096] + repr(ranges).encode()).hexdigest()[:24]}"
    response.set_data(_multipart(data, ranges, mime, boundary))
    response.headers["Content-Type"] = f"multipart/byteranges; boundary={boundary}"
    return response


def _asked(digest: str, length: int) -> list[tuple[int, int]] | None:
    """Return the ranges to send, as [start, stop); [] when none can be met, None for the whole."""
    if request.method not in {"GET", "HEAD"} or "Range" not in request.headers:
        return None
    # Compared as it stands: weak validators and dates cannot promise identical bytes.
    if request.headers.get("If-Range", f'"{digest}"').strip() != f'"{digest}"':
        return None
    asked = parse_range_header(request.headers["Range"])
    if asked is None or asked.units != "bytes" or len(asked.ranges) > MOST_RANGES:
        return None
    found = []
    for begin, end in asked.ranges:
        start = max(length + begin, 0) if begin < 0 else begin
        stop = length if end is None else min(end, length)
        if start < stop:
            found.append((start, stop))
    if sum(stop - start for start, stop in found) > length:
        # Overlapping ranges would cost more than the file itself.
        return None
    return found


def _multipart(data: bytes, ranges: list[tuple[int, int]], mime: str, boundary: str) -> bytes:
    pieces = []
    for start, stop in ranges:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {mime}\r\n"
            f"Content-Range: bytes {start}-{stop - 1}/{len(data)}\r\n\r\n"
        )
        pieces += [head.encode(), data[start:stop]]
    return b"".join([*pieces, f"\r\n--{boundary}--\r\n".encode()])
