"""Why a group of spellings is not kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from khabarayn.search.spellings import LONGEST, SpellingsRefused

REFUSALS = {
    "too_long": _("المجموعة أطول من %(limit)s حرف.", limit=LONGEST),
    "one_word": _("لا بدّ من كلمتين مختلفتين على الأقل."),
}


def spellings_trouble(error: SpellingsRefused) -> str:
    """Return in words why the group is not kept."""
    return str(REFUSALS[error.code])
