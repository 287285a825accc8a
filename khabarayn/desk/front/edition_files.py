"""The files of an edition: what it holds of each story, its e-book and its lists of stories."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.arabic.bidi import direction_of_language, primary_language
from khabarayn.article.story import Story
from khabarayn.desk.front.press import Press
from khabarayn.desk.refused import Refused
from khabarayn.edition import cover, epub
from khabarayn.edition.book import Book
from khabarayn.edition.choose import (
    LEAD,
    EditionChoice,
)
from khabarayn.edition.gather import NotServed, part, story_parts
from khabarayn.edition.name import EditionName
from khabarayn.edition.statement import Part, StoryParts
from khabarayn.messages.editions import book_words, printed_title
from khabarayn.messages.genres import genre_label
from khabarayn.messages.language import paper_language
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, EditionRow, EditionStoryRow
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.story import article_by_id

FACES = ("naskh-400.woff2", "naskh-700.woff2")


def write_stories(row: EditionRow, choices: Iterable[EditionChoice]) -> None:
    """Replace the rows of what an edition holds by these stories, in order; the caller commits."""
    rows = list(choices)
    ids = {
        article.public_id: article.id
        for article in db.session.execute(
            select(ArticleRow.public_id, ArticleRow.id).where(
                ArticleRow.public_id.in_([one.card.id for one in rows])
            )
        )
    }
    db.session.execute(delete(EditionStoryRow).where(EditionStoryRow.edition_id == row.id))
    for position, one in enumerate(rows):
        # The lead may have been withdrawn since: then the first story that is left leads.
        role = LEAD if position == 0 else one.role
        db.session.add(
            EditionStoryRow(
                edition_id=row.id, position=position, article_id=ids[one.card.id], role=role
            )
        )
    db.session.flush()


def gather(
    name: EditionName, choices: tuple[EditionChoice, ...], press: Press
) -> list[tuple[EditionChoice, StoryParts]]:
    """Return what the site serves for each story; one withdrawn meanwhile drops out."""
    result: list[tuple[EditionChoice, StoryParts]] = []
    for one in choices:
        try:
            result.append((one, story_parts(one.card, press.render, prefix=_prefix(name))))
        except NotServed as error:
            if error.status not in {404, 410}:
                raise _not_served_refusal(error) from error
    if not result:
        raise Refused("edition", _("لا أخبار منشورة تكفي لنشرة."))
    if len(result) < len(choices):
        with writing(f"edition {name}"):
            write_stories(edition_row(name), [one for one, _story in result])
            commit()
    return [
        (one if place else EditionChoice(one.card, LEAD), story)
        for place, (one, story) in enumerate(result)
    ]


def _prefix(name: EditionName) -> str:
    """Return what the addresses of the edition's language begin with."""
    return f"/{name.language}" if name.language else ""


def contents_of(name: EditionName, press: Press) -> Part:
    """Return the page that lists the edition's stories. Raises `Refused` when it is not served."""
    try:
        return part(f"{_prefix(name)}/editions/{name}/read", "list", press.render)
    except NotServed as error:
        raise _not_served_refusal(error) from error


def _not_served_refusal(error: NotServed) -> Refused:
    return Refused(
        "edition",
        _("لم يُجب الموقع عن %(path)s (%(status)s)", path=error.path, status=error.status),
    )


def book_of(name: EditionName, issue: int, ids: list[str], press: Press) -> bytes:
    """Return the edition as an EPUB, in its own language."""
    language = name.language or main_language()
    # Sections and labels of genres are named in the language of the book.
    with paper_language(language):
        return _text_file(name, issue, ids, press, language)


def _text_file(name: EditionName, issue: int, ids: list[str], press: Press, language: str) -> bytes:
    stories = [article for id_ in ids if isinstance(article := article_by_id(id_), Story)]
    pictures: dict[str, bytes] = {}
    for story in stories:
        for media, place in epub.pictures_of(story).items():
            if media not in pictures and (data := press.media.read(place)):
                pictures[media] = data
    closes = name.closes(press.tz)

    def when(moment: datetime) -> str:
        return press.when(moment, language)

    date, title = when(closes), printed_title(name)
    faces = {face: press.fonts / face for face in FACES}
    return epub.write(
        Book(
            key=f"{press.site}{_prefix(name)}/editions/{name}#{issue}",
            title=f"{title} · {date}",
            publisher=press.paper.face.name,
            site=press.site,
            made_at=closes,
            stories=tuple(stories),
            cover=cover.draw(
                press.paper, title, date, press.fonts, direction_of_language(language)
            ),
            language=primary_language(language),
            prefix=_prefix(name),
            when=when,
            label=genre_label,
            words=book_words(language),
            hues=press.paper.face.light,
            pictures=pictures,
            fonts={face: path.read_bytes() for face, path in faces.items() if path.exists()},
        )
    )


def store_file(
    press: Press, name: EditionName, variant: str, data: bytes, mime: str, suffix: str
) -> str:
    """Store a file under a name with its digest; return that name."""
    digest = hashlib.sha256(data).hexdigest()[:32]
    file = f"editions/{name}{variant}.{digest}.{suffix}"
    press.media.put(file, data, mime)
    return file


def edition_row(name: EditionName) -> EditionRow:
    """Return the row of an edition, locked until the transaction ends."""
    query = select(EditionRow).where(EditionRow.name == str(name)).with_for_update()
    return db.session.scalars(query).one()
