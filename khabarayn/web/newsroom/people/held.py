"""A form sent after its session had expired: stored until its sender has signed in again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Flask, Response, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import Unauthorized
from werkzeug.sansio.response import Response as BaseResponse
from werkzeug.wrappers import Response as Redirect

from khabarayn.desk.people.sessions import was_somebodys
from khabarayn.web import errors
from khabarayn.web.newsroom.access import needs
from khabarayn.web.newsroom.forms import form_value
from khabarayn.web.newsroom.people.sign_in import SignInPage
from khabarayn.web.page import Page

SESSION_KEY = "held"
LETTERS = 200_000
_OURS = {"csrf_token", "password", "again", "old", "code"}


@dataclass(frozen=True)
class Field:
    """``label`` is empty for what the form carries unseen."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class HeldPage(Page):
    """The form as it was, to be sent once more; ``url`` is where it goes."""

    template: ClassVar[str] = "newsroom/people/held.html"

    url: str
    page_url: str
    fields: tuple[Field, ...]


def hold() -> Response | None:
    """Return the sign-in page for a form that came after its session had ended, and keep the form
    in the new session; None when there is nothing to keep.

    Only for the browser of somebody who was signed in here, and with the proof that the form was
    ours: a stranger leaves nothing in the database.
    """
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _OURS]
    token = getattr(session, "token", "")
    if not fields or not _is_ours() or not was_somebodys(token):
        return None
    if sum(len(name) + len(value) for name, value in fields) > LETTERS:
        return None
    page = request.referrer or ""
    path = page.removeprefix(request.host_url.rstrip("/"))
    session[SESSION_KEY] = {
        "url": request.script_root + request.path,
        "page": path if path.startswith("/newsroom") else url_for("newsroom.story_list"),
        "fields": fields,
    }
    words = _("انتهت جلستك. ادخل من جديد هنا: ما كتبته باقٍ، وتجده بعد الدخول كما كان.")
    page = SignInPage("", url_for("newsroom.held"), {"form": words})
    return Response(page.render(), 401, mimetype="text/html")


@needs("account.own")
def held_form() -> Any:
    """Show the kept form, ready to be sent again; it is deleted once it was sent."""
    form = session.get(SESSION_KEY)
    if not form:
        return redirect(url_for("newsroom.story_list"), 303)
    names = labels()
    fields = tuple(Field(name, value, names.get(name, "")) for name, value in form["fields"])
    return HeldPage(form["url"], form["page"], fields).render()


@needs("account.own")
def drop_held() -> Redirect:
    """Delete the kept form."""
    session.pop(SESSION_KEY, None)
    flash(_("تُرك ما كُتب قبل انتهاء الجلسة."))
    return redirect(url_for("newsroom.story_list"), 303)


def forget_sent(response: Response) -> Response:
    """Delete the kept form once its own address has accepted it."""
    form = session.get(SESSION_KEY) if request.method == "POST" else None
    mine = form and form["url"] == request.script_root + request.path
    if mine and response.status_code < 400:
        session.pop(SESSION_KEY, None)
    return response


def labels() -> dict[str, str]:
    """Return the names of the fields that people write into."""
    return {
        "note": _("ملاحظة"),
        "reason": _("السبب أو نص التصحيح"),
        "at": _("اليوم والساعة"),
        "headline": _("العنوان"),
        "standfirst": _("المقدمة"),
        "body": _("المتن"),
        "name": _("الاسم"),
        "short_name": _("الاسم القصير"),
        "line": _("السطر تحت الاسم"),
        "social": _("حساباتنا"),
        "intro": _("التعريف"),
        "bio": _("نبذة"),
        "description": _("الوصف"),
        "alt": _("النص البديل"),
        "caption": _("التعليق"),
        "credit": _("المصوّر أو الوكالة"),
        "text": _("نص الشريط"),
        "word": _("معجم الدار"),
        "others": _("الصيغ الأخرى"),
        "path": _("الرابط القديم"),
        "target": _("يقود إلى"),
        "email": _("البريد الإلكتروني"),
    }


def hold_form_or_refuse(error: Unauthorized) -> BaseResponse:
    """Answer who is not signed in: a page to do so in place where a form waits, else a refusal."""
    by_script = "HX-Request" in request.headers or request.is_json
    if request.method != "POST" or by_script or not request.path.startswith("/newsroom/"):
        return errors.answer(error)
    if request.accept_mimetypes.best == "application/json":
        return errors.answer(error)
    return hold() or errors.answer(error)


def register(app: Flask) -> None:
    """Keep the form of somebody whose session has ended, and forget it when it was sent again."""
    app.register_error_handler(Unauthorized, hold_form_or_refuse)
    app.after_request(forget_sent)


def _is_ours() -> bool:
    """Say whether the form carries a proof that this site has signed, for whichever session."""
    signer = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token")
    token = form_value("csrf_token") or request.headers.get("X-CSRFToken") or ""
    try:
        signer.loads(token)
    except BadData:
        return False
    return True
