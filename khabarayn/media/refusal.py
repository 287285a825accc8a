"""Why a picture is not taken, in words that tell its sender what to do."""

from __future__ import annotations

import re
from typing import Any

from khabarayn.arabic.numerals import file_size
from khabarayn.media.child import MAX_PIXELS, MIN_SIDE

MAX_BYTES = 30 * 1024 * 1024

_MEANT = "الصيغ المقبولة: JPEG وPNG وWebP وAVIF وGIF."
_REASONS = {
    "unreadable": f"هذا الملف ليس صورة يمكن قراءتها. {_MEANT}",
    "broken": "ملف الصورة ناقص أو تالف. أعد تصديره أو أعد رفعه كاملًا.",
    "memory": "تطلب هذه الصورة ذاكرة فوق المسموح. صغّر أبعادها ثم أعد رفعها.",
    "time": "استغرقت معالجة الصورة وقتًا فوق المسموح. صغّر أبعادها ثم أعد رفعها.",
    "crashed": "تعذّرت معالجة الصورة: ملفها تالف أو يطلب فوق المسموح. أعد تصديره ثم ارفعه.",
    "empty": "الملف فارغ.",
    "svg": f"لا تُقبل صور SVG لأنها قد تحمل برامج. صدّرها بصيغة PNG. {_MEANT}",
    "html": f"هذا الملف صفحة ويب لا صورة، مهما كان اسمه. {_MEANT}",
    "heic": f"لا تُقبل صور HEIC. احفظها بصيغة JPEG ثم ارفعها. {_MEANT}",
    "pdf": f"هذا ملف PDF لا صورة. {_MEANT}",
    "other": f"صيغة الصورة غير مقبولة. {_MEANT}",
}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*+>|<!--.*?-->|<!doctype[^>]*+>|\s++)*+<(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


class PictureRefused(ValueError):
    """The picture cannot be taken; the message is the reason, in Arabic."""

    @property
    def reason(self) -> str:
        return str(self)


def explain(code: str, width: int = 0, height: int = 0, **_: Any) -> str:
    """Return the reason for ``code`` in Arabic.

    >>> explain("tiny", width=1, height=1)
    'الصورة أصغر من أن تُعرض (1×1 بكسل). أقصر ضلع مقبول 16 بكسل.'
    """
    if code == "tiny":
        return f"الصورة أصغر من أن تُعرض ({width}×{height} بكسل). أقصر ضلع مقبول {MIN_SIDE} بكسل."
    if code == "pixels":
        size = f" ({width}×{height} بكسل)" if width else ""
        millions = MAX_PIXELS // 1_000_000
        return f"أبعاد الصورة أكبر مما يُقبل{size}. الحد الأقصى {millions} مليون بكسل."
    return _REASONS.get(code, _REASONS["crashed"])


def refuse_at_sight(data: bytes) -> None:
    """Raise `PictureRefused` for what needs no decoder to be known as no picture of ours."""
    if not data:
        raise PictureRefused(_REASONS["empty"])
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            f"حجم الملف ({file_size(len(data))}) أكبر مما يُقبل. الحد الأقصى {file_size(MAX_BYTES)}."
        )
    head = data[:4096]
    if markup := _MARKUP.match(head):
        code = "svg" if markup[1].lower() == b"svg" else "html"
        raise PictureRefused(_REASONS[code])
    if head[:2] == b"\x1f\x8b":  # SVGZ is the only picture that comes gzipped
        raise PictureRefused(_REASONS["svg"])
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head[8:40]:
        raise PictureRefused(_REASONS["heic"])
    if head[:5] == b"%PDF-":
        raise PictureRefused(_REASONS["pdf"])
    if head[:2] == b"BM" or head[:4] in {b"II*\x00", b"MM\x00*", b"8BPS"}:
        raise PictureRefused(_REASONS["other"])
