"""The newsroom: every address of it, a table a piece, behind one door."""

from __future__ import annotations

from flask import Blueprint, Flask

from khabarayn.web.newsroom import access as door
from khabarayn.web.newsroom import addresses as addresses_doors
from khabarayn.web.newsroom import addresses_desk, addresses_editor, addresses_pictures
from khabarayn.web.newsroom import labels as naming
from khabarayn.web.newsroom.people import auth as library
from khabarayn.web.newsroom.people import throttle as slow

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
