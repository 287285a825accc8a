"""Every template compiles, keeps its floor, and holds nothing that the policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import nodes
from lxml import html

from khabarayn.web.templating import direct_names, environment_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(
    path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()
)
PIECES = [name for name in NAMES if name.startswith(("fragments/", "components/"))]
PAGES = [name for name in NAMES if name.endswith(".html")]
CONTROLS = "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"
REFUSED = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=(?!=)", re.I),
    "a script in an address": re.compile(r"javascript:", re.I),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>", re.I
    ),
    "htmx without data-": re.compile(r"(?<![\w-])hx-[a-z]", re.I),
    "code in an htmx attribute": re.compile(
        r"data-hx-(?:on\b|vals=[\"']?js:|headers=[\"']?js:|boost)|data-hx-trigger=[\"'][^\"']*\["
    ),
    "an unescaped word": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}


def source(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def markup(name: str) -> str:
    """Return the template's HTML with its Jinja taken out, every expression a plain word."""
    text = re.sub(r"{#.*?#}", "", source(name), flags=re.S)
    text = re.sub(r"{%.*?%}", "", text, flags=re.S)
    return re.sub(r"{{.*?}}", "x", text, flags=re.S)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(app, name):
    assert app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_written_in_lines_that_can_be_read(name):
    assert max(map(len, source(name).split("\n"))) <= 200


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_has_no_layout(name):
    assert "{% extends" not in source(name)
    assert not re.search(r"<(?:html|head|body)\b", source(name))


@pytest.mark.parametrize("name", [n for n in PIECES if n.startswith("components/")])
def test_a_component_is_a_file_of_macros(name):
    outside = re.sub(r"{%-?\s*macro\b.*?endmacro\s*-?%}", "", source(name), flags=re.S)
    outside = re.sub(r"{#.*?#}|{%.*?%}", "", outside, flags=re.S)
    assert outside.strip() == ""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("what", REFUSED)
def test_a_template_holds_nothing_that_the_policy_refuses(name, what):
    text = re.sub(r"{#.*?#}", "", source(name), flags=re.S)
    # Data for machines, where only «<» could end the element.
    text = re.sub(r"replace\(\"<\", \"\\\\u003c\"\) \| safe", "", text)
    assert not REFUSED[what].search(text)


@pytest.mark.parametrize("name", PAGES)
def test_every_field_of_a_form_has_a_label(name):
    text = markup(name)
    if not text.strip():
        return
    tree = html.fromstring(f"<div>{text}</div>")
    named = {label.get("for") for label in tree.iter("label")}
    for control in tree.xpath(CONTROLS):
        labelled = (
            control.get("aria-label")
            or control.get("aria-labelledby")
            or (control.get("id") and control.get("id") in named)
            or any(parent.tag == "label" for parent in control.iterancestors())
        )
        assert labelled, html.tostring(control, encoding="unicode")


def test_the_rules_find_what_they_must():
    bad = {
        "an inline style": '<p style="x">',
        "an inline handler": '<p onclick="x">',
        "a script in an address": '<a href="javascript:x">',
        "an inline script": "<script>x</script>",
        "htmx without data-": '<p hx-get="/x">',
        "code in an htmx attribute": '<p data-hx-trigger="click[ctrlKey]">',
        "an unescaped word": "{{ x|safe }}",
    }
    assert set(bad) == set(REFUSED)
    for what, text in bad.items():
        assert REFUSED[what].search(text), what
    for good in ('<script src="/x.js" defer></script>', '<p data-hx-get="/x">',
                 '<script type="application/ld+json">{}</script>'):  # fmt: skip
        assert not any(rule.search(good) for rule in REFUSED.values()), good


def free_names(body: list[nodes.Node]) -> set[str]:
    """Return the names that ``body`` takes from around it."""
    names = [name for node in body for name in [*node.find_all(nodes.Name), node]
             if isinstance(name, nodes.Name)]  # fmt: skip
    return {name.name for name in names if name.ctx == "load"} - {
        name.name for name in names if name.ctx != "load"
    }


@pytest.mark.parametrize("name", [name for name in PAGES if "{% cache" in source(name)])
def test_a_cached_piece_says_nothing_that_its_key_does_not_name(app, name):
    tree = app.jinja_env.parse(source(name))
    own = direct_names(tree) | {"loop", "_"}
    for piece in tree.find_all(nodes.CallBlock):
        key = {found.name for found in piece.call.args[1].find_all(nodes.Name)}
        if isinstance(piece.call.args[1], nodes.Name):
            key.add(piece.call.args[1].name)
        assert free_names(piece.body) - own <= key


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_no_word_and_guards_no_macro_while_it_is_drawn(app, name):
    with app.test_request_context():
        environment = environment_of(app, "ar")
        assert environment.loader
        code = environment.compile(source(name), name, raw=True)
    tree = environment.parse(source(name))
    assert not re.search(r"context\.call\(\(undefined\(name='_'\)|resolve\('_'\)", code)
    guarded = set(re.findall(r"context\.call\((?:\(undefined[^)]*\) if )?l_\d+_(\w+)", code))
    assert not guarded & direct_names(tree)
