"""Addresses of the door itself, and what else there is."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.newsroom import more
from khabarayn.web.newsroom.people import account, audit, join, people


def add(bp: Blueprint) -> None:
    bp.add_url_rule("/more", "more", more.more)
    both, post = ["GET", "POST"], ["POST"]
    bp.add_url_rule("/account", "account", account.account)
    bp.add_url_rule("/account/password", "password", account.password, methods=both)
    bp.add_url_rule("/account/application", "application", account.application, methods=both)
    bp.add_url_rule(
        "/account/application/off", "application_off", account.application_off, methods=post
    )
    bp.add_url_rule("/account/codes", "codes", account.codes, methods=post)
    bp.add_url_rule(
        "/account/passkeys/<number:number>/off", "passkey_off", account.passkey_off, methods=post
    )
    bp.add_url_rule(
        "/account/sessions/<number:number>/end", "session_off", account.session_off, methods=post
    )
    bp.add_url_rule("/join/<link:token>", "join", join.join, methods=both)
    bp.add_url_rule("/people", "people", people.people)
    bp.add_url_rule("/people/invite", "invite", people.invite_person, methods=post)
    bp.add_url_rule(
        "/people/invitations/<number:number>/withdraw",
        "uninvite",
        people.uninvite_person,
        methods=post,
    )
    bp.add_url_rule("/people/<number:number>", "person", people.one, methods=both)
    bp.add_url_rule("/people/<number:number>/disable", "disable", people.disable, methods=post)
    bp.add_url_rule("/people/<number:number>/enable", "enable", people.enable, methods=post)
    bp.add_url_rule("/people/<number:number>/reset", "reset", people.reset, methods=post)
    bp.add_url_rule("/audit", "audit", audit.audit)
    bp.add_url_rule("/audit.csv", "audit_export", audit.export)
