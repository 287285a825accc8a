"""Count that a story was opened: a sum for each day, never a person."""

from __future__ import annotations

from flask import Response, abort, request

from khabarayn.desk.count import count_read


def count(id: str) -> Response:
    # Sent by our own script; a browser always says from where.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)
    count_read(id)
    return Response(status=204)
