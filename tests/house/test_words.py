"""Every word of the interface is in both catalogues, with all plural forms, and compiled."""

from __future__ import annotations

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


def test_a_reader_of_english_sees_english(client):
    assert 'lang="en"' in client.get("/en/about").text
    assert 'lang="ar"' in client.get("/about").text
