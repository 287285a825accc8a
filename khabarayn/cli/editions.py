"""``khabarayn edition …``: make, list and check editions."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from khabarayn.arabic.numerals import file_size
from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.desk.by import By
from khabarayn.desk.front.make_edition import EditionResult, make_edition
from khabarayn.desk.front.press import press_for
from khabarayn.desk.refused import Refused
from khabarayn.edition.container import Broken, read
from khabarayn.edition.name import EditionName, newest
from khabarayn.edition.seal import BadKeyFile, from_base64, key_id, seal_in
from khabarayn.media.port import MediaStoreError
from khabarayn.messages.editions import file_trouble
from khabarayn.settings import settings_of
from khabarayn.store.db import now
from khabarayn.store.queries.editions import (
    EditionCard,
    edition_keys,
    editions,
)
from khabarayn.store.queries.languages import languages_with_stories, stored_language
from khabarayn.store.queries.site import overlaid


def register(group: click.Group) -> None:
    """Add ``edition`` to the command."""
    group.add_command(edition)


@click.group()
def edition() -> None:
    """Morning and evening editions."""


@edition.command()
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Default: the last closed.")
@click.option("--half", type=click.Choice(["am", "pm"]), help="Morning or evening.")
@click.option("--language", metavar="CODE", help="Default: each language with stories.")
@click.option("--story", "stories", multiple=True, metavar="ID", help="Chosen; the first leads.")
@click.option("--again", is_flag=True, help="Print a new issue of an edition that has appeared.")
@click.option("--json", "as_json", is_flag=True)
def make(
    day: datetime | None,
    half: str | None,
    language: str | None,
    stories: tuple[str, ...],
    again: bool,
    as_json: bool,
) -> None:
    """Make an edition; one that has appeared is left as it is."""
    if (day is None) != (half is None):
        raise click.UsageError(_("--date و--half معًا."))
    with open_app() as app:
        languages = _languages(language, one=bool(stories))
        for code in languages:
            name = EditionName(day.date(), half, code) if day and half else None
            try:
                edition_result = print_edition(app, name, stories, again, code)
            except (Refused, BadKeyFile) as error:
                click.echo(getattr(error, "message", str(error)), err=True)
                # A language may have been without stories yet when its edition closed.
                if isinstance(error, Refused) and code and language is None:
                    continue
                sys.exit(1)
            except (OSError, MediaStoreError) as error:
                message = _("لم تُكتب النشرة، ولم يتغير ما صدر من قبل. أفرغ مكانًا ثم أعد الأمر")
                why = getattr(error, "strerror", None) or error
                raise click.ClickException(f"{message}: {why}") from error
            _say(edition_result, as_json=as_json)


def _languages(language: str | None, *, one: bool) -> tuple[str, ...]:
    """Return the languages to make an edition in, as names of editions write them: the one that is
    named, else each with stories, or only the first where ``one`` is wanted."""
    first, *others = languages_with_stories()
    if language is None:
        return ("",) if one else ("", *others)
    if language not in {first, *others}:
        message = _("ليس للصحيفة أخبار بهذه اللغة: %(language)s", language=language[:20])
        raise click.UsageError(message)
    return (stored_language(language),)


def _say(edition_result: EditionResult, *, as_json: bool) -> None:
    if not as_json:
        click.echo(edition_line(edition_result))
        return
    plain = {**_plain(edition_result.edition.head), "new": edition_result.new}
    click.echo(json.dumps(plain, ensure_ascii=False))


def print_edition(
    app: Flask,
    name: EditionName | None = None,
    stories: tuple[str, ...] = (),
    again: bool = False,
    language: str = "",
) -> EditionResult:
    """Make an edition, by default the one in ``language`` that closed last, and return it.

    Needs an application context; raises what `make_edition` does.
    """
    settings = settings_of(app.config)
    press = press_for(app.test_client(), overlaid(settings), app.extensions["khabarayn.media"])
    name = name or newest(now(), settings.tz, language)
    return make_edition(name, By("khabarayn edition"), press, stories, again)


def edition_line(result: EditionResult) -> str:
    """Return a line that says what was made, or that it had appeared before."""
    notice = _("صدرت النشرة") if result.new else _("صدرت من قبل")
    return f"{notice}: {_line(result.edition.head)}"


@edition.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def list_(limit: int, as_json: bool) -> None:
    """List editions, the newest first."""
    with open_app():
        edition_cards = editions(limit)
    if as_json:
        click.echo(
            json.dumps([_plain(head) for head in edition_cards], ensure_ascii=False, indent=1)
        )
        return
    for head in edition_cards:
        click.echo(_line(head))


@edition.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE (.khb) is whole and signed by this paper."""
    with open_app() as app:
        settings = settings_of(app.config)
        public = [seal_in(settings.data_dir).public, *map(from_base64, edition_keys())]
        try:
            head, parts = read(file.read_bytes(), {key_id(key): key for key in public})
        except Broken as error:
            click.echo(f"{file}: {file_trouble(error)}", err=True)
            sys.exit(1)
    stories = sum(statement["about"] == "article" for statement in head.says)
    counts = _("أخبار: %(stories)s، أجزاء: %(parts)s", stories=stories, parts=len(parts))
    whole = _("سليم وموقّع")
    click.echo(f"{file}: {whole} ({counts})")


def _plain(head: EditionCard) -> dict[str, object]:
    plain = {**asdict(head), "closes_at": head.closes_at.isoformat()}
    plain["moved"] = plain.pop("transfer_bytes")
    return plain


def _line(head: EditionCard) -> str:
    locale = operator_locale()
    sizes = [file_size(n, locale=locale) for n in (head.text_size, head.full_size, head.epub_size)]
    fresh = file_size(head.transfer_bytes, locale=locale)
    stories = _("أخبار: %(stories)s", stories=head.stories)
    new = _("الجديد %(fresh)s", fresh=fresh)
    return f"{head.name}\t{stories}\t{' · '.join(sizes)}\t{new}"
