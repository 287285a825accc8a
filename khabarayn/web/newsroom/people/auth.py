"""The set-up of the sign-in library (Flask-Security): its views at our addresses, with our
pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    after_this_request,
    current_app,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask_security import (
    Security,
    user_authenticated,
    wan_registered,
)
from flask_security.recovery_codes import mf_recovery
from flask_security.tf_plugin import tf_select
from flask_security.views import login, logout, two_factor_token_validation, verify
from flask_security.webauthn import (
    webauthn_register,
    webauthn_register_response,
    webauthn_signin,
    webauthn_signin_response,
)
from werkzeug.wrappers import Response

from khabarayn.desk.by import By
from khabarayn.desk.people.accounts import datastore
from khabarayn.desk.people.attempts import use_once
from khabarayn.desk.people.second_factor import note_passkey
from khabarayn.desk.people.sign_in import enter
from khabarayn.settings import settings_of
from khabarayn.store.db import writing
from khabarayn.store.queries.people import person_of
from khabarayn.web.newsroom.access import csrf, visitor
from khabarayn.web.newsroom.people.auth_library import (
    Addresses,
    OnceOnly,
    PasskeyForm,
    PasskeyNameForm,
    Passkeys,
    RecoveryForm,
    SignInForm,
)
from khabarayn.web.newsroom.people.auth_settings import configuration
from khabarayn.web.newsroom.people.sign_in import PAGES, safe_next
from khabarayn.web.site import paper

# Ways of signing in, by the last step's endpoint; all but the first prove more than a password.
STEPS = {
    "security.login": "password",
    "security.two_factor_token_validation": "code",
    "security.mf_recovery": "recovery",
    "security.wan_signin_response": "passkey",
}
# Endpoints whose secret is accepted once.
ONCE = {
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.wan_signin_response",
    "security.wan_register_response",
}


def render(template: str, **values: Any) -> str:
    """Return our page for the library's template; a form that was refused answers 422."""
    form = next((value for name, value in values.items() if name.endswith("_form")), None)
    if request.method == "POST" and form is not None and any_errors(values):
        after_this_request(_unprocessable)
    return PAGES[template](values).render()


def any_errors(context: Mapping[str, Any]) -> bool:
    """Say whether any of the library's forms in ``context`` (a template's values) has errors."""
    return any(value.errors for name, value in context.items() if name.endswith("_form"))


def _unprocessable(response: Response) -> Response:
    if response.status_code == 200:
        response.status_code = 422
    return response


def see_other(response: Response) -> Response:
    """Answer the library's 302 after a form as 303, so that the next page is always fetched with
    GET."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def came_in(_app: Flask, user: Any, **_more: object) -> None:
    """Note a finished sign-in, and whether it was more than a password (signal
    ``user_authenticated``)."""
    how = STEPS.get(request.endpoint or "", "password")
    session["strong"] = how != "password"
    enter(user.id, how, request.remote_addr or "")


def got_passkey(_app: Flask, user: Any, name: str, **_more: object) -> None:
    """Log a new passkey; the session counts as strong from now on (signal ``wan_registered``)."""
    session["strong"] = True
    note_passkey(By.of(person_of(user), request.remote_addr or ""), name)


def addresses() -> Blueprint:
    """Return a blueprint with those views of the library that are used, at our addresses."""
    bp = Blueprint("security", __name__, url_prefix="/newsroom")
    both = ["GET", "POST"]
    table: tuple[tuple[str, str, Callable[..., Any], list[str]], ...] = (
        ("/sign-in", "login", login, both),
        ("/sign-out", "logout", logout, ["POST"]),
        ("/confirm", "verify", verify, both),
        ("/sign-in/code", "two_factor_token_validation", two_factor_token_validation, both),
        ("/sign-in/choose", "tf_select", tf_select, both),
        ("/sign-in/recovery", "mf_recovery", mf_recovery, both),
        ("/sign-in/passkey", "wan_signin", webauthn_signin, both),
        ("/sign-in/passkey/<signed:token>", "wan_signin_response", webauthn_signin_response,
         ["POST"]),
        ("/account/passkeys", "wan_register", webauthn_register, ["POST"]),
        ("/account/passkeys/<signed:token>", "wan_register_response", webauthn_register_response,
         ["POST"]),
    )  # fmt: skip
    for path, name, view, methods in table:
        bp.add_url_rule(path, name, view, methods=methods)
    # The library names this address in pages of its own; here it is the way to recovery codes.
    bp.add_url_rule("/sign-in/recovery", "two_factor_rescue", build_only=True)
    bp.before_request(name_the_paper)
    bp.before_request(refuse_strange_next)
    bp.before_request(stay_signed_in)
    bp.before_request(one_at_a_time)
    bp.after_request(end_turn)
    bp.teardown_request(end_turn)
    bp.after_request(see_other)
    return bp


def refuse_strange_next() -> None:
    """Refuse to be told of another house as the way on: what the library lets through is more than
    a path (it takes «/\\evil» for one)."""
    targets = [*request.args.getlist("next"), *request.form.getlist("next")]
    if request.is_json and isinstance(body := request.get_json(silent=True), dict):
        targets.append(body.get("next") or "")
    if any(word and safe_next(word) is None for word in targets):
        abort(400)


def stay_signed_in() -> Response | None:
    """Redirect who is signed in and opens the code page; the library would sign them out."""
    if request.endpoint != "security.two_factor_token_validation" or visitor() is None:
        return None
    return redirect(safe_next(request.args.get("next", "")) or url_for("newsroom.story_list"), 303)


def one_at_a_time() -> None:
    """Check a code, a recovery code or a passkey's answer under the lock of its row, so that it is
    accepted once even when sent twice at the same moment.

    A passkey's challenge is used up by its first answer, right or wrong.
    """
    if request.method != "POST" or request.endpoint not in ONCE:
        return
    challenge = (request.view_args or {}).get("token", "")
    if challenge and not use_once(hashlib.sha256(challenge.encode()).hexdigest()):
        abort(409)
    stack = ExitStack()
    stack.enter_context(writing(f"codes {session.get('tf_user_id', '')}"))
    g.khabarayn_turn = stack


def end_turn(answer: Any = None) -> Any:
    """Release the lock of `one_at_a_time`: commit after a correct answer, else roll back."""
    stack = g.pop("khabarayn_turn", None)
    if stack is not None:
        stack.close()
    return answer


def name_the_paper() -> None:
    """Offer the paper's present name to the device that makes a passkey: the library reads it from
    its configuration, which was made when the process began."""
    if request.endpoint == "security.wan_register":
        current_app.config["SECURITY_WAN_RP_NAME"] = paper().site_name


def speaks_json(json_request: Any) -> bool:
    """Say whether to answer in JSON: only to the script that talks to a passkey."""
    return json_request.is_json and (json_request.endpoint or "").startswith("security.wan_")


def register(app: Flask) -> None:
    """Set up the sign-in library and the protection against forged requests."""
    app.config.update(configuration(settings_of(app.config)))
    csrf.init_app(app)
    security = Security(
        app,
        datastore,
        register_blueprint=False,
        login_form=SignInForm,
        wan_register_form=PasskeyNameForm,
        wan_signin_response_form=PasskeyForm,
        two_factor_rescue_form=RecoveryForm,  # pyright: ignore[reportArgumentType]
        webauthn_util_cls=Passkeys,
        totp_cls=OnceOnly,
        mail_util_cls=Addresses,
        render_template=render,
    )
    security.want_json(speaks_json)
    # Neither tokens nor the library's roles are used: nothing to look up on public pages.
    security.login_manager._request_callback = None
    security.login_manager.session_protection = None  # pyright: ignore[reportAttributeAccessIssue]
    security.principal.identity_loaders.clear()
    user_authenticated.connect(came_in, app)
    wan_registered.connect(got_passkey, app)
    app.register_blueprint(addresses())
