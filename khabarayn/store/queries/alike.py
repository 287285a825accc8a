"""Pictures that look alike, found by a few exact reads whatever the library's size.

Of four quarters of 64 bits, two pictures that differ in six bits or seven share one to within a
single bit: so a picture is filed under its four quarters, and sought under each of them and each
of their sixteen neighbours (68 keys). What these lead to is then compared bit by bit.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import LookRow, MediaRow

NEAR = 6
_QUARTER = 16
_MASK = (1 << 64) - 1


def signed(dhash: str) -> int:
    """Return 64 bits given as hex as a signed number, which every engine can keep.

    >>> signed("ffffffffffffffff"), signed("0000000000000003")
    (-1, 3)
    """
    value = int(dhash, 16)
    return value - (1 << 64) if value >> 63 else value


def distance(one: int, other: int) -> int:
    """Return in how many bits two looks differ.

    >>> distance(-1, 0), distance(5, 4)
    (64, 1)
    """
    return ((one ^ other) & _MASK).bit_count()


def bands(look: int) -> tuple[int, ...]:
    """Return the four keys that a look is filed under.

    >>> bands(signed("0001000200030004"))
    (4, 65539, 131074, 196609)
    """
    return tuple(
        (number << _QUARTER) | ((look >> (number * _QUARTER)) & 0xFFFF) for number in range(4)
    )


def _near_bands(look: int) -> Iterator[int]:
    for band in bands(look):
        yield band
        yield from (band ^ (1 << bit) for bit in range(_QUARTER))


def alike(look: int, but: int = 0) -> list[tuple[int, int]]:
    """Return (row id, bits that differ) of the pictures that look so, the most alike first.

    ``but`` is the row of the picture itself, which is left out.
    """
    near = select(LookRow.media_id).where(LookRow.band.in_(tuple(_near_bands(look))))
    rows = db.session.execute(
        select(MediaRow.id, MediaRow.dhash).where(
            MediaRow.id.in_(near), MediaRow.dhash.is_not(None), MediaRow.id != but
        )
    )
    found = ((row.id, distance(row.dhash, look)) for row in rows)
    return sorted((one for one in found if one[1] <= NEAR), key=lambda one: (one[1], one[0]))
