"""A file says what it holds, proves it, and gives up nothing that was changed."""

from __future__ import annotations

import gzip
import json
import struct

import pytest
from edition.conftest import Pages, make_card
from hypothesis import given, settings
from hypothesis import strategies as st

from khabarayn.edition.assemble import article_file, assemble, edition_file
from khabarayn.edition.container import MAGIC, PREFIX, Broken, head_length, read, read_head, unpack
from khabarayn.edition.gather import part, story_parts
from khabarayn.edition.seal import Seal, new_seal
from khabarayn.edition.statement import EditionParts
from khabarayn.edition.transfer import missing, transfer_size

SITE = "https://khabarayn.example"


def edition_of(pages: Pages, numbers: range, name: str = "2026-11-23-am") -> EditionParts:
    pages.put(f"/editions/{name}/read", f"<html><body>{name}</body></html>".encode())
    stories = []
    for place, number in enumerate(numbers):
        card = make_card(number)
        if f"/a/{card.id}" not in pages.pages:
            pages.add(card)
        stories.append(("lead" if place == 0 else "story", story_parts(card, pages)))
    contents = (part(f"/editions/{name}/read", "list", pages),)
    return EditionParts(
        name, "نشرة الصباح", 1, "2026-11-23T03:00:00+00:00", tuple(stories), contents
    )


def test_every_byte_comes_back_as_the_site_served_it(pages: Pages, seal: Seal, keys) -> None:
    edition = edition_of(pages, range(3))
    head, parts = read(edition_file(edition, SITE, seal, pictures=True), keys)
    assert parts == {path: pages.pages[path].body for path in parts}
    card = make_card(1)
    assert set(parts) >= {
        f"/a/{card.id}",
        f"/_f/related/{card.id}",
        f"/media/pic{card.id[3:]}/800.avif",
    }
    stated = head.parts[f"/a/{card.id}"]
    assert stated.headers["Content-Security-Policy"] == "default-src 'none'"
    assert stated.headers["KH-Cache"] == "article; id=x"
    assert "Date" not in stated.headers
    assert "KH-Len" not in stated.headers


def test_the_text_file_carries_no_picture(pages: Pages, seal: Seal, keys) -> None:
    edition = edition_of(pages, range(3))
    _, parts = read(edition_file(edition, SITE, seal, pictures=False), keys)
    assert not [path for path in parts if path.startswith("/media/")]


def test_the_same_edition_gives_the_same_bytes(pages: Pages, seal: Seal) -> None:
    first = edition_file(edition_of(pages, range(4)), SITE, seal, pictures=True)
    assert edition_file(edition_of(pages, range(4)), SITE, seal, pictures=True) == first


def test_a_story_opens_as_soon_as_its_own_bytes_are_there(pages: Pages, seal: Seal, keys) -> None:
    data = edition_file(edition_of(pages, range(5)), SITE, seal, pictures=True)
    head = read_head(data[: head_length(data)])
    head.check(keys)
    first, second = head.packs[:2]
    lead = unpack(head, first, data[head.start : head.start + first.length])
    assert lead[f"/a/{make_card(0).id}"] == pages.pages[f"/a/{make_card(0).id}"].body
    start = head.start + second.at
    base = b"".join(lead.values())
    found = unpack(head, second, data[start : start + second.length], base)
    assert found[f"/a/{make_card(1).id}"] == pages.pages[f"/a/{make_card(1).id}"].body


def test_pages_do_not_carry_their_common_frame_again(pages: Pages, seal: Seal) -> None:
    head = read_head(edition_file(edition_of(pages, range(3)), SITE, seal, pictures=False))
    first, second = head.packs[:2]
    assert second.recipe
    assert second.raw < first.raw / 2


def test_the_next_edition_moves_only_what_is_new(pages: Pages, seal: Seal) -> None:
    old = edition_file(edition_of(pages, range(10)), SITE, seal, pictures=False)
    new = edition_file(edition_of(pages, range(2, 12), "2026-11-23-pm"), SITE, seal, pictures=False)
    old_head, new_head = read_head(old), read_head(new)
    held = [stated.sha256 for stated in old_head.parts.values()]
    paths = {path for pack in missing(new_head, held) for path in pack.paths if "/a/" in path}
    assert paths == {f"/a/{make_card(n).id}" for n in (10, 11)}
    assert transfer_size(new_head, old_head) < transfer_size(new_head, None) == len(new)
    assert transfer_size(new_head, new_head) == new_head.start


@pytest.mark.parametrize("pictures", [False, True])
def test_any_changed_byte_is_refused(pages: Pages, seal: Seal, keys, pictures: bool) -> None:
    card = make_card(0)
    pages.add(card)
    data = bytearray(article_file(story_parts(card, pages), SITE, seal, pictures))
    for at in range(len(data)):
        data[at] ^= 1
        try:
            _, parts = read(bytes(data), keys)
        except Broken:
            pass
        else:
            # Only the gzip header's idle fields (time, flags of the packer) may differ.
            assert parts == {path: pages.pages[path].body for path in parts}, at
        data[at] ^= 1


def test_a_cut_or_lengthened_file_is_refused(pages: Pages, seal: Seal, keys) -> None:
    card = make_card(0)
    pages.add(card)
    data = article_file(story_parts(card, pages), SITE, seal, False)
    for length in (0, 8, 15, 16, head_length(data) - 1, head_length(data), len(data) - 1):
        with pytest.raises(Broken, match="short"):
            read(data[:length], keys)
    with pytest.raises(Broken, match="extra"):
        read(data + b"\0", keys)


def test_another_papers_key_is_refused(pages: Pages, seal: Seal, keys) -> None:
    card = make_card(0)
    pages.add(card)
    data = article_file(story_parts(card, pages), SITE, new_seal(), False)
    with pytest.raises(Broken, match="key"):
        read(data, keys)


def test_a_forger_who_names_our_key_is_refused(pages: Pages, seal: Seal, keys) -> None:
    card = make_card(0)
    pages.add(card)
    data = article_file(story_parts(card, pages), SITE, new_seal(), False)
    head = json.loads(gzip.decompress(data[PREFIX.size : head_length(data)]))
    head["key"] = seal.id
    raw = json.dumps(head).encode()
    squeezed = gzip.compress(raw)
    forged = PREFIX.pack(MAGIC, len(squeezed), len(raw)) + squeezed + data[head_length(data) :]
    with pytest.raises(Broken, match="signature"):
        read(forged, keys)


def test_a_path_that_nobody_signed_is_refused(pages: Pages, seal: Seal, keys) -> None:
    pages.put("/a/22222222", b"<html>")
    with pytest.raises(Broken, match="head"):
        read(assemble([], [(part("/a/22222222", "article", pages),)], seal), keys)


def test_a_bomb_stops_at_the_size_it_promised(seal: Seal, keys) -> None:
    raw = json.dumps({"khb": 1, "key": seal.id, "statements": [], "packs": []}).encode()
    bomb = gzip.compress(b"0" * 50_000_000)
    with pytest.raises(Broken, match="pack"):
        read(PREFIX.pack(MAGIC, len(bomb), len(raw)) + bomb, keys)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_rubbish_is_refused_and_never_fails_otherwise(data: bytes) -> None:
    for candidate in (data, MAGIC + data):
        with pytest.raises(Broken):
            read(candidate, {})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["khb", "key", "statements", "packs", "says", "sig", "at", "paths"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=200, deadline=None)
def test_a_head_of_any_shape_is_refused_in_words(value: object) -> None:
    raw = json.dumps({"khb": 1, **value} if isinstance(value, dict) else value).encode()
    squeezed = gzip.compress(raw)
    data = struct.pack(">8sII", MAGIC, len(squeezed), len(raw)) + squeezed
    with pytest.raises(Broken):
        read(data, {})
