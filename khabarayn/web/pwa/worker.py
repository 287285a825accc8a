"""``/sw.js``: the service worker of this build, with the list of files that it must hold."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from flask import Response, current_app, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.face.mark import SVG
from khabarayn.settings import SITE, Settings
from khabarayn.store.queries.faces import face_file
from khabarayn.store.queries.site import page_links
from khabarayn.web.site import face, face_url, paper, sheet_url

# Raised when installed workers must be replaced: /api/sync then tells pages of an older generation
# to fetch the new worker at once.
GENERATION = 1
SCRIPT, KILLER = "js/sw.js", "js/sw-kill.js"
SHELL_FILES = (
    "css/app.css",
    "js/app.js",
    "js/boot.js",
    "js/shelf.js",
    "js/edition.js",
    "vendor/htmx.min.js",
)
# Fonts for the screen; the font for print, in a folder of its own, is loaded when printing.
FACE = re.compile(r"fonts/[^/]+\.woff2")
SHELL_ICONS = ("favicon.svg", "favicon-32.png", "icon-192.png")
SHELL_PAGES = ("reader.offline", "reader.saved", "reader.settings", "editions.key")


def worker() -> Response:
    """Return the service worker or, when the setting says so, one that removes itself from every
    phone.

    With the database out of reach it is the worker that was handed out last.
    """
    last_texts: dict[tuple[str, bool], str]
    last_texts = current_app.extensions.setdefault("khabarayn.workers", {})
    # start.js asks for this form of the worker where the reader or the device saves data.
    saving = request.args.get("lite") == "1"
    key = (request.script_root, saving)
    try:
        last_texts[key] = _text(paper(), saving)
    except SQLAlchemyError:
        if key not in last_texts:
            raise
    return _script(last_texts[key])


def _text(settings: Settings, saving: bool) -> str:
    if settings.sw_kill:
        head = f"self.KH_WIPE={json.dumps(settings.sw_kill == 'wipe')};\n"
        return head + _built_script(KILLER)
    return f"self.KH={json.dumps(_facts(settings, saving), separators=(',', ':'))};\n" + _code()


def _facts(settings: Settings, saving: bool) -> dict[str, object]:
    """Return what the worker's script gets: its build and the addresses of the shell, without fonts
    for a device that saves data and shows text in its own."""
    names: dict[str, str] = current_app.extensions["khabarayn.assets"]
    files = [
        url_for("static", filename=name)
        for name in sorted(names)
        if name in SHELL_FILES or (FACE.fullmatch(name) and not saving)
    ]
    standing = page_links()
    shell = [url_for(page) for page in SHELL_PAGES] + files + _face()
    shell += [url_for("reader.page", page=link.slug) for link in standing]
    # Settings appear on the shell's pages; their repr leaves secrets out.
    build_input = "\n".join((*shell, _code(), _templates(), repr(settings), repr(standing)))
    return {
        "build": hashlib.sha256(build_input.encode()).hexdigest()[:12],
        "gen": GENERATION,
        "shell": shell,
        "langs": list(settings.locales[1:]),
    }


def _face() -> list[str]:
    """Return the addresses of the paper's face that every page names."""
    paper_face = face()
    addresses = [face_url(name, paper_face) for name in SHELL_ICONS]
    if address := sheet_url(paper_face):
        addresses.append(address)
    wordmark = face_file(paper_face.wordmark)
    if wordmark and wordmark.mime != SVG:
        addresses.append(face_url("wordmark.png", paper_face))
    return addresses


def _code() -> str:
    return _built_script(SCRIPT)


def _built_script(name: str) -> str:
    """Return the content of a built script."""
    settings = paper()
    names: dict[str, str] = current_app.extensions["khabarayn.assets"]
    return (settings.data_dir.resolve() / "static" / names[name]).read_text("utf-8")


@cache
def _templates() -> str:
    """Return a digest of all templates, so that a changed page of the shell makes a new build."""
    digest = hashlib.sha256()
    for path in sorted(Path(SITE / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _script(text: str) -> Response:
    response = Response(text, content_type="text/javascript; charset=utf-8")
    # Asked for anew each time: the worker must be of the same release as the pages.
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:20], weak=True)
    return response
