"""Garbage is looked for seldom within a long command, and as before after it."""

from __future__ import annotations

import gc

import pytest

from khabarayn.cli.collecting import APART, seldom_collected


@seldom_collected()
def _fail() -> None:
    assert gc.get_threshold()[0] == APART
    raise ValueError("ends")


def test_garbage_is_looked_for_as_before_after_a_command_that_failed():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="ends"):
        _fail()
    assert gc.get_threshold() == before
