"""One change for many stories: permission is asked for each, and each has its own outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.slug import tag_key
from khabarayn.article.content import Content
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_revision, log, newest_content, standing_of, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import TAG, TAGS
from khabarayn.desk.stories.enter import enter
from khabarayn.desk.stories.project import project, section_id
from khabarayn.desk.stories.publish import put_out
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import commit, writing

# At most so many stories at once: more than a list shows, and each may be published anew.
MOST = 60


class Unchanged(Refused):
    """The story is already as it was asked to be."""


@dataclass(frozen=True)
class Outcome:
    """``reason`` says why nothing was done to the story; empty when it was."""

    story: str
    reason: str = ""


def move_many(stories: tuple[str, ...], section: str, by: By) -> tuple[Outcome, ...]:
    """Move each of the stories to the section with this slug. Raises `Refused`: no such section."""
    section_id(section)

    def move(content: Content) -> Content:
        return replace(content, section=section)

    return _each(stories, lambda story: change_story(story, move, by))


def tag_many(stories: tuple[str, ...], tag: str, by: By) -> tuple[Outcome, ...]:
    """Give each of the stories the tag. Raises `Refused`: no name of a tag."""
    name = _tag(tag)

    def add(content: Content) -> Content:
        if tag_key(name) in map(tag_key, content.tags):
            return content
        if len(content.tags) >= TAGS:
            raise Refused("tag", _("له %(most)s وسمًا من قبل.", most=TAGS))
        return replace(content, tags=(*content.tags, name))

    return _each(stories, lambda story: change_story(story, add, by))


def untag_many(stories: tuple[str, ...], tag: str, by: By) -> tuple[Outcome, ...]:
    """Take the tag from each of the stories. Raises `Refused`: no name of a tag."""
    key = tag_key(_tag(tag))

    def remove(content: Content) -> Content:
        return replace(content, tags=tuple(one for one in content.tags if tag_key(one) != key))

    return _each(stories, lambda story: change_story(story, remove, by))


def withdraw_many(stories: tuple[str, ...], reason: str, by: By) -> tuple[Outcome, ...]:
    """Withdraw each of the stories with the same ``reason``. Raises `Refused`: there is none."""
    if not clean_line(reason, 500).text:
        raise Refused("reason", _("لا يُسحب خبر بلا سبب مكتوب."))
    return _each(stories, lambda story: withdraw(story, by, reason))


def change_story(public_id: str, change: Callable[[Content], Content], by: By) -> None:
    """Save what ``change`` makes of the story's newest text; where readers have that text, publish
    the new one, which is not said to be newer. Raises `Refused` (`Forbidden`; `Unchanged`; readers
    have an older text than the newest, which would go out with it)."""
    word = _change_one(public_id, change, by)
    if word is not None:
        enter(word, public_id)


@writing()
def _change_one(public_id: str, change: Callable[[Content], Content], by: By) -> int | None:
    """Do it; return the number of the outbox's row by which a new text of readers is made known."""
    row = story_row(public_id)
    standing = standing_of(row)
    require(by, "story.edit", standing)
    if row.page:
        raise Refused("status", _("هذه صفحة ثابتة، لا قسم لها ولا وسوم."))
    number, content = newest_content(row)
    new = change(content)
    if new == content:
        raise Unchanged("story", _("هو كذلك من قبل."))
    live = row.status == "published"
    if live:
        require(by, "story.publish", standing)
        if row.live_number != number:
            raise Refused("status", _("فيه تعديل لم يُنشر. انشره أولًا."))
    elif row.status != "withdrawn":
        project(new, row)
    log("revise", by, row, revision=add_revision(row, new, by))
    word = put_out(public_id, by, updated_at=row.updated_at)[1] if live else None
    commit()
    return word


def _tag(form: str) -> str:
    name = clean_line(form.strip().lstrip("#").replace("_", " "), TAG).text
    if not tag_key(name):
        raise Refused("tag", _("اكتب الوسم."))
    return name


def _each(stories: tuple[str, ...], do: Callable[[str], None]) -> tuple[Outcome, ...]:
    if len(stories) > MOST:
        raise Refused("story", _("%(most)s خبرًا على الأكثر في المرة الواحدة.", most=MOST))
    return tuple(_outcome(story, do) for story in dict.fromkeys(stories))


def _outcome(story: str, do: Callable[[str], None]) -> Outcome:
    try:
        do(story)
    except Refused as refused:
        return Outcome(story, refused.message)
    return Outcome(story)
