"""``khabarayn related rebuild``: decide every story's links anew."""

from __future__ import annotations

import click

from khabarayn.cli.application import house
from khabarayn.cli.language import say
from khabarayn.desk.stories.links import reconnect, relearn
from khabarayn.store.queries.ids import published_ids


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
    with house():
        ids = published_ids()
        learned = ids
        if after in ids:
            ids, learned = ids[ids.index(after) + 1 :], []
        done = after
        try:
            with click.progressbar(learned, label=say("قراءة", "learning"), show_pos=True) as bar:
                for public_id in bar:
                    relearn(public_id)
            label = say("روابط", "links")
            with click.progressbar(ids, label=label, show_pos=True) as bar:
                for public_id in bar:
                    reconnect([public_id])
                    done = public_id
        except KeyboardInterrupt:
            click.echo(say("للمتابعة", "to go on") + f": khabarayn related rebuild --after {done}")
            raise click.Abort from None
