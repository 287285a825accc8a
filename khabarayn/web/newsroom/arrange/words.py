"""The page of the paper's preferred spellings, and of spellings that search treats as one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _

from khabarayn.desk.arrange.house_words import (
    drop_house_word,
    hold_apart,
    hold_equal,
    house_words,
    set_house_word,
)
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.search.spellings import added_spellings
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page


@dataclass(frozen=True)
class WordsPage(Page):
    """The paper's preferred words with those to avoid (``groups``), the spellings that search holds
    equal (``equal``), and a form for each."""

    template: ClassVar[str] = "newsroom/arrange/words.html"

    title: str
    groups: tuple[tuple[str, ...], ...]
    equal: tuple[str, ...]
    word: str
    others: str
    spellings: str
    bad: Faults


@needs("arrange.words")
def words() -> str:
    """Show the paper's preferred words and the spellings that search holds equal."""
    return _words(GOOD)


@needs("arrange.words")
def save_word() -> Any:
    """Save a preferred word and those to avoid; a form with faults comes again (422)."""
    try:
        set_house_word(form_value("word"), _split_words(form_value("others")), acting())
    except Refused as refused:
        return _words(faults_of(refused)), 422
    return redirect_with_notice(_("حُفظت الكلمة."), "newsroom.words")


@needs("arrange.words")
def drop_word() -> Any:
    """Delete a preferred word."""
    try:
        drop_house_word(form_value("word"), acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.words")
    return redirect_with_notice(_("حُذفت الكلمة."), "newsroom.words")


@needs("arrange.words")
def save_spellings() -> Any:
    """Save a group of spellings that search holds equal; a form with faults comes again (422)."""
    try:
        hold_equal(_split_words(form_value("spellings")), acting())
    except Refused as refused:
        return _words(faults_of(refused)), 422
    return redirect_with_notice(_("صارت هذه الصيغ عند البحث كلمة واحدة."), "newsroom.words")


@needs("arrange.words")
def drop_spellings() -> Any:
    """Delete a group of spellings; search tells them apart again."""
    try:
        hold_apart(form_value("group"), acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.words")
    return redirect_with_notice(_("حُذفت المجموعة."), "newsroom.words")


def _split_words(text: str) -> list[str]:
    return [
        part for part in text.replace("،", "\n").replace(",", "\n").splitlines() if part.strip()
    ]


def _words(bad: Faults) -> str:
    return WordsPage(
        _("معجم الدار"), house_words(), added_spellings(),
        form_value("word"), form_value("others"), form_value("spellings"), bad,
    ).render()  # fmt: skip
