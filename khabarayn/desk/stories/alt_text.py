"""Before publication: every picture of a story has an alternative text or is marked as
decorative."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.article.blocks import Gallery, Image
from khabarayn.article.content import Content
from khabarayn.article.pictures import MEDIA
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.models import MediaRow


def require_described(content: Content) -> None:
    """Refuse a story with a picture that has no alternative text, neither in the story nor in
    the library, and is not called decorative there. Raises `Refused` («picture»)."""
    silent = [(where, media) for where, media, alt in _pictures(content) if not alt.strip()]
    if not silent:
        return
    described_ids = set(
        db.session.scalars(
            select(MediaRow.public_id).where(
                MediaRow.public_id.in_([media for _where, media in silent]),
                (MediaRow.alt != "") | (MediaRow.decorative != ""),
            )
        )
    )
    missing = [where for where, media in silent if media not in described_ids]
    if missing:
        raise Refused(
            "picture",
            _(
                "لا يُنشر الخبر قبل أن يكون لكل صورة نص بديل، أو تُعلَّم زخرفية. الناقص: %(which)s.",
                which="، ".join(missing),
            ),
        )


def _pictures(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield where each picture of the story stands, in words, its public id, and its alt."""
    if content.lead:
        yield _("الصورة الرئيسية"), content.lead.path.removeprefix(MEDIA), content.lead.alt
    number = 0
    for block in content.blocks:
        images = (block,) if isinstance(block, Image) else ()
        for image in block.images if isinstance(block, Gallery) else images:
            number += 1
            yield _("الصورة %(number)s في المتن", number=number), image.media, image.alt
