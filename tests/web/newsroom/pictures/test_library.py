"""Pictures come into the library whole or in pieces; there they are described and replaced."""

from __future__ import annotations

import io
import re
from random import Random

import pytest
from factories.media import picture_bytes
from factories.story import BY, proposal
from PIL import Image
from sqlalchemy import select

from khabarayn.article.proposal import ProposedPicture
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures.upload import upload
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.media.inbox import PIECE
from khabarayn.store.db import db
from khabarayn.store.models import MediaRow

DATA = picture_bytes(900, 600)


def kept(app, **texts) -> str:
    hue = texts.pop("hue", 200)
    with app.app_context():
        store = app.extensions["khabarayn.media"]
        return upload(picture_bytes(420, 300, hue=hue), OPERATOR, store=store, **texts)


def scene(width: int, height: int) -> bytes:
    """Return one and the same soft scene in any size."""
    dice = Random(5)
    small = Image.frombytes("L", (12, 8), bytes(dice.randrange(256) for _ in range(96)))
    out = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """Return a picture that no packing makes small."""
    out = io.BytesIO()
    pixels = Random(3).randbytes(width * height * 3)
    Image.frombytes("RGB", (width, height), pixels).save(out, "PNG")
    return out.getvalue()


def row_of(app, media_id: str) -> MediaRow:
    with app.app_context():
        return db.session.scalars(select(MediaRow).where(MediaRow.public_id == media_id)).one()


def send(client, data: bytes, size: int = 0, step: int = 4000, name: str = "جسر.jpg"):
    """Send a file in pieces and return the last answer."""
    begun = client.post(
        "/newsroom/pictures/uploads", data={"name": name, "size": size or len(data), "key": "1"}
    )
    state, answer = begun.json, begun
    while begun.status_code == 200:
        piece = data[state["offset"] : state["offset"] + step]
        answer = client.patch(f"{state['url']}?offset={state['offset']}", data=piece)
        if answer.status_code != 200 or "id" in answer.json:
            break
        state["offset"] = answer.json["offset"]
    return answer


def test_the_pieces_of_a_file_become_a_picture(app, enter):
    client = enter("contributor")
    answer = send(client, DATA)
    assert answer.status_code == 200
    told = answer.json
    assert client.get(told["src"]).status_code == 200
    assert told["known"] is False
    row = row_of(app, told["id"])
    assert (row.name, row.added_by) == ("جسر.jpg", client.person.by)
    assert send(client, DATA).json["known"] is True
    assert list((app.config["KHABARAYN"].data_dir / "uploads").iterdir()) == []
    assert told["id"] in client.get("/newsroom/pictures").text


def test_what_looks_alike_is_said_at_once(app, enter):
    client = enter("writer")
    first = send(client, scene(900, 600)).json
    again = send(client, scene(640, 427), name="أصغر.jpg").json
    assert again["known"] is False
    assert [one["id"] for one in again["alike"]] == [first["id"]]
    assert first["id"] in client.get(again["url"]).text


def test_a_broken_upload_goes_on_where_it_was(app, enter):
    client = enter("writer")
    announced = {"name": "جسر.jpg", "size": len(DATA), "key": "1"}
    state = client.post("/newsroom/pictures/uploads", data=announced).json
    client.patch(f"{state['url']}?offset=0", data=DATA[:3000])
    assert client.get(state["url"]).json["offset"] == 3000
    wrong = client.patch(f"{state['url']}?offset=0", data=DATA[:3000])
    assert (wrong.status_code, wrong.json["offset"]) == (409, 3000)
    assert client.post("/newsroom/pictures/uploads", data=announced).json["offset"] == 3000
    assert send(client, DATA).status_code == 200


def test_nobody_goes_on_with_the_upload_of_another(enter):
    one, other = enter("writer"), enter("admin")
    state = one.post("/newsroom/pictures/uploads", data={"name": "a", "size": 9, "key": "1"}).json
    assert other.get(state["url"]).status_code == 404
    assert other.patch(f"{state['url']}?offset=0", data=b"x").status_code == 404


@pytest.mark.parametrize("size", ["0", "-1", "x", "٣-", "31457281", "9" * 30, ""])
def test_a_size_that_cannot_be_is_refused_before_anything_is_sent(enter, size):
    answer = enter("writer").post(
        "/newsroom/pictures/uploads", data={"name": "a", "size": size, "key": "1"}
    )
    assert answer.status_code == 422
    assert "الحد الأقصى" in answer.json["refused"]


def test_a_file_that_is_no_picture_is_refused_in_words_and_not_kept(app, enter):
    answer = send(enter("writer"), b"<svg onload=alert(1)>" + b" " * 9000)
    assert answer.status_code == 422
    assert "SVG" in answer.json["refused"]
    assert list((app.config["KHABARAYN"].data_dir / "uploads").iterdir()) == []


def test_a_piece_larger_than_a_piece_is_refused(enter):
    client = enter("writer")
    announced = {"name": "a", "size": PIECE * 3, "key": "1"}
    state = client.post("/newsroom/pictures/uploads", data=announced).json
    answer = client.patch(f"{state['url']}?offset=0", data=b"x" * (PIECE * 2))
    assert answer.status_code == 413
    assert client.get(state["url"]).json["offset"] == 0
    assert client.patch(f"{state['url']}?offset=-1", data=b"x").status_code == 400


def test_a_plain_form_brings_many_and_says_which_it_refused(app, enter):
    client = enter("writer")
    files = [(io.BytesIO(picture_bytes(900, 600, hue=hue)), f"{hue}.jpg") for hue in (10, 90)] + [
        (io.BytesIO(b"%PDF-1.7"), "خبر.pdf")
    ]
    answer = client.post("/newsroom/pictures/upload", data={"file": files})
    assert answer.status_code == 303
    text = client.get("/newsroom/pictures").text
    assert "PDF" in text
    assert text.count('class="shelf__item"') == 2


def test_a_picture_above_64_kb_comes_in_by_a_form_without_script(app, enter):
    client = enter("writer")
    large = noise(400, 300)
    assert len(large) > 300_000
    answer = client.post("/newsroom/pictures/upload", data={"file": (io.BytesIO(large), "سوق.png")})
    assert answer.status_code == 303
    shown = re.sub("<[^>]*>", "", client.get("/newsroom/pictures").text)
    assert "سوق.png" in shown


def test_an_heic_picture_is_refused_with_its_reason_at_its_first_piece(app, enter):
    client = enter("writer")
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b" " * 9000
    announced = {"name": "IMG_1.HEIC", "size": len(heic), "key": "1"}
    state = client.post("/newsroom/pictures/uploads", data=announced).json
    answer = client.patch(f"{state['url']}?offset=0", data=heic[:4000])
    assert answer.status_code == 422
    assert "HEIC" in answer.json["refused"]
    assert list((app.config["KHABARAYN"].data_dir / "uploads").iterdir()) == []
    plain = client.post("/newsroom/pictures/upload", data={"file": (io.BytesIO(heic), "a.heic")})
    assert plain.status_code == 303
    assert "HEIC" in client.get("/newsroom/pictures").text


@pytest.mark.parametrize("words", ["IMG_2033.jpg", "img_2033", "2033", "السوق القديم", "قديم-٢"])
def test_a_picture_is_found_by_its_file_name(app, enter, words):
    client = enter("writer")
    send(client, DATA, name="السوق القديم-٢.jpg" if words[0] in "اق" else "IMG_2033.jpg")
    send(client, picture_bytes(500, 400, hue=10), name="other.jpg")
    found = client.get("/newsroom/pictures", query_string={"q": words}).text
    assert found.count('class="shelf__item"') == 1
    assert "other.jpg" not in found


def test_the_picker_shows_names_and_goes_on_beyond_the_first_page(app, enter, monkeypatch):
    monkeypatch.setattr("khabarayn.web.newsroom.pictures.library.PICK", 2)
    client = enter("writer")
    for number, hue in enumerate((10, 90, 200)):
        send(client, picture_bytes(500, 400, hue=hue), name=f"صورة-{number}.jpg")
    accept = {"Accept": "application/json"}
    first = client.get("/newsroom/pictures/pick", headers=accept).json
    assert [one["name"] for one in first["pictures"]] == ["صورة-2.jpg", "صورة-1.jpg"]
    after = client.get(f"/newsroom/pictures/pick?before={first['next']}", headers=accept).json
    assert [one["name"] for one in after["pictures"]] == ["صورة-0.jpg"]
    assert after["next"] == ""
    piece = client.get("/newsroom/pictures/pick?name=with").text
    assert "صورة-2.jpg" in piece
    assert f"before={first['next']}" in piece
    assert client.get("/newsroom/pictures/pick?before=x").status_code == 400


def test_the_editor_gets_its_pasted_picture_back_as_json(enter):
    client = enter("writer")
    accept = {"Accept": "application/json"}
    answer = client.post(
        "/newsroom/pictures/upload", data={"file": (io.BytesIO(DATA), "x.jpg")}, headers=accept
    )
    assert answer.status_code == 200
    picked = client.get("/newsroom/pictures/pick", headers=accept).json["pictures"]
    assert [one["id"] for one in picked] == [answer.json["id"]]
    assert {"id", "src", "alt", "caption", "credit"} <= picked[0].keys()
    bad = client.post("/newsroom/pictures/upload", data={}, headers=accept)
    assert bad.status_code == 422


def test_the_library_is_searched_and_shows_what_lacks_words(app, enter):
    client = enter("contributor")
    silent, told = kept(app, hue=10), kept(app, hue=90, alt="جسر على النهر")
    assert "بلا نص بديل" in client.get("/newsroom/pictures").text
    found = client.get("/newsroom/pictures", query_string={"q": "الجسر"}).text
    assert told in found
    assert silent not in found
    waiting = client.get("/newsroom/pictures?silent=1").text
    assert silent in waiting
    assert told not in waiting
    piece = client.get("/newsroom/pictures/pick", query_string={"q": "نهر", "name": "portrait"})
    assert f'name="portrait" value="{told}"' in " ".join(piece.text.split())
    assert client.get("/newsroom/pictures?before=x").status_code == 400


def test_texts_are_kept_and_a_refusal_loses_none_of_them(app, enter):
    client, media_id = enter("writer"), kept(app)
    page = f"/newsroom/pictures/{media_id}"
    answer = client.post(
        f"{page}/describe",
        data={"kind": "alt", "alt": "جسر", "caption": "عند الغروب", "credit": "سلمى"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert row_of(app, media_id).alt == "جسر"
    bad = client.post(f"{page}/describe", data={"kind": "alt", "alt": "س" * 501, "caption": "طويل"})
    assert bad.status_code == 422
    assert "طويل" in bad.text
    assert row_of(app, media_id).caption == "عند الغروب"
    bad = client.post(f"{page}/describe", data={"kind": "decorative", "alt": "جسر", "why": " "})
    assert bad.status_code == 422
    client.post(f"{page}/describe", data={"kind": "decorative", "alt": "جسر", "why": "فاصل"})
    assert (row_of(app, media_id).alt, row_of(app, media_id).decorative) == ("", "فاصل")


def test_a_new_point_makes_new_crops(app, enter):
    client, media_id = enter("writer"), kept(app)
    page = f"/newsroom/pictures/{media_id}"
    assert client.post(f"{page}/focus", data={"x": "٩٠", "y": "10"}).status_code == 303
    row = row_of(app, media_id)
    assert (row.focal_x, row.focal_y) == (0.9, 0.1)
    assert f"/media/{row.folder}/1x1-192.jpg" in client.get(page).text
    for x in ("", "x", "nan", "1e999"):
        assert client.post(f"{page}/focus", data={"x": x, "y": "10"}).status_code in {303, 422}
    assert 0 <= row_of(app, media_id).focal_x <= 1


def test_a_picture_is_replaced_by_an_editor_and_nobody_below(app, enter):
    old, new = kept(app, hue=10, alt="قديمة"), kept(app, hue=90, alt="جديدة")
    with app.app_context():
        told = draft(proposal(lead=ProposedPicture(f"media:{old}")), BY)
        publish(told, BY)
    page = f"/newsroom/pictures/{old}"
    assert told in enter("writer").get(page).text
    assert enter("writer").post(f"{page}/replace", data={"with": new}).status_code == 403
    client = enter("editor")
    bad = client.post(f"{page}/replace", data={"with": "nothing"}, follow_redirects=True)
    assert "لا صورة بهذا المعرّف" in bad.text
    answer = client.post(f"{page}/replace", data={"with": new}, follow_redirects=True)
    assert "استُبدلت" in answer.text
    assert new in client.get(f"/a/{told}").text
    assert old not in client.get(f"/a/{told}").text
    assert "حلّت محلّ" in client.get(page).text


def test_a_picture_is_deleted_with_a_word_where_it_is_used(app, enter):
    old, new = kept(app, hue=10, alt="قديمة"), kept(app, hue=90, alt="جديدة")
    with app.app_context():
        told = draft(proposal(lead=ProposedPicture(f"media:{old}")), BY)
        publish(told, BY)
    page = f"/newsroom/pictures/{old}"
    assert "احذف الصورة" not in enter("writer").get(page).text
    assert enter("writer").post(f"{page}/delete").status_code == 403
    client = enter("editor")
    shown = client.get(page).text
    assert "تُحذف من كل خبر مذكور" in shown
    assert f'name="instead" value="{new}"' in " ".join(shown.split())
    assert "تُحذف من كل خبر" not in client.get(f"/newsroom/pictures/{new}").text
    bad = client.post(f"{page}/delete", data={"instead": "nothing"}, follow_redirects=True)
    assert "لا صورة بهذا المعرّف" in bad.text
    said = client.post(f"{page}/delete", data={"instead": new}, follow_redirects=True).text
    assert "أخبار كانت فيها: 1" in said
    assert new in client.get(f"/a/{told}").text
    assert client.get(page).status_code == 404
    assert client.get(f"/media/{old}/320.webp").status_code == 404
    client.post(f"/newsroom/pictures/{new}/delete", data={"instead": ""})
    assert new not in client.get(f"/a/{told}").text
    assert client.get(f"/newsroom/stories/{told}/revisions/1").status_code == 200


def test_an_unknown_picture_is_not_found(enter):
    client = enter("editor")
    assert client.get("/newsroom/pictures/none").status_code == 404
    for verb in ("describe", "focus", "replace", "delete"):
        assert client.post(f"/newsroom/pictures/none/{verb}").status_code == 404


def test_a_stranger_sends_nothing(app, client):
    answer = client.post("/newsroom/pictures/upload", data={"file": (io.BytesIO(DATA), "x.jpg")})
    assert answer.status_code == 401
    assert not (app.config["KHABARAYN"].data_dir / "uploads").exists()
