"""Names of machines in Arabic letters, written as the network asks for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ASCII = re.compile(r"[\x21-\x7e]*")
_PARTS = re.compile(r"([a-z][a-z0-9+.-]*:)?//([^/?#\\]*)", re.I)


def ascii_host(host: str) -> str:
    """Return ``host`` in ASCII («xn--…»), or "" when it is no name of a machine.

    >>> ascii_host("مثال.السعودية")
    'xn--mgbh0fb.xn--mgberp4a5d4ar'
    >>> ascii_host("News.Example"), ascii_host("[::1]"), ascii_host("a..b")
    ('news.example', '[::1]', '')
    """
    host = unquote(host) if "%" in host else host
    if _ASCII.fullmatch(host):
        return "" if ".." in host else host.lower()
    # Every script's full stop parts the labels.
    host = re.sub("[\u3002\uff0e\uff61\u06d4]", ".", host)
    host = re.sub("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", host)
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def ascii_authority(url: str) -> str:
    """Return ``url`` with its host in ASCII; "" when it has a host that is none.

    >>> ascii_authority("https://مثال.السعودية:8443/أخبار")
    'https://xn--mgbh0fb.xn--mgberp4a5d4ar:8443/أخبار'
    >>> ascii_authority("/a/b"), ascii_authority("https://news.example/x")
    ('/a/b', 'https://news.example/x')
    """
    match = _PARTS.match(url)
    if not match or (_ASCII.fullmatch(match[2]) and "%" not in match[2]):
        return url
    user, at, host_and_port = match[2].rpartition("@")
    host, colon, port = host_and_port.partition(":")
    ascii_name = ascii_host(host)
    if not ascii_name:
        return ""
    return f"{match[1] or ''}//{user}{at}{ascii_name}{colon}{port}{url[match.end() :]}"
