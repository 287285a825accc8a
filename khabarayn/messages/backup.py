"""Why a backup could not be made, read or put back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from khabarayn.backup.refusal import BackupRefused

REFUSALS = {
    "nothing_there": _("لا نسخة احتياطية في هذا المكان."),
    "something_else_there": _(
        "في هذا المكان ملفات ليست نسخة احتياطية. اختر مجلدًا فارغًا أو جديدًا."
    ),
    "own_folder": _("لا تُحفظ النسخة بين ما تنسخه (%(folder)s). اختر مكانًا آخر، وقرصًا آخر أفضل."),
    "no_place": _("هذا ليس مجلدًا ولا s3://bucket/prefix: %(why)s"),
    "other_format": _("كُتب ما في هذا المكان بصيغة لا يعرفها هذا الإصدار (%(format)s). "
                      "حدّث khabarayn."),
    "key_missing": _("النسخة مشفّرة. اضبط KHABARAYN_BACKUP_KEY على مفتاحها."),
    "key_not_needed": _("النسخة في هذا المكان غير مشفّرة وKHABARAYN_BACKUP_KEY مضبوط. "
                        "اختر مكانًا آخر، أو احذف الإعداد."),
    "wrong_key": _("ليس KHABARAYN_BACKUP_KEY المفتاح الذي شُفّرت به النسخة."),
    "under_way": _("تُحفظ نسخة الآن. انتظر حتى تكتمل."),
    "no_copy": _("تعذّر نسخ قاعدة البيانات: %(why)s"),
    "no_program": _("البرنامج %(program)s غير موجود. ثبّت أدوات PostgreSQL (postgresql-client)."),
    "no_snapshot": _("لا نسخة بهذا الاسم: %(at)s"),
    "other_engine": _("النسخة من %(theirs)s وقاعدة بيانات هذا الموقع %(ours)s. "
                      "اضبط KHABARAYN_DATABASE_URL على النوع نفسه."),
    "no_room": _("لا مساحة تكفي: يلزم %(needed)s م.ب والمتاح %(free)s م.ب. لم يُكتب شيء."),
    "database_damaged": _("قاعدة البيانات في النسخة غير سليمة: %(why)s"),
    "damaged": _("ملف تالف في النسخة: %(name)s"),
    "missing": _("ملف مفقود من النسخة: %(name)s"),
}  # fmt: skip


def backup_trouble(error: BackupRefused) -> str:
    """Return in words what kept a backup from being made, read or put back."""
    return str(REFUSALS[error.code]) % error.values
