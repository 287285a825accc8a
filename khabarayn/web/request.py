"""Forms and queries of a request: numbers are read in whatever digits they were typed, and what
is wrong is said by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict

from khabarayn.arabic.numerals import to_digits

# What is wrong with a form: words by field, the first field first; nothing in a good one.
Faults = Mapping[str, str]
GOOD: Faults = {}

# Fields that hold a number, a moment or a code and nothing else. Texts keep the digits they have.
NUMBERS = frozenset(
    [
        *("after", "at", "code", "days", "from", "hue", "lasts", "limit", "newest"),
        *("number", "offset", "page", "passcode", "size", "to", "until", "width", "x", "y"),
    ]
)

# What the server in front learns of a request, by these names in its environment: the view that
# answered, and whether the answer holds what a form sent.
ENDPOINT, HANDS_BACK = "khabarayn.endpoint", "khabarayn.hands_back"


class Parameters(ImmutableMultiDict[str, Any]):
    """What a form or a query says, a code typed as ٤٦٠٥٤١ included."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(mapping)
        for name in NUMBERS.intersection(self):
            values = [_western(value) for value in self.getlist(name)]
            dict.__setitem__(self, name, values)  # pyright: ignore[reportArgumentType]


def form_value(name: str) -> str:
    """Return the form's field ``name``; empty when it has none."""
    return request.form.get(name, "")


def whole(text: object, digits: int = 9) -> int | None:
    """Return the number that ``text`` says, whole and at most so many digits long, else None.

    The one place where a number of a form, a query or a script's message is read.

    >>> whole("12"), whole("٤٦"), whole("-1"), whole("1e3"), whole("9" * 10), whole(None)
    (12, 46, None, None, None, None)
    """
    raw = str(text if text is not None else "").strip()
    plain = to_digits(raw, "latn")
    if not plain.isascii() or not plain.isdigit() or len(plain) > digits:
        return None
    return int(plain)


def _western(value: Any) -> Any:
    return to_digits(value, "latn") if isinstance(value, str) else value


class AppRequest(Request):
    """Flask's request, its forms and queries read by `Parameters`."""

    # The library says «any mapping», which a class cannot be narrower than.
    parameter_storage_class: Any = Parameters


def note_endpoint(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Leave the name of the view where the server in front finds it."""
    request.environ[ENDPOINT] = endpoint or ""


def register(app: Flask) -> None:
    """Let the server in front of ``app`` learn which view answered."""
    app.url_value_preprocessor(note_endpoint)
