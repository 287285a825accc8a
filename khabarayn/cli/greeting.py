"""Print the link by which the first person signs in, as long as there is no account."""

from __future__ import annotations

import click
from flask import Flask
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from khabarayn import create_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.links import first_link
from khabarayn.settings import settings_of


def greet(app: Flask) -> None:
    """Print the link, which ends an earlier one, unless somebody has an account."""
    settings = settings_of(app.config)
    try:
        with app.app_context(), force_locale(operator_locale()):
            token = first_link(OPERATOR)
    except SQLAlchemyError:
        # Not made ready yet, or out of reach: the site itself says so.
        return
    if token:
        link = f"{settings.base_url.rstrip('/')}/newsroom/join/{token}"
        click.echo(
            _("لا أعضاء في غرفة الأخبار بعد. أول مدير للموقع يدخل من هنا، مرة واحدة")
            + f":\n  {link}"
        )  # fmt: skip


if __name__ == "__main__":
    greet(create_app())
