#!/usr/bin/env bash
# rjsmin 1.3.0 (minifier of scripts) takes a regular expression that follows «=>» for a division. Where
# that expression ends in an escaped slash, the rest of its line is dropped as a comment.
# Seen: a function of one line that reads «en» from «/en/…» loses its end with its semicolon, and the
# file is no script any more: nothing in it runs. Nothing is said while it is minified. With the
# expression in parentheses all of it stays.
# Why care: addresses of a site in several languages are taken apart by such expressions, and the
# script is whole in development, where it is not minified. Check what is served, not what is written.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check rjsmin==1.3.0 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys

import rjsmin

BARE = r"const of = (path) => /^\/([a-z]{2})\//.exec(path);" + "\nconst next = 2;"
WRAPPED = r"const of = (path) => (/^\/([a-z]{2})\//.exec(path));" + "\nconst next = 2;"
bare, wrapped = rjsmin.jsmin(BARE), rjsmin.jsmin(WRAPPED)
print("bare:          ", bare)
print("in parentheses:", wrapped)
sys.exit(0 if "exec" not in bare and "exec(path)" in wrapped else 1)
PY
v/bin/python seen.py
