"""Ports that making an edition needs (a way to render pages, a store, a signing key), given by the
caller."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from khabarayn.arabic.dates import Months, date_line
from khabarayn.arabic.numerals import Digits
from khabarayn.edition.gather import Answer, Render
from khabarayn.edition.seal import Seal, seal_in
from khabarayn.face.value import DrawnFace
from khabarayn.settings import SITE, Settings
from khabarayn.store.queries.faces import drawn
from khabarayn.store.queries.site import current_face

_MONTHS = {"both": "dual", "maghrebi": "algerian"}


class Shelf(Protocol):
    """The store for files and pictures, as far as editions need it; every media store is one."""

    def put(self, name: str, data: bytes, mime: str) -> None:
        """Store ``data`` under ``name``, whole or not at all."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return the file's bytes, or None when there is no such file."""
        ...

    def delete(self, name: str) -> None:
        """Delete the file; one that is not there is no error."""
        ...


class Client(Protocol):
    """Asks the application as a browser would; Flask's test client is one."""

    def get(self, path: str, **options: Any) -> Any:
        """Return the site's answer to a GET of ``path``, with the options of Werkzeug's test
        client."""
        ...


@dataclass(frozen=True)
class Press:
    """``site`` is the paper's public address, ``paper`` its face,
    ``when`` writes a moment for readers, ``fonts`` is
    the folder of the site's faces."""

    render: Render
    shelf: Shelf
    seal: Seal
    site: str
    paper: DrawnFace
    tz: ZoneInfo
    when: Callable[[datetime], str]
    fonts: Path


def asking(client: Client, site: str) -> Render:
    """Return a function that renders a path of the site as a signed-out visitor gets it,
    uncompressed."""

    def ask(path: str) -> Any:
        return client.get(path, base_url=site, headers={"Accept-Encoding": "identity"})

    def render(path: str) -> Answer:
        # In an empty context: whoever runs this has a language and a database session of its own,
        # and the page must know nothing of them.
        answer = Context().run(ask, path)
        return Answer(answer.status_code, tuple(answer.headers.items()), answer.get_data())

    return render


def press_for(client: Client, settings: Settings, shelf: Shelf) -> Press:
    """Return the press of the site with these settings; its signing key is made on first use."""
    site = settings.base_url.rstrip("/")
    months: Months = _MONTHS.get(settings.months, settings.months)  # type: ignore[assignment]
    digits: Digits = settings.digits  # type: ignore[assignment]

    def when(moment: datetime) -> str:
        return date_line(moment, settings.tz, months, digits)

    return Press(
        render=asking(client, site),
        shelf=shelf,
        seal=seal_in(settings.data_dir),
        site=site,
        paper=drawn(current_face(settings)),
        tz=settings.tz,
        when=when,
        fonts=SITE / "static" / "fonts",
    )
