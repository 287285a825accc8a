"""The newsroom: every address of it, a table a piece, behind one door."""

from __future__ import annotations

from flask import Blueprint, Flask

from khabarayn.web.newsroom import (
    addresses_desk,
    addresses_doors,
    addresses_editor,
    addresses_pictures,
    door,
    library,
    naming,
    slow,
)

bp = Blueprint("newsroom", __name__, url_prefix="/newsroom")
for table in (addresses_doors, addresses_desk, addresses_editor, addresses_pictures):
    table.add(bp)


def register(app: Flask) -> None:
    """Hang the newsroom, and the sign-in library before it, into ``app``."""
    library.register(app)
    door.register(app)
    slow.register(app)
    naming.register(app)
    app.register_blueprint(bp)
