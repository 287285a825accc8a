"""Draft the standing pages of a new paper, and begin a further one."""

from __future__ import annotations

from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.article.content import Content
from khabarayn.article.identity import new_public_id
from khabarayn.article.proposal import Proposal
from khabarayn.article.standing import SLUG, STARTER_PAGES, page_key
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_first_revision, log
from khabarayn.desk.stories.content import HEADLINE, content_of
from khabarayn.desk.stories.project import project
from khabarayn.desk.stories.standing import section_of_page
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, SettingRow
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import forget_site, site_settings

# A draft is three parts: its headline, its standfirst and, after an empty line, its text.
FOLDER = Path(__file__).parent / "pages"
SEED_PAGES = "planted_pages"
# The longest name of a page, with its language.
LONGEST = 40


def read_page(folder: Path, page: str) -> Proposal:
    """Return the page that a file of the form of `FOLDER` says; ``page`` is its name (`page_key`).
    Raises ``FileNotFoundError``."""
    headline, standfirst, body = (folder / f"{page}.html").read_text("utf-8").split("\n", 2)
    language = page.rpartition("/")[0] or "ar"
    return Proposal(headline=headline, standfirst=standfirst, body_html=body, language=language)


@writing("site")
def seed_pages(by: By) -> int:
    """Draft the pages of `STARTER_PAGES` that were never drafted before, with blanks where only the
    owner knows what to say; return how many. One that was deleted does not come back."""
    require(by, "page.write")
    if not section_tree().by_id:
        return 0
    earlier = site_settings().get(SEED_PAGES, "").split()
    here = set(db.session.scalars(select(ArticleRow.page).where(ArticleRow.page != "")))
    missing = [slug for slug in STARTER_PAGES if slug not in earlier and slug not in here]
    for slug in missing:
        _draft(slug, content_of(read_page(FOLDER, slug)), by)
    if set(STARTER_PAGES) - set(earlier):
        db.session.merge(SettingRow(name=SEED_PAGES, value=" ".join(STARTER_PAGES)))
    if missing:
        log("plant_pages", by, pages=missing)
    commit()
    forget_site()
    return len(missing)


@writing("site")
def add_page(slug: str, headline: str, by: By) -> str:
    """Begin a further page and return the public id of its story. Raises `Refused` naming the
    field."""
    require(by, "page.write")
    fields = Fields()
    slug = slug.strip().lower()
    if not SLUG.fullmatch(slug):
        fields.wrong("slug", _("حروف لاتينية صغيرة وأرقام وشرطات، وأولها حرف، مثل team."))
    elif db.session.scalar(select(ArticleRow.id).where(ArticleRow.page == slug)) is not None:
        fields.wrong("slug", _("لصفحة أخرى هذا الرابط: %(slug)s", slug=slug))
    headline = fields.line("headline", _("العنوان"), headline, HEADLINE, _("اكتب عنوان الصفحة."))
    fields.raise_faults()
    blank = f"<p>[[{_('نص الصفحة')}]]</p>"
    row = _draft(slug, content_of(Proposal(headline=headline, body_html=blank)), by)
    commit()
    return row.public_id


@writing("site")
def add_page_version(slug: str, language: str, by: By) -> str:
    """Begin the page ``slug`` in another language of the paper, with what it says of the software
    where the project has words for it, and return the public id of its story. Raises `Refused`
    naming the field."""
    require(by, "page.write")
    fields = Fields()
    page = page_key(slug, language)
    pages = set(db.session.scalars(select(ArticleRow.page).where(ArticleRow.page != "")))
    if slug not in pages:
        fields.wrong("page", _("اختر صفحة من القائمة."))
    if language not in list_languages()[1:]:
        fields.wrong("language", _("اختر لغة من القائمة."))
    if page in pages:
        fields.wrong("language", _("لهذه الصفحة نسخة بهذه اللغة."))
    fields.line("page", _("الرابط"), page, LONGEST)
    fields.raise_faults()
    if (FOLDER / f"{page}.html").is_file():
        proposal = read_page(FOLDER, page)
    else:
        with force_locale(language):
            blank = f"<p>[[{_('نص الصفحة')}]]</p>"
        title = slug.replace("-", " ").capitalize()
        proposal = Proposal(headline=title, body_html=blank, language=language)
    row = _draft(page, content_of(proposal), by)
    commit()
    return row.public_id


def _draft(slug: str, content: Content, by: By) -> ArticleRow:
    section_of_page()
    row = ArticleRow(
        public_id=new_public_id(), status="draft", page=slug, created_at=now(), rev=0,
        owner_id=None if by.is_system else by.id,
    )  # fmt: skip
    project(content, row)
    add_first_revision(row, content, by)
    log("add_page", by, row, page=slug)
    db.session.flush()
    return row
