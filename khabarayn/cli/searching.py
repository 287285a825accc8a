"""``khabarayn search …``: the index, and the spellings that editors hold equal."""

from __future__ import annotations

import sys

import click

from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.messages.search import spellings_trouble
from khabarayn.search.index import reindex as index_again
from khabarayn.search.spellings import (
    SpellingsRefused,
    add_spellings,
    added_spellings,
    remove_spellings,
)


def register(group: click.Group) -> None:
    """Add ``search`` to the command."""
    group.add_command(search)


@click.group()
def search() -> None:
    """The search index and its list of spellings."""


@search.command()
@click.option("--fresh", is_flag=True, help="Begin anew, even where an earlier run stopped.")
def reindex(fresh: bool) -> None:
    """Index every published story anew; stopped, the next run goes on from there."""
    with open_app():
        count = index_everything(fresh)
        click.echo(_("فُهرست الأخبار") + f": {count}")


def index_everything(fresh: bool = False) -> int:
    """Index every published story, with a progress bar, and return how many there are.

    Needs an application context.
    """
    steps = index_again(fresh)
    count, everything = next(steps)
    label = _("الأخبار")
    with click.progressbar(
        length=everything, label=label, show_pos=True, hidden=not everything
    ) as bar:
        bar.update(count)
        for position, _everything in steps:
            bar.update(position - count)
            count = position
    return count


@search.group()
def spellings() -> None:
    """Names written in several ways, beside the house's own list."""


@spellings.command("list")
def list_() -> None:
    """List the groups that editors added."""
    with open_app():
        for group in added_spellings():
            click.echo(group)


@spellings.command("add")
@click.argument("words", nargs=-1, required=True)
def add(words: tuple[str, ...]) -> None:
    """Hold WORDS equal from now on: each finds the others."""
    with open_app():
        try:
            group = add_spellings(words)
        except SpellingsRefused as error:
            click.echo(spellings_trouble(error), err=True)
            sys.exit(1)
    click.echo(_("أُضيفت") + f": {group}")


@spellings.command("remove")
@click.argument("words", nargs=-1, required=True)
def remove(words: tuple[str, ...]) -> None:
    """Forget a group, given as `list` shows it."""
    with open_app():
        was_removed_group = remove_spellings(" ".join(words))
    if not was_removed_group:
        click.echo(_("لا توجد مجموعة كهذه"), err=True)
        sys.exit(1)
    click.echo(_("حُذفت") + f": {' '.join(words)}")
