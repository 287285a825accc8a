"""A story's pictures: found beside its file or fetched, and stored before the story is."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from flask_babel import gettext as _

from khabarayn.article.links import address
from khabarayn.article.proposal import Proposal, ProposedPicture
from khabarayn.ingest.body import picture_key
from khabarayn.ingest.fetch import FetchRefused, fetch
from khabarayn.ingest.images import Tag, rewrite, sources, tags, without_figures
from khabarayn.ingest.lead import SMALLEST, SOFT
from khabarayn.ingest.report import Words, in_both
from khabarayn.media.refusal import PictureRefused
from khabarayn.messages.pictures import picture_trouble
from khabarayn.messages.wire import fault_text
from khabarayn.wire.fault import Fault, Spot, WireError
from khabarayn.wire.text import web_url

MAX_PICTURES = 40
MAX_BYTES = 20 * 1024 * 1024

# Stores a picture and gives its public id.
Upload = Callable[[bytes, ProposedPicture], str]


def _missing(path: str) -> WireError:
    return WireError(Fault("no_picture", Spot(), path[:200]))


def local(path: str, folder: Path, root: Path) -> bytes:
    """Return the picture file that ``path`` names from ``folder``.

    ``path`` is «file:» and a relative path, or just that. Raises `WireError` («no_picture») when
    there is none, or when the path leads out of ``root``.
    """
    relative = unquote(path.removeprefix("file:"))
    if not relative or "\0" in relative or relative.startswith(("/", "\\")):
        raise _missing(path)
    try:
        file = (folder / relative).resolve()
        inside = file.is_relative_to(root.resolve()) and file.is_file()
        if not inside or file.stat().st_size > MAX_BYTES:
            raise _missing(path)
        return file.read_bytes()
    except OSError as error:
        raise _missing(path) from error


@dataclass
class Album:
    """All pictures of one proposal. ``near`` are those that lie beside its file or stand in its
    text as data, read already; ``notes`` name those that are missing. Far ones are fetched only
    when the story is new."""

    proposal: Proposal
    near: dict[str, bytes] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        proposal: Proposal,
        folder: Path | None,
        root: Path | None,
        uploads: Path | None = None,
    ) -> Album:
        """Read the near pictures; one that is missing is left out of the story, and noted.

        ``uploads`` is a copy of the folder in which WordPress keeps pictures: those that lie there
        are near. The others are fetched.
        """
        album = cls(proposal)
        lead_paths = [proposal.lead.path] if proposal.lead else []
        for path in (*lead_paths, *sources(proposal.body_html)):
            if path in album.near:
                continue
            if web_url(path):
                if uploads and (data := _read_upload(path, uploads)):
                    album.near[path] = data
                continue
            if path.startswith("data:"):
                if data := _written_out(path):
                    album.near[path] = data
                else:
                    album.notes.append(_left_out(path[:40], lambda: _("صورة مكتوبة في النص")))
                continue
            if folder is None or root is None:
                # Addresses were made absolute before; a relative one cannot be fetched.
                album.notes.append(_left_out(path, lambda: _("لا رابط لها")))
                continue
            try:
                album.near[path] = local(path, folder, root)
            except WireError as error:
                fault = error.faults[0]
                album.notes.append(in_both(partial(fault_text, fault)))
        return album

    def near_pictures(self) -> Iterator[tuple[bytes, tuple[float, float]]]:
        """Yield the data and the focal point of every near picture, as `store` will ask for it."""
        lead, by_path = self.proposal.lead, dict(self.proposal.pictures)
        if lead is not None and lead.path in self.near:
            yield self.near[lead.path], lead.focal
        for path in sources(self.proposal.body_html)[:MAX_PICTURES]:
            if path in self.near:
                yield self.near[path], by_path.get(path, ProposedPicture(path)).focal

    def store(self, upload: Upload, *, allow_private: bool = False) -> Proposal:
        """Store every picture and return the proposal with their public ids in place.

        A far picture that cannot be had is left out of the story, and noted.
        """
        proposal = self.proposal
        by_source = dict(proposal.pictures)
        lead = proposal.lead
        if lead is not None:
            media_id = self._store_one(lead, upload, allow_private=allow_private)
            width = self.widths.get(media_id, 0)
            if media_id and 0 < width < SMALLEST:
                self.notes.append(_note("no_lead", lead.path[:120]))
                media_id = ""
            elif media_id and 0 < width < SOFT:
                self.notes.append(_note("small_lead", str(width)))
            lead = replace(lead, path=f"media:{media_id}") if media_id else None
        alt_texts = {tag.source: tag.alt for tag in reversed(list(tags(proposal.body_html)))}
        media: dict[str, str] = {}
        for number, source in enumerate(sources(proposal.body_html)):
            picture = by_source.get(source) or ProposedPicture(source, alt=alt_texts[source])
            media_id = ""
            if number < MAX_PICTURES:
                media_id = self._store_one(picture, upload, allow_private=allow_private)
            if lead is not None and lead.path == f"media:{media_id}" and web_url(source):
                media_id = ""  # the very picture that leads the story, under another address
            media[source] = media_id
        html = with_media(proposal.body_html, media)
        return replace(proposal, lead=lead, body_html=html, pictures=())

    def _store_one(self, picture: ProposedPicture, upload: Upload, *, allow_private: bool) -> str:
        path = picture.path
        if path in self.near:
            try:
                return upload(self.near[path], picture)
            except PictureRefused as error:
                self.notes.append(_left_out(path[:120], partial(picture_trouble, error)))
                return ""
        if not web_url(path):
            return ""
        try:
            data = fetch(address(path) or path, allow_private=allow_private, accept="image/*").data
            return upload(data, picture)
        except FetchRefused as error:
            self.notes.append(_left_out(path, error.message))
        except PictureRefused as error:
            self.notes.append(_left_out(path, partial(picture_trouble, error)))
        return ""


def _read_upload(address: str, uploads: Path) -> bytes:
    """The picture at ``address`` as it lies in the folder ``uploads``, in the size that the text
    shows or else whole; b"" where it does not."""
    _site, _uploads, path = address.partition("?")[0].partition("/wp-content/uploads/")
    for name in dict.fromkeys((picture_key(path), path)) if path else ():
        try:
            return local(name, uploads, uploads)
        except WireError:
            continue
    return b""


def _note(code: str, detail: str) -> Words:
    return in_both(partial(fault_text, Fault(code, detail=detail)))


def _written_out(address: str) -> bytes:
    """The picture that a data: address holds, b"" when it is none that we take."""
    head, _comma, data = address.partition(",")
    if not re.match(r"data:image/(?:jpe?g|png|webp|gif);base64$", head, re.I):
        return b""
    try:
        return base64.b64decode(re.sub(r"\s", "", data), validate=True)
    except ValueError:
        return b""


def _left_out(path: str, why: Callable[[], str]) -> Words:
    excerpt = path if len(path) <= 120 else f"{path[:117]}…"
    return in_both(lambda: _("صورة متروكة %(path)s: %(why)s", path=excerpt, why=why()))


def with_media(html: str, media: Mapping[str, str]) -> str:
    """Return ``html`` with each picture under the id that ``media`` gives its address, and without
    those that it gives none."""
    html = without_figures(html, lambda source: not media[source])

    def write(tag: Tag) -> str:
        return tag.with_source(media[tag.source]) if media[tag.source] else ""

    return rewrite(html, write)
