"""The stories of a file, a folder or an address, read one after the other."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import BinaryIO

from khabarayn.ingest.fetch import FetchResult, fetch
from khabarayn.ingest.identify import HTML, JSON_FEED, NINJS, SUFFIXES, kind_of
from khabarayn.wire import htmlpage, jsonfeed, ninjs, syndicated, wxr
from khabarayn.wire.decode import MAX_BYTES
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.feed import Entry, Feed
from khabarayn.wire.newsitem import NewsItem

EDITION = "edition.json"


@dataclass(frozen=True)
class Incoming:
    """One story as its file gives it, or what is wrong there. ``folder`` is where the file's own
    pictures are looked for, never outside ``root``; None when the file came from an address."""

    file: str
    content: NewsItem | tuple[Entry, Feed] | WireError
    number: int = 0
    folder: Path | None = None
    root: Path | None = None


def files_in(path: Path) -> list[Path]:
    """Return the files of a folder that may hold stories, in order; a file is returned itself.

    A folder with a set-up file keeps its stories in ``stories``; its other files are ignored.
    """
    if path.is_file():
        return [path]
    if (path / EDITION).is_file() and (path / "stories").is_dir():
        path = path / "stories"
    files = (
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and file.name != EDITION
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    return sorted(file for file in files if file.is_file())


def stories_in(
    file: Path, root: Path, outer: Path | None = None, zone: tzinfo = UTC
) -> Iterator[Incoming]:
    """Yield every story of ``file``, or what is wrong with it.

    ``root`` is the folder that names are shown from; pictures lie inside ``outer``, or there too.
    A time that names no zone is in ``zone``.
    """
    name = str(file.relative_to(root)) if file.is_relative_to(root) else file.name
    try:
        with file.open("rb") as source:
            data = source.read(wxr.HEAD)
            if wxr.is_export(data):
                yield from _archive(lambda: file.open("rb"), name, zone)
                return
            data += source.read(MAX_BYTES + 1 - len(data))
    except OSError as error:
        reason = Fault("unreadable", detail=error.strerror or type(error).__name__)
        yield Incoming(name, WireError(reason))
        return
    yield from _stories(data, name, file.parent, outer or root, zone=zone)


def count_ahead(file: Path) -> int:
    """Return how many stories will come from a ``file`` that is read as it is taken in; 0 for one
    that is read whole."""
    try:
        with file.open("rb") as source:
            if not wxr.is_export(source.read(wxr.HEAD)):
                return 0
            source.seek(0)
            return wxr.count_posts(source)
    except OSError:
        return 0


def _archive(open_file: Callable[[], BinaryIO], name: str, zone: tzinfo) -> Iterator[Incoming]:
    for number, content in wxr.read(open_file, zone):
        yield Incoming(name, content, number)


def stories_at(url: str, *, allow_private: bool = False, zone: tzinfo = UTC) -> Iterator[Incoming]:
    """Yield every story that stands at ``url``. Raises `FetchRefused`."""
    yield from stories_of(url, fetch(url, allow_private=allow_private), zone)


def stories_of(name: str, answer: FetchResult, zone: tzinfo = UTC) -> Iterator[Incoming]:
    """Yield every story of what was fetched from the address ``name``."""
    yield from _stories(
        answer.data, name, None, None, url=answer.url, charset=answer.charset, zone=zone
    )


def _stories(
    data: bytes,
    name: str,
    folder: Path | None,
    root: Path | None,
    *,
    url: str = "",
    charset: str = "",
    zone: tzinfo = UTC,
) -> Iterator[Incoming]:
    if wxr.is_export(data[: wxr.HEAD]):
        yield from _archive(lambda: io.BytesIO(data), name, zone)
        return
    try:
        kind = kind_of(data, name)
        if kind == NINJS:
            items = list(ninjs.read_all(data, charset, zone))
            for number, item in enumerate(items, 1):
                yield Incoming(name, item, number if len(items) > 1 else 0, folder, root)
            return
        if kind == JSON_FEED:
            feed = jsonfeed.read(data, charset, url, zone)
        elif kind == HTML:
            feed = htmlpage.read(data, url, charset, zone)
        else:
            feed = syndicated.read(data, charset, url, zone)
    except WireError as error:
        yield Incoming(name, error)
        return
    for fault in feed.faults:
        yield Incoming(name, WireError(fault))
    for number, entry in enumerate(feed.entries, 1):
        yield Incoming(name, (entry, feed), 0 if kind == HTML else number, folder, root)


def spot_of(incoming: Incoming) -> Spot:
    """Return where in its file the story stands."""
    if isinstance(incoming.content, tuple):
        return Spot(item=incoming.number, line=incoming.content[0].line)
    return Spot()
