"""Why a story may stand beside another, for editors."""

from __future__ import annotations

from flask_babel import gettext as _

from khabarayn.related.port import Kinship


def kinship_text(kinship: Kinship) -> str:
    """Return in words what two stories share."""
    comma = _("، ")
    parts = []
    if kinship.tags:
        parts.append(_("وسوم مشتركة: %(tags)s", tags=comma.join(kinship.tags)))
    if kinship.words:
        parts.append(_("كلمات مشتركة: %(words)s", words=comma.join(kinship.words)))
    if kinship.section:
        parts.append(_("من القسم نفسه: %(section)s", section=kinship.section))
    if kinship.newest:
        parts.append(_("من الأحدث"))
    return " — ".join(parts) or _("نص متقارب")
