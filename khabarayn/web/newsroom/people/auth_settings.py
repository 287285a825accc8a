"""What the sign-in library is told of the paper: its settings, and which of them are fixed."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

from khabarayn.settings import Settings
from khabarayn.store.db import now


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
            "webauthn": "khabarayn.web.newsroom.people.auth_library.PasskeyAsSecond",
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
