"""Slips of the pen in single words, and the house's spelling of names."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from khabarayn.arabic.copydesk import words
from khabarayn.arabic.copydesk.warning import CopyWarning

_MARKS = "\u064b-\u0655\u0670"
_WORD = re.compile(rf"[\w{_MARKS}ـ]+")
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل")
_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول")
# A clitic before a short word often makes another word: واحد is no slip of وأحد.
_SHORTEST_AFTER_CLITIC = 5

# A short name in -ا (رضا, دينا) is rarely a place.
_SHORTEST_STEM = 4
_NISBA = ("ي", "ية", "يون", "يين", "يان", "يات", "يًا", "يا")

_LISTS = (
    ("hamza", "hamza_dropped", words.HAMZA_DROPPED),
    ("hamza", "hamza_added", words.HAMZA_ADDED),
    ("hamza", "hamza_seat", words.HAMZA_SEAT),
    ("yeh", "yeh", words.YEH),
    ("teh", "teh", words.TEH),
    ("spelling", "common", words.OTHER),
)
_TEH_REASON = "teh_dots"


def _slips() -> dict[str, tuple[str, str, str]]:
    table: dict[str, tuple[str, str, str]] = {}
    for rule, reason, pairs in _LISTS:
        for pair in pairs.split():
            wrong, right = pair.replace("_", " ").split(":")
            clitics = wrong[0] in "إأ" or len(wrong) >= _SHORTEST_AFTER_CLITIC
            for prefix in ("", *_ARTICLES, *(_CLITICS if clitics else ())):
                table.setdefault(prefix + wrong, (rule, reason, prefix + right))
    for pair in words.WHOLE.split():
        wrong, right = pair.split(":")
        table[wrong] = ("hamza", "hamza_dropped" if right != "إلى" else "ila", right)
    for wrong in words.TEH_WITH_ARTICLE.split():
        for prefix in _ARTICLES:
            table[prefix + wrong] = ("teh", _TEH_REASON, f"{prefix}{wrong[:-1]}ة")
    return table


_SLIPS = _slips()
_TANWIN_AT_END = re.compile("(?:\u064bا|ا\u064b)$")
_GOD_WILLING = re.compile(rf"(?<![\w{_MARKS}])[إا]نشاء? الله(?![\w{_MARKS}])")
_THRICE = re.compile(r"([\u0621-\u063a\u0641-\u064a])\1{2,}")
_STRETCHED_WORD = re.compile(r"(?<!\w)\w*?([\u0621-\u063a\u0641-\u064a])\1{2,}\w*")
_TANWIN = re.compile(rf"([اى])\u064b(?![\w{_MARKS}])")


def slips(text: str) -> Iterator[CopyWarning]:
    """Yield the words of ``text`` that the curated lists know as slips; vocalised words pass.

    >>> [(w.text, w.replacement) for w in slips("اكدت الحكومه أن المسئولين فى الإجتماع")]
    [('اكدت', 'أكدت'), ('الحكومه', 'الحكومة'), ('المسئولين', 'المسؤولين'), ('فى', 'في'), \
('الإجتماع', 'الاجتماع')]
    """
    for word in _WORD.finditer(text):
        slip = _SLIPS.get(word.group()) or _SLIPS.get(_TANWIN_AT_END.sub("ا", word.group()))
        if slip:
            rule, reason, right = slip
            if "\u064b" in word.group() and "\u064b" not in right:
                continue
            yield CopyWarning(*word.span(), word.group(), rule, reason, right)


def phrases(text: str) -> Iterator[CopyWarning]:
    """Yield «إنشاء الله», and words lengthened as in chats.

    >>> [(w.text, w.replacement) for w in phrases("إنشاء الله، شكراااا")]
    [('إنشاء الله', 'إن شاء الله'), ('شكراااا', 'شكرا')]
    """
    for match in _GOD_WILLING.finditer(text):
        right = "إن شاء الله"
        yield CopyWarning(*match.span(), match.group(), "spelling", "three_words", right)
    for match in _STRETCHED_WORD.finditer(text):
        right = _THRICE.sub(r"\1", match.group())
        yield CopyWarning(*match.span(), match.group(), "spelling", "lengthened", right)


def tanwin(text: str) -> Iterator[CopyWarning]:
    """Yield each tanwin written on its alef rather than before it.

    >>> [(w.text, w.replacement) == ("اً", "ًا") for w in tanwin("أيضاً وأيضًا")]
    [True]
    """
    for match in _TANWIN.finditer(text):
        right = f"\u064b{match.group(1)}"
        reason = "tanwin"
        yield CopyWarning(*match.span(), match.group(), "tanwin", reason, right)


@lru_cache(maxsize=16)
def _name_pattern(names: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    own_spellings = {
        form: own
        for group in names
        for other in group[1:]
        if other != group[0]
        for form, own in zip(_forms(other), _forms(group[0]), strict=False)
    }
    # The longest first, so that a name of two words wins over its first word.
    spellings = "|".join(re.escape(name) for name in sorted(own_spellings, key=len, reverse=True))
    prefix = "(?:[وف]?(?:[بلك]?ال|لل|[بلك])?)"
    return re.compile(rf"(?<![\w{_MARKS}]){prefix}({spellings})(?![\w{_MARKS}])"), own_spellings


def _forms(name: str) -> tuple[str, ...]:
    """Return a name, and what is said of who comes from the place that it names.

    >>> _forms("أميركا")[:3], _forms("ترامب")
    (('أميركا', 'أميركي', 'أميركية'), ('ترامب',))
    """
    stem = name[:-1].removesuffix("ي")
    if not name.endswith("ا") or " " in name or len(stem) < _SHORTEST_STEM:
        return (name,)
    return (name, *(stem + ending for ending in _NISBA))


def house_names(text: str, names: Sequence[Sequence[str]]) -> Iterator[CopyWarning]:
    """Yield each name spelt otherwise than the house does; a group is the house's, then the others.
    What is named after a place is spelt as the place is.

    >>> [(w.text, w.replacement) for w in house_names("قال ترمب لجوجل", [["ترامب", "ترمب"]])]
    [('ترمب', 'ترامب')]
    >>> found = house_names("الولايات الأمريكية", [["أميركا", "أمريكا"]])
    >>> [(w.text, w.replacement) for w in found]
    [('أمريكية', 'أميركية')]
    """
    groups = tuple(tuple(group) for group in names if len(group) > 1)
    pattern, own_spellings = _name_pattern(groups)
    if not own_spellings:
        return
    for match in pattern.finditer(text):
        name = match.group(1)
        own = own_spellings[name]
        yield CopyWarning(*match.span(1), name, "name", "house_spelling", own, detail=own)
