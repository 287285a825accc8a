"""What was wrong with a form, and what stood in it: no word that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from khabarayn.desk.refused import Refused


@dataclass(frozen=True)
class Complaint:
    """``field`` is the name of the form's field, ``words`` what to do about it."""

    field: str = ""
    words: str = ""


GOOD = Complaint()


def complaint(refused: Refused) -> Complaint:
    return Complaint(refused.field, refused.message)


def typed(name: str) -> str:
    """Return what the form says under ``name``, or nothing."""
    return request.form.get(name, "")


def done(words: str, endpoint: str, **values: Any) -> Response:
    """Say what was done on the page that follows."""
    flash(words)
    return redirect(url_for(endpoint, **values), 303)


def undone(refused: Refused, endpoint: str, **values: Any) -> Response:
    """Say why nothing was done, on the page that follows: for forms that are one button."""
    flash(refused.message, "error")
    return redirect(url_for(endpoint, **values), 303)
