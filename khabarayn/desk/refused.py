"""The errors by which a verb refuses, each with the field and a message for people."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

# Words, or what is put into words when somebody reads them (`lazy_gettext`).
Message = str | LazyString


class Refused(ValueError):
    """``field`` names what is wrong («headline»), ``message`` says it to a person: where it was
    given lazily, in the language of whoever reads it, each time anew. ``messages`` are the words of
    each field as they were given."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field
        self.messages: Mapping[str, Message] = {field: message}

    @property
    def message(self) -> str:
        """The words of the field that was refused first, in the language of whoever reads them."""
        return str(self.messages[self.field])


class AllWrong(Refused):
    """Everything that is wrong with a form at once: ``faults`` by field, the first one first."""

    def __init__(self, faults: Mapping[str, Message]) -> None:
        super().__init__(*next(iter(faults.items())))
        self.messages = dict(faults)

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field, in the language of whoever reads it."""
        return faults_of(self)


def faults_of(error: Refused) -> dict[str, str]:
    """Return what is wrong, by field, in the language of whoever asks."""
    return {field: str(words) for field, words in error.messages.items()}


class UnknownStory(Refused):
    """There is no story with this public id."""
