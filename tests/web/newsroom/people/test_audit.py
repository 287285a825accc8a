"""The audit page: who did what and from where, as a page and as a file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from factories.outbox import log
from factories.story import proposal
from insiders import insider

from khabarayn.desk.by import By
from khabarayn.desk.people.audit import prune_addresses
from khabarayn.desk.stories.draft import draft
from khabarayn.store.db import db, now
from khabarayn.store.models import LogRow
from khabarayn.web.newsroom.people.audit import cell


@pytest.fixture
def lines(app) -> None:
    with app.app_context():
        for n in range(60):
            log(who=f"سمر {n % 3}", verb="publish" if n % 2 else "draft", at=now())
        log(who="=HYPERLINK(1)", verb="@evil", at=now(), address="192.0.2.1", detail={"a": "+1"})
        db.session.commit()


def test_the_log_is_read_page_by_page_and_filtered(app, lines):
    admin = insider(app, "admin")
    first = admin.get("/newsroom/audit").text
    assert first.count("<tr>") == 51
    assert "192.0.2.1" in first
    assert "الأقدم" in first
    only = admin.get("/newsroom/audit", query_string={"who": "سمر 1", "verb": "publish"}).text
    assert only.count("<tr>") == 11
    nothing = admin.get("/newsroom/audit", query_string={"to": "2020-01-01"}).text
    assert "لا شيء في السجل" in nothing
    assert admin.get("/newsroom/audit?before=x").status_code == 400
    assert admin.get("/newsroom/audit?from=x&to=2026-99-99").status_code == 200


def test_the_file_holds_every_line_and_no_formula(app, lines):
    admin = insider(app, "admin")
    answer = admin.get("/newsroom/audit.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 1 + 60 + 1 + 1
    bad = next(row for row in rows if "HYPERLINK" in row[2])
    assert bad[2].startswith("'=") and bad[3].startswith("'@")
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row)
    # That it was taken out is itself a line.
    assert rows[1][3] == "audit_export"


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(bad):
    assert cell(bad) == "'" + bad


def test_what_a_person_does_is_logged_with_their_address_for_ninety_days(any_app_context):
    draft(proposal(), By("سمر", 7, "writer", "192.0.2.9"))
    line = db.session.query(LogRow).order_by(LogRow.id.desc()).first()
    assert line and (line.person_id, line.address) == (7, "192.0.2.9")
    assert prune_addresses() == 0
    line.at = now() - timedelta(days=91)
    db.session.commit()
    assert prune_addresses() == 1
    db.session.refresh(line)
    assert (line.person_id, line.address) == (7, "")
