"""The page of redirects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import request, url_for
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.arrange.redirects import add_redirect, remove_redirect
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.redirects import Redirect
from khabarayn.store.queries.redirects import redirects as find_redirects
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page
from khabarayn.web.site import paper


@dataclass(frozen=True)
class RedirectsPage(Page):
    """The redirects, searched and a page at a time, and the form for a new one."""

    template: ClassVar[str] = "newsroom/arrange/redirects.html"

    title: str
    query: str
    rows: tuple[Redirect, ...]
    next_url: str
    path: str
    target: str
    bad: Faults


@needs("arrange.redirects")
def redirects() -> str:
    """Show the redirects and an empty form for a new one."""
    return _redirects("", "", GOOD)


@needs("arrange.redirects")
def lead_on() -> Any:
    """Add a redirect from a path of this site; a form with faults comes again (422)."""
    path, target = form_value("path"), form_value("target")
    try:
        add_redirect(path, target, acting(), paper().base_url)
    except Refused as refused:
        return _redirects(path, target, faults_of(refused)), 422
    return redirect_with_notice(_("أضيف التحويل."), "newsroom.redirects")


@needs("arrange.redirects")
def drop_redirect() -> Any:
    """Delete the redirect of a path."""
    try:
        remove_redirect(form_value("path"), acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.redirects")
    return redirect_with_notice(_("حُذف التحويل."), "newsroom.redirects")


def _redirects(path: str, target: str, bad: Faults) -> str:
    query = clean_line(request.args.get("q", ""), 200).text
    rows, after = find_redirects(query, request.args.get("after", "")[:500])
    more = url_for("newsroom.redirects", q=query or None, after=after) if after else ""
    return RedirectsPage(_("التحويلات"), query, rows, more, path, target, bad).render()
