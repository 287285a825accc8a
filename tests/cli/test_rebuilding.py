"""``khabarayn related``: running stories are named, closed and thinned out from the shell."""

from __future__ import annotations

import pytest
from factories.reports import report

from khabarayn import create_app
from khabarayn.store.queries.story import article_by_id


@pytest.fixture
def ids(run, settings):
    """The public ids of four reports on one subject and one on another."""
    with create_app(settings).app_context():
        return [
            *(report("quake", number, hours=number) for number in range(1, 5)),
            report("match", 1),
        ]


@pytest.fixture
def file_of(settings):
    """Return the running story of a report."""

    def found(public_id: str):
        with create_app(settings).app_context():
            return article_by_id(public_id).file

    return found


def test_running_stories_are_listed_with_their_reports(run, ids, file_of):
    number, size = file_of(ids[0]).number, file_of(ids[0]).size
    told = run("related", "list", "--days", "99999")
    assert told.exit_code == 0
    assert told.output.startswith(f"{number}\t{size}\t")
    assert all(public_id in told.output for public_id in ids[1:4])
    assert ids[4] not in told.output
    assert run("related", "list").output == ""


def test_a_name_given_by_hand_stays(run, ids, file_of):
    number = str(file_of(ids[0]).number)
    assert run("related", "name", number, "زلزال إزمير").exit_code == 0
    assert file_of(ids[0]).name == "زلزال إزمير"
    refused = run("related", "name", number, " ")
    assert refused.exit_code == 1
    assert "Error" in refused.output
    assert file_of(ids[0]).name == "زلزال إزمير"


def test_a_report_is_taken_out_and_the_rest_go_on(run, ids, file_of):
    assert run("related", "take-out", ids[3]).exit_code == 0
    assert file_of(ids[3]) is None
    assert file_of(ids[0]) is not None
    unknown = run("related", "take-out", "zzzzzzzz")
    assert unknown.exit_code == 1
    assert "Traceback" not in unknown.output


def test_a_running_story_is_closed(run, ids, file_of):
    number = str(file_of(ids[0]).number)
    assert run("related", "close", number).exit_code == 0
    assert file_of(ids[0]) is None
    assert run("related", "close", "999999").exit_code == 1


def test_links_decided_anew_lead_to_the_same_subject(run, ids, settings):
    assert run("related", "rebuild").exit_code == 0
    with create_app(settings).app_context():
        assert {card.id for card in article_by_id(ids[0]).related} == set(ids[1:4])
