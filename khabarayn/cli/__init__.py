"""The operator's command: ``khabarayn …``, also ``python -m khabarayn …``.

A command's module is imported when that command is asked for, so that one that needs little starts
fast; the list of all commands is written here.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from khabarayn.cli.language import gettext as _
from khabarayn.settings import VERSION, SettingsError

# Of each command the module under `khabarayn.cli` that registers it, and how its help begins.
COMMANDS = {
    "backup": (
        "backups",
        "Take a snapshot of database, pictures, editions and keys while the site runs",
    ),
    "copydesk": ("copydesk", "Read FILE (UTF-8 text, - for standard input) as the copy desk does"),
    "demo": ("importing", "Fill the paper with the demo edition, its newest story fresh"),
    "doctor": ("doctor", "Say what is wrong with settings, database, migrations and files"),
    "edition": ("editions", "Morning and evening editions"),
    "export": ("importing", "Write every published story as ninjs with its pictures"),
    "import": (
        "importing",
        "Take in ninjs, RSS, Atom, JSON Feed, WordPress's export or an article page",
    ),
    "init": ("setup", "Make folders, secret key, database, default sections and search index"),
    "move": (
        "moving",
        "Copy the paper's database into another, compare every row, and make its search index",
    ),
    "related": ("rebuilding", "Related stories and see-also insets"),
    "restore": ("backups", "Put the paper back as a snapshot holds it"),
    "search": ("searching", "The search index and its list of spellings"),
    "serve": ("running", "Serve the site, and do the work behind it"),
    "source": ("feeds", "The feeds that stories are taken from"),
    "user": ("people", "Add, list, reset and disable the newsroom's people"),
    "verify": (
        "backups",
        "Read all that a snapshot needs to be put back, and name what is damaged",
    ),
    "words": ("copydesk", "The house's spelling of names, which the copy desk reminds of"),
    "worker": ("running", "Do what publishing leaves for later"),
}


class Commands(click.Group):
    """A group whose commands are registered by their modules, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name, sorted, importing none."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module; None when there is none of that name."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            import_module(f"khabarayn.cli.{COMMANDS[cmd_name][0]}").register(self)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(VERSION, prog_name="khabarayn")
def cli() -> None:
    """خَبَرَيْن: an Arabic-first news platform."""


def main() -> None:
    """Run the command; exit 0 done, 1 something was refused, 2 wrong use."""
    try:
        cli.main(prog_name="khabarayn")
    except SettingsError as error:
        click.echo(_("الإعدادات") + f": {error}", err=True)
        sys.exit(2)
