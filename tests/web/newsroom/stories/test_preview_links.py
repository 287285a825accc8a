"""An outsider reads a story by a link: the newest text, said so, never kept, until it ends."""

from __future__ import annotations

import re

from factories.story import BY, proposal
from insiders import insider

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.store.queries.preview_links import preview_links


def drafted(app, client, **given) -> str:
    with app.app_context():
        return draft(proposal(**given), client.by)


def made(client, story: str, days: int = 7) -> str:
    page = client.post(f"/newsroom/stories/{story}/previews", data={"days": days})
    assert page.status_code == 200
    return re.search(r'id="link" value="[^"]*(/newsroom/preview/[\w-]{43})"', page.text)[1]


def test_an_outsider_reads_the_newest_text_and_is_told_which(app, enter):
    writer = enter("writer")
    story = drafted(app, writer, headline="مسودة العنوان")
    path = made(writer, story)
    with app.app_context():
        revise(story, proposal(headline="العنوان بعد المراجعة"), BY)
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    assert "العنوان بعد المراجعة" in answer.text
    assert "الإصدار 2" in answer.text
    assert "ينتهي هذا الرابط" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    assert '<meta name="robots" content="noindex' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_has_nothing_of_the_newsroom_and_nothing_that_counts_or_leads_to_it(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    page = app.test_client().get(made(writer, story)).text
    assert "nr-bar" not in page
    assert "/newsroom/" not in page
    assert f"/a/{story}" not in re.sub(r'<(?:link|meta)[^>]*>|data-reads="[^"]*"', "", page)
    assert "js/app" not in page


def test_a_revoked_link_opens_nothing(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    path = made(writer, story)
    with app.app_context():
        number = preview_links(story)[0].id
    assert "ألغِ الرابط" in writer.get(f"/newsroom/stories/{story}/previews").text
    answer = writer.post(
        f"/newsroom/stories/{story}/previews/{number}/revoke", follow_redirects=True
    )
    assert "أُلغي الرابط" in answer.text
    gone = app.test_client().get(path)
    assert gone.status_code == 404
    assert "انتهى هذا الرابط" in gone.text
    assert gone.headers["Cache-Control"] == "private, no-store"


def test_once_readers_have_the_text_the_link_leads_to_it(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    path = made(writer, story)
    with app.app_context():
        publish(story, BY)
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/a/{story}")
    with app.app_context():
        revise(story, proposal(headline="تعديل لم يُنشر"), BY)
    assert "تعديل لم يُنشر" in app.test_client().get(path).text


def test_a_link_is_shown_once(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    token = made(writer, story).rsplit("/", 1)[1]
    assert token not in writer.get(f"/newsroom/stories/{story}/previews").text


def test_strange_days_are_refused_in_words(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    for days in ("", "0", "31", "x", "9" * 40):
        answer = writer.post(f"/newsroom/stories/{story}/previews", data={"days": days})
        assert answer.status_code == 422
        assert "من يوم إلى 30 يومًا." in answer.text


def test_another_writer_neither_makes_nor_sees_links(app, enter):
    writer = enter("writer")
    story = drafted(app, writer)
    other = insider(app, "writer")
    assert other.get(f"/newsroom/stories/{story}/previews").status_code == 403
    assert other.post(f"/newsroom/stories/{story}/previews").status_code == 403
    assert f"{story}/previews" in writer.get(f"/newsroom/stories/{story}/notes").text


def test_one_click_makes_a_draft_from_a_storys_text(app, enter):
    writer = enter("writer")
    story = drafted(app, writer, headline="أسعار الخضار")
    answer = writer.post(f"/newsroom/stories/{story}/duplicate")
    assert answer.status_code == 303
    new = answer.headers["Location"].rsplit("/", 1)[1]
    assert new != story
    page = writer.get(answer.headers["Location"]).text
    assert "هذه مسودة جديدة بنص الخبر" in page
    assert "أسعار الخضار" in page
