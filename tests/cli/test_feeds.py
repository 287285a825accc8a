"""The operator subscribes to a feed, looks at it, runs it and ends it."""

from __future__ import annotations

import json

from factories.feed import agency, rss


def test_a_feed_from_its_address_to_its_end(run, monkeypatch):
    monkeypatch.setenv("KHABARAYN_FETCH_PRIVATE", "1")
    with agency() as far:
        far.data = rss(("library", "المكتبة تفتح قاعة جديدة"))
        added = run("source", "add", far.url, "--name", "وكالة الواحة", "--section", "news")
        assert added.exit_code == 0, added.output
        number = added.output.rsplit(maxsplit=1)[-1]
        looked = run("source", "check", number, "--json")
        assert json.loads(looked.output)["counts"]["accepted"] == 1
        assert json.loads(run("source", "run", number, "--json").output)["counts"]["accepted"] == 1
        (listed,) = json.loads(run("source", "list", "--json").output)
        assert (listed["section"], listed["status"], listed["problem"]) == ("news", "draft", "")
        far.status = 500
        failed = run("source", "run", number)
        assert failed.exit_code == 1
        assert "500" in failed.output
        assert "500" in run("source", "list").output
        assert run("source", "remove", number).exit_code == 0
        assert run("source", "check", number).exit_code == 2


def test_what_cannot_be_subscribed_to_is_refused(run):
    refused = run("source", "add", "agency", "--name", "وكالة")
    assert refused.exit_code == 1
    assert "https://example.org/page" in refused.output
