"""The list of commands, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from khabarayn.cli import COMMANDS, cli


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_how_its_help_begins(name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.help or "").replace("\n", " ").startswith(COMMANDS[name][1])


def test_the_list_of_commands_is_shown_without_importing_the_application():
    code = (
        "import sys; from khabarayn.cli import cli; cli.main(['--help'], standalone_mode=False); "
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert f"\n  {name} " in said.stdout
    for library in ("flask", "sqlalchemy", "babel", "granian", "PIL", "jinja2"):
        assert f"'{library}'" not in said.stdout


def test_what_watches_over_the_site_imports_nothing_of_it():
    code = (
        "import sys, khabarayn.cli.running; "
        "print(sorted(name for name in sys.modules if name.startswith('khabarayn.')), "
        "sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in ("khabarayn.factory", "khabarayn.desk", "khabarayn.web", "khabarayn.store.models"):
        assert f"'{name}" not in said.stdout
    for library in ("flask", "flask_sqlalchemy", "jinja2"):
        assert f"'{library}'" not in said.stdout
