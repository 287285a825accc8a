#!/usr/bin/env bash
# trafilatura 2.3.1: the words inside a <time> element in the middle of a paragraph are left out of
# the extracted article; the sentence around them stays and reads on as if whole.
# Seen: «افتُتح المبنى في <time datetime="1950">عام 1950</time> وفيه مكتبة» comes out as
# «افتُتح المبنى في وفيه مكتبة», as text and as HTML alike; <bdi>, <abbr>, <data> and <mark> in the
# same sentence keep their words.
# Why care: a newsroom that takes its old site along page by page loses exactly the dates of its
# archive, and no report says so.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys

import trafilatura

PAGE = """<html lang="ar" dir="rtl"><head><title>المكتبة</title></head><body><article>
<h1>المكتبة تفتح قاعة جديدة</h1>
<p>قالت إدارة المكتبة إن القاعة تستقبل القرّاء كل يوم من التاسعة حتى الخامسة في وسط المدينة.</p>
<p>افتُتح المبنى في <{tag}>عام 1950</{tag}> وفيه مكتبة تضم آلاف الكتب والصحف القديمة والخرائط.</p>
<p>ويعود ترميمه إلى مبادرة أطلقها سكان الحي قبل سنوات، وأسهمت فيها المدارس والجمعيات.</p>
</article></body></html>"""
kept = {}
for tag in ("time", "bdi", "abbr", "data", "mark"):
    page = PAGE.format(tag=tag)
    kept[tag] = [
        "عام 1950" in (trafilatura.extract(page, output_format=form) or "") for form in ("txt", "html")
    ]
    print(tag, "keeps its words (text, HTML):", *kept[tag])
lost = kept.pop("time") == [False, False]
sys.exit(0 if lost and all(all(two) for two in kept.values()) else 1)
PY
v/bin/python seen.py
