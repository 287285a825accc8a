"""Keep the lists of each language in step: with what is published, and with what the paper
offers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from khabarayn.store.db import claim, commit, db, writing
from khabarayn.store.models import ArticleRow, ListingRow, SettingRow
from khabarayn.store.queries.languages import (
    in_lists_of,
    languages_listed,
    languages_with_stories,
    list_languages,
)
from khabarayn.store.queries.site import STORY_LANGUAGES, forget_site


@writing()
def list_stories_again() -> int:
    """Put every published story into the lists of the language that it belongs in now; return how
    many rows of lists changed. Commits.

    A story in a language that is not offered any more goes into the lists of the paper's first
    one, and back when it is offered again.
    """
    db.session.flush()
    count = 0
    languages = list_languages()
    for language in languages:
        own = in_lists_of(language, ArticleRow.language, languages)
        rows = db.session.execute(
            update(ListingRow)
            .where(
                ListingRow.language != language,
                ListingRow.article_id.in_(select(ArticleRow.id).where(own)),
            )
            .values(language=language)
            .returning(ListingRow.article_id)
            .execution_options(synchronize_session=False)
        )
        count += len(rows.all())
    _remember_languages()
    commit()
    return count


def note_languages(changed_lists: Iterable[str] = ()) -> None:
    """Note in which languages stories are public, after some were put into lists of the languages
    ``changed_lists`` or taken out of theirs; the caller commits. A paper of one language asks
    nothing."""
    languages = languages_with_stories()
    if len(languages) > 1 or not set(changed_lists) <= set(languages):
        _remember_languages()


def _remember_languages() -> None:
    # Held against other publications, so that neither of two overlooks the language of the other.
    claim("languages")
    db.session.flush()
    others = " ".join(languages_listed()[1:])
    if others == " ".join(languages_with_stories()[1:]):
        return
    db.session.execute(delete(SettingRow).where(SettingRow.name == STORY_LANGUAGES))
    if others:
        db.session.add(SettingRow(name=STORY_LANGUAGES, value=others))
    db.session.flush()
    forget_site()
