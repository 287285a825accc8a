"""A paper leaves WordPress: its stories come in once, and its addresses lead to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest.conftest import Take, picture
from sqlalchemy import select
from wire.test_wxr import BODY, HEAD, TAIL, meta, post
from wire.test_wxr import picture as attachment

from khabarayn import Khabarayn
from khabarayn.article.blocks import Image
from khabarayn.article.story import Story
from khabarayn.cli.landing import addresses_in, astray
from khabarayn.store.db import db
from khabarayn.store.models import RedirectRow
from khabarayn.store.queries.redirects import redirect_of
from khabarayn.store.queries.story import article_by_id


def write(folder: Path, *items: str) -> Path:
    file = folder / "site.xml"
    file.write_text("".join((HEAD, *items, TAIL)), "utf-8")
    return file


def moved() -> set[str]:
    return set(db.session.scalars(select(RedirectRow.path)))


def test_an_archive_comes_in_once_and_its_addresses_land(
    take: Take, newsroom: Khabarayn, tmp_path: Path
) -> None:
    file = write(tmp_path, post(7), post(8, status="draft"), post(9, status="private"))
    rows = take(file)
    assert [row.outcome for row in rows] == ["accepted", "accepted", "refused"]
    story = article_by_id(rows[0].id)
    assert isinstance(story, Story)
    assert (story.card.headline, [a.name for a in story.authors]) == ("جسر يفتح 7", ["ندى سالم"])
    assert story.source is None
    # A draft was never seen: nothing leads to it.
    assert {redirect_of(path) for path in moved()} == {f"/a/{rows[0].id}"}
    assert moved() == {"/?p=7", "/جسر", "/2024/05/12/جسر-7"}
    table = tmp_path / "old.txt"
    lands = ["https://difaf.example/2024/05/12/%D8%AC%D8%B3%D8%B1-7/", "https://difaf.example/?p=7",
             "/2024/05/12/%d8%ac%d8%b3%d8%b1-7"]  # fmt: skip
    table.write_text("\n".join(("# old", *lands, "https://difaf.example/none/")), "utf-8")
    assert list(astray(newsroom, addresses_in(table))) == [("https://difaf.example/none/", "404")]
    assert [row.outcome for row in take(file)][:2] == ["unchanged", "unchanged"]


def test_what_editors_arranged_stays(take: Take, tmp_path: Path) -> None:
    file = write(tmp_path, post(7, link="x"))
    (row,) = take(file)
    db.session.get_one(RedirectRow, "/?p=7").target = "/latest"
    db.session.delete(db.session.get_one(RedirectRow, "/جسر"))
    db.session.commit()
    take(file)
    assert redirect_of("/?p=7") == "/latest"
    assert redirect_of("/جسر") == f"/a/{row.id}"


def test_pictures_come_from_the_folder_of_uploads(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khabarayn.ingest.pictures.fetch", lambda *_, **__: pytest.fail("fetched"))
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "12.jpg").write_bytes(picture(30))
    (uploads / "13.jpg").write_bytes(picture(90))
    inside = (
        '\n\n[caption id="attachment_13" width="300"]<img alt="ضفة" src="https://difaf.example'
        '/wp-content/uploads/13-300x200.jpg" /> ضفة النهر[/caption]'
    )
    archive = write(tmp_path, post(7, BODY + inside, meta("_thumbnail_id", "12")), attachment())
    (row,) = take(archive, uploads=uploads)
    story = article_by_id(row.id)
    assert isinstance(story, Story)
    assert row.notes == ()
    assert story.card.picture is not None
    assert (story.card.picture.alt, story.card.picture.caption) == (
        "جسر فوق نهر",
        "بعد عام من العمل",
    )
    (image,) = [block for block in story.blocks if isinstance(block, Image)]
    assert image.caption == "ضفة النهر"
