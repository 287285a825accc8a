"""The copy desk sees the slips it knows, offers the right fix, and keeps quiet otherwise."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.copydesk import CopyWarning, apply, apply_fixes, check
from khabarayn.arabic.copydesk.spelling import slips
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of
from khabarayn.demo import FOLDER
from khabarayn.wire import ninjs

NAMES = (("ترامب", "ترمب"), ("غوغل", "جوجل", "قوقل"), ("نيويورك", "نيو يورك"))

typed = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from('ابوىة ً،؛؟,;?.:!"«»()[]“”ـ 12٣\n\u200f\u2068\u2069x@#/'),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("اكد الرئيس الى الامم المتحدة", "أكد الرئيس إلى الأمم المتحدة"),
        ("الإجتماع وبالإتفاق للإقتصاد", "الاجتماع وبالاتفاق للاقتصاد"),
        ("المسئولون عن شئون البيئة", "المسؤولون عن شؤون البيئة"),
        ("فى المستشفي المصرى حتي الآن", "في المستشفى المصري حتى الآن"),
        ("هذة الحكومه والدوله", "هذه الحكومة والدولة"),
        ("ايضاً وأيضاً وهدىً", "أيضًا وأيضًا وهدًى"),
        ("لاكن هاذا إنشاءالله", "لكن هذا إن شاء الله"),
        ("نعم, لا; لماذا?", "نعم، لا؛ لماذا؟"),
        ("قال,ثم", "قال، ثم"),
        ('قال "نعم" ومضى', "قال «نعم» ومضى"),
        ('قال «لن "أعود" أبدًا»', "قال «لن “أعود” أبدًا»"),
        ("قال  نعم ، ثم ( مضى ) .", "قال نعم، ثم (مضى)."),
        ("قال:نعم.ثم مضى«عائدًا»إلى", "قال: نعم. ثم مضى «عائدًا» إلى"),
        ("سوريا و لبنان", "سوريا ولبنان"),
        ("الصـــين", "الصين"),
        ("بين 2024 و2025 و٢٠٢٦", "بين 2024 و2025 و2026"),
        ("بين ٢٠٢٤ و٢٠٢٥ و2026", "بين ٢٠٢٤ و٢٠٢٥ و٢٠٢٦"),
        ("\u200fخبر\u202e \u2068C++\u2069\u2069", "خبر \u2068C++\u2069"),
        ("قال ترمب لجوجل في نيو يورك", "قال ترامب لغوغل في نيويورك"),
        ("بقوقل والترمب", "بغوغل والترامب"),
    ],
)
def test_one_tap_mends_a_slip_and_leaves_nothing_to_say(written: str, fixed: str):
    assert apply(written, check(written, NAMES)) == fixed
    assert check(fixed, NAMES) == ()


@pytest.mark.parametrize(
    "clean",
    [
        "",
        "أكد المسؤول أن الاجتماع سيُعقد في الأول من أكتوبر/تشرين الأول 2026، الساعة 9:40.",
        "قال علي إن واحدًا من أصدقاء باول فاهم، وإن دوله ملكه.",
        "لـ«خبرين» وبـ«الأمم» و«غزة» عام 1448 هـ",
        "مساحة الصورة 214 ك.ب في الألف الثاني ق.م",
        "1) أولًا\n2) ثانيًا\nأ) ثالثًا",
        "موقع https://example.com/a?b=1,2;c وبريد someone@example.com، و#وسم_الى",
        "نسبة 3.5% و1,000 ريال و1،500 و+974 4455 6677",
        'The end, isn\'t it? "Yes"; no.',
        "قال: «لا “أبدًا” لا».",
        "مُدَرِّسَةٌ ومُعَلِّمٌ",
        "زيارة مفاجئة تسائل الحكومة عن الكره والماء الامن",
    ],
)
def test_good_arabic_is_left_in_peace(clean: str):
    assert check(clean, NAMES) == ()


@pytest.mark.parametrize(
    "clean",
    [
        "ارتفع مؤشر S&P 500 بنسبة 1.5% إلى 4,512.3 نقطة، وهبط برنت إلى 78.40 دولارًا.",
        "طائرة F-16 وصواريخ «إس-400» وفيروس كوفيد-19 وشبكات 5G.",
        "قالت المتحدثة باسم الـUNHCR إن الـ1200 لاجئ وصلوا الساعة 9:30.",
        "رقم الهاتف +966 11 234 5678 والبريد info@example.org.sa",
        "رؤية «2030»؛ إلخ… نعم!؟",
        "عبدالرحمن وعبد العزيز وأبوظبي وأبو ظبي وآل سعود",
        "السّلامُ عليكُم ورَحْمةُ اللهِ وبركاتُه",
        "ٱلۡحَمۡدُ لِلَّهِ رَبِّ ٱلۡعَٰلَمِينَ",
        "آیا دولت ایران گفتگو می‌کند؟ وزیر گفت: پس از ۲۴ ساعت.",
        "پاکستان کے وزیرِ اعظم نے کہا ہے",
        "(رويترز) - قال مسؤول: «لن نعود»، ومضى.",
        "قناتا سي.إن.إن وتي.آر.تي ووكالة د.ب.أ وموقعا أخبار.نت وسوق.كوم ونادي إف.سي.",
        "وفاز المنتخب 2-1 (الشوط الأول 1-0) على ملعبه.",
    ],
)
def test_a_newsroom_s_own_ways_are_left_in_peace(clean: str):
    assert check(clean, NAMES) == ()


def test_the_demo_edition_gives_the_desk_nothing_to_say():
    remarks = []
    for path in sorted((FOLDER / "stories").glob("*.json")):
        item = ninjs.read(path.read_bytes())
        body = text_of(parse(item.body_html))
        for text in (item.headline, item.short_headline, item.standfirst, item.teaser, body):
            remarks += [(path.stem, warning.text) for warning in check(text)]
    # A line of verse keeps the spelling of its edition.
    assert remarks == [("polo-sawlajan", "ى\u064b")]


def test_what_only_an_editor_can_mend_has_no_replacement():
    for text, place in (("قال (نعم", 4), ("قال نعم»", 7), ('قال "نعم', 4)):
        (warning,) = check(text)
        assert (warning.start, warning.replacement) == (place, None)
        assert apply(text, [warning]) == text


def test_a_bracket_is_paired_within_its_paragraph():
    assert [w.start for w in check("قال (نعم\nومضى) عائدًا")] == [4, 13]


def test_each_warning_says_why_by_a_code():
    (warning,) = check("في الإجتماع")
    assert warning == CopyWarning(3, 11, "الإجتماع", "hamza", "hamza_added", "الاجتماع")


def test_a_warning_of_an_older_text_changes_nothing():
    stale = check("اكد الرئيس")
    assert apply("قال الرئيس", stale) == "قال الرئيس"
    assert apply("", stale) == ""


def test_no_mended_word_is_itself_a_slip():
    assert list(slips("إلى أيضًا المسؤول الحكومة الاتفاق هذه في إن شاء الله")) == []


@given(typed)
def test_warnings_lie_inside_the_text_in_order_and_quote_it(text: str):
    last = 0
    for warning in check(text, NAMES):
        assert last <= warning.start <= warning.end <= len(text)
        assert text[warning.start : warning.end] == warning.text
        assert warning.replacement != warning.text
        assert warning.reason
        last = warning.end


@pytest.mark.parametrize(
    "unit", ["ا ", '" ', "(", "«", "  ، ", "ـ", "و ", "x@", "a-", "\u2068", "1)"]
)
def test_hostile_text_costs_no_more_than_its_length(unit: str):
    # Linear work takes a few tenths of a second here, quadratic work minutes.
    started = process_time()
    check(unit * 50_000, NAMES)
    assert process_time() - started < 10


@given(typed)
def test_taking_every_fix_ends(text: str):
    for _ in range(12):
        fixed = apply(text, check(text, NAMES))
        if fixed == text:
            break
        text = fixed
    assert all(w.replacement is None for w in check(text, NAMES))


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("ذهب الي المدرسه", "ذهب إلى المدرسة"),
        ("قال ان مدينه جديده", "قال أن مدينة جديدة"),
        ("اغلقت الدورى مبارة", "أغلقت الدوري مباراة"),
        ("إستعمال خاطىء من مسؤل شئون", "استعمال خاطئ من مسؤول شؤون"),
        ("إنشاء الله", "إن شاء الله"),
        ("أمس و 2025", "أمس و2025"),
        ("جميل جداااا", "جميل جدا"),
        ("مدينه جديده , ثم", "مدينة جديدة، ثم"),
    ],
)
def test_one_pass_of_repair_leaves_nothing_for_a_second(slip, right):
    repaired = apply(slip, check(slip))
    assert repaired == right
    assert check(repaired) == ()


def test_clean_words_that_look_like_slips_pass():
    assert check("إنشاء المدرسة، والآن فان غوخ، والوالي في الأوان") == ()


SLIPS = """
الي:إلى ان:أن مدينه:مدينة جديده:جديدة المدرسه:المدرسة مبارة:مباراة اغلقت:أغلقت إستعمال:استعمال
خاطىء:خاطئ مسؤل:مسؤول شئون:شؤون الدورى:الدوري شكراااا:شكرا
"""


@pytest.mark.parametrize("pair", [*SLIPS.split(), "إنشاء الله:إن شاء الله", "و 2025:و2025"])
def test_a_misspelling_that_editors_meet_is_found_and_put_right(pair: str):
    wrong, right = pair.split(":")
    assert apply_fixes(f"قال {wrong} هنا") == f"قال {right} هنا"


MESS = ["قال", "جديده", "،", " ", "  ", "و", "و ", ".", "!", "?", ",", "«", "»", "(", ")", '"', "٢"]
MESS += ["2025", "ـ", "الى", "شكراااا", "أيضاً", "\u200f", "؛", ":", "ان", "C++", "\n", "المدرسه"]


@given(st.lists(st.sampled_from(MESS), max_size=12).map("".join))
def test_fixing_everything_leaves_nothing_to_fix_for_a_second_press(text: str):
    assert [w for w in check(apply_fixes(text)) if w.replacement is not None] == []
