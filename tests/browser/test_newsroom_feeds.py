"""The chief editor subscribes to an agency's feed, and its stories come by themselves."""

from __future__ import annotations

from collections.abc import Callable

from browser.paper import Paper
from browser.signing_in import sign_in
from factories.feed import agency, rss
from playwright.sync_api import Page, expect

pytest_plugins = ["browser.offline_fixtures"]
EMAIL, PASSWORD = "huda@khabarayn.example", "كلمة سر طويلة جدا"
CHIEF = (
    "from khabarayn.desk.people.accounts import add_user\n"
    f"add_user({EMAIL!r}, 'هدى', 'chief', {PASSWORD!r}, BY)"
)
HEADLINE = "المكتبة تفتح قاعة جديدة للقراءة في وسط المدينة"
ACCEPTED = "قُبل: 1"


def test_an_agencys_stories_come_by_themselves(
    paper: Paper, page: Page, axe: Callable[[Page], list[str]]
):
    paper.server.environ["KHABARAYN_FETCH_PRIVATE"] = "1"
    paper.server.stop()
    paper.server.start()
    paper.run(CHIEF)
    sign_in(page, paper.url, EMAIL, PASSWORD)
    with agency() as far:
        far.data = rss(("library", HEADLINE))
        page.get_by_role("link", name="المزيد").first.click()
        page.get_by_role("link", name="الخلاصات الواردة").first.click()
        assert axe(page) == []
        page.get_by_label("رابط الخلاصة").fill(far.url)
        page.get_by_label("المصدر", exact=True).fill("وكالة الواحة")
        page.get_by_role("button", name="جرّبها دون حفظ").click()
        expect(page.get_by_text(HEADLINE)).to_be_visible()
        expect(page.get_by_label("رابط الخلاصة")).to_have_value(far.url)
        assert axe(page) == []
        page.get_by_role("button", name="اشترك").click()
        expect(page.get_by_role("heading", name="وكالة الواحة")).to_be_visible()
        for _look in range(20):
            page.reload()
            if page.get_by_text(ACCEPTED).count():
                break
            page.wait_for_timeout(1000)
        expect(page.get_by_text(ACCEPTED)).to_be_visible()
        assert axe(page) == []
        page.get_by_role("link", name=HEADLINE).click()
        expect(page.get_by_text("مسودة").first).to_be_visible()
