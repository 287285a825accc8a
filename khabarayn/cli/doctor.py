"""``khabarayn doctor``: say what is wrong with settings, files, services, database and paper."""

from __future__ import annotations

import json
import os
import smtplib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from khabarayn.cli.application import open_app
from khabarayn.cli.examination import Finding, bad, ok
from khabarayn.cli.examination import paper as examine_paper
from khabarayn.cli.language import gettext as _
from khabarayn.edition import seal
from khabarayn.settings import KEY_FILE, SITE, Settings, SettingsError
from khabarayn.store.disk import room_in

SECONDS = 5


def register(group: click.Group) -> None:
    """Add the command ``doctor`` to ``group``."""
    group.add_command(doctor)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say what is wrong with settings, database, migrations and files; exit 1 if something is."""
    findings = list(examine_all())
    if as_json:
        click.echo(json.dumps([vars(f) for f in findings], ensure_ascii=False, indent=1))
    else:
        marks = {"ok": "✓", "warn": "!", "bad": "✗"}
        for finding in findings:
            click.echo(f"{marks[finding.level]} {finding.name}: {finding.words}")
    sys.exit(any(finding.level == "bad" for finding in findings))


def examine_all() -> Iterator[Finding]:
    """Yield all findings; an exception within a check is one of them, never a traceback."""
    name = _("الإعدادات")
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        yield bad(name, str(error))
        return
    yield ok(name, f"KHABARAYN_ENV={settings.env}")
    for check in (_installation, _folder, _keys, _database_file, _space, _mail):
        yield from _safely(lambda check=check: check(settings), check.__name__.strip("_"))
    yield from _safely(_findings, _("قاعدة البيانات"))


def _findings() -> Iterator[Finding]:
    with open_app() as app:
        for name, check in examine_paper(app):
            yield from _safely(check, name)


def _safely(check: Callable[[], Iterator[Finding]], name: str) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        yield bad(name, lines[0])


def _installation(_settings: Settings) -> Iterator[Finding]:
    for folder in ("templates", "static", "translations"):
        if not (SITE / folder).is_dir():
            yield bad(folder, _("مفقود من التثبيت"))


def _folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data_dir
    name = _("مجلد البيانات")
    if not data.is_dir():
        hint = _("غير موجود؛ نفّذ khabarayn init")
        yield bad(name, f"{data} {hint}")
    elif not os.access(data, os.W_OK):
        yield bad(name, f"{data} " + _("لا يقبل الكتابة"))
    else:
        yield ok(name, str(data.resolve()))


def _keys(settings: Settings) -> Iterator[Finding]:
    names = {KEY_FILE: _("المفتاح السري"),
             seal.FILE: _("مفتاح النشرات")}  # fmt: skip
    for file, name in names.items():
        path = settings.data_dir / file
        if not path.exists() or (file == KEY_FILE and settings.secret_key):
            continue
        if path.stat().st_mode & 0o077:
            words = _("يقرؤه غير صاحبه")
            yield bad(name, f"{path} {words}: chmod 600 {path}")
        try:
            if file == KEY_FILE:
                settings.secret()
            else:
                seal.seal_in(settings.data_dir)
        except (SettingsError, seal.BadKeyFile) as error:
            yield bad(name, str(error))


def _database_file(settings: Settings) -> Iterator[Finding]:
    scheme, _sep, place = settings.database.partition(":///")
    if scheme != "sqlite":
        return
    for path in (Path(place), Path(place + "-wal"), Path(place + "-shm")):
        if path.exists() and path.stat().st_mode & 0o002:
            words = _("يكتب فيه أي أحد")
            yield bad(_("قاعدة البيانات"), f"{path} {words}: chmod o-w {path}")


def _space(settings: Settings) -> Iterator[Finding]:
    if not settings.data_dir.is_dir():
        return
    room = room_in(settings.data_dir)
    yield Finding(room.level, _("مساحة القرص"), f"{room.free // 1024**2} MB")


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.smtp_url:
        return
    where = urlsplit(settings.smtp_url)
    host, name = where.hostname or "localhost", _("البريد")
    kind = smtplib.SMTP_SSL if where.scheme == "smtps" else smtplib.SMTP
    port = where.port or (465 if where.scheme == "smtps" else 587)
    try:
        with kind(host, port, timeout=SECONDS) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        yield bad(name, f"{host}:{port} " + _("لا يجيب") + f" ({error})")
    else:
        yield ok(name, f"{host}:{port}")
