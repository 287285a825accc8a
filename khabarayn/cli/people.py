"""``khabarayn user …``: who may enter the newsroom."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from khabarayn.cli.application import house
from khabarayn.cli.language import say
from khabarayn.desk.people import add_user, disable_user, reset_user
from khabarayn.desk.permissions import ROLES
from khabarayn.desk.refused import Refused
from khabarayn.store.queries.people import all_users


def register(group: click.Group) -> None:
    group.add_command(user)


@click.group()
def user() -> None:
    """Add, list, reset and disable the newsroom's people."""


@user.command("add")
@click.argument("email")
@click.option("--name", default="", help="The name that colleagues see.")
@click.option("--role", type=click.Choice(ROLES), default="writer", show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Add a person; the first password is asked for, or read from standard input."""
    _do(lambda: add_user(email, name, role, _password()), say("أُضيف", "added"), email)


@user.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Give a person a new password and let them in again."""
    _do(lambda: reset_user(email, _password()), say("كلمة مرور جديدة", "new password"), email)


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Shut a person out; what they wrote stays."""
    _do(lambda: disable_user(email), say("أُوقف", "disabled"), email)


@user.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """List everyone."""
    with house():
        people = all_users()
    if as_json:
        click.echo(json.dumps([vars(p) for p in people], ensure_ascii=False, indent=1))
        return
    for person in people:
        state = "" if person.active else say(" (موقوف)", " (disabled)")
        click.echo(f"{person.email}\t{person.role}\t{person.name}{state}")


def _password() -> str:
    if sys.stdin.isatty():
        return click.prompt(
            say("كلمة المرور", "password"), hide_input=True, confirmation_prompt=True
        )
    return sys.stdin.readline().rstrip("\n")


def _do(verb: Callable[[], None], done: str, email: str) -> None:
    with house():
        try:
            verb()
        except Refused as error:
            click.echo(error.message, err=True)
            sys.exit(1)
    click.echo(f"{done}: {email}")
