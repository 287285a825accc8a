"""Addresses of the desk: its shelves, the steps of a story, the front page, the editions."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.desk.stories.transitions import STEPS
from khabarayn.web.newsroom.front import editions
from khabarayn.web.newsroom.front import front_page as front
from khabarayn.web.newsroom.stories import calendar, workflow
from khabarayn.web.newsroom.stories import shelves as desk

STORY = "/stories/<article_id:id>"
EDITION = "/editions/<name>"


def add(bp: Blueprint) -> None:
    post, both = ["POST"], ["GET", "POST"]
    bp.add_url_rule("/", "desk", desk.desk)
    bp.add_url_rule("/calendar", "calendar", calendar.calendar)
    bp.add_url_rule("/calendar/<month:month>", "calendar_of", calendar.calendar)
    bp.add_url_rule(f"{STORY}/notes", "notes", workflow.notes)
    for verb in STEPS:
        bp.add_url_rule(f"{STORY}/{verb}", f"step_{verb}", workflow.step(verb), methods=both)
    bp.add_url_rule("/front", "front", front.compose_page)
    bp.add_url_rule("/front", "compose", front.compose, methods=post)
    bp.add_url_rule("/front/preview", "front_preview", front.preview)
    bp.add_url_rule("/front/bulletin", "announce", front.announce_now, methods=post)
    bp.add_url_rule("/front/bulletin/end", "end_bulletin", front.end_now, methods=post)
    bp.add_url_rule("/editions", "editions", editions.all_editions)
    bp.add_url_rule(EDITION, "edition", editions.edition)
    bp.add_url_rule(EDITION, "plan", editions.plan, methods=post)
    bp.add_url_rule(f"{EDITION}/make", "order", editions.order, methods=post)
