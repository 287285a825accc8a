"""The page that composes the front page: the composition travels in the address until it is
published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
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
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story_lists import StoryListFilter, list_page
from khabarayn.web.filters import time_of_day
from khabarayn.web.front_page import HomePage, home_page
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.front.bulletin import StripForm, strip_form
from khabarayn.web.page import Page

POOL = 30
# More sections than any bar holds.
BLOCKS = 60
HOURS = (2, 6, 12, 24)
BY_RULE, PINNED = "", "-"


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
    """The slots of the front page and the pool of stories for them, and its blocks. ``seen`` is the
    state the editor began from, by which a change by somebody else is noticed."""

    template: ClassVar[str] = "newsroom/front/front.html"

    title: str
    spots: tuple[Spot, ...]
    blocks: tuple[BlockChoice, ...]
    changed: bool
    seen: str
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


def _standing() -> dict[int, tuple[str, str]]:
    """Return the composition that readers see: story and until, by place."""
    return {
        one.place: (one.card.id, one.until.isoformat() if one.until else PINNED)
        for one in placings()
        if one.place < PLACES
    }


def _chosen(values: Any) -> dict[int, tuple[str, str]]:
    """Return the composition of a form or an address; values that are no story's id are left
    out."""
    stories, untils = values.getlist("story")[:PLACES], values.getlist("until")[:PLACES]
    untils += [PINNED] * (len(stories) - len(untils))
    return {
        place: (story, until)
        for place, (story, until) in enumerate(zip(stories, untils, strict=False))
        if PATTERN.fullmatch(story)
    }


def _forms(values: Any) -> dict[str, str]:
    """Return the forms of blocks that a form or an address names («s:3.row»), or those that readers
    see where it names none."""
    said = values.getlist("form")[: len(EXTRAS) + BLOCKS]
    if not said:
        return front_forms()
    parts = (one.partition(".") for one in said)
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
    found = dict(places)
    if verb in {"up", "down", "out", "pin"}:
        if number not in {str(place) for place in range(PLACES)}:
            return found
        place = int(number)
        if verb == "out":
            found.pop(place, None)
        elif verb == "pin" and PATTERN.fullmatch(story):
            found = {n: held for n, held in found.items() if held[0] != story}
            found[place] = (story, PINNED)
        else:
            other = place + (-1 if verb == "up" else 1)
            if 0 <= other < PLACES:
                mine, theirs = found.pop(place, None), found.pop(other, None)
                found |= {other: mine} if mine else {}
                found |= {place: theirs} if theirs else {}
        return found
    if verb not in {"lead", "in"} or not PATTERN.fullmatch(number):
        return found
    found = {n: held for n, held in found.items() if held[0] != number}
    if verb == "lead":
        # Who led goes down one, and so do those below until a place is free.
        free = next((n for n in range(PLACES) if n not in found), PLACES - 1)
        found.pop(free, None)
        found = {n + 1 if n < free else n: held for n, held in found.items()}
        found[0] = (number, PINNED)
    else:
        free = next((n for n in range(1, PLACES) if n not in found), PLACES - 1)
        found[free] = (number, PINNED)
    return found


def _until(said: str, moment: datetime) -> datetime | None:
    """Return the time that the field means. Raises `Refused`."""
    if said in {PINNED, ""}:
        return None
    if said in {str(hours) for hours in HOURS}:
        return moment + timedelta(hours=int(said))
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise Refused("front", _("لا يوجد هذا اليوم أو هذه الساعة.")) from error
    if found.tzinfo is None:
        raise Refused("front", _("لا يوجد هذا اليوم أو هذه الساعة."))
    return found


def _page(
    places: dict[int, tuple[str, str]],
    changed: bool,
    forms: dict[str, str],
    bad: Faults = GOOD,
) -> str:
    cards = cards_by_id(story for story, _until in places.values())
    mine = {n: cards[story] for n, (story, _until) in places.items() if story in cards}
    latest = cards_in(LATEST, limit=48).cards
    made = compose_cards(latest, mine)
    automatic = (made.lead, *made.seconds, *([None] * PLACES))[:PLACES]
    spots = []
    for number in range(PLACES):
        until = places[number][1] if number in mine else BY_RULE
        spots.append(
            Spot(number, mine.get(number, automatic[number]), number in mine, until, _words(until))
        )
    query = request.args.get("q", "")[:200].strip()
    used = {spot.card.id for spot in spots if spot.card and spot.ours}
    pool = tuple(card for card in _pool(query, latest) if card.id not in used)
    return FrontComposePage(
        title=_("الصفحة الأولى"),
        spots=tuple(spots),
        blocks=_block_choices(forms),
        changed=changed,
        seen=request.values.get("seen", "") or front_state(),
        pool=pool[:POOL],
        query=query,
        hours=HOURS,
        strip=strip_form(request.args.get("bulletin", "")),
        bad=bad,
    ).render()


def _pool(query: str, latest: tuple[Card, ...]) -> tuple[Card, ...]:
    if not query:
        return latest
    found = list_page("live", StoryListFilter(person().id, True, query), limit=POOL).stories
    cards = cards_by_id(story.id for story in found)
    return tuple(cards[story.id] for story in found if story.id in cards)


def _words(until: str) -> str:
    """Return the moment of a place in words; empty for what the field says by itself."""
    try:
        found = datetime.fromisoformat(until) if len(until) > 2 else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        return ""
    return _("حتى %(hour)s", hour=time_of_day(found))


@needs("front.compose")
def compose_page() -> str:
    """Show the composition that readers see, or the one in the address, after one more move."""
    if "story" not in request.args:
        places = _rearrange(_standing(), request.args.get("do", ""))
        return _page(places, "do" in request.args, _forms(request.args))
    places = _rearrange(_chosen(request.args), request.args.get("do", ""))
    return _page(places, True, _forms(request.args))


@needs("front.compose")
def compose() -> Response | tuple[str, int]:
    """Publish the composition."""
    places, forms = _chosen(request.form), _forms(request.form)
    moment = now()
    try:
        chosen = {n: FrontPlace(story, _until(said, moment)) for n, (story, said) in places.items()}
        compose_front(chosen, acting(), form_value("seen"), forms)
    except FrontChanged as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("newsroom.front"), 303)
    except Refused as refusal:
        return _page(places, True, forms, bad=faults_of(refusal)), 422
    flash(_("هذه هي الصفحة الأولى الآن."))
    return redirect(url_for("newsroom.front"), 303)


@needs("front.compose")
def preview() -> str:
    """Show the front page as readers would see it: as the query composes it, or as saved."""
    places = _chosen(request.args) if "story" in request.args else _standing()
    cards = cards_by_id(story for story, _until in places.values())
    placed = {n: cards[story] for n, (story, _until) in places.items() if story in cards}
    back = url_for("newsroom.front") + "?" + request.query_string.decode("ascii", "ignore")
    return FrontPreviewPage(**vars(home_page(placed, _forms(request.args))), back_url=back).render()
