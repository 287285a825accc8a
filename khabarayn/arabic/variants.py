"""The names that newsrooms spell in several ways, and how a query for one reaches them all."""

from collections.abc import Iterable, Mapping

from khabarayn.arabic.normalise import tokens
from khabarayn.arabic.stem import stem

DEFAULT_GROUPS: tuple[tuple[str, ...], ...] = (
    # People
    ("ترامب", "ترمب"),
    ("بوتين", "بوتن"),
    ("نتنياهو", "نتانياهو"),
    ("زيلينسكي", "زيلنسكي"),
    ("لوكاشينكو", "لوكاشنكو"),
    ("سيرغي", "سيرجي", "سيرقي"),
    ("أردوغان", "أردوجان", "أردوقان"),
    ("بزشكيان", "بيزشكيان"),
    ("غوتيريش", "جوتيريش", "غوتيريس", "جوتيريس"),
    ("غروسي", "جروسي"),
    ("غوارديولا", "جوارديولا"),
    ("داود", "داوود"),
    ("شكسبير", "شيكسبير"),
    # Places
    ("أمريكا", "أميركا"),
    ("إنجلترا", "إنكلترا"),
    ("إنجليزي", "إنكليزي"),
    ("أوروبا", "أوربا"),
    ("إسطنبول", "استانبول"),
    ("هونغ", "هونج"),
    ("كونغ", "كونج"),
    ("الكونغو", "الكونجو"),
    ("شنغهاي", "شانغهاي", "شنجهاي"),
    ("بكين", "بيجين"),
    ("شيكاغو", "شيكاجو"),
    ("أنجلوس", "أنجليس"),
    ("غواتيمالا", "جواتيمالا"),
    ("غرينلاند", "جرينلاند"),
    ("غرينتش", "جرينتش"),
    ("بلغراد", "بلجراد"),
    ("سنغافورة", "سنجافورة"),
    ("البنغال", "البنجال"),
    ("بنغلاديش", "بنجلاديش", "بنغلادش"),
    ("أفغانستان", "أفجانستان"),
    ("أذربيجان", "أذربيدجان"),
    ("كازاخستان", "قازاخستان", "كازخستان"),
    ("قيرغيزستان", "قرغيزستان", "قيرغيستان"),
    ("ميونيخ", "ميونخ"),
    ("هامبورغ", "هامبورج"),
    ("بطرسبرغ", "بطرسبورغ", "بطرسبرج"),
    ("لوكسمبورغ", "لوكسمبورج"),
    ("جوهانسبرغ", "جوهانسبرج"),
    ("نيويورك", "نيورك"),
    # Companies and services
    ("غوغل", "جوجل", "قوقل"),
    ("فيسبوك", "فايسبوك"),
    ("إنستغرام", "إنستجرام", "إنستقرام", "إنستاغرام"),
    ("تليغرام", "تلغرام", "تيليغرام", "تليجرام", "تلجرام"),
    ("واتساب", "واتسب"),
    ("يوتيوب", "يوتوب"),
    ("بلومبيرغ", "بلومبرغ", "بلومبرج"),
    ("بوينغ", "بوينج"),
    ("سامسونغ", "سامسونج"),
    # Common nouns that houses spell apart
    ("ديمقراطي", "ديموقراطي"),
    ("تلفزيون", "تليفزيون"),
    ("غرام", "جرام"),
    ("كيلوغرام", "كيلوجرام"),
    ("إلكتروني", "اليكتروني"),
    ("تكنولوجيا", "تكنلوجيا"),
    ("بروتوكول", "برتوكول"),
    ("دبلوماسي", "ديبلوماسي"),
    ("دكتاتوري", "ديكتاتوري"),
    ("استراتيجي", "استراتجي"),
    # Months, as each region names them
    ("يناير", "جانفي"),
    ("فبراير", "فيفري", "شباط"),
    ("أبريل", "أفريل"),
    ("مايو", "أيار"),
    ("يونيو", "حزيران"),
    ("يوليو", "جويلية", "يوليوز", "تموز"),
    ("أغسطس", "غشت"),
    ("سبتمبر", "شتنبر", "أيلول"),
    ("نوفمبر", "نونبر"),
    ("ديسمبر", "دجنبر"),
)
"""Default spellings, one word each. Names whose stem is also a common word are left out."""

StemGroups = Mapping[str, tuple[str, ...]]


def stem_groups(groups: Iterable[Iterable[str]] = DEFAULT_GROUPS) -> StemGroups:
    """Return each spelling's stem with the stems of the other spellings of its groups.

    A stem found in two groups joins what both say of it. Raises ``ValueError`` with an Arabic
    message when a spelling is not one word.

    >>> stem_groups([["ترامب", "ترمب"], ["غوغل", "جوجل", "قوقل"]])["جوجل"]
    ('غوغل', 'قوقل')
    >>> stem_groups([["نيو يورك", "نيويورك"]])
    Traceback (most recent call last):
    ValueError: كل صيغة كلمة واحدة: «نيو يورك»
    """
    others: dict[str, dict[str, None]] = {}
    for group in groups:
        stems: dict[str, None] = {}
        for spelling in group:
            words = tokens(spelling)
            if len(words) != 1:
                raise ValueError(f"كل صيغة كلمة واحدة: «{spelling}»")
            stems[stem(words[0].folded)] = None
        for one in stems:
            others.setdefault(one, {}).update((other, None) for other in stems if other != one)
    return {one: tuple(rest) for one, rest in others.items() if rest}


def expand(word_stem: str, groups: StemGroups) -> tuple[str, ...]:
    """Return ``word_stem`` first, then the stems of its other spellings, to be weighted lower.

    >>> expand("ترامب", stem_groups()), expand("صين", stem_groups())
    (('ترامب', 'ترمب'), ('صين',))
    """
    return word_stem, *groups.get(word_stem, ())
