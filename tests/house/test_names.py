"""Names say the thing that they hold: no bare participle, no word with a meaning of our own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "khabarayn"

# Words that once meant something in this project alone, and where they have their common meaning.
PRIVATE = {
    "darkroom": (),
    "dress": (),
    "hand": (),
    "house": (),
    "keep": (),
    # Of the alphabet, on an icon, and the genre of a reader's letter.
    "letter": ("khabarayn/arabic", "khabarayn/face", "khabarayn/article/genre.py"),
    "look": (),
    "plant": (),
    "settle": (),
    "shelf": ("templates/components/shelf.html",),  # what a reader's device has saved
    "shown": (),
    "slow": (),
    "spread": (),
    "tell": (),
    "typed": (),
    "way": (),
}
# Participles that are terms of the trade, by what they name.
TERMS = {
    "folded",  # a word in the form in which spellings are compared
    "hit",
    "left",  # the side, beside `top` and `right`
    "modified",  # when, in Open Graph
    "published",  # when, in feeds, sitemaps and signed statements
    "related",  # stories beside a story
    "shot",  # a picture of the screen
    "updated",  # when, in feeds
    # Constants that name a state of a story or of an import.
    "accepted",
    "refused",
    "scheduled",
    "sponsored",
    "unchanged",
    "withdrawn",
}
IRREGULAR = frozenset(
    re.findall(
        r"\w+",
        """begun bent born borne bound bought bred broken brought built burnt cast caught chosen
        clad cut dealt done drawn driven dug eaten fallen felt flung fought found forgotten frozen
        given gone got grown heard held hidden hit hung hurt kept knit known laid leant led left
        lent lit lost made meant met mistaken mown overtaken paid redrawn rewritten ridden risen
        said sawn seen sent sewn shaken shone shorn shot shown shut slain slept slid slung sold
        spent spun stolen stood strewn struck strung stuck sung sunk swept swollen sworn swung taken
        taught thought thrown told torn trodden understood undone unfound unknown unread unseen
        unsent unwritten woken won worn wound woven written withdrawn withheld""",
    )
)
NOUNS = {
    "bed",
    "breed",
    "deed",
    "embed",
    "feed",
    "hundred",
    "need",
    "red",
    "seed",
    "shed",
    "speed",
    "weed",
}


class Name(NamedTuple):
    """One name that the package defines; ``states`` says that it answers yes or no."""

    word: str
    place: str
    states: bool


def is_participle(word: str) -> bool:
    """Say whether a name is one past participle and nothing else.

    >>> [is_participle(word) for word in ("found", "_KEPT", "found_rows", "feed", "refused")]
    [True, True, False, False, True]
    """
    bare = word.strip("_")
    if not bare.isalpha() or re.search("[a-z][A-Z]", bare):
        return False
    bare = bare.lower()
    return bare in IRREGULAR or (len(bare) > 3 and bare.endswith("ed") and bare not in NOUNS)


def _is_bool(annotation: ast.expr | None) -> bool:
    return annotation is not None and re.fullmatch(
        r"(Mapped\[)?bool( \| None)?\]?", ast.unparse(annotation)
    ) is not None  # fmt: skip


def _stored(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield what an assignment, a loop or a comprehension names, and whether that is yes or no."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=word) | ast.Attribute(attr=word)):
            yield word, _is_bool(node.annotation)
        case ast.Name(ctx=ast.Store(), id=word):
            yield word, False
        case ast.Attribute(ctx=ast.Store(), value=ast.Name(id="self"), attr=word):
            yield word, False


def _flags(tree: ast.Module) -> set[str]:
    """Return the names that are annotated as yes or no, or assigned True or False."""
    flags: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and _is_bool(node.annotation):
            flags |= {word for word, _ in _stored(node)}
        elif isinstance(node, ast.Assign) and ast.unparse(node.value) in {"True", "False"}:
            flags |= {w for t in node.targets for part in ast.walk(t) for w, _ in _stored(part)}
    return flags


@cache
def names() -> tuple[Name, ...]:
    """Return the names of functions, classes, parameters, fields and variables of the package."""
    result: list[Name] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "versions" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        flags, where = _flags(tree), path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            place = f"{where}:{getattr(node, 'lineno', 0)}"
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    result.append(Name(node.name, place, _is_bool(node.returns)))
                case ast.arg():
                    result.append(Name(node.arg, place, _is_bool(node.annotation)))
                case ast.alias(asname=str(alias)):
                    result.append(Name(alias, place, False))
                case ast.ClassDef():
                    bases = " ".join(map(ast.unparse, node.bases))
                    error = re.search(r"(Error|Exception|Refused)\b", bases) is not None
                    result.append(Name(node.name, place, error))
                case _:
                    result += [Name(word, place, word in flags) for word, _ in _stored(node)]
    return tuple(result)


def test_a_name_is_no_bare_participle():
    """«found» says what happened to a thing; its name says what the thing is. A participle that
    answers yes or no, an error that says what happened, and the terms of the trade may stay."""
    bare = [
        f"{name.place} {name.word}"
        for name in names()
        if is_participle(name.word) and not name.states
        if name.word.strip("_").lower() not in TERMS
    ]
    assert not bare, "\n".join(bare)


def test_a_term_of_the_trade_is_used():
    used = {name.word.strip("_").lower() for name in names()}
    assert not TERMS - used


@pytest.mark.parametrize("word", sorted(PRIVATE))
def test_a_word_of_our_own_names_nothing(word):
    """Not a function, class, parameter or variable, and not a module or template."""
    places = {
        f"{name.place} {name.word}" for name in names() if name.word.strip("_").lower() == word
    }
    for folder in ("khabarayn", "templates"):
        places |= {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(f"{word}.*")}
    assert not [place for place in sorted(places) if not place.startswith(PRIVATE[word])]
