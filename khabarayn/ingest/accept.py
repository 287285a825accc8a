"""Import stories: each once, many in one transaction, each with a row in the report."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from khabarayn.article.content import Content
from khabarayn.article.proposal import Proposal, ProposedPicture
from khabarayn.article.story import Source
from khabarayn.desk.arrange.redirects import add_redirects
from khabarayn.desk.by import IMPORT, By
from khabarayn.desk.pictures.upload import store_picture
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.admit import Newcomer, admit
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import PATIENCE_OF_MANY
from khabarayn.desk.stories.enter_many import Advance, enter_many
from khabarayn.desk.stories.publish import put_out
from khabarayn.desk.stories.revise import SourceUpdate, take_update
from khabarayn.desk.stories.schedule import FARTHEST, schedule
from khabarayn.desk.stories.translations import tie
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.desk.stories.write_if_unchanged import LinksUnsettled
from khabarayn.ingest.adapt import Places, from_entry, from_ninjs
from khabarayn.ingest.identify import (
    KnownStory,
    digest_of,
    find_known,
    known_many,
    versions_by_origin,
)
from khabarayn.ingest.pictures import Album
from khabarayn.ingest.prerender import RenderPool
from khabarayn.ingest.report import ACCEPTED, REFUSED, UNCHANGED, UPDATED, Row, Words, in_both
from khabarayn.ingest.sources import Incoming, spot_of
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.messages.articles import field_name
from khabarayn.messages.language import paper_language
from khabarayn.messages.pictures import picture_trouble
from khabarayn.messages.wire import comma_list, fault_text, spot_text
from khabarayn.store.db import db, now, writing
from khabarayn.store.queries.sections import forget_sections
from khabarayn.wire.fault import NOWHERE, Fault, Spot, WireError
from khabarayn.wire.newsitem import NewsItem

log = logging.getLogger(__name__)
# How far a source's clock may be ahead; a story dated later is not published before its time.
CLOCKS_APART = timedelta(minutes=10)
_SETTLED_BY_COMMAND = {"unknown_time", "no_time", "embargo_unread", "foreign_status", "untitled",
                       "expired"}  # fmt: skip
_WITH_ADDRESS = {"published", "scheduled"}
# How many stories with pictures are read before the first of them is done with: pictures take
# longest.
AHEAD = 6
# So many stories are written at most under one lock, in about so many seconds, so that nobody who
# writes beside an import waits long; so many seconds at most are gathered for it.
MOST, LOCK_SECONDS, GATHER_SECONDS = 100, 0.15, 1.0


@dataclass
class _Ready:
    """A story read and judged; ``fault`` is what was wrong with it, if that was enough; ``entry``
    what is to be written of it, and ``row`` what became of it, when that is clear."""

    incoming: Incoming
    proposal: Proposal | None = None
    album: Album | None = None
    digest: str = ""
    before: KnownStory | None = None
    fault: WireError | None = None
    entry: _Entry | None = None
    row: Row | None = None


@dataclass(frozen=True)
class _Entry:
    """What is to be written of a story: its pictures are kept, its ``content`` is clean."""

    proposal: Proposal
    content: Content
    digest: str
    notes: tuple[Words, ...]

    @property
    def uris(self) -> tuple[str, ...]:
        return (self.proposal.origin_uri, *self.proposal.also_uris)


class Pace:
    """How many stories are written under one lock: as many as take `LOCK_SECONDS` seconds."""

    def __init__(self) -> None:
        self.size = min(10, MOST)

    def took(self, seconds: float, stories: int) -> None:
        """Tell for how long the lock was held for how many."""
        fit = int(stories * LOCK_SECONDS / max(seconds, 0.001))
        self.size = max(1, min(MOST, 2 * self.size, fit))


@dataclass
class Intake:
    """The options of an import, and the importing itself.

    ``by`` is who the log names; ``status`` overrides every story's own («draft», «published»);
    ``shift`` is added to every time; ``dry`` judges and writes nothing; ``zone`` is the site's;
    ``uploads`` a copy of the folder of pictures of a site that moves; ``credit`` the source that
    every story names, whatever it says itself.
    """

    store: MediaStore
    places: Places
    by: By = IMPORT
    status: str = ""
    shift: timedelta = timedelta(0)
    allow_private: bool = False
    dry: bool = False
    zone: tzinfo = UTC
    uploads: Path | None = None
    credit: Source | None = None
    # By the origins of stories, those of their versions in other languages.
    _translations: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(
        self, stories: Iterable[Incoming], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Row]:
        """Import stories and yield the outcome of each. One that is refused stops no other.

        ``stop`` is asked before each; once it says yes, nothing more is begun.
        """
        source = iter(stories)
        waiting: deque[_Ready] = deque()
        pace = Pace()
        with RenderPool() as render_pool:
            while batch := self._next_batch(source, waiting, pace.size, render_pool, stop):
                yield from self._write_all(batch, pace)

    def _next_batch(
        self,
        source: Iterator[Incoming],
        waiting: deque[_Ready],
        most: int,
        render_pool: RenderPool,
        stop: Callable[[], bool],
    ) -> list[_Ready]:
        """Return the next stories with all done for them that needs no lock of the database."""
        batch: list[_Ready] = []
        start = time.monotonic()
        while len(batch) < most and time.monotonic() - start < GATHER_SECONDS:
            if len(waiting) < AHEAD:
                waiting += self._read(source, most, render_pool)
            if not waiting or stop():
                break
            ready = waiting.popleft()
            ready.row = self._safely(ready, partial(self._open, ready, render_pool))
            # Its memory is not needed any more.
            ready.album = None
            batch.append(ready)
        return batch

    def _read(self, source: Iterator[Incoming], most: int, render_pool: RenderPool) -> list[_Ready]:
        """Judge the next stories as far as that needs no writing, and begin with their pictures."""
        read: list[_Ready] = []
        start = time.monotonic()
        picture_count = 0
        while (
            len(read) < most and picture_count < AHEAD and time.monotonic() - start < GATHER_SECONDS
        ):
            if (incoming := next(source, None)) is None:
                break
            read.append(self._judge(incoming))
            album = read[-1].album
            picture_count += bool(album and album.near)
        sound = [(ready, ready.proposal) for ready in read if ready.proposal and not ready.fault]
        origins = [(proposal.origin_uri, *proposal.also_uris) for _ready, proposal in sound]
        for (ready, _proposal), before in zip(
            sound, known_many(origins, self.by.name), strict=True
        ):
            ready.before = before
            if not self.dry and (before is None or before.digest != ready.digest):
                for data, focal in ready.album.near_pictures() if ready.album else ():
                    render_pool.expect(data, focal)
        return read

    def _judge(self, incoming: Incoming) -> _Ready:
        ready = _Ready(incoming)
        try:
            proposal = ready.proposal = self._proposal(incoming)
            if proposal.translations:
                self._translations[proposal.origin_uri] = proposal.translations
            album = ready.album = Album.of(proposal, incoming.folder, incoming.root, self.uploads)
            in_list = isinstance(incoming.content, tuple)
            ready.digest = digest_of(proposal, *album.near.values(), listed=in_list)
        except WireError as error:
            ready.fault = error
        return ready

    def _safely(self, ready: _Ready, do: Callable[[], Row | None]) -> Row | None:
        """Call ``do`` for a story; an error becomes its row in the report."""
        incoming, proposal = ready.incoming, ready.proposal
        spot = spot_of(incoming)
        headline = proposal.headline if proposal else ""
        try:
            try:
                row = do()
            except OperationalError:
                # Another writer held the lock for long, or there was a deadlock.
                log.warning("story %s is tried again", spot, exc_info=True)
                row = do()
            return row and replace(row, file=incoming.file, spot=spot)
        except WireError as error:
            return _refusal_row(error, incoming.file, spot, headline)
        except Refused as error:
            refusal = error
            words = in_both(lambda: refusal.message)
        except SQLAlchemyError:
            # The statement goes to the log, not into the report.
            log.exception("story %s could not be written", spot)
            words = in_both(
                lambda: _(
                    "لم تقبل قاعدة البيانات هذا الخبر الآن. استورد المصدر مرة أخرى؛ "
                    "ما دخل منه لا يدخل مرتين."
                )
            )
        except MediaStoreError as error:
            words = in_both(partial(picture_trouble, error))
        except OSError as error:
            message = str(error).splitlines()[0][:200]
            words = in_both(lambda: _("تعذّر الحفظ: %(why)s", why=message))
        return Row(REFUSED, incoming.file, spot, words, headline)

    def _write_all(self, batch: Sequence[_Ready], pace: Pace) -> Iterator[Row]:
        """Write those of ``batch`` that have no row yet: the new ones together, then what is left
        one by one, and yield all their rows."""
        new = _new_ones(batch)
        ids: dict[str, str] = {}
        if new:
            try:
                admission = admit([self._newcomer(entry) for entry in new.values()], self.by)
            except (SQLAlchemyError, OSError):
                log.warning("%s stories are taken in one by one", len(new), exc_info=True)
                # The cached sections may be out of date, which may be the error.
                db.session.rollback()
                forget_sections()
                pace.size = 1
            else:
                ids = admission.ids
                pace.took(admission.lock_seconds, len(new))
        rows: list[Row] = []
        for number, ready in enumerate(batch):
            row, entry = ready.row, ready.entry
            if row is None and entry is not None:
                public_id = ids.get(entry.proposal.origin_uri) if number in new else None
                if public_id is not None:
                    row = self._safely(ready, partial(_accepted_row, entry, public_id))
                else:
                    row = self._safely(ready, partial(self._write, entry))
            assert row is not None
            rows.append(row)
        self._lead_here(batch, rows)
        yield from rows

    def _lead_here(self, batch: Sequence[_Ready], rows: Sequence[Row]) -> None:
        """Redirect the addresses that public stories of ``batch`` had elsewhere to the stories."""
        redirects = {
            address: f"/a/{row.id}"
            for ready, row in zip(batch, rows, strict=True)
            if row.id and ready.proposal and ready.proposal.status in _WITH_ADDRESS
            for address in ready.proposal.addresses
        }
        if redirects and not self.dry:
            add_redirects(redirects, self.by)

    def _newcomer(self, entry: _Entry) -> Newcomer:
        proposal = entry.proposal
        first = self._moment(proposal.published_at)
        return Newcomer(
            proposal.origin_uri,
            entry.digest,
            entry.content,
            public=proposal.status == "published",
            at=first,
            updated_at=self._moment(proposal.updated_at) or first,
        )

    def finish(self, advance: Advance = lambda _step, _count, _of: None) -> None:
        """Index the imported stories and link them to each other, without holding up other
        writers; ``advance`` is that of `enter_many`. What fails is done by the worker. Versions of
        a story in several languages are tied."""
        if self._translations and not self.dry:
            self._tie_translations()
        try:
            enter_many(advance)
        except (SQLAlchemyError, LinksUnsettled):
            db.session.rollback()
            log.exception("stories that entered are made known later")

    def _tie_translations(self) -> None:
        # Each of two versions may name the other.
        pairs = {
            (min(origin, other), max(origin, other))
            for origin, others in self._translations.items()
            for other in others
        }
        stories = versions_by_origin(sorted({origin for pair in pairs for origin in pair}))
        for first, second in sorted(pairs):
            one, other = stories.get(first), stories.get(second)
            if one is None or other is None or (one.group and one.group == other.group):
                continue
            # Two of one language, or what an editor has tied otherwise: that stays.
            with suppress(Refused):
                tie(one.id, other.id, self.by)

    def _proposal(self, incoming: Incoming) -> Proposal:
        content = incoming.content
        if isinstance(content, WireError):
            raise content
        if isinstance(content, NewsItem):
            proposal = from_ninjs(content, self.places, incoming.number)
        else:
            proposal = replace(from_entry(*content, self.places, incoming.number), listed=True)
        if self.credit:
            credit_fields = {"source_name": self.credit.name, "source_link": self.credit.url}
            proposal = replace(proposal, **credit_fields)
        return self._with_status(proposal)

    def _with_status(self, proposal: Proposal) -> Proposal:
        """``proposal`` with the status that it comes in with: never public before its hour."""
        status = self.status or proposal.status
        notes = list(proposal.notes)
        if self.status == "published":
            # A status given on the command line overrides doubts about the source.
            notes = [note for note in notes if note[0] not in _SETTLED_BY_COMMAND]
        hour, code = proposal.embargo, "embargo"
        if hour is None and proposal.listed and proposal.published_at:
            hour, code = proposal.published_at, "later"
        hour = hour + self.shift if hour else None
        if status == "published" and hour and hour > now() + CLOCKS_APART:
            if hour > now() + FARTHEST:
                status, code = "draft", "embargo_far" if code == "embargo" else "too_far"
            else:
                status = "scheduled"
            hour_text = hour.astimezone(self.zone).isoformat(" ", "minutes")
            notes.append((code, f"{hour_text} · {proposal.embargo_reason}".removesuffix(" · ")))
        else:
            hour = None
        return replace(proposal, status=status, embargo=hour, notes=tuple(notes))

    def _open(self, ready: _Ready, render_pool: RenderPool) -> Row | None:
        """Keep a story's pictures and clean its text; return its row where nothing is to be
        written."""
        if ready.fault is not None:
            raise ready.fault
        proposal, album, digest = ready.proposal, ready.album, ready.digest
        assert proposal is not None
        assert album is not None
        row = _row_of(ready.before, proposal, digest)
        note_texts = tuple(_words(code, detail) for code, detail in proposal.notes)
        if row.outcome == UNCHANGED:
            return row
        if self.dry:
            content_of(replace(proposal, lead=None))
            return replace(row, notes=(*note_texts, *album.notes))

        def store(data: bytes, picture: ProposedPicture) -> str:
            rendering = render_pool.render(data, picture.focal)
            media_id = store_picture(
                rendering,
                self.by,
                store=self.store,
                alt=picture.alt,
                caption=picture.caption,
                credit=picture.credit,
            )
            album.widths[media_id] = rendering.width
            return media_id

        proposal_with_ids = album.store(store, allow_private=self.allow_private)
        notes = tuple(dict.fromkeys((*note_texts, *album.notes)))
        # What is computed of a story is computed before the lock is taken.
        ready.entry = _Entry(proposal_with_ids, content_of(proposal_with_ids), digest, notes)
        return None

    def _write(self, entry: _Entry) -> Row:
        """Draft or revise the story and bring it to its status, all of it or nothing."""
        proposal, content, digest, notes = (
            entry.proposal,
            entry.content,
            entry.digest,
            entry.notes,
        )
        with writing(proposal.origin_uri):
            # Asked anew under the lock: another import of the same source may have been quicker.
            before = find_known(proposal.origin_uri, self.by.name, *proposal.also_uris)
            row = _row_of(before, proposal, digest)
            if row.outcome == UNCHANGED:
                return row
            if before is None:
                public_id = draft(proposal, self.by, digest, content=content)
            else:
                public_id = before.id
                update, is_new = SourceUpdate(), before.digest != digest
                if is_new:
                    update = take_update(public_id, proposal, self.by, digest)
                if update.clashes:
                    notes = (*notes, in_both(lambda: _clash_text(update.clashes)))
                    return replace(row, outcome=UNCHANGED, id=public_id, notes=notes)
                live = before.status == proposal.status == "published" and not before.pending
                if is_new and not update.revised and live and not proposal.corrections:
                    return replace(row, outcome=UNCHANGED)
            if before is not None and before.status == "withdrawn" and not before.ours:
                notes = (*notes, in_both(lambda: _("سُحب الخبر هنا: حُفظ نصه الجديد ولم يُنشر")))
            else:
                self._bring_to_status(public_id, proposal, before)
        return replace(row, id=public_id, notes=notes)

    def _bring_to_status(
        self, public_id: str, proposal: Proposal, before: KnownStory | None
    ) -> None:
        if proposal.status == "draft":
            return
        if proposal.status == "scheduled" and proposal.embargo:
            if before is None or before.status == "draft":
                schedule(public_id, self.by, proposal.embargo)
            return
        live_before = before is not None and before.status in {"published", "withdrawn"}
        first = self._moment(proposal.published_at)
        last = self._moment(proposal.updated_at) or first
        # A story that is live keeps the time at which readers first saw it.
        put_out(
            public_id,
            self.by,
            at=None if live_before else first,
            updated_at=None if live_before else last,
            fresh=before is None,
            patience=PATIENCE_OF_MANY,
        )
        for at, text in proposal.corrections:
            correct(public_id, self.by, text, at=self._moment(at))
        if proposal.status == "withdrawn":
            with paper_language():
                usual = _("سحبه مصدره.")
            reason = proposal.withdrawn_reason or usual
            withdraw(public_id, self.by, reason, at=None if live_before else last)

    def _moment(self, when: datetime | None) -> datetime | None:
        # A source's clock that is ahead must not date a story in the future.
        return min(when + self.shift, now()) if when else None


def _refusal_row(error: WireError, file: str, spot: Spot, headline: str) -> Row:
    """One row for one story, however much is wrong with it: the first fault, the rest as notes."""
    first, *rest = error.faults
    return Row(
        REFUSED,
        file,
        spot if first.spot == NOWHERE else first.spot,
        in_both(lambda: fault_text(first)),
        headline,
        notes=tuple(in_both(partial(_place_text, fault)) for fault in rest),
    )


def _new_ones(batch: Sequence[_Ready]) -> dict[int, _Entry]:
    """Return what goes in together, by its place in ``batch``: new stories of different origins,
    drafts and public ones, to which nothing happens after that."""
    new: dict[int, _Entry] = {}
    uris: set[str] = set()
    for number, ready in enumerate(batch):
        entry = ready.entry
        if entry is None or ready.before is not None:
            continue
        proposal = entry.proposal
        plain = proposal.status in {"draft", "published"} and not proposal.corrections
        if plain and proposal.origin_uri and uris.isdisjoint(entry.uris):
            new[number] = entry
            uris.add(proposal.origin_uri)
    return new


def _accepted_row(entry: _Entry, public_id: str) -> Row:
    headline = entry.proposal.headline
    return Row(ACCEPTED, "", headline=headline, id=public_id, notes=entry.notes)


def _row_of(before: KnownStory | None, proposal: Proposal, digest: str) -> Row:
    """Return the report's line for a story of which ``before`` is here."""
    if before is None:
        return Row(ACCEPTED, "", headline=proposal.headline)
    is_same = before.digest == digest and not _is_unfinished(before, proposal)
    is_same = is_same or _older(proposal, before)
    return Row(UNCHANGED if is_same else UPDATED, "", headline=proposal.headline, id=before.id)


def _clash_text(names: Sequence[str]) -> str:
    """Return in words that editors and the source changed the same fields of a story."""
    return _(
        "غيّر المصدر ما حرّره محرر هنا، فبقي نص المحرر: %(fields)s",
        fields=comma_list(list(dict.fromkeys(map(field_name, names)))),
    )


def _words(code: str, detail: str) -> Words:
    return in_both(partial(fault_text, Fault(code, detail=detail)))


def _place_text(fault: Fault) -> str:
    return f"{spot_text(fault.spot)}: {fault_text(fault)}"


def _older(proposal: Proposal, before: KnownStory) -> bool:
    """Whether another list tells a story that is here already, and nothing newer of it."""
    if not proposal.listed or not before.source or before.source == proposal.source_name:
        return False
    at = proposal.updated_at
    return before.status == "published" and (
        at is None or before.updated_at is None or at <= before.updated_at
    )


def _is_unfinished(before: KnownStory, proposal: Proposal) -> bool:
    """Whether an earlier import of the same text was cut off before its end."""
    if not before.ours or proposal.status == "draft":
        return False
    if before.status == "draft":
        return True
    if proposal.status == "scheduled":
        return False
    if before.status == "published":
        wanted_corrections = bool(proposal.corrections) and not before.corrected
        return before.pending or proposal.status == "withdrawn" or wanted_corrections
    return False
