"""``khabarayn search``: the index made anew, and groups of spellings that are one word."""

from __future__ import annotations


def test_an_empty_paper_is_indexed_at_once(run):
    done = run("search", "reindex")
    assert done.exit_code == 0
    assert done.stdout.strip().endswith(": 0")


def test_a_group_of_spellings_is_added_listed_and_removed_as_it_is_listed(run):
    added = run("search", "spellings", "add", "طهران", "تهران")
    assert added.exit_code == 0
    (group,) = run("search", "spellings", "list").stdout.splitlines()
    assert added.stdout.strip().endswith(group)
    assert run("search", "spellings", "remove", *group.split()).exit_code == 0
    assert run("search", "spellings", "list").stdout == ""


def test_one_word_alone_is_no_group_and_is_refused_in_words(run):
    done = run("search", "spellings", "add", "طهران")
    assert done.exit_code == 1
    assert done.stderr
    assert run("search", "spellings", "list").stdout == ""


def test_a_group_that_is_not_there_cannot_be_removed(run):
    done = run("search", "spellings", "remove", "طهران", "تهران")
    assert done.exit_code == 1
    assert done.stderr
