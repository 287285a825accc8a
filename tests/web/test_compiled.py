"""Compiled templates outlive the process, and never stand between a reader and a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import khabarayn
from khabarayn import create_app

LITERAL = re.compile(r"""\{\{-?\s*(?:"[^"]*"|'[^']*'|\d+)\s*\|(?!\s*format\()""")


@pytest.fixture
def templates(settings) -> Path:
    """A folder of compiled templates of its own."""
    folder = settings.data_dir / "templates"
    folder.unlink()
    folder.mkdir()
    return folder


def test_a_second_start_compiles_no_template(settings, templates, monkeypatch):
    first = create_app(settings)
    with first.test_request_context():
        first.jinja_env.get_template("reader/settings.html")
    assert list(templates.rglob("*.cache"))
    second = create_app(settings)
    monkeypatch.setattr(type(second.jinja_env), "compile", None)
    with second.test_request_context():
        second.jinja_env.get_template("reader/settings.html")


@pytest.mark.parametrize("content", [b"", b"half of one"])
def test_what_a_killed_server_left_half_written_is_compiled_anew(settings, templates, content):
    first = create_app(settings)
    with first.test_request_context():
        first.jinja_env.get_template("reader/settings.html")
    (kept,) = [one for one in templates.rglob("*.cache") if one.stat().st_size]
    kept.write_bytes(kept.read_bytes()[:40] + content)
    second = create_app(settings)
    with second.test_request_context():
        second.jinja_env.get_template("reader/settings.html")
    assert len(kept.read_bytes()) > 100


def test_a_disk_without_room_costs_a_page_nothing(settings, templates, monkeypatch):
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", full)
    app = create_app(settings)
    with app.test_request_context():
        app.jinja_env.get_template("reader/settings.html")
    assert not list(templates.rglob("*.cache"))


def test_no_literal_is_filtered_while_a_template_is_compiled():
    """Jinja would fold it into the compiled template, in the language of whoever came first."""
    root = Path(khabarayn.__file__).resolve().parents[1] / "templates"
    wrong = [
        f"{path.relative_to(root)}: {found[0]}"
        for path in root.rglob("*.*")
        for found in LITERAL.finditer(path.read_text("utf-8"))
    ]
    assert wrong == []
