"""What another process has written shows in the next answer: nothing that is remembered hides it.

Changes are written straight into the file by a connection of its own, a column at a time: whatever
is kept must be found by that very column, since nobody tells this process to forget anything.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from factories.media import media
from factories.story import BY, story

from khabarayn import create_app
from khabarayn.article.proposal import ProposedAuthor, ProposedPicture
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.face.value import Face
from khabarayn.store.db import db
from khabarayn.web import site as site_value

LISTS = ("/", "/latest", "/s/news", "/t/مدن", "/by/samar", "/_f/more/latest", "/_f/rail")
SHOWN = ("/a/{second}", "/_f/related/{second}")
FEEDS = ("/feed.xml", "/search?q=الزلاجة")
ENGLISH = ("/en/", "/en/a/{first}", "/en/sections")


# They change one paper, one after the other.
pytestmark = pytest.mark.xdist_group("fresh_pages")


@pytest.fixture(scope="module")
def paper(make_settings, migrated: Path) -> Iterator[SimpleNamespace]:
    """A paper of its own for this file, whose pages were all asked for once."""
    settings = make_settings()
    shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    app = create_app(settings)
    with app.app_context():
        crops = [{"name": f"{crop}-640.avif", "bytes": 9} for crop in ("16x9", "4x3")]
        picture = media(public_id="aaaaaaaa", renditions=crops).public_id
        db.session.commit()
    told: dict[str, Any] = {
        "lead": ProposedPicture(f"media:{picture}", alt="قمر قديم", credit="سمر"),
        "authors": (ProposedAuthor("سمر الحلبي", "samar"),),
        "body_html": "<p>تُصنع الزلاجة من خشب الزان.</p>" * 3,
        "published_at": datetime(2026, 3, 1, 6, tzinfo=UTC),
    }
    first = story(app, headline="الزلاجة الأولى", **told)
    second = story(app, headline="الزلاجة الثانية", **told)
    yield SimpleNamespace(app=app, client=app.test_client(), first=first, second=second,
                          file=settings.data_dir / "khabarayn.db")  # fmt: skip
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def written(paper: SimpleNamespace, *statements: str) -> None:
    """Write into the paper's file from outside."""
    with closing(sqlite3.connect(paper.file)) as outside, outside:
        for statement in statements:
            assert outside.execute(statement.format(**vars(paper))).rowcount


def pages(paper: SimpleNamespace, paths: tuple[str, ...]) -> dict[str, str]:
    found = {path: paper.client.get(path.format(**vars(paper))) for path in paths}
    assert {answer.status_code for answer in found.values()} == {200}, found
    return {path: answer.text for path, answer in found.items()}


OF_FIRST = " where public_id = '{first}'"
SETTING = "insert or replace into site_setting (name, value) values ('{0}', '{1}')"
CHANGES = {
    "section": ("update section set name = 'شؤون' where slug = 'news'", "شؤون",
                (*SHOWN, "/", "/s/news", "/sections", "/search?q=الزلاجة")),
    "section in English": (
        """update section set translations = json('{{"en": {{"name": "Affairs"}}}}')
        where slug = 'news'""", "Affairs", ENGLISH),
    "colour of a section": ("update section set hue = 123 where slug = 'news'", "hue-120",
                            ("/", "/latest", "/a/{second}", "/_f/related/{second}")),
    "headline": (f"update article set headline = 'العنوان الجديد', short_headline = ''{OF_FIRST}",
                 "العنوان الجديد", (*LISTS, *SHOWN, *FEEDS[:1], "/a/{first}")),
    "language of a story": (f"update article set direction = 'ltr'{OF_FIRST}", 'dir="ltr"',
                            ("/latest", "/_f/related/{second}")),
    "correction": (f"update article set corrected = 1{OF_FIRST}", "<span>صُحّح</span>",
                   ("/latest", "/s/news", "/_f/related/{second}", "/search?q=الزلاجة")),
    "genre": (f"update article set genre = 'رأي'{OF_FIRST}", ">رأي<",
              ("/latest", "/_f/related/{second}", "/_f/rail", "/a/{first}")),
    "breaking": (f"update article set breaking = 1{OF_FIRST}", '<span class="flag">عاجل',
                 ("/latest", "/s/news", "/_f/related/{second}")),
    "hour": (f"update article set published_at = '2026-03-01 09:17:00'{OF_FIRST}", "12:17",
             ("/latest", "/_f/related/{second}", "/_f/rail", "/a/{first}")),
    "words": ("""update article set body = '[{{"kind":"paragraph","html":"نصّ آخر"}}]'""",
              "نصّ آخر", ("/a/{first}", "/feed.xml")),
    "words of a picture": (f"update article set lead_alt = 'قمر جديد'{OF_FIRST}", "قمر جديد",
                           ("/latest", "/a/{first}", "/_f/related/{second}")),
    "credit": (f"update article set lead_credit = 'ليلى'{OF_FIRST}", "ليلى", ("/a/{first}",)),
    "crops": ("update media set folder = 'bbbbbbbb'", "/media/bbbbbbbb/",
              ("/latest", "/a/{first}", "/_f/related/{second}")),
    "renditions": ("""update media set renditions = '[{{"name":"4x3-320.avif","bytes":9}}]'""",
                   "4x3-320.avif 320w", ("/latest", "/s/news")),
    "colours of a picture": ("update media set thumbhash = 'YJqGPQw7sFlslqhFafSE+Q6oJ1h2iHB2Rw=='",
                             "standin", ("/latest", "/a/{first}", "/_f/related/{second}")),
    "author": ("update author set name = 'سمر نور' where slug = 'samar'", "سمر نور",
               ("/a/{first}", "/by/samar", "/feed.xml")),
    "tag": ("update tag set intro = 'مدينة فمدينة'", "مدينة فمدينة", ("/t/مدن",)),
    "digits": (SETTING.format("digits", "arab"), "٢٠٢٦", ("/latest", "/a/{first}", "/s/news")),
    "months": (SETTING.format("months", "western"), "!آذار", ("/latest", "/a/{first}", "/")),
    "accounts": (SETTING.format("social", "x https://x.com/kh"), "https://x.com/kh",
                 ("/", "/a/{first}", "/latest")),
    "strip": ("""insert into bulletin (text, made_at, expires_at)
              values ('انقطع التيار', '2020-01-01', '2100-01-01')""", "انقطع التيار", ("/",)),
    "menu": (SETTING.format("menu_bar", '[["tag","مدن","مدائن"]]'),
             "مدائن", ("/", "/a/{first}", "/latest")),
    "menu in English": (
        SETTING.format("menu_bar", '[["tag","مدن","مدائن",[["en","Cities"]]]]'), "Cities", ENGLISH),
    "standing pages": (SETTING.format("standing_pages", '[["about", "عن جريدتنا"]]'), "عن جريدتنا",
                       ("/", "/a/{first}", "/en/")),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_by_another_process_shows_in_the_next_answer(paper, name):
    statement, words, paths = CHANGES[name]
    goes, words = words.startswith("!"), words.removeprefix("!")
    # Twice: whatever is kept at the second asking is kept by then.
    for _ in range(2):
        before = pages(paper, paths)
    assert [path for path, text in before.items() if (words in text) != goes] == []
    written(paper, statement)
    after = pages(paper, paths)
    assert [path for path, text in after.items() if (words in text) == goes] == []


def test_a_strip_that_another_process_ends_goes(paper):
    words = "عاد التيار"
    written(paper, f"""insert into bulletin (text, made_at, expires_at)
            values ('{words}', '2020-01-02', '2100-01-01')""")  # fmt: skip
    assert words in pages(paper, ("/",))["/"]
    written(paper, f"update bulletin set expires_at = '2021-01-01' where text = '{words}'")
    assert words not in pages(paper, ("/",))["/"]


def test_sections_stand_in_their_new_order(paper):
    def order() -> bool:
        text = pages(paper, ("/sections",))["/sections"]
        return text.index('href="/s/politics"') < text.index('href="/s/news"')

    assert not order()
    written(paper, "update section set position = 999 where slug = 'news'")
    assert order()


def test_a_page_of_a_new_day_bears_its_date(paper, monkeypatch):
    first = pages(paper, ("/latest",))["/latest"]
    late = datetime.now(UTC) + timedelta(days=400)
    monkeypatch.setattr(site_value, "now", lambda: late)
    assert pages(paper, ("/latest",))["/latest"] != first


def verb(paper: SimpleNamespace, act: Callable[..., Any], *given: Any) -> None:
    with paper.app.app_context():
        act(*given)


def test_a_new_face_is_on_every_page(paper):
    paths = ("/", "/a/{first}", "/latest", "/en/")
    before = pages(paper, paths)
    face = Face("صحيفة أخرى")
    with paper.app.app_context():
        take_face(save_face(face, (), OPERATOR), OPERATOR)
    after = pages(paper, paths)
    assert not any("صحيفة أخرى" in text for text in before.values())
    assert all("صحيفة أخرى" in text and face.digest in text for text in after.values())


def test_a_withdrawn_story_is_nowhere(paper):
    paths = (*LISTS, *SHOWN, *FEEDS, "/s/news/feed.xml")
    before = pages(paper, paths)
    assert [path for path, text in before.items() if paper.first not in text] == []
    verb(paper, withdraw, paper.first, BY, "أخطأنا")
    after = pages(paper, tuple(path for path in paths if "related" not in path))
    assert [path for path, text in after.items() if paper.first in text] == []
    assert paper.client.get(f"/a/{paper.first}").status_code == 410
    assert paper.first not in paper.client.get(f"/_f/related/{paper.second}").text
