"""Why a group of spellings is not kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext

from khabarayn.arabic.numerals import number
from khabarayn.search.spellings import LONGEST, SpellingsRefused

REFUSALS = {
    "too_long": _(
        "المجموعة أطول من %(limit)s.",
        limit=lazy_ngettext("حرف واحد", "%(count)s حرف", LONGEST, count=number(LONGEST)),
    ),
    "one_word": _("لا بدّ من كلمتين مختلفتين على الأقل."),
}


def spellings_trouble(error: SpellingsRefused) -> str:
    """Return in words why the group is not kept."""
    return str(REFUSALS[error.code])
