"""A page that changed a little since the last edition moves as little."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from edition.conftest import Pages, make_card
from edition.test_container import SITE, edition_of

from khabarayn.edition import assemble
from khabarayn.edition.assemble import edition_file
from khabarayn.edition.container import Broken, Head, read, read_head, unpack
from khabarayn.edition.delta import Before, patch
from khabarayn.edition.gather import part
from khabarayn.edition.seal import Seal
from khabarayn.edition.transfer import holdings, missing, transfer_size


def two(pages: Pages, seal: Seal) -> tuple[bytes, bytes]:
    """Return a morning's file and an evening's: a new lead, and story 2 with a new related."""
    morning = edition_file(edition_of(pages, range(6)), SITE, seal, pictures=False)
    card = make_card(2)
    page = pages.pages[f"/a/{card.id}"].body
    pages.put(f"/a/{card.id}", page.replace(b"</article>", b"<a>\n</article>"))
    pages.put(f"/_f/related/{card.id}", b"<p>another</p>")
    pages.add(make_card(9))
    later = edition_of(pages, range(6), "2026-11-23-pm")
    lead = edition_of(pages, range(9, 10), "2026-11-23-pm").stories
    later = replace(later, stories=(*lead, *later.stories))
    return morning, edition_file(later, SITE, seal, pictures=False, before=holdings(morning))


def made(head: Head, data: bytes, held: dict[str, bytes]) -> dict[str, bytes]:
    """Return what a phone has that holds the parts ``held`` and fetches what it lacks."""
    by_digest = {hashlib.sha256(body).hexdigest(): body for body in held.values()}
    found: dict[str, bytes] = {}
    for pack in missing(head, by_digest):
        at = head.start + pack.at
        first = [head.parts[path].sha256 for path in head.packs[0].paths]
        base = b"".join(by_digest[digest] for digest in pack.source or first if pack.recipe)
        parts = unpack(head, pack, data[at : at + pack.length], base)
        by_digest |= {hashlib.sha256(body).hexdigest(): body for body in parts.values()}
        found |= parts
    return found


def test_a_phone_with_the_last_edition_fetches_the_lines_that_changed(
    pages: Pages, seal: Seal, keys
) -> None:
    morning, evening = two(pages, seal)
    held = read(morning, keys)[1]
    head = read_head(evening)
    found = made(head, evening, held)
    assert {**held, **found}.items() >= read(evening, keys)[1].items()
    patches = [pack for pack in missing(head, digests(held)) if pack.source]
    assert [pack.paths[0] for pack in patches] == [
        f"/a/{make_card(9).id}",
        f"/a/{make_card(2).id}",
    ]
    # Nothing else than the patches and the edition's own page: all other stories are held.
    assert len(found) == sum(len(pack.paths) for pack in patches) + 1
    assert transfer_size(head, read_head(morning)) - head.start < transfer_size(head, None) / 3


def test_who_holds_nothing_or_something_else_is_given_whole_packs(
    pages: Pages, seal: Seal, keys
) -> None:
    morning, evening = two(pages, seal)
    head = read_head(evening)
    assert not [pack for pack in missing(head, []) if pack.source]
    assert made(head, evening, {}) == read(evening, keys)[1]
    held = read(morning, keys)[1]
    held[f"/a/{make_card(2).id}"] = b"of another revision"
    packs = [pack for pack in missing(head, digests(held)) if make_card(2).id in pack.paths[0]]
    assert [bool(pack.source) for pack in packs] == [False]


def test_what_changed_altogether_is_not_patched(pages: Pages) -> None:
    pages.put("/a/22222222", b"<p>old</p>")
    old = Before({"/a/22222222": b"another\ntext"}, ("/a/22222222",))
    assert patch((part("/a/22222222", "article", pages),), old, leads=False) is None


@pytest.mark.parametrize("spoil", [{"make": []}, {"paths": ["/a/22222999"]}, {"source": []}])
def test_a_patch_that_cannot_be_is_refused(
    pages: Pages, seal: Seal, monkeypatch: pytest.MonkeyPatch, spoil: dict[str, object]
) -> None:
    real = assemble._entry

    def spoilt(*given: Any, **made_of: Any) -> Any:
        found, body = real(*given, **made_of)
        return ({**found, **spoil} if "source" in found else found), body

    monkeypatch.setattr(assemble, "_entry", spoilt)
    with pytest.raises(Broken, match="head"):
        read_head(two(pages, seal)[1])


def digests(parts: dict[str, bytes]) -> list[str]:
    return [hashlib.sha256(body).hexdigest() for body in parts.values()]
