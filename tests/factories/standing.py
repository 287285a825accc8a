"""The standing pages of a paper: drafted, filled and published through the desk's verbs."""

from __future__ import annotations

import re
from dataclasses import replace

from khabarayn.desk.by import By
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.write import write
from khabarayn.store.queries.revisions import editable_story
from khabarayn.store.queries.standing import page_summaries

CHIEF = By("رئيس التحرير", 6, "chief")
WORDS = "نكتب عن واحة النخيل العتيقة"


def page_ids() -> dict[str, str]:
    """Return the public ids of the pages' stories, by page."""
    return {page.page: page.id for page in page_summaries()}


def filled(slug: str) -> str:
    """Fill every blank of a drafted page, publish it, and return its story's public id."""
    public_id = page_ids()[slug]
    found = editable_story(public_id)
    assert found is not None
    form = story_form(found.content)
    body = re.sub(r"\[\[.*?\]\]", WORDS, form.body)
    write(public_id, replace(form, body=body), CHIEF, found.revision.number)
    publish(public_id, CHIEF)
    return public_id
