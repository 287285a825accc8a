"""Place stories on the front page of a language, in order and until a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.article.compose import SECONDS
from khabarayn.article.front_blocks import EXTRAS, FORMS, OFF
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, FrontRow, SettingRow
from khabarayn.store.queries.cards import PUBLISHED, section_list
from khabarayn.store.queries.front import forms_setting, front_state
from khabarayn.store.queries.languages import list_language, main_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import forget_site

PLACES = SECONDS + 1


@dataclass(frozen=True)
class FrontPlace:
    """A story and the moment until which it keeps its place; None: until somebody moves it."""

    id: str
    until: datetime | None = None


class FrontChanged(Refused):
    """Somebody else has published the front page since this composition was begun."""


@writing("front")
def compose_front(
    places: Mapping[int, FrontPlace],
    by: By,
    state: str = "",
    forms: Mapping[str, str] | None = None,
    language: str = "",
) -> None:
    """Make ``places`` (0 the lead, then the seconds) the editors' front page; what is not in it
    is filled by the automatic order. ``forms`` are those that editors want of the blocks below, by
    block as in `khabarayn.store.queries.front.front_forms`; None: as they are.

    ``state`` is the `front_state` that the choice was made on; empty: whatever is there. Raises
    `Refused`, `FrontChanged` and `khabarayn.desk.permissions.Forbidden`.
    """
    require(by, "front.compose")
    moment = now()
    standing = {
        number: choice
        for number, choice in places.items()
        if choice.until is None or choice.until > moment
    }
    locale = language or main_language()
    ids = _check_places(standing, locale)
    wanted_forms = _check_forms(forms) if forms is not None else None
    if state and state != front_state(locale):
        raise FrontChanged("front", _("رتّب زميل الصفحة الأولى بعد أن فتحتها. هذا ما عليها الآن."))
    db.session.execute(delete(FrontRow).where(FrontRow.language == locale))
    for number, choice in standing.items():
        db.session.add(
            FrontRow(
                language=locale,
                place=number,
                article_id=ids[choice.id],
                expires_at=choice.until,
            )
        )
    if wanted_forms is not None:
        _save_forms(wanted_forms, locale)
    stories = {str(number): choice.id for number, choice in standing.items()}
    detail: dict[str, Any] = {"forms": wanted_forms} if wanted_forms else {}
    if locale != main_language():
        detail["language"] = locale
    log("front", by, places=stories, **detail)
    enqueue("front", stories=list(stories.values()))
    commit()
    forget_site()


def _check_places(standing: Mapping[int, FrontPlace], language: str) -> dict[str, int]:
    """Return the row of each story by its public id, locked. Raises `Refused`: a story in two
    places, a place that there is not, a story that is not published or is in another language."""
    public_ids = [choice.id for choice in standing.values()]
    if len(public_ids) != len(set(public_ids)):
        raise Refused("front", _("وُضع خبر في مكانين."))
    if any(not 0 <= number < PLACES for number in standing):
        raise Refused("front", _("ليس في الصفحة الأولى هذا المكان."))
    rows = db.session.execute(
        select(ArticleRow.public_id, ArticleRow.id, ArticleRow.language)
        .where(ArticleRow.public_id.in_(public_ids), PUBLISHED)
        .with_for_update()
    ).all()
    ids: dict[str, int] = {row.public_id: row.id for row in rows}
    for public_id in public_ids:
        if public_id not in ids:
            raise Refused("front", _("لا يوجد خبر منشور بهذا المعرّف: %(id)s", id=public_id))
    if others := [row.public_id for row in rows if list_language(row.language) != language]:
        raise Refused("front", _("هذا الخبر بلغة أخرى، فمكانه صفحتها الأولى: %(id)s", id=others[0]))
    return ids


def _check_forms(forms: Mapping[str, str]) -> dict[str, str]:
    """Return the forms that are chosen at all. Raises `Refused` for a block or a form that the page
    does not have."""
    tree = section_tree()
    sections = {section_list(tree.ids[section.slug]) for section in tree.nav}
    choices = {block: form for block, form in forms.items() if form}
    for block, form in choices.items():
        allowed_forms = (*FORMS, OFF) if block in sections else (OFF,) if block in EXTRAS else ()
        if form not in allowed_forms:
            raise Refused(
                "front", _("ليس لأبواب الصفحة الأولى هذا الشكل: %(form)s", form=form[:20])
            )
    return choices


def _save_forms(choices: Mapping[str, str], language: str) -> None:
    name = forms_setting(language)
    db.session.execute(delete(SettingRow).where(SettingRow.name == name))
    if choices:
        text = "\n".join(f"{block} {form}" for block, form in choices.items())
        db.session.add(SettingRow(name=name, value=text))
