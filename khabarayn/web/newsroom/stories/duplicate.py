"""Make a new draft from another story's text."""

from __future__ import annotations

from flask import abort, flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.duplicate import duplicate as make_duplicate
from khabarayn.store.queries.story_lists import story_summary
from khabarayn.web.newsroom.access import acting, allow, needs
from khabarayn.web.newsroom.forms import redirect_with_error
from khabarayn.web.newsroom.stories.workflow import story_url


@needs("story.write")
def duplicate(id: str) -> Response:
    """Make the draft and redirect to its editor."""
    story = story_summary(id) or abort(404)
    allow("story.read", story)
    try:
        copy_id = make_duplicate(id, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.story", id=id)
    flash(_("هذه مسودة جديدة بنص الخبر. غيّر عنوانها قبل أن تنشرها."))
    return redirect(story_url(copy_id), 303)
