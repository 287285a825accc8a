"""Why the copy desk remarks on a place of a text."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from khabarayn.arabic.copydesk import CopyWarning

# Every one of `khabarayn.arabic.copydesk.warning.REASONS`.
REASONS = {
    "hamza_dropped": _("همزة قطع ساقطة"),
    "hamza_added": _("همزة وصل، فلا تُكتب"),
    "hamza_seat": _("موضع الهمزة"),
    "yeh": _("الياء والألف المقصورة"),
    "teh": _("التاء المربوطة والهاء"),
    "common": _("خطأ إملائي شائع"),
    "teh_dots": _("تاء مربوطة بلا نقطتين"),
    "ila": _("إلى حرف الجر"),
    "three_words": _("ثلاث كلمات"),
    "lengthened": _("حرف مكرر"),
    "tanwin": _("التنوين يسبق الألف"),
    "latin_sign": _("علامة لاتينية في نص عربي"),
    "space_doubled": _("مسافة مكررة"),
    "space_before_sign": _("لا مسافة قبل العلامة"),
    "space_after_opening": _("لا مسافة بعد القوس"),
    "lone_waw": _("الواو تلتصق بما بعدها"),
    "no_space_before_opening": _("تنقص مسافة قبل القوس"),
    "no_space_after_sign": _("تنقص مسافة بعد العلامة"),
    "tatweel": _("تطويل لا لزوم له"),
    "arabic_quotes": _("علامة التنصيص العربية «»"),
    "quote_alone": _("علامة تنصيص بلا قرين"),
    "two_digit_sets": _("أرقام من نوعين في نص واحد"),
    "bracket_alone": _("قوس بلا قرين"),
    "direction_mark": _("علامة اتجاه خفية"),
    "isolate_alone": _("علامة عزل بلا قرين"),
    "house_spelling": _("تكتبه الدار: %(detail)s"),
}


def remark_text(remark: CopyWarning) -> str:
    """Return in words why the copy desk remarks, in the language one works in."""
    return str(REASONS[remark.reason]) % {"detail": remark.detail}
