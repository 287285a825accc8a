"""Template filters of the newsroom: names of roles, actions and devices, and short times."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask_babel import gettext as _

from khabarayn.desk.deeds import action_name
from khabarayn.web.filters_dates import short_date, time_of_day


def role_name(role: str) -> str:
    """Return the role's name for people."""
    return {
        "contributor": _("مساهم"),
        "writer": _("محرر"),
        "editor": _("محرر أول"),
        "chief": _("رئيس التحرير"),
        "admin": _("مدير الموقع"),
    }.get(role, role)


def role_about(role: str) -> str:
    """Return one sentence on what the role may do; empty for an unknown role."""
    return {
        "contributor": _("يكتب مسوداته ويرسلها إلى المراجعة."),
        "writer": _("يكتب مسوداته ويرسلها إلى المراجعة، ويعدّلها وهي قيد المراجعة."),
        "editor": _("يراجع كل الأخبار وينشرها ويصحّحها، مع ما يفعله المحرر."),
        "chief": _("يسحب الأخبار ويرتّب الصفحة الأولى والأقسام والوسوم، مع ما يفعله المحرر الأول."),
        "admin": _("يدير أعضاء غرفة الأخبار والإعدادات ويقرأ السجل، مع ما يفعله رئيس التحرير."),
    }.get(role, "")


def moment(when: datetime) -> str:
    """Return day and time, short, as lists of the newsroom show them."""
    return f"{short_date(when)} {time_of_day(when)}"


def register(app: Flask) -> None:
    """Add the words for roles, actions, moments and devices as template filters."""
    for word in (role_name, role_about, action_name, moment, device_name):
        app.jinja_env.filters[word.__name__] = word


# The first that is found: newer names come before those that they imitate.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip


SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(agent: str) -> str:
    """Return «Firefox، Android», or that it is not known."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return _("، ").join(filter(None, (browser, system))) or _("جهاز غير معروف")
