"""What a view of the editor starts from: the story, who may do what to it, and the text to show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from khabarayn.article.content import Content
from khabarayn.article.form import Typed
from khabarayn.desk.stories.form import typed_of
from khabarayn.store.queries.revisions import InHand, Kept, kept_text, story_in_hand
from khabarayn.web.newsroom.access import allow, person


@dataclass(frozen=True)
class Desk:
    """``story`` is None before the first save, ``kept`` when this person has nothing unsaved."""

    id: str
    story: InHand | None
    kept: Kept | None

    @property
    def newest(self) -> int:
        """The number of the newest revision; 0 for a story that was never saved."""
        return self.story.revision.number if self.story else 0

    @property
    def saved(self) -> Typed:
        """The newest saved text; empty for a new story."""
        return typed_of(Content.from_json(self.story.content)) if self.story else Typed()

    @property
    def behind(self) -> bool:
        """Whether what is unsaved was begun before somebody saved a newer revision."""
        return self.kept is not None and self.kept.base != self.newest

    @property
    def text(self) -> Typed:
        """The text to work on: what is unsaved, else what is saved."""
        return Typed.of(self.kept.typed) if self.kept else self.saved


def on_desk(id: str, action: str = "story.edit") -> Desk:
    """Return the story with this public id, or a new one; 403 unless ``action`` is allowed."""
    story = story_in_hand(id)
    if story is None:
        allow("story.write")
    else:
        allow(action, story)
    return Desk(id, story, kept_text(id, person().id))


def saved_on_desk(id: str, action: str = "story.edit") -> tuple[Desk, InHand]:
    """Return a story that has been saved at least once, or answer 404."""
    story = story_in_hand(id) or abort(404)
    allow(action, story)
    return Desk(id, story, kept_text(id, person().id)), story
