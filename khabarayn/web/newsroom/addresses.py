"""Every address of the newsroom, in one table, group by group."""

from __future__ import annotations

from flask import Blueprint, request

from khabarayn.desk.stories.transitions import STEPS
from khabarayn.web.newsroom import more, numbers
from khabarayn.web.newsroom.arrange import (
    bylines,
    face,
    feeds,
    menus,
    redirects,
    rights,
    sections,
    settings,
    standing,
    status,
    tags,
    words,
)
from khabarayn.web.newsroom.front import bulletin, editions, front_page
from khabarayn.web.newsroom.people import account, audit, forgotten, held, join, people
from khabarayn.web.newsroom.pictures import library, upload
from khabarayn.web.newsroom.stories import (
    assist,
    autosave,
    calendar,
    duplicate,
    edit,
    many,
    merge,
    notifications,
    preview,
    preview_links,
    revisions,
    story_lists,
    versions,
    workflow,
)

BOTH, POST, PATCH = ["GET", "POST"], ["POST"], ["PATCH"]
STORY = "/stories/<article_id:id>"
# A long story in HTML is larger than anything a reader may send: at most so many bytes.
STORY_BYTES = 2 * 1024 * 1024
LARGE_FORMS = {
    "newsroom.story", "newsroom.autosave_draft", "newsroom.copydesk", "newsroom.suggestions",
    "newsroom.places",
}  # fmt: skip


def add(bp: Blueprint) -> None:
    """Add every address of the newsroom to ``bp``."""
    bp.url_value_preprocessor(raise_form_limits)
    bp.url_value_preprocessor(upload.allow_more)
    bp.add_url_rule("/more", "more", more.more)
    bp.add_url_rule("/numbers", "numbers", numbers.numbers)
    _stories(bp)
    _front(bp)
    _pictures(bp)
    _arrange(bp)
    _site(bp)
    _people(bp)


def raise_form_limits(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Raise the limits of a form's size where a story's text is sent, before anything reads the
    form."""
    if endpoint in LARGE_FORMS:
        request.max_content_length = STORY_BYTES
        request.max_form_memory_size = STORY_BYTES


def _stories(bp: Blueprint) -> None:
    bp.add_url_rule("/", "story_list", story_lists.story_list)
    bp.add_url_rule("/calendar", "calendar", calendar.calendar)
    bp.add_url_rule("/calendar/<month:month>", "calendar_of", calendar.calendar)
    bp.add_url_rule(f"{STORY}/notes", "notes", workflow.notes)
    bp.add_url_rule("/many", "many", many.many, methods=POST)
    bp.add_url_rule("/notifications", "notifications", notifications.notifications)
    bp.add_url_rule(
        "/notifications/seen", "notifications_seen", notifications.notifications_seen, methods=POST
    )
    for verb in STEPS:
        bp.add_url_rule(f"{STORY}/{verb}", f"step_{verb}", workflow.step(verb), methods=BOTH)
    bp.add_url_rule("/stories/new", "new_story", edit.new_story)
    bp.add_url_rule("/stories/names", "names", assist.names)
    bp.add_url_rule("/stories/find", "find_story", assist.find_story)
    bp.add_url_rule("/stories/picture/<media_id>", "story_picture", assist.picture)
    bp.add_url_rule(STORY, "story", edit.story, methods=BOTH)
    bp.add_url_rule(f"{STORY}/draft", "draft_state", autosave.draft_state)
    bp.add_url_rule(f"{STORY}/draft", "autosave_draft", autosave.autosave_draft, methods=POST)
    bp.add_url_rule(f"{STORY}/draft/forget", "forget_draft", autosave.forget_draft, methods=POST)
    bp.add_url_rule(f"{STORY}/merge", "merge", merge.merge)
    bp.add_url_rule(f"{STORY}/merge", "merged", merge.merge_texts, methods=POST)
    bp.add_url_rule(f"{STORY}/revisions", "revisions", revisions.revisions)
    bp.add_url_rule(f"{STORY}/revisions/<number:number>", "revision", revisions.revision)
    bp.add_url_rule(
        f"{STORY}/revisions/<number:number>", "restore", revisions.restore_revision, methods=POST
    )
    bp.add_url_rule(f"{STORY}/preview", "preview", preview.preview)
    bp.add_url_rule(f"{STORY}/previews", "links_of_story", preview_links.links_of_story,
                    methods=BOTH)  # fmt: skip
    bp.add_url_rule(
        f"{STORY}/previews/<number:number>/revoke", "revoke_link", preview_links.revoke_link,
        methods=POST,
    )  # fmt: skip
    bp.add_url_rule(f"{STORY}/duplicate", "duplicate", duplicate.duplicate, methods=POST)
    for verb, view in (
        ("translate", versions.translate),
        ("tie_version", versions.tie_version),
        ("untie_version", versions.untie_version),
        ("check_version", versions.check_version),
    ):
        path = verb.removesuffix("_version")
        bp.add_url_rule(f"{STORY}/{path}", verb, view, methods=POST)
    bp.add_url_rule("/preview/<link:token>", "outside", preview_links.outside)
    bp.add_url_rule(f"{STORY}/looks", "preview_sizes", preview.preview_sizes)
    bp.add_url_rule(f"{STORY}/share.jpg", "preview_share", preview.preview_share)
    bp.add_url_rule(f"{STORY}/copydesk", "copydesk", assist.copydesk, methods=POST)
    bp.add_url_rule(f"{STORY}/suggestions", "suggestions", assist.suggestions, methods=POST)
    bp.add_url_rule(f"{STORY}/places", "places", assist.story_places, methods=POST)


def _front(bp: Blueprint) -> None:
    one = "/editions/<name>"
    bp.add_url_rule("/front", "front", front_page.compose_page)
    bp.add_url_rule("/front", "compose", front_page.compose, methods=POST)
    bp.add_url_rule("/front/preview", "front_preview", front_page.preview)
    bp.add_url_rule("/front/bulletin", "bulletin", bulletin.bulletin)
    bp.add_url_rule("/front/bulletin", "announce", bulletin.announce_now, methods=POST)
    bp.add_url_rule("/front/bulletin/end", "end_bulletin", bulletin.end_now, methods=POST)
    bp.add_url_rule("/editions", "editions", editions.all_editions)
    bp.add_url_rule(one, "edition", editions.edition)
    bp.add_url_rule(one, "plan", editions.plan, methods=POST)
    bp.add_url_rule(f"{one}/make", "order", editions.order, methods=POST)


def _pictures(bp: Blueprint) -> None:
    bp.add_url_rule("/pictures", "pictures", library.pictures)
    bp.add_url_rule("/pictures/pick", "pick", library.pick)
    bp.add_url_rule("/pictures/upload", "upload", upload.upload, methods=POST)
    bp.add_url_rule("/pictures/uploads", "begin_upload", upload.begin, methods=POST)
    bp.add_url_rule("/pictures/uploads/<token>", "upload_state", upload.upload_state)
    bp.add_url_rule("/pictures/uploads/<token>", "piece", upload.piece, methods=PATCH)
    bp.add_url_rule("/pictures/<media_id>", "picture", library.picture)
    for verb, view in (
        ("describe", library.describe_picture),
        ("focus", library.focus_picture),
        ("replace", library.replace_picture),
        ("delete", library.drop_picture),
    ):
        address = f"/pictures/<media_id>/{verb}"
        bp.add_url_rule(address, f"{verb}_picture", view, methods=POST)


def _arrange(bp: Blueprint) -> None:
    one = "/arrange/sections/<section_path:section>"
    bp.add_url_rule("/arrange/sections", "sections", sections.sections)
    bp.add_url_rule("/arrange/sections", "create_section", sections.create_section, methods=POST)
    bp.add_url_rule("/arrange/move/<section_path:section>", "shift_section",
                    sections.shift_section, methods=POST)  # fmt: skip
    bp.add_url_rule("/arrange/remove/<section_path:section>", "drop_section",
                    sections.drop_section, methods=POST)  # fmt: skip
    bp.add_url_rule(one, "section", sections.section)
    bp.add_url_rule(one, "save_section", sections.save_section, methods=POST)
    bp.add_url_rule("/arrange/tags", "tags", tags.tags)
    bp.add_url_rule("/arrange/tags/<tag>", "tag", tags.tag)
    bp.add_url_rule("/arrange/tags/<tag>", "save_tag", tags.save_tag, methods=POST)
    bp.add_url_rule("/arrange/tags/<tag>/merge", "merge_tag", tags.merge_tag, methods=POST)
    bp.add_url_rule("/arrange/tags/<tag>/delete", "delete_tag", tags.drop_tag, methods=POST)
    bp.add_url_rule("/arrange/authors", "authors", bylines.authors)
    bp.add_url_rule("/arrange/authors", "add_author", bylines.add_byline, methods=POST)
    bp.add_url_rule("/arrange/authors/<author>", "author", bylines.author)
    bp.add_url_rule("/arrange/authors/<author>", "save_author", bylines.save_author,
                    methods=POST)  # fmt: skip
    who = "/arrange/authors/<author>"
    bp.add_url_rule(f"{who}/merge", "merge_author", bylines.merge_author, methods=POST)
    bp.add_url_rule(f"{who}/delete", "delete_author", bylines.drop_author, methods=POST)
    bp.add_url_rule("/arrange/sources/<number:number>/delete", "delete_source",
                    bylines.drop_agency, methods=POST)  # fmt: skip
    bp.add_url_rule("/arrange/sources", "sources", bylines.sources)
    bp.add_url_rule("/arrange/sources", "save_source", bylines.save_agency, methods=POST)
    bp.add_url_rule("/arrange/feeds", "feeds", feeds.feeds)
    bp.add_url_rule("/arrange/feeds", "add_feed", feeds.subscribe, methods=POST)
    bp.add_url_rule("/arrange/feeds/check", "check_feed", feeds.check, methods=POST)
    one_feed = "/arrange/feeds/<number:number>"
    bp.add_url_rule(one_feed, "feed", feeds.feed)
    bp.add_url_rule(one_feed, "save_feed", feeds.save, methods=POST)
    for verb, view in feeds.VERBS.items():
        bp.add_url_rule(f"{one_feed}/{verb}", f"{verb}_feed", view, methods=POST)


def _site(bp: Blueprint) -> None:
    """Register what concerns the whole site: words, redirects, pages, menus, rights, face."""
    bp.add_url_rule("/arrange/words", "words", words.words)
    bp.add_url_rule("/arrange/words", "save_word", words.save_word, methods=POST)
    bp.add_url_rule("/arrange/words/drop", "drop_word", words.drop_word, methods=POST)
    bp.add_url_rule("/arrange/words/equal", "save_spellings", words.save_spellings, methods=POST)
    bp.add_url_rule("/arrange/words/apart", "drop_spellings", words.drop_spellings, methods=POST)
    bp.add_url_rule("/arrange/redirects", "redirects", redirects.redirects)
    bp.add_url_rule("/arrange/redirects", "lead_on", redirects.lead_on, methods=POST)
    bp.add_url_rule(
        "/arrange/redirects/drop", "drop_redirect", redirects.drop_redirect, methods=POST
    )
    bp.add_url_rule("/pages", "pages", standing.pages)
    bp.add_url_rule("/pages", "begin_page", standing.begin_page, methods=POST)
    bp.add_url_rule("/pages/version", "begin_page_version", standing.begin_version, methods=POST)
    bp.add_url_rule("/menus", "menus", menus.menus)
    for verb, view in menus.VERBS.items():
        bp.add_url_rule(f"/menus/<menu>/{verb}", f"{verb}_in_menu", view, methods=POST)
    bp.add_url_rule("/rights", "rights", rights.rights)
    bp.add_url_rule("/rights", "give_rights", rights.give, methods=POST)
    bp.add_url_rule("/face", "face", face.face)
    bp.add_url_rule("/face", "save_face", face.save_face_draft, methods=POST)
    bp.add_url_rule("/face/<digest>", "face_preview", face.preview)
    bp.add_url_rule("/face/<digest>/front", "face_front", face.front)
    bp.add_url_rule("/face/<digest>/story", "face_story", face.story)
    bp.add_url_rule("/face/<digest>/take", "take_face", face.take, methods=POST)
    bp.add_url_rule("/settings", "settings", settings.settings)
    bp.add_url_rule("/status", "status", status.status)
    bp.add_url_rule("/settings", "save_settings", settings.save_settings, methods=POST)


def _people(bp: Blueprint) -> None:
    bp.add_url_rule("/account", "account", account.account)
    bp.add_url_rule("/account/me", "own", account.own, methods=BOTH)
    bp.add_url_rule("/forgotten", "forgotten", forgotten.ask_reset, methods=BOTH)
    bp.add_url_rule(
        "/account/letters", "save_mail_notices", account.save_mail_notices, methods=POST
    )
    bp.add_url_rule("/account/password", "password", account.password, methods=BOTH)
    bp.add_url_rule("/account/application", "application", account.application, methods=BOTH)
    bp.add_url_rule(
        "/account/application/off", "application_off", account.application_off, methods=POST
    )
    bp.add_url_rule("/account/codes", "codes", account.codes, methods=POST)
    bp.add_url_rule(
        "/account/passkeys/<number:number>/off", "passkey_off", account.passkey_off, methods=POST
    )
    bp.add_url_rule(
        "/account/sessions/<number:number>/end", "session_off", account.session_off, methods=POST
    )
    bp.add_url_rule("/join/<link:token>", "join", join.join, methods=BOTH)
    bp.add_url_rule("/held", "held", held.held_form)
    bp.add_url_rule("/held/drop", "drop_held", held.drop_held, methods=POST)
    bp.add_url_rule("/alive", "alive", account.alive)
    bp.add_url_rule("/people", "people", people.people)
    bp.add_url_rule("/people/invite", "invite", people.invite_person, methods=POST)
    bp.add_url_rule(
        "/people/invitations/<number:number>/withdraw",
        "uninvite",
        people.uninvite_person,
        methods=POST,
    )
    bp.add_url_rule("/people/<number:number>", "person", people.one, methods=BOTH)
    bp.add_url_rule("/people/<number:number>/disable", "disable", people.disable, methods=POST)
    bp.add_url_rule("/people/<number:number>/enable", "enable", people.enable, methods=POST)
    bp.add_url_rule("/people/<number:number>/reset", "reset", people.reset, methods=POST)
    bp.add_url_rule("/audit", "audit", audit.audit)
    bp.add_url_rule("/audit.csv", "audit_export", audit.export)
