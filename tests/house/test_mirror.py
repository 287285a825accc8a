"""Tests stand where the module stands that they test, and public things say what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, TESTS = ROOT / "khabarayn", ROOT / "tests"
# They test the house itself, what readers and editors do across pages, and scripts.
ACROSS = {"house", "browser", "journeys", "js"}

HOMES = [
    path.relative_to(TESTS).as_posix()
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.relative_to(TESTS).parts[0] not in ACROSS
]


@pytest.mark.parametrize("name", HOMES)
def test_a_test_stands_in_the_folder_of_what_it_tests(name):
    """Under the module's own name, or, where it tests several modules or a page, beside them."""
    assert (PACKAGE / name).parent.is_dir(), "no such folder in the package"


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield every public function and class of a module, and the public methods of the classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                    yield part


def test_every_public_thing_says_what_it_is():
    silent = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in public(ast.parse(path.read_text("utf-8"))):
            if not ast.get_docstring(node):
                silent.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}")
    assert not silent, "\n".join(silent)


def test_a_docstring_is_more_than_the_name_again():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in public(ast.parse(path.read_text("utf-8"))):
            text = ast.get_docstring(node) or "an honest sentence"
            said = text.splitlines()[0].lower().rstrip(".").replace(" ", "_")
            assert said != node.name.lower(), f"{path.name}:{node.lineno}"
