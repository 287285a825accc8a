"""Pages of tags: search, rename, introduce, merge, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort, request, url_for
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.numerals import number
from khabarayn.arabic.slug import tag_key
from khabarayn.desk.arrange.tags import change_tag, delete_tag, merge_tags
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.store.queries.tags import TagUse, tag_use, tag_uses
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page


@dataclass(frozen=True)
class TagsPage(Page):
    """Tags with the number of their stories, searched and a page at a time."""

    template: ClassVar[str] = "newsroom/arrange/tags.html"

    title: str
    query: str
    uses: tuple[TagUse, ...]
    next_url: str


@dataclass(frozen=True)
class TagEditPage(Page):
    """One tag's form: its name and introduction, merging it into another, deletion."""

    template: ClassVar[str] = "newsroom/arrange/tag.html"

    title: str
    use: TagUse
    name: str
    intro: str
    into: str
    bad: Faults


@needs("arrange.tags")
def tags() -> str:
    """Show the tags that match ``q``, from the key ``after`` on."""
    query = clean_line(request.args.get("q", ""), 80).text
    uses, after = tag_uses(query, tag_key(request.args.get("after", "")))
    more = url_for("newsroom.tags", q=query or None, after=after) if after else ""
    return TagsPage(_("الوسوم"), query, uses, more).render()


@needs("arrange.tags")
def tag(tag: str) -> str:
    """Show one tag's form."""
    return _page(_use(tag), GOOD)


@needs("arrange.tags")
def save_tag(tag: str) -> Any:
    """Save a tag's name and introduction; a form with faults comes again (422). A changed name
    redirects the old address."""
    use = _use(tag)
    try:
        key = change_tag(use.tag.key, acting(), form_value("name"), form_value("intro"))
    except Refused as refused:
        return _page(use, faults_of(refused), form_value("name"), form_value("intro")), 422
    return redirect_with_notice(
        _("حُفظ الوسم «%(name)s».", name=form_value("name")), "newsroom.tag", tag=key
    )


@needs("arrange.tags")
def merge_tag(tag: str) -> Any:
    """Move every story of one tag to another and delete the first; its address redirects."""
    use = _use(tag)
    into = tag_key(form_value("into"))
    try:
        count = merge_tags(use.tag.key, into, acting())
    except Refused as refused:
        bad = {"into": refused.message}
        return _page(use, bad, into=form_value("into")), 422
    words = _("صارت أخبار «%(name)s» (%(count)s) هنا.", name=use.tag.name, count=number(count))
    return redirect_with_notice(words, "newsroom.tag", tag=into)


@needs("arrange.tags")
def drop_tag(tag: str) -> Any:
    """Delete a tag; its stories lose it."""
    use = _use(tag)
    try:
        count = delete_tag(use.tag.key, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.tag", tag=use.tag.key)
    words = _("حُذف الوسم «%(name)s». أخبار كان عليها: %(count)s", name=use.tag.name, count=count)
    return redirect_with_notice(words, "newsroom.tags")


def _use(tag: str) -> TagUse:
    return tag_use(tag_key(tag)) or abort(404)


def _page(
    use: TagUse, bad: Faults, name: str | None = None, intro: str | None = None, into: str = ""
) -> str:
    return TagEditPage(
        title="#" + use.tag.name.replace(" ", "_"),
        use=use,
        name=use.tag.name if name is None else name,
        intro=use.tag.intro if intro is None else intro,
        into=into,
        bad=bad,
    ).render()
