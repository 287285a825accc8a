"""Strict rooms stay strict, and what is declared of untyped libraries is true of them."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TYPINGS = ROOT / ".ci" / "typings"
STRICT = ["arabic", "article", "desk", "store"]
# Words that turn the checker off, in the strict rooms; each has its reason beside it in the code.
ALLOWED = {
    # flask-security's mixins declare columns as plain attributes.
    "store/models/user.py": 1,
    # psycopg has no public name for what its own `wait` raises.
    "store/patience.py": 1,
}
_OFF = re.compile(r"#\s*(?:type:\s*ignore|pyright:)")


def test_the_strict_rooms_are_whole_rooms():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["basedpyright"]
    assert settings["strict"] == [f"khabarayn/{room}" for room in STRICT]
    assert settings["stubPath"] == TYPINGS.relative_to(ROOT).as_posix()


def test_nobody_turns_the_checker_off_in_a_strict_room():
    found: dict[str, int] = {}
    for room in STRICT:
        for path in sorted((ROOT / "khabarayn" / room).rglob("*.py")):
            times = len(_OFF.findall(path.read_text("utf-8")))
            if times:
                found[path.relative_to(ROOT / "khabarayn").as_posix()] = times
    assert found == ALLOWED


def _declared() -> list[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    named: list[tuple[str, ast.FunctionDef | ast.ClassDef]] = []
    for path in sorted(TYPINGS.rglob("*.pyi")):
        module = path.relative_to(TYPINGS).with_suffix("").as_posix().replace("/", ".")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                named.append((module.removesuffix(".__init__"), node))
    return named


@pytest.mark.parametrize(
    ("module", "node"), _declared(), ids=lambda part: getattr(part, "name", part)
)
def test_what_is_typed_for_a_library_is_there_and_takes_these_arguments(module, node):
    thing = getattr(importlib.import_module(module), node.name)
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                _accepts(getattr(thing, part.name), part)
    else:
        _accepts(thing, node)


def _accepts(function: object, node: ast.FunctionDef) -> None:
    real = inspect.signature(function).parameters
    free = any(p.kind is p.VAR_KEYWORD for p in real.values())
    several = any(p.kind is p.VAR_POSITIONAL for p in real.values())
    names = [a.arg for a in (*node.args.args, *node.args.kwonlyargs)]
    strange = [n for n in names if n not in real and not free and not several]
    assert not strange, f"{node.name} does not take {strange}"
