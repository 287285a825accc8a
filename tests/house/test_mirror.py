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

# What has no file of its own is reached through what stands above it: by which file of tests.
ELSEWHERE = {
    "article/test_parse.py": "article/parse_parts.py",
    "cli/test_importing.py": "cli/import_plan.py cli/import_run.py",
    "cli/test_doctor.py": "cli/examination.py cli/language.py store/disk.py",
    "cli/test_setup.py": "cli/versions.py factory.py",
    "desk/arrange/test_face.py": (
        "face/clean.py face/lightness.py face/mark.py face/sheet.py media/wordmark.py "
        "messages/faces.py web/newsroom/arrange/face.py web/pwa/face.py"
    ),
    "desk/arrange/test_tags.py": (
        "desk/arrange/labels.py desk/arrange/reindex.py desk/stories/amend.py"
    ),
    "desk/pictures/test_replace.py": "article/pictures.py",
    "desk/stories/test_publish.py": "desk/stories/project.py",
    "edition/test_command.py": "cli/editions.py desk/front/edition_files.py",
    "edition/test_epub.py": "edition/epub_pages.py",
    "house/test_headers.py": "web/caching.py web/security.py",
    "ingest/test_export.py": "store/queries/ids.py",
    "journeys/test_newsroom.py": "web/reader/share.py",
    "journeys/test_reading.py": "web/fragments/front.py",
    "media/test_store.py": "media/s3.py",
    "related/test_engine.py": "related/clusters.py related/index.py related/reasons.py",
    "search/test_engine.py": "search/hits.py search/rank.py",
    "search/test_index.py": "store/models/search.py",
    "web/editions/test_editions.py": (
        "web/editions/files.py web/editions/handed.py web/editions/pages.py"
    ),
    "web/feeds/test_feeds.py": (
        "store/queries/feed.py store/queries/sitemap.py web/feeds/lists.py "
        "web/feeds/machines.py web/feeds/sitemaps.py web/pwa/manifest.py"
    ),
    "web/newsroom/arrange/test_arrange.py": (
        "web/newsroom/arrange/bylines.py web/newsroom/arrange/redirects.py "
        "web/newsroom/arrange/sections.py web/newsroom/arrange/settings.py "
        "web/newsroom/arrange/tags.py web/newsroom/arrange/words.py"
    ),
    "web/newsroom/arrange/test_status.py": "web/condition.py",
    "web/newsroom/arrange/test_rights.py": "desk/arrange/rights.py",
    "messages/test_editions.py": "messages/language.py",
    "web/newsroom/front/test_front_page.py": (
        "web/front_page.py web/newsroom/front/bulletin.py web/newsroom/front/editions.py "
        "web/newsroom/languages.py"
    ),
    "web/newsroom/people/test_account.py": (
        "web/newsroom/people/auth.py web/newsroom/people/auth_library.py "
        "web/newsroom/people/auth_settings.py web/newsroom/people/sign_in.py"
    ),
    "web/newsroom/people/test_audit.py": "store/queries/audit.py",
    "web/newsroom/people/test_forgotten.py": "web/newsroom/people/background_mail.py",
    "web/newsroom/people/test_people.py": "cli/greeting.py web/newsroom/people/join.py",
    "web/newsroom/people/test_throttle.py": "desk/people/sign_in.py",
    "web/newsroom/pictures/test_library.py": (
        "web/newsroom/pictures/pictured.py web/newsroom/pictures/upload.py web/reader/media.py"
    ),
    "web/newsroom/stories/test_assist.py": "desk/stories/insets.py messages/related.py",
    "web/newsroom/stories/test_edit.py": (
        "desk/stories/preview.py web/newsroom/stories/context.py web/newsroom/stories/merge.py "
        "web/newsroom/stories/preview.py"
    ),
    "web/newsroom/stories/test_preview_links.py": "web/newsroom/stories/duplicate.py",
    "web/newsroom/test_matrix.py": "web/newsroom/addresses.py",
    "web/pwa/test_sync.py": "store/queries/sync.py",
    "web/reader/test_article.py": "web/fragments/links.py web/page.py",
    "web/reader/test_lists.py": "web/fragments/lists.py web/listing.py",
    "web/reader/test_meta.py": "web/site.py",
    "web/test_sessions.py": "web/newsroom/people/held.py",
    "wire/test_htmlpage.py": "wire/pagebody.py",
    "wire/test_ninjs.py": "wire/ninjsread.py",
}
_BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.Match, ast.BoolOp, ast.comprehension,
)  # fmt: skip

HOMES = [
    path.relative_to(TESTS).as_posix()
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.relative_to(TESTS).parts[0] not in ACROSS
]


@pytest.mark.parametrize("name", HOMES)
def test_a_test_stands_in_the_folder_of_what_it_tests(name):
    """Under the module's own name, or, where it tests several modules or a page, beside them."""
    assert (PACKAGE / name).parent.is_dir(), "no such folder in the package"


def has_branches(tree: ast.Module) -> bool:
    """Say whether any function of a module takes more than one way."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return any(isinstance(part, _BRANCHES) for node in functions for part in ast.walk(node))


def imported() -> set[str]:
    """Return every module of the package that some test imports, or imports a name from."""
    found: set[str] = set()
    for path in TESTS.rglob("*.py"):
        if path.relative_to(TESTS).parts[0] == "house":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
            elif isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
    return found


def test_every_module_that_decides_something_has_tests():
    """A file under its path, doctests, a test that imports it, or its line in `ELSEWHERE`."""
    through = {module for modules in ELSEWHERE.values() for module in modules.split()}
    names, untested = imported(), []
    for path in sorted(PACKAGE.rglob("*.py")):
        name, text = path.relative_to(PACKAGE), path.read_text("utf-8")
        if "migrations" in name.parts or not has_branches(ast.parse(text)):
            continue
        own = TESTS / name.parent / f"test_{name.name}"
        module = ".".join(("khabarayn", *name.with_suffix("").parts)).removesuffix(".__init__")
        if not (own.is_file() or ">>> " in text or module in names or name.as_posix() in through):
            untested.append(name.as_posix())
    assert not untested, "\n".join(untested)


def test_what_is_said_to_be_tested_elsewhere_stands_there():
    for tests, modules in ELSEWHERE.items():
        assert (TESTS / tests).is_file(), tests
        for module in modules.split():
            assert (PACKAGE / module).is_file(), module


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
