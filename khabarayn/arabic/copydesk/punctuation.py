"""Signs, spaces, digits and invisible controls that do not belong where they stand."""

import re
from collections.abc import Iterator

from khabarayn.arabic.bidi import unpaired_isolates
from khabarayn.arabic.copydesk.warning import CopyWarning
from khabarayn.arabic.numerals import Digits, to_digits

_LETTER = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3"
_MARKS = "\u064b-\u0655\u0670"
_AFTER_ARABIC = rf"(?<=[{_LETTER}{_MARKS}»”)\]])"

_LATIN_SIGN = re.compile(rf"{_AFTER_ARABIC}([,;?])|([,;?])(?=[ \u00a0]?[{_LETTER}])")
_ARABIC_SIGN = {",": "،", ";": "؛", "?": "؟"}

_DOUBLED_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACE_BEFORE_SIGN = re.compile(
    r"(?<=[^\s]) +(?=[،؛؟»)\]”]|(?<=[\u0621-\u064a] )[,;?]|[!.:](?![\w.]))"
)
_SPACE_AFTER_OPENING = re.compile(r"(?<=[«(\[“]) +(?=\S)")
_NO_SPACE_AFTER_SIGN = re.compile(
    r"(?<=[،؛؟])(?<![0-9٠-٩]،)(?=[\w«(“])"
    rf"|(?<=[{_LETTER}{_MARKS}»)][.:!])(?=[{_LETTER}«])"
    rf"|(?<=[»”)])(?=[{_LETTER}])"
)
_NO_SPACE_BEFORE_OPENING = re.compile(rf"(?<=[{_LETTER}{_MARKS}][{_LETTER}{_MARKS}]{{2}})(?=[«(“])")
# «د.ب.أ», and Latin letters by their names: «بي.بي.سي».
_INITIAL = (
    rf"(?:[{_LETTER}]|إيه|ايه|آي|أي|اي|إي|بي|سي|دي|إف|اف|جي|إتش|اتش|جيه|كيه|إل|ال|إم|ام|إن|ان|أو|او|كيو|آر|"
    "ار|إس|أس|آس|اس|تي|يو|في|دبليو|إكس|اكس|واي|زد)"
)
_INITIALS = re.compile(rf"(?<![{_LETTER}])[وفبلك]?{_INITIAL}(?:\.{_INITIAL})+(?![{_LETTER}])")
# «العربية.نت»
_DOMAIN = re.compile(rf"\.(?:نت|كوم|أورغ|اورغ|أورج|إنفو)(?![{_LETTER}])")
_LONE_WAW = re.compile(rf"(?<![\w{_MARKS}])و +(?=[{_LETTER}«0-9٠-٩])")
_TATWEEL = re.compile(rf"(?<=[{_LETTER}{_MARKS}])ـ+(?=[{_LETTER}{_MARKS}])")
_LINE = re.compile("[^\n]+")
_ARABIC = re.compile(f"[{_LETTER}]")
_STRAIGHT_QUOTE = re.compile('"')
_OUTER, _INNER = "«»", "“”"
_WESTERN, _OTHER = re.compile("[0-9]+"), re.compile("[٠-٩۰-۹]+")
_CONTROL = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\ufeff\u2060]")

_BRACKETS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“"}
_BRACKET = re.compile(r"[()\[\]{}«»“”\n]")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*\w{1,3}\Z")


def _warnings(
    pattern: re.Pattern[str], text: str, rule: str, reason: str, replacement: str
) -> Iterator[CopyWarning]:
    for match in pattern.finditer(text):
        yield CopyWarning(*match.span(), match.group(), rule, reason, replacement)


def latin_signs(text: str) -> Iterator[CopyWarning]:
    """Yield each Latin comma, semicolon and question mark that touches Arabic.

    >>> [(w.text, w.replacement) for w in latin_signs("نعم, لماذا? 1,000; C, D")]
    [(',', '،'), ('?', '؟')]
    """
    for match in _LATIN_SIGN.finditer(text):
        sign = match.group()
        reason = "latin_sign"
        touches_word = text[match.end() : match.end() + 1].isalnum()
        right = _ARABIC_SIGN[sign] + (" " if touches_word else "")
        yield CopyWarning(*match.span(), sign, "latin_sign", reason, right)


def spaces(text: str) -> Iterator[CopyWarning]:
    """Yield doubled spaces, and those too many or missing around signs and after a lone و.

    >>> [(w.start, w.text, w.replacement) for w in spaces("قال ،ثم  مضى و عاد")]
    [(7, '  ', ' '), (3, ' ', ''), (13, 'و ', 'و'), (5, '', ' ')]
    >>> [w.start for w in spaces("قناة سي.إن.إن وموقع أخبار.نت ووكالة د.ب.أ")]
    []
    """
    yield from _warnings(_DOUBLED_SPACE, text, "space", "space_doubled", " ")
    yield from _warnings(_SPACE_BEFORE_SIGN, text, "space", "space_before_sign", "")
    yield from _warnings(_SPACE_AFTER_OPENING, text, "space", "space_after_opening", "")
    yield from _warnings(_LONE_WAW, text, "space", "lone_waw", "و")
    yield from _warnings(_NO_SPACE_BEFORE_OPENING, text, "space", "no_space_before_opening", " ")
    initials = {
        place
        for match in _INITIALS.finditer(text)
        for place in range(match.start() + 1, match.end())
        if text[place - 1] == "."
    }
    initials |= {match.start() + 1 for match in _DOMAIN.finditer(text)}
    for missing in _warnings(_NO_SPACE_AFTER_SIGN, text, "space", "no_space_after_sign", " "):
        if missing.start not in initials:
            yield missing


def tatweel(text: str) -> Iterator[CopyWarning]:
    """Yield each stretch inside a word; the one that carries a sign (لـ«...»، 1448 هـ) may stay.

    >>> [w.start for w in tatweel("الصـــين لـ«خبر» 1448 هـ")]
    [3]
    """
    yield from _warnings(_TATWEEL, text, "tatweel", "tatweel", "")


def quotes(text: str) -> Iterator[CopyWarning]:
    """Yield straight quotes, each with its side: « and », or “ and ” inside others.

    >>> [w.replacement for w in quotes('قال "نعم" وقال «لا "لا" لا»')]
    ['«', '»', '“', '”']
    """
    for line in _LINE.finditer(text):
        if not _ARABIC.search(line.group()):
            continue
        marks = list(_STRAIGHT_QUOTE.finditer(text, *line.span()))
        is_even = len(marks) % 2 == 0
        reason = "arabic_quotes" if is_even else "quote_alone"
        depth, position, pair = 0, line.start(), _OUTER
        for number, quote in enumerate(marks):
            depth += text.count("«", position, quote.start()) - text.count(
                "»", position, quote.start()
            )
            position = quote.start()
            if number % 2 == 0:
                pair = _INNER if depth > 0 else _OUTER
            right = pair[number % 2] if is_even else None
            yield CopyWarning(*quote.span(), quote.group(), "quote", reason, right)


def digits(text: str) -> Iterator[CopyWarning]:
    """Yield the numbers of the rarer set of digits, when one text holds both.

    >>> [(w.text, w.replacement) for w in digits("بين 2024 و2025 و٢٠٢٦")]
    [('٢٠٢٦', '2026')]
    """
    western, other = _WESTERN.findall(text), _OTHER.findall(text)
    if not western or not other:
        return
    target: Digits = "latn" if len(western) >= len(other) else "arab"
    for match in (_OTHER if target == "latn" else _WESTERN).finditer(text):
        right = to_digits(match.group(), target)
        reason = "two_digit_sets"
        yield CopyWarning(*match.span(), match.group(), "digits", reason, right)


def brackets(text: str) -> Iterator[CopyWarning]:
    """Yield each bracket or quotation sign without its partner in the paragraph.

    >>> [(w.start, w.text) for w in brackets("قال (الوزير «نعم» و]لا")]
    [(4, '('), (19, ']')]
    >>> list(brackets("1) أولًا"))
    []
    """
    open_brackets: list[tuple[str, int]] = []
    alone: list[int] = []
    for match in _BRACKET.finditer(text):
        sign, place = match.group(), match.start()
        if sign == "\n":
            alone += [at for _, at in open_brackets]
            open_brackets.clear()
        elif sign not in _BRACKETS:
            open_brackets.append((sign, place))
        elif open_brackets and open_brackets[-1][0] == _BRACKETS[sign]:
            open_brackets.pop()
        elif not (sign == ")" and _LIST_NUMBER.search(text[max(0, place - 8) : place])):
            alone.append(place)
    for place in sorted([*alone, *(at for _, at in open_brackets)]):
        yield CopyWarning(place, place + 1, text[place], "bracket", "bracket_alone", None)


def controls(text: str) -> Iterator[CopyWarning]:
    """Yield invisible marks of direction and isolates without a partner.

    >>> [w.start for w in controls("\\u200fقال \\u2068C++\\u2069\\u202e")]
    [0, 10]
    """
    yield from _warnings(_CONTROL, text, "control", "direction_mark", "")
    for place in unpaired_isolates(text):
        yield CopyWarning(place, place + 1, text[place], "control", "isolate_alone", "")
