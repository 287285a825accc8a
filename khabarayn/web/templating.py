"""Templates for one language each: words and addresses settled early, finished pieces cached.

A template is compiled once for every language of the interface (`environment_of`): what
``_("…")`` says is then part of it, macros that it imports or defines are called directly, and
``url_for`` remembers. ``{% cache a, b %}…{% endcache %}`` draws its body once for every value of
``a, b`` and appearance of the paper (`khabarayn.web.site.appearance`), and gives the same letters
again until the least used are let go; the body may name nothing else
(`tests/house/test_templates.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, request
from flask.templating import Environment as FlaskEnvironment
from flask_babel import get_locale
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from khabarayn.web.caching import PERSONAL
from khabarayn.web.site import appearance, tell_paper

# To be changed with what is compiled here.
COMPILER = 1
MAX_PIECES = 2048
# More than there are.
TEMPLATES = 1000
_WORDS = {"_", "gettext"}
_KEY = "khabarayn.templates"


class DirectCalls(CodeGenerator):
    """Calls macros of the template, imported or its own, and ``url_for`` without asking at every
    call whether they want the template's context: they do not."""

    _direct: frozenset[str] = frozenset()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Note which names stand for macros, and compile the template."""
        self._direct = direct_names(node)
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call."""
        name = node.node
        if (
            not isinstance(name, nodes.Name)
            or name.name not in self._direct
            or forward_caller
            or node.dyn_args
            or node.dyn_kwargs
        ):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(name, frame)
        self.write("(")
        for value in node.args:
            self.visit(value, frame)
            self.write(", ")
        for pair in node.kwargs:
            self.visit(pair, frame)
            self.write(", ")
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        # Jinja compares the names that both know first; what one page is told never is a global.
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r})._get_default_module()")


def direct_names(tree: nodes.Template) -> frozenset[str]:
    """Return the names that stand for nothing but a macro, or ``url_for``, in all of ``tree``."""
    names = {macro.name for macro in tree.find_all(nodes.Macro)} | {"url_for"}
    for statement in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in statement.names}
    others = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    return frozenset(names - others)


class Words(NodeTransformer):
    """Puts the words of one language in the place of ``_("…")``."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Return the text of a call whose message is constant, its variables filled in later."""
        node = self.generic_visit(node)  # pyright: ignore[reportAssignmentType]
        if (
            not isinstance(node.node, nodes.Name)
            or node.node.name not in _WORDS
            or node.dyn_args
            or node.dyn_kwargs
            or len(node.args) != 1
            or not isinstance(node.args[0], nodes.Const)
        ):
            return node
        text = self.translations.ugettext(node.args[0].value)
        if not node.kwargs:
            # As Jinja does: a text is a format, whether or not it has variables.
            return nodes.TemplateData(text % {}, lineno=node.lineno)
        pairs = [
            nodes.Pair(nodes.Const(kwarg.key), kwarg.value, lineno=node.lineno)
            for kwarg in node.kwargs
        ]
        data = nodes.TemplateData(text, lineno=node.lineno)
        return nodes.Mod(data, nodes.Dict(pairs, lineno=node.lineno), lineno=node.lineno)


class CacheTag(Extension):
    """``{% cache a, b %}…{% endcache %}``: a piece that is drawn once for each value of its key."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tags = {"cache"}
        self._cells = _cells()

    def bind(self, environment: Environment) -> CacheTag:
        """Return this extension for another environment, whose pieces are its own."""
        return CacheTag(environment)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the node of a cached piece."""
        line = next(parser.stream).lineno
        key = parser.parse_tuple(with_condexpr=False)
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}", lineno=line)
        call = self.call_method("cached_piece", [place, key], lineno=line)
        return nodes.CallBlock(call, [], [], body, lineno=line)

    def cached_piece(self, place: str, key: Hashable, caller: Callable[[], str]) -> str:
        """Return the piece at ``place`` for ``key``, drawn by ``caller`` if it is not there."""
        cell = self._cells(appearance(), place, key)
        if not cell:
            cell.append(caller())
        return cell[0]


def _cells() -> Callable[[str, str, Hashable], list[str]]:
    @lru_cache(maxsize=MAX_PIECES)
    def cell(appearance: str, place: str, key: Hashable) -> list[str]:
        # Two threads may draw the same piece at first: the same letters twice.
        del appearance, place, key
        return []

    return cell


class LanguageEnvironment(FlaskEnvironment):
    """Flask's environment, whose templates may be compiled for one language (``translations``)."""

    code_generator_class = DirectCalls
    translations: NullTranslations | None = None

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None,
        defer_init: bool = False,
    ) -> str:  # fmt: skip
        if self.translations is not None:
            source = Words(self.translations).visit(source)
        return super()._generate(source, name, filename, defer_init)


def environment_of(app: Flask, locale: str) -> Environment:
    """Return the templates of ``app`` compiled for the language ``locale``."""
    environments: dict[str, Environment] = app.extensions[_KEY]
    if locale not in environments:
        environments[locale] = _new_environment(app, locale)
    return environments[locale]


def _new_environment(app: Flask, locale: str) -> Environment:
    folder = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"])
    environment = cast("LanguageEnvironment", app.jinja_env.overlay(cache_size=TEMPLATES))
    environment.translations = Translations.load(str(folder), [locale])
    catalogue = folder / locale / "LC_MESSAGES" / "messages.mo"
    words = hashlib.sha256(catalogue.read_bytes()).hexdigest() if catalogue.is_file() else ""
    app.extensions["khabarayn.compiled"](environment, locale, words, COMPILER)
    return environment


def render(name: str, values: dict[str, Any]) -> str:
    """Return the template ``name`` in the language of the request, told ``values``."""
    app = current_app._get_current_object()  # pyright: ignore
    template = environment_of(app, str(get_locale() or "ar")).get_template(name)
    if request and request.path.startswith(PERSONAL):
        app.update_template_context(values)
        return template.render(values)
    # What the newsroom tells its templates costs a session, which readers have none of.
    return template.render({**tell_paper(), **values})


def register(app: Flask) -> None:
    """Let ``app`` keep its templates by language."""
    app.extensions[_KEY] = {}
    app.jinja_env.add_extension(CacheTag)
