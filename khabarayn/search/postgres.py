"""Search in PostgreSQL: the same words as a text vector, asked and ranked alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from khabarayn.search.document import BREAK, FIELDS
from khabarayn.search.port import Group, Match, Order, values_of, within
from khabarayn.store.db import INDEX, db

WEIGHTS = "{0.1, 0.4, 0.3, 1.0}"  # D (body), C (tags), B (standfirst), A (headline)
# PostgreSQL refuses positions above 16383 and keeps 256 of a word.
LAST_POSITION = 16_383
POSITIONS = 255
EXACT = "="
LABEL = "@"
LEAD = "^"
# Rarer than this, what matches is fetched by the index and then sorted; of what is more common,
# PostgreSQL may walk from the newest story backwards.
COMMON = 20_000


def vector_of(document: Any) -> str:
    """Return the text vector of a document as PostgreSQL writes it: stems with place and weight,
    folded words after «=», stems of headline, standfirst and tags after «^», labels after «@».
    The index knows no weights, so a search of these fields alone has words of its own.

    >>> from types import SimpleNamespace
    >>> vector_of(SimpleNamespace(head="زير", standfirst="", tags="", body="زير",
    ...                           exact="الوزير ¶", labels="s3"))
    "'زير':1A,5D '=الوزير' '^زير' '@s3'"
    """
    places: dict[str, list[str]] = {}
    position = 0
    for field, weight in zip(FIELDS, "ABCD", strict=True):
        for word in getattr(document, field).split():
            position += 1
            positions = places.setdefault(word, [])
            if len(positions) < POSITIONS:
                positions.append(f"{min(position, LAST_POSITION)}{weight}")
        position += 1  # no phrase runs from one field into the next
    stems = [f"{_quote(word)}:{','.join(positions)}" for word, positions in places.items()]
    exact = [_quote(EXACT + word) for word in dict.fromkeys(document.exact.split())]
    leading = f"{document.head} {document.standfirst} {document.tags}".split()
    lead = [_quote(LEAD + word) for word in dict.fromkeys(leading)]
    labels = [_quote(LABEL + label) for label in document.labels.split()]
    exact_words = (word for word in exact if word != _quote(EXACT + BREAK))
    return " ".join([*stems, *exact_words, *lead, *labels])


def put(rows: Sequence[Any]) -> None:
    """Write the vectors of documents (rows or values with a ``key``)."""
    statement = text(f"INSERT INTO {INDEX} (key, vector) VALUES (:key, CAST(:vector AS tsvector))")
    db.session.execute(statement, [{"key": row.key, "vector": vector_of(row)} for row in rows])


class PostgreSQL:
    """ts_rank reads every vector it weighs, so far fewer stories than in FTS5 are weighed."""

    budget = 1_000

    def keys(self, match: Match, order: Order, limit: int) -> Sequence[int]:
        """Return the keys of at most ``limit`` matching documents, newest first, or the best by
        ts_rank among the newest ``budget`` matches, which bounds the cost of common words."""
        expression = expression_of(match)
        if not expression:
            return ()
        dfs = [group.df for group in match.groups]
        least = sum(dfs) if match.mode == "any" else min(dfs, default=COMMON)
        hint = "MATERIALIZED" if least < COMMON else "NOT MATERIALIZED"
        query = (
            f"WITH found AS {hint} (SELECT key FROM {INDEX} WHERE {_where(match)}) "
            "SELECT key FROM found ORDER BY key DESC LIMIT "
        )
        if order == "newest":
            query += ":limit"
        else:
            query = (
                f"SELECT key FROM ({query} {self.budget}) AS newest JOIN {INDEX} USING (key) "
                f"ORDER BY ts_rank('{WEIGHTS}', vector, CAST(:expression AS tsquery), 1) DESC, "
                "key DESC LIMIT :limit"
            )
        with _by_index():
            return db.session.scalars(text(query), values_of(match, expression, limit)).all()

    def count(self, match: Match, cap: int) -> int:
        """Return how many documents match, at most ``cap``: the scan stops there."""
        expression = expression_of(match)
        if not expression:
            return 0
        inner = f"SELECT 1 FROM {INDEX} WHERE {_where(match)} LIMIT :limit"
        query = f"SELECT count(*) FROM ({inner}) AS found"
        with _by_index():
            return db.session.scalar(text(query), values_of(match, expression, cap)) or 0


@contextmanager
def _by_index() -> Iterator[None]:
    """Keep the planner from reading the whole table: it takes each vector for a few bytes beside
    the row, while every one of them has to be fetched from elsewhere (40 ms against 1)."""
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    db.session.execute(text("SET LOCAL enable_seqscan = on"))


def _where(match: Match) -> str:
    return "vector @@ CAST(:expression AS tsquery)" + within(match, "key")


def expression_of(match: Match) -> str:
    """Return ``match`` as a tsquery, every term quoted.

    >>> from khabarayn.search.port import Form
    >>> expression_of(Match((Group("x", (Form("زير"), Form("ئيس", .5))),), lead=True))
    "('^زير' | '^ئيس')"
    """
    parts = [part for part in (_group(group, match.lead) for group in match.groups) if part]
    if match.mode == "any":
        clauses = [f"({' | '.join(parts)})"] if parts else []
    elif match.mode == "most" and len(parts) > 2:
        rests = (parts[:n] + parts[n + 1 :] for n in range(len(parts)))
        clauses = ["(" + " | ".join(f"({' & '.join(rest)})" for rest in rests) + ")"]
    else:
        clauses = parts
    clauses += [_quote(LABEL + label) for label in match.labels]
    if not clauses:
        return ""
    clauses += [f"!({_phrase(words)})" for words in match.exclusions]
    clauses += [f"!{_quote(LABEL + label)}" for label in match.without]
    return " & ".join(clauses)


def _group(group: Group, lead: bool) -> str:
    mark = LEAD if lead else ""
    terms = [
        f"({_phrase(form.term.split(), ':ABC' if lead else '')})"
        if " " in form.term
        else _quote((EXACT if form.exact else mark) + form.term)
        for form in group.forms
    ]
    if group.phrase:
        terms.append(f"({_phrase(group.phrase, ':ABC' if lead else '')})")
    return f"({' | '.join(terms)})" if terms else ""


def _phrase(words: Iterable[str], weights: str = "") -> str:
    return " <-> ".join(_quote(word) + weights for word in words)


def _quote(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
