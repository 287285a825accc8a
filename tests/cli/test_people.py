"""``khabarayn user``: the operator adds, resets, disables and lists accounts."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from khabarayn.cli import cli

PASSWORD = "سفينة في ميناء بعيد 7\n"


@pytest.fixture
def typing(run):
    """Run a command with ``PASSWORD`` on its standard input."""
    del run  # sets the environment up

    def with_password(*arguments: str, given: str = PASSWORD) -> Result:
        return CliRunner().invoke(cli, arguments, input=given)

    return with_password


def people(run) -> list[dict[str, object]]:
    return json.loads(run("user", "list", "--json").stdout)


def test_an_account_is_added_with_the_password_on_standard_input(run, typing):
    done = typing("user", "add", "Layla@paper.local", "--name", "ليلى", "--role", "editor")
    assert (done.exit_code, done.stdout.strip()) == (0, "added: Layla@paper.local")
    assert people(run) == [
        {
            "email": "layla@paper.local",
            "name": "ليلى",
            "role": "editor",
            "active": True,
            "factors": [],
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "add", "not-an-address"),
        ("user", "reset", "nobody@paper.local"),
        ("user", "disable", "nobody@paper.local"),
    ],
)
def test_what_is_refused_is_said_on_standard_error_and_ends_with_one(run, typing, arguments):
    done = typing(*arguments)
    assert done.exit_code == 1
    assert done.stderr
    assert done.stdout == ""
    assert people(run) == []


def test_a_password_that_anybody_would_guess_is_refused(run, typing):
    done = typing("user", "add", "layla@paper.local", given="123456789012345\n")
    assert done.exit_code == 1
    assert people(run) == []


def test_a_disabled_account_is_marked_in_the_list_until_it_is_reset(run, typing):
    typing("user", "add", "layla@paper.local", "--name", "ليلى", "--role", "writer")
    assert run("user", "disable", "layla@paper.local").exit_code == 0
    (line,) = run("user", "list").stdout.splitlines()
    assert line.startswith("layla@paper.local\twriter\tليلى (")
    assert typing("user", "reset", "layla@paper.local").exit_code == 0
    (line,) = run("user", "list").stdout.splitlines()
    assert line == "layla@paper.local\twriter\tليلى"


def test_a_role_that_is_none_is_a_wrong_use_of_the_command(typing):
    done = typing("user", "add", "layla@paper.local", "--role", "owner")
    assert done.exit_code == 2
