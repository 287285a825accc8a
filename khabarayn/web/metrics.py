"""The address that Prometheus asks: counts of this site, and how the house is."""

from __future__ import annotations

import hmac
from importlib import import_module

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.settings import settings_of
from khabarayn.web.condition import condition, gauges


def metrics() -> Response:
    """Answer whoever brings the token of the settings; anybody else learns nothing (404).

    Not even loopback is let in without it: behind a proxy everybody comes from there. What the
    database cannot say at the moment is left out, and ``khabarayn_database_up`` is 0.
    """
    settings = settings_of(current_app.config)
    expected_header = f"Bearer {settings.metrics_token}".encode()
    header = request.headers.get("Authorization", "").encode()
    if not settings.metrics_token or not hmac.compare_digest(header, expected_header):
        abort(404)
    # Imported late: only where a token is set.
    registry = import_module("khabarayn.metrics")
    up = "khabarayn_database_up", "1 where the database answers"
    try:
        state = {up[0]: (up[1], 1.0), **gauges(condition(settings))}
    except SQLAlchemyError:
        state = {up[0]: (up[1], 0.0)}
    response = Response(registry.exposition(state), content_type=registry.TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


bp = Blueprint("metrics", __name__)
bp.add_url_rule("/metrics", view_func=metrics)
