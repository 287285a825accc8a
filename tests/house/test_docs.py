"""What is written down is what is there: settings, commands, targets, modules."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import fields
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from khabarayn.cli import cli
from khabarayn.settings import PREFIX, VERSION, Settings
from khabarayn.web import caching
from khabarayn.web.editions import ranges

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MODULES = sorted(
    path
    for folder in ("khabarayn", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "fixtures" not in path.parts
)


def commands(group: click.Group, above: str = "khabarayn") -> dict[str, click.Command]:
    """Return every command that does something, by the words that are typed."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = f"{above} {name}"
        if isinstance(command, click.Group):
            found |= commands(command, words)
        else:
            found[words] = command
    return found


def chapters(path: Path) -> dict[str, str]:
    """Return the text under each «### `heading`» of a document."""
    parts = re.split(r"^### `([^`]+)`.*$", path.read_text("utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_setting_is_documented_and_nothing_else():
    said = set(chapters(DOCS / "settings.md"))
    assert said == {PREFIX + field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_a_setting_is_documented_with_its_default(field):
    text = chapters(DOCS / "settings.md")[PREFIX + field.name.upper()]
    default = field.default
    if isinstance(default, tuple):
        shown = ",".join(default)
    elif isinstance(default, bool):
        shown = str(int(default))
    else:
        shown = str(default)
    assert f"Default: `{shown}`" in text if shown else "Default: empty" in text


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_a_setting_is_read_by_something(field):
    """Beside `Settings.checked`, which only looks whether it could be used."""
    owners = {"settings", "self", "paper()", "press", "usual", "_usual()", "base"}
    for path in (ROOT / "khabarayn").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        checked = [
            part for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name == "checked"
            for part in ast.walk(node)
        ]  # fmt: skip
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr != field.name or node in checked:
                continue
            if ast.unparse(node.value) in owners:
                return
    pytest.fail(f"nothing obeys {PREFIX}{field.name.upper()}")


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION


def test_every_command_is_documented_once_and_nothing_else():
    text = (DOCS / "commands.md").read_text("utf-8")
    assert sorted(re.findall(r"^### `([^`]+)`", text, re.M)) == sorted(commands(cli))


# Asked for by name, never imported: the zones of the standard library.
BY_NAME = {"tzdata"}


def test_every_package_that_runs_with_the_site_is_imported():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    named = {re.split(r"[\[<>=~ ]", line)[0] for line in wanted}
    imported = set()
    for path in (ROOT / "khabarayn").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
    packages = packages_distributions()
    used = {name.lower().replace("_", "-") for one in imported for name in packages.get(one, ())}
    assert named - used == BY_NAME


def test_the_files_that_make_calls_are_there():
    text = (ROOT / "Makefile").read_text("utf-8")
    called = set(re.findall(r"(?<![\w/])\.ci/[a-z-]+", text))
    assert len(called) > 8
    assert [name for name in sorted(called) if not (ROOT / name).is_file()] == []
    modules = set(re.findall(r"\$\(PY\) -m ([a-z.]+)", text)) - {"pytest"}
    assert {"khabarayn", "bench.weight", "pictures"} <= modules
    for name in modules:
        place = (ROOT / ".ci" if name == "pictures" else ROOT) / name.replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), name


def test_the_addresses_say_how_long_an_answer_may_be_kept():
    said = " ".join((DOCS / "addresses.md").read_text("utf-8").split())
    for words in (caching.PAGE, caching.FRESH, ranges.CACHE, "private, no-store"):
        assert f"`{words}`" in said or f"`Cache-Control: {words}`" in said


@pytest.mark.parametrize("words", commands(cli))
def test_a_command_is_documented_with_every_option(words):
    text = chapters(DOCS / "commands.md")[words]
    for parameter in commands(cli)[words].params:
        name = (
            parameter.human_readable_name
            if isinstance(parameter, click.Argument)
            else max(parameter.opts, key=len)
        )
        assert f"`{name}" in text, f"{words} {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_first_what_lives_in_it(module):
    text = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert text, "no docstring"
    first = text.splitlines()[0]
    assert 10 < len(first) < 120
    assert text.split("\n\n")[0].rstrip().endswith((".", "?", "!", ":"))


@pytest.mark.parametrize("name", ["README.md", "README.ar.md"])
@pytest.mark.parametrize("words", ["make run", "make test"])
def test_the_readme_names_both_commands(name, words):
    assert words in (ROOT / name).read_text("utf-8")


def test_every_make_target_explains_itself():
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", text, re.M))
    explained = set(re.findall(r"^([a-z][a-z-]*):[^#\n]*## \S", text, re.M))
    assert targets - explained == {"setup-run", "setup-dev", "setup-test"}


def test_decisions_are_numbered_and_have_their_three_parts():
    records = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(path.name[:3]) for path in records]
    assert len(set(numbers)) == len(numbers), "two decisions have one number"
    for path in records:
        text = path.read_text("utf-8")
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{path.name} lacks {part}"


def test_links_between_documents_lead_somewhere():
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} leads to {target}"


def test_the_development_lock_holds_all_of_the_runtime_lock():
    pins = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.M)
    runtime = set(pins.findall((ROOT / "requirements.lock").read_text("utf-8")))
    development = set(pins.findall((ROOT / "requirements-dev.lock").read_text("utf-8")))
    assert len(runtime) > 30
    assert runtime <= development
