"""Redirect an old address to a new one, without chains or circles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields, too_long
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, RedirectRow
from khabarayn.store.queries.redirects import address_key, redirect_of, redirects_of
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import page_links

LONGEST = 500
_OURS = ("/newsroom", "/_me", "/_f", "/static", "/media", "/api", "/sw.js", "/healthz", "/readyz")
_STORY = re.compile(r"/a/([0-9a-z]+)")


@writing("redirects")
def add_redirect(path: str, target: str, by: By, base_url: str = "") -> tuple[str, str]:
    """Redirect ``path`` to ``target``; return both as stored.

    Both are addresses of this site: from the slash on, or whole ones under ``base_url``. They are
    compared as `khabarayn.store.queries.redirects.address_key` writes them, a query with them:
    «/?p=123» is an address of its own. Raises `Refused`.
    """
    require(by, "arrange.redirects")
    fields, old, new = Fields(), "", ""
    with fields.catch():
        old = _address("path", path, base_url)
    with fields.catch():
        new = _address("target", target, base_url)
    fields.raise_faults()
    if old == "/" or old.startswith(_OURS):
        raise Refused("path", _("هذا الرابط من روابط الموقع نفسه ولا يُحوَّل: %(path)s", path=old))
    if _is_live(old):
        raise Refused("path", _("لهذا الرابط صفحة الآن: %(path)s", path=old))
    move(old, new)
    log("add_redirect", by, path=old, target=new)
    commit()
    return old, new


@writing("redirects")
def add_redirects(targets: Mapping[str, str], by: By) -> int:
    """Redirect many addresses of a site that moves here to their ``targets``, and return how many
    were added. One that leads somewhere already, that has a page here or that no address can be is
    left out: what editors arranged stays.
    """
    require(by, "arrange.redirects")
    new_targets: dict[str, str] = {}
    for path, target in targets.items():
        try:
            old = _address("path", path, "")
        except Refused:
            continue
        if old != "/" and not old.startswith(_OURS) and not _is_live(old):
            new_targets.setdefault(old, target)
    existing = redirects_of((*new_targets, *new_targets.values()))
    fresh = {
        old: existing.get(target, target)
        for old, target in new_targets.items()
        if old not in existing and old != existing.get(target, target)
    }
    at = now()
    db.session.add_all(
        RedirectRow(path=old, target=target, created_at=at) for old, target in fresh.items()
    )
    if fresh:
        log("add_redirects", by, count=len(fresh))
    commit()
    return len(fresh)


@writing("redirects")
def remove_redirect(path: str, by: By) -> None:
    """Delete the redirect of ``path``. Raises `Refused` when there is none."""
    require(by, "arrange.redirects")
    row = db.session.get(RedirectRow, path)
    if row is None:
        raise Refused("path", _("لا تحويل من هذا الرابط: %(path)s", path=path[:80]))
    log("remove_redirect", by, path=path, target=row.target)
    db.session.delete(row)
    commit()


def move(old: str, new: str) -> None:
    """Redirect ``old`` to ``new``, and every path that led to ``old`` as well: no redirect leads to
    another.

    Within the caller's transaction. Raises `Refused` where it would end in a circle.
    """
    end, visits = new, {old}
    while (further := redirect_of(end)) is not None:
        if end in visits:
            break
        visits.add(end)
        end = further
    if end in visits:
        raise Refused("target", _("هذا التحويل يدور على نفسه: %(path)s", path=old))
    db.session.merge(RedirectRow(path=old, target=end, created_at=now()))
    db.session.flush()
    db.session.execute(update(RedirectRow).where(RedirectRow.target == old).values(target=end))


def free(path: str) -> None:
    """Delete the redirect of ``path``, where a page stands again. Within the transaction."""
    db.session.execute(delete(RedirectRow).where(RedirectRow.path == path))


def forget_address(path: str) -> None:
    """Delete the redirects that lead to ``path``, where no page stands any more, and its own.
    Within the transaction."""
    db.session.execute(delete(RedirectRow).where(RedirectRow.target == path))


def _address(field: str, value: str, base_url: str) -> str:
    value = value.strip()
    base = base_url.rstrip("/")
    if base and value.startswith((base + "/", base + "?")):
        value = value.removeprefix(base)
    if value.startswith("?"):
        value = f"/{value}"
    try:
        parts = urlsplit(value)
        strange = parts.scheme or parts.netloc or not value.startswith("/")
        path = "" if strange else address_key(parts.path, parts.query)
    except (ValueError, UnicodeDecodeError):
        path = ""
    if not path or path.startswith("//") or "\\" in path or not path.isprintable():
        raise Refused(field, _("رابط من هذا الموقع يبدأ بشرطة مائلة، مثل %(like)s", like="/s/news"))
    if len(path) > LONGEST:
        raise Refused(field, too_long(_("الرابط"), LONGEST))
    return path


def _is_live(path: str) -> bool:
    if path.startswith("/s/"):
        return path.removeprefix("/s/") in section_tree().ids
    if story := _STORY.match(path):
        query = select(ArticleRow.id).where(ArticleRow.public_id == story[1])
        return db.session.scalar(query) is not None
    if path.startswith("/p/"):
        return path.removeprefix("/p/") in {link.slug for link in page_links()}
    return path in {"/latest", "/search", "/saved", "/offline", "/follow", "/settings", "/about"}
