"""What newsrooms really send: every script, sign and encoding, read without a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.bidi import runs
from khabarayn.arabic.copydesk import apply, check
from khabarayn.arabic.hygiene import clean_text
from khabarayn.arabic.normalise import fold, tokens, visible_span
from khabarayn.arabic.slug import hashtags, slug, tag_key
from khabarayn.arabic.stem import stem, stems
from khabarayn.related.entities import entities
from khabarayn.related.profile import profile
from khabarayn.search.document import compose, key_of
from khabarayn.store.db import now

TEXTS = (
    "ارتفع مؤشر S&P 500 بنسبة 1.5% إلى 4,512.3 نقطة، وهبط برنت 2,3 دولار إلى $78.40 للبرميل.",
    "طائرة F-16 وصواريخ «إس-400» و«باتريوت PAC-3» وفيروس كوفيد-19 وشبكات 5G.",
    "آیا دولت ایران گفتگو می‌کند؟ وزیر خارجه گفت: پس از ۲۴ ساعت.",
    "ﺍﻟﺮﺋﻴﺲ ﺍﻟﻤﺼﺮﻱ ﻳﻔﺘﺘﺢ ﺍﻟﻤﺆﺗﻤﺮ ﷲ ﷺ",
    "الـرئـيـس الـفـرنـسي: «لـن نـتـراجـع»",
    'قال د.أحمد عبدالله (وزير الصحة) لـ«بي بي سي»: "سنُطعّم 70% قبل 31/12/2026".',
    "@newsroom كتبت على X: #غزة_الآن https://example.com/abc?x=1&y=2",
    "عاجل 🔴 | زلزال بقوة ٦٫٢ درجات 🇸🇦🇪🇬",
    "ٱلۡحَمۡدُ لِلَّهِ رَبِّ ٱلۡعَٰلَمِينَ",
    "مەسەلا کوردستان هەولێر پاکستان کے وزیرِ اعظم نے کہا ہے",
    "\u202bنص\u202c \u2067محاط\u2069 \u200f بعلامات\ufeff خفية\u200b",
    "ا" * 5_000,
    "ال" * 5_000,
    "ءءءء ء ءا اء \ud800 \x00 \u0651\u0651\u0651",
)

anything = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.sampled_from("اأإآبلوفكهةىيءماهـ ًَُّ\u200c\u200f«»,٣5"),
    ),
    max_size=80,
)


def read_every_way(text: str) -> None:
    """Hand ``text`` to all that reads stories, and hold what each of them promises."""
    for token in tokens(text):
        start, end = visible_span(text, token)
        assert start == token.start < token.end <= end <= len(text)
        assert stem(token.folded)
        assert fold(token.folded) == token.folded
    assert stems(fold(text)) == stems(text)
    assert "".join(piece for _, piece in runs(text)) == text
    assert apply(text, ()) == text
    check(text)
    clean_text(text, 10_000)
    slug(text), tag_key(text), hashtags(text)
    entities([text])
    made = profile(text[:300], text, [text[:80]], text, 10, lambda stems: dict.fromkeys(stems, 1))
    assert made.headline >= 0
    document = compose(
        1, now(), headline=text, standfirst=[text], tags=[text], body=text, labels=["s1"]
    )
    assert len(document.body.split()) <= len(document.exact.split())
    assert document.body.split() == list(stems(text))[:6000] or len(text) > 4_000
    assert key_of(document.at) > 0


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_newsrooms_send_is_read(text: str):
    read_every_way(text)


@given(anything)
def test_nothing_that_can_be_written_raises(text: str):
    read_every_way(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الماء", "ماء"), ("والدم", "دم"), ("الجزء", "جزء"), ("بالحق", "حق"), ("للإنهاء", "إنهاء"),
        ("الـ22", "22"), ("و١٢", "12"), ("ﻭﺍﻟﻤﺎﺀ", "ماء"), ("وٱلماءِ", "ماءٍ"), ("کتاب", "كتاب"),
        ("ایران", "إيران"), ("والدته", "والده"), ("للغة", "اللغة"), ("الأب", "أب"),
        ("الضوء", "ضوء"),
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ماء", "ما"), ("بماء", "بما"), ("إنهاء", "أنها"), ("بهاء", "بها"), ("ولاء", "ولا"),
        ("الله", "له"), ("الآن", "أن"), ("الذي", "ذي"), ("ألغى", "غي"), ("والده", "الدهر"),
        ("آلاف", "الفا"), ("للغة", "غة"),
    ],
)  # fmt: skip
def test_different_words_keep_different_stems(one: str, other: str):
    assert stems(one) != stems(other)
