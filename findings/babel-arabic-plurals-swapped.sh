#!/usr/bin/env bash
# babel 2.18.0 and 2.19.0 number the last two of the six Arabic plural forms the other way round: in
# catalogues that 2.18 begins, form 4 is for 100, 101, 102 and form 5 for 11 to 99; in those of 2.19 form
# 4 is for 11 to 99, as in translate-toolkit 3.20.4 and CLDR's order (zero one two few many other).
# Seen: for 11, 26, 99, 100, 101, 102 and 111 the numbers 4 and 5 are exchanged between the two.
# Why care: a new header over old forms says «26 دقيقةٍ» and «100 دقيقةً», in nothing but the counts above
# ten; an upgrade, or a translator's tool beside pybabel, does that without a word, and both compile.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
for version in 2.18.0 2.19.0; do
  python3 -m venv "v$version" && "v$version/bin/pip" install --quiet --disable-pip-version-check \
    "babel==$version" >/dev/null 2>&1 || exit 2
done
v2.19.0/bin/pip install --quiet --disable-pip-version-check translate-toolkit==3.20.4 >/dev/null 2>&1 || exit 2
cat > babels.py <<'PY'
from babel.messages.catalog import Catalog

print(Catalog(locale="ar").plural_expr)
PY
cat > seen.py <<'PY'
import gettext
import sys

from translate.lang import data

COUNTS = (0, 1, 2, 3, 10, 11, 26, 99, 100, 101, 102, 103, 111)
rules = {"babel 2.18.0": sys.argv[1], "babel 2.19.0": sys.argv[2], "toolkit": data.languages["ar"][2]}
print(f"{'count':13}", *(f"{count:3}" for count in COUNTS))
forms = {}
for name, rule in rules.items():
    forms[name] = [gettext.c2py(rule)(count) for count in COUNTS]
    print(f"{name:13}", *(f"{form:3}" for form in forms[name]))
old, new, toolkit = forms.values()
exchanged = [n for n, one, other in zip(COUNTS, old, new) if {one, other} == {4, 5}]
print("exchanged:", *exchanged)
sys.exit(0 if exchanged == [11, 26, 99, 100, 101, 102, 111] and new == toolkit else 1)
PY
v2.19.0/bin/python seen.py "$(v2.18.0/bin/python babels.py)" "$(v2.19.0/bin/python babels.py)"
