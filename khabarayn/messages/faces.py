"""Why a wordmark or a sign is not taken."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from khabarayn.arabic.numerals import file_size
from khabarayn.face.clean import DrawingRefused

REFUSALS = {
    "too_big": _("حجم الملف (%(size)s) أكبر مما يُقبل. الحد الأقصى %(limit)s."),
    "too_rich": _(
        "الرسم بعد تنظيفه %(size)s، وأقصى ما يدخل كل صفحة %(limit)s. بسّط مساراته، أو ارفعه PNG."
    ),
    "script": _("في هذا الرسم برنامج (script)، فلم يُؤخذ منه شيء. صدّره من جديد رسمًا فقط."),
    "unreadable": _("هذا الملف ليس رسم SVG ولا صورة PNG يمكن قراءتهما."),
    "blank": _("لا شكل في هذا الرسم."),
    "no_box": _("لا يقول هذا الرسم أبعاده (viewBox)."),
    "shape": _("أبعاد الرسم لا تصلح شعارًا: أقصاه اثنا عشر ضعف ارتفاعه عرضًا، أو ضعف عرضه ارتفاعًا."),
    "holds": _(
        "في الرسم ما لا يُقبل: %(name)s. حوّل الكتابة والمؤثرات إلى مسارات ملوّنة ثم صدّره."
    ),
}  # fmt: skip


def drawing_trouble(error: DrawingRefused) -> str:
    """Return in words why a drawing was refused."""
    values = dict(error.values)
    for name in ("size", "limit"):
        if name in values:
            values[name] = file_size(values[name])
    return str(REFUSALS[error.code]) % values
