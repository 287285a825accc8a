"""The faces that the paper has had or was shown in a preview, and their files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class FaceRow(Model):
    """``content`` is a face as `khabarayn.face.value` writes it, never changed; ``taken_at`` is
    when readers last began to see it, None for one that was only looked at. Which of them holds
    now says the setting «face»."""

    __tablename__ = "face"

    digest: Mapped[str] = mapped_column(String(12), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(120))
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


class FaceFileRow(Model):
    """A wordmark, a sign or a picture of the screen, cleaned; its ``digest`` is of its content."""

    __tablename__ = "face_file"

    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    mime: Mapped[str] = mapped_column(String(30))
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
