"""What makes the site an installable application, in one table."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.pwa import face, manifest, opening, sync, worker

bp = Blueprint("pwa", __name__)
bp.add_url_rule("/manifest.webmanifest", view_func=manifest.manifest)
bp.add_url_rule("/face/<digest>.css", view_func=face.face_sheet)
bp.add_url_rule("/face/<digest>/<name>", view_func=face.face_drawing)
bp.add_url_rule("/sw.js", view_func=worker.worker)
bp.add_url_rule("/api/sync", view_func=sync.sync)
bp.add_url_rule("/open", view_func=opening.opening)
