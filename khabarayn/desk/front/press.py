"""What making an edition needs: a way to render pages, a store, a signing key, the paper's face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from khabarayn.arabic.dates import Months, date_line
from khabarayn.arabic.numerals import Digits
from khabarayn.edition.gather import Client, Render, asking
from khabarayn.edition.seal import Seal, seal_in
from khabarayn.face.value import DrawnFace
from khabarayn.media.port import MediaStore
from khabarayn.settings import SITE, Settings
from khabarayn.store.queries.faces import with_files
from khabarayn.store.queries.site import current_face

# The settings are strings, checked when they were read; here they get their literal types.
_SETS_OF_MONTHS: tuple[Months, ...] = get_args(Months)
_SETS_OF_DIGITS: tuple[Digits, ...] = get_args(Digits)
_MONTHS: dict[str, Months] = {
    **{name: name for name in _SETS_OF_MONTHS},
    "both": "dual",
    "maghrebi": "algerian",
}
_DIGITS: dict[str, Digits] = {name: name for name in _SETS_OF_DIGITS}


@dataclass(frozen=True)
class Press:
    """``site`` is the paper's public address, ``paper`` its face,
    ``when`` writes a moment for readers of a language, ``fonts`` is
    the folder of the site's faces."""

    render: Render
    media: MediaStore
    seal: Seal
    site: str
    paper: DrawnFace
    tz: ZoneInfo
    when: Callable[[datetime, str], str]
    fonts: Path


def press_for(client: Client, settings: Settings, media: MediaStore) -> Press:
    """Return the press of the site with these settings; its signing key is made on first use."""
    site = settings.base_url.rstrip("/")
    months, digits = _MONTHS[settings.months], _DIGITS[settings.digits]

    def when(moment: datetime, language: str) -> str:
        return date_line(moment, settings.tz, months, digits, language)

    return Press(
        render=asking(client, site),
        media=media,
        seal=seal_in(settings.data_dir),
        site=site,
        paper=with_files(current_face(settings)),
        tz=settings.tz,
        when=when,
        fonts=SITE / "static" / "fonts",
    )
