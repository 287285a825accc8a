"""Imports run downhill: a floor may use the floors below it, never above and never beside."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "khabarayn"
FLOORS = (
    # What the server process opens: above the web, because it stands before it.
    ("server",),
    ("web", "cli"),
    # A door too, but one that the command opens.
    ("worker",),
    ("demo",),
    ("ingest",),
    ("desk",),
    ("messages",),
    ("backup",),
    ("search", "related", "media", "edition", "jobs"),
    ("migrations",),
    ("store",),
    ("article", "wire", "face"),
    ("settings", "logs", "metrics"),
    ("arabic",),
)
# Carried inside an installed wheel: templates, static files, translations; no code.
CARRIED = "_site"
MAP = PACKAGE.parent / "docs/map.md"
LEVEL = {room: len(FLOORS) - n for n, rooms in enumerate(FLOORS) for room in rooms}
# Rooms that know neither HTTP nor a database.
PURE = {"arabic", "article", "wire", "face"}
OUTSIDE = ("flask", "flask_sqlalchemy", "flask_babel", "sqlalchemy", "werkzeug", "jinja2")
HTTP_WORDS = {"abort", "make_response", "redirect", "render_template", "request", "Response",
              "session", "url_for"}  # fmt: skip
# The two places of the web that look after the connection itself.
SPEAK_TO_THE_DATABASE = {"web/health.py", "web/errors.py"}
# Modules that may load another late: because most papers never need its heavy library,
# because a command needs only its own, or because a filled paper takes nothing in.
LOAD_LATE = {
    "media/store.py",
    "server/demo_site.py",
    "cli/__init__.py",
    "face/letters.py",
    "face/colour.py",
    # Prometheus' library: only where a token is set.
    "server/site.py",
    "web/metrics.py",
}
# What wires the house stands outside it.
OUTSIDE_THE_HOUSE = {"__init__.py", "__main__.py", "factory.py"}
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.parent != PACKAGE or path.name not in OUTSIDE_THE_HOUSE
)


def place(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def home(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the full name of everything that ``node`` and what is in it import."""
    for part in ast.walk(node):
        if isinstance(part, ast.ImportFrom):
            yield from (f"{part.module}.{alias.name}" for alias in part.names)
        elif isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)


def rooms_named(module: Path) -> Iterator[str]:
    """Yield the rooms that ``module`` imports; «» for the wired house itself."""
    for name in imported(tree(module)):
        if name.startswith("khabarayn."):
            room = name.split(".")[1]
            known = (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file()
            yield room if known and f"{room}.py" not in OUTSIDE_THE_HOUSE else ""


each = pytest.mark.parametrize("module", MODULES, ids=place)


def drawn() -> list[tuple[str, dict[str, set[str]]]]:
    """Return the floors as the map draws them, the highest first: a name, and its rooms, each
    with the folders that stand in braces behind it."""
    floors = []
    for line in MAP.read_text("utf-8").split("```")[1].splitlines():
        # A floor, its rooms, and in a last column what they are.
        label, *columns = re.split(r"\s{2,}", line.strip())
        if re.fullmatch(r" [a-z]+ .*", line):
            rooms = dict(re.findall(r"([a-z]+)(?:/\{([a-z ]+)\})?", "  ".join(columns[:-1])))
            floors.append((label, {room: set(inside.split()) for room, inside in rooms.items()}))
    return floors


def test_every_room_stands_on_a_floor_and_every_floor_exists():
    rooms = {home(module) for module in MODULES}
    rooms |= {path.name for path in PACKAGE.iterdir() if path.is_dir() and "__" not in path.name}
    rooms |= {path.stem for path in PACKAGE.glob("*.py") if path.name not in OUTSIDE_THE_HOUSE}
    assert rooms - {CARRIED} == set(LEVEL)


def test_the_map_draws_the_rooms_of_the_package():
    """Floor for floor: but the two doors stand on one in the drawing as in the rule."""
    assert [set(rooms) for _, rooms in drawn()] == [set(floor) for floor in FLOORS]


@pytest.mark.parametrize("room", ["web", "desk"])
def test_the_map_draws_the_folders_of_a_room(room):
    said = next(rooms[room] for _, rooms in drawn() if room in rooms)
    assert said == {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}


FIVE = {"stories", "front", "pictures", "arrange", "people"}


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("khabarayn/desk", "*.py"),
        ("khabarayn/web/newsroom", "*.py"),
        ("templates/newsroom", "*.html"),
        ("tests/web/newsroom", "test_*.py"),
    ],
)
def test_the_newsroom_has_the_same_five_folders_everywhere(folder, kind):
    assert {path.parent.name for path in (PACKAGE.parent / folder).glob(f"*/{kind}")} == FIVE


@each
def test_imports_run_downhill(module):
    for room in rooms_named(module):
        if not room:
            assert home(module) in {"cli", "server", "worker"}, (
                "only the doors open the wired house"
            )
        elif room != home(module):
            assert LEVEL[room] < LEVEL[home(module)], f"{place(module)} reaches {room}"


@each
def test_imports_stand_at_the_top_with_their_whole_address(module):
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write the whole address: from khabarayn.room.module import x"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            assert not list(imported(node)), f"line {node.lineno} hides an import"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert place(module) in LOAD_LATE or called not in {
                "__import__",
                "import_module",
                "importlib.import_module",
            }


@each
def test_pure_rooms_know_neither_http_nor_a_database(module):
    if home(module) in PURE:
        found = {name.split(".")[0] for name in imported(tree(module))}
        assert not found & set(OUTSIDE)


@each
def test_http_is_spoken_only_in_the_web(module):
    if home(module) != "web":
        said = {name for name in imported(tree(module)) if name.startswith(("flask.", "werkzeug."))}
        assert not {name.rpartition(".")[2] for name in said} & HTTP_WORDS


@each
def test_the_web_asks_queries_and_verbs_and_never_the_database(module):
    if home(module) == "web" and place(module) not in SPEAK_TO_THE_DATABASE:
        names = set(imported(tree(module)))
        assert "khabarayn.store.db.db" not in names
        assert not any(name.startswith("khabarayn.store.models") for name in names)


@each
def test_the_rooms_of_the_web_do_not_import_each_other(module):
    parts = module.relative_to(PACKAGE).parts
    if parts[0] != "web":
        return
    own = parts[1] if len(parts) > 2 else ""
    for name in imported(tree(module)):
        if name.startswith("khabarayn.web."):
            other = name.split(".")[2]
            if (PACKAGE / "web" / other).is_dir():
                assert other == own, f"{place(module)} reaches into web/{other}"


def test_the_rule_sees_what_it_must():
    """The finder of imports is itself tried on code that breaks the rules."""
    bad = ast.parse("def f():\n    from khabarayn.web import page\n    import khabarayn.cli\n")
    assert list(imported(bad)) == ["khabarayn.web.page", "khabarayn.cli"]
