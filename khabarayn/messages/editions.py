"""What editions are called, the words of the e-book, and what is wrong with an edition's file."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from khabarayn.edition.book import BookWords
from khabarayn.edition.container import Broken
from khabarayn.edition.name import EditionName
from khabarayn.messages.language import paper_language

TITLES = {"am": _("نشرة الصباح"), "pm": _("نشرة المساء")}
EDITION_FAULTS = {
    "magic": _("ليس هذا ملف نشرة أو خبر"),
    "short": _("الملف ناقص"),
    "head": _("فهرس الملف تالف"),
    "key": _("وقّعه مفتاح لا نعرفه"),
    "signature": _("التوقيع غير صحيح"),
    "pack": _("جزء من الملف تالف"),
    "digest": _("تغيّر محتوى الملف بعد توقيعه"),
    "extra": _("في آخر الملف ما ليس منه"),
}


def edition_title(half: str) -> str:
    """Return what the edition of this half of the day («am», «pm») is called.

    Also takes a whole name such as «2026-11-23-am-en».
    """
    return str(TITLES[half if half in TITLES else EditionName.parse(half).half])


def printed_title(name: EditionName) -> str:
    """Return the title as it stands in the edition's files, in the edition's own language."""
    with paper_language(name.language):
        return edition_title(name.half)


def book_words(language: str = "") -> BookWords:
    """Return the headings of an e-book in ``language``, the paper's first one where none is
    named."""
    with paper_language(language):
        return BookWords(
            landmarks=gettext("مواضع الكتاب"),
            cover=gettext("الغلاف"),
            contents=gettext("المحتويات"),
            text=gettext("النص"),
            correction=gettext("تصحيح"),
            see_also=gettext("شاهد أيضًا"),
        )


def file_trouble(error: Broken) -> str:
    """Return in words what is wrong with a .khb file, and in which part of it."""
    return str(EDITION_FAULTS[error.reason]) + (f" ({error.where})" if error.where else "")
