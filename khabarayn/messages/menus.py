"""Pages of the software that a menu may lead to: the endpoint of each and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class MenuPlace(NamedTuple):
    """A page of the software: its endpoint and its name in the language of whoever reads."""

    endpoint: str
    name: LazyString


# By the target that menus store, in the order of a list.
PLACES: Mapping[str, MenuPlace] = {
    "home": MenuPlace("reader.home", _("الصفحة الأولى")),
    "latest": MenuPlace("reader.latest", _("آخر الأخبار")),
    "sections": MenuPlace("reader.sections", _("الأقسام")),
    "editions": MenuPlace("editions.all", _("النشرات")),
    "search": MenuPlace("reader.search", _("بحث")),
    "saved": MenuPlace("reader.saved", _("المحفوظات")),
    "settings": MenuPlace("reader.settings", _("إعدادات القراءة")),
    "feed": MenuPlace("feeds.site_feed_xml", _("خلاصة RSS")),
}
