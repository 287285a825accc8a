"""Which stories a story leads to: its see-also insets and its related cards."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class LinkRow(Model):
    """``kind`` is «see» (with the body block it stands after) or «rel», and «new» from a withdrawn
    story to the one that stands in its place; ``position`` from 1.
    ``reason`` says why the place and the story were chosen, for editors."""

    __tablename__ = "link"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(3), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    after: Mapped[int] = mapped_column(default=-1)
    score: Mapped[float] = mapped_column(default=0.0)
    reason: Mapped[str] = mapped_column(String(200), default="")
