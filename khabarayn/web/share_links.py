"""The share links of a story: plain links with a short address, and a text that every chat
keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask_babel import get_locale
from flask_babel import gettext as _

from khabarayn.arabic.bidi import bare
from khabarayn.article.story import Card
from khabarayn.messages.genres import with_label


@dataclass(frozen=True)
class ShareLink:
    """``kind`` is whatsapp, telegram, facebook, x, linkedin or email."""

    kind: str
    label: str
    href: str


@dataclass(frozen=True)
class Share:
    """``title`` is the headline, behind the label of its genre if it has one; ``text`` two lines:
    the title, then the address."""

    url: str
    title: str
    text: str
    links: tuple[ShareLink, ...]


def share_of(card: Card, url: str) -> Share:
    """Return the share row of a story whose public address is ``url``."""
    return _share(card, url, str(get_locale()))


@lru_cache(maxsize=512)
def _share(card: Card, url: str, locale: str) -> Share:
    del locale
    title = with_label(card.genre, bare(card.title))
    text = f"{title}\n{url}"
    links = (
        ShareLink("whatsapp", _("واتساب"), "https://wa.me/?" + _query(text=text)),
        ShareLink(
            "telegram", _("تيليغرام"), "https://t.me/share/url?" + _query(url=url, text=title)
        ),
        ShareLink(
            "facebook", _("فيسبوك"), "https://www.facebook.com/sharer/sharer.php?" + _query(u=url)
        ),
        ShareLink("x", _("إكس"), "https://x.com/intent/post?" + _query(text=title, url=url)),
        ShareLink(
            "linkedin",
            _("لينكدإن"),
            "https://www.linkedin.com/sharing/share-offsite/?" + _query(url=url),
        ),
        ShareLink("email", _("البريد الإلكتروني"), "mailto:?" + _query(subject=title, body=text)),
    )
    return Share(url, title, text, links)


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)
