"""Why a story may stand beside another, for editors."""

from __future__ import annotations

from flask_babel import gettext as _

from khabarayn.related.port import Kinship


def kinship_text(shared: Kinship) -> str:
    """Return in words what two stories share."""
    comma = _("، ")
    parts = []
    if shared.tags:
        parts.append(_("وسوم مشتركة: %(tags)s", tags=comma.join(shared.tags)))
    if shared.words:
        parts.append(_("كلمات مشتركة: %(words)s", words=comma.join(shared.words)))
    if shared.section:
        parts.append(_("من القسم نفسه: %(section)s", section=shared.section))
    if shared.newest:
        parts.append(_("من الأحدث"))
    return " — ".join(parts) or _("نص متقارب")
