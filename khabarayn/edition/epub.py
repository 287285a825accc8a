"""An edition as an EPUB 3 book in its own language and direction, for e-readers."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

import lxml.html
from lxml import etree
from markupsafe import Markup, escape

from khabarayn.arabic.bidi import bare, direction_of_language
from khabarayn.article.markup import to_html
from khabarayn.article.ordered import isolate, mark_runs
from khabarayn.article.story import Picture, Story
from khabarayn.face.value import LIGHT, Hues

MIME = "application/epub+zip"
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


@dataclass(frozen=True)
class BookWords:
    """The headings and landmarks of a book, in its own language."""

    landmarks: str
    cover: str
    contents: str
    text: str
    correction: str
    see_also: str


@dataclass(frozen=True)
class Book:
    """``key`` is the book's lasting name, ``issue`` which printing of it this is; ``stories``
    are in reading order; ``pictures`` hold JPEG bytes by picture id, ``fonts`` faces by file
    name; ``when`` writes a moment for readers, ``words`` are its headings, ``hues`` those
    of the paper, ``cover`` is a PNG; ``label`` gives the label of a story's genre, empty for a
    report; ``language`` is that of its frame, ``prefix`` («/en») what its stories' addresses begin
    with."""

    key: str
    title: str
    publisher: str
    site: str
    made_at: datetime
    stories: tuple[Story, ...]
    cover: bytes
    when: Callable[[datetime], str]
    words: BookWords
    hues: Hues = LIGHT
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    label: Callable[[str], str] = field(default=lambda _genre: "")
    language: str = "ar"
    prefix: str = ""

    @property
    def direction(self) -> str:
        """The direction in which its pages turn."""
        return direction_of_language(self.language)

    def address(self, story: str) -> str:
        """Return where a story stands on the site."""
        return f"{self.site}{self.prefix}/a/{story}"


def pictures_of(story: Story) -> dict[str, str]:
    """Return for each of the story's pictures the largest whole JPEG made of it: its place among
    the stored files, by picture id."""
    pictures = [*story.pictures.values()]
    if story.card.picture:
        pictures.append(story.card.picture)
    addresses: dict[str, str] = {}
    for picture in pictures:
        widths = [
            int(name[:-4])
            for name in picture.renditions
            if name.endswith(".jpg") and "-" not in name
        ]
        if widths:
            addresses[picture.id] = f"{picture.address}/{max(widths)}.jpg"
    return addresses


def write(book: Book) -> bytes:
    """Return the book as a file; the same book always gives the same bytes."""
    inside = {story.id: f"story-{story.id}.xhtml" for story in book.stories}
    files: dict[str, tuple[str, str, bytes]] = {
        "style.css": ("text/css", "", _style(book).encode()),
        "cover.png": ("image/png", "cover-image", book.cover),
        "cover.xhtml": ("application/xhtml+xml", "", _cover(book)),
        "nav.xhtml": ("application/xhtml+xml", "nav", _navigation(book, inside)),
    }
    for story in book.stories:
        card = story.card
        page = _page(card.headline, _story(book, story, inside), card.language, card.direction)
        files[inside[story.id]] = ("application/xhtml+xml", "", page)
    for name, data in sorted(book.fonts.items()):
        files[name] = ("font/woff2", "", data)
    for name, data in sorted(book.pictures.items()):
        files[f"{name}.jpg"] = ("image/jpeg", "", data)
    spine = ["cover.xhtml", "nav.xhtml", *inside.values()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # First and uncompressed, as EPUB wants it: programs recognise the format by it.
        _put(archive, book, "mimetype", MIME.encode(), zipfile.ZIP_STORED)
        _put(archive, book, "META-INF/container.xml", _CONTAINER.encode())
        _put(archive, book, "book/package.opf", _package(book, files, spine).encode())
        for name, (kind, _, data) in files.items():
            is_compressed = kind.startswith(("image/", "font/"))
            how = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
            _put(archive, book, f"book/{name}", data, how)
    return out.getvalue()


_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def _put(
    archive: zipfile.ZipFile, book: Book, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, book.made_at.astimezone(UTC).timetuple()[:6])
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, compresslevel=9)


def _style(book: Book) -> str:
    css = STYLE.replace("FIRST", book.hues.first).replace("SECOND", book.hues.second)
    faces = css.splitlines(keepends=True)
    return "".join(
        line
        for line in faces
        if "@font-face" not in line or any(f"({name})" in line for name in book.fonts)
    )


def _package(book: Book, files: Mapping[str, tuple[str, str, bytes]], spine: Iterable[str]) -> str:
    stamp = book.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    items = Markup("\n").join(
        Markup('<item id="{}" href="{}" media-type="{}"{}/>').format(
            _id(name), name, kind, Markup(' properties="{}"').format(marks) if marks else ""
        )
        for name, (kind, marks, _) in files.items()
    )
    order = Markup("\n").join(Markup('<itemref idref="{}"/>').format(_id(name)) for name in spine)
    return Markup(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="key" '
        'xml:lang="{language}" dir="{direction}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        '<dc:identifier id="key">urn:uuid:{key}</dc:identifier>\n'
        "<dc:title>{title}</dc:title>\n<dc:language>{language}</dc:language>\n"
        "<dc:creator>{publisher}</dc:creator>\n<dc:publisher>{publisher}</dc:publisher>\n<dc:date>{stamp}</dc:date>\n"
        '<meta property="dcterms:modified">{stamp}</meta>\n'
        '<meta name="cover" content="{cover}"/>\n'
        "</metadata>\n<manifest>\n{items}\n</manifest>\n"
        '<spine page-progression-direction="{direction}">\n{order}\n</spine>\n</package>\n'
    ).format(
        key=uuid.uuid5(uuid.NAMESPACE_URL, book.key),
        language=book.language,
        direction=book.direction,
        title=bare(book.title),
        publisher=bare(book.publisher),
        stamp=stamp,
        cover=_id("cover.png"),
        items=items,
        order=order,
    )


def _id(name: str) -> str:
    return "i-" + name.replace(".", "-")


def _page(title: str, body: Markup, language: str, direction: str, epub: str = "") -> bytes:
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


def _cover(book: Book) -> bytes:
    body = Markup('<p class="cover"><img src="cover.png" alt="{}"/></p>').format(book.title)
    return _page(book.title, body, book.language, book.direction, "cover")


def _navigation(book: Book, inside: Mapping[str, str]) -> bytes:
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
    return _page(book.title, body, book.language, book.direction)


def _story(book: Book, story: Story, inside: Mapping[str, str]) -> Markup:
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
