"""The standing pages of the demo edition: written and published through the verbs of the desk, in
place of drafts that nobody has touched."""

from __future__ import annotations

from flask import current_app

from khabarayn.article.standing import STARTER_PAGES, page_key
from khabarayn.demo import FOLDER
from khabarayn.demo.face import NAME
from khabarayn.desk.arrange.standing_pages import add_page_version, read_page, seed_pages
from khabarayn.desk.by import By
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.settings import settings_of
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.site import current_face
from khabarayn.store.queries.standing import page_summaries


def give_pages(by: By) -> int:
    """Publish the demo's pages unless the paper has a name of its own; return how many."""
    if current_face(settings_of(current_app.config)).name != NAME:
        return 0
    seed_pages(by)
    count = _publish_drafts(by)
    pages = {page.page: page.status for page in page_summaries()}
    for language in list_languages()[1:]:
        for slug in STARTER_PAGES:
            if pages.get(slug) == "published" and page_key(slug, language) not in pages:
                add_page_version(slug, language, by)
    return count + _publish_drafts(by)


def _publish_drafts(by: By) -> int:
    """Publish the demo's text of every draft that nobody has touched; return how many."""
    drafts = [page for page in page_summaries() if page.status == "draft" and page.number == 1]
    count = 0
    for draft in drafts:
        if not (FOLDER / "standing" / f"{draft.page}.html").is_file():
            continue
        revise(draft.id, read_page(FOLDER / "standing", draft.page), by)
        publish(draft.id, by)
        count += 1
    return count
