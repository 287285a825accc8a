"""The tree of sections."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class SectionRow(Model):
    """``slug`` is the whole path from the root: «world», «world/china». ``name`` and
    ``description`` are in the paper's first language, ``translations`` («name», «description») in
    others, by language."""

    __tablename__ = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    hue: Mapped[int] = mapped_column(default=0)
    in_nav: Mapped[bool] = mapped_column(default=False)
    description: Mapped[str] = mapped_column(String(400), default="")
    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )
