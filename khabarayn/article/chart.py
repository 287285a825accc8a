"""The figures of a table as shares of a drawing: bars and lines, ready for any page to colour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import floor, log10

from khabarayn.arabic.numerals import number, parse_number
from khabarayn.article.blocks import Table

_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 4


@dataclass(frozen=True)
class Bar:
    """``text`` is the figure as the table writes it, ``share`` its length from 0 to 100."""

    text: str
    share: float


@dataclass(frozen=True)
class BarRow:
    """One row of the table as bars, a bar for each column of numbers."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Line:
    """SVG path data in a box of 100 by 100 whose origin is the top of the starting edge."""

    path: str
    points: str


@dataclass(frozen=True)
class Chart:
    """``ticks`` run from the top down and share the height evenly, as ``grid`` does; ``names``
    are the labels to set under the drawing, evenly spread."""

    kind: str
    series: tuple[str, ...]
    rows: tuple[BarRow, ...] = ()
    lines: tuple[Line, ...] = ()
    ticks: tuple[str, ...] = ()
    grid: tuple[float, ...] = ()
    names: tuple[str, ...] = ()


def _figures(table: Table) -> list[list[Decimal]] | None:
    try:
        figures = [[parse_number(cell) for cell in row[1:]] for row in table.rows]
    except ValueError:
        return None
    widths = {len(row) for row in figures}
    return figures if len(figures) > 1 and len(widths) == 1 and widths != {0} else None


def _scale(low: float, high: float) -> tuple[float, float]:
    """Return the lowest value and the step of an axis of `_TICKS` round steps that covers both
    ends."""
    foot = 0.0 if 0 <= low <= high * 0.6 else low
    rough = max(high - foot, 1e-9) / _TICKS
    unit = 10.0 ** floor(log10(rough))
    for factor in (*_STEPS, 20):
        step = factor * unit
        start = floor(foot / step) * step
        if start + _TICKS * step >= high - 1e-9:
            return start, step
    raise AssertionError("no round step holds the axis")


def _places(labels: list[str]) -> tuple[list[float], tuple[str, ...]]:
    """Return where each label stands (0–100) and the names to print: true to scale for numbers."""
    even = [100 * index / (len(labels) - 1) for index in range(len(labels))]
    try:
        values = [float(parse_number(label)) for label in labels]
    except ValueError:
        values = []
    if values and all(before < after for before, after in pairwise(values)):
        span = values[-1] - values[0]
        places = [100 * (value - values[0]) / span for value in values]
        if any(abs(a - b) > 0.5 for a, b in zip(places, even, strict=True)):
            return places, (labels[0], labels[-1])
    if len(labels) <= 6:
        return even, tuple(labels)
    middle = (labels[len(labels) // 2],) if len(labels) % 2 else ()
    return even, (labels[0], *middle, labels[-1])


def chart(table: Table) -> Chart | None:
    """Return ``table`` drawn as it asks for, or None when its cells are not all plain numbers.

    >>> drawn = chart(Table((("عطارد", "2,440"), ("الأرض", "6,371")), chart="bar"))
    >>> [(row.label, row.bars[0].share) for row in drawn.rows]
    [('عطارد', 38.3), ('الأرض', 100.0)]
    >>> chart(Table((("أ", "كثير"), ("ب", "2")), chart="bar")) is None
    True
    """
    figures = _figures(table) if table.chart in ("bar", "line") else None
    if figures is None:
        return None
    flat = [float(value) for row in figures for value in row]
    series = table.head[1:] if len(table.head) == len(figures[0]) + 1 else ()
    if table.chart == "bar":
        if min(flat) < 0 or max(flat) == 0:
            return None
        rows = tuple(
            BarRow(
                cells[0],
                tuple(
                    Bar(text, round(float(value) / max(flat) * 100, 1))
                    for text, value in zip(cells[1:], values, strict=True)
                ),
            )
            for cells, values in zip(table.rows, figures, strict=True)
        )
        return Chart("bar", series, rows=rows)
    foot, step = _scale(min(flat), max(flat))
    places, names = _places([row[0] for row in table.rows])
    lines: list[Line] = []
    for index in range(len(figures[0])):
        heights = [100 - (float(row[index]) - foot) / (step * _TICKS) * 100 for row in figures]
        marks = [f"{x:.4g} {y:.4g}" for x, y in zip(places, heights, strict=True)]
        lines.append(Line("M" + "L".join(marks), "".join(f"M{mark}h0" for mark in marks)))
    ticks = tuple(number(round(foot + step * n, 10)) for n in range(_TICKS, -1, -1))
    grid = tuple(100 * n / _TICKS for n in range(_TICKS + 1))
    return Chart(
        "line",
        series,
        lines=tuple(lines),
        ticks=tuple(tick.removesuffix(".0") for tick in ticks),
        grid=grid,
        names=names,
    )
