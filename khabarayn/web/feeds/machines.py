"""robots.txt, OpenSearch and security.txt."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from flask import Response, url_for
from flask_babel import gettext as _

from khabarayn.store.db import now
from khabarayn.store.queries.languages import languages_with_stories
from khabarayn.web.site import absolute, face_url, paper

# Nothing personal or endless is for crawlers; pages and pictures are.
DISALLOWED_PATHS = (
    "/newsroom/",
    "/_me/",
    "/_f/",
    "/api/",
    "/search",
    "/saved",
    "/offline",
    "/settings",
)


def robots() -> Response:
    """What robots may read, and where the sitemaps are."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED_PATHS), ""]
    lines.append(f"Sitemap: {absolute(url_for('feeds.index'))}")
    first, *others = languages_with_stories()
    del first
    prefixes = ["", *(f"/{language}" for language in others)]
    lines += [f"Sitemap: {absolute(prefix + '/news-sitemap.xml')}" for prefix in prefixes]
    lines.append("")
    return Response("\n".join(lines), mimetype="text/plain")


def opensearch() -> Response:
    """The description by which a browser offers to search here."""
    settings = paper()
    name = escape(settings.site_name)
    search = absolute(url_for("reader.search"))
    icon = absolute(face_url("favicon-32.png"))
    body = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name[:16]}</ShortName>
<Description>{escape(_("ابحث في %(name)s", name=settings.site_name))}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>{settings.locales[0]}</Language>
<Image width="32" height="32" type="image/png">{escape(icon)}</Image>
<Url type="text/html" method="get" template="{escape(search)}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")


def security() -> Response:
    """RFC 9116; the contact is the setting, or the postmaster of the paper's own domain."""
    settings = paper()
    domain = urlsplit(settings.base_url).hostname or "localhost"
    contact = settings.security_contact or f"mailto:security@{domain}"
    expires = (now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: ar, en",
        f"Canonical: {absolute(url_for('feeds.security'))}",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")
