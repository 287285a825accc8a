"""Every word of the interface is in both catalogues, with all plural forms, and compiled."""

from __future__ import annotations

import ast
import gettext
import importlib.machinery
import importlib.util
import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[A-Za-z]")


def words_command():
    """Return the command ``.ci/words`` as a module."""
    loader = importlib.machinery.SourceFileLoader("words_command", str(ROOT / ".ci/words"))
    spec = importlib.util.spec_from_loader("words_command", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


WORDS = words_command()


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    return WORDS.gathered()


def kept(locale: str) -> Catalog:
    with WORDS.po_of(locale).open("rb") as source:
        return read_po(source, locale=locale)


def test_words_are_gathered_from_code_and_templates(gathered):
    places = {location[0].split("/")[0] for message in gathered for location in message.locations}
    assert {"khabarayn", "templates"} <= places


@pytest.mark.parametrize("locale", WORDS.LOCALES)
def test_a_catalogue_holds_exactly_the_words_that_are_said(gathered, locale):
    said = {message.id for message in gathered if message.id}
    assert {message.id for message in kept(locale) if message.id} == said


@pytest.mark.parametrize("locale", WORDS.LOCALES)
def test_every_word_is_translated_in_every_plural_form(locale):
    assert WORDS.untranslated(kept(locale)) == []


def test_arabic_has_its_six_plural_forms():
    assert kept("ar").num_plurals == 6


def test_english_is_written_in_english():
    for message in kept("en"):
        for text in message.string if isinstance(message.string, tuple) else [message.string]:
            # An example of what to type may stay Arabic inside an English sentence.
            arabic, latin = len(ARABIC.findall(text or "")), len(LATIN.findall(text or ""))
            assert not arabic or latin > arabic, message.id


@pytest.mark.parametrize("locale", WORDS.LOCALES)
def test_translations_keep_the_places_of_values(locale):
    names = re.compile(r"%\((\w+)\)[sd]")
    for message in kept(locale):
        # What waits for its translation is another test's concern.
        if not message.id or not message.string:
            continue
        plural = isinstance(message.id, tuple)
        wanted = set(names.findall(message.id[-1] if plural else message.id))
        for text in message.string if plural else [message.string]:
            # A plural form may say its number in words («خبران»).
            assert set(names.findall(text)) <= wanted, message.id
            assert plural or set(names.findall(text)) == wanted, message.id


@pytest.mark.parametrize("locale", WORDS.LOCALES)
def test_the_compiled_catalogue_is_fresh(gathered, locale):
    po = WORDS.as_po(WORDS.merged(locale, gathered))
    assert WORDS.po_of(locale).read_bytes() == po, "run make words"
    compiled = WORDS.po_of(locale).with_suffix(".mo").read_bytes()
    assert compiled == WORDS.as_mo(po, locale), "run make words"


# Arabic that scripts need as data: letters to be folded, digits, names of months, a sign,
# what a stored table note begins with.
ARABIC_DATA = {
    "pure/fold.js", "pure/digits.js", "pure/months.js", "newsroom/story-list.js", "offline/ask.js",
    "editor/schema.js",
}  # fmt: skip


def test_scripts_take_their_words_from_the_page():
    quoted = re.compile(r'"[^"\n]*[\u0621-\u064a]{2}[^"\n]*"|`[^`\n]*[\u0621-\u064a]{2}[^`\n]*`')
    scripts = ROOT / "static/js"
    speaking = {
        path.relative_to(scripts).as_posix(): found
        for path in scripts.rglob("*.js")
        if (
            found := quoted.findall(
                re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
            )
        )
    }
    assert {name: said for name, said in speaking.items() if name not in ARABIC_DATA} == {}


def test_every_reason_of_a_refused_file_has_its_words_on_the_page():
    script = (ROOT / "static/js/pure/khb.js").read_text("utf-8")
    reasons = re.search(r"KHB_REASONS = .*?\[(.*?)\]", script, re.S)
    template = (ROOT / "templates/components/offline.html").read_text("utf-8")
    words = template.partition("<template data-file-words")[2].partition(">")[0]
    assert reasons
    for reason in [*re.findall(r'"(\w+)"', reasons[1]), "unchecked"]:
        assert f'data-{reason}="' in words, reason


def test_a_reader_of_english_sees_english(client):
    assert 'lang="en"' in client.get("/en/sections").text
    assert 'lang="ar"' in client.get("/sections").text


# Arabic that stands in code below `messages` and is no message to a person: rules about Arabic
# text, lists of words of the language, names of months and sections of a new paper.
RULES_OF_ARABIC = {
    # Names of currencies whose signs a typeface lacks.
    "media/share_picture.py",
    # How a credit begins that names what it credits, and how the demo edition spells names.
    "article/pictures.py", "demo/house_words.py",
    # Answers where there is no application yet, in both languages.
    "server/refusal.py",
    # Words that agencies and content systems write, to be known and left out.
    "ingest/adapt.py", "ingest/body.py",
    "article/byline.py", "article/genre.py", "search/query.py",
    "article/diff.py", "article/markup.py", "article/infer.py", "article/tables.py",
    "related/entities.py", "related/plain_words.py", "search/candidates.py", "search/suggest.py",
    "search/vocabulary.py", "settings.py", "store/queries/tags.py", "wire/decode.py",
    "wire/moment.py", "article/pasted.py", "wire/htmlpage.py", "wire/ninjs.py",
    "wire/ninjsread.py", "wire/ninjswrite.py",
    "wire/syndicated.py", "wire/text.py",
}  # fmt: skip
# Above it, in `_()` only; these hold the same kinds of words.
RULES_OF_ARABIC_ABOVE = {"desk/arrange/seed.py", "desk/stories/suggest.py"}
TRANSLATED = {"_", "gettext", "ngettext", "lazy_gettext"}
SPEAKING = {"messages", "desk", "ingest", "demo", "worker", "web", "cli", "server"}


def arabic_said(source: str) -> list[str]:
    """Return the Arabic literals of ``source`` that no catalogue translates, docstrings aside."""
    tree = ast.parse(source)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in TRANSLATED:
            silent.update(ast.walk(node))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in silent
        and ARABIC.search(node.value)
    ]


CODE = sorted(
    path.relative_to(ROOT / "khabarayn").as_posix()
    for path in (ROOT / "khabarayn").rglob("*.py")
    if path.relative_to(ROOT / "khabarayn").parts[0] != "arabic"
)


def test_the_finder_of_arabic_sees_what_it_must():
    source = '"""وصف"""\nx = "مرفوض"\ny = _("مقبول")\nz = f"السطر {x}"\n'
    assert arabic_said(source) == ["مرفوض", "السطر "]


@pytest.mark.parametrize("file", CODE)
def test_no_arabic_is_said_to_people_but_through_the_catalogues(file):
    if file in RULES_OF_ARABIC | RULES_OF_ARABIC_ABOVE:
        return
    assert arabic_said((ROOT / "khabarayn" / file).read_text("utf-8")) == []


@pytest.mark.parametrize("file", CODE)
def test_rooms_below_the_messages_say_codes_not_words(file):
    if file.split("/")[0].removesuffix(".py") not in SPEAKING:
        assert "gettext" not in (ROOT / "khabarayn" / file).read_text("utf-8")


def test_the_arabic_forms_are_numbered_in_the_order_of_cldr():
    """Zero, one, two, few, many, other: whatever version of Babel wrote the catalogue."""
    with WORDS.po_of("ar").with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    told = [
        words.ngettext("خبر واحد", "%(num)s خبر", n) % {"num": n} for n in (0, 1, 2, 3, 26, 100)
    ]
    assert told == ["لا أخبار", "خبر واحد", "خبران", "3 أخبار", "26 خبرًا", "100 خبر"]


def test_a_count_above_ten_is_never_told_with_the_noun_of_a_hundred():
    """Form 4 (11 to 99) is the accusative, where it is written otherwise than form 5."""
    for message in kept("ar"):
        if isinstance(message.id, tuple):
            many, other = message.string[4].split(), message.string[5].split()
            changed = [(one, two) for one, two in zip(many, other, strict=True) if one != two]
            assert all(one.removesuffix("ًا") == two for one, two in changed), message.id
