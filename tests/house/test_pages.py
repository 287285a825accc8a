"""A template says exactly what its page carries, and a page carries only what is said."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest
from jinja2 import Environment, meta, nodes

from khabarayn import web
from khabarayn.web.page import Page

# What Flask puts into every template by itself.
FLASK = {"request", "session", "g", "config"}


def all_pages() -> list[type[Page]]:
    for module in pkgutil.walk_packages(web.__path__, "khabarayn.web."):
        importlib.import_module(module.name)
    found, waiting = set(), [Page]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found |= set(children)
    return sorted(found, key=lambda page: (page.__module__, page.__name__))


def spoken(env: Environment, name: str) -> set[str]:
    """Return what ``name``, the layout it extends and the pieces it includes expect to be told."""
    assert env.loader
    tree = env.parse(env.loader.get_source(env, name)[0])
    said = meta.find_undeclared_variables(tree) - imported(tree)
    for kind in (nodes.Extends, nodes.Include):
        for node in tree.find_all(kind):
            if isinstance(node.template, nodes.Const):
                said |= spoken(env, node.template.value)
    # What a template sets itself, for its layout to read, nobody needs to tell it.
    set_here = (target.name for node in tree.find_all(nodes.Assign) for target in [node.target]
                if isinstance(target, nodes.Name))  # fmt: skip
    return said - set(set_here)


def imported(tree: nodes.Template) -> set[str]:
    names = (name for node in tree.find_all(nodes.FromImport) for name in node.names)
    whole = {node.target for node in tree.find_all(nodes.Import)}
    whole |= {node.name for node in tree.find_all(nodes.Macro)}
    return {name if isinstance(name, str) else name[1] for name in names} | whole


def given_to_all(app) -> set[str]:
    """Return what the house tells every template."""
    told: set[str] = set(app.jinja_env.globals) | FLASK
    with app.test_request_context():
        for processor in app.template_context_processors[None]:
            told |= set(processor())
    return told


PAGES = all_pages()


def test_there_are_pages():
    assert len(PAGES) > 15


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_a_page_is_a_frozen_value(kind):
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_the_template_says_exactly_what_the_page_carries(app, kind):
    said = spoken(app.jinja_env, kind.template) - given_to_all(app)
    assert said == {field.name for field in fields(kind)}


def test_every_whole_template_belongs_to_a_page(app):
    owned = {page.template for page in PAGES}
    whole = {
        name
        for name in app.jinja_env.list_templates()
        if name.split("/")[0] not in {"layouts", "components"} and name.endswith(".html")
    }
    assert whole == {name for name in owned if name.endswith(".html")}
