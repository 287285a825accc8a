"""Export published stories as ninjs with their pictures, in a folder that can be imported again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from khabarayn.article.identity import PATTERN
from khabarayn.article.markup import to_html
from khabarayn.article.story import Picture, Story
from khabarayn.ingest.sources import EDITION
from khabarayn.media.port import MediaStore
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, AuthorRow, TagRow
from khabarayn.store.queries.ids import published_ids
from khabarayn.store.queries.languages import list_languages, main_language
from khabarayn.store.queries.sections import section_tree, section_words
from khabarayn.store.queries.story import article_by_id
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture
from khabarayn.wire.ninjswrite import write

_OWN_LINK = re.compile(rf'href="/a/({PATTERN.pattern})[^"]*"')
_RENDITION = re.compile(r"([1-9][0-9]*)\.(jpg|webp)")
_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass
class StoryExport:
    """An export under way: into ``folder``, with the pictures of ``store``, under ``base_url``."""

    folder: Path
    store: MediaStore
    base_url: str
    _uris: dict[str, str] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """Return the ids of the stories that will be written."""
        return published_ids()

    def write(self, public_id: str) -> Path | None:
        """Write one story and its pictures; None when it is published no more."""
        story = article_by_id(public_id)
        if not isinstance(story, Story):
            return None
        target = self.folder / "stories" / f"{public_id}.json"
        _write_once(target, write(self._item(story)).encode())
        return target

    def paper_setup(self) -> Path:
        """Write the sections, people and introduced tags that the stories stand in."""
        tree = section_tree(main_language())
        sections = sorted(tree.ids, key=lambda slug: slug.count("/"))
        edition = {
            "sections": [
                {
                    "slug": own_section.slug,
                    "name": own_section.name,
                    "hue": own_section.hue,
                    "in_nav": own_section.in_nav,
                    "description": own_section.description,
                    "translations": {
                        words.language: {"name": words.name, "description": words.description}
                        for words in section_words(slug, list_languages())[1:]
                        if words.name
                    },
                }
                for slug in sections
                if (own_section := tree.find(slug))
            ],
            "authors": [
                {"slug": row.slug, "name": row.name, "role": row.role, "bio": row.bio}
                for row in db.session.scalars(select(AuthorRow).order_by(AuthorRow.slug))
            ],
            "tags": [
                {"name": row.name, "intro": row.intro}
                for row in db.session.scalars(select(TagRow).order_by(TagRow.key))
                if row.intro
            ],
        }
        target = self.folder / EDITION
        _write_once(target, (json.dumps(edition, ensure_ascii=False, indent=1) + "\n").encode())
        return target

    def _uri(self, public_id: str) -> str:
        if public_id not in self._uris:
            origin = db.session.scalar(
                select(ArticleRow.origin_uri).where(ArticleRow.public_id == public_id)
            )
            self._uris[public_id] = origin or f"{self.base_url.rstrip('/')}/a/{public_id}"
        return self._uris[public_id]

    def _item(self, story: Story) -> NewsItem:
        card = story.card
        inside = [item for picture in story.pictures.values() if (item := self._picture(picture))]
        html = to_html(story.blocks, picture=self._file)
        html = _OWN_LINK.sub(lambda match: f'href="story:{self._uri(match[1])}"', html)
        flags = ("sensitive", card.sensitive), ("evergreen", story.evergreen)
        return NewsItem(
            uri=self._uri(card.id),
            headline=card.headline,
            body_html=html,
            short_headline=card.short_headline,
            standfirst=card.standfirst,
            teaser=card.teaser,
            language=card.language,
            genre=card.genre,
            version=str(card.rev),
            published=card.published_at,
            updated=card.updated_at,
            section=card.section.slug,
            section_name=card.section.name,
            tags=tuple(tag.name for tag in story.tags),
            authors=tuple(Byline(a.name, a.slug, a.role, a.bio) for a in story.authors),
            source_name=story.source.name if story.source else "",
            source_link=story.source.url if story.source else "",
            source_url=story.source_url,
            licence=story.source.licence if story.source else "",
            url=f"{self.base_url.rstrip('/')}/a/{card.id}",
            flags=tuple(name for name, is_set in (*flags, ("breaking", card.breaking)) if is_set),
            lead=self._picture(card.picture),
            pictures=tuple(inside),
            corrections=tuple((item.at, item.text) for item in story.corrections),
            translations=tuple(self._uri(one.id) for one in story.versions if one.id != card.id),
        )

    def _picture(self, picture: Picture | None) -> NewsPicture | None:
        href = self._file(picture.id) if picture else ""
        if picture is None or not href:
            return None
        return NewsPicture(
            href,
            picture.alt,
            picture.caption,
            picture.credit,
            picture.focal,
            _TYPES.get(href.rpartition(".")[2], ""),
        )

    def _file(self, media: str) -> str:
        """Write the best that is stored of a picture, once; return its address from a story."""
        if media not in self._pictures:
            best = self._best(media)
            data = self.store.read(best) if best else None
            name = f"{media}.{best.rpartition('.')[2]}"
            if data is not None:
                _write_once(self.folder / "pictures" / name, data)
            self._pictures[media] = f"file:../pictures/{name}" if data is not None else ""
        return self._pictures[media]

    def _best(self, media: str) -> str:
        candidates: list[tuple[int, int, str]] = []
        for name in self.store.names(f"{media}/"):
            file = name.rpartition("/")[2]
            rendition = _RENDITION.fullmatch(file)
            if file.startswith("original."):
                candidates.append((10**9, 1, name))
            elif rendition:
                candidates.append((int(rendition[1]), int(rendition[2] == "jpg"), name))
        return max(candidates)[2] if candidates else ""


def _write_once(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.part")
    half.write_bytes(data)
    half.replace(target)
