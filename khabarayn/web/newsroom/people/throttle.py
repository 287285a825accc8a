"""Limits of tries to sign in: per network address, per account, and per both."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, current_app, g, request, session
from werkzeug.exceptions import TooManyRequests

from khabarayn.desk.people.attempts import (
    ACCOUNT,
    ADDRESS,
    PAIR,
    RESET_MAIL,
    Limit,
    attempt,
    forgive,
)
from khabarayn.desk.people.sign_in import has_entered_from
from khabarayn.web.newsroom.access import visitor
from khabarayn.web.newsroom.forms import form_value

# Where a secret is tried, and whose account it is tried on.
SECRET_ENDPOINTS = {
    "security.login",
    "security.verify",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.wan_signin_response",
    "newsroom.join",
    "newsroom.password",
    "newsroom.application",
}


def _account() -> str:
    """Return the account that is tried: an e-mail address, or what the session knows of it."""
    if request.endpoint == "security.login":
        return form_value("email").strip().lower()[:255]
    somebody = visitor()
    if somebody is not None:
        return somebody.email
    return str(session.get("tf_user_id", ""))


def _near() -> str:
    """Return the network address as it is counted: of IPv6 the first 64 bits, which one household
    shares."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


def _key(*words: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, "\0".join(words).encode(), hashlib.sha256).hexdigest()


def limit_attempts() -> None:
    """Answer 429 to who has tried too often; the count is taken before the try is looked at.

    Strangers cannot lock anybody out: whoever signs in from an address that the account knows is
    not held up by what others try elsewhere, and a passkey is never counted against an account.
    """
    if request.method != "POST" or request.endpoint not in SECRET_ENDPOINTS:
        return
    near, account = _near(), _account()
    keys: list[tuple[str, Limit]] = [(_key("address", near), ADDRESS)]
    if account:
        keys.append((_key("pair", account, near), PAIR))
        if not has_entered_from(account, request.remote_addr or ""):
            keys.append((_key("account", account), ACCOUNT))
    attempt_result = attempt(keys)
    if attempt_result.wait:
        raise TooManyRequests(retry_after=attempt_result.wait)
    g.khabarayn_tried = attempt_result.rows


def limit_mail_requests(email: str) -> None:
    """Count that somebody asks for a letter to ``email``, whether or not there is such an account;
    answer 429 to who has asked too often."""
    attempt_result = attempt(
        [(_key("letters", _near()), ADDRESS), (_key("letter", email), RESET_MAIL)]
    )
    if attempt_result.wait:
        raise TooManyRequests(retry_after=attempt_result.wait)


def forgive_success(response: Response) -> Response:
    """Delete the counted try of a request that turned out to be right."""
    rows = g.pop("khabarayn_tried", ())
    if rows and response.status_code < 400:
        forgive(rows)
    return response


def register(app: Flask) -> None:
    """Count tries to sign in before each request, and forget those that were right after it."""
    app.before_request(limit_attempts)
    app.after_request(forgive_success)
