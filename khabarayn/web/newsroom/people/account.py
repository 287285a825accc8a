"""One's own account: name, password, second factors, passkeys, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import qrcode
from flask import current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_security import Security
from qrcode.image.svg import SvgPathImage
from werkzeug.wrappers import Response

from khabarayn.desk.people.accounts import NAME, change_own, change_password
from khabarayn.desk.people.mail_notices import choose_mail_notices
from khabarayn.desk.people.second_factor import (
    drop_passkey,
    new_secret,
    renew_codes,
    set_up,
    take_down,
)
from khabarayn.desk.people.sessions import end_own
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.settings import settings_of
from khabarayn.store.queries.notifications import wants_mail_notices
from khabarayn.store.queries.people import Keys, SignedIn, keys_of, sessions_of
from khabarayn.web.filters_dates import digits
from khabarayn.web.newsroom.access import (
    Room,
    acting,
    must_change,
    needs,
    person,
    stay,
    wants_factor,
)
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.people.background_mail import post_later
from khabarayn.web.page import Page

SECRET = "new_application"


@dataclass(frozen=True)
class AccountPage(Page):
    """``here`` is the number of the session that asks; ``by_mail`` tells that the paper has a mail
    server."""

    template: ClassVar[str] = "newsroom/people/account.html"

    keys: Keys
    sessions: tuple[SignedIn, ...]
    here: int
    wanted: bool
    letters: bool
    by_mail: bool


@dataclass(frozen=True)
class OwnPage(Page):
    """Name and address of one's own account, as they stand or as they were typed."""

    template: ClassVar[str] = "newsroom/people/own.html"

    name: str
    email: str
    longest: int
    bad: Faults


@dataclass(frozen=True)
class PasswordPage(Page):
    """``asked`` says that the password must be changed."""

    template: ClassVar[str] = "newsroom/people/password.html"

    asked: bool
    bad: Faults


@dataclass(frozen=True)
class ApplicationPage(Page):
    """``shape`` is the QR code as an SVG path on a grid of ``size``; ``key`` is for typing."""

    template: ClassVar[str] = "newsroom/people/application.html"

    shape: str
    size: int
    key: str
    bad: Faults


@dataclass(frozen=True)
class CodesPage(Page):
    """Recovery codes, at the one moment when they are shown."""

    template: ClassVar[str] = "newsroom/people/codes.html"

    codes: tuple[str, ...]


def _library() -> Security:
    return current_app.extensions["security"]


def _back(words: str = "", kind: str = "message") -> Response:
    if words:
        flash(words, kind)
    return redirect(url_for("newsroom.account"), 303)


@needs("account.own")
def account() -> str:
    """Show one's own account: passkeys, open sessions, second factor, e-mail notices."""
    me = person()
    here = getattr(getattr(session, "row", None), "id", 0)
    settings = settings_of(current_app.config)
    return AccountPage(
        keys=keys_of(me.id),
        sessions=sessions_of(me.id),
        here=here,
        wanted=wants_factor(),
        letters=wants_mail_notices(me.id),
        by_mail=bool(settings.smtp_url),
    ).render()


@needs("account.own")
def alive() -> tuple[str, int, dict[str, str]]:
    """Keep the session of a page that is being read, and return what its badge counts now."""
    return "", 204, {"Khabarayn-Badge": digits(Room(person()).badge)}


@needs("account.own")
def save_mail_notices() -> Response:
    """Save whether notices come by e-mail, too."""
    by_mail = form_value("letters") == "1"
    choose_mail_notices(by_mail, acting())
    return _back(_("تصلك التنبيهات بالبريد.") if by_mail else _("لا تصلك التنبيهات بالبريد."))


@needs("account.own", fresh=True)
def own() -> str | Response | tuple[str, int]:
    """Show and save one's own name and e-mail address; the old address is told of a change by
    e-mail."""
    me = person()
    if request.method == "GET":
        return OwnPage(me.name, me.email, NAME, GOOD).render()
    name, email = form_value("name"), form_value("email")
    try:
        before = change_own(acting(), name=name, email=email)
    except Refused as why:
        return OwnPage(name, email, NAME, faults_of(why)).render(), 422
    if before:
        post_later(
            before,
            _("تغيّر بريد حسابك في غرفة الأخبار"),
            _("صار بريد حسابك %(email)s. إن لم تفعل ذلك أنت فأخبر مدير الموقع الآن.",
              email=email.strip().lower()),
        )  # fmt: skip
    return _back(_("حُفظ اسمك وبريدك."))


@needs("account.own")
def password() -> str | Response | tuple[str, int]:
    """Show and save a new password; every other session of the person ends."""
    if request.method == "GET":
        return PasswordPage(must_change(), GOOD).render()
    try:
        change_password(acting(), form_value("old"), form_value("password"), form_value("again"))
    except Refused as why:
        return PasswordPage(must_change(), faults_of(why)).render(), 422
    stay()
    return _back(_("تغيّرت كلمة المرور، وانتهت جلساتك الأخرى."))


@needs("account.own", fresh=True)
def application() -> str | Response | tuple[str, int]:
    """Set up an authenticator application: show its secret, check the first code, then show the
    recovery codes, this once."""
    library = _library()
    secret = session.get(SECRET) if request.method == "POST" else None
    if not secret:
        session[SECRET] = secret = new_secret(library)
    if request.method == "GET":
        return _application(library, secret, GOOD).render()
    try:
        codes = set_up(acting(), library, secret, form_value("code").strip())
    except Refused as why:
        return _application(library, secret, faults_of(why)).render(), 422
    session.pop(SECRET, None)
    session["strong"] = True
    return CodesPage(tuple(codes)).render()


def _application(library: Security, secret: str, bad: Faults) -> ApplicationPage:
    totp = library.totp_factory
    qr = qrcode.QRCode(border=4, box_size=10, image_factory=SvgPathImage)
    qr.add_data(totp.get_totp_uri(person().email, secret))
    qr.make(fit=True)
    rows = qr.get_matrix()
    cells = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return ApplicationPage("".join(cells), len(rows), totp.get_totp_pretty_key(secret), bad)


@needs("account.own", fresh=True)
def application_off() -> Response:
    """Remove the authenticator application and the recovery codes with it."""
    take_down(acting())
    return _back(_("أُلغي تطبيق التحقق، ومعه رموز الطوارئ."))


@needs("account.own", fresh=True)
def codes() -> str | Response:
    """Make new recovery codes and show them, this once; the old ones open nothing any more."""
    try:
        return CodesPage(tuple(renew_codes(acting(), _library()))).render()
    except Refused as why:
        return _back(why.message, "error")


@needs("account.own", fresh=True)
def passkey_off(number: int) -> Response:
    """Delete one of the person's own passkeys."""
    try:
        drop_passkey(acting(), number)
    except Refused as why:
        return _back(why.message, "error")
    return _back(_("حُذف مفتاح المرور."))


@needs("account.own")
def session_off(number: int) -> Response:
    """End another of the person's own sessions."""
    if not end_own(person().id, number):
        return _back(_("هذه الجلسة انتهت من قبل."), "error")
    return _back(_("انتهت تلك الجلسة."))
