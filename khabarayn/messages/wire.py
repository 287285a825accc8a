"""What is wrong with a file from elsewhere, and where in it."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from khabarayn.wire.fault import Fault, Spot

# Every one of `khabarayn.wire.fault.REASONS`.
REASONS = {
    "empty": _("الملف فارغ"),
    "too_big": _("الملف أكبر من المسموح (%(detail)s ميغابايت)"),
    "too_long": _("خبر أطول من المسموح (%(detail)s حرف)، أو لا نهاية له في الملف"),
    "unknown_kind": _(
        "لا يُعرف نوع الملف: المقبول ninjs وRSS وAtom وJSON Feed وتصدير ووردبريس وصفحة HTML"
    ),
    "bad_json": _("صياغة JSON مكسورة: %(detail)s"),
    "bad_xml": _("صياغة XML مكسورة: %(detail)s"),
    "forbidden_xml": _("الملف يعرّف كيانات أو DTD، وهي مرفوضة لأسباب أمنية"),
    "no_items": _("لا خبر في الملف"),
    "too_many": _("في الملف أكثر من %(detail)s خبر، والزائد متروك"),
    "schema": _("لا يطابق معيار ninjs 2: %(detail)s"),
    "missing_field": _("حقل ناقص: %(detail)s"),
    "wrong_type": _("نوع القيمة خطأ، والمطلوب %(detail)s"),
    "not_one_of": _("القيمة ليست من: %(detail)s"),
    "no_uri": _("لا معرّف للخبر (uri)"),
    "no_headline": _("لا عنوان للخبر"),
    "no_body": _("لا نص للخبر"),
    "bad_time": _("وقت لا يُقرأ: %(detail)s"),
    "edition": _("وصف النشرة لا يُقبل: %(detail)s"),
    "unreadable": _("تعذّرت قراءة الملف: %(detail)s"),
    "no_picture": _("صورة مفقودة: %(detail)s"),
    "bad_picture": _("صورة مرفوضة: %(detail)s"),
    "unknown_section": _("لا قسم بهذا الاسم: «%(detail)s»؛ أنشئه أو اختر قسمًا بالخيار --section"),
    "no_article": _("لم يُعثر في الصفحة على نص مقال"),
    "not_taken": _(
        "هذا الملف بصيغة %(detail)s، وهي لا تُقبل بعد؛ المقبول ninjs وRSS وAtom وJSON "
        "Feed وتصدير ووردبريس وصفحة HTML"
    ),
    # Notes: what an editor should know of a story that entered.
    "unknown_time": _("لا يُعرف وقت النشر (%(detail)s)، فدخل الخبر مسودةً"),
    "no_time": _("لا وقت نشر في المصدر، فدخل الخبر مسودةً"),
    "unread_time": _("وقت التعديل لا يُقرأ: %(detail)s"),
    "embargo": _("النشر محظور حتى %(detail)s، فجُدول الخبر لذلك الموعد"),
    "embargo_far": _("النشر محظور حتى %(detail)s، وهو أبعد من سنة، فدخل الخبر مسودةً"),
    "embargo_unread": _("على الخبر حظر نشر لا يُقرأ موعده (%(detail)s)، فدخل مسودةً"),
    "later": _("موعد نشره قادم: %(detail)s، فجُدول له"),
    "too_far": _("موعد نشره أبعد من سنة: %(detail)s، فدخل الخبر مسودةً"),
    "untitled": _("لا عنوان له في مصدره: جُعلت جملته الأولى عنوانًا ودخل مسودةً"),
    "struck": _("كلام مشطوب متروك: %(detail)s"),
    "left_out": _("متروك: %(detail)s"),
    "no_lead": _("ليست صورة رئيسية (صورة كاتب أو مصغّرة): %(detail)s"),
    "small_lead": _("الصورة الرئيسية صغيرة: عرضها %(detail)s بكسل"),
    "expired": _("انتهى أجل نشره في %(detail)s، فدخل الخبر مسودةً"),
    "foreign_status": _("حالته في مصدره «%(detail)s»، فدخل الخبر مسودةً"),
    "sticky": _("مثبّت في أول صفحات مصدره؛ ثبّته هنا من «الصفحة الأولى» إن أردت"),
    "no_featured": _("صورته الرئيسية رقم %(detail)s ليست في الملف المصدَّر"),
    # What a site that moves leaves behind.
    "hidden": _("لم يره القراء في مصدره، فتُرك: %(detail)s"),
    "standing": _("صفحة ثابتة، تُكتب هنا في «الصفحات الثابتة»: %(detail)s"),
    "other_types": _("تُرك ما ليس أخبارًا: %(detail)s"),
}


def fault_text(fault: Fault) -> str:
    """Return in words what is wrong, without its place."""
    return str(REASONS[fault.reason]) % {"detail": fault.detail}


def spot_text(spot: Spot) -> str:
    """Return in words where it is wrong; '' when nothing is known of the place."""
    parts = [
        gettext("الخبر %(number)s", number=spot.item) if spot.item else "",
        gettext("السطر %(number)s", number=spot.line) if spot.line else "",
        gettext("العمود %(number)s", number=spot.column) if spot.column else "",
        spot.path,
    ]
    return comma_list(parts)


def comma_list(parts: list[str]) -> str:
    """Return the parts that are not empty, with the comma of the language between them."""
    return gettext("، ").join(filter(None, parts))
