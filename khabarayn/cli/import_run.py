"""Run an import from the command line: progress bars, a stop by Ctrl-C, and the report."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from types import FrameType

import click
from click._termui_impl import ProgressBar

from khabarayn.cli.collecting import seldom_collected
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.desk.stories.enter_many import Advance
from khabarayn.ingest.accept import Intake
from khabarayn.ingest.report import Report, Row
from khabarayn.ingest.sources import Incoming

# Fewer stories get no progress bar: they are done before it is read.
_FEWEST_SHOWN = 2


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
def stoppable() -> Iterator[Callable[[], bool]]:
    """Yield a function that says whether Ctrl-C was pressed once."""
    stop = Stop()
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: stop.has_stop_request
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_bar(length: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
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
                click_bar = click.progressbar(
                    length=of, label=labels[step], show_pos=True, file=sys.stderr
                )
                bar = bars.enter_context(click_bar)
            bar.update(count - bar.pos)

        yield advance


def _drain(stories: list[Incoming]) -> Iterator[Incoming]:
    """Yield ``stories`` in order, removing each, so that its memory is free afterwards."""
    stories.reverse()
    while stories:
        yield stories.pop()


def take_all(
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
    stop_signal = nullcontext(should_stop) if should_stop else stoppable()
    with stop_signal as stop, _bars(quiet=quiet) as advance, seldom_collected():
        for row in intake.take(stories, stop):
            rows.append(row)
            files.add(row.file)
            advance(step, min(of, len(rows)) if step == "stories" else len(files), of)
        if not intake.dry:
            intake.finish(advance)
        return Report(tuple(rows), stop(), dict(intake.places.unknown_sections.most_common()))


def print_report(report: Report, *, as_json: bool) -> None:
    """Print the report; exit with 1 when something was refused or left undone."""
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(operator_locale()):
            click.echo(line)
    sys.exit(1 if report.problem_rows or report.stopped else 0)
