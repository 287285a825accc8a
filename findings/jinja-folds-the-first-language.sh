#!/usr/bin/env bash
# flask-babel 4.0.0 with Jinja 3.1.6: a filter of flask-babel on a literal («{{ 1234567 | numberformat }}»)
# is worked out when the template is compiled and written into the code as a constant, in the language of
# whoever asked first; «{{ count | numberformat }}» with the same number is worked out at each drawing.
# Switching Jinja's optimizer off (`optimized = False`) does not help, and a bytecode cache carries the
# constant into the next process, whatever language is asked there first.
# Seen: Arabic (Morocco) first gives «1.234.567» to English readers too, in the second process as well.
# Why care: a site in two languages or for two Arab countries shows some numbers in the wrong one, from one
# restart to the next in one or the other, and a test that asks in one language alone never sees it.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check \
  flask==3.1.3 flask-babel==4.0.0 jinja2==3.1.6 babel==2.18.0 >/dev/null 2>&1 || exit 2
mkdir templates kept
printf '{{ 1234567 | numberformat }} {{ count | numberformat }}' >templates/page.html
cat >seen.py <<'PY'
import sys

from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import FileSystemBytecodeCache

asked = ""
app = Flask(__name__)
app.jinja_env.optimized = False
app.jinja_env.bytecode_cache = FileSystemBytecodeCache("kept")
Babel(app, locale_selector=lambda: asked)
for asked in sys.argv[1:]:
    with app.test_request_context():
        print(asked, render_template("page.html", count=1234567))
PY
first=$(v/bin/python seen.py ar_MA en) || exit 2
second=$(v/bin/python seen.py en) || exit 2
printf 'one process:\n%s\nthe next:\n%s\n' "$first" "$second"
[ "$first" = $'ar_MA 1.234.567 1.234.567\nen 1.234.567 1,234,567' ] && [ "$second" = "en 1.234.567 1,234,567" ]
