"""How often Python looks for garbage while a command makes very many objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many objects more are made than let go before those are looked through; 700 of Python's own
# accord. Nearly all are let go by their counts: an import spent about a sixth of its time looking.
APART = 20_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom within this, and never among what was there before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(APART, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
