"""The name of the paper becomes a part of its face."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from khabarayn.store.db import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_settings = sa.table("site_setting", sa.column("name", sa.String), sa.column("value", sa.String))


def _said(name: str) -> str | None:
    wanted = sa.select(_settings.c.value).where(_settings.c.name == name)
    return op.get_bind().execute(wanted).scalar()


def _say(old: str, name: str, value: str) -> None:
    connection = op.get_bind()
    connection.execute(sa.delete(_settings).where(_settings.c.name.in_((old, name))))
    connection.execute(sa.insert(_settings).values(name=name, value=value))


def upgrade() -> None:
    face = op.create_table(
        "face",
        sa.Column("digest", sa.String(12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_face")),
    )
    op.create_index("ix_face_taken_at", "face", ["taken_at"])
    op.create_table(
        "face_file",
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("mime", sa.String(30), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_face_file")),
    )
    if name := _said("site_name"):
        content = json.dumps({"name": name}, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(content.encode()).hexdigest()[:12]
        now = datetime.now(UTC)
        op.get_bind().execute(
            sa.insert(face).values(
                digest=digest, content=content, made_at=now, made_by="khabarayn", taken_at=now
            )
        )
        _say("site_name", "face", digest)


def downgrade() -> None:
    digest = _said("face")
    if digest:
        face = sa.table("face", sa.column("digest", sa.String), sa.column("content", sa.Text))
        wanted = sa.select(face.c.content).where(face.c.digest == digest)
        content = op.get_bind().execute(wanted).scalar()
        op.get_bind().execute(sa.delete(_settings).where(_settings.c.name == "face"))
        if content:
            _say("face", "site_name", json.loads(content)["name"])
    op.drop_table("face_file")
    op.drop_table("face")
