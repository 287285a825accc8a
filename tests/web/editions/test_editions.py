"""From stories to an edition that a reader takes along, on a real application."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from factories.story import ENGLISH, proposal, stories, story
from flask.testing import FlaskClient

from khabarayn import Khabarayn
from khabarayn.desk.by import By
from khabarayn.desk.front.make_edition import EditionResult, make_edition
from khabarayn.desk.front.press import Press, press_for
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.edition.container import read, read_head
from khabarayn.edition.name import EditionName
from khabarayn.edition.seal import from_base64, key_id
from khabarayn.store.models import EditionRow

MORNING = EditionName.parse("2026-03-01-am")
EVENING = EditionName.parse("2026-03-01-pm")
DAWN = datetime(2026, 3, 1, 1, tzinfo=UTC)


@pytest.fixture
def paper(app: Khabarayn) -> Khabarayn:
    """Six stories in three sections, all before the morning edition closes."""
    for n, section in enumerate(("news", "sport", "world") * 2):
        story(app, section=section, published_at=DAWN + timedelta(minutes=n), tags=("مدن",))
    return app


def press_of(app: Khabarayn) -> Press:
    settings, shelf = app.config["KHABARAYN"], app.extensions["khabarayn.media"]
    return press_for(app.test_client(), settings, shelf)


def make(app: Khabarayn, name: EditionName = MORNING, **given: object) -> EditionResult:
    with app.app_context():
        return make_edition(name, By("سمر"), press_of(app), **given)  # type: ignore[arg-type]


def known_keys(client: FlaskClient) -> dict[str, bytes]:
    answer = client.get("/editions/key.json")
    return {key["kid"]: from_base64(key["x"]) for key in json.loads(answer.data)["keys"]}


def test_a_reader_takes_the_edition_along_and_every_byte_is_the_sites(paper: Khabarayn) -> None:
    made = make(paper)
    client = paper.test_client()
    answer = client.get(f"/editions/{MORNING}.khb")
    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(made.edition.head.text_size)
    head, parts = read(answer.data, known_keys(client))
    assert sum(path.startswith("/a/") for path in parts) == 6
    for path, body in parts.items():
        if not path.endswith("/read"):
            assert client.get(path).data == body, path
    assert [said["about"] for said in head.says] == ["edition", *["article"] * 6]
    assert "Content-Security-Policy" in head.parts[f"/editions/{MORNING}/read"].headers


def test_the_page_says_the_size_on_the_button(paper: Khabarayn) -> None:
    head = make(paper).edition.head
    page = paper.test_client().get(f"/editions/{MORNING}").get_data(as_text=True)
    assert "نزّل النشرة" in page
    assert f'data-size="{head.text_size}"' in page
    assert f"{round(head.text_size / 1024)} ك.ب" in page
    for path in (f"{MORNING}.khb", f"{MORNING}-full.khb", f"{MORNING}.epub"):
        assert f'href="/editions/{path}"' in page
    assert f'href="/editions/{MORNING}"' in paper.test_client().get("/editions").text


def test_making_it_again_changes_nothing(paper: Khabarayn) -> None:
    first = make(paper)
    before = paper.test_client().get(f"/editions/{MORNING}.khb").data
    second = make(paper)
    assert (first.new, second.new) == (True, False)
    assert paper.test_client().get(f"/editions/{MORNING}.khb").data == before


def test_a_making_that_was_cut_off_is_taken_up(
    paper: Khabarayn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with paper.app_context():
        press = press_of(paper)
        broken = replace(press, render=lambda path: (_ for _ in ()).throw(OSError(path)))
        with pytest.raises(OSError, match="/a/"):
            make_edition(MORNING, By("سمر"), broken)
    client = paper.test_client()
    assert client.get(f"/editions/{MORNING}").status_code == 404
    assert client.get(f"/editions/{MORNING}.khb").status_code == 404
    assert "لم تصدر نشرة بعد" in client.get("/editions").text
    assert make(paper).new
    assert client.get(f"/editions/{MORNING}").status_code == 200


def test_the_next_edition_moves_only_what_is_new(paper: Khabarayn) -> None:
    # A paper large enough that one more story is nobody's neighbour.
    stories(paper, 8, published_at=DAWN - timedelta(hours=3), tags=("مدن",))
    morning = make(paper).edition.head
    story(paper, published_at=datetime(2026, 3, 1, 10, tzinfo=UTC), tags=("بحر",), section="health")
    evening = make(paper, EVENING).edition.head
    assert morning.transfer_bytes == morning.text_size
    assert 0 < evening.transfer_bytes < evening.text_size
    page = paper.test_client().get(f"/editions/{EVENING}").text
    assert "لا ينزل إليه إلا الجديد" in page


def test_an_editor_chooses_and_the_first_leads(paper: Khabarayn) -> None:
    own = [story(paper, published_at=DAWN - timedelta(days=9)) for _ in range(2)]
    made = make(paper, stories=own)
    assert [line.id for line in made.edition.lines[:2]] == own
    assert made.edition.lines[0].role == "lead"


def test_what_cannot_be_is_refused_in_words(paper: Khabarayn, app: Khabarayn) -> None:
    with pytest.raises(Refused, match="بهذا المعرّف"):
        make(paper, stories=["zzzzzzzz"])
    with pytest.raises(Refused, match="لم يحن"):
        make(paper, EditionName.parse("2999-01-01-am"))
    with pytest.raises(Refused, match="لا أخبار"):
        make(paper, EditionName.parse("2020-01-01-am"))


def test_a_story_withdrawn_later_is_told_and_left_out_of_the_next_issue(paper: Khabarayn) -> None:
    first = make(paper).edition
    gone = first.lines[0].id
    with paper.app_context():
        withdraw(gone, By("سمر"), "لم يثبت")
    client = paper.test_client()
    page = client.get(f"/editions/{MORNING}").text
    assert "سُحب من هذه النشرة بعد صدورها: خبر واحد." in page
    assert f"/a/{gone}" not in page
    old = client.get(f"/editions/{MORNING}.khb")
    again = make(paper, again=True).edition
    assert again.head.issue == 2
    assert gone not in [line.id for line in again.lines]
    assert again.lines[0].role == "lead"
    new = client.get(f"/editions/{MORNING}.khb")
    assert new.headers["ETag"] != old.headers["ETag"]
    assert f"/a/{gone}" not in read_head(new.data).parts
    with paper.app_context():
        shelf = paper.extensions["khabarayn.media"]
        assert shelf.read(first.files.text) is None


def test_a_draft_never_travels(paper: Khabarayn) -> None:
    hidden = story(paper, status="draft", published_at=DAWN)
    make(paper)
    client = paper.test_client()
    assert f"/a/{hidden}" not in read_head(client.get(f"/editions/{MORNING}.khb").data).parts
    assert client.get(f"/editions/stories/{hidden}.khb").status_code == 404


def test_pages_in_the_file_speak_the_papers_language_whoever_asks(paper: Khabarayn) -> None:
    made = make(paper)
    id_ = made.edition.lines[0].id
    client = paper.test_client()
    data = client.get(f"/en/editions/stories/{id_}.khb").data
    _, parts = read(data, known_keys(client))
    assert parts[f"/a/{id_}"] == client.get(f"/a/{id_}").data


def test_a_story_to_hand_on_is_signed_as_it_stands_now(paper: Khabarayn) -> None:
    with paper.app_context():
        id_ = draft(proposal(published_at=DAWN), By("سمر"))
        publish(id_, By("سمر"), at=DAWN)
        client = paper.test_client()
    head, parts = read(client.get(f"/editions/stories/{id_}.khb").data, known_keys(client))
    assert head.says[0]["id"] == id_
    assert head.says[0]["rev"] == 1
    assert parts[f"/a/{id_}"] == client.get(f"/a/{id_}").data
    with paper.app_context():
        correct(id_, By("سمر"), "صُحّح رقم.")
    again = read_head(client.get(f"/editions/stories/{id_}.khb").data)
    assert again.says[0]["rev"] == 2


def test_an_old_key_stays_known_while_its_editions_are_offered(paper: Khabarayn) -> None:
    make(paper)
    client = paper.test_client()
    old = known_keys(client)
    (paper.config["KHABARAYN"].data_dir / "edition.key").unlink()
    now_known = known_keys(client)
    assert len(now_known) == 2
    read(client.get(f"/editions/{MORNING}.khb").data, now_known)
    assert set(old) < set(now_known)
    with paper.app_context():
        key = paper.extensions["sqlalchemy"].session.scalar(
            paper.extensions["sqlalchemy"].select(EditionRow.key)
        )
    assert key_id(from_base64(key)) in old


@pytest.mark.parametrize(
    "path",
    ["2026-03-01-xx", "2026-13-41-am", "2026-03-01-am.zip", "٢٠٢٦-٠٣-٠١-am", "2026-03-02-am.khb"],
)
def test_an_edition_that_never_was_is_not_found(paper: Khabarayn, path: str) -> None:
    assert paper.test_client().get(f"/editions/{path}").status_code == 404


def test_a_nonsense_continuation_is_refused(client: FlaskClient) -> None:
    assert client.get("/editions?before=x").status_code == 400


def test_editions_are_made_on_either_engine(any_app: Khabarayn) -> None:
    ids = [
        story(any_app, section=section, published_at=DAWN, tags=("مدن",))
        for section in ("news", "sport")
    ]
    made = make(any_app)
    assert sorted(line.id for line in made.edition.lines) == sorted(ids)
    assert any_app.test_client().get(f"/editions/{MORNING}.epub").data[:2] == b"PK"


def english_story(app: Khabarayn, minute: int) -> str:
    given = {**ENGLISH, "headline": f"The council opens bridge number {minute}", "section": "sport"}
    return story(app, **given, published_at=DAWN + timedelta(minutes=minute))


def test_each_language_has_editions_of_its_own(paper: Khabarayn) -> None:
    ids = [english_story(paper, minute) for minute in range(3)]
    english, arabic = make(paper, EditionName.parse(f"{MORNING}-en")).edition, make(paper).edition
    assert {line.id for line in english.lines} == set(ids)
    assert not {line.id for line in arabic.lines} & set(ids)
    client = paper.test_client()
    name = english.head.name
    page = client.get(f"/en/editions/{name}").text
    assert "Morning edition" in page and f"/en/a/{ids[0]}" in page and ">Sport<" in page
    # Each is listed, and stands on the front page, in its own language alone.
    for prefix, here, away in (("/en", name, str(MORNING)), ("", str(MORNING), name)):
        for address in ("/editions", "/", "/_f/rail"):
            text = client.get(prefix + address).text
            assert f'{prefix}/editions/{here}"' in text and f'/editions/{away}"' not in text
    # Without the prefix it leads to its own address; the Arabic one is read in any interface.
    for tail in ("", "/read"):
        assert client.get(f"/editions/{name}{tail}").location == f"/en/editions/{name}{tail}"
        assert client.get(f"/en/editions/{MORNING}{tail}").status_code == 200
    assert client.get(f"/fr/editions/{name}").status_code == 404


def test_the_files_of_an_english_edition_are_english_from_left_to_right(paper: Khabarayn) -> None:
    ids = [english_story(paper, minute) for minute in range(2)]
    make(paper, EditionName.parse(f"{MORNING}-en"))
    client = paper.test_client()
    address = f"/editions/{MORNING}-en"
    head, parts = read(client.get(f"{address}.khb").data, known_keys(client))
    assert head.says[0]["title"] == "Morning edition"
    # What the phone keeps are the pages that the English lists lead to, and their contents.
    assert {f"/en/a/{id_}" for id_ in ids} | {f"/en{address}/read"} <= set(parts)
    for path, body in parts.items():
        assert path.startswith("/en/")
        assert body == client.get(path).data
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}.epub").data)) as book:
        package = book.read("book/package.opf").decode()
        pages = [book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml")]
    assert "<dc:language>en</dc:language>" in package and "Morning edition · Sunday" in package
    assert 'page-progression-direction="ltr"' in package
    for text in (package, *pages):
        assert 'dir="rtl"' not in text and 'lang="ar"' not in text
    whole = "".join(pages)
    assert ">Contents</a>" in whole and f"/en/a/{ids[0]}" in whole
    assert "رياضة" not in whole and ">Sport<" in whole
