"""An e-book as a value, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from khabarayn.arabic.bidi import direction_of_language
from khabarayn.article.story import Story
from khabarayn.face.value import LIGHT, Hues


@dataclass(frozen=True)
class BookWords:
    """The headings and landmarks of a book, in its own language."""

    landmarks: str
    cover: str
    contents: str
    text: str
    correction: str
    see_also: str


@dataclass(frozen=True)
class Book:
    """``key`` is the book's lasting name, ``issue`` which printing of it this is; ``stories``
    are in reading order; ``pictures`` hold JPEG bytes by picture id, ``fonts`` faces by file
    name; ``when`` writes a moment for readers, ``words`` are its headings, ``hues`` those
    of the paper, ``cover`` is a PNG; ``label`` gives the label of a story's genre, empty for a
    report; ``language`` is that of its frame, ``prefix`` («/en») what its stories' addresses begin
    with."""

    key: str
    title: str
    publisher: str
    site: str
    made_at: datetime
    stories: tuple[Story, ...]
    cover: bytes
    when: Callable[[datetime], str]
    words: BookWords
    hues: Hues = LIGHT
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    label: Callable[[str], str] = field(default=lambda _genre: "")
    language: str = "ar"
    prefix: str = ""

    @property
    def direction(self) -> str:
        """The direction in which its pages turn."""
        return direction_of_language(self.language)

    def address(self, story: str) -> str:
        """Return where a story stands on the site."""
        return f"{self.site}{self.prefix}/a/{story}"
