"""Pages of the e-book, as XHTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

import lxml.html
from lxml import etree
from markupsafe import Markup, escape

from khabarayn.arabic.bidi import bare
from khabarayn.article.markup import to_html
from khabarayn.article.ordered import isolate, mark_runs
from khabarayn.article.story import Picture, Story
from khabarayn.edition.book import Book

STYLE = """\
@font-face { font-family: "Noto Naskh Arabic"; font-weight: 400; src: url(naskh-400.woff2); }
@font-face { font-family: "Noto Naskh Arabic"; font-weight: 700; src: url(naskh-700.woff2); }
body { font-family: "Noto Naskh Arabic", serif; line-height: 1.8; margin: 0 5%; }
h1, h2, h3 { line-height: 1.4; }
h1 { font-size: 1.5em; margin: 0.2em 0 0.4em; }
.kicker, .byline, figcaption, .corrections, footer { font-size: 0.85em; color: #565c63; }
.kicker { color: FIRST; font-weight: 700; margin: 0; }
.standfirst { font-size: 1.1em; }
figure { margin: 1em 0; }
img { max-width: 100%; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid SECOND; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #e5e1d8; padding: 0.2em 0.5em; text-align: start; }
.see-also { border-top: 1px solid #e5e1d8; margin-top: 1.5em; }
nav ol { list-style: none; padding: 0; }
.cover { margin: 0; text-align: center; }
.cover img { max-height: 100vh; }
"""


def xml_id(name: str) -> str:
    """Return the id of a file in the manifest."""
    return "i-" + name.replace(".", "-")


def page(title: str, body: Markup, language: str, direction: str, epub: str = "") -> bytes:
    """Return a whole XHTML page; ``epub`` is its ``epub:type``."""
    return (
        Markup(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" '
            'xmlns:epub="http://www.idpf.org/2007/ops" lang="{0}" xml:lang="{0}" dir="{1}">\n'
            "<head>\n<title>{2}</title>\n"
            '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
            # Some readers take the direction only from the body inwards.
            '<body lang="{0}" xml:lang="{0}" dir="{1}"{3}>\n{4}\n</body>\n</html>\n'
        )
        .format(
            language,
            direction,
            bare(title),
            Markup(' epub:type="{}"').format(epub) if epub else "",
            body,
        )
        .encode()
    )


def cover_page(book: Book) -> bytes:
    """Return the page that shows the cover."""
    body = Markup('<p class="cover"><img src="cover.png" alt="{}"/></p>').format(book.title)
    return page(book.title, body, book.language, book.direction, "cover")


def navigation(book: Book, inside: Mapping[str, str]) -> bytes:
    """Return the table of contents by section; ``inside`` are the files of stories by id."""
    groups = []
    for section, stories in groupby(book.stories, key=lambda story: story.card.section.top.name):
        links = Markup("\n").join(
            Markup('<li><a href="{}">{}</a></li>').format(
                inside[story.id], _bidi_text(story.card.headline, story.card.direction)
            )
            for story in stories
        )
        group = Markup("<li><span>{}</span>\n<ol>\n{}\n</ol></li>")
        groups.append(group.format(_bidi_text(section, book.direction), links))
    body = Markup(
        '<nav epub:type="toc" id="toc">\n<h1>{}</h1>\n<ol>\n{}\n</ol>\n</nav>\n'
        '<nav epub:type="landmarks" hidden="hidden">\n<h2>{}</h2>\n<ol>\n'
        '<li><a epub:type="cover" href="cover.xhtml">{}</a></li>\n'
        '<li><a epub:type="toc" href="nav.xhtml">{}</a></li>\n'
        '<li><a epub:type="bodymatter" href="{}">{}</a></li>\n</ol>\n</nav>'
    ).format(
        book.title,
        Markup("\n").join(groups),
        book.words.landmarks,
        book.words.cover,
        book.words.contents,
        inside[book.stories[0].id],
        book.words.text,
    )
    return page(book.title, body, book.language, book.direction)


def story_page(book: Book, story: Story, inside: Mapping[str, str]) -> Markup:
    """Return a story's markup; links to stories ``inside`` the book lead to their files."""
    card = story.card

    def address(target: str) -> str:
        return inside.get(target) or book.address(target)

    def picture(media: str) -> str:
        return f"{media}.jpg" if media in book.pictures else ""

    def say(text: str) -> Markup:
        return _bidi_text(text, card.direction)

    comma = "، " if card.direction == "rtl" else ", "
    names = comma.join(author.name for author in story.authors)
    by = [name for name in (names, story.source.name if story.source else "") if name]
    parts = [
        Markup('<p class="kicker" lang="{0}" xml:lang="{0}" dir="{1}">{2}</p>').format(
            book.language,
            book.direction,
            _bidi_text(
                " · ".join(filter(None, (book.label(card.genre), card.section.name))),
                book.direction,
            ),
        ),
        Markup('<h1 dir="{}">{}</h1>').format(card.direction, say(card.headline)),
        Markup('<p class="standfirst">{}</p>').format(say(card.standfirst))
        if card.standfirst
        else "",
        Markup('<p class="byline">{}</p>').format(
            _bidi_text(" · ".join([*by, book.when(card.published_at)]), book.direction)
        ),
        _lead(card.picture, picture, card.direction),
        _as_xml(to_html(story.blocks, picture, address), address, card.direction),
        _corrections(book, story),
        _see_also(book, story, address),
        Markup('<footer><p><a href="{0}">{0}</a></p></footer>').format(book.address(card.id)),
    ]
    inner = Markup("\n").join(part for part in parts if part)
    return Markup('<article dir="{}" lang="{}" xml:lang="{}">\n{}\n</article>').format(
        card.direction, card.language, card.language, inner
    )


def _lead(lead: Picture | None, picture: Callable[[str], str], direction: str) -> Markup | str:
    if lead is None or not picture(lead.id):
        return ""
    words = " · ".join(part for part in (lead.caption, lead.credit) if part)
    caption = (
        Markup("<figcaption>{}</figcaption>").format(_bidi_text(words, direction)) if words else ""
    )
    return Markup('<figure><img src="{}" alt="{}"/>{}</figure>').format(
        picture(lead.id), lead.alt, caption
    )


def _corrections(book: Book, story: Story) -> Markup | str:
    if not story.corrections:
        return ""
    lines = Markup("").join(
        Markup("<li>{}: {}</li>").format(
            book.when(correction.at), _bidi_text(correction.text, story.card.direction)
        )
        for correction in story.corrections
    )
    return Markup('<section class="corrections"><h2>{}</h2><ul>{}</ul></section>').format(
        book.words.correction, lines
    )


def _see_also(book: Book, story: Story, address: Callable[[str], str]) -> Markup | str:
    cards = {item.card.id: item.card for item in story.see_also}
    if not cards:
        return ""
    links = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(
            address(card.id), _bidi_text(card.headline, card.direction)
        )
        for card in cards.values()
    )
    return Markup('<section class="see-also"><h2>{}</h2><ul>{}</ul></section>').format(
        book.words.see_also, links
    )


def _bidi_text(text: str, direction: str) -> Markup:
    return isolate(text) if direction == "rtl" else escape(text)


def _as_xml(html: str, address: Callable[[str], str], direction: str) -> Markup:
    """Return cleaned HTML as XML; links to the paper's own stories stay inside the book."""
    if not html:
        return Markup("")
    tree = lxml.html.fragment_fromstring(html, create_parent=True)
    for link in tree.iter("a"):
        target = link.get("href", "")
        if target.startswith("/a/"):
            link.set("href", address(target.removeprefix("/a/").partition("/")[0]))
        elif target.startswith("/"):
            link.set("href", address("").removesuffix("/a/") + target)
        link.attrib.pop("target", None)
    if direction == "rtl":
        mark_runs(tree)
    # The HTML was cleaned when it was saved; here it is only serialised as XML.
    children = (Markup(etree.tostring(child, encoding="unicode", method="xml")) for child in tree)
    return escape(tree.text or "") + Markup("").join(children)
