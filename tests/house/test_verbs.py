"""Every verb of the desk asks for its right, holds the lock, writes the log, and has its word."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from khabarayn import Khabarayn
from khabarayn.desk.deeds import action_name, deeds
from khabarayn.desk.permissions import TABLE
from khabarayn.desk.stories.transitions import STEPS
from khabarayn.web.newsroom.stories.workflow import VERBS

DESK = Path(__file__).resolve().parents[2] / "khabarayn/desk"
LOG = {"log", "write_down"}
# What commits and is no verb of anybody: nobody is asked, and the log would say nothing.
HOUSEKEEPING = {
    "count.count_read": "a sum of the day, by nobody",
    "count.count": "a sum of the day, by nobody",
    "count.forget_old_counts": "the worker's broom",
    "people.links.prune_invitations": "the worker's broom",
    "people.attempts.attempt": "counted before anybody is known",
    "people.attempts.forgive": "counted before anybody is known",
    "people.attempts.use_once": "counted before anybody is known",
    "people.attempts.prune_attempts": "the worker's broom",
    "people.audit.prune_addresses": "the worker's broom",
    "people.sessions.begin": "the browser's session",
    "people.sessions.update_session": "the browser's session",
    "people.sessions.end": "the browser's session",
    "people.sessions.end_own": "the browser's session: only one's own are ended",
    "people.sessions.prune_sessions": "the worker's broom",
    "pictures.backfill.fingerprint_older": "derived from the picture itself",
    "stories.notify.see": "one's own badge",
    "stories.notify.see_all": "one's own badge",
    "stories.notify.prune_notifications": "the worker's broom",
    "arrange.feeds.claim_feed": "one worker among several asks the feed",
    "arrange.feeds.note_answer": "how a feed answered; what entered was logged with its stories",
    "arrange.demo.demo_stands": "which demo edition was taken in, by verbs that asked and logged",
    "languages.list_stories_again": "derived from the stories and what the paper offers",
    "stories.profiles.profiles_made": "derived from the stories themselves",
    "stories.preview_link.prune_preview_links": "the worker's broom",
    "arrange.reindex.relabel_left": "derived from the stories themselves",
    "pictures.delete.wipe": "the deletion's second half: its first asked and logged",
    "stories.write_if_unchanged.write_if_unchanged": "derived from the stories themselves",
    "stories.write_if_unchanged.close_rows": "what was to be derived from stories, and is",
    "stories.presence.here": "noted every few seconds",
    "stories.presence.leave": "noted every few seconds",
    "stories.presence.prune_presence": "the worker's broom",
    "front.order_edition.print_orders": "the order asked and logged; the making logs again",
    "front.order_edition._lease_order": "one worker among several takes the order",
    "front.make_edition._begin_issue": "the making's first half: its second logs",
    "front.edition_files.gather": "the making's first half: its second logs",
    "stories.autosave.forget": "one's own unsaved text: there is no other to throw away",
}
# Whoever has the link, or has shown what opens, has the right; a letter goes to its own mailbox.
RIGHT_BY_SECRET = {
    "people.links.join",
    "people.sign_in.enter",
    "people.links.send_reset_link",
}
# What a person types, every few seconds: theirs alone, and readers never see it.
UNLOGGED = {"stories.autosave.autosave_form"}


def functions() -> dict[str, ast.FunctionDef]:
    return {
        ".".join((*file.relative_to(DESK).with_suffix("").parts, node.name)): node
        for file in sorted(DESK.rglob("*.py"))
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def called(node: ast.AST) -> set[str]:
    return {
        call.func.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }


ALL = functions()
BY_NAME: dict[str, set[str]] = {}
for _path, _node in ALL.items():
    BY_NAME.setdefault(_node.name, set()).update(called(_node))
COMMITTING = sorted(path for path, node in ALL.items() if "commit" in called(node))


def reached(names: set[str]) -> set[str]:
    """Return what is called by these functions of the desk, and by what they call."""
    seen: set[str] = set()
    while new := names - seen:
        seen |= new
        names = set().union(*(BY_NAME.get(name, set()) for name in new))
    return seen


def test_nothing_in_the_list_of_housekeeping_is_gone_or_commits_no_more() -> None:
    assert not (set(HOUSEKEEPING) | RIGHT_BY_SECRET | UNLOGGED) - set(COMMITTING)


@pytest.mark.parametrize("path", [one for one in COMMITTING if one not in HOUSEKEEPING])
def test_a_verb_asks_holds_and_logs(path: str) -> None:
    node, reach = ALL[path], reached(called(ALL[path]))
    takes = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    helper = node.name.startswith("_")
    if path not in RIGHT_BY_SECRET:
        assert "require" in reach or helper, "asks for no right"
        assert "by" in takes or helper, "does not say who does it"
    if path not in UNLOGGED:
        assert reach & LOG, "is not in the log"
    held = "writing" in reach or any("writing" in called(one) for one in node.decorator_list)
    assert held or path in {"people.sign_in.enter", "people.second_factor.note_passkey"}


def test_every_right_asked_for_is_in_the_table() -> None:
    asked = {
        call.args[1].value
        for node in ALL.values()
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "require"
        and isinstance(call.args[1], ast.Constant)
    }
    assert asked
    assert asked | {step.action for step in STEPS.values()} <= set(TABLE)


def test_every_verb_of_the_log_has_its_word_for_people(app: Khabarayn) -> None:
    said = {
        call.args[0].value
        for node in ALL.values()
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in LOG
        and isinstance(call.args[0], ast.Constant)
    } | {"draft", "revise", "restore", "sign_in"}
    with app.test_request_context():
        assert said == set(deeds())
        arabic = {verb: action_name(verb) for verb in said}
        assert len(set(arabic.values())) == len(arabic)
    for verb, word in arabic.items():
        assert not word.isascii(), verb


def test_no_two_places_write_the_log_or_the_outbox() -> None:
    for table in ("LogRow", "OutboxRow"):
        makers = {path for path, node in ALL.items() if table in called(node)}
        assert len(makers) == 1, makers


def test_every_step_of_a_story_stands_in_one_table(app_context):
    assert set(VERBS) == set(STEPS)
    words = {"delete": "delete_draft"}
    for verb, step in STEPS.items():
        assert words.get(verb, verb) in deeds(), verb
        parameters = list(inspect.signature(VERBS[verb]).parameters)[2:]
        assert len(parameters) >= len(step.fields), verb
        for field, parameter in zip(step.fields, parameters, strict=False):
            assert parameter == field or {field, parameter} == {"reason", "text"}, verb
