"""Assistance while a story is written: copy desk, suggestions, inset places, completions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import abort, request

from khabarayn.arabic.copydesk import CopyWarning, check
from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.normalise import fold
from khabarayn.article.form import StoryForm, names_in
from khabarayn.article.sanitise import TooDeep, TooLarge
from khabarayn.article.story import Card
from khabarayn.desk.arrange.house_words import house_words
from khabarayn.desk.stories.insets import insets
from khabarayn.desk.stories.suggest import suggest
from khabarayn.messages.copydesk import remark_text
from khabarayn.search.engine import search
from khabarayn.search.port import SearchRequest
from khabarayn.store.queries.cards import cards_by_id
from khabarayn.store.queries.pictures import picture_by_id
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import names_like
from khabarayn.web.newsroom.access import needs
from khabarayn.web.newsroom.pictures.pictured import picture_summary

TEXTS, LETTERS, REMARKS = 2100, 1_200_000, 300


@needs("story.write")
def copydesk(id: str) -> dict[str, Any]:
    """The copy desk's remarks on ``texts``; places count UTF-16 units, as browsers do."""
    del id
    texts_value = _request_json().get("texts")
    texts = texts_value if isinstance(texts_value, list) else []
    if len(texts) > TEXTS or sum(len(text) for text in map(str, texts)) > LETTERS:
        abort(413)
    names = house_words()
    remarks = [
        {"text": number, **_remark(text, warning)}
        for number, text in enumerate(map(str, texts))
        for warning in check(text, names)
    ]
    return {"remarks": remarks[:REMARKS], "count": len(remarks)}


@needs("story.write")
def suggestions(id: str) -> dict[str, Any]:
    """Section, tags, teaser and key points that the text and the archive suggest, with reasons."""
    del id
    form = StoryForm.of(_request_json())
    result = suggest(form.headline, form.standfirst, _blocks(form), names_in(form.tags))
    data = asdict(result)
    if result.section:
        section = section_tree().find(result.section.value)
        data["section"]["name"] = section.name if section else result.section.value
    return data


@needs("story.write")
def story_places(id: str) -> dict[str, Any]:
    """The places that see-also insets would get, why, and their likely stories."""
    form = StoryForm.of(_request_json())
    blocks = _blocks(form)
    insets_here = insets(
        form.headline,
        form.standfirst,
        names_in(form.tags),
        blocks,
        sensitive=form.sensitive,
        own=id,
    )
    places = [
        {"slot": i.slot, "after": i.after, "reason": i.reason, "pinned": i.pinned,
         "card": _card_names(i.card) if i.card else None}
        for i in insets_here
    ]  # fmt: skip
    return {"places": places, "blocks": len(blocks)}


@needs("story.write")
def names() -> dict[str, Any]:
    """The paper's tags or authors that begin as what is typed."""
    kind = request.args.get("kind", "")
    prefix = fold(clean_line(request.args.get("q", "").lstrip("#"), 80).text).strip()
    if kind not in {"tags", "authors"} or not prefix:
        return {"names": []}
    return {"names": names_like(kind, prefix)}


@needs("story.write")
def find_story() -> dict[str, Any]:
    """Published stories for a pinned inset: by their words, or by address."""
    query = clean_line(request.args.get("q", ""), 200).text
    if not query:
        return {"stories": []}
    by_address = cards_by_id([query.rstrip("/").rsplit("/", 1)[-1]])
    cards = list(by_address.values()) or [hit.card for hit in search(SearchRequest(query)).hits[:8]]
    return {"stories": [_card_names(card) for card in cards]}


@needs("story.write")
def picture(media_id: str) -> dict[str, Any]:
    """One stored picture, as the page shows it."""
    library_picture = picture_by_id(media_id) or abort(404)
    return picture_summary(library_picture).to_json()


def _request_json() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else request.form.to_dict()


def _blocks(form: StoryForm) -> tuple[Any, ...]:
    try:
        return form.blocks()
    except (TooLarge, TooDeep):
        abort(413)


def _remark(text: str, warning: CopyWarning) -> dict[str, Any]:
    start = _units(text[: warning.start])
    return {
        "start": start,
        "end": start + _units(text[warning.start : warning.end]),
        "found": warning.text,
        "rule": warning.rule,
        "reason": remark_text(warning),
        "replacement": warning.replacement,
        "around": text[max(0, warning.start - 24) : warning.end + 24],
    }


def _units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def _card_names(card: Card) -> dict[str, str]:
    return {"id": card.id, "headline": card.title, "section": card.section.name}
