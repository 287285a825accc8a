#!/usr/bin/env bash
# linkifyjs 4.4.0, marked 18.2.1, mistune 3.4.0, linkify-it-py 2.2.0: a bare address in an Arabic
# sentence takes the punctuation behind it along: «، ؟ ؛ »» become the end of the link.
# linkify-it 6.1.0, of which linkify-it-py is the port, leaves all four outside: one rule, two answers.
# Seen: «https://example.org/report، ثم» is linked as https://example.org/report%D8%8C, a 404.
# Why care: editors and readers' letters write bare addresses in Arabic sentences; every one that
# ends a clause leads nowhere, and the Latin comma that a developer would try works.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v node >/dev/null && command -v npm >/dev/null && command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check \
  mistune==3.4.0 linkify-it-py==2.2.0 >/dev/null 2>&1 || exit 2
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund linkifyjs@4.4.0 marked@18.2.1 linkify-it@6.1.0 >/dev/null 2>&1 || exit 2

cat > seen.mjs <<'JS'
import * as linkify from "linkifyjs";
import { marked } from "marked";
import { LinkifyIt } from "linkify-it";
for (const [name, end] of [["latin", ","], ["comma", "،"], ["question", "؟"], ["quote", "»"]]) {
  const text = `انظر https://example.org/report${end} ثم عد`;
  const href = marked(text).match(/href="([^"]*)"/)[1];
  console.log(`${name} linkifyjs`, linkify.find(text)[0].href.length - 26);
  console.log(`${name} marked`, decodeURIComponent(href).length - 26);
  console.log(`${name} linkify-it`, new LinkifyIt().match(text)[0].url.length - 26);
}
JS
cat > seen.py <<'PY'
import re
from urllib.parse import unquote

import mistune
from linkify_it import LinkifyIt

for name, end in (("latin", ","), ("comma", "،"), ("question", "؟"), ("quote", "»")):
    text = f"انظر https://example.org/report{end} ثم عد"
    href = re.search('href="([^"]*)"', mistune.create_markdown(plugins=["url"])(text))[1]
    print(name, "mistune", len(unquote(href)) - 26)
    print(name, "linkify-it-py", len(LinkifyIt().match(text)[0].url) - 26)
PY
{ node seen.mjs && v/bin/python seen.py; } > seen.txt || exit 2
echo "characters of punctuation inside the link:"
sort seen.txt
sort seen.txt | cmp -s - <(sort <<'WAS'
latin linkifyjs 0
latin marked 0
latin linkify-it 0
latin mistune 0
latin linkify-it-py 0
comma linkifyjs 1
comma marked 1
comma linkify-it 0
comma mistune 1
comma linkify-it-py 1
question linkifyjs 1
question marked 1
question linkify-it 0
question mistune 1
question linkify-it-py 1
quote linkifyjs 1
quote marked 1
quote linkify-it 0
quote mistune 1
quote linkify-it-py 1
WAS
)
