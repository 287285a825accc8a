#!/usr/bin/env bash
# resvg_py 0.5.0 (resvg in Python) lays out every <text> as if its base direction were left to right:
# direction="rtl", and the same by style with unicode-bidi, change no pixel and bring no warning.
# Seen: «100 لتر» comes out with 100 to the left of the word, that is after it for an Arabic reader; with
# U+200F before it 100 stands to the right. Arabic letters alone are joined and ordered well, so that
# nothing is noticed until a label begins or ends with a number or a Latin word.
# Why care: axes, legends and maps of an Arabic chart say «100 لتر» and «7 أيام»; half of the labels look
# right. Whoever draws such labels puts U+200F before each.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check resvg-py==0.5.0 pillow==13.0.0 \
  >/dev/null 2>&1 || exit 2
# For its DejaVu Sans, which has Arabic letters.
v/bin/pip install --quiet --disable-pip-version-check --no-deps matplotlib==3.10.7 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import glob
import io
import sys

import resvg_py
from PIL import Image

FONT = glob.glob("v/lib/python3*/site-packages/matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf")[0]
LABEL, MARK = "100 لتر", "\u200f"


def drawn(text, attributes=""):
    """Return the pixels of a label, black on white."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">'
        '<rect width="300" height="60" fill="#fff"/><text x="150" y="40" text-anchor="middle" '
        f'font-family="DejaVu Sans" font-size="30" {attributes}>{text}</text></svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, font_files=[FONT], skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png))).convert("L")


def below_line(image, left, right):
    """Return the dark pixels under the base line: of this label only the letter ر has any."""
    return sum(value < 128 for value in image.crop((left, 43, right, 60)).tobytes())


plain = drawn(LABEL)
by_attribute = drawn(LABEL, 'direction="rtl"')
by_style = drawn(LABEL, 'style="direction:rtl;unicode-bidi:embed"')
marked = drawn(MARK + LABEL)
same = plain.tobytes() == by_attribute.tobytes() == by_style.tobytes()
print("direction by attribute and by style draw the pixels of none:", same)
sides = []
for name, image in (("direction=rtl", by_attribute), ("U+200F before it", marked)):
    sides.append("right" if below_line(image, 150, 300) > below_line(image, 0, 150) else "left")
    print(f"{name:17} the word stands at the {sides[-1]}")
sys.exit(0 if same and sides == ["right", "left"] else 1)
PY
v/bin/python seen.py
