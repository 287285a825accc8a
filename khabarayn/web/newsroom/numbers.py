"""The page of reads, saves and shares, with charts that are tables too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from flask import request
from flask_babel import gettext as _

from khabarayn.article.blocks import Table
from khabarayn.store.queries.numbers import DaySum, Numbers
from khabarayn.store.queries.numbers import numbers as sums
from khabarayn.store.queries.site import counting
from khabarayn.web.newsroom.access import needs
from khabarayn.web.page import Page

SPANS = (7, 28, 90)


@dataclass(frozen=True)
class NumbersPage(Page):
    """``change`` is the change against the days before, in percent, or None without a before."""

    template: ClassVar[str] = "newsroom/numbers.html"

    title: str
    numbers: Numbers
    change: int | None
    spans: tuple[int, ...]
    counted: bool
    reads: Table
    saves: Table
    sections: Table
    shares: Table


@needs("numbers.read")
def numbers() -> str:
    """Show reads, saves and shares of the last ``days`` days (one of `SPANS`, else 28)."""
    days = request.args.get("days", "")
    totals = sums(int(days) if days in {str(span) for span in SPANS} else 28)
    change = round((totals.reads - totals.before) * 100 / totals.before) if totals.before else None
    return NumbersPage(
        title=_("الأرقام"),
        numbers=totals,
        change=change,
        spans=SPANS,
        counted=counting(),
        reads=_daily(totals.by_day, _("القراءات كل يوم")),
        saves=_daily(totals.saves, _("الحفظ كل يوم")),
        sections=Table(
            tuple((one.section.name, f"{one.count:,}") for one in totals.sections),
            (_("القسم"), _("القراءات")),
            _("القراءات في كل قسم"),
            "bar",
        ),
        shares=Table(
            tuple(
                (_channel_names().get(one.name, one.name), f"{one.count:,}")
                for one in totals.shares
            ),
            (_("الطريقة"), _("المشاركات")),
            _("المشاركات"),
            "bar",
        ),
    ).render()


def _daily(days: Iterable[DaySum], caption: str) -> Table:
    rows = tuple((f"{one.day.day}/{one.day.month}", f"{one.count:,}") for one in days)
    return Table(rows, (_("اليوم"), caption), caption, "line")


def _channel_names() -> dict[str, str]:
    return {
        "whatsapp": _("واتساب"),
        "telegram": _("تيليغرام"),
        "facebook": _("فيسبوك"),
        "x": _("إكس"),
        "linkedin": _("لينكدإن"),
        "email": _("البريد الإلكتروني"),
        "copy": _("نسخ الرابط"),
        "system": _("قائمة الجهاز"),
    }
