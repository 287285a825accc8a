"""Casting: which emblem, composition, ground and ornament each story gets; others are cast by
section and seed.
"""

from __future__ import annotations

import random

from pictures.compose import Plate as P

PLATES = {
    "bus-line-east": P("bus-stop", "scene"),
    "bus-line-east-map": P("bus-line-map", "scene"),
    "budget-water-analysis": P("leaking-main", "scene"),
    "day-bakery": P("dawn-oven", "scene"),
    "day-bridge": P("stone-bridge", "scene"),
    "day-library": P("library-night", "scene"),
    "day-market": P("covered-market", "scene"),
    "librarian-interview": P("reading-room", "scene"),
    "library-loans": P("loans-by-month", "scene"),
    "school-cup-draw": P("cup-draw", "scene"),
    "school-cup-final": P("cup-final", "scene"),
    "sponsored-bakery": P("baker-table", "scene"),
    "brief-week-start": P("week-row", "band", "paper", "deep", "mosaic12", "plait", "pomegranate"),
    "chess-suli-mansuba": P(
        "mansuba-board", "medallion", "deep", "paper", "lines8", "beads", "brass", -1
    ),
    "compound-interest-doubling": P(
        "doubling-board", "frieze", "tint", "deep", "girih46", "crenels", "pomegranate", -1
    ),
    "container-box-trade": P("containers", "scene", "mid", accent="saffron"),
    "damascus-rivers": P("seven-channels", "scene", "tint", accent="turquoise"),
    "diplomatic-immunity": P(
        "sealed-letter", "seal", "clay", "night", "girih10", "8", "brass", -1, 1.35
    ),
    "earthquake-magnitude": P("fault", "scene", "clay", accent="pomegranate"),
    "gps-wifi-location": P(
        "four-spheres", "bleed", "paper", "paper", "lines12", accent="terracotta", side=-1
    ),
    "handwashing-history": P(
        "washing-palms", "seal", "paper", "deep", "scales", "8", "turquoise", scale=1.4
    ),
    "hundred-metres-records": P("lanes", "scene", "clay", accent="petrol"),
    "ibn-al-nafis-lungs": P(
        "lesser-circulation", "arch", "clay", "paper", "girih8", "lotus", "pomegranate"
    ),
    "inflation-basket": P("weighted-basket", "scene"),
    "khwarizmi-algorithm": P(
        "completed-square", "page", "paper", "mid", "lines8", "seals", "saffron", 0
    ),
    "marathon-distance": P("winding-course", "framed", "clay", edge="chevrons", accent="petrol"),
    "offside-law": P("offside-line", "scene", "deep", accent="saffron"),
    "planet-sizes": P("planets-to-scale", "scene"),
    "security-council-vote": P("council-seats", "scene"),
    "weather-forecast": P("isobars", "scene", "paper", accent="terracotta"),
    "central-bank-duties": P(
        "bank-plan", "medallion", "paper", "deep", "girih12", "petals", "brass", -1, 1.5
    ),
    "dinar-dirham-coins": P(
        "two-metal-coin", "window", "clay", "deep", "brick", accent="brass", size=1.12
    ),
    "exchange-rate-two-faces": P(
        "balance", "arch", "deep", "tint", "zellige", "seals", "terracotta", -1
    ),
    "gdp-what-it-counts": P(
        "sieve", "band", "tint", "deep", "girih36", "crenels", "terracotta", -1
    ),
    "arabic-scripts-guide": P(
        "pen-dots", "bleed", "paper", "paper", "lines8", accent="pomegranate", side=1
    ),
    "ballot-basics": P("ballot-box", "plain", "paper", "paper", "plain", "seals", "terracotta", -1),
    "ballot-counting": P("counted-papers", "frieze", "deep", "paper", "girih8", "plait", "saffron"),
    "battery-ageing": P("battery-combs", "page", "tint", "deep", "lines12", "fret", "saffron", 0),
    "decathlon-ten-events": P(
        "ten-events", "medallion", "clay", "paper", "vine", "double", "petrol", -1
    ),
    "family-firms-age": P("growth-rings", "scene", "clay", accent="brass"),
    "fez-water": P("thirteen-windows", "scene", "clay", accent="turquoise"),
    "film-24-frames": P("film-spiral", "scene", "night", accent="saffron"),
    "food-label-reading": P(
        "food-label", "arch", "tint", "paper", "scales", "beads", "terracotta", size=1.08
    ),
    "hakawati-pause": P(
        "storyteller-chair", "arch", "deep", "paper", "mosaic12", "weave", "brass", -1, size=0.98
    ),
    "heart-rate-guide": P("pulse-stars", "scene", "paper", accent="petrol"),
    "heat-and-water": P("sweating-jar", "band", "clay", "deep", "sadu", "crenels", "terracotta"),
    "kilwa-port": P("two-monsoons", "scene", "paper", accent="terracotta"),
    "kinds-of-parliaments": P(
        "two-chambers", "page", "paper", "deep", "plain", "lotus", "saffron", 0, size=1.2
    ),
    "leap-year": P("year-ring", "medallion", "tint", "paper", "inlay8", "rays", "terracotta"),
    "lisbon-earthquake": P("braced-wall", "scene", "tint", accent="terracotta"),
    "lunar-calendar": P(
        "month-round", "frieze", "deep", "paper", "vine", "fret", "saffron", -1, size=1.08
    ),
    "meeting-that-ends": P(
        "chord-meeting", "bleed", "deep", "paper", "plain", accent="saffron", side=-1
    ),
    "negotiation-alternative": P(
        "open-alternative", "band", "paper", "deep", "zellige", "beads", "brass"
    ),
    "nights-frame-story": P("frames-within-frames", "scene", "deep", accent="saffron"),
    "oud-wood-and-breath": P("oud-face", "band", "clay", "deep", "vine", "lotus", "petrol", -1),
    "paper-road": P("unrolling-scroll", "scene", "clay", accent="pomegranate"),
    "passkeys": P("split-key", "window", "mid", "paper", "mashrabiya", accent="saffron", side=-1),
    "polo-sawlajan": P("polo-blazon", "bleed", "deep", "paper", "vine", accent="brass", side=1),
    "reading-a-budget": P("uneven-loom", "scene", "paper", accent="pomegranate"),
    "rochdale-cooperative": P("threads-to-cloth", "scene", "paper", accent="petrol"),
    "separation-of-powers": P(
        "three-gears", "page", "deep", "paper", "plain", "weave", "pomegranate", 0, size=1.15
    ),
    "shibam-towers": P("mud-towers", "scene", "clay", accent="saffron"),
    "sleep-ninety-minutes": P("sleep-waves", "scene", "night", accent="saffron"),
    "storm-names": P("name-storm", "scene", "paper", accent="terracotta"),
    "tennis-fifteen-love": P(
        "score-clock", "medallion", "mid", "tint", "lines10", "teeth", "terracotta"
    ),
    "time-zones": P(
        "day-slices", "bleed", "deep", "paper", "contours", accent="turquoise", side=-1
    ),
    "undersea-cables": P("braided-cables", "scene", "deep", accent="saffron"),
    "vaccines-memory": P("shape-memory", "seal", "clay", "paper", "brick", "12", "terracotta", -1),
    "var-principle": P("screen-wall", "scene", "tint", accent="saffron"),
    "what-embassy-does": P(
        "embassy-gate", "frieze", "tint", "deep", "zellige", "crenels", "saffron"
    ),
    "moon-phases": P("moon-ring", "medallion", "tint", "night", "fading12", "teeth", "brass"),
    "rocket-feather-prices": P("price-and-cost", "scene"),
}


def cast(slug: str, section: str) -> P:
    """The plate of a story: the one chosen for it, else one drawn by its slug."""
    if slug in PLATES:
        return PLATES[slug]
    rnd = random.Random(f"{section}/{slug}")
    whole = [p.emblem for p in PLATES.values() if p.layout not in ("scene", "framed")]
    outer = rnd.choice(("paper", "tint", "clay", "mid", "deep"))
    inside = rnd.choice(
        ("deep", "night") if outer in ("paper", "tint", "clay") else ("paper", "tint")
    )
    layout = rnd.choice(("medallion", "seal", "arch", "page", "band", "frieze"))
    edge = {"medallion": ("beads", "petals", "teeth", "chain"), "seal": ("8", "12", "16")}.get(
        layout, ("seals", "plait", "weave", "lotus", "vine")
    )
    return P(
        rnd.choice(whole),
        layout,
        outer,
        inside,
        rnd.choice(("girih8", "girih12", "zellige", "scales")),
        rnd.choice(edge),
        None,
        rnd.choice((-1, 1)),
    )
