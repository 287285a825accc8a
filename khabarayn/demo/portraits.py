"""The portraits and addresses of the demo's authors, given through the verb of any author's."""

from __future__ import annotations

from flask import current_app

from khabarayn.demo import FOLDER
from khabarayn.desk.arrange.bylines import change_author
from khabarayn.desk.by import By
from khabarayn.desk.pictures.upload import upload
from khabarayn.store.queries.authors import author_by_slug

_MAIL = "{slug}@khabarayn.example"


def give_portraits(by: By) -> int:
    """Give the drawn portrait and an address of mail to each author of the demo who is here and has
    neither; return to how many."""
    store = current_app.extensions["khabarayn.media"]
    count = 0
    for file in sorted((FOLDER / "portraits").glob("*.jpg")):
        author, _list = author_by_slug(file.stem) or (None, "")
        if author is None or author.portrait or author.contacts:
            continue
        change_author(
            author.slug,
            by,
            name=author.name,
            role=author.role,
            bio=author.bio,
            contacts=_MAIL.format(slug=author.slug),
            portrait=upload(file.read_bytes(), by, store=store, alt=author.name),
        )
        count += 1
    return count
