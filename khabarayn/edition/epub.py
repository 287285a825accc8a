"""An edition as an EPUB 3 book in its own language and direction, for e-readers."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC

from markupsafe import Markup

from khabarayn.arabic.bidi import bare
from khabarayn.article.story import Story
from khabarayn.edition.book import Book
from khabarayn.edition.epub_pages import STYLE, cover_page, navigation, page, story_page, xml_id

MIME = "application/epub+zip"


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
        "cover.xhtml": ("application/xhtml+xml", "", cover_page(book)),
        "nav.xhtml": ("application/xhtml+xml", "nav", navigation(book, inside)),
    }
    for story in book.stories:
        card = story.card
        markup = story_page(book, story, inside)
        content = page(card.headline, markup, card.language, card.direction)
        files[inside[story.id]] = ("application/xhtml+xml", "", content)
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
            xml_id(name), name, kind, Markup(' properties="{}"').format(marks) if marks else ""
        )
        for name, (kind, marks, _) in files.items()
    )
    order = Markup("\n").join(
        Markup('<itemref idref="{}"/>').format(xml_id(name)) for name in spine
    )
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
        cover=xml_id("cover.png"),
        items=items,
        order=order,
    )
