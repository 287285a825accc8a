"""``khabarayn user …``: who may enter the newsroom."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user, disable_user, reset_user
from khabarayn.desk.permissions import ROLES
from khabarayn.desk.refused import Refused
from khabarayn.store.queries.people import Account, all_users

PASSWORD_STAYS = click.option(
    "--keep",
    "stays",
    is_flag=True,
    help="The password stays: no other is asked for at the next sign-in.",
)


def register(group: click.Group) -> None:
    """Add ``user`` to the command."""
    group.add_command(user)


@click.group()
def user() -> None:
    """Add, list, reset and disable the newsroom's people."""


@user.command("add")
@click.argument("email")
@click.option("--name", default="", help="The name that colleagues see.")
@click.option("--role", type=click.Choice(ROLES), default="writer", show_default=True)
@PASSWORD_STAYS
def add(email: str, name: str, role: str, stays: bool) -> None:
    """Add a person; the first password is asked for, or read from standard input."""
    change = not stays
    _do(
        lambda: add_user(email, name, role, _password(), OPERATOR, must_change=change),
        _("أُضيف الحساب"),
        email,
    )


@user.command("reset")
@click.argument("email")
@PASSWORD_STAYS
def reset(email: str, stays: bool) -> None:
    """Give a person a new password and let them in again; second factors are taken away."""
    change = not stays
    _do(
        lambda: reset_user(email, _password(), OPERATOR, must_change=change),
        _("كلمة المرور الجديدة"),
        email,
    )


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Shut a person out; what they wrote stays."""
    _do(lambda: disable_user(email, OPERATOR), _("أُوقف"), email)


@user.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """List everyone."""
    with open_app():
        people = all_users()
    if as_json:
        click.echo(json.dumps([_as_json(p) for p in people], ensure_ascii=False, indent=1))
        return
    for person in people:
        state = "" if person.active else f" ({_('موقوف')})"
        click.echo(f"{person.email}\t{person.role}\t{person.name}{state}")


def _as_json(account: Account) -> dict[str, object]:
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role,
        "active": account.active,
        "factors": account.factors,
    }


def _password() -> str:
    if sys.stdin.isatty():
        return click.prompt(_("كلمة المرور"), hide_input=True, confirmation_prompt=True)
    return sys.stdin.readline().rstrip("\n")


def _do(verb: Callable[[], None], notice: str, email: str) -> None:
    with open_app():
        try:
            verb()
        except Refused as error:
            click.echo(error.message, err=True)
            sys.exit(1)
    click.echo(f"{notice}: {email}")
