"""The page behind a link: a new account, or a new password for an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.desk.people.links import join as join_by_link
from khabarayn.desk.people.links import open_link
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.people import Invitation
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.page import Page


@dataclass(frozen=True)
class JoinPage(Page):
    """``invitation`` is None when the link opens nothing (any more)."""

    template: ClassVar[str] = "newsroom/people/join.html"

    token: str
    invitation: Invitation | None
    email: str
    name: str
    bad: Faults


def join(token: str) -> str | Response | tuple[str, int]:
    """Show and take the form behind a link of invitation or of a new password; an unknown or
    expired link is 404."""
    invitation = open_link(token)
    if invitation is None:
        return JoinPage("", None, "", "", GOOD).render(), 404
    if request.method == "GET":
        return JoinPage(token, invitation, "", "", GOOD).render()
    email, name = form_value("email"), form_value("name")
    try:
        join_by_link(
            token,
            email,
            name,
            form_value("password"),
            request.remote_addr or "",
            again=form_value("again"),
        )
    except Refused as why:
        page = JoinPage(token, invitation, email, name, faults_of(why))
        return page.render(), 422
    flash(_("حسابك جاهز. ادخل بكلمة مرورك."))
    return redirect(url_for("security.login"), 303)
