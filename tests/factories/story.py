"""Whole stories, told as editors tell them: through the verbs of the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from flask import Flask

from factories.rows import number
from khabarayn.article.proposal import Proposal
from khabarayn.desk.by import By
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.translations import tie

BY = By("tests")
MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
# Six paragraphs, long enough for the places of see-also insets.
BODY = "".join(
    f"<p>{line}</p>"
    for line in (
        "افتتحت البلدية اليوم جسرًا جديدًا يربط ضفتي النهر بعد ثلاث سنوات من العمل المتواصل.",
        "ويبلغ طول الجسر أربعمئة متر، وفيه ممر للمشاة وآخر للدراجات، وموقفان للحافلات.",
        "وقال المهندس المشرف إن الأساسات نُفذت في موسم الجفاف حين ينخفض منسوب المياه إلى أدناه.",
        "وانتظر سكان الضفة البعيدة هذا اليوم طويلًا، إذ كان الوصول إلى السوق يستغرق ساعة كاملة.",
        "وتقدّر البلدية أن عشرين ألف سيارة ستعبر الجسر كل يوم، وأن الزحام في وسط المدينة سيخف.",
        "ويُفتح الجسر للشاحنات في الشهر المقبل بعد أن تنتهي اختبارات الحمولة التي تجريها الجامعة.",
    )
)
# What different reports of one town have in common: words, not sentences.
_TOWN = """
البلدية الجسر النهر الضفة السوق الميناء الحافلة الدراجة المشاة الطريق الزحام المهندس الأساسات
الجفاف المياه السكان الساعة السيارة الشاحنة الحمولة الجامعة المختبر الحديقة المدرسة المكتبة
المسرح الساحة القطار المحطة الرصيف القارب الصياد الشبكة الريح المطر الغيمة الصيف الشتاء النافذة
الباب الحجر الخشب الحديد الزجاج اللون الضوء المصباح العمود السلم الجدار السقف الحارس المفتاح
الصندوق الرسالة البريد الطابع الجريدة الكاتب الورق الحبر القلم المقعد الطاولة المقهى الفنجان
السكر الخبز الفرن القمح الحقل الفلاح الجرار البئر المضخة الأنبوب الخزان الكهرباء الهاتف العداد
الفاتورة المتجر الميزان التاجر القافلة الجمل الصحراء الرمل الواحة النخلة التمر البستان الزيتون
المعصرة الزيت الصابون العطر الوردة النحلة العسل الجبل الوادي الصخرة الكهف الخريطة البوصلة النجمة
القمر السفينة الشراع المرسى المنارة
"""
_WORDS = _TOWN.split()


def body(number: int, paragraphs: int = 6) -> str:
    """Return the body of report ``number``: no two of them are near-duplicates."""
    dice = Random(number)
    return "".join(f"<p>{' '.join(dice.sample(_WORDS, 22))}.</p>" for _ in range(paragraphs))


def proposal(**given: Any) -> Proposal:
    """Return a proposal that the desk accepts; each has a headline and an hour of its own."""
    n = next(number)
    usual: dict[str, Any] = {
        "headline": f"البلدية تفتتح جسرًا جديدًا على النهر ({n})",
        "standfirst": "ثلاث سنوات من العمل انتهت اليوم بعبور أول حافلة.",
        "section": "news",
        "body_html": body(n),
        "tags": ("مدن",),
        "published_at": MORNING + timedelta(minutes=n),
    }
    return Proposal(**{**usual, **given})


def story(app: Flask, **given: Any) -> str:
    """Publish a story and return its public id; ``status="draft"`` keeps it a draft."""
    told = proposal(**given)
    with app.app_context():
        public_id = draft(told, BY)
        if told.status == "published":
            publish(public_id, BY, at=told.published_at)
    return public_id


def stories(app: Flask, count: int, **given: Any) -> list[str]:
    """Publish ``count`` stories, the oldest first, and return their public ids."""
    return [story(app, **given) for _ in range(count)]


ENGLISH: dict[str, Any] = {
    "headline": "The council opens a bridge across the river",
    "standfirst": "",
    "language": "en",
    "body_html": "<p>The council opened a bridge of steel this morning.</p>",
}


def two_versions(app: Flask) -> tuple[str, str]:
    """Publish a story in Arabic and one in English, tie them, and return their public ids."""
    ids = story(app), story(app, **ENGLISH)
    with app.app_context():
        tie(ids[0], f"http://127.0.0.1:8000/en/a/{ids[1]}?x=1", BY)
    return ids
