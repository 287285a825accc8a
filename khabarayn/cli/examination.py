"""The checks of `khabarayn doctor` on the database and on the paper's content."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from khabarayn.backup.age import backup_state
from khabarayn.cli.language import gettext as _
from khabarayn.cli.versions import words_for_schema
from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.media.port import MediaStore
from khabarayn.search.index import behind
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import INDEX, db, now
from khabarayn.store.models import (
    ArticleRow,
    EditionRow,
    ListingRow,
    LogRow,
    MediaRow,
    OutboxRow,
    SearchDocument,
    UserRow,
)
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.schema import gaps, schema_of

# SQLite before this can corrupt a WAL that several processes write.
SAFE_SQLITE = (3, 51, 3)
PRAGMAS = (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1))
# So much later than planned is late; so long in the outbox is stuck; so far ahead is another clock.
LATE, STUCK_AFTER, AHEAD = timedelta(minutes=5), timedelta(minutes=30), timedelta(minutes=2)
# So many of each fault are named.
MOST_NAMED = 5
Check = Callable[[], Iterator["Finding"]]


@dataclass(frozen=True)
class Finding:
    """``level`` is ok, warn or bad; ``name`` what was looked at; ``words`` what was seen."""

    level: str
    name: str
    words: str


def ok(name: str, words: str) -> Finding:
    """Return a finding that needs nothing done."""
    return Finding("ok", name, words)


def warn(name: str, words: str) -> Finding:
    """Return a finding that somebody should look into; the site works."""
    return Finding("warn", name, words)


def bad(name: str, words: str) -> Finding:
    """Return a finding that keeps the site, or a part of it, from working."""
    return Finding("bad", name, words)


def paper(app: Flask) -> Iterator[tuple[str, Check]]:
    """Yield the checks of the database and the paper, each with its name; needs an application
    context. A database that is not at this version's migration is not checked further."""
    schemas: list[str] = []

    def check_connection() -> Iterator[Finding]:
        with db.engine.connect() as connection:
            schema = schema_of(connection)
            schema_gaps = gaps(connection, db.metadata) if schema.state == "current" else ()
            where = connection.engine.url.render_as_string(hide_password=True)
        yield ok(_("قاعدة البيانات"), where)
        place = _("الترحيلات")
        if schema_gaps:
            words = _("ترحيل لم يكتمل؛ أعد نسخة احتياطية بالأمر khabarayn restore")
            yield bad(place, f"{words}: {', '.join(schema_gaps[:MOST_NAMED])}")
        elif schema.state == "current":
            schemas.append(schema.newest)
            yield ok(place, schema.newest)
        else:
            yield bad(place, words_for_schema(schema))

    yield _("قاعدة البيانات"), check_connection
    if not schemas:
        return
    store: MediaStore = app.extensions["khabarayn.media"]
    settings = settings_of(app.config)
    if db.engine.dialect.name == "sqlite":
        yield "SQLite", _sqlite
        yield _("سلامة الملف"), _sound
        yield _("المفاتيح الأجنبية"), _foreign_keys
    yield _("فهرس البحث"), _index
    yield _("ملفات الصور"), lambda: _pictures(store, settings)
    yield _("النشرات"), lambda: _editions(store)
    yield _("القوائم"), _lists
    yield _("الجدولة"), _schedule
    yield _("صندوق الصادر"), _outbox
    yield _("الحسابات"), _people
    yield _("العامل"), _worker
    yield _("النسخة الاحتياطية"), lambda: _backups(settings)
    yield _("الساعة"), _clock


def _sqlite() -> Iterator[Finding]:
    with db.engine.connect() as connection:
        for pragma, expected_value in PRAGMAS:
            value = connection.execute(text(f"PRAGMA {pragma}")).scalar()
            yield Finding(
                "ok" if value == expected_value else "bad", f"SQLite {pragma}", str(value)
            )
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        words = _("عملية كتابة واحدة فقط؛ لأكثر منها PostgreSQL")
        yield warn(f"SQLite {sqlite3.sqlite_version}", words)


def _sound() -> Iterator[Finding]:
    name = _("سلامة الملف")
    with db.engine.connect() as connection:
        answer = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    yield ok(name, answer) if answer == "ok" else bad(name, answer)


def _foreign_keys() -> Iterator[Finding]:
    name = _("المفاتيح الأجنبية")
    with db.engine.connect() as connection:
        rows = connection.execute(text("PRAGMA foreign_key_check")).all()
    violations = sorted({f"{row[0]} → {row[2]}" for row in rows})
    if violations:
        yield bad(name, f"{len(rows)}: {', '.join(violations[:MOST_NAMED])}")
    else:
        yield ok(name, "ok")


def _index() -> Iterator[Finding]:
    name = _("فهرس البحث")
    again = _("نفّذ khabarayn search reindex --fresh")
    if behind():
        yield bad(name, _("نفّذ khabarayn init"))
        return
    live = select(ArticleRow.id).where(PUBLISHED)
    indexed_ids = select(SearchDocument.article_id)
    short = _count(live.where(ArticleRow.id.not_in(indexed_ids)))
    over = _count(indexed_ids.where(SearchDocument.article_id.not_in(live)))
    if short or over:
        words = _("أخبار غير مفهرسة") + f": {short}; "
        yield bad(name, words + _("زائدة") + f": {over}; {again}")
        return
    try:
        if db.engine.dialect.name == "sqlite":
            check = f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)"
            db.session.execute(text(check))
        elif db.session.scalar(text(f"SELECT count(*) FROM {INDEX}")) != _count(indexed_ids):
            yield bad(name, again)
            return
    except DatabaseError:
        yield bad(name, _("تالف") + f"; {again}")
    else:
        yield ok(name, "ok")
    finally:
        db.session.rollback()


def _pictures(store: MediaStore, settings: Settings) -> Iterator[Finding]:
    """Every rendition of every picture is there and not empty."""
    name = _("ملفات الصور")
    sizes = dict(store.sizes())
    missing, empty = [], []
    for row in db.session.execute(select(MediaRow.folder, MediaRow.renditions)):
        for rendition in row.renditions:
            file = f"{row.folder}/{rendition['name']}"
            if file not in sizes:
                missing.append(file)
            elif not sizes[file]:
                empty.append(file)
    if missing:
        yield bad(name, _("مفقودة") + f": {len(missing)}: {', '.join(missing[:MOST_NAMED])}")
    if empty:
        yield bad(name, _("فارغة") + f": {len(empty)}: {', '.join(empty[:MOST_NAMED])}")
    if not missing and not empty:
        yield ok(name, settings.media)


def _editions(store: MediaStore) -> Iterator[Finding]:
    name = _("النشرات")
    files = (EditionRow.text_file, EditionRow.full_file, EditionRow.epub_file)
    files_in_use = [file for row in db.session.execute(select(*files)) for file in row if file]
    missing = [file for file in files_in_use if not store.exists(file)]
    if missing:
        hint = _("نفّذ khabarayn edition make")
        yield bad(name, _("ملفات مفقودة") + f": {', '.join(missing[:MOST_NAMED])}; {hint}")
    else:
        yield ok(name, str(len(files_in_use)))


def _lists() -> Iterator[Finding]:
    name = _("القوائم")
    live = select(ArticleRow.id).where(PUBLISHED)
    listings = select(ListingRow.article_id).where(ListingRow.list == "latest")
    outside = select(ArticleRow.public_id).where(PUBLISHED, ArticleRow.id.not_in(listings))
    out = list(db.session.scalars(outside.limit(MOST_NAMED)))
    ghosts = _count(select(ListingRow.article_id).where(ListingRow.article_id.not_in(live)))
    if out:
        yield bad(name, _("منشور خارج قوائمه") + f": {', '.join(out)}")
    if ghosts:
        yield bad(name, _("في القوائم وليس منشورًا") + f": {ghosts}")
    if not out and not ghosts:
        yield ok(name, "ok")


def _schedule() -> Iterator[Finding]:
    name = _("الجدولة")
    late = select(ArticleRow.public_id).where(
        ArticleRow.status == "scheduled", ArticleRow.publish_at < now() - LATE
    )
    ids = list(db.session.scalars(late.limit(MOST_NAMED)))
    if ids:
        yield bad(name, _("تأخّر نشره") + f": {', '.join(ids)}")
    else:
        yield ok(name, "ok")


def _outbox() -> Iterator[Finding]:
    name = _("صندوق الصادر")
    stuck_count = _count(
        select(OutboxRow.id).where(
            OutboxRow.done_at.is_(None), OutboxRow.created_at < now() - STUCK_AFTER
        )
    )
    if stuck_count:
        yield bad(name, _("عالق") + f": {stuck_count}")
    else:
        yield ok(name, "ok")


def _people() -> Iterator[Finding]:
    name = _("الحسابات")
    admins = select(UserRow.id).where(UserRow.active, UserRow.role == "admin")
    if _count(admins):
        yield ok(name, "ok")
    else:
        hint = _("khabarayn serve يعرض رابط أول مدير للموقع")
        yield warn(name, _("لا حساب لمدير الموقع") + f"; {hint}")


def _worker() -> Iterator[Finding]:
    name = _("العامل")
    if worker_is_alive():
        yield ok(name, "ok")
    else:
        yield warn(name, _("لم يعمل أي عامل في آخر دقيقة"))


def _backups(settings: Settings) -> Iterator[Finding]:
    name = _("النسخة الاحتياطية")
    if not settings.backup_url:
        yield warn(name, _("لا تُحفظ نسخ احتياطية؛ اضبط KHABARAYN_BACKUP_URL"))
        return
    state = backup_state(settings)
    if state.at is None:
        yield bad(name, _("لم تُحفظ أي نسخة بعد"))
        return
    at = state.at.isoformat(timespec="seconds")
    yield bad(name, _("آخر نسخة سليمة قديمة") + f": {at}") if state.late else ok(name, at)


def _clock() -> Iterator[Finding]:
    name = _("الساعة")
    last = db.session.scalar(select(func.max(LogRow.at)))
    if last is not None and last > now() + AHEAD:
        words = _("السجل يسبق ساعة هذا الجهاز")
        yield bad(name, f"{words}: {last.isoformat(timespec='seconds')}")
    else:
        yield ok(name, now().isoformat(timespec="seconds"))


def _count(query: object) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0  # type: ignore[attr-defined]
