"""The page on which the chief editor sets who may withdraw and who may announce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _

from khabarayn.desk.arrange.rights import give_rights
from khabarayn.desk.permissions import GRANTABLE
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.site import Rights
from khabarayn.store.queries.site import rights as rights_now
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value, redirect_with_notice
from khabarayn.web.page import Page

ALWAYS, NIGHT, EVENING, MORNING = "always", "night", 22, 6


@dataclass(frozen=True)
class RightsPage(Page):
    """``when`` says whether ``given.announce`` holds always or by night; ``hours`` are the night's
    first and last hour by the site's clock."""

    template: ClassVar[str] = "newsroom/arrange/rights.html"

    title: str
    rights: Rights
    withdrawers: tuple[str, ...]
    announcers: tuple[str, ...]
    when: str
    hours: tuple[int, int]
    bad: Faults


@needs("rights.give")
def rights() -> str:
    """Show who may withdraw stories and announce breaking news."""
    return _page(rights_now(), GOOD)


@needs("rights.give")
def give() -> Any:
    """Save who may withdraw and announce, and between which hours; a form with faults comes again
    (422)."""
    hours = {str(hour): hour for hour in range(24)}
    night = hours.get(form_value("begin"), -1), hours.get(form_value("end"), -1)
    only = form_value("when") == NIGHT and form_value("announce") != "chief"
    new_rights = Rights(form_value("withdraw"), form_value("announce"), night if only else None)
    try:
        give_rights(new_rights, acting())
    except Refused as refused:
        return _page(new_rights, faults_of(refused)), 422
    return redirect_with_notice(_("حُفظت الصلاحيات."), "newsroom.rights")


def _page(form: Rights, bad: Faults) -> str:
    return RightsPage(
        _("الصلاحيات"),
        form,
        GRANTABLE["story.withdraw"],
        GRANTABLE["bulletin.announce"],
        NIGHT if form.night else ALWAYS,
        form.night or (EVENING, MORNING),
        bad,
    ).render()
