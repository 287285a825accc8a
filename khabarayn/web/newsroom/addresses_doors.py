"""Addresses of the door itself: the desk's first page, and what else there is."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.newsroom import more, start


def add(bp: Blueprint) -> None:
    bp.add_url_rule("/", "desk", start.desk)
    bp.add_url_rule("/more", "more", more.more)
