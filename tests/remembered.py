"""What thousands of applications under test need not work out anew.

Each test has an application of its own, for what one leaves behind the next must not see. Three
things that it works out are the same every time and say nothing about it: the code that werkzeug
writes for each route, the SQL that SQLAlchemy writes for each statement, and the static files that
are joined, hashed and looked at. Together they took most of the processor's time. They are kept by
the process here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from khabarayn.settings import SITE
from khabarayn.web import assets

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


def remember_assets(kept: Path) -> None:
    """Build static files, and read what stands in their folder, once for all applications whose
    build folder leads to ``kept``; any other folder is built as ever."""
    build, look = assets.build, assets.WhiteNoise
    made: dict[Path, assets.Build] = {}
    looked: dict[str, Any] = {}

    def built(source: Path, target: Path) -> assets.Build:
        if target.resolve() != kept or source != SITE / "static":
            return build(source, target)
        if source not in made:
            made[source] = build(source, target)
        return replace(made[source], names=dict(made[source].names))

    def served(app: Any, root: str, **given: Any) -> Any:
        if Path(root).resolve() != kept:
            return look(app, root=root, **given)
        if not looked:
            looked.update(look(app, root=str(kept), **given).files)
        other = look(app, **given)
        other.files = dict(looked)
        return other

    assets.build, assets.WhiteNoise = built, served
