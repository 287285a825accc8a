"""What ``khabarayn serve --demo`` opens: the site made ready, and filled while it is read.

A first start takes a minute or two of processor time, nearly all of it for pictures. Nobody waits
for it: each story is public as soon as it is in, and the front page grows meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import click
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from khabarayn import Khabarayn, create_app
from khabarayn.cli.editions import edition_line, print_edition
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.cli.setup import make_ready
from khabarayn.demo import FOLDER, digest
from khabarayn.desk.arrange.demo import has_demo
from khabarayn.desk.refused import Refused
from khabarayn.server.gateway import Gateway
from khabarayn.server.site import gateway_of
from khabarayn.settings import settings_of
from khabarayn.store.queries.languages import languages_with_stories
from khabarayn.worker import work_beside


def demo_site() -> Gateway:
    """Return the site with a worker, which first fills it with the demo edition."""
    return gateway_of(_app)


def _app() -> Khabarayn:
    app = create_app()
    with app.app_context(), force_locale(operator_locale()):
        make_ready(settings_of(app.config))
    work_beside(app, fill)
    return app


def fill(app: Khabarayn, ending: Callable[[], bool]) -> None:
    """Import the missing stories of the demo edition, then make the paper's own editions.
    ``ending`` is asked between stories; the rest is done at the next start.
    """
    locale = operator_locale()
    with app.app_context(), force_locale(locale):
        if not has_demo(digest(FOLDER)):
            click.echo(_("يُملأ الموقع بالعدد التجريبي، وهو مفتوح للقراءة"))
            # What reads stories takes 35 MiB that a paper which is filled never needs.
            intake = import_module("khabarayn.cli.importing")
            report = intake.demo_taken(app, quiet=True, should_stop=ending)
            for line in report.lines(locale):
                click.echo(line)
        if ending():
            return
        _print_editions(app)


def _print_editions(app: Khabarayn) -> None:
    """Make the newest edition of each language that has stories; say what came of each."""
    _first, *others = languages_with_stories()
    for language in ("", *others):
        try:
            click.echo(edition_line(print_edition(app, language=language)))
        except (Refused, OSError, SQLAlchemyError) as error:
            click.echo(getattr(error, "message", str(error)), err=True)
