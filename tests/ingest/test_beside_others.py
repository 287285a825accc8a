"""Two imports beside a worker and editors, all on one database: nobody is refused."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from factories.people import somebody
from ingest.test_accept import ITEM, put
from sqlalchemy import func, select

from khabarayn import Khabarayn
from khabarayn.article.form import StoryForm
from khabarayn.article.identity import new_public_id
from khabarayn.desk.stories.autosave import autosave_form
from khabarayn.desk.stories.write import write
from khabarayn.ingest.accept import Intake
from khabarayn.ingest.adapt import Places
from khabarayn.ingest.report import Row
from khabarayn.ingest.sources import files_in, stories_in
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LikenessRow, OutboxRow, SearchDocument
from khabarayn.store.queries.sections import section_tree
from khabarayn.worker import work

STORIES, SAVED = 24, 8


def test_two_imports_beside_a_worker_and_editors_lose_nothing(
    any_app: Khabarayn, tmp_path: Path
) -> None:
    folders = [
        put(
            tmp_path / name,
            *(
                replace(
                    ITEM,
                    uri=f"tag:x/{name}-{n}",
                    headline=f"الخبر {n} من {name} عن القمر",
                    tags=("فلك", f"وسم {n % 5}"),
                )
                for n in range(STORIES)
            ),
        )
        for name in ("first", "second")
    ]
    with any_app.app_context():
        editors = [somebody("editor"), somebody("editor")]
    ready = threading.Barrier(5)
    ended = threading.Event()
    rows: list[Row] = []
    waited: list[float] = []
    wrong: list[BaseException] = []

    def take(folder: Path) -> None:
        intake = Intake(
            store=any_app.extensions["khabarayn.media"],
            places=Places(section_tree().by_id.values()),
        )
        ready.wait(20)
        rows.extend(
            intake.take(one for file in files_in(folder) for one in stories_in(file, folder))
        )
        intake.finish()

    def save(who: Any) -> None:
        ready.wait(20)
        for number in range(SAVED):
            story = new_public_id()
            form = StoryForm(headline=f"خبر {number}", body="<p>نص يُكتب الآن.</p>", section="news")
            begun = time.monotonic()
            autosave_form(story, who, form, 0, 0)
            write(story, form, who, 0)
            waited.append(time.monotonic() - begun)
            db.session.remove()
            time.sleep(0.02)

    def serve() -> None:
        ready.wait(20)
        work(stop=ended)

    def within(do: Any, *given: Any) -> None:
        with any_app.test_request_context():
            try:
                do(*given)
            except BaseException as why:
                wrong.append(why)
            finally:
                db.session.remove()

    importers = [threading.Thread(target=within, args=(take, folder)) for folder in folders]
    writers = [threading.Thread(target=within, args=(save, who)) for who in editors]
    worker = threading.Thread(target=within, args=(serve,))
    for thread in (*importers, *writers, worker):
        thread.start()
    for thread in (*importers, *writers):
        thread.join(300)
    ended.set()
    worker.join(60)
    assert wrong == []
    assert Counter(row.outcome for row in rows) == {"accepted": 2 * STORIES}
    assert len(waited) == 2 * SAVED
    with any_app.app_context():
        work(once=True)
        status = dict(
            db.session.execute(select(ArticleRow.status, func.count()).group_by("status")).all()
        )
        assert status == {"published": 2 * STORIES, "draft": 2 * SAVED}
        for table in (SearchDocument, LikenessRow):
            assert db.session.scalar(select(func.count()).select_from(table)) == 2 * STORIES
        told = select(OutboxRow.topic).where(OutboxRow.done_at.is_(None))
        assert list(db.session.scalars(told)) == []
