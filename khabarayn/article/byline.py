"""Names under stories: a person's, or that of a desk, an agency, a newsroom."""

from __future__ import annotations

from khabarayn.arabic.normalise import fold

_DESKS = {
    " ".join(fold(word).split())
    for word in (
        "هيئة", "قسم", "فريق", "وحدة", "غرفة", "وكالة", "وكالات", "الوكالات", "صحيفة", "جريدة",
        "شبكة", "موقع", "قناة", "مركز", "مكتب", "تحرير", "التحرير", "مراسلون", "مراسلونا",
        "المراسلون", "خدمة", "مؤسسة", "إذاعة", "مجلة", "desk", "staff", "agency", "agencies",
        "team", "newsroom", "editors", "reuters", "afp", "ap", "رويترز",
    )
}  # fmt: skip


def is_staff_byline(name: str) -> bool:
    """Say whether ``name`` is that of many, not of a person.

    >>> is_staff_byline("هيئة التحرير"), is_staff_byline("سمر الحلبي"), is_staff_byline("News Desk")
    (True, False, True)
    """
    words = fold(name).split()
    return bool(words) and (words[0] in _DESKS or words[-1] in _DESKS)
