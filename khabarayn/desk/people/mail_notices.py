"""E-mail notices about stories: who wants them, how one is written and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from khabarayn.arabic.bidi import isolate
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.jobs.mail import send
from khabarayn.settings import Settings
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import UserRow
from khabarayn.store.queries.notifications import MailNotice, mail_notice_of

# A notice that could not be sent for so long is dropped as out of date.
LATEST = timedelta(days=1)


class MailNotSent(Exception):
    """The mail server did not accept the message; it is tried again."""


@writing()
def choose_mail_notices(by_mail: bool, by: By) -> None:
    """Save whether the person gets notices by e-mail, beside the badge. Raises `Forbidden`."""
    require(by, "account.own")
    row = db.session.get_one(UserRow, by.own_id)
    if row.letters != by_mail:
        row.letters = by_mail
        log("choose_letters", by, wanted=by_mail)
    commit()


def send_mail_notice(payload: Mapping[str, Any], number: int, settings: Settings) -> None:
    """Send the notice of the outbox's row ``number``. Raises `MailNotSent`.

    A letter that is tried again carries the same Message-ID, so that a mailbox which has it shows
    it once.
    """
    notice = mail_notice_of(payload["notification"])
    if notice is None or now() - notice.at > LATEST:
        return
    subject, text = words_of(notice, settings)
    key = f"{number}.{int(notice.at.timestamp())}"
    if not send(settings.smtp_url, notice.to, subject, text, key=key):
        raise MailNotSent(f"outbox row {number}")


def words_of(notice: MailNotice, settings: Settings) -> tuple[str, str]:
    """Return subject and text of a notice, in the paper's first language."""
    name = isolate(notice.by_name)
    subject, first = {
        "submitted": (_("ينتظر المراجعة"), _("أرسل %(name)s خبرًا إلى المراجعة:", name=name)),
        "returned": (_("أُعيد إليك"), _("أعاد %(name)s إليك خبرك:", name=name)),
        "published": (_("نُشر في موعده"), _("نُشر الخبر في موعده:")),
        "failed": (_("لم يُنشر في موعده"), _("حان موعد الخبر ولم يُنشر، وهو الآن ينتظر المراجعة:")),
    }[notice.kind]
    newsroom = f"{settings.base_url.rstrip('/')}/newsroom"
    parts = [
        first,
        notice.headline,
        notice.note,
        f"{newsroom}/stories/{notice.story}",
        _("غرفة أخبار %(paper)s. لإيقاف هذه الرسائل:", paper=settings.site_name)
        + f"\n{newsroom}/account#letters",
    ]
    return f"{subject}: {notice.headline}", "\n\n".join(filter(None, parts)) + "\n"
