"""Settings of the paper that the chief editor sets and that override the environment's."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class SettingRow(Model):
    """``name`` is one of `khabarayn.desk.arrange.site_settings.NAMES`; what has no row is as the
    environment says."""

    __tablename__ = "site_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
