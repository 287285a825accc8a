"""Reports on three subjects that share no word, for what finds stories by their words."""

from __future__ import annotations

from datetime import timedelta

from factories.story import BY, MORNING, body, proposal
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish

# Words of three subjects, in different orders so that no report repeats another.
_QUAKE = "زلزال إزمير ركام منقذون هزة ارتدادية ريختر خيام ناجون أنقاض طوابق فالق"
_MATCH = "نهائي ملعب هداف ركنية حكم تسلل بطولة كأس مشجعون مدرجات حارس شباك"
_CHIPS = "رقائق مصنع ترانزستور معالج سيليكون نانومتر شحنات خوادم تصدير ليزر مختبر"
SUBJECTS = {"quake": _QUAKE.split(), "match": _MATCH.split(), "chips": _CHIPS.split()}


def report(subject: str, number: int, hours: float = 0, **given: object) -> str:
    """Publish the report ``number`` on ``subject``, so many hours after the first morning, and
    return its public id."""
    words = SUBJECTS[subject]
    turned = words[number % len(words) :] + words[: number % len(words)]
    usual = {
        "headline": f"{' '.join(turned[:3])} {number}",
        "standfirst": " ".join(turned[3:7]),
        "body_html": body(number) + f"<p>{' '.join(turned)}</p>",
        "tags": (),
    }
    public_id = draft(proposal(**{**usual, **given}), BY)
    publish(public_id, BY, at=MORNING + timedelta(hours=hours))
    return public_id
