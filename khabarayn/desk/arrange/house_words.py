"""The paper's preferred spellings of names, which the copy desk uses and editors change."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.fields import too_long
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.messages.amounts import characters
from khabarayn.messages.search import spellings_trouble
from khabarayn.search.spellings import SpellingsRefused, add_spellings, remove_spellings
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import HouseWordRow

LONGEST = 80
ALL_OTHERS = 500
SEPARATOR = "|"


def house_words() -> tuple[tuple[str, ...], ...]:
    """Return the list as the copy desk takes it: in each group the house's spelling first."""
    rows = db.session.execute(
        select(HouseWordRow.word, HouseWordRow.others).order_by(HouseWordRow.word)
    )
    return tuple((row.word, *filter(None, row.others.split(SEPARATOR))) for row in rows)


@writing("house words")
def set_house_word(word: str, others: Iterable[str], by: By) -> tuple[str, ...]:
    """Prefer the spelling ``word`` and warn of ``others`` from now on; return the group as stored.

    What was said of ``word`` before is replaced. Raises `Refused`.
    """
    require(by, "arrange.words")
    own = _spelling(word)
    rest = tuple(dict.fromkeys(other for other in map(_spelling, others) if other != own))
    if not rest:
        raise Refused("others", _("لا بدّ من صيغة أخرى واحدة على الأقل غير صيغة الدار."))
    for group in house_words():
        conflict = next(
            (other for other in (own, *rest) if other in group and group[0] != own), None
        )
        if conflict is not None:
            raise Refused(
                "word", _("«%(taken)s» في مجموعة أخرى: «%(word)s».", taken=conflict, word=group[0])
            )
    others_text = SEPARATOR.join(rest)
    if len(others_text) > ALL_OTHERS:
        raise Refused("others", too_long(_("الصيغ الأخرى"), ALL_OTHERS))
    row = _row(own)
    if row is None:
        row = HouseWordRow(word=own)
        db.session.add(row)
    row.others = others_text
    log("set_house_word", by, word=own)
    commit()
    return own, *rest


@writing()
def drop_house_word(word: str, by: By) -> None:
    """Delete a preferred spelling. Raises `Refused` when the list does not have it."""
    require(by, "arrange.words")
    row = _row(clean_line(word, LONGEST).text)
    if row is None:
        raise Refused("word", _("ليست في القائمة: «%(word)s».", word=word))
    db.session.delete(row)
    log("drop_house_word", by, word=row.word)
    commit()


@writing("spellings")
def hold_equal(words: Iterable[str], by: By) -> str:
    """Make search treat these spellings as one word, and return the group. Raises `Refused`."""
    require(by, "arrange.words")
    log("hold_equal", by)
    try:
        return add_spellings(tuple(words))
    except SpellingsRefused as error:
        raise Refused("spellings", spellings_trouble(error)) from error


@writing()
def hold_apart(group: str, by: By) -> None:
    """Make search treat the spellings of ``group`` as different words again. Raises `Refused`."""
    require(by, "arrange.words")
    log("hold_apart", by, group=group[:LONGEST])
    if not remove_spellings(group):
        raise Refused("spellings", _("ليست في القائمة: «%(word)s».", word=group[:LONGEST]))


def _row(word: str) -> HouseWordRow | None:
    return db.session.scalar(select(HouseWordRow).where(HouseWordRow.word == word))


def _spelling(value: str) -> str:
    text, is_long = clean_line(value, LONGEST)
    if not text or is_long or SEPARATOR in text:
        raise Refused(
            "word", _("صيغة بين حرف و%(limit)s، بلا العلامة |.", limit=characters(LONGEST))
        )
    return text
