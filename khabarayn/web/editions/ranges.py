"""Answer with a file's bytes, whole or as the range that is asked for (RFC 9110, section 14)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.datastructures import ContentRange
from werkzeug.http import parse_range_header

CACHE = "max-age=60"


def serve(data: bytes, mime: str, digest: str, name: str) -> Response:
    """Return the answer to this request for ``data``.

    ``digest`` becomes the strong validator: If-Range with another one gets the whole file, so a
    download never mixes two issues. One range answers 206, one past the end 416; several in one
    question get the whole file, as RFC 9110 allows. ``name`` is the file name offered to browsers.
    """
    response = Response(data, mimetype=mime)
    response.set_etag(digest)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = CACHE
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    # Cut here and not by werkzeug, which answers 416 to «the last 9999 bytes» of a shorter file
    # and to several ranges, and lets a weak validator promise identical bytes.
    match _requested_range(digest):
        case None:
            return response
        case (begin, end):
            start = max(len(data) + begin, 0) if begin < 0 else begin
            stop = min(len(data) if end is None else end, len(data))
    if start < stop:
        response.status_code = 206
        response.content_range = ContentRange("bytes", start, stop, len(data))
        response.set_data(data[start:stop])
    else:
        response.status_code = 416
        response.content_range = ContentRange("bytes", None, None, len(data))
        response.set_data(b"")
    return response


def _requested_range(digest: str) -> tuple[int, int | None] | None:
    """Return the requested range as (begin, end), as werkzeug reads it: a negative begin counts
    from the end, and no end is the end of the file. None asks for the whole file."""
    if request.method not in {"GET", "HEAD"} or "Range" not in request.headers:
        return None
    # Compared as it stands: weak validators and dates cannot promise identical bytes.
    if request.headers.get("If-Range", f'"{digest}"').strip() != f'"{digest}"':
        return None
    header = parse_range_header(request.headers["Range"])
    if header is None or header.units != "bytes" or len(header.ranges) != 1:
        return None
    return header.ranges[0]
