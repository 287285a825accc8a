"""The agencies and papers that stories come from."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class SourceRow(Model):
    """``former`` holds names that it had before, each between two «|», for older revisions."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    url: Mapped[str] = mapped_column(String(500), default="")
    licence: Mapped[str] = mapped_column(String(120), default="")
    former: Mapped[str] = mapped_column(String(1000), default="")
