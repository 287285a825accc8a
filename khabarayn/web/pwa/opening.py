"""Open a link that was shared to the installed application: a story, or a search for its words."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from khabarayn.arabic.hygiene import clean_line
from khabarayn.article.identity import PATTERN
from khabarayn.settings import settings_of

_ADDRESS = re.compile(r"https?://\S+")
_STORY = re.compile(rf"/(?:[a-z]{{2}}/)?a/({PATTERN.pattern})(?:/.*)?")


def opening() -> Response:
    """Redirect to one of our stories, named by ``url`` or inside ``text``; else to the search for
    what is left of ``title`` and ``text``. Never to an address from the request itself."""
    texts = [request.args.get(name, "")[:2000] for name in ("url", "text", "title")]
    settings = settings_of(current_app.config)
    ours = {urlsplit(settings.base_url).netloc, request.host}
    for text in texts:
        for address in _ADDRESS.findall(text):
            try:
                parts = urlsplit(address)
            except ValueError:
                continue
            story = _STORY.fullmatch(parts.path)
            if story and parts.netloc in ours:
                return redirect(url_for("reader.article", id=story[1]), 302)
    words = _ADDRESS.sub(" ", texts[2] or texts[1])
    return redirect(url_for("reader.search", q=clean_line(words, 200).text or None), 302)
