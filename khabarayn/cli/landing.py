"""Whether the addresses of a site that moved here lead to its stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from khabarayn.wire.decode import decode

_LOC = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\s\]]+)")
_REDIRECT_CODES = {301, 308}


def addresses_in(file: Path) -> list[str]:
    """Return the addresses that ``file`` lists: a sitemap's, or one a line, «#» for remarks.
    Raises `WireError` when it holds none that can be read."""
    text = decode(file.read_bytes())
    if "<loc>" in text:
        return [unescape(address) for address in _LOC.findall(text)]
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def astray(app: Flask, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each address that leads to no page here, with the answers on its way.

    An address lands when it has a page, or a permanent redirect to one. Of whole addresses only
    path and query count: the host is the old site's.
    """
    client = app.test_client()
    for address in addresses:
        parts = urlsplit(address)
        answers: list[str] = []
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        for _ in range(3):
            response = client.get(target, base_url="http://localhost")
            answers.append(str(response.status_code))
            if response.status_code not in _REDIRECT_CODES:
                break
            target = response.headers["Location"]
        if answers[-1] != "200":
            yield address, " → ".join(answers)
