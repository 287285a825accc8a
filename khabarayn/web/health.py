"""Alive, and able to serve: two answers for whoever watches the machine."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text

from khabarayn.store.db import db


def alive() -> Response:
    return _plain("ok")


def ready() -> Response:
    """503 (by the error handler) as long as the database or its newest table is out of reach."""
    db.session.execute(text("SELECT 1 FROM listing LIMIT 1"))
    return _plain("ready")


def _plain(word: str) -> Response:
    response = Response(word, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


bp = Blueprint("health", __name__)
bp.add_url_rule("/healthz", view_func=alive)
bp.add_url_rule("/readyz", view_func=ready)
