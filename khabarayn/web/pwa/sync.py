"""``/api/sync``: changes of the stories that a phone holds, in less than 2 kB."""

from __future__ import annotations

import json

from flask import Response, abort, request, url_for

from khabarayn.store.queries.sync import Changes, changes_since
from khabarayn.web.pwa.worker import GENERATION
from khabarayn.web.request import whole

LIMIT = 1900
REASON = 160


def sync() -> Response:
    """Answer ``{rev, min_build, changed, withdrawn, more}`` for ``?since=<rev>``; 400 when that is
    no number of ours. A withdrawn story names its ``successor`` where it has one. With ``more`` the
    phone asks again from the given ``rev``."""
    since = whole(request.args.get("since", "0"), 15)
    if since is None:
        abort(400)
    response = Response(answer(changes_since(since)), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def answer(changes: Changes) -> bytes:
    """Return the changes as JSON, at most `LIMIT` bytes: what does not fit comes next time."""
    data = _json(changes, len(changes.rows))
    if len(data) <= LIMIT:
        return data
    fitting, too_many = 0, len(changes.rows)
    while too_many - fitting > 1:
        middle = (fitting + too_many) // 2
        if len(_json(changes, middle)) <= LIMIT:
            fitting = middle
        else:
            too_many = middle
    return _json(changes, fitting)


def _json(changes: Changes, count: int) -> bytes:
    rows = changes.rows[:count]
    whole = count == len(changes.rows)
    withdrawals: dict[str, dict[str, object]] = {}
    changes_by_id: dict[str, dict[str, object]] = {}
    for row in rows:
        if row.topic == "withdrawn":
            changes_by_id.pop(row.id, None)
            withdrawals[row.id] = {"id": row.id, "reason": row.reason[:REASON]}
            if row.successor is not None:
                withdrawals[row.id]["successor"] = {
                    "url": url_for("reader.article", id=row.successor.id),
                    "headline": row.successor.headline[:REASON],
                }
        else:
            withdrawals.pop(row.id, None)
            before = changes_by_id.get(row.id, {}).get("why")
            why = "corrected" if "corrected" in {row.topic, before} else "published"
            changes_by_id[row.id] = {"id": row.id, "rev": row.rev, "why": why}
    data = {
        "rev": changes.rev if whole else rows[-1].number,
        "min_build": GENERATION,
        "changed": list(changes_by_id.values()),
        "withdrawn": list(withdrawals.values()),
        "more": not whole or changes.more,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
