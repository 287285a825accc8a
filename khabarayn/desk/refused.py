"""The errors by which a verb refuses, each with the field and a message for people."""

from __future__ import annotations


class Refused(ValueError):
    """``field`` names what is wrong («headline»), ``message`` says it to a person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class AllWrong(Refused):
    """Everything that is wrong with a form at once: ``faults`` by field, the first one first."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(*next(iter(faults.items())))
        self.faults = faults


def faults_of(refused: Refused) -> dict[str, str]:
    """Return what is wrong, by field."""
    return refused.faults if isinstance(refused, AllWrong) else {refused.field: refused.message}


class UnknownStory(Refused):
    """There is no story with this public id."""
