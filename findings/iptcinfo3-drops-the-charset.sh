#!/usr/bin/env bash
# iptcinfo3 2.3.0: saving a photograph whose caption is marked as UTF-8 (IPTC IIM 1:90, ESC % G) writes
# the caption's bytes back and leaves the mark out. What the camera's desk wrote as Arabic is then text
# in an unnamed charset, which IIM says is ISO 646, and which tools read as Latin-1.
# Seen: pyexiv2 2.16 writes an Arabic caption with the mark; iptcinfo3 adds one keyword and saves; the
# record of the envelope is gone, and the caption read by the rule of the standard is «ØªØ¹...».
# Why care: pictures pass through several desks before they reach a paper; one that only added a
# keyword takes the caption and the photographer's name away from all that follow.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check iptcinfo3==2.3.0 pyexiv2==2.16.0 pillow==13.0.0 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys

import iptcinfo3
import pyexiv2
from PIL import Image, IptcImagePlugin

MARK = (1, 90)  # the envelope's coded character set
CAPTION = (2, 120)
Image.new("RGB", (60, 40), "tan").save("taken.jpg")
photograph = pyexiv2.Image("taken.jpg")
photograph.modify_iptc(
    {"Iptc.Envelope.CharacterSet": "\x1b%G", "Iptc.Application2.Caption": "افتتاح المكتبة"}
)
photograph.close()
record = iptcinfo3.IPTCInfo("taken.jpg")
record["keywords"] = ["library"]
record.save_as("passed-on.jpg")
marks, captions = [], []
for name in ("taken.jpg", "passed-on.jpg"):
    read = IptcImagePlugin.getiptcinfo(Image.open(name)) or {}
    marks.append(read.get(MARK))
    captions.append(read[CAPTION].decode("utf-8" if read.get(MARK) == b"\x1b%G" else "latin-1"))
    print(name, "mark:", marks[-1], "caption by the rule:", captions[-1])
sys.exit(0 if marks == [b"\x1b%G", None] and captions[0] == "افتتاح المكتبة" != captions[1] else 1)
PY
v/bin/python seen.py
