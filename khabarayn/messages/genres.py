"""What the label of a story's genre says to readers."""

from __future__ import annotations

from flask_babel import gettext as _

from khabarayn.article.genre import ANALYSIS, INTERVIEW, LETTER, OPINION, SPONSORED, genre_of


def genre_names() -> dict[str, str]:
    """Return the label of each genre that has one, by its code."""
    return {
        OPINION: _("رأي"),
        ANALYSIS: _("تحليل"),
        INTERVIEW: _("مقابلة"),
        LETTER: _("رسالة قارئ"),
        SPONSORED: _("مادة إعلانية"),
    }


def genre_label(name: str) -> str:
    """Return the label of the genre that an editor or an agency has ``name``; empty for a report
    and for whatever else needs none."""
    code = genre_of(name)
    return genre_names()[code] if code else ""


def with_label(name: str, headline: str) -> str:
    """Return ``headline`` behind its label, for where only one line of text goes: «رأي: …».

    A headline that begins with the label already is left as it is.
    """
    label = genre_label(name)
    if not label or headline.startswith(label):
        return headline
    return f"{label}: {headline}"
