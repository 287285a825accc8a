#!/usr/bin/env bash
# python-bidi 0.6.12 ships two engines under one name: bidi.get_display (compiled) takes isolates,
# bidi.algorithm.get_display (Python, the import in most tutorials) raises AssertionError on a text
# that holds U+2068 … U+2069.
# Seen: «قال <FSI>+974 4455<PDI> ثم» is laid out by the first, «FSI not allowed here» from the second.
# Why care: isolates are what Unicode recommends around inserted names and numbers, so they stand in
# clean feeds and titles; a share picture or ticker drawn with the second engine falls over on them.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check python-bidi==0.6.12 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys

from bidi import get_display
from bidi.algorithm import get_display as python_display

TEXT = "قال \u2068+974 4455\u2069 ثم"
compiled = get_display(TEXT)
print("compiled:", ascii(compiled))
try:
    print("python:", ascii(python_display(TEXT)))
    refused = False
except AssertionError as error:
    print("python: AssertionError:", error)
    refused = True
sys.exit(0 if refused and "+974 4455" in compiled else 1)
PY
v/bin/python seen.py
