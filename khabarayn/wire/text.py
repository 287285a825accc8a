"""Markup where plain text was promised: titles and summaries come out bare, links whole."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

# Fields of plain text, so no parser: what an unclosed script holds is dropped to the end.
_HIDDEN_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|iframe|object|template|svg|math)\b.*?(?:</\1\s*>|\Z)",
    re.I | re.S,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*(?:>|\Z)|<[!?][^<>]*>", re.I)
MAX_PLAIN = 20_000
# What feeds call a story that its source shows to everybody.
PUBLIC_WORDS = {
    "publish", "published", "public", "live", "active", "usable", "approved", "final", "open",
    "visible", "1", "true", "منشور",
}  # fmt: skip


def plain(markup: str, *, unescaped: bool = False) -> str:
    """Return ``markup`` without tags, scripts and doubled spaces; entities become characters.

    With ``unescaped`` the text's entities have been resolved already, and ``a < b`` stays.

    >>> plain("<b>ترحيب</b> <script>alert(1)</script>&amp; سلام<br>عليكم")
    'ترحيب & سلام عليكم'
    >>> plain("النسبة < 5% <script>x", unescaped=True)
    'النسبة < 5%'
    """
    text = _HIDDEN_MARKUP.sub("", markup[:MAX_PLAIN])
    text = _TAG.sub("", _BREAK.sub(" ", text))
    if not unescaped:
        text = _TAG.sub("", _HIDDEN_MARKUP.sub("", unescape(text)))
    return " ".join(text.split())


def web_url(text: str) -> str:
    """Return ``text`` if it is an http(s) address with a host, else ''."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and host else ""


def absolute_url(base: str, text: str) -> str:
    """Return ``text`` made whole with ``base``, or itself where that cannot be."""
    try:
        return urljoin(base, text.strip()) if base and text.strip() else text
    except ValueError:
        return text


def paragraphs(text: str) -> str:
    r"""Return escaped plain text as HTML: a paragraph for each stretch between empty lines, or for
    each line where no line is empty.

    >>> paragraphs("أول\n\nثانٍ &amp; ثالث")
    '<p>أول</p><p>ثانٍ &amp; ثالث</p>'
    >>> paragraphs("واحد")
    'واحد'
    """
    text = text.replace("\r\n", "\n").strip()
    if "\n" not in text:
        return text
    parts = re.split(r"\n[ \t]*\n\s*" if re.search(r"\n[ \t]*\n", text) else r"\n", text)
    lines = [" ".join(part.split()) for part in parts]
    return "".join(f"<p>{line}</p>" for line in lines if line)


_MAIL = re.compile(r"(?:mailto:)?[^\s<>()\[\]،,;]+@[^\s<>()\[\]،,;]+", re.I)
_BY = re.compile(
    r"^\s*(?:كتب(?:ت|ه|ته|ها)?|بقلم|تقرير|إعداد|اعداد|تحرير|الكاتبة?|written by|by)\s*"
    r"(?:[:：/|-]+\s*)",
    re.I,
)
_MACHINES = {
    "admin", "administrator", "root", "webmaster", "wordpress", "editor", "user", "noreply",
    "no-reply", "author", "unknown", "anonymous", "مدير الموقع", "المدير", "مجهول",
}  # fmt: skip


def people(text: str) -> list[str]:
    """Return the names that a byline holds; addresses of mail and names of accounts are none.

    >>> people("desk@paper.media (سارة علي)"), people("سارة علي <s@paper.press>")
    (['سارة علي'], ['سارة علي'])
    >>> people("desk@paper.online"), people("كتبت: سمر الحلبي، منى سالم"), people("admin")
    ([], ['سمر الحلبي', 'منى سالم'], [])
    """
    bare = _BY.sub("", _MAIL.sub(" ", plain(text) if "<" in text and "@" not in text else text))
    if "@" in text or "(" not in bare:
        bare = re.sub(r"[<>()\[\]\"]|&[lg]t;", " ", bare)
    names = [" ".join(name.split()).strip(" -–—|:/.•") for name in re.split(r"[،;؛]|,\s", bare)]
    return [name for name in names if name and name.lower() not in _MACHINES]


def absolute(html: str, base: str) -> str:
    """Return ``html`` with every relative link and picture address resolved against ``base``."""
    if not web_url(base) or not html.strip():
        return html
    if not re.search(r"\b(?:href|src)\s*=", html, re.I):
        return html
    try:
        root = lxml.html.fragment_fromstring(html, create_parent=True)
    except (etree.LxmlError, ValueError):
        return html
    has_changes = False
    for element in root.iter("a", "img", "source"):
        for name in ("href", "src"):
            value = element.get(name)
            if value is None or re.match(r"[a-z][a-z0-9+.-]*:", value.strip(), re.I):
                continue
            has_changes = True
            try:
                element.set(name, urljoin(base, value.strip()))
            except ValueError:
                del element.attrib[name]
    if not has_changes:
        return html
    inner = etree.tostring(root, encoding="unicode", method="html")
    return inner[len("<div>") : -len("</div>")]
