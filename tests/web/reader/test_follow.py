"""The page of what one follows: it has its address and is offered once it holds something."""

from __future__ import annotations


def test_no_link_leads_into_the_empty_room(client):
    assert 'href="/follow"' not in client.get("/").text
    assert client.get("/follow").status_code == 200
