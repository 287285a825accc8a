"""Count that a story was opened, kept or passed on: a sum for each day, never a person."""

from __future__ import annotations

from flask import Response, abort, request

from khabarayn.desk.count import count as count_one
from khabarayn.desk.count import count_read


def count(id: str) -> Response:
    _ours()
    count_read(id)
    return Response(status=204)


def counts(kind: str) -> Response:
    """A share, a save, an edition taken, a search in vain; what is none of them is not counted."""
    _ours()
    if kind not in {"share", "save", "edition", "nothing"}:
        abort(404)
    count_one(kind, request.form.get("name", ""))
    return Response(status=204)


def _ours() -> None:
    # Sent by our own script; a browser always says from where.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)
