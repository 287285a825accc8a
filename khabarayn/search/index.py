"""Keep the search index up to date, in the transaction that changes the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, func, insert, select, text

from khabarayn.search.document import VERSION, Document, document_of, key_of, words_of
from khabarayn.search.postgres import put
from khabarayn.search.vocabulary import STORIES, add_stories, forget, learn
from khabarayn.store.db import INDEX, commit, db, writing
from khabarayn.store.models import ArticleRow, SearchDocument, SearchState, SearchWord
from khabarayn.store.models.search import SQLITE_INDEX
from khabarayn.store.queries.cards import PUBLISHED

BATCH = 200
_REINDEX_MARK = "reindexed"
_VERSION = "version"
_SLOTS = 1 << 12


def index(row: ArticleRow) -> None:
    """Index the published story ``row`` as it is now; the caller commits."""
    db.session.flush()
    _put(document_of(row))


def take_in(documents: Sequence[Document]) -> None:
    """Index the published stories of these ``documents``, whether they are indexed already or not;
    the caller commits."""
    known_ids = indexed_ids([document.article_id for document in documents])
    add_all([document for document in documents if document.article_id not in known_ids])
    for document in documents:
        if document.article_id in known_ids:
            _put(document)


def _put(document: Document) -> None:
    old = _document(document.article_id)
    add_stories(0 if old else 1)
    before = words_of(old.exact) if old else set()
    if old:
        _delete(old.key)
    _insert([document])
    after = document.display
    learn({word: display for word, display in after.items() if word not in before})
    forget(before - after.keys())


def remove(row: ArticleRow) -> None:
    """Remove the story ``row`` from the index, if it is there; the caller commits."""
    old = _document(row.id)
    if old:
        add_stories(-1)
        _delete(old.key)
        forget(words_of(old.exact))


def indexed_ids(article_ids: Sequence[int]) -> set[int]:
    """Return which of these stories are indexed."""
    query = select(SearchDocument.article_id).where(SearchDocument.article_id.in_(article_ids))
    return set(db.session.scalars(query))


def add_all(documents: Sequence[Document]) -> None:
    """Index stories that are not indexed yet, many at a time."""
    add_stories(len(documents))
    _insert(documents)
    times: Counter[str] = Counter()
    display: dict[str, str] = {}
    for document in documents:
        times.update(document.display.keys())
        display.update(document.display)
    learn(display, times)


def behind() -> bool:
    """Say whether the index was made by another version of this code, is not finished, or has lost
    what keeps it in step with the documents."""
    return _state(_VERSION) != VERSION or _state(_REINDEX_MARK) is not None or not _in_step()


def _in_step() -> bool:
    if db.session.connection().dialect.name != "sqlite":
        return True
    names = (f"{INDEX}_in", f"{INDEX}_out")
    query = text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (:a, :b)")
    return db.session.scalar(query, dict(zip("ab", names, strict=True))) == len(names)


def reindex(fresh: bool = False) -> Iterator[tuple[int, int]]:
    """Index every published story anew, a transaction for each `BATCH`; yield (done, all).

    Stopped at any moment, the next call goes on where this one was, unless ``fresh``. The index
    is emptied first when it is begun anew: then nothing of an older folding stays behind.
    """
    start = _state(_REINDEX_MARK)
    if fresh or not _in_step() or start is None or _state(_VERSION) != VERSION:
        _clear()
        start = 0
    count = select(func.count()).select_from(ArticleRow).where(PUBLISHED)
    everything = db.session.scalar(count) or 0
    position = db.session.scalar(count.where(ArticleRow.id <= start)) or 0
    yield position, everything
    while batch := _index_after(start):
        start = batch[-1]
        db.session.expunge_all()
        position += len(batch)
        yield position, everything
    db.session.execute(delete(SearchState).where(SearchState.name == _REINDEX_MARK))
    commit()


@writing()
def _index_after(start: int) -> list[int]:
    """Index the next published stories after the row ``start``; commit; return their numbers."""
    # Locked before anything is read, so that no publication slips in between.
    add_stories(0)
    query = select(ArticleRow).where(PUBLISHED, ArticleRow.id > start)
    rows = list(db.session.scalars(query.order_by(ArticleRow.id).limit(BATCH)))
    if not rows:
        return []
    numbers = [row.id for row in rows]
    # A story published while this runs is here already.
    known_ids = indexed_ids(numbers)
    add_all([document_of(row) for row in rows if row.id not in known_ids])
    _remember(_REINDEX_MARK, numbers[-1])
    commit()
    return numbers


def _document(article_id: int) -> SearchDocument | None:
    columns = select(SearchDocument).where(SearchDocument.article_id == article_id)
    return db.session.scalar(columns)


def _delete(key: int) -> None:
    # On PostgreSQL the vector goes with it, by its foreign key; on SQLite by a trigger.
    db.session.execute(
        delete(SearchDocument).where(SearchDocument.key == key),
        execution_options={"synchronize_session": "fetch"},
    )


def _insert(documents: Sequence[Document]) -> None:
    if not documents:
        return
    wanted_keys = [key_of(document.at, document.article_id) for document in documents]
    here = select(SearchDocument.key).where(SearchDocument.key.in_(wanted_keys))
    used_keys = set(db.session.scalars(here))
    rows = []
    for document in documents:
        key = _free_key(document, used_keys)
        used_keys.add(key)
        rows.append(
            {
                "key": key,
                "article_id": document.article_id,
                "head": document.head,
                "standfirst": document.standfirst,
                "tags": document.tags,
                "body": document.body,
                "exact": document.exact,
                "labels": document.labels,
            }
        )
    db.session.execute(insert(SearchDocument), rows)
    if db.session.connection().dialect.name != "sqlite":
        keys = [row["key"] for row in rows]
        put(list(db.session.scalars(select(SearchDocument).where(SearchDocument.key.in_(keys)))))


def _free_key(document: Document, used_keys: set[int]) -> int:
    key = key_of(document.at, document.article_id)
    if key not in used_keys:
        return key
    # An archive that knows only days puts thousands of stories on one minute: go on behind them.
    first = key_of(document.at)
    last = db.session.scalar(
        select(func.max(SearchDocument.key)).where(
            SearchDocument.key.between(first, first + 1440 * _SLOTS)
        )
    )
    return (
        max(last or first, max((k for k in used_keys if k <= first + 1440 * _SLOTS), default=0)) + 1
    )


def _state(name: str) -> int | None:
    return db.session.scalar(select(SearchState.value).where(SearchState.name == name))


def _remember(name: str, value: int) -> None:
    db.session.merge(SearchState(name=name, value=value))


@writing()
def _clear() -> None:
    # A row is written first: on SQLite that begins the transaction, and what is dropped and made
    # again after it comes with it or not at all, wherever the process is killed.
    db.session.execute(
        delete(SearchState).where(SearchState.name.in_((_VERSION, _REINDEX_MARK, STORIES)))
    )
    if db.session.connection().dialect.name == "sqlite":
        # Row by row the trigger would undo every story's words; the index is emptied whole.
        db.session.execute(text(f"DROP TRIGGER IF EXISTS {INDEX}_out"))
        db.session.execute(delete(SearchDocument))
        db.session.execute(text(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')"))
        db.session.execute(text(f"DROP TRIGGER IF EXISTS {INDEX}_in"))
        for trigger in SQLITE_INDEX[1:]:
            db.session.execute(text(trigger))
    else:
        db.session.execute(text(f"TRUNCATE {INDEX}"))
        db.session.execute(delete(SearchDocument))
    db.session.execute(delete(SearchWord))
    _remember(_VERSION, VERSION)
    _remember(_REINDEX_MARK, 0)
    commit()
