"""Every address is written down, and no address can be bent into an error of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories.story import story
from werkzeug.routing import Rule

DOCS = Path(__file__).resolve().parents[2] / "docs"
BAD = {
    "Arabic-Indic digits": "%D9%A1%D9%A2",
    "leading zeros": "007",
    "a minus": "-1",
    "far too long": "a" * 3000,
    "a huge number": "9" * 400,
    "a NUL": "a%00b",
    "only a NUL": "%00",
    "traversal": "..%2f..%2fetc%2fpasswd",
    "traversal, twice encoded": "%252e%252e%252f",
    "backslashes": "..%5c..%5cwindows",
    "broken UTF-8": "%ff%fe",
    "a lone surrogate": "%ed%a0%80",
    "a quote": "%27%20OR%201=1--",
    "markup": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "a line break": "a%0d%0aSet-Cookie:%20x=1",
    "a direction override": "%e2%80%aeabc",
    "a percent sign": "%25",
    "capitals": "ABCDEFGH",
}
# Where something is asked after the question mark.
QUERIES = (
    "/search?q=", "/latest?before=", "/s/news?before=", "/t/مدن?before=", "/_f/more/latest?before=",
    "/_f/more/s/news?before=", "/_f/section/news?ids=", "/sections?anything=",
)  # fmt: skip


def written(rule: Rule) -> str:
    """Return the rule as docs/addresses.md writes it: «/a/<id>»."""
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"<\1>", rule.rule)


def test_every_address_is_documented_and_nothing_else(app):
    text = (DOCS / "addresses.md").read_text("utf-8")
    said = re.findall(r"^\| `(/[^`]*)`", text, re.M)
    assert len(said) == len(set(said))
    assert set(said) == {written(rule) for rule in app.url_map.iter_rules()}


def test_numbers_in_addresses_have_strict_converters(app):
    """Flask's own ``int`` takes Arabic-Indic digits and leading zeros, and overflows a column."""
    for rule in app.url_map.iter_rules():
        assert not re.search(r"<(?:int|float|any|uuid)\b", rule.rule), rule.rule


def with_parts(app) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.arguments - set(rule.defaults or ())]


def test_a_bent_address_is_refused_politely(any_app):
    client = any_app.test_client()
    story(any_app)
    rules = with_parts(any_app)
    assert len(rules) > 10
    wrong = []
    for rule in rules:
        for what, bad in BAD.items():
            path = re.sub(r"<[^>]+>", bad, rule.rule)
            for method in sorted(rule.methods & {"GET", "POST"}):
                answer = client.open(path, method=method)
                # A fragment that has nothing to say says nothing.
                quiet = path.startswith("/_f/") and answer.status_code == 204
                # Whoever is not signed in is sent to do that, whatever they ask for.
                led = path.startswith("/newsroom/") and answer.status_code == 303
                if not quiet and not led and not 400 <= answer.status_code < 500:
                    wrong.append(f"{method} {rule.rule} with {what}: {answer.status}")
                if "Set-Cookie" in answer.headers:
                    wrong.append(f"{method} {rule.rule} with {what} sets a cookie")
    assert wrong == []


def test_a_bent_query_never_breaks_a_page(any_app):
    client = any_app.test_client()
    story(any_app, tags=("مدن",))
    wrong = []
    for asked in QUERIES:
        for what, bad in BAD.items():
            answer = client.get(asked + bad)
            if answer.status_code not in {200, 204, 400}:
                wrong.append(f"{asked} with {what}: {answer.status}")
    assert wrong == []


@pytest.mark.parametrize("bad", ["x", "1", "9" * 20 + ".23456789", "1.ABCDEFGH", "١.23456789"])
def test_a_continuation_that_no_list_gave_out_is_a_bad_request(client, bad):
    answer = client.get("/latest", query_string={"before": bad})
    assert answer.status_code == 400
    assert 'lang="ar"' in answer.text


def test_an_unknown_address_is_not_found_in_the_readers_language(client):
    answer = client.get("/لا-شيء")
    assert answer.status_code == 404
    assert "لم نجد هذه الصفحة" in answer.text
    assert "<h1" in answer.text


def test_a_doubled_slash_never_leads_to_another_host(client):
    answer = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/x"})
    assert answer.status_code in {301, 308, 404}
    assert not answer.headers.get("Location", "/").startswith(("//", "http://evil"))


@pytest.mark.parametrize("slug", ["خبر", "a/b/c", "%2f%2fevil.example"])
def test_every_slug_leads_to_the_one_address_of_its_story(app, client, slug):
    public_id = story(app)
    answer = client.get(f"/a/{public_id}/{slug}", follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path == f"/a/{public_id}"
    assert {step.status_code for step in answer.history} <= {301, 308}
    assert answer.history


def test_a_draft_is_nowhere(app, client):
    hidden = story(app, status="draft", headline="مسودة لا يراها أحد", tags=("سري",))
    story(app)
    places = [f"/a/{hidden}", f"/a/{hidden}/x", f"/_f/related/{hidden}", f"/_f/see-also/{hidden}/1"]
    for path in places:
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in {404, 204}, path
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments - set(rule.defaults or ()):
            text = client.get(rule.rule).get_data(as_text=True)
            assert hidden not in text, rule.rule
            assert "مسودة لا يراها أحد" not in text, rule.rule
    assert client.get("/search", query_string={"q": "مسودة"}).text.count(hidden) == 0
    assert "مسودة لا يراها" not in client.get("/s/news").text
