"""Count that a story was opened, saved or shared: a sum for each day, never a person."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from khabarayn.desk.count import count as count_one
from khabarayn.desk.count import count_read
from khabarayn.web.quota import Quota, network
from khabarayn.web.request import form_value

# Many readers may share one network address, yet a single machine must not decide what is most
# read.
SECONDS = 600
OF_A_STORY, OF_ALL = 20, 300


class Quotas:
    """What one address may add to the sums within `SECONDS`."""

    def __init__(self) -> None:
        self.story, self.all = Quota(OF_A_STORY, SECONDS), Quota(OF_ALL, SECONDS)

    def allow(self, name: str) -> bool:
        """Say whether a read of the story ``name`` from the request's network is still counted."""
        near = network(request.remote_addr or "")
        return self.all.allows(near) and self.story.allows(near, name)


def count(id: str) -> Response:
    """Count one opening of a story; 204, or 403 where another site's page asks."""
    _ours()
    _within(f"read {id}")
    count_read(id)
    return Response(status=204)


def counts(kind: str) -> Response:
    """A share, a save, an edition taken, a search in vain; what is none of them is not counted."""
    _ours()
    if kind not in {"share", "save", "edition", "nothing"}:
        abort(404)
    name = form_value("name")
    _within(f"{kind} {name[:200]}")
    count_one(kind, name)
    return Response(status=204)


def register(bp: Blueprint) -> None:
    """Give each application that takes in the blueprint its own quotas."""
    bp.record(lambda state: state.app.extensions.update({"khabarayn.quotas": Quotas()}))


def _within(name: str) -> None:
    quotas: Quotas = current_app.extensions["khabarayn.quotas"]
    if not quotas.allow(name):
        response = Response(status=429)
        response.headers["Retry-After"] = str(SECONDS)
        abort(response)


def _ours() -> None:
    # Requests come from our own script, and browsers always send their origin.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)
