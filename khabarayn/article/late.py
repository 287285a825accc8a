"""Pictures that a page loads lazily: find their real address in attributes, sources and
noscript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from lxml import html

Element = html.HtmlElement

# Place-holders that pages show until a script has loaded the picture.
_BLANK = re.compile(
    r"(?:placeholder|place-holder|blank|spacer|transparent|lazy|loading|loader|pixel|1x1|grey|gray"
    r"|dummy|clear|trans|empty|no-?image|default-?image)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:[?#].*)?$",
    re.I,
)
_NOTHING = re.compile(
    r"(?:blank|spacer|transparent|1x1|pixel|clear)\.(?:gif|png|svg)(?:[?#].*)?$", re.I
)
_AVATAR = re.compile(
    r"gravatar\.com/|/avatars?/|/avatar[^/]*\?\S*\bs=\d|ui-avatars\.com|profile_images/|/wpua?[_-]|/userpics?/"
    r"|graph\.facebook\.com/[^/]+/picture|avatars\.githubusercontent\.com|[?&]d=(?:identicon|mm"
    r"|mystery|retro|wavatar|monsterid)|googleusercontent\.com/a[-/]|cdn\.discordapp\.com/avatars",
    re.I,
)
_COUNTER = re.compile(
    r"//(?:pixel\.wp\.com|stats\.wordpress\.com|feeds\.feedburner\.com/~|feeds\.wordpress\.com/1\.0"
    r"|www\.facebook\.com/tr|b\.scorecardresearch\.com|[^/]*google-analytics\.com)",
    re.I,
)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|jfif)(?:$|[?#&@!])", re.I)
_ADDRESS = re.compile(r"(?:https?:)?//|/(?!/)|\.{0,2}/?[^\s{}\[\]<>\"']+\.[a-z]{3,4}", re.I)
_LATE_NAME = re.compile(
    r"src|original|lazy|image|img|file|url|echo|full|large|hi-?res|retina|photo", re.I
)
_FIRST_NAMES = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazy")
_SRCSET_PART = re.compile(r"\s*(\S+?)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,(?=\s|$|https?:|/)|$)")
_WIDEST = 2600
_NARROW = 800


def is_avatar(address: str) -> bool:
    """Say whether ``address`` is an author's portrait, not a picture of the news.

    >>> is_avatar("https://secure.gravatar.com/avatar/ab?s=96"), is_avatar("https://x.example/a.jpg")
    (True, False)
    """
    return bool(_AVATAR.search(address))


def is_blank(address: str) -> bool:
    """Say whether ``address`` is a place-holder.

    >>> is_blank("data:image/gif;base64,R0lGODlh"), is_blank("/img/lazy_placeholder.gif")
    (True, True)
    """
    short_data = address.startswith("data:") and (len(address) < 2000 or "svg" in address[:40])
    return not address or short_data or bool(_BLANK.search(address))


def widest(srcset: str) -> tuple[str, float]:
    """Return the widest picture of a ``srcset`` that is not huge, and how wide it is in pixels
    (0 where that is not said).

    >>> widest("a.jpg 600w, b.jpg 1200w, c.jpg 9000w"), widest("a.jpg, b.jpg 2x")
    (('b.jpg', 1200.0), ('b.jpg', 0.0))
    """
    candidates: list[tuple[float, str, str]] = []
    for part in _SRCSET_PART.finditer(srcset[:20_000]):
        address, number, unit = part[1], part[2], part[3]
        size = float(number or 1)
        if address and not address.startswith("data:"):
            candidates.append((size if unit != "w" or size <= _WIDEST else 1 / size, unit, address))
    if not candidates:
        return "", 0.0
    size, unit, address = max(candidates, key=itemgetter(0))
    return address, size if unit == "w" and size >= 1 else 0.0


def _late(img: Element) -> Iterator[str]:
    """The addresses that attributes of ``img`` keep for later, the likeliest first."""
    names = [n for n in _FIRST_NAMES if img.get(n)]
    names += [n for n in img.attrib if n not in names and n not in {"src", "alt", "class"}]
    for name in names:
        value = (img.get(name) or "").strip()
        is_lazy = (
            name.startswith("data-") or name.startswith("lazy") or name in {"original", "file"}
        )
        if not value or value.startswith("data:") or not (is_lazy or name == "srcset"):
            continue
        if not _LATE_NAME.search(name):
            continue
        if name.endswith("srcset") or re.search(r"\s\d+(?:\.\d+)?[wx](?:,|$)", value):
            yield widest(value)[0]
        elif _ADDRESS.match(value) and not is_blank(value):
            is_lazy = name in _FIRST_NAMES or "src" in name
            yield value if is_lazy or _PICTURE_FILE.search(value) else ""


def _around(img: Element) -> Iterator[str]:
    """The addresses that stand beside ``img``: sources of its ``picture``, and what is shown
    where no script runs."""
    # The parser, which does not know that a ``source`` is empty, puts the picture into it.
    holder = next(img.iterancestors("picture"), None)
    if holder is not None:
        sources = list(holder.iter("source"))
        sources.sort(key=lambda s: "avif" in s.get("type", ""))
        for source in sources:
            for name in ("srcset", "data-srcset", "data-lazy-srcset"):
                yield widest(source.get(name, ""))[0]
    spare = _noscript(img)
    if spare is not None:
        yield spare.get("src", "").strip() or widest(spare.get("srcset", ""))[0]


def _noscript(img: Element) -> Element | None:
    """The picture in the ``noscript`` that stands beside ``img``."""
    for here in (img, img.getparent()):
        if here is None or here.tag not in {"img", "picture", "a", "span", "div"}:
            continue
        for beside in (here.getnext(), here.getprevious()):
            if beside is not None and beside.tag == "noscript":
                return next(beside.iter("img"), None)
    return None


def find_pictures(root: Element) -> None:
    """Give every picture in ``root`` its true address; drop what is none: place-holders, faces of
    authors, counting pixels. Pictures that stand only inside ``noscript`` come out of it."""
    for amp in list(root.iter("amp-img")):
        amp.tag = "img"
    for img in list(root.iter("img")):
        if img.getparent() is None or any(a.tag == "noscript" for a in img.iterancestors()):
            continue
        _find(img)
    for picture in list(root.iter("picture")):
        for part in [*picture.iter("source"), picture]:
            part.drop_tag()
    for noscript in list(root.iter("noscript")):
        if next(noscript.iter("img"), None) is not None:
            for img in noscript.iter("img"):
                _find(img)
            noscript.drop_tag()


def _find(img: Element) -> None:
    source = img.get("src", "").strip()
    for address in (*_late(img), *_around(img)):
        if address and (is_blank(source) or _replaces(img, source, address)):
            source = address
            break
    beside = _noscript(img)
    if beside is not None:
        if not img.get("alt"):
            img.set("alt", beside.get("alt", ""))
        holder = beside.getparent()
        if holder is not None:
            holder.remove(beside)
    classes = img.get("class", "")
    if re.search(r"\bwp-smiley\b|\bemoji\b", classes):
        img.tag, img.text = "span", img.get("alt", "")
        return
    small = {img.get("width"), img.get("height")} & {"0", "1"}
    face = is_avatar(source) or re.search(r"\bavatar\b", classes)
    blank = _NOTHING.search(source) or (source.startswith("data:") and is_blank(source))
    if not source or face or small or blank or _COUNTER.search(source):
        img.drop_tree()
    else:
        # The other addresses are removed, so that a second pass finds the same one.
        for name in list(img.keys()):
            if name.startswith(("data-", "lazy")) or name in {
                "srcset",
                "sizes",
                "original",
                "file",
            }:
                del img.attrib[name]
        img.set("src", source)


def _replaces(img: Element, source: str, address: str) -> bool:
    """Whether ``address`` is the better picture although ``source`` is one already."""
    if any(img.get(name, "").strip() == address for name in _FIRST_NAMES):
        return True
    best, width = widest(img.get("srcset", ""))
    if best != address or not width:
        return False
    size = re.search(r"-(\d{2,4})x\d{2,4}\.\w+$", source)
    own = int(size[1]) if size else 0
    return bool(own) and own < _NARROW < width
