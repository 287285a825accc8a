"""Pages of accounts: invite, change roles, disable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.desk.people.accounts import change_role, disable_user, enable_user
from khabarayn.desk.people.links import invite, send_back, uninvite
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.jobs.mail import send
from khabarayn.settings import ROLES, settings_of
from khabarayn.store.queries.people import (
    Account,
    Invitation,
    account_by_id,
    all_users,
    open_invitations,
)
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.page import Page
from khabarayn.web.site import absolute, paper


@dataclass(frozen=True)
class PeoplePage(Page):
    """``email`` and ``role`` are what was typed into the invitation that was refused."""

    template: ClassVar[str] = "newsroom/people/people.html"

    people: tuple[Account, ...]
    invitations: tuple[Invitation, ...]
    roles: tuple[str, ...]
    email: str
    role: str
    bad: Faults


@dataclass(frozen=True)
class PersonPage(Page):
    """One person's account for an administrator: name, role, second factors, last sign-in."""

    template: ClassVar[str] = "newsroom/people/person.html"

    account: Account
    roles: tuple[str, ...]
    name: str
    role: str
    bad: Faults


@dataclass(frozen=True)
class LinkPage(Page):
    """A new link, which is shown only once; ``sent`` says that it also went by e-mail."""

    template: ClassVar[str] = "newsroom/stories/link.html"

    email: str
    link: str
    sent: bool
    by_mail: bool


@needs("people.manage", fresh=True)
def people() -> str:
    """Show every account, open invitations and the form for a new one."""
    return _people().render()


@needs("people.manage", fresh=True)
def invite_person() -> str | tuple[str, int]:
    """Make an invitation and show its link, this once; a form with faults comes again (422)."""
    email, role = form_value("email"), form_value("role")
    try:
        token = invite(email, role, acting())
    except Refused as why:
        return _people(email, role, faults_of(why)).render(), 422
    return _link(email.strip().lower(), token)


@needs("people.manage", fresh=True)
def uninvite_person(number: int) -> Response:
    """Delete an open invitation; its link opens nothing any more."""
    uninvite(number, acting())
    return _back(_("سُحبت الدعوة."))


@needs("people.manage", fresh=True)
def one(number: int) -> str | Response | tuple[str, int]:
    """Show one account, and save its role and name."""
    account = account_by_id(number) or abort(404)
    if request.method == "GET":
        return PersonPage(account, ROLES, account.name, account.role, GOOD).render()
    role, name = form_value("role"), form_value("name")
    try:
        change_role(account.email, role, name, acting())
    except Refused as why:
        return PersonPage(account, ROLES, name, role, faults_of(why)).render(), 422
    return _back(_("حُفظ ما غيّرت."))


@needs("people.manage", fresh=True)
def disable(number: int) -> Response:
    """Disable an account; its sessions end. Refused for the last administrator."""
    account = account_by_id(number) or abort(404)
    try:
        disable_user(account.email, acting())
    except Refused as why:
        return _back(why.message, "error")
    return _back(_("أُوقف الحساب وانتهت جلساته."))


@needs("people.manage", fresh=True)
def enable(number: int) -> Response:
    """Enable an account again."""
    account = account_by_id(number) or abort(404)
    enable_user(account.email, acting())
    return _back(_("عاد الحساب."))


@needs("people.manage", fresh=True)
def reset(number: int) -> str | Response:
    """Make a link to a new password for an account and show it, this once; the account's sessions
    end."""
    account = account_by_id(number) or abort(404)
    try:
        token = send_back(account.email, acting())
    except Refused as why:
        return _back(why.message, "error")
    return _link(account.email, token)


def _people(email: str = "", role: str = "writer", bad: Faults = GOOD) -> PeoplePage:
    return PeoplePage(all_users(), open_invitations(), ROLES, email, role, bad)


def _link(email: str, token: str) -> str:
    settings = settings_of(current_app.config)
    link = absolute(url_for("newsroom.join", token=token))
    mail_ok = bool(settings.smtp_url) and send(
        settings.smtp_url,
        email,
        _("دعوة إلى غرفة أخبار %(name)s", name=paper().site_name),
        _("افتح هذا الرابط لتختار كلمة مرورك. يصلح مرة واحدة، ولأسبوع:") + f"\n\n{link}\n",
    )
    return LinkPage(email, link, mail_ok, bool(settings.smtp_url)).render()


def _back(words: str, kind: str = "message") -> Response:
    flash(words, kind)
    return redirect(url_for("newsroom.people"), 303)
