"""Convert the editor's form to a story's content, and a revision's content to the form."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.arabic.slug import tag_key
from khabarayn.article.blocks import Block
from khabarayn.article.content import Content
from khabarayn.article.form import MEDIA, NAMES, StoryForm, body_of, names_in
from khabarayn.article.proposal import Proposal, ProposedAuthor, ProposedPicture
from khabarayn.article.sanitise import TooDeep, TooLarge
from khabarayn.desk.fields import Fields
from khabarayn.desk.stories.content import clean_content
from khabarayn.messages.articles import text_trouble
from khabarayn.store.db import db
from khabarayn.store.models import AuthorRow
from khabarayn.store.queries.authors import names_of_authors
from khabarayn.store.queries.tags import names_of_tags

_SAME = (
    "headline", "short_headline", "standfirst", "teaser", "section", "source_name",
    "source_link", "source_licence", "source_url", "genre", "language", "breaking", "sensitive",
    "evergreen",
)  # fmt: skip


def story_form(content: Content) -> StoryForm:
    """Return ``content`` as the form shows it: tags and authors as they are called now."""
    lead = content.lead
    return StoryForm(
        body=body_of(content.blocks),
        tags=NAMES.join(tags_today(content.tags)),
        authors=NAMES.join(authors_today(content.authors)),
        lead=lead.path.removeprefix(MEDIA) if lead else "",
        lead_alt=lead.alt if lead else "",
        lead_caption=lead.caption if lead else "",
        lead_credit=lead.credit if lead else "",
        **{name: getattr(content, name) for name in _SAME},
    )


def tags_today(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the tags that were called so are called now; a renamed one by its new name."""
    keys = [tag_key(name) for name in names]
    today = names_of_tags(keys)
    return tuple(dict.fromkeys(today.get(k, n) for k, n in zip(keys, names, strict=True)))


def authors_today(authors: tuple[ProposedAuthor, ...]) -> tuple[str, ...]:
    """Return what these authors are called now; one who was merged by the other's name."""
    slugs = [author.own_slug for author in authors]
    today = names_of_authors(slugs)
    names = (today.get(s, a.name) for s, a in zip(slugs, authors, strict=True))
    return tuple(dict.fromkeys(names))


def content_of_form(form: StoryForm, before: Content | None = None, page: str = "") -> Content:
    """Return what ``form`` says, cleaned; ``before`` is the content that it changes. A standing
    ``page`` has no section.

    An author who is known by this name stays the same one. Raises `AllWrong`, with every fault of
    the form.
    """
    fields = Fields()
    blocks: tuple[Block, ...] = ()
    try:
        blocks = form.blocks()
    except (TooLarge, TooDeep) as error:
        fields.wrong("body", text_trouble(error))
    tags, names = names_in(form.tags), names_in(form.authors)
    proposal = Proposal(
        blocks=blocks,
        tags=tags,
        authors=_authors(names, before.authors if before else ()),
        lead=_lead(form, before.lead if before else None),
        **{name: getattr(form, name) for name in _SAME},
    )
    content = clean_content(proposal, fields)
    if not (content.section or page):
        fields.wrong("section", _("اختر القسم."))
    fields.raise_faults()
    return content


def _authors(names: Iterable[str], before: Iterable[ProposedAuthor]) -> tuple[ProposedAuthor, ...]:
    ordered_names = tuple(names)
    by_name = {
        row.name: ProposedAuthor(row.name, row.slug)
        for row in db.session.execute(
            select(AuthorRow.name, AuthorRow.slug)
            .where(AuthorRow.name.in_(ordered_names))
            .order_by(AuthorRow.id.desc())
        )
    }
    by_name.update(zip(authors_today(tuple(before)), before, strict=False))
    by_name.update({author.name: author for author in before})
    return tuple(by_name.get(name) or ProposedAuthor(name) for name in ordered_names)


def _lead(form: StoryForm, before: ProposedPicture | None) -> ProposedPicture | None:
    name = form.lead.strip().removeprefix(MEDIA)
    if not name:
        return None
    focal = before.focal if before and before.path == MEDIA + name else (0.5, 0.5)
    return ProposedPicture(MEDIA + name, form.lead_alt, form.lead_caption, form.lead_credit, focal)
