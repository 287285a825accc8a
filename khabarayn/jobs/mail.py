"""Send one e-mail message; messages that wait are rows of the outbox."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

log = logging.getLogger(__name__)
SECONDS = 10
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def send(url: str, to: str, subject: str, text: str, key: str = "") -> bool:
    """Send the message through the server that ``url`` names (``smtp://`` with STARTTLS,
    ``smtps://``).

    Say whether it was taken; what went wrong is logged. Outside this machine nothing goes out in
    the clear. A letter with a ``key`` is written by no person (RFC 3834), and is the same letter
    each time it is sent.
    """
    where = urlsplit(url)
    user, password = unquote(where.username or ""), unquote(where.password or "")
    host = where.hostname or "localhost"
    sender = parse_qs(where.query).get("from", [""])[0] or user or f"newsroom@{host}"
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = sender, to, subject
        domain = sender.rpartition("@")[2].rstrip(">") or host
        message["Message-ID"] = f"<khabarayn.{key}@{domain}>" if key else make_msgid(domain=domain)
        if key:
            message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        with _server(where.scheme, host, where.port) as server:
            if user:
                server.login(user, password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as why:
        log.error("no letter went to the mail server: %s", type(why).__name__)
        return False
    return True


def _server(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    tls = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=tls)
    server = smtplib.SMTP(host, port or 587, timeout=SECONDS)
    if host not in _LOOPBACK:
        server.starttls(context=tls)
    return server
