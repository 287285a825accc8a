"""The words for every logged action: for the audit page, its filter and its CSV file."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _


def deeds() -> Mapping[str, str]:
    """Return the words of each verb, in the language of whoever reads, the most usual first."""
    return {
        **_of_stories(),
        **_of_the_front(),
        **_of_pictures(),
        **_of_the_paper(),
        **_of_people(),
    }


def action_name(verb: str) -> str:
    """Return what the log calls a verb, in words; one of an older version as it is."""
    return deeds().get(verb, verb)


def _of_stories() -> Mapping[str, str]:
    return {
        "draft": _("كتب مسودة"),
        "revise": _("عدّل خبرًا"),
        "duplicate": _("كتب مسودة من نص خبر"),
        "begin_translation": _("بدأ ترجمة خبر"),
        "tie_version": _("ربط نسختين من خبر بلغتين"),
        "untie_version": _("فكّ ربط نسخة من خبر"),
        "check_version": _("راجع نسخة بعد تغيير الأخرى"),
        "submit": _("أرسل إلى المراجعة"),
        "return": _("أعاد إلى صاحب الخبر"),
        "schedule": _("جدول خبرًا"),
        "unschedule": _("ألغى الجدولة"),
        "publish": _("نشر"),
        "correct": _("صحّح"),
        "withdraw": _("سحب"),
        "reopen": _("أعاد فتح خبر مسحوب"),
        "restore": _("استعاد إصدارًا"),
        "make_preview_link": _("أنشأ رابط معاينة"),
        "revoke_preview_link": _("ألغى رابط معاينة"),
        "delete_draft": _("حذف مسودة"),
    }


def _of_the_front() -> Mapping[str, str]:
    return {
        "front": _("رتّب الصفحة الأولى"),
        "announce": _("رفع شريط العاجل"),
        "end_bulletin": _("أنزل شريط العاجل"),
        "plan_edition": _("اختار أخبار نشرة"),
        "order_edition": _("أرسل نشرة إلى المطبعة"),
        "edition": _("أصدر نشرة"),
    }


def _of_pictures() -> Mapping[str, str]:
    return {
        "upload": _("رفع صورة"),
        "describe_picture": _("وصف صورة"),
        "focus_picture": _("غيّر مركز صورة"),
        "replace_picture": _("استبدل صورة"),
        "delete_picture": _("حذف صورة"),
    }


def _of_the_paper() -> Mapping[str, str]:
    return {
        "plant_pages": _("كتب الصفحات الثابتة مسودات"),
        "add_page": _("أضاف صفحة ثابتة"),
        "order_menu": _("رتّب قائمة"),
        "plant": _("أنشأ الأقسام الأولى"),
        "add_section": _("أضاف قسمًا"),
        "change_section": _("غيّر قسمًا"),
        "move_section": _("نقل قسمًا"),
        "remove_section": _("حذف قسمًا"),
        "change_tag": _("غيّر وسمًا"),
        "merge_tags": _("دمج وسمين"),
        "delete_tag": _("حذف وسمًا"),
        "add_author": _("أضاف كاتبًا"),
        "change_author": _("غيّر بيانات كاتب"),
        "merge_authors": _("دمج كاتبين"),
        "delete_author": _("حذف كاتبًا"),
        "keep_source": _("حفظ مصدرًا"),
        "delete_source": _("حذف مصدرًا"),
        "add_feed": _("اشترك في خلاصة"),
        "change_feed": _("غيّر اشتراكًا في خلاصة"),
        "pause_feed": _("أوقف خلاصة"),
        "ask_feed": _("طلب جديد خلاصة"),
        "delete_feed": _("ألغى اشتراكًا في خلاصة"),
        "name_cluster": _("سمّى ملفًا"),
        "close_cluster": _("أغلق ملفًا"),
        "take_out": _("أخرج خبرًا من ملف"),
        "set_house_word": _("أضاف كلمة إلى معجم الدار"),
        "drop_house_word": _("حذف كلمة من معجم الدار"),
        "hold_equal": _("عدّ كلمتين واحدة في البحث"),
        "hold_apart": _("فرّق بين كلمتين في البحث"),
        "keep_face": _("جرّب هوية للصحيفة"),
        "take_face": _("غيّر هوية الصحيفة"),
        "add_redirect": _("حوّل رابط صفحة"),
        "add_redirects": _("حوّل روابط موقع انتقل"),
        "remove_redirect": _("ألغى تحويل رابط صفحة"),
    }


def _of_people() -> Mapping[str, str]:
    return {
        "give_rights": _("غيّر الصلاحيات"),
        "set_site": _("غيّر إعدادات الموقع"),
        "sign_in": _("دخل"),
        "password": _("غيّر كلمة مروره"),
        "user_own": _("غيّر اسمه أو بريده"),
        "forgotten": _("طلب كلمة مرور جديدة"),
        "factor_set": _("أضاف وسيلة تحقق"),
        "factor_removed": _("حذف وسيلة تحقق"),
        "codes_renewed": _("جدّد رموز الطوارئ"),
        "choose_letters": _("غيّر ما يصله بالبريد"),
        "first_link": _("أنشأ رابط أول مدير للموقع"),
        "invite": _("دعا"),
        "uninvite": _("سحب دعوة"),
        "join": _("دخل بدعوة"),
        "user_add": _("أضاف عضوًا"),
        "user_role": _("غيّر دورًا"),
        "user_disable": _("أوقف عضوًا"),
        "user_enable": _("أعاد عضوًا"),
        "user_reset": _("أعاد ضبط حساب"),
        "audit_export": _("صدّر السجل"),
    }
