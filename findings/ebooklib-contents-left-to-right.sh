#!/usr/bin/env bash
# EbookLib 0.20: set_direction("rtl") turns the pages' order and every chapter, but not the contents
# page that it writes itself: nav.xhtml has lang="ar" and no dir.
# Seen: page-progression-direction="rtl" in the package, dir="rtl" on a chapter's <html> and <body>,
# no dir anywhere in nav.xhtml.
# Why care: the first page of the e-book that readers open, the list of headlines, is laid out from
# the left, numbers and punctuation at the wrong end; epubcheck has nothing to say about it.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check EbookLib==0.20 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys
import zipfile

from ebooklib import epub

book = epub.EpubBook()
book.set_identifier("edition")
book.set_title("نشرة الصباح")
book.set_language("ar")
book.set_direction("rtl")
story = epub.EpubHtml(title="خبر", file_name="story.xhtml", lang="ar", direction="rtl")
story.content = "<p>نص الخبر.</p>"
book.add_item(story)
book.toc = [story]
book.add_item(epub.EpubNcx())
book.add_item(epub.EpubNav())
book.spine = ["nav", story]
epub.write_epub("edition.epub", book)
with zipfile.ZipFile("edition.epub") as packed:
    read = {name.split("/")[-1]: packed.read(name).decode() for name in packed.namelist()}
seen = (
    'page-progression-direction="rtl"' in read["content.opf"],
    'dir="rtl"' in read["story.xhtml"],
    "dir=" in read["nav.xhtml"],
)
print("package, chapter, contents page say a direction:", *seen)
sys.exit(0 if seen == (True, True, False) else 1)
PY
v/bin/python seen.py 2>/dev/null
