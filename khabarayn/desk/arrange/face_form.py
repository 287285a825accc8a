"""The form of a face: its fields and uploads become a face, or are refused field by field."""

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
    DRAWING,
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
from khabarayn.media.wordmark import ROOM, SIGN_ROOM, screen_picture, wordmark_picture
from khabarayn.messages.faces import drawing_trouble
from khabarayn.messages.pictures import picture_trouble

FROM_TYPE, AS_BEFORE, FROM_FILE = "type", "kept", "file"


@dataclass(frozen=True)
class WantedFace:
    """What the form says. ``wordmark`` is a face of `LETTERING`, `FROM_TYPE` (the name in type),
    `AS_BEFORE` or `FROM_FILE`; ``sign`` one of `SIGNS` or `AS_BEFORE`; ``narrow_file`` and
    ``wide_file`` are pictures of the screen of a phone and of a desk. Hues are as typed; those of
    the dark scheme may be empty. ``to_nearest`` takes the nearest hue where one cannot be read."""

    name: str
    short_name: str = ""
    line: str = ""
    wordmark: str = FROM_TYPE
    wordmark_file: bytes = b""
    first: str = LIGHT.first
    second: str = LIGHT.second
    dark_first: str = ""
    dark_second: str = ""
    pair: str = PAIRS[0]
    sign: str = LETTER
    sign_file: bytes = b""
    narrow_file: bytes = b""
    wide_file: bytes = b""
    to_nearest: bool = False


def wanted_of(face: Face) -> WantedFace:
    """Return the form filled in with this face."""
    plain = face.light == LIGHT
    return WantedFace(
        name=face.name,
        short_name=face.short_name,
        line=face.line,
        wordmark=AS_BEFORE if face.wordmark else FROM_TYPE,
        first=face.light.first,
        second=face.light.second,
        dark_first="" if plain else face.dark.first,
        dark_second="" if plain else face.dark.second,
        pair=face.pair,
        sign=AS_BEFORE if face.sign == DRAWING else face.sign,
    )


def face_of(form: WantedFace, base: Face) -> tuple[Face, tuple[FaceFile, ...]]:
    """Return the face that the form describes, with its new files. ``base`` is the face it was
    filled from. Raises `Refused` with every fault."""
    fields = Fields()
    name = fields.line("name", _("اسم الصحيفة"), form.name, NAME, _("اكتب اسم الصحيفة."))
    face = Face(
        name=name,
        short_name=fields.line("short_name", _("الاسم القصير"), form.short_name, SHORT),
        line=fields.line("line", _("السطر تحت الاسم"), form.line, LINE),
        pair=form.pair,
    )
    if form.pair not in PAIRS:
        fields.wrong("pair", _("قيمة غير معروفة: %(value)s", value=form.pair[:40]))
    files: list[FaceFile] = []
    new_name = name != base.name
    with fields.catch():
        digest, new_files = _wordmark(form, name, base, new_name)
        face = replace(face, wordmark=digest)
        files += new_files
    with fields.catch():
        sign, drawing, new_files = _sign(form, base, new_name)
        face = replace(face, sign=sign, drawing=drawing)
        files += new_files
    face = _with_hues(face, form, fields)
    # Pictures of the screen show the face that they were taken of.
    shots = base.shots if replace(face, shots=()) == replace(base, shots=()) else ()
    shots, new_files = _shots(form, shots, fields)
    fields.raise_faults()
    return replace(face, shots=shots), (*files, *new_files)


def _shots(
    form: WantedFace, before: tuple[str, ...], fields: Fields
) -> tuple[tuple[str, ...], list[FaceFile]]:
    """Return the digests of the pictures of the screen (narrow, wide), and the new ones; those of
    ``before`` stay where none is uploaded."""
    digests, files = list(before), list[FaceFile]()
    for place, (field, data) in enumerate(
        (("narrow_file", form.narrow_file), ("wide_file", form.wide_file))
    ):
        if not data:
            continue
        try:
            file = screen_picture(data)
        except PictureRefused as error:
            fields.wrong(field, picture_trouble(error))
            continue
        if (file.width > file.height) != (field == "wide_file"):
            fields.wrong(
                field,
                _("صورة الهاتف طولها أكبر من عرضها، وصورة المكتب عرضها أكبر من طولها."),
            )
        elif place > len(digests):
            fields.wrong("narrow_file", _("ارفع صورة الهاتف أيضًا: هي التي تُعرض أولًا."))
        else:
            digests[place : place + 1] = [file_digest(file.data)]
            files.append(file)
    return tuple(digests), files


def _wordmark(
    form: WantedFace, name: str, base: Face, new_name: bool
) -> tuple[str, list[FaceFile]]:
    if form.wordmark == FROM_TYPE:
        return "", []
    if form.wordmark == AS_BEFORE and base.wordmark:
        if new_name:
            raise Refused(
                "wordmark",
                _("الشعار الحالي رُسم للاسم «%(name)s». اختر خطًا للاسم الجديد أو ارفع شعارًا.",
                  name=base.name),
            )  # fmt: skip
        return base.wordmark, []
    if form.wordmark == FROM_FILE:
        file = _read_upload("wordmark_file", form.wordmark_file, ROOM)
    elif form.wordmark in LETTERING:
        if not name:
            return "", []
        file, lacking = drawn_name(name, form.wordmark)
        if lacking:
            raise Refused(
                "wordmark", _("ليس في هذا الخط: %(letters)s", letters=" ".join(lacking[:10]))
            )
    else:
        raise Refused("wordmark", _("قيمة غير معروفة: %(value)s", value=form.wordmark[:40]))
    return file_digest(file.data), [file]


def _sign(form: WantedFace, base: Face, new_name: bool) -> tuple[str, str, list[FaceFile]]:
    if form.sign == AS_BEFORE and base.drawing:
        return DRAWING, base.drawing, []
    if form.sign == DRAWING:
        file = _read_upload("sign_file", form.sign_file, SIGN_ROOM)
        return DRAWING, file_digest(file.data), [file]
    if form.sign not in SIGNS:
        raise Refused("sign", _("قيمة غير معروفة: %(value)s", value=form.sign[:40]))
    # Two dots are the sign of one name; a new name begins with its own letter.
    return (LETTER if form.sign == DOTS and new_name else form.sign), "", []


def _read_upload(field: str, data: bytes, room: tuple[int, int]) -> FaceFile:
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


def _with_hues(face: Face, form: WantedFace, fields: Fields) -> Face:
    first = _hue("first", form.first, ("light", "sepia"), form, fields)
    second = _hue("second", form.second or form.first, ("light", "sepia"), form, fields)
    hues = Hues(first, second)
    if hues == LIGHT and not (form.dark_first or form.dark_second):
        return face
    darks: list[str] = []
    for field, code, light in (
        ("dark_first", form.dark_first, first),
        ("dark_second", form.dark_second, second),
    ):
        if code:
            darks.append(_hue(field, code, ("dark",), form, fields))
        else:
            darks.append(nearest(light, "dark") if light else "")
    return replace(face, light=hues, sepia=hues, dark=Hues(*darks))


def _hue(field: str, code: str, schemes: tuple[str, ...], form: WantedFace, fields: Fields) -> str:
    """Return the hue if its contrast is at least `LEAST` in each scheme; empty after a fault."""
    hue = hue_of(code)
    if not hue:
        fields.wrong(
            field, _("ليس هذا لونًا: %(value)s. اكتبه مثل #9e1b32.", value=code[:40] or "—")
        )
        return ""
    near = nearest(hue, *schemes)
    if near == hue or form.to_nearest:
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
