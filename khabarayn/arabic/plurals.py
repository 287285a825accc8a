"""Choose among the six plural forms of Arabic, and write a count with its noun."""

from dataclasses import dataclass
from typing import Literal

from khabarayn.arabic.numerals import Digits, number

Category = Literal["zero", "one", "two", "few", "many", "other"]


@dataclass(frozen=True, slots=True)
class Forms:
    """The six forms of a counted noun; the first three say their number themselves."""

    zero: str
    one: str
    two: str
    few: str
    many: str
    other: str


MINUTES = Forms("لا دقائق", "دقيقة", "دقيقتان", "دقائق", "دقيقة", "دقيقة")
HOURS = Forms("لا ساعات", "ساعة", "ساعتان", "ساعات", "ساعة", "ساعة")
DAYS = Forms("لا أيام", "يوم", "يومان", "أيام", "يومًا", "يوم")
STORIES = Forms("لا أخبار", "خبر", "خبران", "أخبار", "خبرًا", "خبر")
WORDS = Forms("لا كلمات", "كلمة", "كلمتان", "كلمات", "كلمة", "كلمة")
PICTURES = Forms("لا صور", "صورة", "صورتان", "صور", "صورة", "صورة")
RESULTS = Forms("لا نتائج", "نتيجة", "نتيجتان", "نتائج", "نتيجة", "نتيجة")


def category(count: int) -> Category:
    """Return the plural category of a whole ``count``, by the CLDR rules for Arabic.

    >>> [category(n) for n in (0, 1, 2, 3, 10, 11)]
    ['zero', 'one', 'two', 'few', 'few', 'many']
    >>> [category(n) for n in (26, 99, 100, 101, 103, 111)]
    ['many', 'many', 'other', 'other', 'few', 'many']
    """
    count = abs(count)
    if count == 0:
        return "zero"
    if count == 1:
        return "one"
    if count == 2:
        return "two"
    if 3 <= count % 100 <= 10:
        return "few"
    if count % 100 >= 11:
        return "many"
    return "other"


def count_phrase(count: int, forms: Forms, digits: Digits = "latn") -> str:
    """Return ``count`` with its noun; none, one and two are said by the noun alone.

    >>> [count_phrase(n, MINUTES) for n in (0, 1, 2, 3, 11)]
    ['لا دقائق', 'دقيقة', 'دقيقتان', '3 دقائق', '11 دقيقة']
    >>> count_phrase(1200, DAYS), count_phrase(103, HOURS, digits="arab")
    ('1,200 يوم', '١٠٣ ساعات')
    """
    form = category(count)
    noun: str = getattr(forms, form)
    if form in ("zero", "one", "two"):
        return noun
    return f"{number(count, digits)} {noun}"
