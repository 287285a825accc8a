"""What stands under a link that is passed on is what the editor wrote for it."""

from __future__ import annotations

import re

from factories.story import story


def shared(page: str) -> str:
    return re.search(r'property="og:description" content="([^"]*)"', page)[1]


def described(page: str) -> str:
    return re.search(r'name="description" content="([^"]*)"', page)[1]


def test_the_teaser_is_what_is_shared(app, client):
    public_id = story(app, standfirst="مقدمة الخبر.", teaser="جسر جديد يختصر الطريق.")
    page = client.get(f"/a/{public_id}").text
    assert shared(page) == "جسر جديد يختصر الطريق."
    assert described(page) == "مقدمة الخبر."


def test_without_a_teaser_the_standfirst_is_shared(app, client):
    page = client.get(f"/a/{story(app, standfirst='مقدمة الخبر.', teaser='')}").text
    assert shared(page) == described(page) == "مقدمة الخبر."


def test_the_editor_sees_it_as_it_will_be_shared(app, enter):
    public_id = story(app, standfirst="مقدمة الخبر.", teaser="جسر جديد يختصر الطريق.")
    page = enter("editor").get(f"/newsroom/stories/{public_id}/looks").text
    assert "جسر جديد" in page.split("preview-sizes__shared")[1]
    assert "مقدمة الخبر" in page.split("preview-sizes__found")[1].split("preview-sizes__shared")[0]
