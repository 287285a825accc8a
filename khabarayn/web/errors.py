"""Error pages: not found, not valid, not working, for readers and for the newsroom."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from flask import Flask, abort, g, jsonify, redirect, request, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    NotFound,
    SecurityError,
    ServiceUnavailable,
)
from werkzeug.sansio.response import Response as BaseResponse
from werkzeug.wrappers import Response

from khabarayn.store.db import db
from khabarayn.store.disk import refuses_writing
from khabarayn.store.queries.cards import BadKey
from khabarayn.store.queries.redirects import moved_address
from khabarayn.web.caching import PERSONAL
from khabarayn.web.page import Meta, Page
from khabarayn.web.request import HANDS_BACK

log = logging.getLogger(__name__)
RETRY_AFTER = "30"
# What a path may hold as it is (RFC 3986, pchar and the slash).
_PATH = "/:@!$&'()*+,;=~"


@dataclass(frozen=True)
class ErrorPage(Page):
    """What went wrong, in words for readers, inside the site's own frame."""

    template: ClassVar[str] = "errors/error.html"

    status: int
    title: str
    text: str
    meta: Meta


@dataclass(frozen=True)
class NewsroomErrorPage(Page):
    """What went wrong, in words for editors, inside the newsroom's frame."""

    template: ClassVar[str] = "newsroom/error.html"

    status: int
    title: str
    text: str


class NoRoom(ServiceUnavailable):
    """The database answers, and can write nothing: its disk is full or read-only."""


# What somebody has written, by the name of its field, in the order in which it is shown.
TEXT_FIELDS = {
    "headline": lazy_gettext("العنوان"),
    "standfirst": lazy_gettext("المقدمة"),
    "body": lazy_gettext("المتن"),
    "teaser": lazy_gettext("النص الترويجي"),
    "text": lazy_gettext("النص"),
    "note": lazy_gettext("ملاحظة"),
    "reason": lazy_gettext("السبب"),
    "bio": lazy_gettext("نبذة"),
}
# Where a script saves what is written.
SAVES = {"newsroom.story", "newsroom.autosave_draft"}
_SECRET = ("password", "code", "token", "secret")


@dataclass(frozen=True)
class RefusedSavePage(Page):
    """What went wrong with a form, and all that it sent, ready to be sent again.

    ``texts`` holds (field's name, its label, the text); ``hidden_fields`` the other fields as
    (name, value). ``again`` says whether sending it once more can help; ``token`` is its proof.
    """

    template: ClassVar[str] = "newsroom/refused_save.html"

    status: int
    title: str
    text: str
    action: str
    token: str
    texts: tuple[tuple[str, str, str], ...]
    hidden_fields: tuple[tuple[str, str], ...]
    again: bool


def words_for(status: int) -> tuple[str, str]:
    """Return the title and the text for an HTTP status, in the reader's language."""
    texts = {
        400: (
            _("طلب غير مفهوم"),
            _("في الرابط أو البيانات المرسلة خطأ. تحقّق منها ثم أعد المحاولة."),
        ),
        401: (
            _("انتهت جلستك"),
            _("ادخل من جديد، ثم عُد إلى الصفحة السابقة وأعد المحاولة."),
        ),
        403: (_("غير مسموح"), _("ليس لك إذن بفتح هذه الصفحة.")),
        404: (
            _("لم نجد هذه الصفحة"),
            _("ربما تغيّر الرابط أو كُتب ناقصًا. جرّب البحث أو عُد إلى الصفحة الأولى."),
        ),
        405: (_("طريقة غير مسموحة"), _("هذا الرابط لا يقبل هذا النوع من الطلبات.")),
        410: (_("سُحب هذا الخبر"), _("لم يعد هذا الخبر متاحًا.")),
        413: (_("المرسل أكبر من المسموح"), _("قلّل حجم ما ترسله ثم أعد المحاولة.")),
        429: (
            _("طلبات كثيرة"),
            _("وصلتنا منك طلبات كثيرة في وقت قصير. انتظر قليلًا ثم أعد المحاولة."),
        ),
        500: (_("حدث خطأ عندنا"), _("وقع خلل في خدمتنا وسُجّل لإصلاحه. أعد المحاولة بعد قليل.")),
        503: (_("الخدمة متوقفة مؤقتًا"), _("نعمل على إعادتها. أعد المحاولة بعد نصف دقيقة.")),
    }
    return texts.get(status, (_("تعذّر تنفيذ الطلب"), _("أعد المحاولة، أو عُد إلى الصفحة الأولى.")))


def answer(error: HTTPException) -> BaseResponse:
    """Return the page for an error, in the reader's language, with its headers."""
    status = error.code or 500
    if error.response is not None:  # a redirect raised by the router
        return error.response
    if request.path.startswith("/_f/"):
        # A fragment never answers with a page: the plain link that is there stays.
        response = Response(status=204)
        response.headers["Cache-Control"] = "no-store"
        return response
    title, text = words_for(status)
    if isinstance(error, NoRoom):
        title = _("لا يمكن الحفظ الآن")
        text = _(
            "قرص الخادم ممتلئ أو لا يقبل الكتابة، فلم يُحفظ شيء. القراءة مستمرة. "
            "أبلغ مشغّل الموقع، ثم أعد المحاولة."
        )
    if (script_answer := _script_told(status, title, text)) is not None:
        return script_answer
    page: Page = ErrorPage(status, title, text, Meta(title, text, index=False))
    # Only for who is signed in, and not where the error may come from what that page needs itself.
    if status < 500 and request.path.startswith(PERSONAL) and g.get("khabarayn_person"):
        page = NewsroomErrorPage(status, title, text)
    page = _refused_save(status, title, text) or page
    response = Response(page.render(), status, mimetype="text/html")
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    if status >= 500:
        response.headers["Cache-Control"] = "no-store"
    return response


def _sent_fields() -> list[tuple[str, str]]:
    """The fields of a form of the newsroom that is being refused, nothing where it is no such form.

    A form from another site is never shown here, nor are passwords and codes.
    """
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    endpoint = request.endpoint or ""
    if request.method != "POST" or not endpoint.startswith("newsroom.") or not ours:
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too large: it was never read to its end
        return []
    if any(part in name for name, _value in fields for part in _SECRET if name != "csrf_token"):
        return []
    return fields


def _refused_save(status: int, title: str, text: str) -> RefusedSavePage | None:
    """Return the page that hands back what somebody wrote, or None when nothing was."""
    fields = _sent_fields()
    first = dict(reversed(fields))
    text_fields = tuple((name, str(label), first[name]) for name, label in TEXT_FIELDS.items()
                    if first.get(name, "").strip())  # fmt: skip
    if not text_fields:
        return None
    # The newsroom's frame needs the signed-in person, who is unknown without a database.
    if status >= 500:
        g.setdefault("khabarayn_person", None)
    names = {name for name, _label, _text in text_fields} | {"csrf_token"}
    is_broken = getattr(session, "broken", False)
    # The server in front would else hand the form back in its own, shorter words.
    request.environ[HANDS_BACK] = True
    return RefusedSavePage(
        status=status,
        title=title,
        text=text,
        action=request.script_root + request.full_path.removesuffix("?"),
        # A session that cannot be read gives no new token: the one that was sent is valid again
        # later.
        token=first.get("csrf_token", "") if is_broken else generate_csrf(),
        texts=text_fields,
        hidden_fields=tuple(pair for pair in fields if pair[0] not in names),
        again=status != 403,
    )


def _script_told(status: int, title: str, text: str) -> Response | None:
    """Return the answer for a script that saves a story: the same words, and under «sent» what it
    sent, which was not kept."""
    asks = request.is_json or request.accept_mimetypes.best == "application/json"
    if request.method != "POST" or request.endpoint not in SAVES or not asks:
        return None
    # What was too large to be read cannot be handed back.
    if status == 413:
        form = None
    else:
        form = request.get_json(silent=True) if request.is_json else dict(_sent_fields())
    if isinstance(form, dict):
        form.pop("csrf_token", None)
    response = jsonify(refused=f"{title}. {text}", sent=form)
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(error: NotFound) -> BaseResponse:
    """Follow a moved address, or say that nothing is here."""
    try:
        redirection = _redirect_moved()
    except (DBAPIError, NoConnection):
        redirection = None
    return redirection or answer(error)


def redirect_old_query() -> BaseResponse | None:
    """Follow «/?p=123», the address of a story in a paper that has moved here."""
    return _redirect_moved() if request.path == "/" and request.query_string else None


def _redirect_moved() -> BaseResponse | None:
    target = moved_address(request.path, request.query_string.decode("latin-1"))
    # Stored targets are paths of this site; never a scheme, never «//host».
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    path, mark, query = target.partition("?")
    return redirect(request.script_root + quote(path, safe=_PATH) + mark + query, 301)


def database_gone(error: DBAPIError | NoConnection) -> BaseResponse:
    """503: the database did not answer, or can write nothing; the session is given back."""
    db.session.rollback()
    if isinstance(error, DBAPIError) and refuses_writing(error):
        log.error("the database can write nothing: %s", error.__cause__ or error)
        return answer(NoRoom())
    log.error("the database did not answer: %s", error.__cause__ or error)
    return answer(ServiceUnavailable())


def server_error(error: InternalServerError) -> BaseResponse:
    """500: a fault of ours, logged by Flask, without a word of it on the page."""
    return answer(error)


def untrusted_host(_error: SecurityError) -> Response:
    """Answer 400 in plain text: a page's addresses cannot be built for an untrusted host."""
    response = Response(_("هذا الموقع لا يُفتح بهذا الرابط."), 400, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL cannot even be asked about one."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in value for value in request.args.values()):
        abort(400)


def bad_key(_error: BadKey) -> Response:
    """400: a continuation key that no list of the site has issued."""
    title = _("رابط المتابعة غير صالح")
    text = _("لم نفهم من أين تُستكمل هذه القائمة. افتحها من أولها.")
    page = ErrorPage(400, title, text, Meta(title, text, index=False))
    return Response(page.render(), 400, mimetype="text/html")


def register(app: Flask) -> None:
    """Let every error of ``app`` be answered by a page of its own frame."""
    app.before_request(refuse_nul)
    app.before_request(redirect_old_query)
    app.register_error_handler(SecurityError, untrusted_host)
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(InternalServerError, server_error)
    app.register_error_handler(DBAPIError, database_gone)
    app.register_error_handler(NoConnection, database_gone)
    app.register_error_handler(BadKey, bad_key)
