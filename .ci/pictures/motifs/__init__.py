"""Emblems: one drawing for each kind of story, gathered from the modules beside this one."""

from pictures.motifs import (  # noqa: F401  (they register)
    arts,
    body,
    chambers,
    civic,
    culture,
    economy,
    figures,
    games,
    health,
    play,
    prices,
    sea,
    seasons,
    sky,
    tech,
    town_charts,
    town_days,
    town_evenings,
    town_work,
    towns,
    trade,
    water,
    work,
)
from pictures.motifs.registry import EMBLEMS, Emblem

__all__ = ["EMBLEMS", "Emblem"]
