"""One story, whole: in four queries, however large the archive."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    CompoundSelect,
    Float,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)

from khabarayn.article.blocks import from_json
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
    Withdrawn,
)
from khabarayn.store.db import UTCDateTime, db
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
from khabarayn.store.queries.cards import (
    CARD_COLUMNS,
    MEDIA_COLUMNS,
    PUBLISHED,
    card,
    picture,
    select_cards,
)

_NO_TEXT = cast(null(), Text)
_NO_TIME = cast(null(), UTCDateTime)
_NO_INT = cast(null(), Integer)
_NO_FLOAT = cast(null(), Float)
_NO_JSON = cast(null(), JSON)


# The three statements are built once: building them anew cost more than asking them.
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
            SourceRow.name.label("source_name"),
            SourceRow.url.label("source_link"),
            SourceRow.licence.label("source_licence"),
        )
        .outerjoin(SourceRow, ArticleRow.source_id == SourceRow.id)
        .where(ArticleRow.public_id == bindparam("public_id"))
    )


def article_by_id(public_id: str) -> Story | Withdrawn | None:
    """Return the published story, what is left of a withdrawn one, or None for all others."""
    row = db.session.execute(_story(), {"public_id": public_id}).one_or_none()
    if row is None:
        return None
    # One that was taken back and is being worked on stays taken back until it is published again.
    if row.status != "published" and row.withdrawn_at is not None:
        return Withdrawn(row.public_id, row.withdrawn_at, row.withdrawn_reason)
    if row.status != "published":
        return None
    labels = _labels(row.id)
    see_also, related, running = links_of(row.id)
    file = next((found for found in labels["file"] if running), None)
    return Story(
        card=card(row),
        blocks=from_json(row.body),
        slug=row.slug,
        first_published_at=row.first_published_at,
        word_count=row.word_count,
        evergreen=row.evergreen,
        tags=labels["tag"],
        authors=labels["author"],
        source=(
            Source(row.source_name, row.source_link, row.source_licence)
            if row.source_name
            else None
        ),
        source_url=row.source_url,
        corrections=labels["correction"],
        pictures={found.id: found for found in labels["picture"]},
        see_also=see_also,
        related=related,
        file=replace(file, cards=running) if file else None,
    )


@cache
def _labelled() -> CompoundSelect[*tuple[Any, ...]]:
    article_id = bindparam("article_id", type_=Integer)
    blank = (_NO_TIME, _NO_TEXT, _NO_INT, _NO_INT, _NO_FLOAT, _NO_FLOAT, _NO_TEXT, _NO_JSON)
    names = ("at", "folder", "width", "height", "focal_x", "focal_y", "thumbhash", "renditions")
    no_picture = tuple(column.label(name) for column, name in zip(blank, names, strict=True))

    def row(kind: str, position: Any, *texts: Any) -> tuple[Any, ...]:
        labelled = (text.label(name) for text, name in zip(texts, "abcd", strict=True))
        return (literal(kind, String).label("label"), position.label("position"), *labelled)

    tags = (
        select(*row("tag", ArticleTag.position, TagRow.key, TagRow.name, TagRow.intro, _NO_TEXT),
               *no_picture)
        .join(TagRow, TagRow.id == ArticleTag.tag_id)
        .where(ArticleTag.article_id == article_id)
    )  # fmt: skip
    authors = (
        select(*row("author", ArticleAuthor.position, AuthorRow.slug, AuthorRow.name,
                    AuthorRow.role, AuthorRow.bio), *no_picture)
        .join(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
        .where(ArticleAuthor.article_id == article_id)
    )  # fmt: skip
    corrections = select(
        *row("correction", CorrectionRow.id, CorrectionRow.text, _NO_TEXT, _NO_TEXT, _NO_TEXT),
        CorrectionRow.at.label("at"),
        *no_picture[1:],
    ).where(CorrectionRow.article_id == article_id)
    pictures = (
        select(
            *row("picture", ArticleMedia.position, MediaRow.public_id, MediaRow.alt,
                 MediaRow.caption, MediaRow.credit),
            no_picture[0],
            *MEDIA_COLUMNS[1:],
        )
        .join(MediaRow, MediaRow.id == ArticleMedia.media_id)
        .where(ArticleMedia.article_id == article_id)
    )  # fmt: skip
    files = (
        select(
            *row(
                "file", ClusterRow.id, ClusterRow.name, cast(ClusterRow.size, Text),
                _NO_TEXT, _NO_TEXT,
            ),
            ClusterRow.newest_at.label("at"),
            *no_picture[1:],
        )
        .join(LikenessRow, LikenessRow.cluster_id == ClusterRow.id)
        .where(LikenessRow.article_id == article_id, ClusterRow.closed.is_(False))
    )  # fmt: skip
    return union_all(tags, authors, corrections, pictures, files)


def _labels(article_id: int) -> dict[str, tuple[Any, ...]]:
    """Return tags, authors, corrections, body pictures and the running story of one story, in one
    query."""
    rows = sorted(
        db.session.execute(_labelled(), {"article_id": article_id}),
        key=lambda found: found.position,
    )
    kinds = ("tag", "author", "correction", "picture", "file")
    made: dict[str, list[Any]] = {kind: [] for kind in kinds}
    for found in rows:
        made[found.label].append(_label(found))
    return {kind: tuple(values) for kind, values in made.items()}


class _Pictured:
    """A labels row seen as a row with media columns."""

    def __init__(self, row: Any) -> None:
        self.media_id = row.a
        self.__dict__.update(
            {k: getattr(row, k) for k in ("width", "height", "focal_x", "focal_y")}
        )
        self.thumbhash, self.renditions, self.folder = row.thumbhash, row.renditions, row.folder


def _label(row: Any) -> Tag | Author | Correction | Cluster | Picture | None:
    if row.label == "file":
        return Cluster(row.position, row.a, int(row.b), row.at)
    if row.label == "tag":
        return Tag(row.a, row.b, row.c)
    if row.label == "author":
        return Author(row.a, row.b, row.c, row.d)
    if row.label == "correction":
        return Correction(row.at, row.a)
    return picture(_Pictured(row), row.b, row.c, row.d)


@cache
def _linked() -> Select[*tuple[Any, ...]]:
    article_id = bindparam("article_id", type_=Integer)
    mine = (
        select(LikenessRow.cluster_id).where(LikenessRow.article_id == article_id).scalar_subquery()
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
    found: dict[str, list[Any]] = {"see": [], "rel": [], "run": []}
    for row in db.session.execute(_linked(), {"article_id": article_id, "reports": reports}):
        made = card(row)
        found[row.kind].append(
            SeeAlso(row.position, row.after, made) if row.kind == "see" else made
        )
    return tuple(found["see"]), tuple(found["rel"]), tuple(found["run"])


def see_also_of(public_id: str, slot: int) -> SeeAlso | None:
    """Return the filled inset ``slot`` of a published story, or None."""
    return next((s for s in _links_by_id(public_id)[0] if s.slot == slot), None)


def related_of(public_id: str) -> tuple[Card, ...]:
    """Return the related cards of a published story."""
    return _links_by_id(public_id)[1]


def _links_by_id(
    public_id: str,
) -> tuple[tuple[SeeAlso, ...], tuple[Card, ...], tuple[Card, ...]]:
    number = db.session.scalar(
        select(ArticleRow.id).where(ArticleRow.public_id == public_id, PUBLISHED)
    )
    return ((), (), ()) if number is None else links_of(number)
