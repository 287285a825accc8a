"""The face of the paper: chosen, looked at, taken, and any earlier one brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, ClassVar

from flask import abort, request
from flask_babel import gettext as _

from khabarayn.article.story import WithdrawnStory
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.arrange.face_form import WantedFace, face_of, wanted_of
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.face.colour import hue_of
from khabarayn.face.value import Face
from khabarayn.store.queries.cards import LATEST, cards_in
from khabarayn.store.queries.faces import TakenFace, face_by_digest, faces_taken
from khabarayn.store.queries.front import front_forms, placed_cards
from khabarayn.store.queries.story import article_by_id
from khabarayn.web import site
from khabarayn.web.article_page import article_page
from khabarayn.web.front_page import home_page
from khabarayn.web.language import lists_language
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import SHOTS, absolute, face_url, show_face

HUES = ("first", "second", "dark_first", "dark_second")


@dataclass(frozen=True)
class FacePage(Page):
    """The form, filled from ``base``; ``swatches`` are the hues to be shown, by field."""

    template: ClassVar[str] = "newsroom/arrange/face.html"

    title: str
    form: WantedFace
    base: Face
    swatches: dict[str, str]
    earlier: tuple[tuple[TakenFace, str], ...]
    bad: Faults


@dataclass(frozen=True)
class FacePreviewPage(Page):
    """A face before it is taken: ``icons`` are addresses by what they are for, ``shots``
    those of the pictures that a phone shows before it installs the paper."""

    template: ClassVar[str] = "newsroom/arrange/face_preview.html"

    title: str
    face: Face
    holds: bool
    icons: tuple[tuple[str, str, str], ...]
    shots: tuple[str, ...]
    has_story: bool


@needs("site.face")
def face() -> str:
    """The form, filled from the face that holds or from the one that ``of`` names."""
    base = _of(request.args.get("of", ""))
    return _form(wanted_of(base), base, GOOD)


@needs("site.face")
def save_face_draft() -> Any:
    """Keep what the form says, and show it before anybody else sees it."""
    base = _of(form_value("of"))
    wanted_face = WantedFace(
        **{name: form_value(name) for name in ("name", "short_name", "line", "pair", *HUES)},
        wordmark=form_value("wordmark"),
        wordmark_file=_file("wordmark_file"),
        sign=form_value("sign"),
        sign_file=_file("sign_file"),
        narrow_file=_file("narrow_file"),
        wide_file=_file("wide_file"),
        to_nearest=form_value("to_nearest") == "1",
    )
    try:
        new_face, files = face_of(wanted_face, base)
        digest = save_face(new_face, files, acting())
    except Refused as refused:
        no_files = dict.fromkeys(("wordmark_file", "sign_file", "narrow_file", "wide_file"), b"")
        return _form(replace(wanted_face, **no_files), base, faults_of(refused)), 422
    return redirect_with_notice(
        _("هكذا تبدو. لم يرها أحد بعد."), "newsroom.face_preview", digest=digest
    )


@needs("site.face")
def preview(digest: str) -> str:
    """Front page, story and icons in a face that is kept."""
    paper_face = _face_at(digest)
    icons = (
        ("icon-192.png", "", _("على الشاشة")),
        ("maskable-512.png", "round", _("في دائرة")),
        ("favicon-32.png", "small", _("في لسان المتصفح")),
        ("monochrome-512.png", "single", _("بلون واحد")),
    )
    return FacePreviewPage(
        title=_("معاينة: %(name)s", name=paper_face.name),
        face=paper_face,
        holds=site.face().digest == digest,
        icons=tuple((face_url(name, paper_face), shape, words) for name, shape, words in icons),
        shots=tuple(face_url(name, paper_face) for name in islice(SHOTS, len(paper_face.shots))),
        has_story=bool(cards_in(LATEST, limit=1).cards),
    ).render()


@needs("site.face")
def front(digest: str) -> str:
    """The front page in a face that is kept."""
    show_face(_face_at(digest))
    language = lists_language()
    return home_page(placed_cards(language), front_forms(language)).render()


@needs("site.face")
def story(digest: str) -> str:
    """The newest story in a face that is kept; 404 where there is no story yet."""
    show_face(_face_at(digest))
    card = next(iter(cards_in(LATEST, limit=1).cards), None) or abort(404)
    this_story = article_by_id(card.id) or abort(404)
    if isinstance(this_story, WithdrawnStory):
        abort(404)
    meta = Meta(_("معاينة: %(headline)s", headline=card.title), index=False)
    return article_page(this_story, absolute(f"/a/{card.id}"), meta).render()


@needs("site.face")
def take(digest: str) -> Any:
    """Let readers see it."""
    try:
        new_face = take_face(digest, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.face")
    return redirect_with_notice(
        _("هذه هي هوية الصحيفة الآن: «%(name)s».", name=new_face.name), "newsroom.face"
    )


def _face_at(digest: str) -> Face:
    holding = site.face()
    return face_by_digest(digest) or (holding if holding.digest == digest else abort(404))


def _of(digest: str) -> Face:
    return (face_by_digest(digest) if digest else None) or site.face()


def _file(name: str) -> bytes:
    file = request.files.get(name)
    return file.read() if file and file.filename else b""


def _form(form: WantedFace, base: Face, bad: Faults) -> str:
    swatches = {name: hue_of(getattr(form, name)) for name in HUES}
    holding = site.face().digest
    earlier = tuple(
        (one, face_url("icon-192.png", one.face)) for one in faces_taken() if one.digest != holding
    )
    return FacePage(_("هوية الصحيفة"), form, base, swatches, earlier, bad).render()
