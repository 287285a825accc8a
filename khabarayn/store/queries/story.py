"""One story, whole: in four queries, and one more each for pictures and corrections."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    literal,
    select,
    union_all,
)

from khabarayn.article.pictures import pictures_in
from khabarayn.article.story import (
    Author,
    Card,
    Cluster,
    Correction,
    Picture,
    SeeAlso,
    Source,
    Story,
    Tag,
    WithdrawnStory,
)
from khabarayn.store.db import ask, db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    ClusterRow,
    CorrectionRow,
    LikenessRow,
    LinkRow,
    MediaRow,
    SourceRow,
    TagRow,
)
from khabarayn.store.queries.authors import author_of
from khabarayn.store.queries.cards import (
    CARD_COLUMNS,
    MEDIA_COLUMNS,
    PUBLISHED,
    card,
    picture,
    select_cards,
)
from khabarayn.store.queries.translations import public_versions

# The kind of the link from a withdrawn story to the one that stands in its place.
SUCCESSOR = "new"


# The statements are built once: building them anew cost more than asking them.
@cache
def _story() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(
            ArticleRow.id,
            ArticleRow.status,
            ArticleRow.body,
            ArticleRow.slug,
            ArticleRow.first_published_at,
            ArticleRow.word_count,
            ArticleRow.evergreen,
            ArticleRow.source_url,
            ArticleRow.withdrawn_at,
            ArticleRow.withdrawn_reason,
            ArticleRow.translation_group,
            SourceRow.name.label("source_name"),
            SourceRow.url.label("source_link"),
            SourceRow.licence.label("source_licence"),
            ClusterRow.id.label("file_number"),
            ClusterRow.name.label("file_name"),
            ClusterRow.size.label("file_size"),
            ClusterRow.newest_at.label("file_newest"),
        )
        .outerjoin(SourceRow, ArticleRow.source_id == SourceRow.id)
        .outerjoin(LikenessRow, LikenessRow.article_id == ArticleRow.id)
        .outerjoin(
            ClusterRow,
            (ClusterRow.id == LikenessRow.cluster_id) & ClusterRow.closed.is_(False),
        )
        .where(ArticleRow.public_id == bindparam("public_id"), ArticleRow.page == "")
    )


def article_by_id(public_id: str) -> Story | WithdrawnStory | None:
    """Return the published story, what is left of a withdrawn one, or None for all others."""
    rows = ask(_story(), {"public_id": public_id})
    if not rows:
        return None
    row = rows[0]
    # A withdrawn story that is a draft again counts as withdrawn until it is published.
    if row.status != "published" and row.withdrawn_at is not None:
        return WithdrawnStory(
            row.public_id,
            row.headline,
            row.language,
            row.direction,
            row.withdrawn_at,
            row.withdrawn_reason,
            _successor(row.id),
        )
    if row.status != "published":
        return None
    blocks = row.body
    see_also, related_cards, running = links_of(row.id)
    file = (
        Cluster(row.file_number, row.file_name, row.file_size, row.file_newest, running)
        if row.file_number and running
        else None
    )
    return Story(
        card=card(row),
        blocks=blocks,
        slug=row.slug,
        first_published_at=row.first_published_at,
        word_count=row.word_count,
        evergreen=row.evergreen,
        tags=_tags(row.id),
        authors=_authors(row.id),
        source=(
            Source(row.source_name, row.source_link, row.source_licence)
            if row.source_name
            else None
        ),
        source_url=row.source_url,
        corrections=_corrections(row.id) if row.corrected else (),
        pictures=_pictures(row.id) if any(pictures_in(blocks)) else {},
        see_also=see_also,
        related=related_cards,
        file=file,
        versions=public_versions(row.translation_group) if row.translation_group else (),
    )


def _tags(article_id: int) -> tuple[Tag, ...]:
    rows = ask(_tag_query(), {"article_id": article_id})
    return tuple(Tag(row.key, row.name, row.intro) for row in rows)


@cache
def _tag_query() -> Select[*tuple[Any, ...]]:
    return (
        select(TagRow.key, TagRow.name, TagRow.intro)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(ArticleTag.article_id == bindparam("article_id"))
        .order_by(ArticleTag.position)
    )


def _authors(article_id: int) -> tuple[Author, ...]:
    rows = ask(_author_query(), {"article_id": article_id})
    return tuple(map(author_of, rows))


@cache
def _author_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AuthorRow.slug,
            AuthorRow.name,
            AuthorRow.role,
            AuthorRow.bio,
            AuthorRow.contacts,
            *MEDIA_COLUMNS,
        )
        .join(ArticleAuthor, ArticleAuthor.author_id == AuthorRow.id)
        .outerjoin(MediaRow, MediaRow.id == AuthorRow.portrait_id)
        .where(ArticleAuthor.article_id == bindparam("article_id"))
        .order_by(ArticleAuthor.position)
    )


def _corrections(article_id: int) -> tuple[Correction, ...]:
    rows = db.session.execute(
        select(CorrectionRow.at, CorrectionRow.text)
        .where(CorrectionRow.article_id == article_id)
        .order_by(CorrectionRow.id)
    )
    return tuple(Correction(row.at, row.text) for row in rows)


def _pictures(article_id: int) -> dict[str, Picture]:
    """Return the pictures of the body by public id, with what the archive says of each."""
    rows = ask(_inset_cards_query(), {"article_id": article_id})
    pictures = (picture(row, row.alt, row.caption, row.credit) for row in rows)
    return {one.id: one for one in pictures if one}


@cache
def _inset_cards_query() -> Select[*tuple[Any, ...]]:
    return (
        select(*MEDIA_COLUMNS, MediaRow.alt, MediaRow.caption, MediaRow.credit)
        .join(ArticleMedia, ArticleMedia.media_id == MediaRow.id)
        .where(ArticleMedia.article_id == bindparam("article_id"))
        .order_by(ArticleMedia.position)
    )


@cache
def _link_query() -> Select[*tuple[Any, ...]]:
    article_id = bindparam("article_id", type_=Integer)
    mine = (
        select(LikenessRow.cluster_id)
        .join(ClusterRow, ClusterRow.id == LikenessRow.cluster_id)
        .where(LikenessRow.article_id == article_id, ClusterRow.closed.is_(False))
        .scalar_subquery()
    )
    running = (
        select(LikenessRow.article_id)
        .where(LikenessRow.cluster_id == mine, LikenessRow.article_id != article_id)
        .order_by(LikenessRow.at.desc(), LikenessRow.article_id.desc())
        .limit(bindparam("reports", type_=Integer))
        .subquery()
    )
    targets = union_all(
        select(LinkRow.kind, LinkRow.position, LinkRow.after, LinkRow.target_id).where(
            LinkRow.article_id == article_id
        ),
        select(literal("run"), literal(0), literal(-1), running.c.article_id),
    ).subquery()
    return (
        select(*CARD_COLUMNS, targets.c.kind, targets.c.position, targets.c.after)
        .join(targets, targets.c.target_id == ArticleRow.id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .where(PUBLISHED)
        .order_by(targets.c.position, ArticleRow.published_at.desc())
    )


def links_of(
    article_id: int, reports: int = 5
) -> tuple[tuple[SeeAlso, ...], tuple[Card, ...], tuple[Card, ...]]:
    """Return the see-also insets, the related cards, and the newest other reports of the running
    story that the story with row ``article_id`` belongs to; what is not published drops out."""
    lists: dict[str, list[Any]] = {"see": [], "rel": [], "run": []}
    for row in ask(_link_query(), {"article_id": article_id, "reports": reports}):
        story_card = card(row)
        lists[row.kind].append(
            SeeAlso(row.position, row.after, story_card) if row.kind == "see" else story_card
        )
    return tuple(lists["see"]), tuple(lists["rel"]), tuple(lists["run"])


def _successor(article_id: int) -> Card | None:
    query = (
        select_cards()
        .join(LinkRow, LinkRow.target_id == ArticleRow.id)
        .where(LinkRow.article_id == article_id, LinkRow.kind == SUCCESSOR, PUBLISHED)
    )
    row = db.session.execute(query).first()
    return card(row) if row else None


def see_also_of(public_id: str, slot: int) -> SeeAlso | None:
    """Return the filled inset ``slot`` of a published story, or None."""
    return next((s for s in _links_by_id(public_id)[0] if s.slot == slot), None)


def related_of(public_id: str) -> tuple[Card, ...]:
    """Return the related cards of a published story."""
    return _links_by_id(public_id)[1]


def _links_by_id(
    public_id: str,
) -> tuple[tuple[SeeAlso, ...], tuple[Card, ...], tuple[Card, ...]]:
    rows = ask(_number_query(), {"public_id": public_id})
    return links_of(rows[0].id) if rows else ((), (), ())


@cache
def _number_query() -> Select[*tuple[Any, ...]]:
    return select(ArticleRow.id).where(ArticleRow.public_id == bindparam("public_id"), PUBLISHED)
