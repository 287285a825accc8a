"""The operator's command: ``khabarayn …``, also ``python -m khabarayn …``."""

from __future__ import annotations

import sys

import click

from khabarayn.cli import (
    copydesk,
    doctor,
    editions,
    importing,
    people,
    rebuilding,
    running,
    searching,
    setup,
)
from khabarayn.cli.language import gettext as _
from khabarayn.settings import SettingsError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(package_name="khabarayn", prog_name="khabarayn")
def cli() -> None:
    """خَبَرَيْن: an Arabic-first news platform."""


for room in (running, setup, doctor, importing, editions, people, copydesk, rebuilding, searching):
    room.register(cli)


def main() -> None:
    """Run the command; exit 0 done, 1 something was refused, 2 wrong use."""
    try:
        cli.main(prog_name="khabarayn")
    except SettingsError as error:
        click.echo(_("الإعدادات") + f": {error}", err=True)
        sys.exit(2)
