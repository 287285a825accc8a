"""Kill `reindex` at every one of its steps in turn, and run it again after each.

A program of its own, because it forks: `test_index.py` starts it. Prints a line for each fault and
then how many steps there were.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from khabarayn import create_app
from khabarayn.search import index
from khabarayn.search.engine import search
from khabarayn.search.port import SearchRequest
from khabarayn.search.vocabulary import stories
from khabarayn.store.db import INDEX, db
from khabarayn.store.models import SearchDocument, SearchWord

KILLED = 9
MOST = 400  # steps; more are a fault of this program


def killed_at(step: int) -> None:
    """End this process without a word before the ``step``-th statement, or before or after the
    commit that is it."""
    reached = 0

    def pass_(*_given: Any, **_named: Any) -> None:
        nonlocal reached
        reached += 1
        if reached == step:
            os._exit(KILLED)

    event.listen(Engine, "before_cursor_execute", pass_)
    event.listen(Engine, "commit", pass_)
    event.listen(Session, "after_commit", pass_)


def state() -> dict[str, Any]:
    """Everything that search knows, whatever the order in which it was learned."""
    rows = db.session.scalars(select(SearchDocument).order_by(SearchDocument.article_id))
    documents = [(row.key, row.article_id, row.head, row.body, row.exact) for row in rows]
    words = select(*SearchWord.__table__.columns).order_by(SearchWord.word)
    known = [tuple(row) for row in db.session.execute(words)]
    found = [len(search(SearchRequest("مدينة")).hits), len(search(SearchRequest("خبر")).hits)]
    return {
        "documents": documents,
        "words": sorted(map(str, known)),
        "stories": stories(),
        "found": found,
        "behind": index.behind(),
    }


def checked_index() -> None:
    """Raise when the engine's own index does not say what the documents say."""
    if db.session.connection().dialect.name == "sqlite":
        check = f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)"
        db.session.execute(text(check))
        db.session.rollback()
    else:
        kept = db.session.scalar(text(f"SELECT count(*) FROM {INDEX}"))
        assert kept == db.session.scalar(text("SELECT count(*) FROM search_document"))


def forked(app: Any, work: Any) -> int:
    """Do ``work`` in a process of its own and return how that ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        with app.app_context():
            work()
            db.session.remove()
        code = 0
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)
    finally:
        os._exit(code)


def main() -> None:
    index.BATCH = 2
    app = create_app()
    with app.app_context():
        list(index.reindex(fresh=True))
        wanted = state()
        db.session.remove()
        db.engine.dispose()
    assert wanted["found"][0] and not wanted["behind"], wanted

    def healed() -> None:
        search(SearchRequest("مدينة"))  # readers ask while it is half done, too
        list(index.reindex())
        assert (now := state()) == wanted, f"{now} is not {wanted}"
        checked_index()

    for step in range(1, MOST):

        def broken(step: int = step) -> None:
            killed_at(step)
            list(index.reindex(fresh=True))

        code = forked(app, broken)
        if code == 0:
            print(f"steps {step - 1}")
            return
        if code != KILLED:
            print(f"step {step}: ended with {code}")
        if forked(app, healed) != 0:
            print(f"step {step}: did not heal")
            forked(app, lambda: list(index.reindex(fresh=True)))
    sys.exit(f"no end after {MOST} steps")


if __name__ == "__main__":
    main()
