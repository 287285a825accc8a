"""The workflow as a table: which step a story may take in which state, and the state it leads
to."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

DRAFT, REVIEW, SCHEDULED, PUBLISHED, WITHDRAWN = STATES = (
    "draft",
    "review",
    "scheduled",
    "published",
    "withdrawn",
)
NO_STORY = "gone"


OPTIONAL_NOTE = _("ملاحظة (إن شئت)")


@dataclass(frozen=True)
class Step:
    """One step in the workflow of a story, with all that is told of it.

    ``action`` is the permission it needs, ``sources`` the states it may be taken in, ``target`` the
    state it leaves. ``name`` stands on its button, ``renew`` where the story is in the target state
    already; ``about`` says beforehand what will happen, ``locked_message`` to whoever may not edit
    the story in the target state; ``done_message`` says it afterwards. ``weight`` is «main»,
    «plain» or «grave». ``fields`` are the fields of its form in the order of its verb's parameters:
    «at», «note», «reason». ``label`` names the one that holds text; ``demand`` does where the story
    is somebody else's, and then text is demanded. ``as_seen`` steps give readers the revision that
    was read here, not one that somebody has written since.
    """

    action: str
    sources: frozenset[str]
    target: str
    name: LazyString
    about: LazyString
    done_message: LazyString
    renew: LazyString | None = None
    locked_message: LazyString | None = None
    weight: str = "plain"
    fields: tuple[str, ...] = ("note",)
    label: LazyString = OPTIONAL_NOTE
    demand: LazyString | None = None
    as_seen: bool = False


STEPS = {
    "submit": Step(
        "story.submit",
        frozenset({DRAFT}),
        REVIEW,
        name=_("أرسل إلى المراجعة"),
        about=_("يراه من يراجع الأخبار في «ينتظر المراجعة»، ويبقى لك أن تعدّله."),
        locked_message=_("يراه من يراجع الأخبار في «ينتظر المراجعة»، ولا تعدّله حتى يُعاد إليك."),
        done_message=_("أُرسل الخبر إلى المراجعة."),
        weight="main",
    ),
    "return": Step(
        "story.return",
        frozenset({REVIEW, SCHEDULED}),
        DRAFT,
        name=_("أعِد إلى صاحب الخبر"),
        about=_("يعود الخبر مسودة ومعه ملاحظتك."),
        done_message=_("أُعيد الخبر إلى صاحب الخبر."),
        demand=_("ما المطلوب؟"),
    ),
    "schedule": Step(
        "story.schedule",
        frozenset({DRAFT, REVIEW, SCHEDULED}),
        SCHEDULED,
        name=_("جدوِل النشر"),
        renew=_("غيّر الموعد"),
        about=_("يُنشر وحده في الموعد، بآخر نص حُفظ حتى ذلك الحين."),
        done_message=_("جُدول الخبر."),
        fields=("at", "note"),
        as_seen=True,
    ),
    "unschedule": Step(
        "story.schedule",
        frozenset({SCHEDULED}),
        REVIEW,
        name=_("ألغِ الجدولة"),
        about=_("يعود الخبر إلى «ينتظر المراجعة»."),
        done_message=_("أُلغيت الجدولة."),
    ),
    "publish": Step(
        "story.publish",
        frozenset({DRAFT, REVIEW, SCHEDULED, PUBLISHED}),
        PUBLISHED,
        name=_("انشر الآن"),
        renew=_("انشر التعديل"),
        about=_("يراه القرّاء خلال ثانيتين."),
        done_message=_("نُشر الخبر."),
        weight="main",
        fields=(),
        as_seen=True,
    ),
    "correct": Step(
        "story.correct",
        frozenset({PUBLISHED}),
        PUBLISHED,
        name=_("أضف تصحيحًا"),
        about=_("يظهر التصحيح مؤرّخًا تحت الخبر، ويصل إلى النسخ المحفوظة في الهواتف."),
        done_message=_("نُشر التصحيح."),
        fields=("reason",),
        label=_("نص التصحيح"),
    ),
    "withdraw": Step(
        "story.withdraw",
        frozenset({PUBLISHED}),
        WITHDRAWN,
        name=_("اسحب الخبر"),
        about=_("يختفي الخبر من كل مكان، ومن يفتح رابطه يقرأ السبب الذي تكتبه هنا."),
        done_message=_("سُحب الخبر."),
        weight="grave",
        fields=("reason", "successor"),
        label=_("السبب، كما يقرؤه القرّاء"),
    ),
    "reopen": Step(
        "story.publish",
        frozenset({WITHDRAWN}),
        DRAFT,
        name=_("أعِد فتحه"),
        about=_("يعود مسودة. ومن يفتح رابطه يقرأ أنه سُحب حتى يُنشر من جديد."),
        done_message=_("فُتح الخبر من جديد مسودةً."),
    ),
    "delete": Step(
        "story.delete_draft",
        frozenset({DRAFT}),
        NO_STORY,
        name=_("احذف المسودة"),
        about=_("تُحذف المسودة وإصداراتها، ولا رجعة في ذلك."),
        done_message=_("حُذفت المسودة."),
        weight="grave",
        fields=(),
    ),
}
# What an importer may say beyond that: its source brings back what it had taken back.
SYSTEM_MAY = {("publish", WITHDRAWN)}


def may_take(verb: str, status: str, by_system: bool = False) -> bool:
    """Say whether the step ``verb`` may be taken with a story in this state.

    >>> may_take("submit", "draft"), may_take("submit", "published")
    (True, False)
    >>> may_take("publish", "withdrawn"), may_take("publish", "withdrawn", by_system=True)
    (False, True)
    """
    return status in STEPS[verb].sources or (by_system and (verb, status) in SYSTEM_MAY)


def verbs_in(status: str) -> tuple[str, ...]:
    """Return the steps that may be taken with a story in this state.

    >>> verbs_in("review")
    ('return', 'schedule', 'publish')
    """
    return tuple(verb for verb, step in STEPS.items() if status in step.sources)


def state_name(status: str) -> str:
    """Return what people call the state, in their language."""
    return {
        DRAFT: gettext("مسودة"),
        REVIEW: gettext("قيد المراجعة"),
        SCHEDULED: gettext("مجدول"),
        PUBLISHED: gettext("منشور"),
        WITHDRAWN: gettext("مسحوب"),
    }[status]
