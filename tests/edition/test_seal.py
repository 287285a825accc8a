"""The key is made once, kept from others' eyes, and vouches for exactly one text."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabarayn.edition.seal import FILE, BadKeyFile, Seal, from_base64, seal_in, verify, web_key


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = seal_in(tmp_path / "data")
    assert seal_in(tmp_path / "data").public == first.public
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("مفتاح")
    with pytest.raises(BadKeyFile):
        seal_in(tmp_path)


def test_a_signature_vouches_for_one_text(seal: Seal, keys) -> None:
    mark = seal.sign("خبر")
    assert verify("خبر", mark, seal.id, keys)
    assert not verify("خبر.", mark, seal.id, keys)
    assert not verify("خبر", mark[:-2] + "AA", seal.id, keys)
    assert not verify("خبر", "ليس توقيعًا", seal.id, keys)
    assert not verify("خبر", mark, "0" * 16, keys)


def test_the_public_key_is_a_json_web_key(seal: Seal) -> None:
    key = web_key(seal.public)
    assert from_base64(key["x"]) == seal.public
    assert key["kid"] == seal.id
