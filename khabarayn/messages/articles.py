"""Why a text is refused, and why a see-also inset stands where it stands."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from khabarayn.article.sanitise import TooDeep, TooLarge
from khabarayn.article.story import PlaceReason


def text_trouble(error: TooLarge | TooDeep) -> str:
    """Return in words why a story's text is not taken."""
    if isinstance(error, TooDeep):
        return _("وسوم النص متداخلة أكثر مما يُقبل: الحد الأقصى %(limit)s مستوًى.", limit=error.limit)
    if error.unit == "blocks":
        return _("في النص أكثر من %(limit)s فقرة، وهذا فوق ما يُقبل.", limit=error.limit)
    return _("النص أطول مما يُقبل: الحد الأقصى مليون بايت، أي نحو تسعين ألف كلمة.")


def field_name(field: str) -> str:
    """Return what people call a field of `khabarayn.article.content.Content`."""
    return {
        "headline": _("العنوان"),
        "short_headline": _("العنوان القصير"),
        "standfirst": _("المقدمة"),
        "teaser": _("النص الترويجي"),
        "blocks": _("المتن"),
        "section": _("القسم"),
        "tags": _("الوسوم"),
        "authors": _("الكتّاب"),
        "lead": _("الصورة الرئيسية"),
        "language": _("اللغة"),
        "genre": _("نوع المادة"),
    }.get(field, _("بيانات الخبر"))


def place_reason(reason: PlaceReason) -> str:
    """Return in words why an inset stands in its place."""
    if reason.kind == "pinned":
        return _("مثبّت في هذا الموضع")
    words = ngettext("بعد كلمة واحدة", "بعد %(num)s كلمة", reason.words)
    paragraphs = ngettext("وفقرة واحدة", "و%(num)s فقرة", reason.paragraphs)
    if reason.kind == "first":
        return _("%(words)s %(paragraphs)s", words=words, paragraphs=paragraphs)
    return _("%(words)s %(paragraphs)s من الموضع السابق", words=words, paragraphs=paragraphs)
