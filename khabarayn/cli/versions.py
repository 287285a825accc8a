"""What an operator does about a database that this version cannot serve from."""

from __future__ import annotations

from khabarayn.cli.language import gettext as _
from khabarayn.store.schema import Schema

# The last commit of the project that has the separate steps of before the first release.
SEPARATE_STEPS = "f44e8c5"


def words_for_schema(schema: Schema) -> str:
    """Return what an operator does about a database that this version cannot serve from."""
    at, newest = schema.at or "—", schema.newest
    if schema.state == "joined":
        return _(
            "قاعدة البيانات من قبل الإصدار الأول (%(at)s). نفّذ khabarayn init من الإصدار "
            "%(commit)s أولًا، ثم من هذا.",
            at=at,
            commit=SEPARATE_STEPS,
        )
    if schema.state == "unknown":
        return _(
            "قاعدة البيانات من إصدار أحدث (%(at)s)؛ هذا الإصدار يعرف حتى %(newest)s. "
            "حدّث khabarayn.",
            at=at,
            newest=newest,
        )
    return _(
        "قاعدة البيانات عند %(at)s وهذا الإصدار يحتاج %(newest)s: نفّذ khabarayn init",
        at=at,
        newest=newest,
    )
