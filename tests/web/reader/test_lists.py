"""Front page and lists, continued by plain links and by pieces."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from factories.front import bulletin, placed, reads
from factories.story import BY, stories, story
from sqlalchemy import select

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.arrange.seed import PlannedSection, seed_sections
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.front import has_most_read


def row_id(public_id):
    return db.session.scalar(select(ArticleRow.id).where(ArticleRow.public_id == public_id))


def links(page):
    return re.findall(r'href="/a/([a-z0-9]{8})"', page)


def test_an_empty_paper_has_a_front_page(client):
    assert client.get("/").status_code == 200


def test_the_front_page_shows_the_newest_and_a_block_for_each_section(app, client):
    sport = stories(app, 3, section="sport", tags=("كرة",))
    news = stories(app, 30)
    page = client.get("/").text
    assert news[-1] in links(page)
    assert set(sport) <= set(links(page))
    assert 'data-hx-get="/_f/section/sport' in page


def test_an_editor_decides_the_lead_and_the_strip(app, client):
    ids = stories(app, 9)
    with app.app_context():
        placed(article_id=row_id(ids[0]))
        bulletin(text="جسر جديد يُفتتح الآن", article_id=row_id(ids[1]))
        db.session.commit()
    page = client.get("/").text
    assert links(page[page.index('class="front"') :])[0] == ids[0]
    assert "جسر جديد يُفتتح الآن" in page


def test_an_expired_choice_gives_way(app, client):
    ids = stories(app, 9)
    with app.app_context():
        placed(article_id=row_id(ids[0]), expires_at=now() - timedelta(minutes=1))
        bulletin(text="انتهى وقته", expires_at=now() - timedelta(minutes=1))
        db.session.commit()
    page = client.get("/").text
    assert "انتهى وقته" not in page


@pytest.mark.parametrize("address", ["/latest", "/s/news", "/t/مدن"])
def test_a_list_goes_on_by_plain_links_to_its_end(app, client, address):
    ids = stories(app, 45)
    seen: list[str] = []
    here = address
    while here:
        page = client.get(here).text
        main = page[page.index("<main") : page.index("</main>")]
        found = [public_id for public_id in dict.fromkeys(links(main)) if public_id not in seen]
        assert found
        seen += found
        following = re.search(r'href="([^"]*\?before=[^"]+)"', main)
        here = following[1] if following else ""
    assert seen == ids[::-1]


def test_the_next_piece_holds_what_the_next_page_holds(app, client):
    stories(app, 25)
    page = client.get("/latest").text
    more = re.search(r'data-hx-get="(/_f/more/latest\?before=[^"]+)"', page)
    following = re.search(r'href="(/latest\?before=[^"]+)"', page)
    assert more
    assert following
    piece = client.get(more[1]).text
    assert "<html" not in piece
    assert set(links(piece)) <= set(links(client.get(following[1]).text))
    assert len(set(links(piece))) == 5


def test_a_tag_has_one_address_whatever_its_spelling(app, client):
    story(app, tags=("آسيا الوسطى",))
    assert client.get("/t/آسيا_الوسطى").status_code == 200
    answer = client.get("/t/اسيا_الوسطي")
    assert answer.status_code == 301
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "address", ["/s/nowhere", "/s/news/nowhere", "/s/NEWS", "/t/لا_شيء", "/by/nobody", "/latest/"]
)
def test_a_list_that_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("key", ["x", "1.2", "٣", "9" * 40, "<script>"])
def test_a_bad_key_is_said_to_be_bad(app, client, key):
    story(app)
    answer = client.get("/latest", query_string={"before": key})
    assert answer.status_code == 400
    assert "رابط المتابعة غير صالح" in answer.text
    assert client.get("/_f/more/latest", query_string={"before": key}).status_code == 400


def test_what_is_read_most_comes_first(app, client):
    ids = stories(app, 6)
    assert client.get("/_f/most-read").status_code == 204
    with app.app_context():
        reads(article_id=row_id(ids[5]), count=9, day=(now() - timedelta(days=9)).date())
        db.session.commit()
    read_often = [ids[1], ids[0], ids[3], ids[2]]
    for times, public_id in enumerate(reversed(read_often), 2):
        for _ in range(times):
            assert client.post(f"/api/reads/{public_id}").status_code == 204
    # Four stories with readings are no ranking yet: neither a list nor its heading is there.
    assert client.get("/_f/most-read").status_code == 204
    with app.app_context():
        assert not has_most_read()
    client.post(f"/api/reads/{ids[4]}")
    ranked = [*read_often, ids[4]]
    assert list(dict.fromkeys(links(client.get("/_f/most-read").text))) == ranked
    with app.app_context():
        assert has_most_read()


def test_a_reading_counted_from_another_site_is_refused(app, client):
    public_id = story(app)
    answer = client.post(f"/api/reads/{public_id}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.post("/api/reads/zzzzzzzz").status_code == 204
    assert client.get("/_f/most-read").status_code == 204


def test_the_english_interface_keeps_its_prefix_but_not_on_files(app, client):
    story(app)
    page = client.get("/en/").text
    assert re.search(r'<html[^>]*lang="en"[^>]*dir="ltr"', page)
    assert 'href="/en/latest"' in page
    assert 'href="/static/' in page
    assert "/en/static/" not in page
    assert client.get("/fr/").status_code == 404


FIGURES = (
    '<table class="chart-bar"><tr><td>عطارد</td><td>2,440</td></tr>'
    "<tr><td>الأرض</td><td>6,371</td></tr></table>"
)


def test_the_front_page_draws_the_figures_of_a_story_and_offers_it_once(app, client):
    counted = story(app, body_html=FIGURES)
    stories(app, 14)
    page = client.get("/").text
    assert f'data-hx-get="/_f/shown/{counted}"' in page
    assert 'class="pill" href="/a/' + counted in page
    assert links(page.split('class="blocks"')[1]).count(counted) == 2
    piece = client.get(f"/_f/shown/{counted}").text
    assert "bar-row__value" in piece and "6,371" in piece
    assert client.get(f"/_f/shown/{stories(app, 1)[0]}").status_code == 204


def test_signed_pieces_stand_in_a_row_with_their_authors(app, client):
    signed = [
        story(app, genre="رأي", authors=(ProposedAuthor(name, name),)) for name in ("ليلى", "مروان")
    ]
    stories(app, 14)
    part = client.get("/").text.split('class="signed"')[1].split("</section>")[0]
    assert set(links(part)) == set(signed)
    assert "ليلى" in part and "مروان" in part


def test_the_rail_of_a_desk_is_one_piece_for_every_page_with_links_until_it_comes(app, client):
    ids = stories(app, 8)
    for address in ("/latest", f"/a/{ids[0]}", "/t/مدن", "/search?q=جسر"):
        page = client.get(address).text
        aside = page.split('<aside class="side"')[1].split("</aside>")[0]
        assert 'data-hx-get="/_f/rail' in aside
        assert 'href="/editions"' in aside
    assert links(client.get("/_f/rail").text) == [*reversed(ids)][:6]
    # Beside the latest the latest are not said again; without readings there is nothing else.
    assert client.get("/_f/rail?without=latest").status_code == 204


def test_a_section_shows_its_parts_in_blocks_and_repeats_nothing_of_them(app, client):
    below = ["world/east", "world/west"]
    with app.app_context():
        seed_sections((PlannedSection(slug, slug[6:], 20) for slug in below), BY)
    own = {slug: stories(app, 6, section=slug) for slug in below}
    newest = stories(app, 4, section="world")
    page = client.get("/s/world").text
    for slug in below:
        assert f'data-hx-get="/_f/section/{slug}' in page
    found = links(page.split("<main")[1].split("</main>")[0])
    assert len(found) == len(set(found))
    assert set(newest) <= set(found)
    assert set(own[below[0]]) & set(found)
    trail = client.get(f"/s/{below[0]}").text.split('class="trail"')[1].split("</nav>")[0]
    assert ">/<" not in trail


def test_the_day_stands_in_the_bar_of_what_changes_with_it_and_never_on_a_story(app, client):
    public_id = story(app)
    for address in ("/", "/latest", "/s/news"):
        assert 'class="bar__date"' in client.get(address).text
    for address in (f"/a/{public_id}", "/saved", "/settings"):
        assert 'class="bar__date"' not in client.get(address).text
