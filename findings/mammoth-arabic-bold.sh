#!/usr/bin/env bash
# mammoth 1.13.0: what is bold and italic in an Arabic Word document is not in its HTML, and what is
# not bold may be. A run of Word has two sets of switches: w:b and w:i for left-to-right text, w:bCs
# and w:iCs for a run marked w:rtl (ECMA-376 part 1, 17.3.2: w:bCs applies to complex scripts, w:b
# does not). mammoth asks for w:b and w:i alone, in right-to-left runs too.
# Seen: a w:rtl run with w:bCs (shown bold by Word) comes out plain, one with w:iCs too; a w:rtl run
# with w:b alone (shown plain) comes out as <strong>. The same switches in English are right.
# python-docx 1.2.0 answers `run.bold` by w:b alone too (its `run.font.cs_bold` is the other switch).
# Why care: writers send stories as Word files; the sub-headings they made by bold, and their
# emphasis, are gone when the document is turned into a story.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import io
import sys

import docx
import mammoth
from docx.oxml import OxmlElement


def turned(*switches: str) -> tuple[str, bool | None]:
    """The HTML of one run with these switches, and what python-docx says of its boldness."""
    document = docx.Document()
    run = document.add_paragraph().add_run("عنوان فرعي" if "w:rtl" in switches else "Heading")
    for name in switches:
        run._r.get_or_add_rPr().append(OxmlElement(name))
    packed = io.BytesIO()
    document.save(packed)
    packed.seek(0)
    return mammoth.convert_to_html(packed).value, run.bold


seen = {
    switches: turned(*switches)
    for switches in (("w:b",), ("w:i",), ("w:rtl", "w:bCs"), ("w:rtl", "w:iCs"), ("w:rtl", "w:b"))
}
for switches, (html, bold) in seen.items():
    print(*switches, "->", html, f"(python-docx: bold={bold})")
same = (
    "<strong>" in seen[("w:b",)][0]
    and "<em>" in seen[("w:i",)][0]
    and seen[("w:rtl", "w:bCs")] == ("<p>عنوان فرعي</p>", None)
    and seen[("w:rtl", "w:iCs")][0] == "<p>عنوان فرعي</p>"
    and seen[("w:rtl", "w:b")] == ("<p><strong>عنوان فرعي</strong></p>", True)
)
sys.exit(0 if same else 1)
PY
v/bin/python seen.py
