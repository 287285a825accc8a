"""An uploaded picture is kept once, with its files, and survives what happens around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories.media import picture_bytes
from sqlalchemy import select

from khabarayn import Khabarayn
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures import upload as upload_verb
from khabarayn.desk.pictures.upload import public_id_of, store_picture, upload
from khabarayn.media.folder import FolderStore
from khabarayn.media.port import MediaStoreError
from khabarayn.media.refusal import PictureRefused
from khabarayn.media.render import render
from khabarayn.store.db import db
from khabarayn.store.models.media import MediaRow

pytestmark = pytest.mark.usefixtures("any_app_context")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "pictures")


def rows() -> list[MediaRow]:
    return list(db.session.scalars(select(MediaRow)))


def test_an_upload_is_a_row_and_every_file_it_names(store: FolderStore) -> None:
    public_id = upload(
        picture_bytes(500, 300),
        OPERATOR,
        store=store,
        alt="  سدّ\u202e قديم\n على النهر ",
        caption="س" * 2000,
        credit="سلمى",
        focal=(0.25, 2.0),
    )
    (row,) = rows()
    assert row.public_id == public_id == public_id_of(row.digest)
    assert (row.width, row.height, row.mime) == (500, 300, "image/jpeg")
    assert (row.alt, len(row.caption), row.credit) == ("سدّ قديم على النهر", 1000, "سلمى")
    assert (row.focal_x, row.focal_y) == (0.25, 1.0)
    assert len(row.thumbhash) >= 20
    names = [r["name"] for r in row.renditions]
    assert names[0] == "480.avif"
    assert {f"{public_id}/{name}" for name in [*names, "original.jpg"]} == set(store.names())
    for rendition in row.renditions:
        data = store.read(f"{public_id}/{rendition['name']}")
        assert data is not None
        assert len(data) == rendition["bytes"]


def test_the_same_picture_is_kept_once_and_keeps_its_first_texts(store: FolderStore) -> None:
    data = picture_bytes(300, 200)
    first = upload(data, OPERATOR, store=store, alt="الأول")
    before = sorted(store.names())
    assert upload(data, OPERATOR, store=store, alt="الثاني", focal=(0, 0)) == first
    assert upload(picture_bytes(300, 200, hue=20), OPERATOR, store=store) != first
    assert [row.alt for row in rows() if row.public_id == first] == ["الأول"]
    assert set(before) < set(store.names())
    assert len(rows()) == 2


def test_two_uploads_of_one_picture_at_once_give_one_row(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = render(picture_bytes(300, 200))
    first = store_picture(rendered, OPERATOR, store=store)
    really, answers = upload_verb._id_of_digest, iter([None])
    # The second looked before the first had committed.
    monkeypatch.setattr(upload_verb, "_id_of_digest", lambda d: next(answers, really(d)))
    assert store_picture(rendered, OPERATOR, store=store) == first
    assert len(rows()) == 1


def test_a_file_that_is_no_picture_leaves_no_trace(store: FolderStore) -> None:
    with pytest.raises(PictureRefused, match="svg"):
        upload(b"<svg/>", OPERATOR, store=store)
    assert rows() == []
    assert list(store.names()) == []


def test_a_store_that_fails_leaves_no_row_and_the_next_attempt_succeeds(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, put = picture_bytes(300, 200), FolderStore.put
    calls = iter(range(100))

    def failing(self: FolderStore, name: str, body: bytes, mime: str) -> None:
        if next(calls) == 3:
            raise MediaStoreError("full")
        put(self, name, body, mime)

    monkeypatch.setattr(FolderStore, "put", failing)
    with pytest.raises(MediaStoreError):
        upload(data, OPERATOR, store=store)
    assert rows() == []
    monkeypatch.undo()
    public_id = upload(data, OPERATOR, store=store)
    assert {name.split("/")[0] for name in store.names()} == {public_id}


def test_an_uploaded_picture_is_served_under_its_address(
    any_app_context: Khabarayn,
) -> None:
    public_id = upload(
        picture_bytes(500, 300), OPERATOR, store=any_app_context.extensions["khabarayn.media"]
    )
    client = any_app_context.test_client()
    for row in rows():
        for rendition in row.renditions:
            answer = client.get(f"/media/{public_id}/{rendition['name']}")
            assert answer.status_code == 200
            assert len(answer.data) == rendition["bytes"]
    assert client.get(f"/media/{public_id}/original.jpg").status_code == 404
