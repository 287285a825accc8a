"""The fragments that HTMX requests: public, cookieless, without layout; every address in one
table."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.fragments import front, links, lists

bp = Blueprint("fragments", __name__, url_prefix="/_f")
bp.add_url_rule("/see-also/<article_id:id>/<slot:slot>", "see_also", links.see_also)
bp.add_url_rule("/related/<article_id:id>", "related", links.related)
bp.add_url_rule("/section/<section_path:section>", "section", front.section)
bp.add_url_rule("/shown/<article_id:id>", "visual", front.visual)
bp.add_url_rule("/rail", "rail", front.rail)
bp.add_url_rule("/most-read", "most_read", front.most_read)
bp.add_url_rule("/more/latest", "more_latest", lists.latest)
bp.add_url_rule("/more/s/<section_path:section>", "more_section", lists.section)
bp.add_url_rule("/more/t/<tag>", "more_tag", lists.tag)
bp.add_url_rule("/more/by/<author>", "more_author", lists.author)
