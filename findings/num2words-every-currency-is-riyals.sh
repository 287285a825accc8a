#!/usr/bin/env bash
# num2words 0.5.14, Arabic: an amount in a currency that the language's table does not hold is spelled
# out in riyals, without an error: 100 euros, dollars, dirhams and Jordanian dinars are all
# «مائة ريال». Only the pound, the dinar of Kuwait and the riyal are what was asked for. English raises
# NotImplementedError for a currency that it does not know.
# A number of two hundred, two thousand or two million is spelled in the form that only stands before
# a noun: «مئتا», «ألفا», «مليونا» end there, where «مئتان», «ألفان», «مليونان» are right; with a rest
# behind it one of them is right («ألفان و ستة و عشرون») and the other not («ألف و مئتا»).
# Why care: an amount written out in words (a tender, a fine, a prize) is in another country's money.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
python3 -m venv v && v/bin/pip install --quiet --disable-pip-version-check num2words==0.5.14 >/dev/null 2>&1 || exit 2
cat > seen.py <<'PY'
import sys

from num2words import num2words

amounts = {
    code: num2words(100, lang="ar", to="currency", currency=code)
    for code in ("SAR", "EUR", "USD", "AED", "JOD", "KWD", "EGP")
}
numbers = {number: num2words(number, lang="ar") for number in (200, 2000, 2_000_000, 2026, 1200)}
try:
    english = num2words(100, lang="en", to="currency", currency="XYZ")
except NotImplementedError as refusal:
    english = f"refused ({refusal})"
for asked, words in (amounts | numbers).items():
    print(asked, "->", words)
print("English, an unknown currency:", english)
riyals = {code for code, words in amounts.items() if words == "مائة ريال"}
cut = [numbers[number] for number in (200, 2000, 2_000_000)] == ["مئتا", "ألفا", "مليونا"]
rest = numbers[2026].startswith("ألفان") and numbers[1200].endswith("مئتا")
same = riyals == {"SAR", "EUR", "USD", "AED", "JOD"} and english.startswith("refused")
sys.exit(0 if same and cut and rest else 1)
PY
v/bin/python seen.py
