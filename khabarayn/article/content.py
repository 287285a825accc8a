"""A story's content: everything of it that an editor can change, as a revision stores it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabarayn.arabic.bidi import direction_of_language, language_of
from khabarayn.article.blocks import Block, from_json, to_json
from khabarayn.article.plain import text_of
from khabarayn.article.proposal import ProposedAuthor, ProposedPicture


@dataclass(frozen=True)
class Content:
    """Everything of a story that an editor can change, cleaned and within its limits."""

    headline: str
    section: str
    short_headline: str = ""
    standfirst: str = ""
    teaser: str = ""
    blocks: tuple[Block, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[ProposedAuthor, ...] = ()
    source_name: str = ""
    source_link: str = ""
    source_licence: str = ""
    source_url: str = ""
    language: str = "ar"
    direction: str = "rtl"
    genre: str = ""
    slug: str = ""
    lead: ProposedPicture | None = None
    sensitive: bool = False
    evergreen: bool = False
    breaking: bool = False
    word_count: int = 0
    reading_minutes: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return the content as a revision stores it: JSON-ready, each block with its kind."""
        return {
            **vars(self),
            "authors": tuple([dict(vars(author)) for author in self.authors]),
            "lead": dict(vars(self.lead)) if self.lead else None,
            "blocks": to_json(self.blocks),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Content:
        """Return the content of a stored revision. Language and direction are computed anew from
        the text. Raises ``ValueError`` on an unknown kind of block."""
        fields = dict(value)
        fields["blocks"] = from_json(fields["blocks"])
        # Older revisions have the direction of their headline's first letter.
        texts = (fields["headline"], fields.get("standfirst", ""), text_of(fields["blocks"]))
        fields["language"] = language_of("\n".join(texts), fields.get("language", ""))
        fields["direction"] = direction_of_language(fields["language"])
        fields["tags"] = tuple(fields["tags"])
        fields["authors"] = tuple(ProposedAuthor(**author) for author in fields["authors"])
        if lead := fields["lead"]:
            picture: dict[str, Any] = {**lead, "focal": tuple(lead["focal"])}
            fields["lead"] = ProposedPicture(**picture)
        return cls(**fields)
