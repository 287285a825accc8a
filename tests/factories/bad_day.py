"""A paper on a bad day: hardly a picture, long headlines, a breaking strip over its own story, a
section with one story, a story of three lines, one in two scripts, and one taken back."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw

from factories.story import body
from khabarayn.article.proposal import Proposal, ProposedAuthor, ProposedPicture
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.front.bulletin import announce
from khabarayn.desk.pictures.upload import upload
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.withdraw import withdraw

LONG = (
    "لجنة المياه في المحافظة تعلن جدولًا جديدًا لتوزيع الحصص بين القرى الثماني بعد اجتماع "
    "امتد إلى ما بعد منتصف الليل وانتهى بلا اتفاق على القناة الشرقية"
)
MIXED = "تحديث Wi-Fi 7 في مكتبات البلدية: ما الذي يغيّره 802.11be لمن يقرأ من هاتف قديم؟"
_NEWS = (
    ("أمطار متفرقة على الساحل وهبوط في الحرارة آخر الأسبوع", "news"),
    ("إعادة فتح طريق الوادي بعد إزالة الصخور", "news"),
    (LONG, "news"),
    ("بلدية الميناء تعرض موازنتها على السكان في ثلاث جلسات مفتوحة", "politics"),
    ("تأجيل جلسة المجلس المحلي إلى الأحد", "politics"),
    ("اعتراضان على حدود الدائرة الرابعة", "politics"),
    (MIXED, "tech"),
    ("خريطة رقمية لحافلات المدينة يشارك السائقون في تصحيحها", "tech"),
    ("سوق السمك يعود إلى ساعاته القديمة", "business"),
    ("تعاونية النجارين تفتح ورشتها الثانية في الحي القديم", "business"),
    ("فريق المدرسة الثانوية إلى نهائي بطولة الجوار", "sport"),
    ("سباق الزوارق الشراعية ينتهي بفارق نصف ذراع", "sport"),
    ("مستوصف الضفة يستقبل المراجعين مساءً", "health"),
    ("نخلة عمرها مئة عام تُنقل ولا تُقطع", "world"),
    ("سعر القمح في المطاحن بلا تغيير للأسبوع السادس", "economy"),
    ("رسوم الأرصفة تُدفع شهريًّا ابتداءً من الربيع", "economy"),
)


def _portrait() -> bytes:
    """Return a tall picture with a head in its upper third."""
    picture = Image.new("RGB", (900, 1350), "#c9b79c")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1000, 900, 1350), fill="#3c5a57")
    draw.rounded_rectangle((250, 560, 650, 1350), 160, fill="#7d2f3b")
    draw.ellipse((330, 240, 570, 560), fill="#e8cdb0")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _story(at: datetime, number: int, **given: Any) -> str:
    usual: dict[str, Any] = {
        "standfirst": "ما نعرفه حتى الآن، وما ينتظره السكان في الأيام المقبلة.",
        "body_html": body(number, 14),
        "published_at": at,
        "tags": ("بلدية",),
    }
    public_id = draft(Proposal(**{**usual, **given}), OPERATOR)
    publish(public_id, OPERATOR, at=at)
    return public_id


def bad_day(now: datetime | None = None) -> dict[str, str]:
    """Fill the paper of the current application, whose sections are seeded; return the addresses
    worth a look, by name."""
    moment = (now or datetime.now(UTC)) - timedelta(minutes=7)
    hour = timedelta(minutes=41)
    store = current_app.extensions["khabarayn.media"]
    found: dict[str, str] = {"front": "/"}
    for n, (headline, section) in enumerate(_NEWS):
        public_id = _story(moment - n * hour, n, headline=headline, section=section)
        if headline == LONG:
            found["long"] = f"/a/{public_id}"
        if headline == MIXED:
            found["mixed"] = f"/a/{public_id}"
    media = upload(_portrait(), OPERATOR, store=store, alt="رجل يقف أمام جدار")
    lead = ProposedPicture(f"media:{media}", "رجل يقف أمام جدار", credit="أرشيف البلدية")
    tall = _story(
        moment - 30 * hour, 40, headline="حارس المنارة يتقاعد بعد أربعين عامًا",
        section="entertainment", lead=lead,
    )  # fmt: skip
    short = _story(
        moment - 31 * hour, 41, headline="إغلاق الجسر ساعة للصيانة", section="news",
        standfirst="", body_html="<p>يُغلق الجسر ساعة فجر الجمعة. يعود المرور في السادسة.</p>",
    )  # fmt: skip
    for n, name in enumerate(("ليلى الساحلي", "مروان الجبلي")):
        _story(
            moment - (32 + n) * hour, 42 + n, section="politics", genre="رأي",
            headline=("الرصيف لمن يمشي عليه", "موازنة تُقرأ قبل أن تُقرّ")[n],
            authors=(ProposedAuthor(name, role="كاتب"),),
        )  # fmt: skip
    back = _story(moment - 50 * hour, 50, headline="افتتاح القناة الشرقية اليوم", section="news")
    withdraw(back, OPERATOR, "نُشر قبل أوانه: لم تُفتح القناة بعد.")
    first = _story(
        moment + timedelta(minutes=5), 60, section="news", breaking=True,
        headline="انقطاع الكهرباء عن الضفة الشرقية وفرق الصيانة في الطريق",
    )  # fmt: skip
    announce(
        "انقطاع الكهرباء عن الضفة الشرقية، والإصلاح قبل المساء", timedelta(hours=6), OPERATOR, first
    )
    return found | {
        "portrait": f"/a/{tall}", "three-lines": f"/a/{short}", "withdrawn": f"/a/{back}",
        "breaking": f"/a/{first}", "one-story": "/s/health",
    }  # fmt: skip
