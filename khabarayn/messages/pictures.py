"""Why a picture is refused, and why the store of pictures failed."""

from __future__ import annotations

from functools import singledispatch

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from khabarayn.arabic.numerals import file_size
from khabarayn.media.child import MAX_PIXELS, MIN_SIDE
from khabarayn.media.port import MediaStoreError
from khabarayn.media.refusal import MAX_BYTES, PictureRefused

REFUSALS = {
    "unreadable": _("هذا الملف ليس صورة يمكن قراءتها."),
    "broken": _("ملف الصورة ناقص أو تالف. أعد تصديره أو أعد رفعه كاملًا."),
    "memory": _("تطلب هذه الصورة ذاكرة فوق المسموح. صغّر أبعادها ثم أعد رفعها."),
    "time": _("استغرقت معالجة الصورة وقتًا فوق المسموح. صغّر أبعادها ثم أعد رفعها."),
    "crashed": _("تعذّرت معالجة الصورة: ملفها تالف أو يطلب فوق المسموح. أعد تصديره ثم ارفعه."),
    "empty": _("الملف فارغ."),
    "svg": _("لا تُقبل صور SVG لأنها قد تحمل برامج. صدّرها بصيغة PNG."),
    "html": _("هذا الملف صفحة ويب لا صورة، مهما كان اسمه."),
    "heic": _("لا تُقبل صور HEIC. احفظها بصيغة JPEG ثم ارفعها."),
    "pdf": _("هذا ملف PDF لا صورة."),
    "other": _("صيغة الصورة غير مقبولة."),
    "tiny": _("الصورة أصغر من أن تُعرض (%(width)s×%(height)s بكسل). أقصر ضلع مقبول %(least)s بكسل."),
    "small": _("صورة الشاشة صغيرة (%(width)s×%(height)s بكسل): لا تعرض المتصفحات ما دون 320 بكسل."),
    "slender": _(
        "صورة الشاشة ضيقة (%(width)s×%(height)s بكسل): لا يزيد أطول ضلعيها على 2.3 من أقصرهما."
    ),
    "pixels": _("أبعاد الصورة أكبر مما يُقبل. الحد الأقصى %(millions)s مليون بكسل."),
    "pixels_of": _(
        "أبعاد الصورة أكبر مما يُقبل (%(width)s×%(height)s بكسل). "
        "الحد الأقصى %(millions)s مليون بكسل."
    ),
    "too_big": _("حجم الملف (%(size)s) أكبر مما يُقبل. الحد الأقصى %(limit)s."),
    "size": _("حجم الملف (%(size)s) غير مقبول. الحد الأقصى %(limit)s."),
    "overrun": _("وصل من الملف أكثر مما أُعلن. أعد رفعه من أوله."),
    "too_many_open": _("رفعت ملفات كثيرة ولم تكتمل. أكملها أو انتظر قليلًا ثم أعد."),
    "no_room": _("لم يبق في الخادم مكان لهذا الملف. أبلغ مشغّل الموقع ثم أعد المحاولة."),
}
FAILURES = {
    "full": _("امتلأ القرص فلم تُحفظ الصورة. أبلغ مشغّل الموقع ثم أعد المحاولة."),
    "folder": _("تعذّر الوصول إلى مجلد الصور. أبلغ مشغّل الموقع."),
    "bucket": _(
        "تعذّر الوصول إلى مخزن الصور. أعد المحاولة بعد قليل، وأبلغ مشغّل الموقع إن تكرّر ذلك."
    ),
}
# After these the sender is told which formats are taken.
_OF_FORMAT = frozenset({"unreadable", "svg", "html", "heic", "pdf", "other"})


@singledispatch
def picture_trouble(error: PictureRefused | MediaStoreError) -> str:
    """Return in words why a picture was refused, or why it could not be stored or read."""
    raise TypeError(type(error))


@picture_trouble.register
def _refusal_text(error: PictureRefused) -> str:
    code, values = error.code, {**error.values, "least": MIN_SIDE}
    values["millions"] = MAX_PIXELS // 1_000_000
    if code == "pixels" and values.get("width"):
        code = "pixels_of"
    if "size" in values:
        values |= {"size": _size(values["size"]), "limit": _size(MAX_BYTES)}
    words = str(REFUSALS.get(code, REFUSALS["crashed"])) % values
    if code in _OF_FORMAT:
        words += " " + gettext("الصيغ المقبولة: JPEG وPNG وWebP وAVIF وGIF.")
    return words


@picture_trouble.register
def _failure_text(error: MediaStoreError) -> str:
    return str(FAILURES[error.code])


def _size(size: int) -> str:
    return file_size(max(size, 0), locale=str(get_locale() or "ar"))
