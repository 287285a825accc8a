"""A small site of pages, fragments and pictures that answers as ours does, and a fixed key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from khabarayn.article.story import Card, Section
from khabarayn.edition.gather import Answer
from khabarayn.edition.seal import Seal

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECTIONS = tuple(Section(slug, slug) for slug in ("news", "sport", "world"))
IDS = tuple(f"22222{a}{b}{c}" for a in "234" for b in "2345" for c in "23456789")
CSP = ("Content-Security-Policy", "default-src 'none'")


def make_card(number: int, hours: float = 1, section: int = 0, **given: object) -> Card:
    at = NOON - timedelta(hours=hours)
    return Card(
        id=IDS[number],
        headline=f"خبر {number}",
        short_headline="",
        standfirst="",
        teaser="",
        section=SECTIONS[section],
        published_at=at,
        updated_at=at,
        **given,  # type: ignore[arg-type]
    )


def page(card: Card, rev: int = 1, words: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><link rel="stylesheet" '
        f'href="/static/css/app.0123456789ab.css"></head><body>\n'
        f"<header>{'قائمة ' * 400}</header>\n"
        f'<article data-article="{card.id}" data-rev="{rev}"><h1>{card.headline}</h1>'
        f'<picture><source type="image/avif" srcset="/media/pic{card.id[3:]}/480.avif 480w, '
        f'/media/pic{card.id[3:]}/800.avif 800w, /media/pic{card.id[3:]}/1600.avif 1600w">'
        f'<img src="/media/pic{card.id[3:]}/800.jpg" alt="صورة"></picture>'
        f"<p>{words or 'نص طويل يتكرر ليُضغط. ' * 60}</p>"
        f'<aside data-hx-get="/_f/see-also/{card.id}/1"><a href="/a/x">شاهد أيضًا</a></aside>'
        f'<section data-hx-get="/_f/related/{card.id}"></section></article></body></html>'
    ).encode()


class Pages:
    """``pages`` may be changed by a test; ``asked`` is what was asked for, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []

    def put(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
        headers = (
            ("Content-Type", kind),
            ("ETag", f'W/"{len(body)}"'),
            ("Date", "Mon, 23 Nov 2026 09:00:00 GMT"),
            ("KH-Cache", "article; id=x"),
            ("KH-Len", str(len(body))),
            CSP,
        )
        self.pages[path] = Answer(200, headers, body)

    def add(self, card: Card, rev: int = 1, words: str = "") -> None:
        self.put(f"/a/{card.id}", page(card, rev, words))
        self.put(f"/_f/see-also/{card.id}/1", f"<p>{card.headline}: شاهد</p>".encode())
        self.put(f"/_f/related/{card.id}", f"<p>{card.headline}: صلة</p>".encode())
        name = f"/media/pic{card.id[3:]}/800.avif"
        self.put(name, b"\x00avif" + card.id.encode() * 50, "image/avif")

    def __call__(self, path: str) -> Answer:
        self.asked.append(path)
        return self.pages.get(path, Answer(404, (), b""))


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def seal() -> Seal:
    return Seal(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.fixture
def keys(seal: Seal) -> dict[str, bytes]:
    return {seal.id: seal.public}
