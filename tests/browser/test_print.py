"""A story that is printed, or saved as PDF, keeps its words for search and for copying."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter

import pypdfium2
import pytest

FACE = re.compile(r"/fonts/print/.*\.woff2$")
# Marks, the lengthening stroke and joiners: how a word looks, not which it is.
SIGNS = re.compile("[\u0640\u064b-\u065f\u0670\u061c\u200b-\u200f]")
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
SHOWN = """() => [...document.querySelectorAll(
  "h1, .standfirst, [data-story] > :is(p, h2, h3, ul, ol, blockquote)"
)].map((part) => part.innerText).join("\\n")"""
FACE_COMES = """() => Promise.all(
  ["400 18px Amiri", "700 18px Amiri"].map((face) => document.fonts.load(face)))"""
# Of all words, and of those with marks alone, by two readers of PDF: Chromium's own, and poppler's
# where it is installed.
KEPT, MARKED_KEPT = 0.97, 0.95


def words(text: str) -> list[str]:
    """Return the words of ``text`` as they are written, marks and all."""
    return re.findall(r"[\w\u064b-\u065f\u0670\u200b-\u200f]+", DIRECTIONS.sub(" ", text))


def bare(found: list[str]) -> Counter[str]:
    return Counter(SIGNS.sub("", unicodedata.normalize("NFKC", word)) for word in found)


def text_by_pdfium(pdf: bytes) -> str:
    file = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in file)


def text_by_poppler(pdf: bytes) -> str:
    words = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(words, input=pdf, capture_output=True, check=True).stdout.decode()


READERS = [text_by_pdfium, *([text_by_poppler] if shutil.which("pdftotext") else [])]


@pytest.mark.parametrize("kind", ["article", "longest"])
def test_a_story_saved_as_pdf_keeps_its_words(page, live, addresses, kind):
    page.goto(live + addresses[kind], wait_until="load")
    shown = words(page.evaluate(SHOWN))
    assert len(shown) > 100
    # Chromium prints without a face that has not come yet: not every first print has it.
    page.evaluate(FACE_COMES)
    pdf = page.pdf(format="A4")
    marked = bare([word for word in shown if SIGNS.search(word)])
    assert marked.total() > 5
    for reader in READERS:
        kept = bare(words(reader(pdf)))
        for wanted, share in ((bare(shown), KEPT), (marked, MARKED_KEPT)):
            lost = wanted - kept
            assert 1 - lost.total() / wanted.total() >= share, (reader.__name__, lost)


def test_a_story_on_a_screen_asks_for_no_face_of_print(page, live, addresses):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live + addresses["article"], wait_until="load")
    page.wait_for_load_state("networkidle")
    faces = [url for url in asked if url.endswith(".woff2")]
    assert faces
    assert not [url for url in faces if FACE.search(url)]
    page.pdf(format="A4")
    assert [url for url in asked if FACE.search(url)]
