"""Pages of the picture library: the list, one picture with texts, crops and uses, and the
picker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, abort, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.numerals import number
from khabarayn.desk.pictures.delete import delete_picture as delete_for_good
from khabarayn.desk.pictures.describe import describe
from khabarayn.desk.pictures.focus import focus
from khabarayn.desk.pictures.replace import replace
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.media.port import MediaStoreError
from khabarayn.media.refusal import PictureRefused
from khabarayn.messages.pictures import picture_trouble
from khabarayn.store.queries.pictures import (
    LibraryPicture,
    Like,
    Use,
    alike_pictures,
    picture_by_id,
    picture_library,
    portraits_of,
    uses_of,
)
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    point,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.newsroom.pictures.pictured import picture_summary
from khabarayn.web.page import Page

PAGE, PICK = 36, 24
CROPS = ("16x9", "4x3", "1x1")


@dataclass(frozen=True)
class LibraryPage(Page):
    """A part of the picture library, newest first; ``silent``: only pictures without a text."""

    template: ClassVar[str] = "newsroom/pictures/pictures.html"

    title: str
    query: str
    silent: bool
    pictures: tuple[LibraryPicture, ...]
    next_url: str


@dataclass(frozen=True)
class Texts:
    """What the form of a picture says."""

    alt: str
    decorative: str
    caption: str
    credit: str


@dataclass(frozen=True)
class PicturePage(Page):
    """One picture with its texts, crops, the stories it stands in and pictures like it."""

    template: ClassVar[str] = "newsroom/pictures/picture.html"

    title: str
    picture: LibraryPicture
    texts: Texts
    bad: Faults
    crops: tuple[str, ...]
    uses: tuple[Use, ...]
    portraits: tuple[tuple[str, str], ...]
    alike: tuple[Like, ...]
    others: tuple[LibraryPicture, ...]
    more_url: str
    instead_url: str


@dataclass(frozen=True)
class PickPiece(Page):
    """The fragment that offers pictures of the library to the editor of a story."""

    template: ClassVar[str] = "fragments/pick.html"

    pictures: tuple[LibraryPicture, ...]
    name: str
    more_url: str


@needs("picture.see")
def pictures() -> str:
    """Show the library, searched by ``q``; ``silent=1`` leaves only pictures without a text."""
    query = clean_line(request.args.get("q", ""), 200).text
    silent = request.args.get("silent") == "1"
    page = picture_library(query, request.args.get("before", ""), PAGE, silent=silent)
    filters: dict[str, Any] = {"q": query or None, "silent": "1" if silent else None}
    more = url_for("newsroom.pictures", before=page.next_key, **filters) if page.next_key else ""
    return LibraryPage(_("الصور"), query, silent, page.pictures, more).render()


@needs("picture.see")
def pick() -> str | Response:
    """Return pictures to choose from: as JSON for the editor's picker, as radio buttons for a
    form."""
    query = clean_line(request.args.get("q", ""), 200).text
    page = picture_library(query, request.args.get("before", ""), PICK)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(
            pictures=[picture_summary(item).to_json() for item in page.pictures], next=page.next_key
        )
    name_argument = request.args.get("name", "")
    name = name_argument if name_argument in {"with", "portrait", "instead"} else "with"
    return PickPiece(page.pictures, name, more_choices(name, page.next_key, query)).render()


def more_choices(name: str, key: str, query: str = "") -> str:
    """Return the address of a form's next choices; empty after the last."""
    return url_for("newsroom.pick", name=name, before=key, q=query or None) if key else ""


@needs("picture.see")
def picture(media_id: str) -> str:
    """Show one picture."""
    return _page(_picture_or_404(media_id), GOOD)


@needs("picture.edit")
def describe_picture(media_id: str) -> Any:
    """Save a picture's texts, or why it is decorative; a form with faults comes again (422)."""
    library_picture = _picture_or_404(media_id)
    decorative = form_value("why") if form_value("kind") == "decorative" else ""
    texts = Texts(
        form_value("alt") if form_value("kind") != "decorative" else "",
        decorative, form_value("caption"), form_value("credit"),
    )  # fmt: skip
    try:
        if form_value("kind") == "decorative" and not decorative.strip():
            raise Refused("decorative", _("اختر سبب كونها زخرفية."))
        describe(media_id, acting(), **vars(texts))
    except Refused as refused:
        return _page(library_picture, faults_of(refused), texts), 422
    return redirect_with_notice(_("حُفظت نصوص الصورة."), "newsroom.picture", media_id=media_id)


@needs("picture.edit")
def focus_picture(media_id: str) -> Any:
    """Crop a picture anew around a point, in percent of its width and height. 422 for a point or
    picture that cannot be, 503 when the store does not answer."""
    library_picture = _picture_or_404(media_id)
    try:
        x, y = point("x"), point("y")
        focus(media_id, acting(), x / 100, y / 100, store=current_app.extensions["khabarayn.media"])
    except PictureRefused as error:
        return _page(library_picture, {"focus": picture_trouble(error)}), 422
    except MediaStoreError as error:
        return _page(library_picture, {"focus": picture_trouble(error)}), 503
    except Refused as refused:
        return _page(library_picture, {"focus": refused.message}), 422
    return redirect_with_notice(
        _("قُصّت الصورة حول النقطة الجديدة."), "newsroom.picture", media_id=media_id
    )


@needs("picture.replace")
def replace_picture(media_id: str) -> Any:
    """Put another picture into every story that shows this one."""
    _picture_or_404(media_id)
    try:
        count = replace(media_id, form_value("with").strip(), acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.picture", media_id=media_id)
    words = _("أخبار استُبدلت فيها الصورة: %(count)s.", count=number(count))
    return redirect_with_notice(words, "newsroom.picture", media_id=form_value("with").strip())


@needs("picture.delete")
def drop_picture(media_id: str) -> Any:
    """Delete a picture and its files; ``instead`` takes its place in stories, if given."""
    _picture_or_404(media_id)
    store, instead = current_app.extensions["khabarayn.media"], form_value("instead").strip()
    try:
        count = delete_for_good(media_id, acting(), store=store, instead=instead)
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.picture", media_id=media_id)
    except MediaStoreError as error:
        why = picture_trouble(error)
        flash(_("حُذفت الصورة من الأخبار والمكتبة، وبقيت ملفاتها: %(why)s", why=why), "error")
        return redirect(url_for("newsroom.pictures"), 303)
    words = _("حُذفت الصورة. أخبار كانت فيها: %(count)s", count=count)
    return redirect_with_notice(words, "newsroom.pictures")


def _picture_or_404(media_id: str) -> LibraryPicture:
    return picture_by_id(media_id) or abort(404)


def _page(item: LibraryPicture, bad: Faults, texts: Texts | None = None) -> str:
    image, choices = item.picture, picture_library(limit=PICK)
    return PicturePage(
        title=_("صورة"),
        picture=item,
        texts=texts or Texts(image.alt, item.decorative, image.caption, image.credit),
        bad=bad,
        crops=CROPS,
        uses=uses_of(item),
        portraits=portraits_of(item),
        alike=alike_pictures(item),
        others=tuple(one for one in choices.pictures if one.id != item.id),
        more_url=more_choices("with", choices.next_key),
        instead_url=more_choices("instead", choices.next_key),
    ).render()
