"""The page that composes the front page of a language: the composition travels in the address
until it is published."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.compose import compose as compose_cards
from khabarayn.article.front_blocks import EXTRAS
from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card, Section
from khabarayn.desk.front.front_page import PLACES, FrontChanged, FrontPlace, compose_front
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.db import now
from khabarayn.store.queries.cards import LATEST, cards_by_id, cards_in, section_list
from khabarayn.store.queries.front import front_forms, front_state, placings
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story_filter import StoryListFilter
from khabarayn.store.queries.story_lists import list_page
from khabarayn.web.filters_dates import time_of_day
from khabarayn.web.front_page import HomePage, home_page
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.front.bulletin import StripForm, strip_form
from khabarayn.web.newsroom.languages import (
    LanguageTab,
    address_in,
    chosen_language,
    language_tabs,
)
from khabarayn.web.page import Page

POOL = 30
# At most so many sections are offered.
BLOCKS = 60
HOURS = (2, 6, 12, 24)
BY_RULE, BY_EDITOR = "", "-"


@dataclass(frozen=True)
class Spot:
    """One place of the page: the story that stands there, put by an editor (``ours``) or by the
    automatic order. ``until`` is what the field says: «-» for good, hours from now («6»), or the
    moment (ISO) at which the place is given back."""

    number: int
    card: Card | None
    ours: bool
    until: str
    until_words: str


@dataclass(frozen=True)
class BlockChoice:
    """One block of the page below its top, and the form that editors chose for it (empty: the page
    chooses). ``section`` is None for a block that belongs to none, which is only on or off."""

    block: str
    section: Section | None
    form: str


@dataclass(frozen=True)
class FrontComposePage(Page):
    """The slots of the front page and the pool of stories for them, and its blocks. ``state`` is
    that from which the editor began, by which a change by somebody else is noticed; ``language`` is
    that of the page, empty for the paper's first one, ``languages`` those to choose from."""

    template: ClassVar[str] = "newsroom/front/front.html"

    title: str
    language: str
    languages: tuple[LanguageTab, ...]
    home_url: str
    spots: tuple[Spot, ...]
    blocks: tuple[BlockChoice, ...]
    changed: bool
    state: str
    pool: tuple[Card, ...]
    query: str
    hours: tuple[int, ...]
    strip: StripForm
    bad: Faults


@dataclass(frozen=True)
class FrontPreviewPage(HomePage):
    """The readers' page with the choice on it, and the way back above it."""

    template: ClassVar[str] = "newsroom/front/front_preview.html"

    back_url: str


def _standing(language: str) -> dict[int, tuple[str, str]]:
    """Return the composition that readers see: story and until, by place."""
    return {
        one.place: (one.card.id, one.until.isoformat() if one.until else BY_EDITOR)
        for one in placings(language)
        if one.place < PLACES
    }


def _choices_in(values: Any) -> dict[int, tuple[str, str]]:
    """Return the composition of a form or an address; values that are no story's id are left
    out."""
    stories, untils = values.getlist("story")[:PLACES], values.getlist("until")[:PLACES]
    untils += [BY_EDITOR] * (len(stories) - len(untils))
    return {
        place: (story, until)
        for place, (story, until) in enumerate(zip(stories, untils, strict=False))
        if PATTERN.fullmatch(story)
    }


def _forms(values: Any, language: str) -> dict[str, str]:
    """Return the forms of blocks that a form or an address names («s:3.row»), or those that readers
    see where it names none."""
    values_here = values.getlist("form")[: len(EXTRAS) + BLOCKS]
    if not values_here:
        return front_forms(language)
    parts = (one.partition(".") for one in values_here)
    return {block[:40]: form[:20] for block, _dot, form in parts if form}


def _block_choices(forms: dict[str, str]) -> tuple[BlockChoice, ...]:
    tree = section_tree()
    sections = {section_list(tree.ids[section.slug]): section for section in tree.nav}
    choices = [BlockChoice(name, one, forms.get(name, "")) for name, one in sections.items()]
    choices += [BlockChoice(name, None, forms.get(name, "")) for name in EXTRAS]
    return tuple(choices)


def _rearrange(places: dict[int, tuple[str, str]], what: str) -> dict[int, tuple[str, str]]:
    """Return the composition after one press of a button: «up.2», «down.2», «out.2»,
    «pin.2.<id>», «lead.<id>», «in.<id>»."""
    verb, _dot, rest = what.partition(".")
    number, _dot, story = rest.partition(".")
    result = dict(places)
    if verb in {"up", "down", "out", "pin"}:
        if number not in {str(place) for place in range(PLACES)}:
            return result
        place = int(number)
        if verb == "out":
            result.pop(place, None)
        elif verb == "pin" and PATTERN.fullmatch(story):
            result = {n: spot for n, spot in result.items() if spot[0] != story}
            result[place] = (story, BY_EDITOR)
        else:
            other = place + (-1 if verb == "up" else 1)
            if 0 <= other < PLACES:
                mine, theirs = result.pop(place, None), result.pop(other, None)
                result |= {other: mine} if mine else {}
                result |= {place: theirs} if theirs else {}
        return result
    if verb not in {"lead", "in"} or not PATTERN.fullmatch(number):
        return result
    result = {n: spot for n, spot in result.items() if spot[0] != number}
    if verb == "lead":
        # The former lead moves down one place, and so do those below it until a place is free.
        free = next((n for n in range(PLACES) if n not in result), PLACES - 1)
        result.pop(free, None)
        result = {n + 1 if n < free else n: spot for n, spot in result.items()}
        result[0] = (number, BY_EDITOR)
    else:
        free = next((n for n in range(1, PLACES) if n not in result), PLACES - 1)
        result[free] = (number, BY_EDITOR)
    return result


def _until(text: str, moment: datetime) -> datetime | None:
    """Return the time that the field means. Raises `Refused`."""
    if text in {BY_EDITOR, ""}:
        return None
    if text in {str(hours) for hours in HOURS}:
        return moment + timedelta(hours=int(text))
    try:
        until = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("front", _("لا يوجد هذا اليوم أو هذه الساعة.")) from error
    if until.tzinfo is None:
        raise Refused("front", _("لا يوجد هذا اليوم أو هذه الساعة."))
    return until


def _page(
    language: str,
    places: dict[int, tuple[str, str]],
    changed: bool,
    forms: dict[str, str],
    bad: Faults = GOOD,
) -> str:
    cards = cards_by_id(story for story, _until in places.values())
    mine = {n: cards[story] for n, (story, _until) in places.items() if story in cards}
    latest = cards_in(LATEST, limit=48, language=language or main_language()).cards
    automatic_front = compose_cards(latest, mine)
    automatic = (automatic_front.lead, *automatic_front.seconds, *([None] * PLACES))[:PLACES]
    spots = []
    for number in range(PLACES):
        until = places[number][1] if number in mine else BY_RULE
        spots.append(
            Spot(number, mine.get(number, automatic[number]), number in mine, until, _words(until))
        )
    query = request.args.get("q", "")[:200].strip()
    used_ids = {spot.card.id for spot in spots if spot.card and spot.ours}
    pool = tuple(card for card in _pool(query, latest, language) if card.id not in used_ids)
    return FrontComposePage(
        title=_("الصفحة الأولى"),
        language=language,
        languages=language_tabs("newsroom.front", language),
        home_url=address_in(language, "reader.home"),
        spots=tuple(spots),
        blocks=_block_choices(forms),
        changed=changed,
        state=request.values.get("seen", "") or front_state(language),
        pool=pool[:POOL],
        query=query,
        hours=HOURS,
        strip=strip_form(request.args.get("bulletin", "")),
        bad=bad,
    ).render()


def _pool(query: str, latest: tuple[Card, ...], language: str) -> tuple[Card, ...]:
    if not query:
        return latest
    stories = list_page(
        "live",
        StoryListFilter(person().id, True, query, language=language or main_language()),
        limit=POOL,
    ).stories
    cards = cards_by_id(story.id for story in stories)
    return tuple(cards[story.id] for story in stories if story.id in cards)


def _words(until: str) -> str:
    """Return the moment of a place in words; empty for what the field says by itself."""
    try:
        moment = datetime.fromisoformat(until) if len(until) > 2 else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return ""
    return _("حتى %(hour)s", hour=time_of_day(moment))


@needs("front.compose")
def compose_page() -> str:
    """Show the composition that readers see, or the one in the address, after one more move."""
    language, what = chosen_language(), request.args.get("do", "")
    forms = _forms(request.args, language)
    if "story" not in request.args:
        return _page(language, _rearrange(_standing(language), what), "do" in request.args, forms)
    return _page(language, _rearrange(_choices_in(request.args), what), True, forms)


@needs("front.compose")
def compose() -> Response | tuple[str, int]:
    """Publish the composition."""
    language = chosen_language()
    places, forms = _choices_in(request.form), _forms(request.form, language)
    here = url_for("newsroom.front", language=language or None)
    moment = now()
    try:
        choices = {
            n: FrontPlace(story, _until(until_text, moment))
            for n, (story, until_text) in places.items()
        }
        compose_front(choices, acting(), form_value("seen"), forms, language)
    except FrontChanged as refusal:
        flash(refusal.message, "error")
        return redirect(here, 303)
    except Refused as refusal:
        return _page(language, places, True, forms, bad=faults_of(refusal)), 422
    flash(_("هذه هي الصفحة الأولى الآن."))
    return redirect(here, 303)


@needs("front.compose")
def preview() -> str:
    """Show the front page as readers would see it: as the query composes it, or as saved."""
    language = chosen_language()
    places = _choices_in(request.args) if "story" in request.args else _standing(language)
    cards = cards_by_id(story for story, _until in places.values())
    placements = {n: cards[story] for n, (story, _until) in places.items() if story in cards}
    back = url_for("newsroom.front") + "?" + request.query_string.decode("ascii", "ignore")
    with force_locale(language) if language else nullcontext():
        home = home_page(placements, _forms(request.args, language), language or main_language())
        return FrontPreviewPage(**vars(home), back_url=back).render()
