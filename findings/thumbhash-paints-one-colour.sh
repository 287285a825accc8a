#!/usr/bin/env bash
# thumbhash 0.1.2 (Python): what its decoder paints is one colour for every pixel, and it prints lines of
# its own to standard output while it does. Its encoder is right: the hash holds the picture's halves.
# Seen: a picture black at one side and white at the other comes back with one grey in all its pixels.
# Why care: stand-ins that a newsroom's server draws look plausible, a plain colour of about the right
# kind, and nobody notices that no picture ever shows through; a command's output is no longer its own.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env" 2>/dev/null || exit 2
"$work/env/bin/pip" install --quiet --disable-pip-version-check thumbhash==0.1.2 || exit 2
"$work/env/bin/python" - <<'PY'
import contextlib
import io
import sys

from thumbhash import rgba_to_thumb_hash, thumb_hash_to_rgba

WIDE, HIGH = 32, 24
halves = []
for _row in range(HIGH):
    for column in range(WIDE):
        shade = 0 if column < WIDE // 2 else 255
        halves += [shade, shade, shade, 255]
digest = rgba_to_thumb_hash(WIDE, HIGH, halves)
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    wide, high, painted = thumb_hash_to_rgba(digest)
colours = {tuple(painted[at : at + 3]) for at in range(0, len(painted), 4)}
print("hash:", bytes(digest).hex())
print(f"decoded: {wide} by {high} pixels, colours: {sorted(colours)[:4]} of {len(colours)}")
print("lines printed by the library:", len(printed.getvalue().splitlines()))
sys.exit(0 if len(colours) == 1 and printed.getvalue() else 1)
PY
