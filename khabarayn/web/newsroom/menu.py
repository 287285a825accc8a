"""The newsroom's menu: the pages in its bar and on its «more» page, in order."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class Place:
    """A page of the newsroom; who may not do ``action`` is not shown it."""

    endpoint: str
    name: str
    action: str
    icon: str = ""
    about: str = ""


def places() -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return the places of the bar, and those of the «more» page."""
    bar = (
        Place("newsroom.story_list", _("المكتب"), "newsroom.see", "desk"),
        Place("newsroom.new_story", _("خبر جديد"), "story.write", "pen"),
        Place("newsroom.pictures", _("الصور"), "picture.see", "pictures"),
        Place("newsroom.front", _("الصفحة الأولى"), "front.compose", "front"),
        Place("newsroom.more", _("المزيد"), "newsroom.see", "more"),
    )
    more = (
        Place("newsroom.bulletin", _("شريط العاجل"), "bulletin.announce",
              about=_("سطر واحد فوق الصفحة الأولى.")),
        Place("newsroom.editions", _("النشرات"), "edition.make",
              about=_("نشرة الصباح ونشرة المساء.")),
        Place("newsroom.calendar", _("الأخبار المجدولة"), "newsroom.see",
              about=_("ما جُدول من أخبار، على أيام الشهر.")),
        Place("newsroom.numbers", _("الأرقام"), "numbers.read",
              about=_("القراءات والحفظ والمشاركة.")),
        Place("newsroom.pages", _("الصفحات الثابتة"), "page.write",
              about=_("من نحن، والخصوصية، وسياسة التصحيح، وغيرها.")),
        Place("newsroom.menus", _("القوائم"), "arrange.menus",
              about=_("ما في الشريط العلوي وذيل الصفحة، بالترتيب.")),
        Place("newsroom.sections", _("الأقسام"), "arrange.sections"),
        Place("newsroom.tags", _("الوسوم"), "arrange.tags"),
        Place("newsroom.authors", _("الكتّاب"), "arrange.authors"),
        Place("newsroom.sources", _("المصادر"), "arrange.sources"),
        Place("newsroom.feeds", _("الخلاصات الواردة"), "arrange.sources",
              about=_("خلاصات الوكالات والصحف التي تدخل أخبارها، وحال كل منها.")),
        Place("newsroom.words", _("معجم الدار"), "arrange.words"),
        Place("newsroom.redirects", _("التحويلات"), "arrange.redirects"),
        Place("newsroom.rights", _("الصلاحيات"), "rights.give",
              about=_("من يسحب الأخبار، ومن يرفع شريط العاجل.")),
        Place("newsroom.face", _("هوية الصحيفة"), "site.face",
              about=_("اسمها وشعارها وألوانها وخطوطها وعلامتها.")),
        Place("newsroom.settings", _("إعدادات الموقع"), "site.settings"),
        Place("newsroom.status", _("حالة الموقع"), "site.settings",
              about=_("العامل والنسخ الاحتياطي والقرص والبحث.")),
        Place("newsroom.people", _("أعضاء غرفة الأخبار"), "people.manage",
              about=_("حسابات أعضاء غرفة الأخبار وأدوارهم.")),
        Place("newsroom.audit", _("السجل"), "audit.read", about=_("من فعل ماذا ومتى.")),
        Place("newsroom.account", _("حسابي"), "account.own",
              about=_("كلمة المرور، والتحقق بخطوتين، والجلسات.")),
    )  # fmt: skip
    return bar, more
