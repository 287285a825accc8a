"""The form of a face: what the chief editor writes and uploads becomes a face, or is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from khabarayn.desk.fields import Fields
from khabarayn.desk.refused import Refused
from khabarayn.face.clean import DrawingRefused, clean_drawing, too_large
from khabarayn.face.colour import LEAST, hue_of, least_contrast, nearest
from khabarayn.face.mark import drawn_name
from khabarayn.face.value import (
    DOTS,
    DRAWN,
    LETTER,
    LETTERING,
    LIGHT,
    LINE,
    NAME,
    PAIRS,
    SHORT,
    SIGNS,
    Face,
    FaceFile,
    Hues,
    file_digest,
)
from khabarayn.media.refusal import PictureRefused
from khabarayn.media.wordmark import ROOM, SIGN_ROOM, wordmark_picture
from khabarayn.messages.faces import drawing_trouble
from khabarayn.messages.pictures import picture_trouble

TYPED, KEPT, UPLOADED = "type", "kept", "file"


@dataclass(frozen=True)
class WantedFace:
    """What the form says. ``wordmark`` is a face of `LETTERING`, `TYPED` (the name in type), `KEPT`
    or `UPLOADED`; ``sign`` one of `SIGNS` or `KEPT`. Hues are as typed; those of the dark scheme
    may be empty. ``to_nearest`` takes the nearest hue where one cannot be read."""

    name: str
    short_name: str = ""
    line: str = ""
    wordmark: str = TYPED
    wordmark_file: bytes = b""
    first: str = LIGHT.first
    second: str = LIGHT.second
    dark_first: str = ""
    dark_second: str = ""
    pair: str = PAIRS[0]
    sign: str = LETTER
    sign_file: bytes = b""
    to_nearest: bool = False


def wanted_of(face: Face) -> WantedFace:
    """Return the form that would say this face."""
    plain = face.light == LIGHT
    return WantedFace(
        name=face.name,
        short_name=face.short_name,
        line=face.line,
        wordmark=KEPT if face.wordmark else TYPED,
        first=face.light.first,
        second=face.light.second,
        dark_first="" if plain else face.dark.first,
        dark_second="" if plain else face.dark.second,
        pair=face.pair,
        sign=KEPT if face.sign == DRAWN else face.sign,
    )


def face_of(wanted: WantedFace, base: Face) -> tuple[Face, tuple[FaceFile, ...]]:
    """Return the face that the form says, with its new files. ``base`` is the face it was filled
    from. Raises `Refused` with every fault."""
    fields = Fields()
    name = fields.line("name", _("اسم الصحيفة"), wanted.name, NAME, _("اكتب اسم الصحيفة."))
    face = Face(
        name=name,
        short_name=fields.line("short_name", _("الاسم القصير"), wanted.short_name, SHORT),
        line=fields.line("line", _("السطر تحت الاسم"), wanted.line, LINE),
        pair=wanted.pair,
    )
    if wanted.pair not in PAIRS:
        fields.wrong("pair", _("قيمة غير معروفة: %(value)s", value=wanted.pair[:40]))
    files: list[FaceFile] = []
    renamed = name != base.name
    with fields.catch():
        digest, made = _wordmark(wanted, name, base, renamed)
        face = replace(face, wordmark=digest)
        files += made
    with fields.catch():
        sign, drawing, made = _sign(wanted, base, renamed)
        face = replace(face, sign=sign, drawing=drawing)
        files += made
    face = _hued(face, wanted, fields)
    fields.raise_faults()
    # Pictures of the screen show the face that they were taken of.
    if replace(face, shots=()) == replace(base, shots=()):
        face = replace(face, shots=base.shots)
    return face, tuple(files)


def _wordmark(
    wanted: WantedFace, name: str, base: Face, renamed: bool
) -> tuple[str, list[FaceFile]]:
    if wanted.wordmark == TYPED:
        return "", []
    if wanted.wordmark == KEPT and base.wordmark:
        if renamed:
            raise Refused(
                "wordmark",
                _("الشعار الحالي رُسم للاسم «%(name)s». اختر خطًا للاسم الجديد أو ارفع شعارًا.",
                  name=base.name),
            )  # fmt: skip
        return base.wordmark, []
    if wanted.wordmark == UPLOADED:
        file = _uploaded("wordmark_file", wanted.wordmark_file, ROOM)
    elif wanted.wordmark in LETTERING:
        if not name:
            return "", []
        file, lacking = drawn_name(name, wanted.wordmark)
        if lacking:
            raise Refused(
                "wordmark", _("ليس في هذا الخط: %(letters)s", letters=" ".join(lacking[:10]))
            )
    else:
        raise Refused("wordmark", _("قيمة غير معروفة: %(value)s", value=wanted.wordmark[:40]))
    return file_digest(file.data), [file]


def _sign(wanted: WantedFace, base: Face, renamed: bool) -> tuple[str, str, list[FaceFile]]:
    if wanted.sign == KEPT and base.drawing:
        return DRAWN, base.drawing, []
    if wanted.sign == DRAWN:
        file = _uploaded("sign_file", wanted.sign_file, SIGN_ROOM)
        return DRAWN, file_digest(file.data), [file]
    if wanted.sign not in SIGNS:
        raise Refused("sign", _("قيمة غير معروفة: %(value)s", value=wanted.sign[:40]))
    # Two dots are the sign of one name; a new name begins with its own letter.
    return (LETTER if wanted.sign == DOTS and renamed else wanted.sign), "", []


def _uploaded(field: str, data: bytes, room: tuple[int, int]) -> FaceFile:
    if not data:
        raise Refused(field, _("اختر ملفًا: SVG أو PNG."))
    try:
        too_large(data)
        if b"<svg" in data[:4096].lower() or data.lstrip()[:1] == b"<":
            return clean_drawing(data)
        return wordmark_picture(data, room)
    except DrawingRefused as error:
        raise Refused(field, drawing_trouble(error)) from error
    except PictureRefused as error:
        raise Refused(field, picture_trouble(error)) from error


def _hued(face: Face, wanted: WantedFace, fields: Fields) -> Face:
    first = _hue("first", wanted.first, ("light", "sepia"), wanted, fields)
    second = _hue("second", wanted.second or wanted.first, ("light", "sepia"), wanted, fields)
    hues = Hues(first, second)
    if hues == LIGHT and not (wanted.dark_first or wanted.dark_second):
        return face
    darks: list[str] = []
    for field, typed, light in (
        ("dark_first", wanted.dark_first, first),
        ("dark_second", wanted.dark_second, second),
    ):
        if typed:
            darks.append(_hue(field, typed, ("dark",), wanted, fields))
        else:
            darks.append(nearest(light, "dark") if light else "")
    return replace(face, light=hues, sepia=hues, dark=Hues(*darks))


def _hue(
    field: str, typed: str, schemes: tuple[str, ...], wanted: WantedFace, fields: Fields
) -> str:
    """Return the hue, held to `LEAST` in each of the schemes; empty after a fault."""
    hue = hue_of(typed)
    if not hue:
        fields.wrong(
            field, _("ليس هذا لونًا: %(value)s. اكتبه مثل #9e1b32.", value=typed[:40] or "—")
        )
        return ""
    near = nearest(hue, *schemes)
    if near == hue or wanted.to_nearest:
        return near
    papers = {
        "light": _("الورق الفاتح"), "sepia": _("الورق البنّي"), "dark": _("الورق الداكن"),
    }  # fmt: skip
    worst = min(schemes, key=lambda scheme: least_contrast(hue, scheme))
    fields.wrong(
        field,
        _(
            "تباين %(hue)s على %(paper)s %(ratio)s، وأقله %(least)s. أقرب لون يصلح: %(near)s",
            hue=hue,
            paper=papers[worst],
            ratio=f"{least_contrast(hue, worst):.1f}",
            least=LEAST,
            near=near,
        ),
    )
    return ""
