"""How the house spells names, which addresses moved, and what the paper says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import current_app, request, url_for
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.arrange.house_words import (
    drop_house_word,
    hold_apart,
    hold_equal,
    house_words,
    set_house_word,
)
from khabarayn.desk.arrange.redirects import add_redirect, remove_redirect
from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.refused import Refused
from khabarayn.search.spellings import added_spellings
from khabarayn.settings import DIGITS, MONTHS, Settings
from khabarayn.store.queries.arrangement import Redirect
from khabarayn.store.queries.arrangement import redirects as moved
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import accounts, counting
from khabarayn.web.newsroom.access import needs, person
from khabarayn.web.newsroom.forms import GOOD, Complaint, complaint, done, typed, undone
from khabarayn.web.page import Page
from khabarayn.web.site import paper


@dataclass(frozen=True)
class WordsPage(Page):
    template: ClassVar[str] = "newsroom/arrange/words.html"

    title: str
    groups: tuple[tuple[str, ...], ...]
    equal: tuple[str, ...]
    word: str
    others: str
    spellings: str
    bad: Complaint


@dataclass(frozen=True)
class RedirectsPage(Page):
    template: ClassVar[str] = "newsroom/arrange/redirects.html"

    title: str
    query: str
    rows: tuple[Redirect, ...]
    next_url: str
    path: str
    target: str
    bad: Complaint


@dataclass(frozen=True)
class PaperSettingsPage(Page):
    """``usual`` is what holds where nothing is said; ``offered`` the languages to choose from."""

    template: ClassVar[str] = "newsroom/arrange/settings.html"

    title: str
    wanted: PaperSettings
    usual: Settings
    offered: tuple[str, ...]
    months: tuple[str, ...]
    digit_sets: tuple[str, ...]
    bad: Complaint


@needs("arrange.words")
def words() -> str:
    return _words(GOOD)


@needs("arrange.words")
def keep_word() -> Any:
    try:
        set_house_word(typed("word"), _parted(typed("others")), person().by)
    except Refused as refused:
        return _words(complaint(refused)), 422
    return done(_("حُفظت الكلمة."), "newsroom.words")


@needs("arrange.words")
def drop_word() -> Any:
    try:
        drop_house_word(typed("word"), person().by)
    except Refused as refused:
        return undone(refused, "newsroom.words")
    return done(_("حُذفت الكلمة."), "newsroom.words")


@needs("arrange.words")
def keep_spellings() -> Any:
    try:
        hold_equal(_parted(typed("spellings")), person().by)
    except Refused as refused:
        return _words(complaint(refused)), 422
    return done(_("صارت هذه الصيغ عند البحث كلمة واحدة."), "newsroom.words")


@needs("arrange.words")
def drop_spellings() -> Any:
    try:
        hold_apart(typed("group"), person().by)
    except Refused as refused:
        return undone(refused, "newsroom.words")
    return done(_("حُذفت المجموعة."), "newsroom.words")


@needs("arrange.redirects")
def redirects() -> str:
    return _redirects("", "", GOOD)


@needs("arrange.redirects")
def lead_on() -> Any:
    path, target = typed("path"), typed("target")
    try:
        add_redirect(path, target, person().by, paper().base_url)
    except Refused as refused:
        return _redirects(path, target, complaint(refused)), 422
    return done(_("أضيف التحويل."), "newsroom.redirects")


@needs("arrange.redirects")
def drop_redirect() -> Any:
    try:
        remove_redirect(typed("path"), person().by)
    except Refused as refused:
        return undone(refused, "newsroom.redirects")
    return done(_("حُذف التحويل."), "newsroom.redirects")


@needs("site.settings")
def settings() -> str:
    said = section_tree().settings
    usual = _usual()
    languages = tuple(x for x in usual.locales[1:] if x in paper().locales)
    social = "\n".join(account.url for account in accounts())
    known = {name: said.get(name, "") for name in ("site_name", "months", "digits")}
    return _settings(PaperSettings(**known, languages=languages, social=social,
                                   counting=counting()), GOOD)  # fmt: skip


@needs("site.settings")
def keep_settings() -> Any:
    wanted = PaperSettings(
        site_name=typed("site_name"),
        months=typed("months"),
        digits=typed("digits"),
        languages=tuple(request.form.getlist("languages")),
        social=typed("social"),
        counting=typed("counting") == "1",
    )
    try:
        set_site(wanted, person().by, _usual().locales[1:])
    except Refused as refused:
        return _settings(replace(wanted), complaint(refused)), 422
    return done(_("حُفظت إعدادات الموقع."), "newsroom.settings")


def _usual() -> Settings:
    return current_app.config["KHABARAYN"]


def _parted(text: str) -> list[str]:
    return [
        part for part in text.replace("،", "\n").replace(",", "\n").splitlines() if part.strip()
    ]


def _words(bad: Complaint) -> str:
    return WordsPage(
        _("كلمات الدار"), house_words(), added_spellings(),
        typed("word"), typed("others"), typed("spellings"), bad,
    ).render()  # fmt: skip


def _redirects(path: str, target: str, bad: Complaint) -> str:
    query = clean_line(request.args.get("q", ""), 200).text
    rows, after = moved(query, request.args.get("after", "")[:500])
    more = url_for("newsroom.redirects", q=query or None, after=after) if after else ""
    return RedirectsPage(_("التحويلات"), query, rows, more, path, target, bad).render()


def _settings(wanted: PaperSettings, bad: Complaint) -> str:
    usual = _usual()
    return PaperSettingsPage(
        _("إعدادات الموقع"), wanted, usual, usual.locales[1:], MONTHS, DIGITS, bad
    ).render()
