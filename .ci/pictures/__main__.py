"""Draw the demo's pictures again: ``python -m pictures OUT_DIR [SLUG …]``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pictures import casting, compose, portraits, raster
from pictures import map as locator
from pictures.motifs import EMBLEMS

PLATES = Path(__file__).parent / "data/plates.json"


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.argument("slugs", nargs=-1)
def main(out: Path, slugs: tuple[str, ...]) -> None:
    """Draw every plate, or those of the stories named SLUGS, into OUT as JPEG files; without SLUGS
    also the authors, into the folder «portraits» beside it."""
    out.mkdir(parents=True, exist_ok=True)
    plates = json.loads(PLATES.read_text("utf-8"))
    if unknown := set(slugs) - set(plates):
        raise click.BadParameter(f"no plate for {', '.join(sorted(unknown))}")
    if not slugs:
        portraits.draw_all(out.parent / "portraits")
    with click.progressbar(slugs or list(plates), label="pictures", show_pos=True) as bar:
        for slug in bar:
            given = plates[slug]
            led_by_map = given.get("lead") == "map"
            if not led_by_map:
                plate = casting.cast(slug, given["section"])
                drawn = compose.picture(plate, EMBLEMS[plate.emblem], given["hue"], slug)
                raster.jpeg(drawn, out / f"{slug}.jpg")
            if "map" in given:
                drawn = locator.picture(
                    given["map"], given["hue"], slug, given["route"], framed=not led_by_map
                )
                raster.jpeg(drawn, out / f"{slug}-map.jpg")


if __name__ == "__main__":
    main()
