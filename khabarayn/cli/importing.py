"""``khabarayn import``, ``demo`` and ``export``: stories come in and go out, with a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import partial
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import inspect

from khabarayn.cli.application import open_app
from khabarayn.cli.import_plan import Plan, make_section, section_map_of
from khabarayn.cli.import_run import print_report, progress_bar, stoppable, take_all
from khabarayn.cli.landing import addresses_in, astray
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.demo import FOLDER, digest
from khabarayn.demo.face import give_face
from khabarayn.demo.house_words import give_words
from khabarayn.demo.portraits import give_portraits
from khabarayn.demo.standing import give_pages
from khabarayn.desk.arrange.demo import demo_stands
from khabarayn.desk.by import DEMO, IMPORT, By
from khabarayn.ingest.accept import Intake
from khabarayn.ingest.adapt import Places
from khabarayn.ingest.export import StoryExport
from khabarayn.ingest.fetch import FetchRefused
from khabarayn.ingest.paper_setup import paper_setup_of
from khabarayn.ingest.report import REFUSED, Report, Row, in_both, in_language
from khabarayn.ingest.sources import Incoming, count_ahead, files_in, stories_at, stories_in
from khabarayn.messages.wire import fault_text
from khabarayn.settings import settings_of
from khabarayn.store.db import db, now
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.sections import SectionTree, section_tree, sections_named_in
from khabarayn.wire.fault import WireError


def register(group: click.Group) -> None:
    """Add ``import``, ``demo`` and ``export`` to the command."""
    group.add_command(import_)
    group.add_command(demo)
    group.add_command(export)


def _ready() -> SectionTree:
    """Return the sections. Ends the command when the database was never made."""
    if not inspect(db.engine).has_table("article"):
        hint = _("قاعدة البيانات غير جاهزة؛ نفّذ khabarayn init")
        raise click.UsageError(hint)
    return section_tree()


def _folder_batches(path: Path, zone: tzinfo) -> list[Callable[[], Iterable[Incoming]]]:
    root = path if path.is_dir() else path.parent
    # A single file of an edition finds its pictures beside the folder that it lies in.
    outer = root if path.is_dir() else root.parent

    def batch(file: Path) -> Callable[[], Iterable[Incoming]]:
        return lambda: stories_in(file, root, outer, zone)

    return [batch(file) for file in files_in(path)]


def _from_folder(
    app: Flask,
    path: Path,
    by: By,
    *,
    quiet: bool,
    plan: Plan,
    should_stop: Callable[[], bool] | None = None,
) -> Report:
    edition, rows = paper_setup_of(path)
    if not plan.dry:
        edition.arrange(by)
    past = now() - edition.reference if edition.reference else timedelta(0)
    shift = past - past % timedelta(minutes=1)
    intake = _intake(app, by, plan, shift)
    report = take_all(
        intake,
        _folder_batches(path, intake.zone),
        quiet=quiet,
        should_stop=should_stop,
        ahead=count_ahead(path) if path.is_file() else 0,
    )
    return replace(report, rows=(*rows, *report.rows))


def _intake(app: Flask, by: By, plan: Plan, shift: timedelta) -> Intake:
    settings = settings_of(app.config)
    return Intake(
        store=app.extensions["khabarayn.media"],
        places=Places(
            sections_named_in(main_language(), operator_locale()),
            always=plan.section,
            map_=plan.map_,
            make=make_section if plan.make and not plan.dry else None,
        ),
        by=by,
        status=plan.status,
        shift=shift,
        allow_private=settings.fetch_private,
        dry=plan.dry,
        zone=settings.tz,
        uploads=plan.uploads,
    )


@click.command("import")
@click.argument("source", metavar="PATH|URL", default="")
@click.option("--dry-run", "dry", is_flag=True, help="Judge everything, change nothing.")
@click.option(
    "--as",
    "status",
    type=click.Choice(["draft", "published"]),
    help="Take every story in with this status, whatever it says itself.",
)
@click.option("--section", default="", metavar="PATH", help="Put every story into this section.")
@click.option(
    "--section-map",
    "map_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read lines of «their name = our path»: where their sections go.",
)
@click.option("--make-sections", "make", is_flag=True, help="Make the sections that are missing.")
@click.option(
    "--uploads",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take pictures from this copy of WordPress's folder of uploads first.",
)
@click.option(
    "--check-addresses",
    "addresses",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Print those addresses of a sitemap or list that lead to no page here.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(
    source: str,
    dry: bool,
    status: str | None,
    section: str,
    map_file: Path | None,
    make: bool,
    uploads: Path | None,
    addresses: Path | None,
    as_json: bool,
) -> None:
    """Take in ninjs, RSS, Atom, JSON Feed, WordPress's export or an article page, from a file,
    folder or address."""
    if bool(source) == bool(addresses):
        raise click.UsageError(_("اذكر ملفًا أو مجلدًا أو رابطًا، أو --check-addresses وحده"))
    with open_app() as app:
        tree = _ready()
        if addresses is not None:
            _print_astray(app, addresses, as_json=as_json)
        if section and tree.find(section) is None:
            slugs = ", ".join(sorted(tree.ids))
            raise click.BadParameter(
                _(
                    "لا قسم بهذا المسار: %(section)s. الموجود: %(known)s",
                    section=section,
                    known=slugs,
                ),
                param_hint="--section",
            )
        plan = Plan(
            dry=dry,
            status=status or "",
            section=section,
            map_=section_map_of(map_file, tree) if map_file else {},
            make=make,
            uploads=uploads,
        )
        if source.startswith(("http://", "https://")):
            report = _from_address(app, source, as_json, plan)
        else:
            path = Path(source)
            if not path.exists():
                message = _("لا ملف ولا مجلد بهذا الاسم")
                raise click.BadParameter(f"{message}: {source}", param_hint="PATH|URL")
            report = _from_folder(app, path, IMPORT, quiet=as_json, plan=plan)
        print_report(report, as_json=as_json)


def _print_astray(app: Flask, file: Path, *, as_json: bool) -> None:
    """Print the addresses in ``file`` that lead nowhere; exit with 1 when there is one."""
    try:
        addresses = addresses_in(file)
    except WireError as error:
        reason = in_language(in_both(partial(fault_text, error.faults[0])), operator_locale())
        raise click.ClickException(f"{file}: {reason}") from error
    lost_links = list(astray(app, addresses))
    if as_json:
        rows = [{"address": address, "answers": answers} for address, answers in lost_links]
        click.echo(json.dumps({"count": len(addresses), "lost": rows}, ensure_ascii=False))
    else:
        for address, answers in lost_links:
            click.echo(f"{answers}: {address}")
        label = _("روابط تصل")
        click.echo(f"{label}: {len(addresses) - len(lost_links)}/{len(addresses)}")
    sys.exit(1 if lost_links else 0)


def _from_address(app: Flask, url: str, quiet: bool, plan: Plan) -> Report:
    settings = settings_of(app.config)
    intake = _intake(app, IMPORT, plan, timedelta(0))
    try:
        stories = list(stories_at(url, allow_private=settings.fetch_private, zone=settings.tz))
    except FetchRefused as error:
        return Report((Row(REFUSED, url, reason=in_both(error.message)),))
    return take_all(intake, [lambda: stories], quiet=quiet)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def demo(as_json: bool) -> None:
    """Fill the paper with the demo edition, its newest story fresh; safe to repeat."""
    with open_app() as app:
        _ready()
        print_report(demo_taken(app, quiet=as_json), as_json=as_json)


def demo_taken(app: Flask, *, quiet: bool, should_stop: Callable[[], bool] | None = None) -> Report:
    """Take the demo edition in, as `demo` says, and return what became of each story.

    Needs an application context. Ctrl-C stops it, or else ``should_stop`` as soon as it says yes.
    """
    give_face(DEMO)
    report = _from_folder(app, FOLDER, DEMO, quiet=quiet, plan=Plan(), should_stop=should_stop)
    give_pages(DEMO)
    give_words(DEMO)
    give_portraits(DEMO)
    if not report.problem_rows and not report.stopped:
        demo_stands(digest(FOLDER))
    return report


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def export(folder: Path, as_json: bool) -> None:
    """Write every published story as ninjs with its pictures; the folder imports again."""
    count = 0
    with open_app() as app:
        _ready()
        settings = settings_of(app.config)
        exporter = StoryExport(folder, app.extensions["khabarayn.media"], settings.base_url)
        try:
            exporter.paper_setup()
            ids = exporter.ids()
            with stoppable() as stop, progress_bar(len(ids), quiet=as_json) as advance:
                for position, public_id in enumerate(ids, 1):
                    if stop():
                        break
                    count += exporter.write(public_id) is not None
                    advance(position)
        except OSError as error:
            message = _("تعذّرت الكتابة في")
            raise click.ClickException(f"{message} {folder}: {error.strerror}") from error
    if as_json:
        result = {"stories": count, "folder": str(folder), "stopped": stop()}
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(_("أخبار كُتبت") + f": {count} → {folder}")
    sys.exit(1 if stop() else 0)
