"""A picture is described, focused and replaced, and every story that shows it follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories.article import article
from factories.author import author
from factories.media import picture_bytes
from factories.people import somebody
from factories.story import BY, proposal
from sqlalchemy import func, select

from khabarayn.article.blocks import Gallery, Image, Paragraph
from khabarayn.article.proposal import ProposedPicture
from khabarayn.article.story import Story
from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.pictures.backfill import fingerprint_older
from khabarayn.desk.pictures.describe import UnknownPicture, describe
from khabarayn.desk.pictures.focus import focus
from khabarayn.desk.pictures.replace import replace
from khabarayn.desk.pictures.upload import take, upload
from khabarayn.desk.record import newest_content, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.media.folder import FolderStore
from khabarayn.store.db import db
from khabarayn.store.models import (
    AuthorRow,
    FingerprintRow,
    LogRow,
    MediaRow,
    OutboxRow,
    RevisionRow,
)
from khabarayn.store.queries.story import article_by_id

pytestmark = pytest.mark.usefixtures("any_app_context")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "pictures")


def picture(store: FolderStore, hue: int = 200, **texts: str) -> str:
    return upload(picture_bytes(420, 300, hue=hue), OPERATOR, store=store, **texts)


def row_of(public_id: str) -> MediaRow:
    return db.session.scalars(select(MediaRow).where(MediaRow.public_id == public_id)).one()


def told(lead: str = "", body: str = "", **given) -> str:
    """A published story with these pictures; returns its public id."""
    blocks = [Paragraph("فقرة أولى من الخبر.")]
    if body:
        blocks += [Image(body, caption="داخل الخبر"), Gallery((Image(body), Image(body)))]
    proposed = proposal(
        blocks=tuple(blocks),
        body_html="",
        lead=ProposedPicture(f"media:{lead}") if lead else None,
        **given,
    )
    public_id = draft(proposed, BY)
    if proposed.status == "published":
        publish(public_id, BY)
    return public_id


def live(public_id: str) -> Story:
    found = article_by_id(public_id)
    assert isinstance(found, Story)
    return found


def test_a_story_says_of_its_picture_what_the_library_says(store):
    media = picture(store, alt="جسر", caption="عند الغروب", credit="سلمى")
    shown = live(told(lead=media)).card.picture
    assert shown
    assert (shown.alt, shown.caption, shown.credit) == ("جسر", "عند الغروب", "سلمى")


def test_a_better_description_reaches_the_stories_that_used_the_old_one(store):
    media = picture(store, alt="جسر")
    follows, own = told(lead=media), told()
    row = story_row(own)
    row.lead_id, row.lead_alt = row_of(media).id, "وصف كتبه المحرر"
    db.session.commit()
    describe(media, By("سمر"), alt="جسر حجري فوق نهر", credit="سلمى")
    assert live(follows).card.picture.alt == "جسر حجري فوق نهر"
    assert live(follows).card.picture.credit == "سلمى"
    assert live(own).card.picture.alt == "وصف كتبه المحرر"
    assert db.session.scalar(select(LogRow.who).where(LogRow.verb == "describe_picture")) == "سمر"


def test_a_picture_has_a_text_or_a_reason_but_not_both(store):
    media = picture(store)
    with pytest.raises(Refused, match="أحدهما"):
        describe(media, BY, alt="جسر", decorative="فاصل")
    with pytest.raises(Refused, match="أطول"):
        describe(media, BY, alt="س" * 501)
    with pytest.raises(UnknownPicture):
        describe("aaaaaaaaaaaaaaaa", BY, alt="جسر")


def test_no_story_is_published_by_a_person_while_a_picture_is_silent(store):
    silent = picture(store)
    content = newest_content(story_row(told(lead=silent, body=silent, status="draft")))[1]
    with pytest.raises(Refused, match="الصورة الرئيسية، الصورة 1 في المتن") as refusal:
        require_described(content)
    assert refusal.value.field == "picture"
    describe(silent, BY, decorative="نقش لا يحمل معنى")
    require_described(content)
    describe(silent, BY, alt="جسر")
    require_described(content)


def test_a_text_in_the_story_itself_is_enough(store):
    silent = picture(store)
    proposed = proposal(lead=ProposedPicture(f"media:{silent}", alt="جسر من حجر"))
    require_described(newest_content(story_row(draft(proposed, BY)))[1])


def test_a_person_is_asked_and_the_house_is_not(store):
    public_id = told(lead=picture(store), status="draft")
    with pytest.raises(Refused, match="نص بديل"):
        publish(public_id, By("سمر", 1, "editor"))
    db.session.rollback()
    assert publish(public_id, By("import")) == 1


def test_a_new_focal_point_has_new_addresses_and_leaves_the_old_files(store):
    media = picture(store)
    before = row_of(media)
    old_folder, old_names = before.folder, set(store.names())
    crop = store.read(f"{old_folder}/1x1-192.jpg")
    focus(media, By("سمر"), 0.954, -3, store=store)
    after = row_of(media)
    assert (after.focal_x, after.focal_y) == (0.95, 0.0)
    assert after.folder not in {old_folder, media}
    assert old_names < set(store.names())
    assert {f"{after.folder}/{item['name']}" for item in after.renditions} <= set(store.names())
    assert store.read(f"{after.folder}/1x1-192.jpg") != crop
    folder = after.folder
    focus(media, By("سمر"), 0.95, 0.0, store=store)
    assert row_of(media).folder == folder
    assert db.session.scalar(
        select(func.count()).select_from(LogRow).where(LogRow.verb == "focus_picture")
    ) == 1  # fmt: skip


def test_readers_see_the_crops_at_their_new_address(store):
    media = picture(store, alt="جسر")
    story = told(lead=media, body=media)
    focus(media, BY, 0.1, 0.1, store=store)
    folder = row_of(media).folder
    assert live(story).card.picture.address == folder
    assert live(story).pictures[media].address == folder


def test_a_lost_original_is_said(store):
    media = picture(store)
    for name in [name for name in store.names() if "original" in name]:
        store.delete(name)
    with pytest.raises(Refused, match="مفقود"):
        focus(media, BY, 0.1, 0.1, store=store)


def test_a_replacement_is_everywhere(store):
    old, new = picture(store, 10, alt="قديمة"), picture(store, 90, alt="جديدة", credit="ليلى")
    both, kept = told(lead=old, body=old), told(lead=picture(store, 150, alt="أخرى"))
    hidden = told(lead=old, status="draft")
    somebody = author(portrait_id=row_of(old).id)
    db.session.commit()
    assert replace(old, new, By("سمر")) == 2
    story = live(both)
    assert story.card.picture.id == new
    assert (story.card.picture.alt, story.card.picture.credit) == ("جديدة", "ليلى")
    assert set(story.pictures) == {new}
    assert old not in str(story.blocks)
    assert "داخل الخبر" in str(story.blocks)
    assert story.card.rev == 2
    assert live(kept).card.rev == 1
    assert newest_content(story_row(hidden))[1].lead.path == f"media:{new}"
    assert story_row(hidden).rev == 0
    assert db.session.get_one(AuthorRow, somebody.id).portrait_id == row_of(new).id
    said = db.session.scalars(select(OutboxRow).where(OutboxRow.topic == "published")).all()
    assert [row.payload["id"] for row in said].count(both) == 2
    note = select(RevisionRow.note).order_by(RevisionRow.id.desc()).limit(1)
    assert db.session.scalar(note) == "استُبدلت صورة"


def test_changes_that_wait_for_publication_go_on_waiting(store):
    old, new = picture(store, 10, alt="قديمة"), picture(store, 90, alt="جديدة")
    public_id = told(lead=old, headline="العنوان المنشور")
    revise(
        public_id,
        proposal(headline="عنوان ينتظر", lead=ProposedPicture(f"media:{old}")),
        BY,
    )
    replace(old, new, BY)
    assert live(public_id).card.headline == "العنوان المنشور"
    assert live(public_id).card.picture.id == new
    waiting = newest_content(story_row(public_id))[1]
    assert (waiting.headline, waiting.lead.path) == ("عنوان ينتظر", f"media:{new}")


def test_an_old_revision_restored_shows_the_new_picture(store):
    first, second, third = (picture(store, hue, alt=str(hue)) for hue in (10, 90, 170))
    public_id = told(lead=first, body=first)
    old = newest_content(story_row(public_id))[1]
    replace(first, second, BY)
    replace(second, third, BY)
    revise(public_id, proposal(blocks=old.blocks, body_html="", lead=old.lead), BY)
    publish(public_id, BY)
    story = live(public_id)
    assert story.card.picture.id == third
    assert set(story.pictures) == {third}
    assert first not in str(story.blocks)


def test_a_replacement_that_makes_no_sense_is_refused(store):
    old, new = picture(store, 10), picture(store, 90)
    with pytest.raises(Refused, match="نفسها"):
        replace(old, old, BY)
    replace(old, new, BY)
    with pytest.raises(Refused, match="الأحدث"):
        replace(new, old, BY)
    with pytest.raises(UnknownPicture):
        replace(new, "aaaaaaaaaaaaaaaa", BY)


def test_the_same_file_sent_again_is_known(store):
    data = picture_bytes(420, 300)
    writer = somebody()
    first = take(data, store=store, name="جسر-قديم.jpg", by=writer)
    again = take(data, store=store, name="x.jpg", by=By("ليلى"))
    assert (first.known, again.known) == (False, True)
    assert first.public_id == again.public_id
    row = row_of(first.public_id)
    assert (row.name, row.added_by) == ("جسر-قديم.jpg", writer.name)


def test_pictures_from_before_are_looked_at_later(store):
    seen, older = picture(store, 10), picture(store, 90, alt="برج عال")
    expected = row_of(older).dhash
    row_of(older).dhash, row_of(older).words = None, ""
    db.session.execute(
        FingerprintRow.__table__.delete().where(FingerprintRow.media_id == row_of(older).id)
    )
    lost = article().id and row_of(seen)
    db.session.commit()
    assert fingerprint_older(store) == 1
    assert fingerprint_older(store) == 0
    assert (row_of(older).dhash ^ expected).bit_count() <= 6
    assert " برج " in row_of(older).words
    assert lost.dhash is not None
