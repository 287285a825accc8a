"""Search in SQLite's FTS5: the match expression, and what is asked with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import text

from khabarayn.search.port import Group, Match, Order, values_of, within
from khabarayn.store.db import INDEX, db

LEAD = "{head standfirst tags}"
STEMS = "{head standfirst tags body}"
# In the order of the table's columns; `labels` only filters.
WEIGHTS = (8.0, 3.0, 4.0, 1.0, 1.0, 0.0)


class FTS5:
    """bm25 reads the list of every word twice, a fair price up to ``budget`` stories."""

    budget = 12_000

    def keys(self, match: Match, order: Order, limit: int) -> Sequence[int]:
        """Return the row ids of at most ``limit`` matching documents, best first by bm25 or newest
        first."""
        expression = expression_of(match)
        if not expression:
            return ()
        ranking = f"bm25({INDEX}, {', '.join(map(str, WEIGHTS))})"
        by = ranking if order == "best" else "rowid DESC"
        query = f"SELECT rowid FROM {INDEX} WHERE {_where(match)} ORDER BY {by} LIMIT :limit"
        return db.session.scalars(text(query), values_of(match, expression, limit)).all()

    def count(self, match: Match, cap: int) -> int:
        """Return how many documents match, at most ``cap``: the scan stops there."""
        expression = expression_of(match)
        if not expression:
            return 0
        inner = f"SELECT rowid FROM {INDEX} WHERE {_where(match)} LIMIT :limit"
        query = f"SELECT count(*) FROM ({inner})"
        return db.session.scalar(text(query), values_of(match, expression, cap)) or 0


def _where(match: Match) -> str:
    return f"{INDEX} MATCH :expression" + within(match, "rowid")


def expression_of(match: Match) -> str:
    """Return ``match`` in FTS5's query language; every term is quoted, so nothing a reader types
    is ever read as syntax.

    >>> from khabarayn.search.port import Form
    >>> expression_of(Match((Group("x", (Form("زير"),)), Group("y", (Form("NOT"),)))))
    '({head standfirst tags body} : "زير") AND ({head standfirst tags body} : "NOT")'
    """
    columns = LEAD if match.lead else STEMS
    parts = [group for group in (_group(group, columns) for group in match.groups) if group]
    if match.mode == "any":
        clauses = [" OR ".join(parts)] if parts else []
    elif match.mode == "most" and len(parts) > 2:
        rests = (parts[:n] + parts[n + 1 :] for n in range(len(parts)))
        clauses = [" OR ".join(f"({' AND '.join(rest)})" for rest in rests)]
    else:
        clauses = parts
    clauses += [f'labels : "{label}"' for label in match.labels]
    expression = " AND ".join(f"({part})" if " OR " in part else part for part in clauses)
    exclusions = [f"{STEMS} : {_quote(words)}" for words in match.exclusions]
    exclusions += [f'labels : "{label}"' for label in match.without]
    out = " OR ".join(exclusions)
    return f"({expression}) NOT ({out})" if expression and out else expression


def _group(group: Group, columns: str) -> str:
    stems = [_quote((form.term,)) for form in group.forms if not form.exact]
    exact = [_quote((form.term,)) for form in group.forms if form.exact]
    parts = []
    if stems:
        parts.append(f"{columns} : {stems[0]}" if len(stems) == 1 else _among(columns, stems))
    if exact:
        parts.append(_among("exact", exact))
    if group.phrase:
        parts.append(f"{columns} : {_quote(group.phrase)}")
    return f"({' OR '.join(parts)})" if parts else ""


def _among(columns: str, terms: Iterable[str]) -> str:
    return f"{columns} : ({' OR '.join(terms)})"


def _quote(words: Iterable[str]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'
