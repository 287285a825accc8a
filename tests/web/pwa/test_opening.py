"""A link shared to the application opens the story; words are searched for; nothing leads away."""

from __future__ import annotations

import pytest

ID = "jtqfchfh"


@pytest.mark.parametrize(
    "query",
    [
        {"url": f"http://127.0.0.1:8000/a/{ID}"},
        {"url": f"http://127.0.0.1:8000/en/a/{ID}/slug"},
        {"text": f"اقرأ هذا http://127.0.0.1:8000/a/{ID}?utm=1 الآن"},
        {"title": f"http://localhost/a/{ID}"},
    ],
)
def test_a_link_of_ours_opens_its_story(client, query):
    answer = client.get("/open", query_string=query)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/a/{ID}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"title": "أسعار القمح", "url": "https://elsewhere.example/x"}, "أسعار القمح"),
        ({"text": "نشرة الطقس https://elsewhere.example/a/jtqfchfh"}, "نشرة الطقس"),
    ],
)
def test_anything_else_is_searched_for(client, query, words):
    answer = client.get("/open", query_string=query, follow_redirects=True)
    assert answer.request.path == "/search"
    assert answer.request.args["q"].strip() == words


@pytest.mark.parametrize("url", ["//evil.example/a/jtqfchfh", "https://[", "/\t/evil.example", "x"])
def test_no_address_leads_away(client, url):
    answer = client.get("/open", query_string={"url": url, "text": url})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/search")
