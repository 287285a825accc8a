"""A file arrives in pieces, and what has come of it survives its sender and its server."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Thread

import pytest

from khabarayn.media.inbox import MOST_OPEN, Elsewhere, Inbox, NotHere
from khabarayn.media.refusal import MAX_BYTES, PictureRefused

DATA = bytes(range(256)) * 40


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "uploads")


def test_pieces_become_the_file(inbox):
    begun = inbox.begin("سمر", "جسر.jpg", len(DATA), "1")
    assert (begun.offset, begun.whole, begun.name) == (0, False, "جسر.jpg")
    half = inbox.append("سمر", begun.token, 0, DATA[:5000])
    assert (half.offset, half.whole) == (5000, False)
    with pytest.raises(NotHere):
        inbox.read("سمر", begun.token)
    assert inbox.append("سمر", begun.token, 5000, DATA[5000:]).whole
    assert inbox.read("سمر", begun.token) == DATA
    inbox.drop("سمر", begun.token)
    with pytest.raises(NotHere):
        inbox.state("سمر", begun.token)
    assert list(inbox.folder.iterdir()) == []


def test_the_same_file_begun_again_goes_on(inbox):
    first = inbox.begin("سمر", "a.jpg", 100, "k")
    inbox.append("سمر", first.token, 0, b"x" * 60)
    again = Inbox(inbox.folder).begin("سمر", "a.jpg", 100, "k")
    assert (again.token, again.offset) == (first.token, 60)
    assert inbox.begin("سمر", "a.jpg", 100, "other").offset == 0


def test_a_piece_in_the_wrong_place_is_told_the_right_one(inbox):
    token = inbox.begin("سمر", "a.jpg", 100, "k").token
    inbox.append("سمر", token, 0, b"x" * 60)
    for wrong in (0, 59, 61):
        with pytest.raises(Elsewhere) as where:
            inbox.append("سمر", token, wrong, b"y")
        assert where.value.offset == 60
    assert inbox.state("سمر", token).offset == 60


def test_two_senders_of_one_piece_write_it_once(inbox):
    token = inbox.begin("سمر", "a.jpg", 50_000, "k").token
    outcomes: list[object] = []

    def send() -> None:
        try:
            outcomes.append(inbox.append("سمر", token, 0, b"x" * 25_000).offset)
        except Elsewhere as error:
            outcomes.append(error)

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(25_000) == 1
    assert inbox.state("سمر", token).offset == 25_000


def test_nobody_sees_the_file_of_another(inbox):
    token = inbox.begin("سمر", "a.jpg", 100, "k").token
    for act in (
        lambda: inbox.state("ليلى", token),
        lambda: inbox.append("ليلى", token, 0, b"x"),
        lambda: inbox.read("ليلى", token),
        lambda: inbox.drop("ليلى", token),
    ):
        with pytest.raises(NotHere):
            act()
    assert inbox.begin("ليلى", "a.jpg", 100, "k").token != token


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "a" * 32, "A/" * 16, "٣" * 32])
def test_a_token_that_was_never_given_leads_nowhere(inbox, token):
    inbox.begin("سمر", "a.jpg", 100, "k")
    with pytest.raises(NotHere):
        inbox.state("سمر", token)


@pytest.mark.parametrize("size", [0, -1, MAX_BYTES + 1])
def test_a_file_of_no_size_or_too_large_is_refused_before_it_is_sent(inbox, size):
    with pytest.raises(PictureRefused, match="size"):
        inbox.begin("سمر", "a.jpg", size, "k")


def test_more_than_was_announced_is_refused(inbox):
    token = inbox.begin("سمر", "a.jpg", 10, "k").token
    with pytest.raises(PictureRefused, match="overrun"):
        inbox.append("سمر", token, 0, b"x" * 11)
    assert inbox.state("سمر", token).offset == 0


def test_one_person_cannot_fill_the_folder(inbox):
    for number in range(MOST_OPEN):
        inbox.begin("سمر", f"{number}.jpg", 10, "k")
    with pytest.raises(PictureRefused, match="too_many_open"):
        inbox.begin("سمر", "one more.jpg", 10, "k")
    inbox.begin("ليلى", "a.jpg", 10, "k")


def test_a_full_disk_is_said_before_anything_is_sent(inbox, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(PictureRefused, match="no_room"):
        inbox.begin("سمر", "a.jpg", 10, "k")


def test_what_was_left_behind_is_swept_and_the_rest_stays(inbox):
    old = inbox.begin("سمر", "old.jpg", 10, "k").token
    new = inbox.begin("سمر", "new.jpg", 10, "k").token
    for path in inbox.folder.glob(f"{old}.*"):
        os.utime(path, (1, 1))
    assert inbox.sweep() == 1
    assert {path.stem for path in inbox.folder.iterdir()} == {new}
    assert Inbox(inbox.folder / "none").sweep() == 0
