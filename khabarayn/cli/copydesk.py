"""``khabarayn copydesk FILE`` reads a text as the copy desk does; ``khabarayn words`` keeps the
house's spellings."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from khabarayn.arabic.copydesk import CopyWarning, apply_fixes, check
from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.desk.arrange.house_words import drop_house_word, house_words, set_house_word
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.refused import Refused
from khabarayn.messages.copydesk import REASONS

LARGEST = 5_000_000
_AROUND = 24


def register(group: click.Group) -> None:
    """Add ``copydesk`` and ``words`` to the command."""
    group.add_command(copydesk)
    group.add_command(words)


@click.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option("--fix", is_flag=True, help="Print the text with every offered fix made.")
@click.option("--json", "as_json", is_flag=True, help="Print the remarks as JSON.")
@click.option("--no-house-words", is_flag=True, help="Leave the house's spellings aside.")
def copydesk(file: Path, fix: bool, as_json: bool, no_house_words: bool) -> None:
    """Read FILE (UTF-8 text, - for standard input) as the copy desk does.

    Exit 0 without remarks or with --fix, 1 with remarks, 2 when the file cannot be read.
    """
    text = _read(file)
    names: tuple[tuple[str, ...], ...] = ()
    if not no_house_words:
        with open_app():
            names = house_words()
    if fix:
        click.echo(apply_fixes(text, names), nl=False)
        return
    remarks = check(text, names)
    if as_json:
        places = list(_places(text, remarks))
        click.echo(json.dumps(places, ensure_ascii=False, indent=1))
    else:
        for place in _places(text, remarks):
            suggestion = "" if place["replacement"] is None else f" ← «{place['replacement']}»"
            click.echo(
                f"{file}:{place['line']}:{place['column']}: {place['reason']}: "
                f"«{place['found']}»{suggestion}\n    {place['around']}"
            )
    sys.exit(1 if remarks else 0)


@click.group()
def words() -> None:
    """The house's spelling of names, which the copy desk reminds of."""


@words.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """List each name with the spellings that the house does not use."""
    with open_app():
        groups = house_words()
    if as_json:
        click.echo(json.dumps(groups, ensure_ascii=False, indent=1))
        return
    for own, *others in groups:
        click.echo(f"{own}\t{' | '.join(others)}")


@words.command("set")
@click.argument("word")
@click.argument("others", nargs=-1, required=True)
def set_(word: str, others: tuple[str, ...]) -> None:
    """Spell a name as WORD and remind whoever writes one of OTHERS."""
    _do(lambda: " | ".join(set_house_word(word, others, OPERATOR)), _("حُفظت"))


@words.command("drop")
@click.argument("word")
def drop(word: str) -> None:
    """Say nothing of WORD any more."""
    _do(lambda: drop_house_word(word, OPERATOR) or word, _("حُذفت"))


def _do(verb: Callable[[], str], notice: str) -> None:
    with open_app():
        try:
            result = verb()
        except Refused as error:
            click.echo(error.message, err=True)
            sys.exit(1)
    click.echo(f"{notice}: {result}")


def _read(file: Path) -> str:
    try:
        with click.open_file(str(file), "rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise click.UsageError(_("الملف أكبر من 5 ميغابايت."))
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words_ = _("الملف ليس نصًا بترميز UTF-8.")
        raise click.UsageError(f"{words_} ({error.start})") from error


def _places(text: str, remarks: tuple[CopyWarning, ...]) -> Iterator[dict[str, Any]]:
    """Yield each remark with its line and column, counted from 1, and the words around it."""
    line, position, line_start = 1, 0, 0
    for remark in remarks:
        line += text.count("\n", position, remark.start)
        line_start = text.rfind("\n", 0, remark.start) + 1
        position = remark.start
        end = text.find("\n", remark.end)
        end = len(text) if end < 0 else end
        start = max(line_start, remark.start - _AROUND)
        values = remark._asdict()
        yield {
            "line": line,
            "column": remark.start - line_start + 1,
            # The name that programs know it by.
            "found": values.pop("text"),
            **values,
            # Outside an application the words are as the source says them.
            "reason": _(str(REASONS[remark.reason]), detail=remark.detail),
            "around": text[start : min(end, remark.end + _AROUND)].strip(),
        }
