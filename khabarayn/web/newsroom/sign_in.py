"""The pages on which somebody shows who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _

from khabarayn.web.page import Page


@dataclass(frozen=True)
class SignInPage(Page):
    """``email`` is what was typed; ``complaint`` never tells which half of it was wrong."""

    template: ClassVar[str] = "newsroom/sign_in.html"

    email: str
    next: str
    complaint: str


def sign_in_page(given: Mapping[str, Any]) -> SignInPage:
    form = given["login_user_form"]
    complaint = _("البريد أو كلمة المرور غير صحيح.") if form.errors else ""
    return SignInPage(form.email.data or "", form.next.data or "", complaint)
