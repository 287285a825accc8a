"""The set-up of the sign-in library (Flask-Security): its views at our addresses, with our
pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
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
    EmailValidateException,
    LoginForm,
    MailUtil,
    Security,
    Totp,
    WebauthnUtil,
    user_authenticated,
    wan_registered,
)
from flask_security.forms import Form
from flask_security.recovery_codes import mf_recovery
from flask_security.tf_plugin import tf_select
from flask_security.views import login, logout, two_factor_token_validation, verify
from flask_security.webauthn import (
    WebAuthnRegisterForm,
    WebAuthnSigninResponseForm,
    WebAuthnTfPlugin,
    webauthn_register,
    webauthn_register_response,
    webauthn_signin,
    webauthn_signin_response,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField

from khabarayn.desk.by import By
from khabarayn.desk.people.accounts import datastore, plain_address
from khabarayn.desk.people.attempts import use_once
from khabarayn.desk.people.second_factor import note_passkey
from khabarayn.desk.people.sign_in import enter
from khabarayn.desk.refused import Refused
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import now, writing
from khabarayn.store.queries.people import person_of
from khabarayn.web.newsroom.access import csrf, visitor
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


class SignInForm(LoginForm):
    """The library's form of e-mail address and password, without «remember me»."""

    # Nothing outlives the session.
    remember = None  # type: ignore[assignment]


class PasskeyForm(WebAuthnSigninResponseForm):
    """The library's form for signing in with a passkey, as first or second factor; never for a
    disabled account, which the library's own form lets through to its last step."""

    def validate(self, **values: Any) -> bool:
        """Say whether the passkey is valid and its account active; a passkey is always a first
        factor."""
        self.is_secondary = False
        return super().validate(**values) and self.user is not None and self.user.is_active


class PasskeyNameForm(WebAuthnRegisterForm):
    """The library's form for a new passkey, which asks only for its name."""

    # The library's field is a choice; here every passkey is of one kind.
    usage = HiddenField()  # pyright: ignore[reportAssignmentType]

    def validate(self, **values: Any) -> bool:
        """Say whether the form is valid; every passkey is kept as a first factor."""
        self.usage.data = "first"
        return super().validate(**values)


class RecoveryForm(Form):
    """The form of somebody who has lost the second factor."""

    # The library writes into it what could help; our page names recovery codes alone.
    help_setup = RadioField(choices=[])


class PasskeyAsSecond(WebAuthnTfPlugin):
    """A passkey as second factor: who has one may use it after the password."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Return the second factors that ``user`` can set up here: (value, name) of passkeys, if
        there is one."""
        return [("webauthn", "passkey")] if user.webauthn else []


class Passkeys(WebauthnUtil):
    """The options of passkeys: stored on the device, and opened only after the device has checked
    its owner."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """Ask for a passkey that is stored on the device and checks who uses it."""
        del user, usage
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """Ask that the device checks who uses the passkey (a fingerprint, a PIN), every time."""
        del user, usage
        return UserVerificationRequirement.REQUIRED


class Addresses(MailUtil):
    """Addresses as `khabarayn.desk.people.accounts` takes them: the library refuses those of closed
    networks (``@paper.local``), by which people were added all the same."""

    def normalize(self, email: str) -> str:
        """Return the e-mail address as accounts store it. Raises ``EmailValidateException``."""
        try:
            return plain_address(email)
        except Refused as refused:
            raise EmailValidateException(str(refused)) from refused

    def validate(self, email: str) -> str:
        """Return the e-mail address as accounts store it; no look-up of its domain."""
        return self.normalize(email)


class OnceOnly(Totp):
    """Codes of authenticator applications; the last accepted time step is stored, so that no code
    is accepted twice."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the time step of the last code that was accepted; the same code opens nothing
        twice."""
        return user.tf_last_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Note the time step of the code that was just accepted; the caller commits."""
        user.tf_last_counter = tmatch.counter

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Return the address that an application reads, with the paper's name of today."""
        # The library uses the paper's name at the start of the process.
        return self._totp.from_source(totp_secret).to_uri(username, issuer=paper().site_name)


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


def derive_secret(settings: Settings, purpose: str) -> bytes:
    """Return a secret for one purpose, derived from the site's secret key."""
    return hashlib.sha256(f"{purpose}\0{settings.secret()}".encode()).digest()


# Pages, views and behaviour of the sign-in library that no setting of ours changes.
_LIBRARY_SETTINGS: dict[str, Any] = {
    "LOGIN_USER_TEMPLATE": "newsroom/people/sign_in.html",
    "VERIFY_TEMPLATE": "newsroom/people/confirm.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "newsroom/people/code.html",
    "TWO_FACTOR_SELECT_TEMPLATE": "newsroom/stories/choose.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "newsroom/people/recovery.html",
    "WAN_SIGNIN_TEMPLATE": "newsroom/people/passkey.html",
    "POST_LOGIN_VIEW": "newsroom.story_list",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_VERIFY_VIEW": "newsroom.account",
    "LOGOUT_CSRF": True,
    "FLASH_MESSAGES": False,
    "RETURN_GENERIC_RESPONSES": True,
    "JOIN_USER_ROLES": False,
    "API_ENABLED_METHODS": ["session"],
    "FRESHNESS": timedelta(minutes=30),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
    "DATETIME_FACTORY": now,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}


def configuration(settings: Settings) -> dict[str, Any]:
    """Return the sign-in library's configuration for these settings."""
    secure = settings.base_url.startswith("https://")
    security = _LIBRARY_SETTINGS | _passwords(settings) | _second_factors(settings)
    return {
        # With this prefix browsers refuse a cookie set by another host or over plain HTTP.
        "SESSION_COOKIE_NAME": "__Host-khabarayn" if secure else "khabarayn",
        "SESSION_COOKIE_SECURE": secure,
        # Checked by our own guard, and only there.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # A browser may send no Referer; Sec-Fetch-Site is checked instead.
        "WTF_CSRF_SSL_STRICT": False,
        **{f"SECURITY_{name}": value for name, value in security.items()},
    }


def _passwords(settings: Settings) -> dict[str, Any]:
    return {
        "PASSWORD_SCHEMES": ["argon2", "unix_disabled"],
        "PASSWORD_HASH": "argon2",
        # Hashes by `khabarayn user add` are plain argon2id; the library's outer HMAC is left off.
        "PASSWORD_SINGLE_HASH": True,
        "PASSWORD_SALT": derive_secret(settings, "password").hex(),
        "PASSWORD_NORMALIZE_FORM": "NFC",
    }


def _second_factors(settings: Settings) -> dict[str, Any]:
    return {
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        # Seconds that a clock may be off, either way.
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": "khabarayn.web.newsroom.people.auth.PasskeyAsSecond",
        },
        "TOTP_SECRETS": {"1": derive_secret(settings, "totp").hex()},
        "TOTP_ISSUER": settings.site_name,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(derive_secret(settings, "recovery"))
        ],
        "WEBAUTHN": True,
        "WAN_RP_NAME": settings.site_name,
        "WAN_ALLOW_USER_HINTS": False,
        "WAN_NAME_ALLOWED_CHARS": None,
        "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    }


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
