"""Files fall into buckets by folder, and a list that names no files of a store is refused."""

from __future__ import annotations

import pytest

from khabarayn.backup.files import by_bucket, files_of
from khabarayn.backup.refusal import Damaged
from khabarayn.backup.repository import Repository
from khabarayn.backup.snapshot import Bucket
from khabarayn.media.folder import FolderStore


def test_files_of_one_folder_share_a_bucket():
    names = [f"{folder}/{size}.avif" for folder in ("aa", "bb", "cc") for size in (400, 800)]
    buckets = by_bucket(iter([*names, names[0]]))
    assert sorted(name for bucket in buckets.values() for name in bucket) == names
    for folder in ("aa", "bb", "cc"):
        assert sum(f"{folder}/400.avif" in bucket for bucket in buckets.values()) == 1
        assert any({f"{folder}/400.avif", f"{folder}/800.avif"} <= set(b) for b in buckets.values())


@pytest.mark.parametrize("line", ["[]", "no list", '["../outside", 1, "00"]', '["a/b", 1]', "7"])
def test_a_list_that_names_no_files_is_damaged(tmp_path, line):
    repository = Repository(FolderStore(tmp_path / "backup"))
    repository.open(make=True)
    number = repository.put(line.encode())
    with pytest.raises(Damaged):
        files_of(repository, Bucket(number, "", 1, 1))
