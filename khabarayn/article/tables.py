"""From the rows and cells of HTML to a plain table, or the figures of a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from khabarayn.arabic.hygiene import clean_line
from khabarayn.article.blocks import Table

Element = html.HtmlElement

MAX_ROWS, MAX_COLUMNS = 300, 20
_CELL, _CAPTION, _UNIT, _SOURCE = 400, 1000, 60, 300
_NOTE_PARTS = re.compile(r"[|·•؛\n]")
_LABELS = re.compile(r"^(المصدر|الوحدة|source|unit)\s*[:：]\s*", re.IGNORECASE)
_ANY_DIGITS = re.compile(r"\d{1,3}")


def line(element: Element, limit: int) -> str:
    """Return the text of ``element`` as one clean line."""
    for br in element.iter("br"):
        br.tail = f" {br.tail or ''}"
    return clean_line(" ".join(element.text_content().split()), limit).text


def read_note(text: str) -> tuple[str, str]:
    """Return the unit and the source that a small line under a table names.

    >>> read_note("الوحدة: كيلومتر · المصدر: وكالة ناسا")
    ('كيلومتر', 'وكالة ناسا')
    >>> read_note("وزارة المياه")
    ('', 'وزارة المياه')
    """
    unit = ""
    source: list[str] = []
    for part in map(str.strip, _NOTE_PARTS.split(text)):
        label = _LABELS.match(part)
        rest = part[label.end() :] if label else part
        if label and label[1].lower() in {"الوحدة", "unit"}:
            unit = rest
        elif rest:
            source.append(rest)
    return clean_line(unit, _UNIT).text, clean_line("، ".join(source), _SOURCE).text


def _span(cell: Element, name: str, limit: int) -> int:
    value = cell.get(name, "").strip()
    return min(max(int(value), 1), limit) if _ANY_DIGITS.fullmatch(value) else 1


def _grid(rows: Sequence[Element]) -> list[list[str]]:
    # A cell that spans others is said again in each, so that every row can be read alone.
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows[:MAX_ROWS]:
        texts: list[str] = []
        cells = [c for c in row if c.tag in {"td", "th"}]
        while len(texts) < MAX_COLUMNS and (cells or len(texts) in hanging):
            column = len(texts)
            if column in hanging:
                rows_below, text = hanging.pop(column)
                if rows_below > 1:
                    hanging[column] = (rows_below - 1, text)
                texts.append(text)
                continue
            cell = cells.pop(0)
            text, down = line(cell, _CELL), _span(cell, "rowspan", MAX_ROWS)
            for at in range(column, column + _span(cell, "colspan", MAX_COLUMNS - column)):
                if at in hanging and at > column:
                    break
                texts.append(text)
                if down > 1:
                    hanging[at] = (down - 1, text)
        grid.append(texts)
    return grid


def _merge_heads(heads: list[list[str]], width: int) -> tuple[str, ...]:
    columns = ([row[i] for row in heads if i < len(row)] for i in range(width))
    return tuple(" – ".join(filter(None, dict.fromkeys(column))) for column in columns)


def _kind_of_chart(table: Element) -> str:
    classes = table.get("class", "").split()
    return next((k for k in ("bar", "line") if f"chart-{k}" in classes), "")


def read(table: Element) -> Table | None:
    """Return the table that ``table`` shows; None when no cell of it says anything.

    Rows are as wide as the widest; at most 300 rows of 20 columns are kept.
    """
    caption = table.find("caption")
    small = caption.find(".//small") if caption is not None else None
    notes = [small] if small is not None else []
    foot = table.find("tfoot")
    if foot is not None and _LABELS.match(line(foot, _CAPTION)):
        notes.append(foot)
    note_parts = [read_note(line(note, _CAPTION)) for note in notes]
    for note in notes:
        note.drop_tree()
    holders = [table] if caption is None else [caption, table]
    attributes = {
        n: next((h.get(f"data-{n}", "") for h in holders if h.get(f"data-{n}")), "")
        for n in ("unit", "source")
    }
    unit = clean_line(attributes["unit"], _UNIT).text or next((u for u, _ in note_parts if u), "")
    source = clean_line(attributes["source"], _SOURCE).text or next(
        (s for _, s in note_parts if s), ""
    )

    rows = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table]
    heads = [r for r in rows if (holder := r.getparent()) is not None and holder.tag == "thead"]
    if not heads and len(rows) > 1 and all(c.tag == "th" for c in rows[0]):
        heads = rows[:1]
    head = _grid(heads)
    body = [row for row in _grid([r for r in rows if r not in heads]) if any(row)]
    if not body:
        body, head = [row for row in head if any(row)], []
    if not body:
        return None
    width = max(map(len, body + head))
    return Table(
        rows=tuple(tuple(row + [""] * (width - len(row))) for row in body),
        head=_merge_heads(head, width) if any(map(any, head)) else (),
        caption=line(caption, _CAPTION) if caption is not None else "",
        chart=_kind_of_chart(table),
        unit=unit,
        source=source,
    )
