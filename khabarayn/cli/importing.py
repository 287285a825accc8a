"""``khabarayn import``, ``demo`` and ``export``: stories come in and go out, with a report."""

from __future__ import annotations

import json
import signal
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from functools import partial
from pathlib import Path
from types import FrameType

import click
from click._termui_impl import ProgressBar
from flask import Flask
from sqlalchemy import inspect

from khabarayn.arabic.slug import slug
from khabarayn.cli.application import open_app
from khabarayn.cli.collecting import seldom_collected
from khabarayn.cli.landing import addresses_in, astray
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.demo import FOLDER, digest
from khabarayn.demo.face import give_face
from khabarayn.demo.house_words import give_words
from khabarayn.demo.standing import give_pages
from khabarayn.desk.arrange.demo import demo_stands
from khabarayn.desk.arrange.seed import PlannedSection, seed_sections
from khabarayn.desk.by import DEMO, IMPORT, By
from khabarayn.desk.stories.enter_many import Advance
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
from khabarayn.store.queries.sections import SectionTree, section_tree
from khabarayn.wire.decode import decode
from khabarayn.wire.fault import WireError

# Fewer stories get no progress bar: they are done before it is read.
_FEWEST_SHOWN = 2


def register(group: click.Group) -> None:
    """Add ``import``, ``demo`` and ``export`` to the command."""
    group.add_command(import_)
    group.add_command(demo)
    group.add_command(export)


class Stop:
    """Set by the first Ctrl-C: the present story is finished, and no other begun."""

    def __init__(self) -> None:
        self.has_stop_request = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self.has_stop_request:
            raise KeyboardInterrupt
        self.has_stop_request = True
        click.echo(
            "\n" + _("يتوقف بعد الخبر الجاري؛ نفّذ الأمر ثانية ليكمل"),
            err=True,
        )


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Yield a function that says whether Ctrl-C was pressed once."""
    stop = Stop()
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: stop.has_stop_request
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(length: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a progress bar of ``length`` steps; yield the function that advances it."""
    with _bars(quiet=quiet) as advance:
        yield lambda count: advance("stories", count, length)


@contextmanager
def _bars(*, quiet: bool) -> Iterator[Advance]:
    """Yield the function that shows how far a step has come, with a bar for each step. What is done
    at once has none."""
    labels = {
        "files": _("الملفات"),
        "stories": _("الأخبار"),
        "index": _("الفهرسة"),
        "link": _("ربط الأخبار"),
        "lead": _("تجديد روابط الأخبار الأقدم"),
    }
    label = ""
    with ExitStack() as bars:
        bar: ProgressBar[int] | None = None

        def advance(step: str, count: int, of: int) -> None:
            nonlocal label, bar
            if quiet or of < _FEWEST_SHOWN:
                return
            if step != label or bar is None:
                bars.close()
                label = step
                progress_bar = click.progressbar(
                    length=of, label=labels[step], show_pos=True, file=sys.stderr
                )
                bar = bars.enter_context(progress_bar)
            bar.update(count - bar.pos)

        yield advance


def _drain(stories: list[Incoming]) -> Iterator[Incoming]:
    """Yield ``stories`` in order, removing each, so that its memory is free afterwards."""
    stories.reverse()
    while stories:
        yield stories.pop()


def _take(
    intake: Intake,
    batches: list[Callable[[], Iterable[Incoming]]],
    *,
    quiet: bool,
    should_stop: Callable[[], bool] | None = None,
    ahead: int = 0,
) -> Report:
    """Import every story of every batch; a bar counts files, or the stories of a single one, and
    others what is made known of them. ``ahead`` is how many are expected of a single file that is
    read as its stories are taken in.

    Ctrl-C stops it, or else ``should_stop`` as soon as it says yes.
    """
    rows: list[Row] = []
    files: set[str] = set()
    alone = list(batches[0]()) if len(batches) == 1 and not ahead else []
    step, of = ("stories", ahead or len(alone)) if ahead or alone else ("files", len(batches))
    stories = _drain(alone) if alone else (one for batch in batches for one in batch())
    stop_signal = nullcontext(should_stop) if should_stop else _stoppable()
    with stop_signal as stop, _bars(quiet=quiet) as advance, seldom_collected():
        for row in intake.take(stories, stop):
            rows.append(row)
            files.add(row.file)
            advance(step, min(of, len(rows)) if step == "stories" else len(files), of)
        if not intake.dry:
            intake.finish(advance)
        return Report(tuple(rows), stop(), dict(intake.places.unknown_sections.most_common()))


def _print_report(report: Report, *, as_json: bool) -> None:
    """Print the report; exit with 1 when something was refused or left undone."""
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(operator_locale()):
            click.echo(line)
    sys.exit(1 if report.problem_rows or report.stopped else 0)


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


@dataclass(frozen=True)
class Plan:
    """The options of an import."""

    dry: bool = False
    status: str = ""
    section: str = ""
    map_: Mapping[str, str] = field(default_factory=dict)
    make: bool = False
    uploads: Path | None = None


def _section_map(file: Path, tree: SectionTree) -> dict[str, str]:
    """Return the path of ours for each name of theirs: lines of «name = path», «#» for remarks."""
    paths: dict[str, str] = {}
    for number, line in enumerate(decode(file.read_bytes()).splitlines(), 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        theirs, _equals, ours = (part.strip() for part in text.replace("\t", "=").rpartition("="))
        if not theirs or tree.find(ours) is None:
            raise click.BadParameter(
                _(
                    "السطر %(number)s: يُنتظر «اسم عندهم = مسار قسم عندنا»: %(line)s",
                    number=number,
                    line=text[:80],
                ),
                param_hint="--section-map",
            )  # fmt: skip
        paths[theirs] = ours
    return paths


def _make_section(path: str, name: str) -> str:
    """Make the section that a story names, with those above it; return its path."""
    parts = [slug(part) for part in path.split("/") if slug(part)] or [slug(name)]
    for depth in range(1, len(parts) + 1):
        whole = "/".join(parts[:depth])
        label = (name or parts[-1]) if depth == len(parts) else parts[depth - 1]
        seed_sections([PlannedSection(whole, label[:80], zlib.crc32(whole.encode()) % 360)], IMPORT)
    return "/".join(parts)


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
    report = _take(
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
            [
                section
                for language in (main_language(), operator_locale())
                for section in section_tree(language).by_id.values()
            ],
            always=plan.section,
            map_=plan.map_,
            make=_make_section if plan.make and not plan.dry else None,
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
            map_=_section_map(map_file, tree) if map_file else {},
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
        _print_report(report, as_json=as_json)


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
    return _take(intake, [lambda: stories], quiet=quiet)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def demo(as_json: bool) -> None:
    """Fill the paper with the demo edition, its newest story fresh; safe to repeat."""
    with open_app() as app:
        _ready()
        _print_report(demo_taken(app, quiet=as_json), as_json=as_json)


def demo_taken(app: Flask, *, quiet: bool, should_stop: Callable[[], bool] | None = None) -> Report:
    """Take the demo edition in, as `demo` says, and return what became of each story.

    Needs an application context. Ctrl-C stops it, or else ``should_stop`` as soon as it says yes.
    """
    give_face(DEMO)
    report = _from_folder(app, FOLDER, DEMO, quiet=quiet, plan=Plan(), should_stop=should_stop)
    give_pages(DEMO)
    give_words(DEMO)
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
            with _stoppable() as stop, _bar(len(ids), quiet=as_json) as advance:
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
