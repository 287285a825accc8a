"""A stored picture is there whole or not at all, in a folder and in a bucket alike."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from khabarayn.media.folder import FolderStore
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.media.store import open_store


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """A new, empty store of each kind."""
    if request.param == "folder":
        return open_store(str(tmp_path / "pictures"))
    return open_store(request.getfixturevalue("s3"))


def test_what_is_put_can_be_read_listed_and_deleted(store: MediaStore) -> None:
    assert store.read("k3f9/800.avif") is None
    assert not store.exists("k3f9/800.avif")
    assert list(store.names()) == []
    store.put("k3f9/800.avif", b"picture", "image/avif")
    store.put("k3f9/1x1-192.jpg", b"square", "image/jpeg")
    store.put("zz/800.avif", b"other", "image/avif")
    assert store.read("k3f9/800.avif") == b"picture"
    assert store.exists("k3f9/800.avif")
    assert list(store.names("k3f9/")) == ["k3f9/1x1-192.jpg", "k3f9/800.avif"]
    assert len(list(store.names())) == 3
    store.put("k3f9/800.avif", b"again", "image/avif")
    assert store.read("k3f9/800.avif") == b"again"
    store.delete("k3f9/800.avif")
    store.delete("k3f9/800.avif")
    assert store.read("k3f9/800.avif") is None
    assert store.read("k3f9") is None


@pytest.mark.parametrize(
    "name", ["", "../x", "/etc/passwd", "a/../b", "a//b", ".hidden", "A.jpg", "a\0b", "x" * 300]
)
def test_a_name_that_could_lead_elsewhere_is_refused(store: MediaStore, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.read(name)
    with pytest.raises(ValueError, match="name"):
        store.put(name, b"x", "image/jpeg")


@pytest.mark.parametrize("url", ["", "ftp://host/x", "s3:///x", "http://127.0.0.1/x"])
def test_a_place_that_is_no_store_is_refused_when_it_is_opened(url: str) -> None:
    with pytest.raises(ValueError, match="bucket"):
        open_store(url)


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    open_store(f"file://{tmp_path}/m").put("a/1.jpg", b"x", "image/jpeg")
    assert (tmp_path / "m/a/1.jpg").read_bytes() == b"x"


def test_a_bucket_that_cannot_be_reached_is_told_from_one_that_has_no_picture(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store("s3://no-such-bucket/x")
    assert s3
    for attempt in (
        lambda: store.put("a/1.jpg", b"x", "image/jpeg"),
        lambda: list(store.names()),
    ):
        with pytest.raises(MediaStoreError, match="bucket"):
            attempt()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(MediaStoreError, match="bucket"):
        open_store("s3://newsroom").exists("a/1.jpg")


def test_a_bucket_serves_pictures_with_their_type_and_for_ever(s3: str) -> None:
    store = open_store(s3)
    store.put("a/1.avif", b"x", "image/avif")
    head = store._client.head_object(Bucket="newsroom", Key="pictures/a/1.avif")  # type: ignore[attr-defined]
    assert head["ContentType"] == "image/avif"
    assert "immutable" in head["CacheControl"]


def test_a_full_disk_is_told_apart_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderStore(tmp_path)
    store.put("a/1.jpg", b"old", "image/jpeg")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MediaStoreError, match="full"):
        store.put("a/1.jpg", b"new", "image/jpeg")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["1.jpg"]
    assert store.read("a/1.jpg") == b"old"


def test_a_folder_that_is_a_file_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MediaStoreError, match="folder"):
        FolderStore(tmp_path / "file").put("a/1.jpg", b"x", "image/jpeg")


def test_file_and_folder_are_synced_before_a_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync, replace = os.fsync, Path.replace

    def watched_sync(handle: int) -> None:
        events.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "file")
        sync(handle)

    def watched_replace(self: Path, target: Path) -> Path:
        events.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    FolderStore(tmp_path).put("a/1.jpg", b"x", "image/jpeg")
    assert events == ["folder", "file", "replace", "folder"]


def test_what_a_crash_left_half_written_is_not_listed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("a/1.jpg", b"x", "image/jpeg")
    (tmp_path / "a" / ".tmp-0123").write_bytes(b"half")
    assert list(store.names()) == ["a/1.jpg"]
