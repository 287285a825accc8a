"""Second factors: an authenticator application, recovery codes, and passkeys."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_security import Security
from sqlalchemy import select

from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import PasskeyRow, UserRow

METHOD = "authenticator"


@writing()
def set_up(by: By, library: Security, secret: str, code: str) -> list[str]:
    """Make the application the person's second factor, once it has shown a right code.

    ``secret`` is encrypted, as the library makes it. Returns fresh recovery codes, shown once.
    Raises `Refused`.
    """
    require(by, "account.own")
    row = db.session.get_one(UserRow, by.own_id, with_for_update=True)
    if not library.totp_factory.verify_totp(code, secret, row, window=30):
        raise Refused("code", _("الرمز غير صحيح. تحقّق من ساعة هاتفك واكتب الرمز الظاهر الآن."))
    row.tf_primary_method, row.tf_totp_secret = METHOD, secret
    codes = library.mf_recovery_codes_util.create_recovery_codes(row)
    log("factor_set", by, kind=METHOD)
    commit()
    return codes


@writing()
def renew_codes(by: By, library: Security) -> list[str]:
    """Return new recovery codes; the old ones stop working. Raises `Refused`."""
    require(by, "account.own")
    row = db.session.get_one(UserRow, by.own_id, with_for_update=True)
    if not row.tf_totp_secret:
        raise Refused("codes", _("رموز الطوارئ تُنشأ مع تطبيق التحقق."))
    codes = library.mf_recovery_codes_util.create_recovery_codes(row)
    log("codes_renewed", by)
    commit()
    return codes


@writing()
def take_down(by: By) -> None:
    """Remove the application and the recovery codes. A password that was short beside it must then
    be changed."""
    require(by, "account.own")
    row = db.session.get_one(UserRow, by.own_id, with_for_update=True)
    row.tf_primary_method = row.tf_totp_secret = row.tf_last_counter = None
    row.mf_recovery_codes = None
    _ask_for_longer(row)
    log("factor_removed", by, kind=METHOD)
    commit()


@writing()
def drop_passkey(by: By, number: int) -> str:
    """Delete one of the person's passkeys and return its name. Raises `Refused`."""
    require(by, "account.own")
    row = db.session.scalar(
        select(PasskeyRow).where(PasskeyRow.id == number, PasskeyRow.user_id == by.own_id)
    )
    if row is None:
        raise Refused("passkey", _("لا يوجد مفتاح مرور كهذا في حسابك."))
    name = row.name
    account = db.session.get_one(UserRow, by.own_id, with_for_update=True)
    account.webauthn.remove(row)
    _ask_for_longer(account)
    log("factor_removed", by, kind="passkey", name=name)
    commit()
    return name


def note_passkey(by: By, name: str) -> None:
    """Log that a passkey was added."""
    require(by, "account.own")
    log("factor_set", by, kind="passkey", name=name)
    commit()


def _ask_for_longer(row: UserRow) -> None:
    # The password's length is not stored; beside a second factor it may have been short.
    if not row.tf_totp_secret and not row.webauthn:
        row.must_change = True


def new_secret(library: Security) -> str:
    """Return a new secret for an application, encrypted."""
    return library.totp_factory.generate_totp_secret()
