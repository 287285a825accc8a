#!/usr/bin/env bash
# premailer 3.10.0: logical alignment is copied into the old attribute, so right-to-left mail gets
# align="start" and align="end", which HTML never had; css-inline 0.24.0 leaves attributes alone.
# Seen: td {text-align: end} → <td style="text-align:end" align="end">; text-align: right gives the
# valid align="right".
# Why care: the attribute is there for mail programs that do not read text-align; those that do not
# know «end» put Arabic at the left. Style sheets for both directions are written in start and end.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check \
  premailer==3.10.0 css-inline==0.24.0 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import re
import sys

import logging

import css_inline
from premailer import Premailer

logging.getLogger("CSSUTILS").setLevel(logging.CRITICAL)
MAIL = (
    '<html dir="rtl" lang="ar"><head><style>p {text-align: %s}</style></head>'
    "<body><p>نشرة الصباح</p></body></html>"
)
seen = {}
for value in ("start", "end", "right"):
    html = MAIL % value
    for name, out in (("premailer", Premailer(html).transform()), ("css-inline", css_inline.inline(html))):
        seen[name, value] = "".join(re.findall(r'<p[^>]* align="(\w+)"', out))
        print(name, "text-align:", value, "→ align:", seen[name, value] or "none")
sys.exit(
    0
    if [seen["premailer", value] for value in ("start", "end", "right")] == ["start", "end", "right"]
    and not any(seen["css-inline", value] for value in ("start", "end", "right"))
    else 1
)
PY
v/bin/python seen.py
