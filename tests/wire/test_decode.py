"""Bytes become text by what they are, not by what they are called."""

from __future__ import annotations

import codecs

import pytest

from khabarayn.wire.decode import decode

ARABIC = "أعلنت الهيئة أن القطار سيصل في موعده، وقالت: «لا تأخير»."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256", "utf-8-sig"])
def test_arabic_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(ARABIC.encode(encoding)) == ARABIC


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1x", ""])
def test_a_false_header_does_not_decide(label: str) -> None:
    assert decode(ARABIC.encode("windows-1256"), label) == ARABIC
    assert decode(ARABIC.encode(), "windows-1256") == ARABIC


def test_iso_8859_6_is_believed_when_it_is_declared() -> None:
    text = "أخبار اليوم"
    assert decode(text.encode("iso-8859-6"), "iso-8859-6") == text


def test_text_that_was_encoded_twice_is_undone() -> None:
    twice = ARABIC.encode().decode("latin-1").encode()
    assert decode(twice) == ARABIC


def test_french_text_stays_french() -> None:
    text = "Où Ø et Ù sont rares : déjà vu, façade"
    assert decode(text.encode()) == text
    assert decode(text.encode("cp1252"), "cp1252") == text


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    data = ARABIC.encode() * 3
    broken = data[:30] + b"\xff" + data[30:]
    text = decode(broken)
    assert 1 <= text.count("\ufffd") <= 3
    assert text.count("القطار") == 2


def test_a_mark_at_the_start_is_no_letter() -> None:
    assert decode(codecs.BOM_UTF8 + b"<rss/>") == "<rss/>"
