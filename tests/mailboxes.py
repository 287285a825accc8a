"""A real SMTP server (aiosmtpd) on this machine, and the letters that it took."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from serving import free_port


@dataclass
class Mailbox:
    """``away`` answers every letter with «try again later»."""

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    away: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.away:
            return "451 try again later"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        assert letter["To"] == ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    box.url = f"smtp://127.0.0.1:{port}?from=desk@khabarayn.example"
    server.start()
    try:
        yield box
    finally:
        server.stop()
