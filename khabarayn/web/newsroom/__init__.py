"""The newsroom: its blueprint, its addresses and its access control."""

from __future__ import annotations

from flask import Blueprint, Flask

from khabarayn.web.newsroom import access, addresses, labels
from khabarayn.web.newsroom.people import auth, held, throttle

bp = Blueprint("newsroom", __name__, url_prefix="/newsroom")
addresses.add(bp)


def register(app: Flask) -> None:
    """Add the newsroom, and the sign-in library before it, to ``app``."""
    auth.register(app)
    access.register(app)
    throttle.register(app)
    held.register(app)
    labels.register(app)
    app.register_blueprint(bp)
