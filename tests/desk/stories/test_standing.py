"""A standing page with a blank goes to nobody, and says where the blank is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.standing import page_ids
from factories.story import BY

from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.schedule import schedule
from khabarayn.store.db import now
from khabarayn.store.queries.standing import page_summaries


def test_a_page_with_a_blank_is_neither_published_nor_scheduled_and_says_where(any_app):
    with any_app.app_context():
        seed_pages(BY)
        contact = page_ids()["contact"]
        for verb in (
            lambda: publish(contact, BY),
            lambda: schedule(contact, BY, now() + timedelta(days=1)),
        ):
            with pytest.raises(Refused) as refused:
                verb()
            assert "«بريد غرفة الأخبار» تحت «غرفة الأخبار»" in refused.value.message
        assert page_ids()["contact"] == contact
        assert {page.status for page in page_summaries()} == {"draft"}
