"""What the desk suggests for a story, each with a reason an editor can check."""

from __future__ import annotations

import pytest
from factories.story import BY, MORNING, body, proposal

from khabarayn.article.blocks import Paragraph
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.suggest import suggest

pytestmark = pytest.mark.usefixtures("any_app_context")

QUAKE = "زلزال عنيف ضرب إزمير وسقطت طوابق فوق سكانها وهرع المنقذون إلى الركام"
TEXT = (
    "ضرب زلزال عنيف بلغت قوته سبع درجات ساحل إزمير فجر اليوم. وأضاف شهود أن الهزة طالت. "
    "هرع المنقذون إلى الركام بحثًا عن ناجين تحت طوابق منهارة في ضاحية بايراكلي.",
    "قال الوزير سويلو إن فرق الإنقاذ وصلت من أربع ولايات ومعها كلاب مدربة. "
    "نصبت الإدارة خيامًا في الملاعب لإيواء السكان الذين فقدوا بيوتهم في ضاحية بايراكلي.",
    "سجلت المراصد هزات ارتدادية كثيرة بعد الزلزال الأول. "
    "يقع ضاحية بايراكلي فوق فالق قديم عرفه الجيولوجيون قبل عقود طويلة.",
)
BLOCKS = tuple(Paragraph(part) for part in TEXT)


def archive() -> None:
    for number in range(6):
        quake = number % 2 == 0
        words = f"{QUAKE} {number}" if quake else f"مباراة نهائية في ملعب المدينة {number}"
        told = proposal(
            headline=words,
            section="world" if quake else "sport",
            tags=("زلازل", "تركيا") if quake else ("كرة",),
            body_html=body(number) + f"<p>{words}</p>",
        )
        publish(draft(told, BY), BY, at=MORNING)


def test_the_section_is_that_of_the_nearest_stories_and_the_reason_counts_them():
    archive()
    found = suggest("زلزال جديد في إزمير", "", BLOCKS)
    assert found.section is not None
    assert found.section.value == "world"
    assert "«العالم»" in found.section.reason


def test_tags_come_from_near_stories_and_from_names_in_the_text():
    archive()
    found = suggest("زلزال جديد في إزمير", "", BLOCKS)
    values = [tag.value for tag in found.tags]
    assert {"زلازل", "تركيا"} <= set(values)
    assert "كرة" not in values
    assert "ضاحية بايراكلي" in values
    assert all(tag.reason for tag in found.tags)
    assert found.hashtags[0].value.startswith("#")
    assert " " not in "".join(tag.value for tag in found.hashtags)


def test_tags_that_the_story_has_are_not_suggested_again():
    archive()
    found = suggest("زلزال جديد في إزمير", "", BLOCKS, tags=("#زلازل",))
    assert "زلازل" not in [tag.value for tag in found.tags]


def test_teaser_and_key_points_are_the_texts_own_sentences():
    archive()
    found = suggest("زلزال جديد في إزمير", "", BLOCKS)
    whole = " ".join(TEXT)
    assert found.teaser is not None
    assert found.teaser.value.rstrip("…") in whole
    assert len(found.key_points) == 3
    for point in found.key_points:
        assert point.value in whole
        assert not point.value.startswith("وأضاف")
    places = [whole.index(point.value) for point in found.key_points]
    assert places == sorted(places)


def test_a_standfirst_is_the_teaser_and_a_short_text_has_no_key_points():
    found = suggest("عنوان", "مقدمة كتبها المحرر.", (Paragraph("جملة واحدة."),))
    assert found.teaser is not None
    assert found.teaser.value == "مقدمة كتبها المحرر."
    assert found.key_points == ()


def test_an_empty_archive_and_an_empty_form_suggest_nothing():
    found = suggest("")
    assert found.section is None
    assert found.tags == found.hashtags == found.key_points == ()
    assert found.teaser is None


def test_no_preposition_and_no_number_is_suggested_as_a_tag():
    text = (
        "دعمت البلدية النقل بعشرين حافلة لثلاث سنوات في محطة الرمل.",
        "تبدأ الخدمة بعشرين حافلة لثلاث سنوات، ثم تتوسع بمدينة الرمل.",
        "قال السكان إن مدينة الرمل تكبر، وإن ميناء بغداد بعيد، ومرت بمدينة الرمل 40 حافلة.",
        "زار الوفد ميناء بغداد، ومرت 40 حافلة، وعاد الوفد إلى مدينة الرمل من ميناء بغداد.",
        "وتشتري المدينة الحافلات بعشرين حافلة أخرى لثلاث سنوات.",
    )
    found = suggest("النقل في الرمل", "", tuple(Paragraph(one) for one in text))
    values = [tag.value for tag in found.tags]
    assert "مدينة الرمل" in values
    assert "ميناء بغداد" in values
    for wrong in ("بعشرين حافلة", "لثلاث سنوات", "بمدينة الرمل", "40 حافلة"):
        assert wrong not in values
