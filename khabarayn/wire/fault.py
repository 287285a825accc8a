"""What is wrong with a file and where: places and reasons, in Arabic and in English."""

from __future__ import annotations

from dataclasses import dataclass

REASONS: dict[str, tuple[str, str]] = {
    "empty": ("الملف فارغ", "the file is empty"),
    "too_big": (
        "الملف أكبر من المسموح ({detail} ميغابايت)",
        "the file is larger than allowed ({detail} MB)",
    ),
    "unknown_kind": (
        "لا يُعرف نوع الملف: المقبول ninjs وRSS وAtom وJSON Feed وصفحة HTML",
        "unknown kind of file: ninjs, RSS, Atom, JSON Feed and an HTML page are taken",
    ),
    "bad_json": ("صياغة JSON مكسورة: {detail}", "broken JSON: {detail}"),
    "bad_xml": ("صياغة XML مكسورة: {detail}", "broken XML: {detail}"),
    "forbidden_xml": (
        "الملف يعرّف كيانات أو DTD، وهي مرفوضة لأسباب أمنية",
        "the file declares entities or a DTD, which are refused for safety",
    ),
    "no_items": ("لا خبر في الملف", "there is no story in the file"),
    "too_many": (
        "في الملف أكثر من {detail} خبر، والزائد متروك",
        "the file holds more than {detail} stories; the rest is left out",
    ),
    "schema": ("لا يطابق معيار ninjs 2: {detail}", "does not fit ninjs 2: {detail}"),
    "missing_field": ("حقل ناقص: {detail}", "missing field: {detail}"),
    "wrong_type": ("نوع القيمة خطأ، والمطلوب {detail}", "wrong type of value, {detail} is wanted"),
    "not_one_of": ("القيمة ليست من: {detail}", "the value is not one of: {detail}"),
    "no_uri": ("لا معرّف للخبر (uri)", "the story has no uri"),
    "no_headline": ("لا عنوان للخبر", "the story has no headline"),
    "no_body": ("لا نص للخبر", "the story has no body"),
    "bad_time": ("وقت لا يُقرأ: {detail}", "unreadable time: {detail}"),
    "edition": ("وصف العدد لا يُقبل: {detail}", "the edition cannot be taken: {detail}"),
    "unreadable": ("تعذّرت قراءة الملف: {detail}", "the file cannot be read: {detail}"),
    "no_picture": ("صورة مفقودة: {detail}", "a picture is missing: {detail}"),
    "bad_picture": ("صورة مرفوضة: {detail}", "a picture is refused: {detail}"),
    "unknown_section": (
        "لا قسم بهذا الاسم: «{detail}»؛ أنشئه أو اختر قسمًا بالخيار --section",
        "there is no section «{detail}»; make it, or choose one with --section",
    ),
    "no_article": (
        "لم يُعثر في الصفحة على نص مقال",
        "no article text was found in the page",
    ),
    "not_taken": (
        "هذا الملف بصيغة {detail}، وهي لا تُقبل بعد؛ المقبول ninjs 2 وRSS وAtom وJSON Feed"
        " وصفحة HTML",
        "this file is {detail}, which is not taken yet; ninjs 2, RSS, Atom, JSON Feed and an HTML"
        " page are",
    ),
    # Notes: what an editor should know of a story that entered.
    "unknown_time": (
        "لا يُعرف وقت النشر ({detail})، فدخل الخبر مسودةً",
        "the time of publication is not known ({detail}); the story came in as a draft",
    ),
    "no_time": (
        "لا وقت نشر في المصدر، فدخل الخبر مسودةً",
        "the source gives no time of publication; the story came in as a draft",
    ),
    "unread_time": (
        "وقت التعديل لا يُقرأ: {detail}",
        "the time of the last change cannot be read: {detail}",
    ),
    "embargo": (
        "النشر محظور حتى {detail}، فجُدول الخبر لذلك الموعد",
        "embargoed until {detail}; the story is scheduled for that hour",
    ),
    "embargo_far": (
        "النشر محظور حتى {detail}، وهو أبعد من سنة، فدخل الخبر مسودةً",
        "embargoed until {detail}, more than a year off; the story came in as a draft",
    ),
    "embargo_unread": (
        "على الخبر حظر نشر لا يُقرأ موعده ({detail})، فدخل مسودةً",
        "the story is embargoed until a time that cannot be read ({detail}); it came in as a draft",
    ),
    "later": (
        "موعد نشره قادم: {detail}، فجُدول له",
        "its hour is still to come: {detail}; the story is scheduled for it",
    ),
    "too_far": (
        "موعد نشره أبعد من سنة: {detail}، فدخل الخبر مسودةً",
        "its hour is more than a year off: {detail}; the story came in as a draft",
    ),
    "untitled": (
        "لا عنوان له في مصدره: جُعلت جملته الأولى عنوانًا ودخل مسودةً",
        "it has no title at its source: its first sentence is the headline, and it came in as a"
        " draft",
    ),
    "struck": ("كلام مشطوب متروك: {detail}", "struck text left out: {detail}"),
    "left_out": ("متروك: {detail}", "left out: {detail}"),
    "no_lead": (
        "ليست صورة رئيسة (صورة كاتب أو مصغّرة): {detail}",
        "not a lead picture (an author's face or a thumbnail): {detail}",
    ),
    "small_lead": (
        "الصورة الرئيسة صغيرة: عرضها {detail} بكسل",
        "the lead picture is small: {detail} pixels wide",
    ),
    "expired": (
        "انتهى أجل نشره في {detail}، فدخل الخبر مسودةً",
        "it was to be public until {detail}; the story came in as a draft",
    ),
    "foreign_status": (
        "حالته في مصدره «{detail}»، فدخل الخبر مسودةً",
        "its status at the source is «{detail}»; the story came in as a draft",
    ),
}


@dataclass(frozen=True)
class Spot:
    """A place in a file: line and column count from 1, ``item`` too; 0 and '' are unknown."""

    line: int = 0
    column: int = 0
    item: int = 0
    path: str = ""

    def text(self, language: str = "ar") -> str:
        """Return the place in words, '' when nothing is known of it.

        >>> Spot(line=3, column=14).text(), Spot(item=2).text("en")
        ('السطر 3، العمود 14', 'item 2')
        """
        arabic = language == "ar"
        parts = []
        if self.item:
            parts.append(f"الخبر {self.item}" if arabic else f"item {self.item}")
        if self.line:
            parts.append(f"السطر {self.line}" if arabic else f"line {self.line}")
        if self.column:
            parts.append(f"العمود {self.column}" if arabic else f"column {self.column}")
        if self.path:
            parts.append(self.path)
        return ("، " if arabic else ", ").join(parts)


NOWHERE = Spot()


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, which of `REASONS`, and the detail that fills its gap."""

    reason: str
    spot: Spot = NOWHERE
    detail: str = ""

    def text(self, language: str = "ar") -> str:
        """Return the reason in words.

        >>> Fault("no_headline").text(), Fault("bad_time", detail="أمس").text("en")
        ('لا عنوان للخبر', 'unreadable time: أمس')
        """
        return REASONS[self.reason][0 if language == "ar" else 1].format(detail=self.detail)


class WireError(ValueError):
    """A file, or one item of it, that cannot be read; ``faults`` say where and why."""

    def __init__(self, *faults: Fault) -> None:
        said = (f"{fault.spot.text('en')}: {fault.text('en')}" for fault in faults)
        super().__init__("; ".join(said))
        self.faults = faults
