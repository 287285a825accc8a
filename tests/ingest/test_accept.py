"""Stories enter each by itself and once, and the report says what became of every one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from ingest.conftest import Take, picture
from sqlalchemy import func, select
from wire.samples import fixture

from khabarayn.arabic.bidi import is_arabic
from khabarayn.article.identity import public_id
from khabarayn.article.story import Story, WithdrawnStory
from khabarayn.desk.by import By
from khabarayn.desk.stories import admit as admit_module
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.ingest import accept
from khabarayn.ingest.adapt import Places
from khabarayn.ingest.report import Row
from khabarayn.ingest.sources import files_in, stories_in
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleRow,
    ArticleTag,
    ListingRow,
    LogRow,
    MediaRow,
    OutboxRow,
    RevisionRow,
)
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story import article_by_id
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture
from khabarayn.wire.ninjswrite import write

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
ITEM = NewsItem(
    uri="tag:x.example,2026:demo/moon",
    headline="القمر يعود",
    body_html="<p>عاد القمر إلى مكانه بعد غياب قصير، وانتظره الناس على السطوح.</p><p>ثم غاب.</p>",
    standfirst="خبر قصير عن ضيف قديم.",
    section="tech",
    tags=("فلك",),
    published=AT,
    updated=AT,
)


def put(folder: Path, *items: NewsItem) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        name = item.uri.rpartition("/")[2]
        (folder / f"{name}.json").write_text(write(item), "utf-8")
    return folder


def outcomes(rows: list[Row]) -> list[str]:
    return [row.outcome for row in rows]


def story(uri: str = ITEM.uri) -> Story:
    found = article_by_id(public_id(uri))
    assert isinstance(found, Story)
    return found


def test_a_story_enters_with_all_it_has(take: Take, tmp_path: Path) -> None:
    item = replace(
        ITEM,
        lead=NewsPicture("file:moon.jpg", "هلال فوق سطح", "الهلال", "رسم"),
        pictures=(NewsPicture("file:inner.jpg", "خريطة"),),
        body_html=ITEM.body_html + '<figure><img src="file:inner.jpg" alt="خريطة">'
        "<figcaption>شرح</figcaption></figure>",
        flags=("evergreen",),
        corrections=((AT + timedelta(hours=2), "كان الاسم خطأ."),),
        teaser="هل رأيتموه؟ #فلك #ليل_طويل",
    )
    (tmp_path / "moon.jpg").write_bytes(picture(10))
    (tmp_path / "inner.jpg").write_bytes(picture(90))
    (row,) = take(put(tmp_path, item))
    assert (row.outcome, row.notes, row.id) == ("accepted", (), public_id(item.uri))
    found = story()
    assert found.card.headline == "القمر يعود"
    assert (found.card.published_at, found.evergreen) == (AT, True)
    assert found.card.updated_at == AT + timedelta(hours=2)
    assert [tag.name for tag in found.tags] == ["فلك", "ليل طويل"]
    assert [(c.at, c.text) for c in found.corrections] == [
        (AT + timedelta(hours=2), "كان الاسم خطأ.")
    ]
    assert found.card.picture is not None
    assert (found.card.picture.alt, found.card.picture.credit) == ("هلال فوق سطح", "رسم")
    (image,) = [block for block in found.blocks if block.kind == "image"]
    assert found.pictures[image.media].width == 640  # type: ignore[attr-defined]


def test_the_same_file_again_changes_nothing(take: Take, tmp_path: Path) -> None:
    folder = put(tmp_path, ITEM)
    assert outcomes(take(folder)) == ["accepted"]
    revisions = db.session.scalars(select(RevisionRow.id)).all()
    shifted = take(folder, shift=timedelta(days=3))
    assert outcomes(shifted) == ["unchanged"]
    assert db.session.scalars(select(RevisionRow.id)).all() == revisions
    assert story().card.published_at == AT
    assert story().card.rev == 1


def test_a_changed_file_updates_the_story_in_its_place(take: Take, tmp_path: Path) -> None:
    folder = put(tmp_path, ITEM)
    take(folder)
    put(tmp_path, replace(ITEM, headline="القمر عاد"))
    (row,) = take(folder)
    assert (row.outcome, row.id) == ("updated", public_id(ITEM.uri))
    found = story()
    assert (found.card.headline, found.card.rev, found.card.published_at) == ("القمر عاد", 2, AT)
    assert len(db.session.scalars(select(ArticleRow)).all()) == 1


def test_another_picture_under_the_same_name_is_a_change(take: Take, tmp_path: Path) -> None:
    put(tmp_path, replace(ITEM, lead=NewsPicture("file:moon.jpg", "هلال")))
    (tmp_path / "moon.jpg").write_bytes(picture(10))
    take(tmp_path)
    before = story().card.picture
    (tmp_path / "moon.jpg").write_bytes(picture(120))
    assert outcomes(take(tmp_path)) == ["updated"]
    after = story().card.picture
    assert before is not None
    assert after is not None
    assert before.id != after.id


def test_a_folder_of_everything_gives_what_is_good_and_says_what_is_not(
    take: Take, fixtures: Path, tmp_path: Path
) -> None:
    for name in fixtures.iterdir():
        (tmp_path / name.name).write_bytes(name.read_bytes())
    deep = "<div>" * 300 + "نص" + "</div>" * 300
    put(
        tmp_path,
        replace(ITEM, uri="tag:x/lost", lead=NewsPicture("file:gone.jpg")),
        replace(ITEM, uri="tag:x/deep", body_html=deep),
        replace(ITEM, uri="tag:x/where", section="moon", section_name="القمر"),
    )
    (tmp_path / "cut.json").write_text('{"uri": "urn:cut",\n "headlines": [{"value": ', "utf-8")
    (tmp_path / "empty.rss").write_bytes(b"")
    (tmp_path / "notes.xml").write_text("كلام", "utf-8")
    (tmp_path / "readme.txt").write_text("ليس خبرًا", "utf-8")
    rows = take(tmp_path)
    refused = {(row.file, row.spot.item): row for row in rows if row.outcome == "refused"}
    assert sorted(refused) == [
        ("broken-list.ninjs.json", 2),
        ("broken-list.ninjs.json", 3),
        ("broken-list.ninjs.json", 4),
        ("broken-list.ninjs.json", 5),
        ("broken.rss", 2),
        ("cut.json", 0),
        ("deep.json", 0),
        ("empty.rss", 0),
        ("notes.xml", 0),
        ("where.json", 0),
    ]
    assert (refused["cut.json", 0].spot.line, refused["broken.rss", 2].spot.line) == (2, 13)
    (lost,) = (row for row in rows if row.file == "lost.json")
    assert lost.outcome == "accepted"
    assert "gone.jpg" in lost.notes[0][0]
    assert "متداخلة" in refused["deep.json", 0].reason[0]
    assert "«moon»" in refused["where.json", 0].reason[0]
    assert all(arabic and english for arabic, english in (r.reason for r in refused.values()))
    live = db.session.scalars(select(ArticleRow).where(ArticleRow.status == "published")).all()
    headlines = {row.headline for row in live}
    assert {
        "المنارة القديمة تعود إلى العمل بعد ترميمها",
        "زخة شهب تُرى بالعين هذا الأسبوع",
        "مكتبة على ظهر جمل تصل إلى آخر قرية",
        "جسر المشاة فوق النهر يفتح أبوابه & يغلق طريق السيارات",
    } <= headlines
    drafts = db.session.scalars(select(ArticleRow).where(ArticleRow.status == "draft")).all()
    undated = {
        "التين يسبق موعده هذا العام",
        "الزيتون: قطاف مبكر ومعاصر مزدحمة",
        "الأول سليم",
        "السادس سليم",
    }
    assert undated <= {row.headline for row in drafts}
    assert all("وقت" in r.notes[0][0] for r in rows if r.headline in undated)
    second = take(tmp_path)
    assert {row.outcome for row in second} == {"unchanged", "refused"}


def test_the_same_story_in_another_encoding_is_the_same_story(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(fixture("feed.rss"))
    first = take(tmp_path)
    (tmp_path / "a.rss").write_bytes(fixture("windows-1256.rss"))
    assert [row.id for row in take(tmp_path)] == [row.id for row in first]


def test_a_far_picture_that_cannot_be_had_is_left_out_and_noted(take: Take, tmp_path: Path) -> None:
    put(
        tmp_path,
        replace(
            ITEM,
            lead=NewsPicture("http://127.0.0.1/x.jpg"),
            body_html='<p>نص.</p><figure><img src="http://169.254.169.254/y.jpg">'
            "<figcaption>شرح</figcaption></figure><p>خاتمة.</p>",
        ),
    )
    (row,) = take(tmp_path)
    assert (row.outcome, len(row.notes)) == ("accepted", 2)
    assert "شبكة خاصة" in row.notes[0][0]
    found = story()
    assert found.card.picture is None
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("path", ["../secret.jpg", "/etc/hostname", "file:///etc/hostname", ""])
def test_no_picture_is_taken_from_outside_the_folder(take: Take, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture())
    put(tmp_path / "in", replace(ITEM, lead=NewsPicture(path or "file:")))
    (row,) = take(tmp_path / "in")
    assert row.outcome == "accepted"
    assert "صورة مفقودة" in row.notes[0][0]
    assert story().card.picture is None
    assert db.session.scalars(select(MediaRow)).all() == []


def test_a_file_that_is_no_picture_is_left_out_with_a_note(take: Take, tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"<svg onload='x()'/>")
    put(tmp_path, replace(ITEM, lead=NewsPicture("file:x.jpg")))
    (row,) = take(tmp_path)
    assert (row.outcome, row.headline) == ("accepted", ITEM.headline)
    assert "صورة متروكة x.jpg" in row.notes[0][0].replace("file:", "")
    assert story().card.picture is None


def test_drafts_stay_drafts_and_can_be_published_later(take: Take, tmp_path: Path) -> None:
    folder = put(tmp_path, replace(ITEM, status="withheld"))
    take(folder)
    assert article_by_id(public_id(ITEM.uri)) is None
    assert outcomes(take(folder, status="published")) == ["updated"]
    assert story().card.headline == ITEM.headline


def test_as_draft_keeps_everything_out_of_readers_sight(take: Take, tmp_path: Path) -> None:
    take(put(tmp_path, ITEM), status="draft")
    assert article_by_id(public_id(ITEM.uri)) is None
    row = db.session.scalars(select(ArticleRow)).one()
    assert row.status == "draft"


def test_a_withdrawn_story_comes_as_withdrawn(take: Take, tmp_path: Path) -> None:
    item = replace(ITEM, status="canceled", withdrawn_reason="حلّت محله مادة أحدث.")
    take(put(tmp_path, item))
    found = article_by_id(public_id(ITEM.uri))
    assert isinstance(found, WithdrawnStory)
    assert found.reason == "حلّت محله مادة أحدث."
    assert outcomes(take(tmp_path)) == ["unchanged"]


def test_what_its_source_withdraws_later_is_withdrawn_here(take: Take, tmp_path: Path) -> None:
    take(put(tmp_path, ITEM))
    take(put(tmp_path, replace(ITEM, status="canceled", withdrawn_reason="خطأ في المصدر.")))
    assert isinstance(article_by_id(public_id(ITEM.uri)), WithdrawnStory)


def test_readers_are_told_in_the_papers_language_that_the_source_withdrew(
    take: Take, tmp_path: Path
) -> None:
    take(put(tmp_path, ITEM))
    with force_locale("en"):
        take(put(tmp_path, replace(ITEM, status="canceled", withdrawn_reason="")))
    gone = article_by_id(public_id(ITEM.uri))
    assert isinstance(gone, WithdrawnStory) and gone.reason == "سحبه مصدره."


def test_what_an_editor_withdrew_is_not_brought_back_by_its_source(
    take: Take, tmp_path: Path
) -> None:
    take(put(tmp_path, ITEM))
    withdraw(public_id(ITEM.uri), By("editor"), "لأسباب تخصنا.")
    put(tmp_path, replace(ITEM, headline="القمر عاد ثانية"))
    (row,) = take(tmp_path)
    assert row.outcome == "updated"
    assert any("سُحب" in str(note) for note in row.notes)
    assert isinstance(article_by_id(public_id(ITEM.uri)), WithdrawnStory)


def test_a_correction_of_an_editor_survives_an_import_of_the_same(
    take: Take, tmp_path: Path
) -> None:
    take(put(tmp_path, ITEM))
    correct(public_id(ITEM.uri), By("editor"), "تصحيح من الديسك.")
    assert outcomes(take(tmp_path)) == ["unchanged"]
    assert [c.text for c in story().corrections] == ["تصحيح من الديسك."]


@pytest.mark.parametrize("verb", ["publish", "correct", "withdraw"])
def test_an_import_that_broke_off_is_finished_by_the_next(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    item = replace(ITEM, corrections=((AT, "تصحيح."),))
    if verb == "withdraw":
        item = replace(item, status="canceled", withdrawn_reason="سبب.")
    folder = put(tmp_path, item)

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(accept, "put_out" if verb == "publish" else verb, break_off)
        with pytest.raises(KeyboardInterrupt):
            take(folder)
    db.session.rollback()
    take(folder)
    found = article_by_id(public_id(item.uri))
    assert isinstance(found, WithdrawnStory if verb == "withdraw" else Story)
    if isinstance(found, Story):
        assert len(found.corrections) == 1
    assert outcomes(take(folder)) == ["unchanged"]


def test_an_update_that_was_kept_but_not_published_is_published_by_the_next(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(put(tmp_path, ITEM))
    put(tmp_path, replace(ITEM, headline="القمر عاد"))

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(accept, "put_out", break_off)
        with pytest.raises(KeyboardInterrupt):
            take(tmp_path)
    db.session.rollback()
    take(tmp_path)
    assert story().card.headline == "القمر عاد"


def test_a_dry_run_judges_and_writes_nothing(take: Take, tmp_path: Path) -> None:
    put(tmp_path, ITEM, replace(ITEM, uri="tag:x/bad", headline="س" * 400))
    rows = take(tmp_path, dry=True)
    assert sorted(outcomes(rows)) == ["accepted", "refused"]
    assert db.session.scalars(select(ArticleRow)).all() == []
    assert db.session.scalars(select(MediaRow)).all() == []


def test_times_are_shifted_but_never_into_the_future(take: Take, tmp_path: Path) -> None:
    soon = replace(ITEM, uri="tag:x/soon", published=AT + timedelta(days=4000))
    take(put(tmp_path, ITEM, soon), shift=timedelta(days=1))
    assert story().card.published_at == AT + timedelta(days=1)
    assert story("tag:x/soon").card.published_at <= datetime.now(UTC)


def test_a_pinned_story_may_come_later_than_the_one_that_names_it(
    take: Take, tmp_path: Path
) -> None:
    words = "<p>" + "كلمات تملأ الفقرة وتجعلها طويلة بما يكفي. " * 8 + "</p>"
    pin = '<p class="see-also"><a href="story:zenith">السمت</a></p>'
    first = replace(ITEM, uri="tag:x/alpha", body_html=words * 3 + pin + words * 3)
    last = replace(ITEM, uri="tag:x/zenith", headline="السمت فوق الرأس")
    take(put(tmp_path, first, last))
    leads_to = [inset.card.headline for inset in story("tag:x/alpha").see_also]
    assert "السمت فوق الرأس" in leads_to


ENGLISH = replace(
    ITEM,
    uri="tag:x.example,2026:demo/moon-en",
    headline="The moon is back",
    standfirst="A short story of an old guest.",
    body_html="<p>The moon is back in its place, and people waited for it on their roofs.</p>",
    tags=(),
    language="en",
    translations=(ITEM.uri,),
)


def test_versions_of_a_story_are_tied_whichever_comes_first(take: Take, tmp_path: Path) -> None:
    take(put(tmp_path / "english", ENGLISH))
    assert story(ENGLISH.uri).versions == ()
    take(put(tmp_path / "arabic", replace(ITEM, translations=(ENGLISH.uri,))))
    ids = {public_id(ITEM.uri), public_id(ENGLISH.uri)}
    assert {one.id for one in story().versions} == ids
    assert {one.id for one in story(ENGLISH.uri).versions} == ids
    assert outcomes(take(tmp_path / "english")) == ["unchanged"]


def test_two_versions_in_one_language_are_not_tied(take: Take, tmp_path: Path) -> None:
    other = replace(ITEM, uri="tag:x/other", headline="القمر مرة أخرى", translations=(ITEM.uri,))
    assert outcomes(take(put(tmp_path, ITEM, other))) == ["accepted", "accepted"]
    assert story("tag:x/other").versions == ()


def test_a_database_that_fails_refuses_one_story_and_goes_on(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, replace(ITEM, uri="tag:x/a"), replace(ITEM, uri="tag:x/b"))
    calls: Iterator[int] = iter(range(9))
    genuine = accept.draft

    def admit(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def draft(*arguments: object, **named: object) -> str:
        if next(calls) == 0:
            raise OSError(28, "No space left on device")
        return genuine(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(accept, "admit", admit)
    monkeypatch.setattr(accept, "draft", draft)
    rows = take(tmp_path)
    assert outcomes(rows) == ["refused", "accepted"]
    assert "No space left" in rows[0].reason[0]


def test_rows_speak_to_people_and_to_programs(newsroom: Flask, take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"uri": "urn:a",}', "utf-8")
    (row,) = take(tmp_path)
    assert row.text("ar").startswith("مرفوض: a.json، السطر 1، العمود 1")
    assert row.text("en").startswith("refused: a.json, line 1, column 1")
    said = json.loads(json.dumps(row.to_json()))
    assert (said["outcome"], said["line"]) == ("refused", 1)
    assert set(said["reason"]) == {"ar", "en"}


def test_a_refusal_of_the_desk_is_told_in_each_language(take: Take, tmp_path: Path) -> None:
    (row,) = take(put(tmp_path, replace(ITEM, teaser="كلمة " * 300)))
    assert row.outcome == "refused"
    assert "أطول من 1,000 حرف" in row.reason[0]
    assert "is longer than 1,000 characters" in row.reason[1]


def together(newsroom: Flask, folder: Path, **places: Any) -> list[Row]:
    """Take in all the files of a folder in one go, as the command does."""
    intake = accept.Intake(
        store=newsroom.extensions["khabarayn.media"],
        places=Places(section_tree().by_id.values(), **places),
    )
    incoming = [one for file in files_in(folder) for one in stories_in(file, folder)]
    rows = list(intake.take(incoming))
    intake.finish()
    return rows


def kept(uri: str) -> dict[str, Any]:
    """All that the database has of a story, without what tells it from another like it."""
    row = db.session.scalars(select(ArticleRow).where(ArticleRow.origin_uri == uri)).one()
    own = {"id", "public_id", "origin_uri", "origin_digest", "created_at", "changed_at"}
    columns = {column.name for column in ArticleRow.__table__.columns} - own
    values = {name: getattr(row, name) for name in columns}
    outbox = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    about = [told for told in outbox if told.payload.get("id") == row.public_id]
    logged = db.session.scalars(
        select(LogRow).where(LogRow.article_id == row.id).order_by(LogRow.id)
    )
    revisions = db.session.scalars(select(RevisionRow).where(RevisionRow.article_id == row.id))
    hung = {
        table.__tablename__: db.session.execute(
            select(table.__table__.c[column], table.position).where(table.article_id == row.id)
        ).all()
        for table, column in (
            (ArticleTag, "tag_id"),
            (ArticleAuthor, "author_id"),
            (ArticleMedia, "media_id"),
        )
    }
    listed = select(ListingRow.list, ListingRow.at).where(ListingRow.article_id == row.id)
    return values | {
        "hung": hung,
        "listed": sorted(db.session.execute(listed)),
        "logged": [(one.verb, one.who, one.detail) for one in logged],
        "outbox": [(one.topic, sorted(one.payload)) for one in about],
        "revisions": [(one.number, one.made_by, one.content) for one in revisions],
    }


@pytest.mark.parametrize("status", ["usable", "withheld"])
def test_a_story_that_enters_with_others_has_all_that_one_alone_has(
    newsroom: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/moon.jpg").write_bytes(picture())
    (tmp_path / "b").mkdir()
    (tmp_path / "b/moon.jpg").write_bytes(picture())
    item = replace(
        ITEM,
        status=status,
        tags=("فلك", "سماء"),
        authors=(Byline("لينا", "lina", "محررة"), Byline("سامر", "samer")),
        source_name="وكالة البلدة",
        source_link="https://agency.example",
        body_html=f'{ITEM.body_html}<figure><img src="file:moon.jpg" alt="قمر"></figure>',
        lead=NewsPicture("file:moon.jpg", "قمر"),
    )

    def never(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(accept, "admit", never)
        together(newsroom, put(tmp_path / "a", replace(item, uri="tag:x/a/alone")))
    names = [f"tag:x/b/{n}" for n in range(3)]
    rows = together(newsroom, put(tmp_path / "b", *(replace(item, uri=uri) for uri in names)))
    assert outcomes(rows) == ["accepted"] * 3
    assert [row.id for row in rows] == [public_id(uri) for uri in names]
    alone = kept("tag:x/a/alone")
    assert alone["hung"]["article_tag"]
    assert [kept(uri) for uri in names] == [alone] * 3


def test_a_story_that_the_desk_refuses_stops_none_that_enters_with_it_and_says_why_in_each_language(
    newsroom: Flask, tmp_path: Path
) -> None:
    put(
        tmp_path,
        replace(ITEM, uri="tag:x/a"),
        replace(ITEM, uri="tag:x/b", section="cats"),
        replace(ITEM, uri="tag:x/c"),
    )
    rows = together(newsroom, tmp_path, map_={"cats": "nowhere"})
    assert outcomes(rows) == ["accepted", "refused", "accepted"]
    arabic, english = rows[1].reason
    assert arabic == "لا يوجد قسم بهذا الاسم: «nowhere»."
    assert "nowhere" in english
    assert not is_arabic(english)


def test_a_story_that_stands_twice_in_one_go_enters_once(newsroom: Flask, tmp_path: Path) -> None:
    said = json.loads(write(ITEM))
    (tmp_path / "all.json").write_text(json.dumps([said, said, said | {"uri": "tag:x/other"}]))
    rows = together(newsroom, tmp_path)
    assert outcomes(rows) == ["accepted", "unchanged", "accepted"]
    assert rows[0].id == rows[1].id


def test_an_import_that_dies_among_stories_leaves_whole_ones_and_is_gone_on_with(
    newsroom: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, *(replace(ITEM, uri=f"tag:x/{n}") for n in range(5)))
    genuine = admit_module.enqueue_publication
    told: list[str] = []

    def die(row: ArticleRow, *rest: Any) -> Any:
        told.append(row.public_id)
        if len(told) == 4:
            raise KeyboardInterrupt
        return genuine(row, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(accept, "MOST", 2)
        patched.setattr(accept, "LOCK_SECONDS", 60.0)
        patched.setattr(admit_module, "enqueue_publication", die)
        with pytest.raises(KeyboardInterrupt):
            together(newsroom, tmp_path)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ArticleRow)) == 2
    assert db.session.scalar(select(func.count()).select_from(RevisionRow)) == 2
    rows = together(newsroom, tmp_path)
    assert outcomes(rows) == ["unchanged"] * 2 + ["accepted"] * 3
    assert db.session.scalar(select(func.count()).select_from(OutboxRow)
                             .where(OutboxRow.topic == "published")) == 5  # fmt: skip


def test_nobody_waits_long_for_an_import() -> None:
    pace = accept.Pace()
    for _ in range(9):
        pace.took(0.001 * pace.size, pace.size)
    assert pace.size == accept.MOST
    pace.took(2.0, 100)
    assert pace.size == int(100 * accept.LOCK_SECONDS / 2.0)
    pace.took(2.0, 1)
    assert pace.size == 1
    pace.took(0.02, 1)
    assert pace.size == 2
