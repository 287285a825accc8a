"""The page of the paper's settings: languages, dates, digits, accounts elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import current_app, request
from flask_babel import gettext as _

from khabarayn.backup.age import BackupState
from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.settings import DIGITS, MONTHS, Settings, settings_of
from khabarayn.store.queries.site import accounts, counting, site_settings
from khabarayn.web.newsroom.access import acting, backups, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value, redirect_with_notice
from khabarayn.web.page import Page
from khabarayn.web.site import paper


@dataclass(frozen=True)
class PaperSettingsPage(Page):
    """``usual`` is what holds where nothing is said; ``choices`` the languages to choose from."""

    template: ClassVar[str] = "newsroom/arrange/settings.html"

    title: str
    form: PaperSettings
    usual: Settings
    choices: tuple[str, ...]
    months: tuple[str, ...]
    digit_sets: tuple[str, ...]
    bad: Faults
    backup: BackupState


@needs("site.settings")
def settings() -> str:
    """Show the settings of the site as the newsroom has set them; empty where the environment
    decides."""
    values = site_settings()
    usual = _usual()
    languages = tuple(x for x in usual.locales[1:] if x in paper().locales)
    social = "\n".join(account.url for account in accounts())
    formats = {name: values.get(name, "") for name in ("months", "digits", "hijri")}
    return _settings(PaperSettings(**formats, languages=languages, social=social,
                                   counting=counting()), GOOD)  # fmt: skip


@needs("site.settings")
def save_settings() -> Any:
    """Save the settings of the site; a form with faults comes again (422)."""
    paper_settings = PaperSettings(
        months=form_value("months"),
        digits=form_value("digits"),
        hijri=form_value("hijri"),
        languages=tuple(request.form.getlist("languages")),
        social=form_value("social"),
        counting=form_value("counting") == "1",
    )
    try:
        set_site(paper_settings, acting(), _usual().locales[1:])
    except Refused as refused:
        return _settings(replace(paper_settings), faults_of(refused)), 422
    return redirect_with_notice(_("حُفظت إعدادات الموقع."), "newsroom.settings")


def _usual() -> Settings:
    return settings_of(current_app.config)


def _settings(form: PaperSettings, bad: Faults) -> str:
    usual = _usual()
    title, languages = _("إعدادات الموقع"), usual.locales[1:]
    return PaperSettingsPage(title, form, usual, languages, MONTHS, DIGITS, bad, backups()).render()
