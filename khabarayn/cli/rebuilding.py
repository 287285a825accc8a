"""``khabarayn related``: decide every story's links anew, and look after running stories."""

from __future__ import annotations

from collections.abc import Callable

import click

from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.desk.arrange.clusters import close_cluster, name_cluster, take_out
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.enter import reconnect, relearn
from khabarayn.desk.stories.profiles import profiles_made
from khabarayn.store.queries.clusters import running_clusters
from khabarayn.store.queries.ids import published_ids
from khabarayn.store.queries.languages import list_languages


def register(group: click.Group) -> None:
    """Add ``related`` to the command."""
    group.add_command(related)


@click.group()
def related() -> None:
    """Related stories and see-also insets."""


@related.command()
@click.option("--after", default="", metavar="ID", help="Go on with the links after this story.")
def rebuild(after: str) -> None:
    """Learn every published story anew and decide its links; stopped, it says how to go on.

    First all stories are learned, the oldest first, then all links are decided: so the first
    story may lead to the last.
    """
    with open_app():
        rebuild_links(after)


def rebuild_links(after: str = "") -> None:
    """Do what `rebuild` says, with progress bars. Raises `click.Abort` when it is stopped."""
    ids = published_ids()
    remaining = ids
    if after in ids:
        ids, remaining = ids[ids.index(after) + 1 :], []
    last_id = after
    try:
        with click.progressbar(remaining, label=_("تعلّم الأخبار"), show_pos=True) as bar:
            for public_id in bar:
                relearn(public_id)
        label = _("روابط")
        with click.progressbar(ids, label=label, show_pos=True) as bar:
            for public_id in bar:
                reconnect([public_id])
                last_id = public_id
    except KeyboardInterrupt:
        click.echo(_("للمتابعة") + f": khabarayn related rebuild --after {last_id}")
        raise click.Abort from None
    profiles_made()


@related.command("list")
@click.option("--days", default=30, show_default=True, help="Those that moved in so many days.")
def list_(days: int) -> None:
    """List the running stories: number, reports, name, and the newest reports."""
    with open_app():
        for language in list_languages():
            for cluster in running_clusters(limit=40, days=days, language=language):
                click.echo(f"{cluster.number}\t{cluster.size}\t{cluster.name}")
                for card in cluster.cards:
                    click.echo(f"\t{card.id}\t{card.headline}")


@related.command("name")
@click.argument("number", type=int)
@click.argument("name")
def name_(number: int, name: str) -> None:
    """Give the running story NUMBER the name that it keeps."""
    _do(lambda: name_cluster(number, OPERATOR, name), _("سُمّي الملف"))


@related.command()
@click.argument("number", type=int)
def close(number: int) -> None:
    """Take the running story NUMBER off the pages; it takes no more reports."""
    _do(lambda: close_cluster(number, OPERATOR), _("أُغلق الملف"))


@related.command("take-out")
@click.argument("id_", metavar="ID")
def take_out_(id_: str) -> None:
    """Take one report out of its running story."""
    _do(lambda: take_out(id_, OPERATOR), _("أُخرج الخبر من الملف"))


def _do(verb: Callable[[], None], notice: str) -> None:
    with open_app():
        try:
            verb()
        except Refused as error:
            raise click.ClickException(error.message) from error
    click.echo(notice)
