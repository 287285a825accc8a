"""Accounts are added, changed and disabled by whoever may, and the last administrator stays."""

from __future__ import annotations

import pytest
from factories.user import passkey, session, user
from sqlalchemy import func, select

from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.people.accounts import (
    add_user,
    change_own,
    change_password,
    change_role,
    disable_user,
    enable_user,
    plain_address,
    reset_user,
)
from khabarayn.desk.people.links import invite, join, open_link, send_reset_link, uninvite
from khabarayn.desk.people.passwords import fits
from khabarayn.desk.people.sessions import new_token
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import AllWrong, Refused
from khabarayn.store.db import db
from khabarayn.store.models import InvitationRow, LogRow, PasskeyRow, SessionRow, UserRow
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("app_context")

GOOD, OTHER = "سفينة في ميناء بعيد 7", "قمر فوق واحة صغيرة 9"


def by(role: str, **given) -> By:
    row = user(role=role, **given)
    db.session.commit()
    return By.of(person_of(row))


def row_of(email: str) -> UserRow:
    return db.session.scalars(select(UserRow).where(UserRow.email == email)).one()


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_an_address_is_stored_in_one_spelling_and_only_once():
    add_user(" Samar@Paper.Local ", "سمر", "writer", GOOD, OPERATOR)
    assert fits(row_of("samar@paper.local").password, GOOD)
    with pytest.raises(Refused) as error:
        add_user("samar@paper.local", "أخرى", "writer", OTHER, OPERATOR)
    assert error.value.field == "email"


@pytest.mark.parametrize("address", ["", "samar", "a b@paper.local", "@paper.local", "a@"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused):
        plain_address(address)


def test_an_unknown_role_is_refused():
    with pytest.raises(Refused):
        add_user("a@paper.local", "سمر", "owner", GOOD, OPERATOR)
    assert count(UserRow) == 0


@pytest.mark.parametrize("role", ["contributor", "writer", "editor", "chief"])
def test_only_an_administrator_manages_people(role):
    somebody = by(role)
    with pytest.raises(Forbidden):
        add_user("a@paper.local", "سمر", "admin", GOOD, somebody)
    with pytest.raises(Forbidden):
        invite("a@paper.local", "admin", somebody)


def test_a_disabled_account_loses_its_sessions_and_may_be_enabled_again():
    admin = by("admin")
    somebody = user(role="editor", email="layla@paper.local")
    session(person_id=somebody.id)
    db.session.commit()
    key = somebody.fs_uniquifier
    disable_user("layla@paper.local", admin)
    assert not row_of("layla@paper.local").active
    assert row_of("layla@paper.local").fs_uniquifier != key
    assert count(SessionRow) == 0
    enable_user("layla@paper.local", admin)
    assert row_of("layla@paper.local").active


def test_nobody_disables_themselves_and_the_last_administrator_stays():
    admin = by("admin", email="admin@paper.local")
    with pytest.raises(Refused):
        disable_user("admin@paper.local", admin)
    with pytest.raises(Refused):
        change_role("admin@paper.local", "editor", "سمر", OPERATOR)
    by("admin", email="second@paper.local")
    change_role("admin@paper.local", "editor", "سمر", OPERATOR)
    assert row_of("admin@paper.local").role == "editor"


def test_a_change_that_changes_nothing_is_not_logged():
    user(email="layla@paper.local", name="ليلى", role="writer")
    db.session.commit()
    change_role("layla@paper.local", "writer", " ليلى ", OPERATOR)
    assert count(LogRow) == 0


def test_a_reset_by_the_operator_removes_every_other_way_in():
    somebody = user(email="layla@paper.local", active=False, tf_totp_secret="x")
    passkey(user_id=somebody.id)
    session(person_id=somebody.id)
    db.session.commit()
    reset_user("layla@paper.local", GOOD, OPERATOR, must_change=True)
    row = row_of("layla@paper.local")
    assert (row.active, row.must_change, row.tf_totp_secret) == (True, True, None)
    assert (count(PasskeyRow), count(SessionRow)) == (0, 0)


def test_ones_own_name_and_address_are_refused_together():
    somebody = by("writer", email="layla@paper.local")
    by("writer", email="samar@paper.local")
    with pytest.raises(AllWrong) as error:
        change_own(somebody, name=" ", email="samar@paper.local")
    assert list(error.value.faults) == ["name", "email"]
    assert change_own(somebody, name="ليلى", email="new@paper.local") == "layla@paper.local"
    assert change_own(somebody, name="ليلى حداد", email="new@paper.local") == ""


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions():
    add_user("layla@paper.local", "ليلى", "writer", GOOD, OPERATOR)
    row = row_of("layla@paper.local")
    somebody = By.of(person_of(row))
    session(person_id=row.id)
    db.session.commit()
    with pytest.raises(AllWrong) as error:
        change_password(somebody, OTHER, "قصيرة", "غيرها")
    assert {"old", "password"} <= set(error.value.faults)
    with pytest.raises(Refused):
        change_password(somebody, GOOD, GOOD)
    assert count(SessionRow) == 1
    change_password(somebody, GOOD, OTHER, OTHER)
    assert fits(row_of("layla@paper.local").password, OTHER)
    assert count(SessionRow) == 0


def test_of_two_invitations_to_one_address_the_newer_opens_and_a_deleted_one_does_not():
    first = invite("guest@paper.local", "writer", OPERATOR)
    second = invite("guest@paper.local", "editor", OPERATOR)
    assert open_link(first) is None
    link = open_link(second)
    assert link is not None
    uninvite(link.id, OPERATOR)
    assert open_link(second) is None
    assert count(InvitationRow) == 0


def test_a_forgotten_password_leaves_everything_as_it_is_until_the_link_is_used():
    add_user("layla@paper.local", "ليلى", "writer", GOOD, OPERATOR)
    token = new_token()
    assert not send_reset_link("nobody@paper.local", new_token())
    assert send_reset_link("layla@paper.local", token)
    assert fits(row_of("layla@paper.local").password, GOOD)
    join(token, "layla@paper.local", "ليلى", OTHER, "192.0.2.1", again=OTHER)
    assert fits(row_of("layla@paper.local").password, OTHER)
    with pytest.raises(Refused) as error:
        join(token, "layla@paper.local", "ليلى", GOOD, "192.0.2.1", again=GOOD)
    assert error.value.field == "link"
