"""A reader's walk from page to page, and what becomes of a story on its way."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from factories.story import BY, body, story
from flask import Flask
from flask.testing import FlaskClient
from wire.samples import FIXTURES

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.cli import cli
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import now

SALMA = (ProposedAuthor("سلمى الحارثي", "salma"),)
LISTS = ("/", "/latest", "/s/news", "/t/مدن", "/by/salma")
FEEDS = ("/feed.xml", "/atom.xml", "/feed.json", "/s/news/feed.xml", "/t/مدن/feed.xml")


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


def links(text: str, kind: str = "a") -> list[str]:
    """The addresses of one kind in the order of the page, each once."""
    return list(dict.fromkeys(re.findall(rf'href="(/{kind}/[^"?#]+)"', text)))


def pieces(text: str) -> list[str]:
    return [url.replace("&amp;", "&") for url in re.findall(r'data-hx-get="(/_f/[^"]+)"', text)]


@pytest.fixture
def paper(app: Flask) -> list[str]:
    """Thirty stories of one author over the last hours; returns their addresses, oldest first."""
    since = now() - timedelta(hours=40)
    ids = [
        story(
            app,
            body_html=body(n, 10),
            authors=SALMA,
            section="news" if n % 3 else "sport",
            tags=("مدن", "جسور"),
            published_at=since + timedelta(hours=n),
        )
        for n in range(30)
    ]
    return [f"/a/{public_id}" for public_id in ids]


def test_from_the_front_page_through_everything_a_story_leads_to_and_back(client, paper):
    front = page(client, "/")
    section = links(front, "s")[0]
    assert links(page(client, section))
    first = next(link for link in links(page(client, "/s/news")) if link in paper)
    read = page(client, first)

    see_also = [url for url in pieces(read) if "/see-also/" in url]
    assert see_also
    inset = links(page(client, see_also[0]))
    assert len(inset) == 1 and inset[0] in links(read)
    second = page(client, inset[0])

    related = next(url for url in pieces(second) if "/related/" in url)
    cards = links(page(client, related))
    assert len(cards) == 4 and inset[0] not in cards
    assert set(cards) <= set(links(second))
    third = page(client, cards[0])

    tag = unquote(links(third, "t")[0])
    author = links(third, "by")[0]
    assert cards[0] in _whole_list(client, tag)
    assert first in _whole_list(client, author)
    assert 'href="/"' in third and "<h1" in page(client, "/")


def _whole_list(client: FlaskClient, address: str) -> list[str]:
    """Every story of a list, page after page by its own links."""
    found: list[str] = []
    following: str | None = address
    while following:
        text = page(client, following)
        found += [link for link in links(text) if link not in found]
        more = re.search(r'rel="next" href="([^"]+)"', text)
        following = more[1].replace("&amp;", "&") if more else None
    return found


@pytest.mark.parametrize("address", ["/latest", "/t/مدن", "/by/salma"])
def test_a_list_holds_every_story_once_by_links_and_by_pieces_alike(client, paper, address):
    by_links = _whole_list(client, address)
    assert by_links == paper[::-1]
    by_pieces: list[str] = []
    text = page(client, address)
    while True:
        by_pieces += [link for link in links(text) if link not in by_pieces]
        if not (more := [url for url in pieces(text) if "/more/" in url]):
            break
        text = page(client, more[0])
    assert by_pieces == by_links


def test_nothing_that_a_page_leads_to_is_missing(client, paper):
    for address in ("/", paper[-1], "/s/news"):
        text = page(client, address)
        for link in set(re.findall(r'(?:href|data-hx-get)="(/[^"#]*)"', text)):
            with client.get(link.replace("&amp;", "&")) as answer:
                assert answer.status_code in {200, 204}, link


def test_a_file_that_comes_in_is_a_page_a_moment_later(client, settings, monkeypatch):
    assert links(page(client, "/latest")) == []
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(settings.data_dir))
    done = CliRunner().invoke(cli, ["import", str(FIXTURES / "feed.atom")])
    assert done.exit_code == 0, done.output
    addresses = links(page(client, "/latest"))
    assert len(addresses) == 2
    for address in addresses:
        text = page(client, address)
        assert text.count("<h1") == 1
        assert "<p data-hx-ignore>" in text
    assert all(address in page(client, "/feed.xml") for address in addresses)


def test_a_withdrawn_story_says_so_and_is_nowhere_else(app, client, paper):
    gone, pointing = paper[-1], [a for a in paper if paper[-1] in links(page(client, a))]
    assert pointing, "nothing led to it"
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", page(client, gone))
    assert headline
    with app.app_context():
        withdraw(gone.removeprefix("/a/"), BY, "نُشر قبل التحقق من الأرقام.")
    answer = client.get(gone)
    assert answer.status_code == 410
    assert "نُشر قبل التحقق من الأرقام." in answer.text
    assert headline[1] in answer.text
    month = f"{now():%Y-%m}"
    for address in (*LISTS, *FEEDS, f"/sitemap-{month}.xml", "/news-sitemap.xml"):
        told = client.get(quote(address)).text
        assert gone not in told, address
    found = page(client, "/search?" + "q=" + quote("البلدية"))
    assert gone not in found
    for address in pointing:
        text = page(client, address)
        assert gone not in links(text)
        for url in pieces(text):
            assert gone not in client.get(url).text


def test_a_correction_is_told_on_the_page_and_marked_in_the_lists(app, client, paper):
    with app.app_context():
        correct(paper[-1].removeprefix("/a/"), BY, "طول الجسر أربعمئة متر، لا أربعة آلاف.")
    assert "طول الجسر أربعمئة متر، لا أربعة آلاف." in page(client, paper[-1])
    assert "صُحّح" in page(client, "/latest")


def test_a_stranger_among_the_addresses_is_answered_in_words(client, paper):
    for address in ("/a/zzzzzzzz", "/s/nowhere", "/t/لا_وسم_هنا", "/by/nobody"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert 'dir="rtl"' in answer.text and 'href="/latest"' in answer.text


def test_an_empty_paper_still_has_a_way_on_from_every_page(client):
    for address in ("/", "/latest", "/s/news", "/search", "/saved", "/offline", "/settings"):
        assert links(page(client, address), "s")
