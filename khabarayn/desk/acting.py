"""Who is acting now, and from which network address: set at the door, read by the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """``person_id`` is None and ``address`` empty for the operator's commands and the worker."""

    person_id: int | None = None
    address: str = ""


_NOBODY = Actor()
_acting: ContextVar[Actor] = ContextVar("khabarayn_acting", default=_NOBODY)


def acting() -> Actor:
    """Return who acts in this request, or nobody."""
    return _acting.get()


@contextmanager
def acting_as(person_id: int | None, address: str = "") -> Iterator[None]:
    """Let what happens inside be done by this person."""
    token = _acting.set(Actor(person_id, address[:45]))
    try:
        yield
    finally:
        _acting.reset(token)
