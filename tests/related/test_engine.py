"""Which stories stand beside a story, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.related import beat
from factories.reports import SUBJECTS, report
from factories.story import BY, body
from sqlalchemy import event, func, select

from khabarayn.desk.arrange.clusters import close_cluster, name_cluster, take_out
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.related.candidates import candidates
from khabarayn.related.engine import Comparison, recency, rescore
from khabarayn.related.profile import pack_terms
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ClusterRow, LikenessRow, LinkRow, PostingRow
from khabarayn.store.queries.clusters import running_clusters
from khabarayn.store.queries.related import Likeness
from khabarayn.store.queries.story import article_by_id

pytestmark = pytest.mark.usefixtures("any_app_context")


def row_of(public_id: str) -> ArticleRow:
    return db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == public_id)).one()


def around(public_id: str, limit: int = 4):
    names = dict(db.session.execute(select(ArticleRow.id, ArticleRow.public_id)).all())
    return [(names[one.article_id], one) for one in candidates(row_of(public_id), limit)]


def three_subjects() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in SUBJECTS}
    for number in range(15):
        name = list(SUBJECTS)[number % 3]
        # Sections say nothing here: every subject stands in every section.
        section = ("news", "world", "sport")[number // 3 % 3]
        found[name].append(report(name, number, hours=number, section=section))
    return found


def test_the_closest_four_are_of_the_same_subject_whatever_the_section(left_to_worker):
    subjects = three_subjects()
    for ids in subjects.values():
        for public_id in ids:
            assert {other for other, _ in around(public_id)} == set(ids) - {public_id}


def test_every_reason_names_words_that_both_stories_have(left_to_worker):
    subjects = three_subjects()
    for _, one in around(subjects["quake"][4]):
        assert set(one.reason.words) & set(SUBJECTS["quake"])


def test_a_specific_shared_tag_outranks_likeness_of_words():
    alike = report("match", 1)
    for number in range(2, 8):
        report("chips", number, tags=("صناعة",))
    tagged = report("chips", 9, tags=("كأس الخليج",))
    here = report("match", 3, hours=1, tags=("كأس الخليج",))
    found = around(here)
    assert [other for other, _ in found[:2]] == [tagged, alike]
    assert found[0][1].reason.tags == ("كأس الخليج",)


def test_of_two_equally_close_stories_the_nearer_in_time_comes_first():
    old = report("quake", 1, hours=-24 * 200)
    fresh = report("quake", 4, hours=-5)
    here = report("quake", 7)
    assert [other for other, _ in around(here, 2)] == [fresh, old]
    assert recency(0) == 1
    assert recency(10**9) == pytest.approx(0.6)


def test_two_tellings_of_one_report_never_stand_together():
    text = body(50) + f"<p>{' '.join(SUBJECTS['quake'])}</p>"
    first = report("quake", 1, body_html=text)
    second = report("quake", 5, hours=1, body_html=text + "<p>عن الوكالة.</p>")
    other = report("quake", 8, hours=2)
    here = report("quake", 3, hours=3)
    found = [public_id for public_id, _ in around(here, 3)]
    assert other in found
    assert len({first, second} & set(found)) == 1
    assert second not in [public_id for public_id, _ in around(first, 3)]


def test_what_resembles_none_of_the_others_comes_after_what_does():
    def one(number: int, score: float, terms: dict[int, float]) -> Comparison:
        likeness = Likeness(number, 0, 1, number, pack_terms(terms), b"", None)
        return Comparison(likeness, score, score, score, ())

    kin = [one(n, 0.30 - n / 100, {1: 0.8, 2: 0.6}) for n in range(1, 5)]
    stray = one(9, 0.31, {7: 0.8, 8: 0.6})
    assert [c.likeness.article_id for _, c in rescore([stray, *kin])] == [1, 2, 3, 4, 9]


def test_nothing_akin_is_filled_up_from_the_section_without_a_score():
    elsewhere = report("match", 1, section="sport")
    same = report("chips", 2, section="news", body_html="<p>خوادم.</p>", standfirst="")
    here = report(
        "quake", 3, section="news", headline="إزمير", standfirst="", body_html="<p>هزة.</p>"
    )
    found = around(here)
    assert [(other, one.score) for other, one in found] == [(same, 0.0), (elsewhere, 0.0)]
    assert found[0][1].reason.section


def test_a_withdrawn_story_is_forgotten_and_a_republished_one_known_anew():
    gone, stays = report("quake", 1), report("quake", 2)
    withdraw(gone, BY, "تكرار.")
    number = row_of(gone).id
    for table in (PostingRow, LikenessRow):
        assert not db.session.scalar(
            select(func.count()).select_from(table).where(table.article_id == number)
        )
    assert gone not in [other for other, _ in around(stays)]
    publish(gone, BY)
    assert gone in [other for other, _ in around(stays)]


@pytest.fixture
def left_to_worker() -> None:
    """A worker is about: who publishes leaves the links of neighbouring stories to it, which takes
    most of the time, and says nothing about the story that is asked about."""
    beat(name="worker", at=now() + timedelta(hours=1))
    db.session.commit()


def test_the_work_for_one_story_does_not_grow_with_the_archive(left_to_worker):
    asked: list[str] = []

    def note(_c, _cursor, statement, *_rest):
        asked.append(statement)

    def statements_for(number: int) -> list[str]:
        row = row_of(report("quake", number, hours=number / 10))
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        candidates(row, 9)
        event.remove(db.engine, "before_cursor_execute", note)
        return list(asked)

    for number in range(20):
        report("quake", number, hours=number / 10)
    few = statements_for(20)
    for number in range(21, 50):
        report("quake", number, hours=number / 10)
    many = statements_for(50)
    assert len(many) == len(few) <= 12
    assert sum(1 for one in many if " LIMIT " in one.upper() or " IN (" in one.upper()) >= 2


def test_three_close_reports_become_a_running_story_with_a_name():
    ids = [report("quake", number, hours=number) for number in range(1, 5)]
    report("match", 1)
    found = article_by_id(ids[0]).file
    assert found is not None
    assert {card.id for card in found.cards} == set(ids[1:])
    assert found.size == 4
    assert any(word in found.name for word in SUBJECTS["quake"])


def test_a_story_apart_joins_no_running_story():
    for number in range(1, 4):
        report("quake", number, hours=number)
    assert article_by_id(report("match", 1)).file is None


def test_editors_name_close_and_thin_out_running_stories():
    ids = [report("quake", number, hours=number) for number in range(1, 5)]
    number = article_by_id(ids[0]).file.number
    name_cluster(number, BY, "زلزال إزمير")
    report("quake", 6, hours=6)
    assert article_by_id(ids[0]).file.name == "زلزال إزمير"
    take_out(ids[3], BY)
    assert article_by_id(ids[3]).file is None
    close_cluster(number, BY)
    assert article_by_id(ids[0]).file is None
    for wrong in (lambda: name_cluster(number, BY, " "), lambda: close_cluster(10**6, BY)):
        with pytest.raises(Refused):
            wrong()


def test_a_running_story_that_lost_its_reports_is_gone():
    ids = [report("quake", number, hours=number) for number in range(1, 4)]
    assert article_by_id(ids[0]).file
    take_out(ids[0], BY)
    assert db.session.scalar(select(func.count()).select_from(ClusterRow)) == 0
    assert running_clusters(days=10**4) == ()


def test_the_front_page_knows_the_running_stories_that_moved_lately():
    ids = [report("quake", number, hours=number) for number in range(1, 5)]
    (found,) = running_clusters(days=10**4)
    assert {card.id for card in found.cards} == set(ids)
    assert running_clusters(days=1) == ()


def test_links_are_stored_with_score_and_reason():
    subjects = three_subjects()
    number = row_of(subjects["chips"][0]).id
    rows = db.session.scalars(select(LinkRow).where(LinkRow.article_id == number)).all()
    assert rows
    assert all(row.reason for row in rows)
    assert any(row.score > 0 for row in rows)
