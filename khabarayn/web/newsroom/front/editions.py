"""Pages of the editions: choose the stories of one, order it, and see those that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card
from khabarayn.desk.front.make_edition import by_rule
from khabarayn.desk.front.order_edition import order_edition, plan_edition
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.translations import language_name
from khabarayn.edition.choose import RING
from khabarayn.edition.name import EditionName, newest
from khabarayn.messages.editions import edition_title
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import now
from khabarayn.store.queries.cards import LATEST, cards_by_id, cards_in
from khabarayn.store.queries.editions import (
    Edition,
    EditionCard,
    edition_by_name,
    editions,
)
from khabarayn.store.queries.languages import languages_with_stories, main_language
from khabarayn.store.queries.story_filter import StoryListFilter
from khabarayn.store.queries.story_lists import list_page
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults
from khabarayn.web.newsroom.languages import LanguageTab, chosen_language, language_tabs
from khabarayn.web.page import Page

AHEAD = 4
BEHIND = 2
PAST_ISSUES = 20
POOL = 30


@dataclass(frozen=True)
class Issue:
    """An edition in the table, whose ``title`` names its language where the paper has several;
    ``state`` in words, ``made`` when it has appeared."""

    name: str
    title: str
    closes_at: datetime
    state: str
    made: bool
    ordered: bool
    closed: bool


@dataclass(frozen=True)
class MadeIssue:
    """An edition that has appeared, with its title."""

    head: EditionCard
    title: str


@dataclass(frozen=True)
class NewsroomEditionsPage(Page):
    """The editions around today in a language (``table``), made or to come, and the last ones that
    were made; ``languages`` to choose from."""

    template: ClassVar[str] = "newsroom/front/editions.html"

    title: str
    languages: tuple[LanguageTab, ...]
    table: tuple[Issue, ...]
    past_issues: tuple[MadeIssue, ...]


@dataclass(frozen=True)
class NewsroomEditionPage(Page):
    """The composition of one edition: its stories in order, and the pool to choose from. ``ruled``
    says that the automatic choice stands, ``changed`` that it is not saved."""

    template: ClassVar[str] = "newsroom/front/edition.html"

    title: str
    issue: Issue
    stories: tuple[Card, ...]
    ruled: bool
    changed: bool
    pool: tuple[Card, ...]
    query: str
    bad: Faults


def _title(name: EditionName) -> str:
    title = edition_title(name.half)
    return f"{title} · {language_name(name.language)}" if name.language else title


def _settings() -> Settings:
    return settings_of(current_app.config)


def _issue(name: EditionName, this_edition: Edition | None) -> Issue:
    closes = name.closes(_settings().tz)
    is_closed = closes <= now()
    is_ordered = this_edition is not None and this_edition.ordered_at is not None
    is_made = this_edition is not None and this_edition.complete
    if is_ordered and is_closed:
        state = _("في المطبعة")
    elif is_made:
        state = _("صدرت")
    elif this_edition is not None and this_edition.plan:
        state = _("اختيرت أخبارها، وتُطبع حين يحين موعدها") if not is_closed else _("اختيرت أخبارها")
    else:
        state = _("لم تُختر أخبارها بعد") if not is_closed else _("لم تصدر")
    return Issue(
        str(name),
        _title(name),
        closes,
        state,
        is_made,
        is_ordered and is_closed,
        is_closed,
    )


@needs("edition.make")
def all_editions() -> str:
    """Show the editions around now and the last that were made."""
    tz = _settings().tz
    language = chosen_language()
    last = newest(now(), tz, language)
    names = [last]
    while len(names) < BEHIND:
        names.append(names[-1].previous)
    coming = [last.following]
    while len(coming) < AHEAD:
        coming.append(coming[-1].following)
    table = [*reversed(coming), *names]
    past_issues = editions(PAST_ISSUES, language=language or main_language())
    return NewsroomEditionsPage(
        title=_("النشرات"),
        languages=language_tabs("newsroom.editions", language),
        table=tuple(_issue(name, edition_by_name(str(name))) for name in table),
        past_issues=tuple(MadeIssue(head, edition_title(head.name)) for head in past_issues),
    ).render()


def _edition_name(name: str) -> EditionName:
    try:
        edition_name = EditionName.parse(name)
    except ValueError:
        abort(404)
    if edition_name.language not in {"", *languages_with_stories()[1:]}:
        abort(404)
    return edition_name


def _reorder(stories: list[str], what: str) -> list[str]:
    """Return the choice after one button: «up.<id>», «down.<id>», «out.<id>», «in.<id>»."""
    verb, _dot, story = what.partition(".")
    result = list(dict.fromkeys(stories))
    if not PATTERN.fullmatch(story):
        return result
    if verb == "in" and story not in result:
        result.append(story)
    elif story in result and verb in {"up", "down", "out", "first"}:
        place = result.index(story)
        result.remove(story)
        if verb == "first":
            result.insert(0, story)
        elif verb != "out":
            result.insert(max(0, place + (-1 if verb == "up" else 1)), story)
    return result


@needs("edition.make")
def edition(name: str) -> str:
    """Show one edition's composition. The query carries an unsaved order (``story``, repeated) and
    the step to try on it (``do``)."""
    edition_name = _edition_name(name)
    this_edition = edition_by_name(name)
    what = request.args.get("do", "")
    if what == "rule":
        automatic_ids = [
            one.card.id for one in by_rule(edition_name, _settings().tz) if one.role != RING
        ]
        return _page(edition_name, this_edition, automatic_ids, changed=True)
    if "story" in request.args:
        return _page(
            edition_name,
            this_edition,
            _reorder(_ids(request.args.getlist("story")), what),
            changed=True,
        )
    return _page(
        edition_name, this_edition, _reorder(_standing(this_edition), what), changed=bool(what)
    )


def _ids(values: list[str]) -> list[str]:
    """Return the values that are a story's id; an empty value says that the list was sent."""
    return [value for value in values if PATTERN.fullmatch(value)]


def _standing(this_edition: Edition | None) -> list[str]:
    """Return the saved choice: the plan, or what the edition holds."""
    if this_edition is None:
        return []
    if this_edition.plan:
        return list(this_edition.plan)
    return [line.id for line in this_edition.lines if line.card and line.role != RING]


def _page(
    name: EditionName,
    this_edition: Edition | None,
    stories: list[str],
    changed: bool = False,
    bad: Faults = GOOD,
) -> str:
    cards = cards_by_id(stories)
    choice_cards = tuple(cards[story] for story in stories if story in cards)
    query = request.args.get("q", "")[:200].strip()
    language = name.language or main_language()
    if query:
        hits = list_page(
            "live", StoryListFilter(person().id, True, query, language=language), limit=POOL
        ).stories
        live = cards_by_id(story.id for story in hits)
        pool = tuple(live[story.id] for story in hits if story.id in live)
    else:
        pool = cards_in(LATEST, limit=POOL + len(choice_cards), language=language).cards
    issue = _issue(name, this_edition)
    return NewsroomEditionPage(
        title=issue.title,
        issue=issue,
        stories=choice_cards,
        ruled=not choice_cards,
        changed=changed,
        pool=tuple(card for card in pool if card.id not in cards)[:POOL],
        query=query,
        bad=bad,
    ).render()


@needs("edition.make")
def plan(name: str) -> Response | tuple[str, int]:
    """Save the choice of stories."""
    edition_name = _edition_name(name)
    stories = _ids(request.form.getlist("story"))
    try:
        plan_edition(edition_name, stories, acting(), _settings().tz)
    except Refused as refusal:
        return _page(edition_name, edition_by_name(name), stories, True, faults_of(refusal)), 422
    flash(_("حُفظ الاختيار."))
    return redirect(url_for("newsroom.edition", name=name), 303)


@needs("edition.make")
def order(name: str) -> Response | tuple[str, int]:
    """Order the edition to be made by the worker, from the saved choice; a refusal comes with the
    page (422)."""
    edition_name = _edition_name(name)
    try:
        order_edition(edition_name, acting(), _settings().tz)
    except Refused as refusal:
        this_edition = edition_by_name(name)
        return _page(
            edition_name, this_edition, _standing(this_edition), bad=faults_of(refusal)
        ), 422
    flash(_("تُطبع النشرة الآن، وتظهر بعد قليل."))
    language = edition_name.language or None
    return redirect(url_for("newsroom.editions", language=language), 303)
