"""A paper takes a face, and goes back to any it had; nothing of the old one is left anywhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from factories.standing import filled
from factories.story import BY, ENGLISH, story, two_versions
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from khabarayn import Khabarayn
from khabarayn.cli.editions import print_edition
from khabarayn.demo.face import NAME, give_face
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.arrange.face_form import WantedFace, face_of, wanted_of
from khabarayn.desk.arrange.standing_pages import add_page_version, seed_pages
from khabarayn.desk.by import By
from khabarayn.desk.front.press import press_for
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import AllWrong, Refused
from khabarayn.edition import cover
from khabarayn.edition.container import read
from khabarayn.edition.seal import from_base64
from khabarayn.face.icons import ICONS
from khabarayn.face.value import DARK, DOTS, LETTER, LIGHT, Face, Hues
from khabarayn.store.db import db
from khabarayn.store.models import FaceRow, LogRow
from khabarayn.store.queries.faces import face_file, faces_taken, with_files
from khabarayn.store.queries.site import current_face

NEW = "صحيفة الواحة"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    b'<rect width="40" height="10" fill="#0a7a4a"/>'
    b'<circle class="dot-a" cx="5" cy="5" r="4"/></svg>'
)


def now(app: Khabarayn) -> Face:
    return current_face(app.config["KHABARAYN"])


def wear(app: Khabarayn, wanted: WantedFace) -> Face:
    face, files = face_of(wanted, now(app))
    return take_face(save_face(face, files, BY), BY)


def test_the_demo_has_its_own_name_drawn_through_the_same_door(any_app_context):
    assert give_face(BY)
    face = now(any_app_context)
    assert (face.name, face.sign, len(face.shots)) == (NAME, DOTS, 2)
    assert b'class="dot-a"' in (with_files(face).wordmark or pytest.fail("no wordmark")).data
    assert not give_face(BY), "a paper that has a face keeps it"


def test_a_paper_with_a_name_of_its_own_is_not_given_the_demos(make_settings, migrated, app):
    with app.app_context():
        wear(app, WantedFace(NEW))
        assert not give_face(BY)
        assert now(app).name == NEW


def test_every_earlier_face_can_be_brought_back_and_the_first_too(any_app_context):
    first = now(any_app_context)
    wear(any_app_context, WantedFace(NEW))
    second = wear(any_app_context, WantedFace("جريدة المرفأ", first="#0b5d1e"))
    assert [one.face.name for one in faces_taken()] == ["جريدة المرفأ", NEW, first.name]
    take_face(first.digest, BY)
    assert now(any_app_context) == first
    take_face(second.digest, BY)
    assert now(any_app_context) == second
    verbs = db.session.scalars(select(LogRow.verb).order_by(LogRow.id)).all()
    assert verbs.count("take_face") == 4


def test_a_face_that_was_only_looked_at_changes_nothing(any_app_context):
    before = now(any_app_context)
    save_face(Face(NEW), (), BY)
    db.session.remove()
    assert now(any_app_context) == before
    assert faces_taken() == ()


def test_only_who_may_gives_a_face(app_context):
    writer = By("كاتب", 1, "editor")
    for act in (lambda: save_face(Face(NEW), (), writer), lambda: take_face("0" * 12, writer)):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Refused):
        take_face("0" * 12, BY)
    assert db.session.scalars(select(FaceRow)).all() == []


def test_the_name_is_drawn_in_each_lettering(app_context):
    sizes = {}
    for lettering in ("plex", "naskh", "amiri"):
        face = wear(app_context, WantedFace("واحة Oasis 24", wordmark=lettering))
        file = face_file(face.wordmark) or pytest.fail("no wordmark")
        sizes[lettering] = file.width
        assert file.data.startswith(b"<svg") and len(file.data) < 12_000
    assert len(set(sizes.values())) == 3


def test_a_letter_that_the_lettering_lacks_is_named(app_context):
    with pytest.raises(AllWrong) as refusal:
        face_of(WantedFace("新聞 الواحة", wordmark="plex"), now(app_context))
    assert "新" in refusal.value.faults["wordmark"]


def test_an_uploaded_drawing_is_kept_and_follows_the_schemes(app_context):
    face = wear(app_context, WantedFace(NEW, wordmark="file", wordmark_file=SVG))
    file = face_file(face.wordmark) or pytest.fail("no wordmark")
    assert b'class="dot-a"' in file.data
    assert b'fill="#0a7a4a"' in file.data


def test_an_uploaded_png_loses_its_margins(app_context):
    picture = Image.new("RGBA", (900, 400))
    picture.paste((20, 90, 60, 255), (100, 100, 700, 300))
    out = io.BytesIO()
    picture.save(out, "PNG")
    face = wear(app_context, WantedFace(NEW, wordmark="file", wordmark_file=out.getvalue()))
    file = face_file(face.wordmark) or pytest.fail("no wordmark")
    assert (file.mime, file.width, file.height) == ("image/png", 600, 200)
    page = app_context.test_client().get("/sections").text
    assert f'src="/face/{face.digest}/wordmark.png"' in page


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SVG + b" " * 9_000_000, "8.6"),
        (SVG.replace(b"<rect", b"<script>1</script><rect"), "script"),
        (SVG.replace(b"<rect", b"<text>x</text><rect"), "text"),
        (b"GIF89a not a picture", ""),
        (b"", ""),
    ],
)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(app_context, upload, says):
    before = now(app_context)
    with pytest.raises(AllWrong) as refusal:
        wear(app_context, WantedFace(NEW, wordmark="file", wordmark_file=upload))
    assert says in refusal.value.faults["wordmark_file"]
    assert now(app_context) == before
    assert db.session.scalars(select(FaceRow)).all() == []


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"first": "red;}"}, "first", "red;}"),
        ({"first": "#ffcc00"}, "first", "#866500"),
        ({"dark_first": "#333333", "first": "#0b5d1e"}, "dark_first", "#"),
        ({"second": "expression(1)"}, "second", "expression"),
        ({"pair": "comic"}, "pair", "comic"),
        ({"sign": "crown"}, "sign", "crown"),
        ({"name": ""}, "name", ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(app_context, given, field, says):
    with pytest.raises(AllWrong) as refusal:
        face_of(WantedFace(**{"name": NEW, **given}), now(app_context))
    assert list(refusal.value.faults) == [field]
    assert says in refusal.value.faults[field]


def test_the_nearest_hue_is_taken_when_asked_for(app_context):
    face, _files = face_of(WantedFace(NEW, first="#ffcc00", to_nearest=True), now(app_context))
    assert face.light.first == "#866500"
    assert face.light != LIGHT and face.dark != DARK


def test_a_new_name_does_not_keep_the_drawing_of_the_old(any_app_context):
    give_face(BY)
    old = now(any_app_context)
    with pytest.raises(AllWrong) as refusal:
        face_of(WantedFace(NEW, wordmark="kept"), old)
    assert NAME in refusal.value.faults["wordmark"]
    face, _files = face_of(WantedFace(NEW, sign=DOTS), old)
    assert (face.sign, face.shots, face.wordmark) == (LETTER, (), "")


def screen(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#fbfaf7").save(out, "PNG")
    return out.getvalue()


def test_pictures_of_the_screen_stand_in_preview_and_manifest_until_the_face_changes(
    app, client, enter
):
    with app.app_context():
        files = {"narrow_file": screen(720, 1280), "wide_file": screen(1600, 1000)}
        face = wear(app, WantedFace(NEW, **files))
        assert len(face.shots) == 2
        again, _files = face_of(WantedFace(NEW, narrow_file=screen(700, 1200)), face)
        assert again.shots[0] != face.shots[0]
        assert again.shots[1] == face.shots[1]
    shots = client.get("/manifest.webmanifest").get_json(force=True)["screenshots"]
    assert [(one["form_factor"], one["sizes"], one["type"]) for one in shots] == [
        ("narrow", "720x1280", "image/webp"),
        ("wide", "1280x800", "image/webp"),
    ]
    preview = enter("chief").get(f"/newsroom/face/{face.digest}").text
    assert all(f'src="{one["src"]}"' in preview for one in shots)
    assert client.get(shots[1]["src"]).data[8:12] == b"WEBP"
    with app.app_context():
        wear(app, WantedFace(NEW, first="#0b5d1e"))
    assert client.get("/manifest.webmanifest").get_json(force=True)["screenshots"] == []


@pytest.mark.parametrize(
    ("files", "field", "says"),
    [
        ({"narrow_file": screen(200, 400)}, "narrow_file", "320"),
        ({"narrow_file": screen(400, 1200)}, "narrow_file", "2.3"),
        ({"narrow_file": screen(900, 600)}, "narrow_file", "طولها أكبر"),
        ({"wide_file": screen(900, 600)}, "narrow_file", "ارفع صورة الهاتف"),
        ({"narrow_file": b"red;}"}, "narrow_file", "ليس صورة"),
    ],
)
def test_a_picture_that_no_phone_would_show_is_refused(app_context, files, field, says):
    with pytest.raises(AllWrong) as refusal:
        face_of(WantedFace(NEW, **files), now(app_context))
    assert says in refusal.value.faults[field]


def test_a_form_that_is_sent_back_as_it_was_says_the_same_face(any_app_context):
    give_face(BY)
    face = now(any_app_context)
    assert face_of(wanted_of(face), face) == (face, ())


def test_after_a_rename_no_address_and_no_file_says_the_old_name(app, client):
    """Every public address of the URL map, in each language, and what is drawn: icons, share
    picture, covers."""
    public_id, english = two_versions(app)
    for words in ({}, ENGLISH):
        story(app, published_at=datetime.now(UTC) - timedelta(hours=1), **words)
    with app.app_context():
        give_face(BY)
        seed_pages(BY)
        filled("about")
        add_page_version("about", "en", BY)
        filled("en/about")
        old = now(app)
        before = answers(client, app, public_id) | answers(client, app, english, "/en")
        old_mark = (with_files(old).wordmark or pytest.fail("no wordmark")).data.split(b' d="')[1][
            :60
        ]
        face = wear(app, WantedFace(NEW, wordmark="plex", first="#0b5d1e", second="#123f8c"))
        press = press_for(client, app.config["KHABARAYN"], app.extensions["khabarayn.media"])
        assert press.paper.face == face
        covers = [
            cover.draw(one, "نشرة", "اليوم", press.fonts) for one in (with_files(old), press.paper)
        ]
    assert covers[0] != covers[1]
    after = answers(client, app, public_id) | answers(client, app, english, "/en")
    for path in ("/", "/p/about", "/latest", "/feed.xml", "/news-sitemap.xml"):
        for shown in (path, "/en" + path):
            assert NAME.encode() in before[shown], f"{shown}: the test can see the name"
            assert NEW.encode() in after[shown], shown
    assert any(old_mark in body for body in before.values()), "the test can see the drawing"
    folded = "خبرين".encode()
    for path, body in after.items():
        for trace in (NAME.encode(), folded, old_mark, old.digest.encode()):
            assert trace not in body, f"{path}: {trace!r}"
        for trace in (json.dumps(NAME)[1:-1].encode(), b"%D8%AE%D9%8E%D8%A8"):
            assert trace not in body, f"{path}: {trace!r}"
    assert after["/sections"].count(NEW.encode()) >= 3
    assert before[f"/share/{public_id}.jpg"] != after[f"/share/{public_id}.jpg"]
    manifest = json.loads(after["/manifest.webmanifest"])
    assert (manifest["name"], manifest["screenshots"]) == (NEW, [])
    for name in ICONS:
        new = client.get(f"/face/{face.digest}/{name}")
        was = client.get(f"/face/{old.digest}/{name}")
        assert new.status_code == was.status_code == 200, "a saved page keeps the old one"
        assert new.data != was.data, name
        assert "immutable" in new.headers["Cache-Control"]
    assert face.light == Hues("#0b5d1e", "#123f8c")
    assert f"/face/{face.digest}.css" in client.get("/sw.js").text


def answers(client, app, public_id, prefix="") -> dict[str, bytes]:
    """Return what every address answers that needs nothing, or one of the story's own names."""
    known = {
        "id": public_id, "section": "news", "tag": "مدن", "author": "هيئة-التحرير",
        "page": "about", "slug": "x", "slot": "1", "month": f"{datetime.now(UTC):%Y-%m}",
    }  # fmt: skip
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        wanted = rule.arguments - set(rule.defaults or ())
        if rule.rule.startswith(("/newsroom", "/face/")) or not wanted <= set(known):
            continue
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known[name[1]], rule.rule)
        with client.get(path, headers={"Accept-Encoding": "identity"}) as answer:
            found[path] = answer.data
    return found


def test_after_a_rename_no_book_and_no_edition_file_says_the_old_name(any_app, any_client):
    """Opened and looked through, page by page, style sheet by style sheet, picture by picture."""
    for _ in range(6):
        story(any_app, published_at=datetime.now(UTC) - timedelta(hours=30))
    with any_app.app_context():
        give_face(BY)
        old = now(any_app)
        mark = (with_files(old).wordmark or pytest.fail("no wordmark")).data.split(b' d="')[1][:60]
        before = inside_of_an_edition(any_app, any_client)
        wear(any_app, WantedFace(NEW, wordmark="plex", first="#0b5d1e"))
        after = inside_of_an_edition(any_app, any_client)
    assert any(NAME.encode() in body for body in before.values()), "the test can see the name"
    assert any(mark in body for body in before.values()), "the test can see the drawing"
    assert any(NEW.encode() in body for body in after.values())
    covers = [
        {body for path, body in one.items() if "cover.png" in path} for one in (before, after)
    ]
    assert covers[0] and not covers[0] & covers[1]
    for path, body in after.items():
        for trace in (NAME.encode(), "خبرين".encode(), mark, old.digest.encode()):
            assert trace not in body, f"{path}: {trace!r}"


def inside_of_an_edition(app: Khabarayn, client: FlaskClient) -> dict[str, bytes]:
    """Print the newest edition again and return everything in its files, by file and path."""
    made = print_edition(app, again=True).edition
    keys = json.loads(client.get("/editions/key.json").data)["keys"]
    known = {key["kid"]: from_base64(key["x"]) for key in keys}
    address = f"/editions/{made.head.name}"
    found = {
        f"{kind} {path}": body
        for kind in ("", "-full")
        for path, body in read(client.get(f"{address}{kind}.khb").data, known)[1].items()
    }
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}.epub").data)) as book:
        found |= {f"book {name}": book.read(name) for name in book.namelist()}
    return found
