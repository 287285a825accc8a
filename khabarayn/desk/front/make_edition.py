"""Make an edition: choose its stories, store them, write its files, and list it once all are
written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.article.story import Card, Section
from khabarayn.desk.by import By
from khabarayn.desk.front.edition_files import (
    book_of,
    contents_of,
    edition_row,
    gather,
    store_file,
    write_stories,
)
from khabarayn.desk.front.press import Press
from khabarayn.desk.permissions import require
from khabarayn.desk.record import enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.edition import epub
from khabarayn.edition.assemble import edition_file
from khabarayn.edition.choose import (
    MAIN,
    EditionChoice,
    choose,
    chosen_by_hand,
    with_ring,
)
from khabarayn.edition.container import MIME, read_head
from khabarayn.edition.name import EditionName
from khabarayn.edition.seal import to_base64
from khabarayn.edition.statement import EditionParts
from khabarayn.edition.transfer import holdings, transfer_size
from khabarayn.messages.editions import printed_title
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import EditionRow
from khabarayn.store.queries.cards import cards_by_id, section_list
from khabarayn.store.queries.editions import (
    Edition,
    edition_by_name,
    latest_until,
    rings_of,
    tops_until,
)
from khabarayn.store.queries.front import placed_cards
from khabarayn.store.queries.languages import list_language, main_language
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.sync import highest_final

POOL = 120


@dataclass(frozen=True)
class EditionResult:
    """``new`` is false when the edition had appeared already and was left as it is."""

    edition: Edition
    new: bool


def make_edition(
    name: EditionName, by: By, press: Press, stories: Iterable[str] = (), again: bool = False
) -> EditionResult:
    """Make the edition ``name`` and return it; one that has appeared is returned unchanged.

    ``stories`` are an editor's choice (public ids, the lead first; none: the edition's plan as far
    as it is still published, or without one chosen by rule). ``again`` prints a new issue, without
    the stories withdrawn since. An interrupted run is continued with the stories it had chosen.
    Raises `Refused`.
    """
    require(by, "edition.make")
    choice_ids = tuple(stories)
    edition = edition_by_name(str(name))
    if edition and edition.complete and not again:
        return EditionResult(edition, False)
    closes = name.closes(press.tz)
    if closes > now():
        raise Refused("edition", _("لم يحن موعد هذه النشرة بعد: %(name)s", name=str(name)))
    choices = _choices(name, edition, choice_ids, press)
    issue = _begin_issue(name, press, by, choices)
    # Taken before the pages are read, so that a phone asks again for what changes meanwhile.
    event_number = highest_final()
    story_pairs = gather(name, choices, press)
    parts = EditionParts(
        name=str(name),
        title=printed_title(name),
        issue=issue,
        closes=closes.isoformat(),
        stories=tuple((one.role, story) for one, story in story_pairs),
        contents=(contents_of(name, press),),
        event_number=event_number,
    )
    last = _last(name, press)
    previous = holdings(last) if last else None
    text = edition_file(parts, press.site, press.seal, pictures=False, before=previous)
    full = edition_file(parts, press.site, press.seal, pictures=True, before=previous)
    book = book_of(name, issue, [one.card.id for one, _story in story_pairs], press)
    files = (
        store_file(press, name, "", text, MIME, "khb"),
        store_file(press, name, "-full", full, MIME, "khb"),
        store_file(press, name, "", book, epub.MIME, "epub"),
    )
    transfer_bytes = transfer_size(read_head(text), read_head(last) if last else None)
    sizes = (len(text), len(full), len(book))
    new = _bring_out(name, issue, by, press, files, sizes, transfer_bytes)
    result = edition_by_name(str(name))
    assert result is not None
    return EditionResult(result, new)


def _choices(
    name: EditionName, edition: Edition | None, choice_ids: tuple[str, ...], press: Press
) -> tuple[EditionChoice, ...]:
    """Return what the edition will hold: an editor's choice, its plan, what an interrupted run had
    chosen, or what the rule chooses. Raises `Refused` where there is nothing."""
    if edition and not choice_ids and edition.plan:
        live = cards_by_id(edition.plan)
        choice_ids = tuple(public_id for public_id in edition.plan if public_id in live)
    if edition and not choice_ids and edition.lines:
        choices = tuple(EditionChoice(line.card, line.role) for line in edition.lines if line.card)
    elif choice_ids:
        choices = _by_hand(choice_ids)
    else:
        choices = by_rule(name, press.tz)
    if not choices:
        raise Refused("edition", _("لا أخبار منشورة تكفي لنشرة."))
    return choices


def _bring_out(
    name: EditionName,
    issue: int,
    by: By,
    press: Press,
    files: tuple[str, str, str],
    sizes: tuple[int, int, int],
    transfer_bytes: int,
) -> bool:
    """Publish this issue, whose text, full and e-book files are in the store; delete those of the
    issue before. Returns False where another process has published the issue, whose files stay."""
    with writing(f"edition {name}"):
        row = edition_row(name)
        new = row.issue == issue - 1
        # Another process may have published this very issue meanwhile: then its files stay.
        old_files = (row.text_file, row.full_file, row.epub_file)
        unused_files = {*(old_files if new else files)} - {"", *(files if new else old_files)}
        if new:
            row.text_file, row.full_file, row.epub_file = files
            row.text_size, row.full_size, row.epub_size = sizes
            row.issue, row.transfer_bytes = issue, transfer_bytes
            row.key = to_base64(press.seal.public)
            log("edition", by, name=str(name), issue=issue)
            enqueue("edition", name=str(name), issue=issue, size=sizes[0])
            commit()
    for file in unused_files:
        press.media.delete(file)
    return new


def _begin_issue(name: EditionName, press: Press, by: By, choices: Iterable[EditionChoice]) -> int:
    """Store what the next issue will hold, so that an interrupted run can be continued; return its
    number."""
    with writing(f"edition {name}"):
        row = db.session.scalar(select(EditionRow).where(EditionRow.name == str(name)))
        if row is None:
            closes = name.closes(press.tz)
            row = EditionRow(
                name=str(name), language=name.language, closes_at=closes, made_at=now(), issue=0
            )
            db.session.add(row)
        row.made_at, row.made_by = now(), by.name
        db.session.flush()
        issue = row.issue + 1
        write_stories(row, choices)
        commit()
    return issue


def _by_hand(public_ids: tuple[str, ...]) -> tuple[EditionChoice, ...]:
    cards = cards_by_id(public_ids)
    for public_id in public_ids:
        if public_id not in cards:
            raise Refused("stories", _("لا يوجد خبر منشور بهذا المعرّف: %(id)s", id=public_id))
    main = chosen_by_hand(cards[public_id] for public_id in public_ids)
    return with_ring(main, rings_of(public_ids))


def by_rule(name: EditionName, tz: ZoneInfo) -> tuple[EditionChoice, ...]:
    """Return what the edition holds when no editor chooses: of what is published by now."""
    closes, since = name.closes(tz), name.previous.closes(tz)
    tree = section_tree()
    lists = {section_list(tree.ids[section.slug]): section for section in tree.nav}
    language = name.language or main_language()
    tops = tops_until(closes, lists, MAIN, language)
    by_section: dict[Section, tuple[Card, ...]] = {
        section: tops.get(which, ()) for which, section in lists.items()
    }
    cards_by_place = {
        place: card
        for place, card in placed_cards(language).items()
        if card.published_at <= closes and list_language(card.language) == language
    }
    main = choose(latest_until(closes, POOL, language), by_section, cards_by_place, since)
    return with_ring(main, rings_of(choice.card.id for choice in main))


def _last(name: EditionName, press: Press) -> bytes | None:
    """Return the text file of the edition before, if it is offered."""
    edition = edition_by_name(str(name.previous))
    return press.media.read(edition.files.text) if edition and edition.complete else None
