"""Lists, likenesses and running stories know their language; versions of a story are tied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from flask import current_app

from khabarayn.settings import settings_of
from khabarayn.store.db import INDEX

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BATCH = 200
_ARTICLE = sa.table("article", sa.column("id", sa.Integer), sa.column("language", sa.String))
_SETTINGS = sa.table("site_setting", sa.column("name", sa.String), sa.column("value", sa.String))
# The story's own language, «en» of «en-GB».
_OWN = (
    "lower(CASE WHEN article.language LIKE '__-%' OR article.language LIKE '__\\_%' ESCAPE '\\' "
    "THEN substr(article.language, 1, 2) ELSE article.language END)"
)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _languages() -> tuple[str, ...]:
    """Return the languages that the paper offers, its first one first."""
    named = settings_of(current_app.config).locales
    wanted = sa.select(_SETTINGS.c.value).where(_SETTINGS.c.name == "languages")
    said = op.get_bind().execute(wanted).scalar()
    offered = set(named if said is None else said.split())
    return (named[0], *(one for one in named[1:] if one in offered))


def _make_listing(name: str, *, languages: bool) -> None:
    columns: list[sa.schema.SchemaItem] = [sa.Column("list", sa.String(24), nullable=False)]
    key = ["list"]
    if languages:
        columns.append(sa.Column("language", sa.String(12), nullable=False))
        key.append("language")
    op.create_table(
        name,
        *columns,
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_listing_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, "at", "article_id", name="pk_listing"),
        sqlite_with_rowid=False,
    )


def _rewrite_listing(*, languages: bool) -> None:
    """Copy the lists into a table with the other key: SQLite changes no key of a table."""
    _make_listing("listing_new", languages=languages)
    own = _list_language() if languages else ""
    columns = "list, language, at, article_id" if languages else "list, at, article_id"
    op.execute(
        f"INSERT INTO listing_new ({columns}) SELECT listing.list, {own}{', ' if own else ''}"
        "listing.at, listing.article_id FROM listing "
        f"JOIN article ON article.id = listing.article_id ORDER BY {columns}"
    )
    op.drop_index("ix_listing_article_id", "listing")
    op.drop_table("listing")
    op.rename_table("listing_new", "listing")
    op.create_index("ix_listing_article_id", "listing", ["article_id"])


def _list_language() -> str:
    first, *others = _languages()
    cases = " ".join(f"WHEN {_OWN} = '{one[:2].lower()}' THEN '{one}'" for one in others)
    return f"CASE {cases} ELSE '{first}' END" if others else f"'{first}'"


def upgrade() -> None:
    if _sqlite():
        _rewrite_listing(languages=True)
    else:
        op.add_column("listing", sa.Column("language", sa.String(12), nullable=True))
        op.execute(
            f"UPDATE listing SET language = {_list_language()} FROM article "
            "WHERE article.id = listing.article_id"
        )
        op.alter_column("listing", "language", nullable=False)
        op.drop_constraint("pk_listing", "listing")
        op.create_primary_key("pk_listing", "listing", ["list", "language", "at", "article_id"])
    for table in ("likeness", "cluster"):
        kind = sa.String(12)
        op.add_column(table, sa.Column("language", kind, server_default="ar", nullable=False))
    op.execute(
        f"UPDATE likeness SET language = (SELECT {_OWN} FROM article "
        "WHERE article.id = likeness.article_id)"
    )
    op.execute(
        "UPDATE cluster SET language = coalesce((SELECT max(likeness.language) FROM likeness "
        "WHERE likeness.cluster_id = cluster.id), 'ar')"
    )
    others = _languages()[1:]
    listed = sa.table("listing", sa.column("list"), sa.column("language"))
    asked = sa.select(listed.c.language).distinct().where(listed.c.list == "latest")
    found = set(op.get_bind().execute(asked).scalars())
    if value := " ".join(one for one in others if one in found):
        op.get_bind().execute(sa.insert(_SETTINGS).values(name="story_languages", value=value))
    op.add_column("article", sa.Column("translation_group", sa.String(12), nullable=True))
    op.create_index("ix_article_translation_group", "article", ["translation_group"])
    _label(add=True)


def downgrade() -> None:
    _label(add=False)
    noted = sa.delete(_SETTINGS).where(_SETTINGS.c.name == "story_languages")
    op.get_bind().execute(noted)
    op.drop_index("ix_article_translation_group", "article")
    op.drop_column("article", "translation_group")
    for table in ("cluster", "likeness"):
        op.drop_column(table, "language")
    if _sqlite():
        _rewrite_listing(languages=False)
    else:
        op.drop_constraint("pk_listing", "listing")
        op.drop_column("listing", "language")
        op.create_primary_key("pk_listing", "listing", ["list", "at", "article_id"])


def _label(*, add: bool) -> None:
    """Write the labels of language into the index of search, or take them out: only stories that
    are not in Arabic have any, so of most archives not a word is indexed anew."""
    connection = op.get_bind()
    document = sa.Table("search_document", sa.MetaData(), autoload_with=connection)
    last = 0
    while True:
        rows = connection.execute(
            sa.select(document, _ARTICLE.c.language.label("story_language"))
            .join(_ARTICLE, _ARTICLE.c.id == document.c.article_id)
            .where(document.c.key > last, sa.not_(_ARTICLE.c.language.like("ar%")))
            .order_by(document.c.key)
            .limit(BATCH)
        ).mappings()
        found = [dict(row) for row in rows]
        for row in found:
            last = row["key"]
            own = row.pop("story_language").lower().replace("_", "-").split("-")[0]
            if own.isalnum():
                _write_labels(document, row, ["lx", f"l{own}"], add=add)
        if len(found) < BATCH:
            return


def _write_labels(document: sa.Table, row: dict[str, object], own: list[str], *, add: bool) -> None:
    connection = op.get_bind()
    labels = [label for label in str(row["labels"]).split() if label not in own]
    row["labels"] = " ".join([*labels, *own] if add else labels)
    if connection.dialect.name == "sqlite":
        # Its triggers know a row that goes and one that comes, not one that changes.
        connection.execute(sa.delete(document).where(document.c.key == row["key"]))
        connection.execute(sa.insert(document).values(row))
        return
    connection.execute(
        sa.update(document).where(document.c.key == row["key"]).values(labels=row["labels"])
    )
    lexemes = ", ".join(f"'@{label}'" for label in own)
    change = (
        f"vector || array_to_tsvector(ARRAY[{lexemes}])"
        if add
        else f"ts_delete(vector, ARRAY[{lexemes}])"
    )
    connection.execute(
        sa.text(f"UPDATE {INDEX} SET vector = {change} WHERE key = :key"), {"key": row["key"]}
    )
