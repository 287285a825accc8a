"""Clean the fields of a form one after another and collect everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from khabarayn.arabic.hosts import ascii_authority
from khabarayn.arabic.hygiene import clean_line, clean_text
from khabarayn.article.excerpt import excerpt
from khabarayn.desk.refused import AllWrong, Message, Refused
from khabarayn.messages.amounts import characters


class Fields:
    """What a form says, cleaned; ``faults`` is what is wrong, by field, in the order of reading."""

    def __init__(self) -> None:
        self.faults: dict[str, Message] = {}

    def wrong(self, field: str, words: Message) -> None:
        """Note a fault of a field; the first one of each field is kept."""
        self.faults.setdefault(field, words)

    def line(
        self, field: str, name: Message, value: str, limit: int, if_empty: Message = ""
    ) -> str:
        """Return one line of at most ``limit`` characters. ``name`` is what people call the field,
        ``if_empty`` what they are told when it is empty."""
        text, is_long = clean_line(value, limit)
        return self._read(field, name, text, limit, if_empty, is_long=is_long)

    def text(
        self, field: str, name: Message, value: str, limit: int, if_empty: Message = ""
    ) -> str:
        """Return lines of at most ``limit`` characters in all, else as `line`."""
        text, is_long = clean_text(value, limit)
        return self._read(field, name, text, limit, if_empty, is_long=is_long)

    def _read(
        self,
        field: str,
        name: Message,
        text: str,
        limit: int,
        required_message: Message,
        *,
        is_long: bool,
    ) -> str:
        if is_long:
            self.wrong(field, too_long(name, limit, text))
        elif required_message and not text:
            self.wrong(field, required_message)
        return text

    def web_address(self, field: str, text: str, limit: int) -> str:
        """Return a whole web address of at most ``limit`` characters as machines write it."""
        text = text.strip()
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
            good = parts.scheme in {"http", "https"} and "." in host and parts.username is None
        except ValueError:
            good = False
        if not good or len(text) > limit or any(c.isspace() or c in "<>\"'\\" for c in text):
            self.wrong(
                field,
                _("رابط كامل يبدأ بـ https://، مثل %(like)s", like="https://example.org/page"),
            )
            return ""
        return ascii_authority(text)

    @contextmanager
    def catch(self) -> Generator[None]:
        """Collect a `Refused` that is raised inside, instead of ending there."""
        try:
            yield
        except Refused as refused:
            for field, words in refused.messages.items():
                self.wrong(field, words)

    def raise_faults(self) -> None:
        """Raise `AllWrong` when any field has a fault."""
        if self.faults:
            raise AllWrong(self.faults)


def too_long(name: Message, limit: int, begins: str = "") -> LazyString:
    """Return the words, lazily, for a field ``name`` longer than ``limit`` characters."""
    if not begins:
        return _("%(name)s أطول من %(limit)s.", name=name, limit=LazyString(characters, limit))
    start = excerpt(begins, 60)
    return _(
        "%(name)s أطول من %(limit)s: «%(start)s».",
        name=name,
        limit=LazyString(characters, limit),
        start=start,
    )
