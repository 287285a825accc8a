"""The sign-in pages; their messages do not reveal which part of a guess was right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _

from khabarayn.web.newsroom.forms import GOOD, Faults
from khabarayn.web.page import Page

# With or without a language before it; neither backslash nor control character nor blank.
_INSIDE = re.compile(
    r"(?:/[a-z]{2,3})?/newsroom(?:/[\w/.~!$&'()*+,;=:@%-]*(?:\?[\w/.~!$&'()*+,;=:@%?-]*)?)?"
)
_SIGN_IN = re.compile(r"/newsroom/sign-in\b")


@dataclass(frozen=True)
class SignInPage(Page):
    """``email`` is what was typed; ``bad`` never says whether address or password was wrong."""

    template: ClassVar[str] = "newsroom/people/sign_in.html"

    email: str
    next: str
    bad: Faults


@dataclass(frozen=True)
class CodePage(Page):
    """The application's code, after the password."""

    template: ClassVar[str] = "newsroom/people/code.html"

    next: str
    bad: Faults


@dataclass(frozen=True)
class ChoosePage(Page):
    """The choice of a second factor, for who has several; ``methods`` as (value, words)."""

    template: ClassVar[str] = "newsroom/stories/choose.html"

    next: str
    methods: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecoveryPage(Page):
    """A recovery code, for who has lost the application."""

    template: ClassVar[str] = "newsroom/people/recovery.html"

    next: str
    bad: Faults


@dataclass(frozen=True)
class PasskeyPage(Page):
    """The passkey, after the password."""

    template: ClassVar[str] = "newsroom/people/passkey.html"

    next: str


@dataclass(frozen=True)
class ConfirmPage(Page):
    """The password once more, before something weighty."""

    template: ClassVar[str] = "newsroom/people/confirm.html"

    next: str
    bad: Faults


def safe_next(url: str) -> str | None:
    """Return the path to go to after signing in, from ``url``; None when it is not in this
    newsroom.

    The library may hand over the absolute address of a sign-in page of ours: that is no way on.
    """
    path = url.removeprefix(request.host_url.rstrip("/"))
    if len(path) > 2000 or not _INSIDE.fullmatch(path) or ".." in path:
        return None
    return "" if _SIGN_IN.search(path) else path


def _next(form: Any) -> str:
    field = getattr(form, "next", None)
    return (
        safe_next((field.data if field is not None else "") or request.args.get("next", "")) or ""
    )


def sign_in_page(context: Mapping[str, Any]) -> SignInPage:
    """Return the sign-in page from the values that the library gives its template."""
    form = context["login_user_form"]
    bad = {"form": _("البريد أو كلمة المرور غير صحيح.")} if form.errors else GOOD
    return SignInPage(form.email.data or "", _next(form), bad)


def code_page(context: Mapping[str, Any]) -> CodePage:
    """Return the page for an authenticator's code, from the library's values."""
    form = context["two_factor_verify_code_form"]
    bad = (
        {"form": _("الرمز غير صحيح أو سبق استعماله. انتظر الرمز التالي.")} if form.errors else GOOD
    )
    return CodePage(_next(form), bad)


def choose_page(context: Mapping[str, Any]) -> ChoosePage:
    """Return the page to choose a second factor on, from the library's values."""
    form = context["two_factor_select_form"]
    words = {"authenticator": _("رمز من تطبيق التحقق"), "webauthn": _("مفتاح المرور")}
    return ChoosePage(
        _next(form), tuple((value, words[value]) for value, _label in form.which.choices)
    )


def recovery_page(context: Mapping[str, Any]) -> RecoveryPage:
    """Return the page for a recovery code, from the library's values."""
    form = context["mf_recovery_form"]
    bad = {"form": _("هذا الرمز غير صحيح أو سبق استعماله.")} if form.errors else GOOD
    return RecoveryPage(_next(form), bad)


def passkey_page(context: Mapping[str, Any]) -> PasskeyPage:
    """Return the page to sign in with a passkey on, from the library's values."""
    return PasskeyPage(_next(context["wan_signin_form"]))


def confirm_page(context: Mapping[str, Any]) -> ConfirmPage:
    """Return the page that asks for the password once more, from the library's values."""
    form = context["verify_form"]
    bad = {"form": _("كلمة المرور غير صحيحة.")} if form.errors else GOOD
    return ConfirmPage(_next(form), bad)


PAGES: Mapping[str, Callable[[Mapping[str, Any]], Page]] = {
    SignInPage.template: sign_in_page,
    CodePage.template: code_page,
    ChoosePage.template: choose_page,
    RecoveryPage.template: recovery_page,
    PasskeyPage.template: passkey_page,
    ConfirmPage.template: confirm_page,
}
