"""What programs read: feeds of every list, sitemaps, robots, in one table."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.feeds import lists, machines, sitemaps

bp = Blueprint("feeds", __name__)
for _name in lists.FORMATS:
    for _where, _list in lists.LISTS.items():
        bp.add_url_rule(
            f"{_where}/{_name}",
            f"{_list.__name__}_{_name.replace('.', '_')}",
            lists.feed,
            defaults={"form": _name, "which": _list.__name__},
        )
bp.add_url_rule("/robots.txt", view_func=machines.robots)
bp.add_url_rule("/opensearch.xml", view_func=machines.opensearch)
bp.add_url_rule("/.well-known/security.txt", view_func=machines.security)
bp.add_url_rule("/sitemap.xml", view_func=sitemaps.index)
bp.add_url_rule("/sitemap-pages.xml", view_func=sitemaps.pages)
bp.add_url_rule("/sitemap-<month:month>.xml", view_func=sitemaps.month)
bp.add_url_rule("/news-sitemap.xml", view_func=sitemaps.news)
