"""The site readers see: every address, in one table."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.reader import (
    article,
    device,
    front,
    lists,
    media,
    reads,
    search,
    share,
    standing,
)

bp = Blueprint("reader", __name__)
reads.register(bp)
bp.add_url_rule("/", "home", front.home)
bp.add_url_rule("/latest", "latest", lists.latest)
bp.add_url_rule("/s/<section_path:section>", "section", lists.section)
bp.add_url_rule("/t/<tag>", "tag", lists.tag)
bp.add_url_rule("/by/<author>", "author", lists.author)
bp.add_url_rule("/a/<article_id:id>", "article", article.article)
bp.add_url_rule("/a/<article_id:id>/<path:slug>", "article_slug", article.to_canonical)
bp.add_url_rule("/search", "search", search.search)
bp.add_url_rule("/search/suggest", "suggest", search.suggest)
bp.add_url_rule("/saved", "saved", device.saved_page)
bp.add_url_rule("/offline", "offline", device.offline)
bp.add_url_rule("/follow", "follow", device.follow)
bp.add_url_rule("/settings", "settings", device.settings)
bp.add_url_rule("/p/<page>", "page", standing.page)
bp.add_url_rule("/about", "about", standing.about)
bp.add_url_rule("/sections", "sections", device.sections)
bp.add_url_rule("/share/<article_id:id>.jpg", "share", share.share)
bp.add_url_rule("/media/<media_id>/<rendition>", "media", media.media)
bp.add_url_rule("/api/reads/<article_id:id>", "reads", reads.count, methods=["POST"])
bp.add_url_rule("/api/counts/<kind>", "counts", reads.counts, methods=["POST"])
