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
    ("بنك", "مصرف"),
    # What is known by a word of its own and by a phrase, joined by «_»
    ("واي_فاي", "Wi-Fi"),
    ("فيتو", "حق_النقض"),
    ("الفار", "VAR", "حكم_الفيديو", "تقنية_الفيديو"),
    ("بلاي_ستيشن", "PlayStation", "بلايستيشن"),
    ("آيفون", "iPhone"),
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
"""Default spellings. Names whose stem is also a common word are left out."""

LONGEST_SPELLING = 3  # words

StemGroups = Mapping[str, tuple[str, ...]]


def stem_groups(groups: Iterable[Iterable[str]] = DEFAULT_GROUPS) -> StemGroups:
    """Return each spelling's stem with the stems of the other spellings of its groups; those of a
    spelling of two words or three stand with a space between them.

    A stem found in two groups joins what both say of it. Raises ``ValueError`` with an Arabic
    message when a spelling is not one to three words.

    >>> stem_groups([["ترامب", "ترمب"], ["غوغل", "جوجل", "قوقل"]])["جوجل"]
    ('غوغل', 'قوقل')
    >>> stem_groups([["بنك", "مصرف مركزي"]])["بنك"]
    ('مصرف مركز',)
    """
    others: dict[str, dict[str, None]] = {}
    for group in groups:
        stems: dict[str, None] = {}
        for spelling in group:
            words = tokens(spelling)
            if not 1 <= len(words) <= LONGEST_SPELLING:
                raise ValueError(f"كل صيغة كلمة، أو ثلاث كلمات على الأكثر: «{spelling}»")
            stems[" ".join(stem(word.folded) for word in words)] = None
        for one in stems:
            others.setdefault(one, {}).update((other, None) for other in stems if other != one)
    return {one: tuple(rest) for one, rest in others.items() if rest}


def expand(word_stem: str, groups: StemGroups) -> tuple[str, ...]:
    """Return ``word_stem`` first, then the stems of its other spellings, to be weighted lower.

    >>> expand("ترامب", stem_groups()), expand("صين", stem_groups())
    (('ترامب', 'ترمب'), ('صين',))
    """
    return word_stem, *groups.get(word_stem, ())
