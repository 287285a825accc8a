"""What thousands of applications under test need not work out anew.

Each test has an application of its own, for what one leaves behind the next must not see. Two
things that it works out are the same every time and say nothing about it: the code that werkzeug
writes for each route, and the SQL that SQLAlchemy writes for each statement. Together they took
more than half of the processor's time. Both are kept by the process here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

_compiled: dict[str, LRUCache[Any, Any]] = {}
_builders: dict[object, Callable[..., Any]] = {}


def remember_routes() -> None:
    """Compile the builders of a route once: they depend on its text and converters alone."""
    compile_builder = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        converters = tuple((name, type(one)) for name, one in sorted(rule._converters.items()))
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, tuple(rule._trace), converters, defaults, append_unknown)
        if key not in _builders:
            _builders[key] = compile_builder(rule, append_unknown)
        return _builders[key]

    Rule._compile_builder = remembered  # type: ignore[method-assign]


def share_compiled_statements(engine: Engine) -> None:
    """Let ``engine`` use the statements that others of its dialect have compiled.

    SQLAlchemy keys them by the dialect's identity; dialects of one class made with the same
    options write the same SQL.
    """
    _equal_by_class(type(engine.dialect))
    engine._compiled_cache = _compiled.setdefault(engine.dialect.name, LRUCache(5000))


@lru_cache
def _equal_by_class(kind: type[Dialect]) -> None:
    kind.__hash__ = lambda _one: hash(kind)  # type: ignore[method-assign,assignment]
    kind.__eq__ = lambda _one, other: type(other) is kind  # type: ignore[method-assign,assignment]
