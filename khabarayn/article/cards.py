"""Convert the link cards and captions of page builders to the plain HTML that the parser reads."""

from __future__ import annotations

import re

from lxml import html

Element = html.HtmlElement

_CARD = re.compile(
    r"(?:^|[\s_-])(?:kg-bookmark-card|bookmark-card|wp-block-bookmark|link-?card|link-?preview"
    r"|blog-?card|graf--mixtapeEmbed|embedly-card|onebox|notion-bookmark|bookmark-?link|og-?card)"
    r"(?:$|[\s_-])",
    re.I,
)
_TITLE = re.compile(r"title|headline|heading", re.I)
_ABOUT = re.compile(r"desc|excerpt|summary|subtitle|text", re.I)
_CAPTION_BOX = re.compile(
    r"(?:^|[\s_-])(?:wp-caption|img-caption|image-caption|caption|gallery-item"
    r"|tr-caption-container|picture-caption|media-image)(?:$|[\s_-])",
    re.I,
)
_CAPTION = re.compile(r"wp-caption-text|wp-caption-dd|gallery-caption|tr-caption$|caption-text"
                      r"|img_caption|image-caption|caption", re.I)  # fmt: skip
_EMBED = re.compile(r"wp-block-embed|kg-embed-card|\boembed\b|\bmedia\b", re.I)
_ADDRESS = re.compile(r"https?://\S+")
_CLASSIC = re.compile(r"\[caption[^\]\n]{0,400}\](.{0,6000}?)\[/caption\]", re.S)
_SHORT_EMBED = re.compile(r"\[embed[^\]\n]{0,200}\]\s*(https?://[^\s\[<]{1,1000})\s*\[/embed\]")
_SHORT_FILE = re.compile(
    r"\[(?:video|audio|youtube|vimeo)\b[^\]\n]{0,300}?(https?://[^\s\]\"'<]{1,1000})[^\]\n]{0,300}\]"
    r"(?:\[/(?:video|audio|youtube|vimeo)\])?"
)
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|playlist|contact-form(?:-7)?|vc_\w+|et_pb_\w+|fusion_\w+|smartslider3|rev_slider"
    r"|ads?|adrotate|sharing|sociable|video|audio|youtube|vimeo|embed|caption|tweet|instagram)"
    r"\b[^\]\n<]{0,400}\]"
)


def spelt_out(text: str) -> tuple[str, list[str]]:
    """Return ``text`` with WordPress's own codes as HTML, and those codes that stand for nothing
    that can be kept.

    >>> spelt_out('[caption id="a"]<img src="x.jpg" /> شرح[/caption]')
    ('<figure><img src="x.jpg" /><figcaption>شرح</figcaption></figure>', [])
    """
    if "[" not in text:
        return text, []

    def figure(match: re.Match[str]) -> str:
        inner = match[1]
        at = inner.find(">", inner.find("<img")) + 1
        if "<img" not in inner or not at:
            return inner
        if inner[at:].lstrip().startswith("</a>"):
            at = inner.index("</a>", at) + 4
        caption = inner[at:].strip()
        return f"<figure>{inner[:at].strip()}<figcaption>{caption}</figcaption></figure>"

    leftover_codes: list[str] = []

    def drop(match: re.Match[str]) -> str:
        if not match[0].startswith("[/"):
            leftover_codes.append(match[0][:80])
        return ""

    text = _CLASSIC.sub(figure, text)
    text = _SHORT_EMBED.sub(r'<a class="embed" href="\1"></a>', text)
    text = _SHORT_FILE.sub(r'<a class="embed" href="\1"></a>', text)
    return _SHORTCODE.sub(drop, text), leftover_codes


def read_captions(root: Element) -> None:
    """Make every builder's holder of a picture and its caption in ``root`` a plain ``figure``."""
    for holder in list(root.iter("div", "dl", "span", "table", "p")):
        if holder.getparent() is None or not _CAPTION_BOX.search(holder.get("class", "")):
            continue
        pictures = list(holder.iter("img"))
        caption = next(
            (e for e in holder.iterdescendants() if _CAPTION.search(e.get("class") or "")
             and next(e.iter("img"), None) is None),
            None,
        )  # fmt: skip
        if len(pictures) != 1 or any(a.tag == "figure" for a in holder.iterancestors()):
            continue
        words = html.Element("figcaption")
        if caption is not None:
            words.text = " ".join(caption.text_content().split())
        picture, tail = pictures[0], holder.tail
        picture.tail = None
        holder.clear()
        holder.tag, holder.tail = "figure", tail
        holder.append(picture)
        if words.text:
            holder.append(words)


def _named_parts(element: Element, pattern: re.Pattern[str]) -> str:
    for part in element.iterdescendants():
        fits = isinstance(part.tag, str) and pattern.search(part.get("class", ""))
        if fits and (words := " ".join(part.text_content().split())):
            return words
    return ""


def read_cards(root: Element) -> None:
    """Make every card that leads to another page a ``blockquote`` of class ``embed``, which cites
    its address; a bare address in an embed's frame becomes a link of that class."""
    for card in list(root.iter("figure", "div", "aside", "article", "section", "a", "blockquote")):
        if card.getparent() is None:
            continue
        classes = card.get("class", "")
        if _CARD.search(classes):
            _read_card(card)
        elif (
            _EMBED.search(classes) and next(card.iter("iframe", "blockquote", "img"), None) is None
        ):
            words = card.text_content().strip()
            if _ADDRESS.fullmatch(words):
                tail = card.tail
                card.clear()
                card.tag, card.tail = "a", tail
                card.set("class", "embed")
                card.set("href", words)


def _read_card(card: Element) -> None:
    links = [card, *card.iter("a")] if card.tag == "a" else list(card.iter("a"))
    address = next((a.get("href", "") for a in links if a.get("href", "").strip()), "")
    if not re.match(r"(?:https?:)?//|/", address):
        return
    title = _named_parts(card, _TITLE)
    heading = next(card.iter("h1", "h2", "h3", "h4", "strong", "b"), None)
    if not title and heading is not None:
        title = " ".join(heading.text_content().split())
    title = title or " ".join(links[0].text_content().split())[:300]
    about = _named_parts(card, _ABOUT)
    tail = card.tail
    card.clear()
    card.tag, card.tail = "blockquote", tail
    card.set("class", "embed")
    card.set("cite", address.strip())
    if about and about != title:
        words = html.Element("p")
        words.text = about
        card.append(words)
    cite = html.Element("cite")
    cite.text = title
    card.append(cite)
