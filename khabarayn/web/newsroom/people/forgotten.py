"""Ask for an e-mail with a link to a new password; the answer never tells whether an account
exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import request, url_for
from flask_babel import gettext as _

from khabarayn.desk.people import links
from khabarayn.desk.people.accounts import plain_address
from khabarayn.desk.people.sessions import new_token
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.people.background_mail import can_write, post_later
from khabarayn.web.newsroom.people.throttle import limit_mail_requests
from khabarayn.web.page import Page
from khabarayn.web.site import absolute, paper


@dataclass(frozen=True)
class ForgottenPage(Page):
    """``by_mail`` says whether the site can send e-mail at all, ``asked`` that one was asked
    for."""

    template: ClassVar[str] = "newsroom/people/forgotten.html"

    email: str
    by_mail: bool
    asked: bool
    bad: Faults


def ask_reset() -> str | tuple[str, int]:
    """Ask for an e-mail with a link to a new password. The answer is the same whether an account
    has that address or not."""
    if not can_write() or request.method == "GET":
        return ForgottenPage("", can_write(), False, GOOD).render()
    address_text = form_value("email")
    try:
        email = plain_address(address_text)
    except Refused as refused:
        return ForgottenPage(address_text[:255], True, False, faults_of(refused)).render(), 422
    limit_mail_requests(email)
    token, address = new_token(), request.remote_addr or ""
    link = absolute(url_for("newsroom.join", token=token))
    post_later(
        email,
        _("كلمة مرور جديدة لغرفة أخبار %(name)s", name=paper().site_name),
        _("طلب أحد كلمة مرور جديدة لحسابك. إن كنت أنت فافتح هذا الرابط، يصلح مرة واحدة ولساعة:")
        + f"\n\n{link}\n\n"
        + _("وإن لم تكن أنت فلا تفعل شيئًا: لم يتغيّر في حسابك شيء.")
        + "\n",
        lambda: links.send_reset_link(email, token, address),
    )
    return ForgottenPage(email, True, True, GOOD).render()
