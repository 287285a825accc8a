"""What every view of the editor needs first: the story, the right to it, and the text to show."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from khabarayn.article.form import StoryForm
from khabarayn.desk.stories.form import story_form
from khabarayn.store.queries.revisions import Autosave, EditableStory, autosave_of, editable_story
from khabarayn.web.newsroom.access import allow, person


@dataclass(frozen=True)
class StoryContext:
    """``story`` is None before the first save, ``autosave`` when nothing is unsaved."""

    id: str
    story: EditableStory | None
    autosave: Autosave | None

    @property
    def newest(self) -> int:
        """The number of the newest revision; 0 for a story that was never saved."""
        return self.story.revision.number if self.story else 0

    @property
    def saved_form(self) -> StoryForm:
        """The newest saved text; empty for a new story."""
        return story_form(self.story.content) if self.story else StoryForm()

    @property
    def behind(self) -> bool:
        """Whether what is unsaved was begun before somebody saved a newer revision."""
        return self.autosave is not None and self.autosave.base != self.newest

    @property
    def text(self) -> StoryForm:
        """The text to work on: what is unsaved, else what is saved."""
        return self.autosave.form if self.autosave else self.saved_form


def story_context(id: str, action: str = "story.edit") -> StoryContext:
    """Return the story with this public id, or a new one; 403 unless ``action`` is allowed."""
    story = editable_story(id)
    if story is None:
        allow("story.write")
    else:
        allow(action, story)
    return StoryContext(id, story, autosave_of(id, person().id))


def saved_story_context(id: str, action: str = "story.edit") -> tuple[StoryContext, EditableStory]:
    """Return a story that has been saved at least once, or answer 404."""
    story = editable_story(id) or abort(404)
    allow(action, story)
    return StoryContext(id, story, autosave_of(id, person().id)), story
