"""An e-reader opens the edition from the right, finds every story, and meets no broken link."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from edition.conftest import make_card
from lxml import etree
from PIL import Image

from khabarayn.article.blocks import Image as Shown
from khabarayn.article.blocks import KeyPoints, ListBlock, Paragraph, Quote, Table
from khabarayn.article.story import Correction, Picture, SeeAlso, Story
from khabarayn.edition import cover
from khabarayn.edition.book import Book, BookWords
from khabarayn.edition.epub import pictures_of, write
from khabarayn.face.value import DOTS, DrawnFace, Face

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
NS = {"opf": "http://www.idpf.org/2007/opf", "h": "http://www.w3.org/1999/xhtml"}
MADE = datetime(2026, 11, 23, 3, tzinfo=UTC)
WORDS = BookWords("مواضع", "غلاف", "محتويات", "نص", "تصحيح", "شاهد أيضًا")
PAPER = DrawnFace(Face("خَبَرَيْن", sign=DOTS))


def a_story(number: int, leads_to: int, **given: object) -> Story:
    picture = Picture("pic" + str(number) * 6, 800, 450, "وصف", renditions=("800.jpg", "480.jpg"))
    card = make_card(number, section=number % 2, picture=picture)
    other = make_card(leads_to)
    return Story(
        card=card,
        blocks=(
            KeyPoints(("نقطة <b>أولى</b>",)),
            Paragraph(f'نص & <strong>قوي</strong><br>وسطر، <a href="/a/{other.id}">رابط</a>'),
            Paragraph('<a href="/a/zzzzzzzz/اسم">خارج النشرة</a> <a href="/latest">هنا</a>'),
            ListBlock(("أ", "ب"), ordered=True),
            Quote("قول", "قائل"),
            Table((("1", "<2"),), ("س", "ص"), "جدول"),
            Shown(picture.id, "صورة", "تعليق"),
            Shown("nowhere1", "غائبة"),
        ),
        corrections=(Correction(MADE, "كان الرقم خطأ"),),
        see_also=(SeeAlso(1, 0, other),),
        **given,  # type: ignore[arg-type]
    )


def a_book(fonts: dict[str, bytes]) -> bytes:
    stories = (a_story(0, 1), a_story(2, 9), a_story(1, 0))
    out = io.BytesIO()
    Image.new("RGB", (800, 450)).save(out, "JPEG")
    return write(
        Book(
            key="https://khabarayn.example/editions/2026-11-23-am#1",
            title="نشرة الصباح · <23>",
            publisher="خَبَرَيْن",
            site="https://khabarayn.example",
            made_at=MADE,
            stories=stories,
            cover=cover.draw(
                PAPER,
                "نشرة الصباح",
                "الاثنين 23 نوفمبر/تشرين الثاني 2026",
                FONTS,
            ),
            words=WORDS,
            when=lambda moment: moment.strftime("%d/%m/%Y"),
            pictures={s.card.picture.id: out.getvalue() for s in stories if s.card.picture},
            fonts=fonts,
        )
    )


@pytest.fixture(scope="module")
def book() -> bytes:
    return a_book({"naskh-400.woff2": b"woff2"})


@pytest.fixture(scope="module")
def files(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_known_for_a_book_by_its_first_bytes(book: bytes) -> None:
    assert book[30:58] == b"mimetypeapplication/epub+zip"


def test_pages_turn_from_right_to_left(files: dict[str, bytes]) -> None:
    package = etree.fromstring(files["book/package.opf"])
    creator = package.findtext(".//{http://purl.org/dc/elements/1.1/}creator")
    assert creator == "خَبَرَيْن", "shelves of e-readers sort by it"
    assert package.find("opf:spine", NS).get("page-progression-direction") == "rtl"
    assert package.get("version") == "3.0"
    pages = [etree.fromstring(body) for name, body in files.items() if name.endswith(".xhtml")]
    assert {(page.get("dir"), page.get("lang")) for page in pages} == {("rtl", "ar")}


def test_the_manifest_names_every_file_once_and_the_spine_every_page(files) -> None:
    package = etree.fromstring(files["book/package.opf"])
    items = {item.get("id"): item for item in package.iterfind(".//opf:item", NS)}
    named = ["book/" + item.get("href") for item in items.values()]
    inside = {name for name in files if name.startswith("book/")} - {"book/package.opf"}
    assert sorted(named) == sorted(inside)
    spine = {items[ref.get("idref")].get("href") for ref in package.iterfind(".//opf:itemref", NS)}
    assert spine == {posixpath.basename(name) for name in files if name.endswith(".xhtml")}
    marks = {item.get("properties") for item in items.values()} - {None}
    assert marks == {"nav", "cover-image"}


def test_every_link_and_picture_is_inside_or_on_the_site(files: dict[str, bytes]) -> None:
    outside = set()
    for name, body in files.items():
        if not name.endswith(".xhtml"):
            continue
        page = etree.fromstring(body)
        for target in page.xpath("//@href | //@src"):
            if target.startswith("https://"):
                outside.add(target)
            else:
                assert "book/" + target in files, (name, target)
    own = {f"https://khabarayn.example/a/{make_card(n).id}" for n in (0, 1, 2, 9)}
    assert outside == own | {
        "https://khabarayn.example/a/zzzzzzzz",
        "https://khabarayn.example/latest",
    }


def test_a_link_between_two_stories_of_the_edition_stays_in_the_book(files) -> None:
    first, second = make_card(0).id, make_card(1).id
    page = etree.fromstring(files[f"book/story-{first}.xhtml"])
    assert page.xpath("//h:p/h:a/@href", namespaces=NS)[0] == f"story-{second}.xhtml"


def test_the_contents_list_every_headline(files: dict[str, bytes]) -> None:
    nav = etree.fromstring(files["book/nav.xhtml"])
    toc = nav.xpath("//h:nav[@id='toc']//h:a", namespaces=NS)
    assert [link.text for link in toc] == [make_card(n).headline for n in (0, 2, 1)]


def test_only_the_faces_that_are_there_are_named(files: dict[str, bytes]) -> None:
    style = files["book/style.css"].decode()
    assert "naskh-400" in style
    assert "naskh-700" not in style
    assert "direction:" not in style


def test_the_same_book_is_the_same_bytes(book: bytes) -> None:
    card = make_card(0)
    given = {
        "key": "k",
        "title": "ن",
        "publisher": "خ",
        "site": "https://x.example",
        "made_at": MADE,
    }
    plain = Book(**given, stories=(Story(card, ()),), cover=b"", when=str, words=WORDS)  # type: ignore[arg-type]
    assert write(plain) == write(plain)
    assert write(plain) != book


def test_the_largest_whole_jpeg_goes_into_the_book() -> None:
    assert pictures_of(a_story(0, 1)) == {"pic000000": "pic000000/800.jpg"}


def test_the_cover_carries_ink_and_both_dots() -> None:
    image = Image.open(io.BytesIO(cover.draw(PAPER, "نشرة الصباح", "الاثنين " * 30, FONTS)))
    colours = {colour for _, colour in image.convert("RGB").getcolors(10_000)}
    assert image.size == cover.SIZE
    assert {(158, 27, 50), (15, 92, 99), (23, 25, 28)} <= colours
    margin = image.convert("L").crop((0, 0, cover.MARGIN - 4, cover.SIZE[1])).getextrema()
    assert margin[0] > 200


@pytest.mark.engines
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    java, checker = shutil.which("java"), Path("/usr/share/java/epubcheck.jar")
    if not java or not checker.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("apt-get install epubcheck")
    faces = {name: (FONTS / name).read_bytes() for name in ("naskh-400.woff2", "naskh-700.woff2")}
    path = tmp_path / "edition.epub"
    path.write_bytes(a_book(faces))
    done = subprocess.run(
        [str(java), "-jar", str(checker), str(path)], capture_output=True, text=True
    )
    found = [line for line in done.stderr.splitlines() if re.match(r"(FATAL|ERROR|WARNING)", line)]
    assert found == []
    assert done.returncode == 0, done.stdout + done.stderr


def test_latin_words_of_a_book_stand_in_their_own_order():
    story = a_story(1, 2)
    card = replace(story.card, headline="هاتف iPhone 15 Pro Max ولغة C++")
    told = replace(story, card=card, blocks=(Paragraph("رفعت Disney+ أسعارها."),))
    book = Book("key", "نشرة", "خبرين", "https://x.example", MADE, (told,), b"", str, WORDS)
    with zipfile.ZipFile(io.BytesIO(write(book))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        pages = {name: archive.read(name).decode() for name in names}
    page = pages[f"book/story-{card.id}.xhtml"]
    assert '<bdi lang="en">iPhone 15 Pro Max</bdi> ولغة <bdi lang="en">C++</bdi></h1>' in page
    assert 'رفعت <bdi lang="en">Disney+</bdi> أسعارها' in page
    assert "<title>هاتف iPhone 15 Pro Max ولغة C++</title>" in page
    assert '<body lang="ar" xml:lang="ar" dir="rtl">' in page
    assert '<bdi lang="en">C++</bdi></a>' in pages["book/nav.xhtml"]
