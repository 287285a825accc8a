"""What the database keeps of JSON: Arabic letters as they are, and nothing that it cannot keep."""

from __future__ import annotations

import json

import pytest
from factories.story import BY, proposal
from sqlalchemy import text

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.store.db import compact_json, db


@pytest.mark.usefixtures("any_app_context")
def test_a_body_is_stored_in_its_own_letters():
    publish(draft(proposal(body_html="<p>ماء النيل</p>"), BY), BY)
    kept = db.session.scalar(text("SELECT CAST(body AS TEXT) FROM article"))
    assert "ماء النيل" in kept
    assert "\\u" not in kept


@pytest.mark.parametrize("value", ["خبر", "\ud800", {"a": ["\x00", 1.5, None]}, "😀"])
def test_whatever_is_written_is_read_again(value):
    written = compact_json(value)
    assert json.loads(written.encode()) == value
