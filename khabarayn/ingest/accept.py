"""Import stories one by one: each in its own transaction, each once, each with a row in the
report."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from khabarayn.article.proposal import Proposal, ProposedPicture
from khabarayn.desk.by import IMPORT, By
from khabarayn.desk.pictures.upload import store_picture
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.content import content_of
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import PATIENCE_OF_MANY, Unsettled, enter_many
from khabarayn.desk.stories.publish import put_out
from khabarayn.desk.stories.revise import revised
from khabarayn.desk.stories.schedule import FARTHEST, schedule
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.ingest.adapt import Places, from_entry, from_ninjs
from khabarayn.ingest.identify import Known, digest_of, known
from khabarayn.ingest.pictures import Album
from khabarayn.ingest.prerender import RenderPool
from khabarayn.ingest.report import ACCEPTED, REFUSED, UNCHANGED, UPDATED, Row, Words, in_both
from khabarayn.ingest.sources import Incoming, spot_of
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.messages.language import paper_language
from khabarayn.messages.pictures import picture_trouble
from khabarayn.messages.wire import fault_text, spot_text
from khabarayn.store.db import db, now, writing
from khabarayn.wire.fault import NOWHERE, Fault, Spot, WireError
from khabarayn.wire.ninjs import NewsItem

log = logging.getLogger(__name__)
# Clocks elsewhere may be as much ahead of ours; what is dated later waits for its hour.
CLOCKS_APART = timedelta(minutes=10)
_SETTLED_BY_COMMAND = {"unknown_time", "no_time", "embargo_unread", "foreign_status", "untitled",
                       "expired"}  # fmt: skip
# How many stories are read before the first of them is done with: their pictures take longest.
AHEAD = 6


@dataclass
class _Ready:
    """A story that was read and checked; ``fault`` is what was wrong with it, if that was
    enough."""

    incoming: Incoming
    proposal: Proposal | None = None
    album: Album | None = None
    digest: str = ""
    before: Known | None = None
    fault: WireError | None = None


@dataclass
class Intake:
    """The options of an import, and the importing itself.

    ``by`` is who the log names; ``status`` overrides every story's own («draft», «published»);
    ``shift`` is added to every time; ``dry`` judges and writes nothing; ``zone`` is the site's.
    """

    store: MediaStore
    places: Places
    by: By = IMPORT
    status: str = ""
    shift: timedelta = timedelta(0)
    allow_private: bool = False
    dry: bool = False
    zone: tzinfo = UTC

    def take(
        self, stories: Iterable[Incoming], stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Row]:
        """Import stories and yield the outcome of each. One that is refused stops no other.

        ``stop`` is asked before each; once it says yes, nothing more is begun.
        """
        source = iter(stories)
        waiting: deque[_Ready] = deque()
        with RenderPool() as render_pool:
            while True:
                while len(waiting) < AHEAD and (incoming := next(source, None)) is not None:
                    waiting.append(self._prepare(incoming, render_pool))
                if not waiting or stop():
                    return
                yield self._take_one(waiting.popleft(), render_pool)

    def _prepare(self, incoming: Incoming, render_pool: RenderPool) -> _Ready:
        """Check a story as far as that needs no writing, and begin to render its pictures."""
        ready = _Ready(incoming)
        try:
            proposal = ready.proposal = self._proposal(incoming)
            album = ready.album = Album.of(proposal, incoming.folder, incoming.root)
            listed = isinstance(incoming.content, tuple)
            ready.digest = digest_of(proposal, *album.near.values(), listed=listed)
        except WireError as error:
            ready.fault = error
            return ready
        before = ready.before = known(proposal.origin_uri, self.by.name, *proposal.also_uris)
        if not self.dry and (before is None or before.digest != ready.digest):
            for data, focal in album.near_pictures():
                render_pool.expect(data, focal)
        return ready

    def _take_one(self, ready: _Ready, render_pool: RenderPool) -> Row:
        incoming, proposal = ready.incoming, ready.proposal
        spot = spot_of(incoming)
        headline = proposal.headline if proposal else ""
        try:
            try:
                row = self._enter(ready, render_pool)
            except OperationalError:
                # Somebody else held the database for long, or each waited for the other.
                log.warning("story %s is tried again", spot, exc_info=True)
                row = self._enter(ready, render_pool)
            return replace(row, file=incoming.file, spot=spot)
        except WireError as error:
            return _refused(error, incoming.file, spot, headline)
        except Refused as error:
            words = _refusal_in_both(error, proposal)
        except SQLAlchemyError:
            # The statement is for the log, not for who reads the report.
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
            said = str(error).splitlines()[0][:200]
            words = in_both(lambda: _("تعذّر الحفظ: %(why)s", why=said))
        return Row(REFUSED, incoming.file, spot, words, headline)

    def finish(self) -> None:
        """Index the imported stories and link them to each other: in one pass, without holding up
        other writers. What fails is done by the worker."""
        try:
            enter_many()
        except (SQLAlchemyError, Unsettled):
            db.session.rollback()
            log.exception("stories that entered are made known later")

    def _proposal(self, incoming: Incoming) -> Proposal:
        content = incoming.content
        if isinstance(content, WireError):
            raise content
        if isinstance(content, NewsItem):
            proposal = from_ninjs(content, self.places, incoming.number)
        else:
            proposal = replace(from_entry(*content, self.places, incoming.number), listed=True)
        return self._dated(proposal)

    def _dated(self, proposal: Proposal) -> Proposal:
        """``proposal`` with the status that it comes in with: never public before its hour."""
        status = self.status or proposal.status
        notes = list(proposal.notes)
        if self.status == "published":
            # Whoever commands it has seen what the source does not say.
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
            said = hour.astimezone(self.zone).isoformat(" ", "minutes")
            notes.append((code, f"{said} · {proposal.embargo_reason}".removesuffix(" · ")))
        else:
            hour = None
        return replace(proposal, status=status, embargo=hour, notes=tuple(notes))

    def _enter(self, ready: _Ready, render_pool: RenderPool) -> Row:
        if ready.fault is not None:
            raise ready.fault
        proposal, album, digest = ready.proposal, ready.album, ready.digest
        assert proposal is not None
        assert album is not None
        row = _row_of(ready.before, proposal, digest)
        told = tuple(_words(code, detail) for code, detail in proposal.notes)
        if row.outcome == UNCHANGED:
            return row
        if self.dry:
            content_of(replace(proposal, lead=None))
            return replace(row, notes=(*told, *album.notes))

        def store(data: bytes, picture: ProposedPicture) -> str:
            rendered = render_pool.render(data, picture.focal)
            stored = store_picture(
                rendered,
                self.by,
                store=self.store,
                alt=picture.alt,
                caption=picture.caption,
                credit=picture.credit,
            )
            album.widths[stored] = rendered.width
            return stored

        return self._write(
            album.store(store, allow_private=self.allow_private), digest, (*told, *album.notes)
        )

    def _write(self, proposal: Proposal, digest: str, notes: tuple[Words, ...]) -> Row:
        """Draft or revise the story and bring it to its status, in one transaction."""
        # What is computed of a story is computed before the lock is taken.
        content = content_of(proposal)
        with writing(proposal.origin_uri):
            # Asked anew under the lock: another import of the same source may have been quicker.
            before = known(proposal.origin_uri, self.by.name, *proposal.also_uris)
            row = _row_of(before, proposal, digest)
            if row.outcome == UNCHANGED:
                return row
            if before is None:
                public_id = draft(proposal, self.by, digest, content=content)
            else:
                public_id = before.id
                new = before.digest != digest and revised(public_id, proposal, self.by, digest)
                live = before.status == proposal.status == "published" and not before.pending
                if not new and live and before.digest != digest and not proposal.corrections:
                    return replace(row, outcome=UNCHANGED)
            if before is not None and before.status == "withdrawn" and not before.ours:
                notes = (*notes, in_both(lambda: _("سُحب الخبر هنا: حُفظ نصه الجديد ولم يُنشر")))
            else:
                self._bring_to_status(public_id, proposal, before)
        return replace(row, id=public_id, notes=notes)

    def _bring_to_status(self, public_id: str, proposal: Proposal, before: Known | None) -> None:
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
        # A clock that runs ahead elsewhere must not put a story into our future.
        return min(when + self.shift, now()) if when else None


def _refused(error: WireError, file: str, spot: Spot, headline: str) -> Row:
    """One row for one story, however much is wrong with it: the first fault, the rest as notes."""
    first, *rest = error.faults
    return Row(
        REFUSED,
        file,
        spot if first.spot == NOWHERE else first.spot,
        in_both(lambda: fault_text(first)),
        headline,
        notes=tuple(in_both(partial(_placed, fault)) for fault in rest),
    )


def _refusal_in_both(refused: Refused, proposal: Proposal | None) -> Words:
    """Return in both languages why the desk refused a story: what is wrong with its content is
    asked for again in each, for a refusal is worded where it is raised."""

    def say() -> str:
        if proposal is not None:
            try:
                content_of(replace(proposal, lead=None))
            except Refused as again:
                if again.field == refused.field:
                    return again.message
        return refused.message

    return in_both(say)


def _row_of(before: Known | None, proposal: Proposal, digest: str) -> Row:
    """Return the report's line for a story of which ``before`` is here."""
    if before is None:
        return Row(ACCEPTED, "", headline=proposal.headline)
    done = before.digest == digest and not _unfinished(before, proposal)
    done = done or _older(proposal, before)
    return Row(UNCHANGED if done else UPDATED, "", headline=proposal.headline, id=before.id)


def _words(code: str, detail: str) -> Words:
    return in_both(partial(fault_text, Fault(code, detail=detail)))


def _placed(fault: Fault) -> str:
    return f"{spot_text(fault.spot)}: {fault_text(fault)}"


def _older(proposal: Proposal, before: Known) -> bool:
    """Whether another list tells a story that is here already, and nothing newer of it."""
    if not proposal.listed or not before.source or before.source == proposal.source_name:
        return False
    at = proposal.updated_at
    return before.status == "published" and (
        at is None or before.updated_at is None or at <= before.updated_at
    )


def _unfinished(before: Known, proposal: Proposal) -> bool:
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
