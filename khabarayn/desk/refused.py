"""What a verb says when it will not do what it was asked."""

from __future__ import annotations


class Refused(ValueError):
    """``field`` names what is wrong («headline»), ``message`` says it to a person."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class UnknownStory(Refused):
    """There is no story with this public id."""
