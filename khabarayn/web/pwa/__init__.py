"""What makes the site an installable application, in one table."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.pwa import manifest

bp = Blueprint("pwa", __name__)
bp.add_url_rule("/manifest.webmanifest", view_func=manifest.manifest)
