"""How the sign-in library (Flask-Security) is set up here, and our pages in place of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, after_this_request, request
from flask_security import LoginForm, Security
from werkzeug.wrappers import Response

from khabarayn.desk.accounts import accounts
from khabarayn.settings import Settings
from khabarayn.web.newsroom.door import csrf
from khabarayn.web.newsroom.sign_in import sign_in_page
from khabarayn.web.page import Page

PAGES: Mapping[str, Callable[[Mapping[str, Any]], Page]] = {
    "newsroom/sign_in.html": sign_in_page,
}


class SignInForm(LoginForm):
    remember = None  # type: ignore[assignment]


def render(template: str, **given: Any) -> str:
    """Return our page for the library's template; a form that was refused answers 422."""
    form = next((value for name, value in given.items() if name.endswith("_form")), None)
    if request.method == "POST" and form is not None and form.errors:
        after_this_request(_unprocessable)
    return PAGES[template](given).render()


def _unprocessable(response: Response) -> Response:
    if response.status_code == 200:
        response.status_code = 422
    return response


def see_other(response: Response) -> Response:
    """After a form the library sends 302; what follows is always fetched."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def configuration(settings: Settings) -> dict[str, Any]:
    secure = settings.base_url.startswith("https://")
    return {
        # The prefix makes the browser refuse a cookie that another host or a plain line planted.
        "SESSION_COOKIE_NAME": "__Host-khabarayn" if secure else "khabarayn",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        # Checked at our own door, and only there.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # A page may withhold its Referer; Sec-Fetch-Site is looked at instead.
        "WTF_CSRF_SSL_STRICT": False,
        "SECURITY_URL_PREFIX": "/newsroom",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_VERIFY_URL": "/confirm",
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGIN_VIEW": "newsroom.desk",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_LOGIN_USER_TEMPLATE": "newsroom/sign_in.html",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_PASSWORD_SCHEMES": ["argon2", "unix_disabled"],
        "SECURITY_PASSWORD_HASH": "argon2",
        # Hashes by `khabarayn user add` are plain argon2id; the library's outer HMAC is left off.
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_SALT": derived(settings, "password"),
        "SECURITY_PASSWORD_LENGTH_MIN": 8,
        "SECURITY_PASSWORD_NORMALIZE_FORM": None,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
    }


def derived(settings: Settings, purpose: str) -> str:
    """Return a secret for one purpose, made from the one that the operator keeps."""
    return hashlib.sha256(f"{purpose}\0{settings.secret()}".encode()).hexdigest()


def register(app: Flask) -> None:
    app.config.update(configuration(app.config["KHABARAYN"]))
    csrf.init_app(app)
    security = Security(
        app, accounts, login_form=SignInForm, render_template=render, register_blueprint=True
    )
    # Neither tokens nor the library's roles are used: nothing to look up on public pages.
    security.login_manager._request_callback = None
    security.login_manager.session_protection = None  # pyright: ignore[reportAttributeAccessIssue]
    security.principal.identity_loaders.clear()
    # Its own pages, which have neither language nor direction, can never be shown.
    app.blueprints["security"].template_folder = None
    app.after_request_funcs.setdefault("security", []).append(see_other)  # type: ignore[arg-type]
