"""The newsroom's first page: lists of stories (mine, in review, scheduled, published and others),
with filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from flask import abort, request, url_for
from flask_babel import gettext as _

from khabarayn.arabic.numerals import to_digits
from khabarayn.article.story import Picture, Section
from khabarayn.desk.permissions import may
from khabarayn.desk.stories.transitions import state_name
from khabarayn.desk.stories.translations import language_name
from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.people import Person
from khabarayn.store.queries.pictures import stored_pictures
from khabarayn.store.queries.presence import Open, open_now, present
from khabarayn.store.queries.revisions import Autosave, unsaved_new_stories
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story_filter import STORY_LISTS, StoryListFilter
from khabarayn.store.queries.story_lists import (
    COUNT_LIMIT,
    Note,
    Owner,
    StorySummary,
    list_counts,
    list_page,
    names_and_reads,
    newest_notes,
    owners,
)
from khabarayn.web.newsroom.access import needs, person
from khabarayn.web.newsroom.stories.many import BulkAction, deeds_for_many
from khabarayn.web.newsroom.stories.workflow import StepForm, steps_of, story_url
from khabarayn.web.page import Page
from khabarayn.web.request import whole
from khabarayn.web.site import paper

YEARS = (1990, 2199)


@dataclass(frozen=True)
class Tab:
    """A list of the newsroom; ``count`` is already in words, and empty where none is kept."""

    name: str
    title: str
    url: str
    count: str
    here: bool


@dataclass(frozen=True)
class Line:
    """A story in a list: its first step in one's own hand, its newest note, who has it open, its
    lead picture, who signed it, and how often readers opened it."""

    story: StorySummary
    state: str
    url: str
    step: StepForm | None
    note: Note | None
    names: tuple[str, ...]
    picture: Picture | None
    authors: tuple[str, ...]
    reads: int


@dataclass(frozen=True)
class Filters:
    """What is looked for, and what may be chosen (``languages`` as code and name); ``active`` when
    it narrows the list, ``more`` when by what stands folded away."""

    text: str
    section: str
    owner: str
    author: str
    tag: str
    since: str
    until: str
    language: str
    languages: tuple[tuple[str, str], ...]
    more: bool
    sections: tuple[Section, ...]
    owners: tuple[Owner, ...]
    active: bool


@dataclass(frozen=True)
class StoryListPage(Page):
    """``deeds`` may be done to many stories at once; ``here_query`` leads back to this list."""

    template: ClassVar[str] = "newsroom/stories/story_list.html"

    title: str
    list_name: str
    tabs: tuple[Tab, ...]
    filters: Filters
    lines: tuple[Line, ...]
    next_url: str
    clear_url: str
    new_url: str
    autosaves: tuple[Autosave, ...]
    open: tuple[tuple[Open, str], ...]
    worker_away: bool
    deeds: tuple[BulkAction, ...]
    here_query: str


def list_titles() -> dict[str, str]:
    """Return the names of the newsroom's lists of stories, by key, in their order."""
    return {
        "mine": _("أخباري"),
        "review": _("ينتظر المراجعة"),
        "scheduled": _("مجدول"),
        "live": _("منشور"),
        "drafts": _("المسودات"),
        "withdrawn": _("مسحوب"),
    }


def sees_all(who: Person) -> bool:
    """Whether the person works on other people's stories."""
    return may(who, "story.publish")


def wanted_of(who: Person) -> StoryListFilter:
    """Return what the address asks for; what is no section, person or day of ours is left out."""
    since, until = day_of("from"), day_of("to")
    owner = request.args.get("owner", "")
    section = request.args.get("section", "")
    language = request.args.get("language", "")
    return StoryListFilter(
        reader=who.id,
        sees_all=sees_all(who),
        text=request.args.get("q", "")[:200].strip(),
        section=section if section_tree().find(section) else "",
        owner=whole(owner),
        author=request.args.get("author", "")[:120].strip(),
        tag=request.args.get("tag", "")[:80].strip(),
        since=since and _start_of(since),
        until=until and _start_of(until + timedelta(days=1)),
        language=language if language in list_languages() else "",
    )


def day_of(name: str) -> date | None:
    """Return the day that the address says under ``name``, in any digits, or None."""
    text = to_digits(request.args.get(name, "").strip(), "latn")
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and YEARS[0] <= day.year <= YEARS[1] else None


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, paper().tz).astimezone(UTC)


@needs("newsroom.see")
def story_list() -> str:
    """Show a page of a list of stories (``list_name``), narrowed by the filters of the query;
    404 for an unknown list."""
    me = person()
    titles = list_titles()
    list_filter = wanted_of(me)
    list_name = request.args.get("shelf", "mine")
    if list_name not in STORY_LISTS:
        abort(404)
    before = request.args.get("before", "")
    page = list_page(list_name, list_filter, before=before)
    ids = tuple(story.id for story in page.stories)
    notes_by_id, here = newest_notes(ids), present(ids, but=me.id)
    pictures = stored_pictures({story.lead for story in page.stories if story.lead})
    bylines = names_and_reads(ids)
    filters, filter_query = _filters(list_filter, me)
    counts = list_counts(list_filter)
    open_stories = open_now() if sees_all(me) else ()
    return StoryListPage(
        title=titles[list_name],
        list_name=list_name,
        tabs=_tabs(titles, list_name, filter_query, counts),
        filters=filters,
        lines=tuple(
            _line(
                story,
                me,
                notes_by_id.get(story.id),
                here.get(story.id, ()),
                pictures.get(story.lead),
                *bylines.get(story.id, ((), 0)),
            )
            for story in page.stories
        ),
        next_url=(
            url_for("newsroom.story_list", shelf=list_name, before=page.next_key, **filter_query)
            if page.next_key
            else ""
        ),
        clear_url=url_for("newsroom.story_list", shelf=list_name),
        new_url=url_for("newsroom.new_story") if may(me, "story.write") else "",
        autosaves=unsaved_new_stories(me.id)
        if list_name == "mine" and not (filter_query or before)
        else (),
        # A missing worker is only mentioned where stories are scheduled.
        worker_away=bool(counts["scheduled"]) and not worker_is_alive(),
        open=tuple((one, story_url(one.id)) for one in open_stories),
        deeds=deeds_for_many(),
        here_query="?" + urlencode({"shelf": list_name, **filter_query}),
    ).render()


def _filters(list_filter: StoryListFilter, me: Person) -> tuple[Filters, dict[str, Any]]:
    """Return the filters in force and what may be chosen, and the query that says them again."""
    since, until = day_of("from"), day_of("to")
    values = {
        "q": list_filter.text,
        "section": list_filter.section,
        "owner": list_filter.owner,
        "author": list_filter.author,
        "tag": list_filter.tag,
        "from": since and since.isoformat(),
        "to": until and until.isoformat(),
        "language": list_filter.language,
    }
    filter_query = {name: value for name, value in values.items() if value}
    filters = Filters(
        text=list_filter.text,
        section=list_filter.section,
        owner=str(list_filter.owner or ""),
        author=list_filter.author,
        tag=list_filter.tag,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        language=list_filter.language,
        languages=tuple((one, language_name(one)) for one in list_languages()),
        more=bool(list_filter.author or list_filter.tag or since or until or list_filter.language),
        sections=tuple(section_tree().by_id.values()),
        owners=owners() if sees_all(me) else (),
        active=bool(filter_query),
    )
    return filters, filter_query


def _tabs(
    titles: Mapping[str, str],
    list_name: str,
    filter_query: Mapping[str, Any],
    counts: Mapping[str, int],
) -> tuple[Tab, ...]:
    """Return the lists, each with its address under the same filters and its count in words."""
    return tuple(
        Tab(
            name,
            title,
            url_for("newsroom.story_list", shelf=name, **filter_query),
            f"+{COUNT_LIMIT}" if counts[name] > COUNT_LIMIT else str(counts[name]),
            name == list_name,
        )
        for name, title in titles.items()
    )


def _line(
    story: StorySummary,
    me: Person,
    note: Note | None,
    names: tuple[str, ...],
    picture: Picture | None,
    authors: tuple[str, ...],
    reads: int,
) -> Line:
    steps = steps_of(story, me)
    return Line(
        story,
        state_name(story.status),
        story_url(story.id),
        next((step for step in steps if step.weight == "main"), None),
        note if story.status in {"draft", "review"} else None,
        names,
        picture,
        authors,
        reads,
    )
