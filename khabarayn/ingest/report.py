"""The outcome of an import, a row a story, for people and for programs.

Programs get every reason in Arabic and in English, so a row holds both; people get one language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from khabarayn.messages.wire import comma_list, spot_text
from khabarayn.wire.fault import NOWHERE, Spot

ACCEPTED, UPDATED, UNCHANGED, REFUSED = "accepted", "updated", "unchanged", "refused"
OUTCOMES = {
    ACCEPTED: _("قُبل"),
    UPDATED: _("تجدّد"),
    UNCHANGED: _("كما هو"),
    REFUSED: _("مرفوض"),
}

# Arabic, English.
Words = tuple[str, str]


def in_both(say: Callable[[], str]) -> Words:
    """Return what ``say`` says in Arabic and in English. Needs an application context."""
    texts = []
    for language in ("ar", "en"):
        with force_locale(language):
            texts.append(say())
    return texts[0], texts[1]


def in_language(words: Words, language: str) -> str:
    """Return the words in ``language``: Arabic for «ar», else English."""
    return words[0 if language == "ar" else 1]


@dataclass(frozen=True)
class Row:
    """One story, or one fault of a file. ``notes`` tell what was left out of a story that entered
    nevertheless: a picture that could not be had."""

    outcome: str
    file: str
    spot: Spot = NOWHERE
    reason: Words = ("", "")
    headline: str = ""
    id: str = ""
    notes: tuple[Words, ...] = ()

    def text(self, language: str = "ar") -> str:
        """Return the row as one line: «refused: a.json, line 3: no headline».

        Needs an application context.
        """
        with force_locale(language):
            parts = [str(OUTCOMES[self.outcome]), comma_list([self.file, spot_text(self.spot)])]
        parts += [text for text in (in_language(self.reason, language), self.headline[:80]) if text]
        return ": ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Return the row for machines; empty values are left out."""
        values = {
            "outcome": self.outcome,
            "file": self.file,
            "item": self.spot.item,
            "line": self.spot.line,
            "column": self.spot.column,
            "path": self.spot.path,
            "id": self.id,
            "headline": self.headline,
            "reason": {"ar": self.reason[0], "en": self.reason[1]} if any(self.reason) else None,
            "notes": [{"ar": ar, "en": en} for ar, en in self.notes],
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class Report:
    """All rows of one import; ``stopped`` when somebody asked it to stop before the end;
    ``unknown_sections`` tells how many stories named each section that we do not have."""

    rows: tuple[Row, ...]
    stopped: bool = False
    unknown_sections: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome, every outcome named."""
        counter = Counter(row.outcome for row in self.rows)
        return {outcome: counter[outcome] for outcome in OUTCOMES}

    @property
    def problem_rows(self) -> tuple[Row, ...]:
        """The rows that somebody should look at: refused, or entered with something missing."""
        return tuple(row for row in self.rows if row.outcome == REFUSED or row.notes)

    def lines(self, language: str = "ar") -> Iterable[str]:
        """Yield the report line by line: the rows with problems first, then the sum."""
        for row in self.problem_rows:
            yield row.text(language)
            for note in row.notes:
                yield f"  {in_language(note, language)}"
        with force_locale(language):
            if self.unknown_sections:
                section_names = comma_list(
                    [f"{name} ({n})" for name, n in self.unknown_sections.items()]
                )
                label = _("أقسام لا نعرفها")
                yield f"{label}: {section_names} [--section-map, --make-sections]"
            counts = [f"{OUTCOMES[outcome]}: {count}" for outcome, count in self.counts.items()]
            yield comma_list(counts)

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON-ready values, for ``--json`` on the command line."""
        return {
            "counts": self.counts,
            "stopped": self.stopped,
            "unknown_sections": dict(self.unknown_sections),
            "rows": [row.to_json() for row in self.rows],
        }
