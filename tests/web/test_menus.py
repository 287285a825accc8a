"""Whatever place a menu may lead to, it opens."""

from __future__ import annotations

import pytest

from khabarayn.desk.arrange.menus import add_entry
from khabarayn.desk.by import OPERATOR
from khabarayn.messages.menus import PLACES
from khabarayn.store.queries.menus import menu
from khabarayn.web.menus import menu_links


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_a_menu_has_a_name_and_opens(app, client, place):
    with app.test_request_context():
        if f"place:{place}" not in {entry.key for entry in menu("foot")}:
            add_entry("foot", "place", place, "", OPERATOR)
        name = str(PLACES[place].name)
        link = next(link for link in menu_links("foot") if link.name == name)
    assert client.get(link.url).status_code == 200


def test_the_page_one_is_on_is_marked_in_the_menu(client):
    assert 'href="/latest" aria-current="page"' in client.get("/latest").text
    assert 'href="/latest" aria-current="page"' not in client.get("/sections").text
