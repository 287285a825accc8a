"""The standing pages of the demo edition: written and published through the verbs of the desk, in
place of drafts that nobody has touched."""

from __future__ import annotations

from flask import current_app

from khabarayn.demo import FOLDER
from khabarayn.demo.face import NAME
from khabarayn.desk.arrange.standing_pages import read_page, seed_pages
from khabarayn.desk.by import By
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.settings import settings_of
from khabarayn.store.queries.site import current_face
from khabarayn.store.queries.standing import page_summaries


def give_pages(by: By) -> int:
    """Publish the demo's pages unless the paper has a name of its own; return how many."""
    if current_face(settings_of(current_app.config)).name != NAME:
        return 0
    seed_pages(by)
    drafts = [page for page in page_summaries() if page.status == "draft" and page.number == 1]
    count = 0
    for page in drafts:
        if not (FOLDER / "standing" / f"{page.slug}.html").is_file():
            continue
        revise(page.id, read_page(FOLDER / "standing", page.slug), by)
        publish(page.id, by)
        count += 1
    return count
