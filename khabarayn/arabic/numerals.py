"""Write and read numbers in Western (123) and Arabic-Indic (١٢٣) digits."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Digits = Literal["latn", "arab"]

_WESTERN = "0123456789"
_INDIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_DECIMAL, _THOUSANDS, _PERCENT = "\u066b", "\u066c", "\u066a"

_TO_WESTERN = str.maketrans(_INDIC + _PERSIAN, _WESTERN * 2)
_TO_INDIC = str.maketrans(_WESTERN + _PERSIAN, _INDIC * 2)
_TO_INDIC_NUMBER = _TO_INDIC | str.maketrans(".,%", _DECIMAL + _THOUSANDS + _PERCENT)
_TO_WESTERN_NUMBER = _TO_WESTERN | str.maketrans(
    {_DECIMAL: ".", _THOUSANDS: ",", "،": ",", "\u2212": "-", "\u00a0": "", " ": ""}
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_LONGEST = 40

_UNITS = {
    "ar": ("بايت", "ك.ب", "م.ب", "غ.ب", "ت.ب"),
    "en": ("bytes", "kB", "MB", "GB", "TB"),
}


def to_digits(text: str, digits: Digits) -> str:
    """Return ``text`` with every digit, of any of the three sets, in the set asked for.

    >>> to_digits("٢٣ أكتوبر ۱۹۷۳", "latn")
    '23 أكتوبر 1973'
    >>> to_digits("23 أكتوبر 1973", "arab")
    '٢٣ أكتوبر ١٩٧٣'
    """
    return text.translate(_TO_WESTERN if digits == "latn" else _TO_INDIC)


def number(value: float | Decimal, digits: Digits = "latn", decimals: int | None = None) -> str:
    """Return ``value`` with thousands marked; rounded half up to ``decimals`` when given.

    >>> number(1234567.5), number(1234567.5, "arab")
    ('1,234,567.5', '١٬٢٣٤٬٥٦٧٫٥')
    >>> number(2.345, decimals=2), number(7, decimals=1)
    ('2.35', '7.0')
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("العدد غير محدود")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text if digits == "latn" else text.translate(_TO_INDIC_NUMBER)


def percent(value: float | Decimal, digits: Digits = "latn", decimals: int | None = None) -> str:
    """Return ``value``, already in hundredths, with its sign after it.

    >>> percent(3.5), percent(45, "arab")
    ('3.5%', '٤٥٪')
    """
    sign = "%" if digits == "latn" else _PERCENT
    return number(value, digits, decimals) + sign


def parse_number(text: str) -> Decimal:
    """Return the number that ``text`` writes in any of the three sets of digits.

    Raises ``ValueError`` with an Arabic message when ``text`` is not one plain number.

    >>> parse_number("١٬٢٣٤٫٥"), parse_number(" ۴۲ "), parse_number("-3.5")
    (Decimal('1234.5'), Decimal('42'), Decimal('-3.5'))
    >>> parse_number("٣ كتب")
    Traceback (most recent call last):
    ValueError: ليس هذا عددًا مفهومًا
    """
    if len(text) <= _LONGEST:
        plain = text.strip().translate(_TO_WESTERN_NUMBER)
        if _NUMBER.fullmatch(plain):
            return Decimal(plain.replace(",", ""))
    raise ValueError("ليس هذا عددًا مفهومًا")


def file_size(size: int, digits: Digits = "latn", locale: str = "ar") -> str:
    """Return ``size``, in bytes, in the largest fitting unit of 1024; one decimal under ten.

    >>> file_size(219_136), file_size(1_258_291), file_size(12)
    ('214 ك.ب', '1.2 م.ب', '12 بايت')
    >>> file_size(219_136, locale="en")
    '214 kB'
    """
    units = _UNITS["ar" if locale.startswith("ar") else "en"]
    amount = Decimal(max(size, 0))
    step = 0
    # 999.5 and more would read as "1,000": the next unit says it better.
    while amount >= Decimal("999.5") and step < len(units) - 1:
        amount /= 1024
        step += 1
    small = step > 0 and amount < Decimal("9.95")
    text = number(amount, digits, 1 if small else 0)
    return f"{text} {units[step]}"
