"""Suggestions to an editor from the archive and from the text itself, each with its reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from khabarayn.arabic.normalise import fold, tokens, visible_span
from khabarayn.arabic.slug import tag_key
from khabarayn.arabic.stem import stem
from khabarayn.article.blocks import Block, ListBlock, Paragraph, Quote
from khabarayn.article.excerpt import excerpt
from khabarayn.article.plain import block_text, text_of
from khabarayn.related.engine import Nearest, nearest
from khabarayn.related.entities import Entity, entities
from khabarayn.related.profile import profile, term_id
from khabarayn.search.vocabulary import words_known
from khabarayn.store.db import db
from khabarayn.store.models import ArticleTag, TagRow
from khabarayn.store.queries.related import stem_counts, story_count
from khabarayn.store.queries.sections import section_tree

CANDIDATES = 20
TAGS = 6
POINTS = 3
TEASER = 200
_POINT = (40, 220)
_SURE = 0.5
_SENTENCE = re.compile(r"[^.؟!?؛\n]+[.؟!?]*[»”\"]*")
_PREPOSITIONS, _SHORTEST_WITHOUT = "بلكوف", 4
_NUMBERS = frozenset(
    fold(
        """
        واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان
        ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين
        سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين مئات ألف ألفان ألفين آلاف مليون
        ملايين مليار مليارات نصف ربع ثلث عشرات
        """
    ).split()
)
# A sentence that begins so depends on the one before it and is not suggested alone.
_LEANING = ("وأضاف", "وأشار", "وأوضح", "وتابع", "كما", "لكن", "وقال", "وهو", "وهي", "وذلك", "ولكن")


@dataclass(frozen=True)
class Suggestion:
    """``value`` goes into the form as it stands; ``reason`` is shown beside it."""

    value: str
    reason: str


@dataclass(frozen=True)
class Suggestions:
    """``section`` holds the section's slug. Empty where nothing can be said with a reason."""

    section: Suggestion | None
    tags: tuple[Suggestion, ...]
    hashtags: tuple[Suggestion, ...]
    teaser: Suggestion | None
    key_points: tuple[Suggestion, ...]


def suggest(
    headline: str, standfirst: str = "", blocks: Sequence[Block] = (), tags: Sequence[str] = ()
) -> Suggestions:
    """Return suggestions for a story as it stands in the form; nothing is written.

    Sections and tags come from the nearest stories of the archive and from the names in the
    text; teaser and key points are the text's own sentences, never new words.
    """
    body = text_of(blocks)
    story_profile = profile(headline, standfirst, tags, body, story_count(), stem_counts)
    near = nearest(story_profile.terms, CANDIDATES)
    names = entities((headline, standfirst, body))
    tag_suggestions = _tags(near, names, " ".join((headline, standfirst, body)), tags)
    sentences = _sentences(blocks)
    weights = story_profile.terms
    return Suggestions(
        section=_section(near),
        tags=tag_suggestions,
        hashtags=tuple(
            Suggestion("#" + re.sub(r"[\W_]+", "_", tag.value).strip("_"), tag.reason)
            for tag in tag_suggestions[:3]
        ),
        teaser=_teaser(standfirst, sentences, weights),
        key_points=_points(sentences, weights),
    )


def _section(near: Sequence[Nearest]) -> Suggestion | None:
    votes: defaultdict[int, float] = defaultdict(float)
    times: Counter[int] = Counter()
    for one in near:
        votes[one.section_id] += one.text
        times[one.section_id] += 1
    if not votes:
        return None
    best = max(votes, key=lambda number: (votes[number], -number))
    if votes[best] < _SURE * sum(votes.values()) and times[best] < 3:
        return None
    section = section_tree().by_id[best]
    reason = _(
        "%(times)s من أصل %(all)s من أقرب الأخبار في قسم «%(section)s»",
        times=times[best],
        all=len(near),
        section=section.name,
    )
    return Suggestion(section.slug, reason)


def _bare_names(names: Sequence[Entity], text: str) -> tuple[Entity, ...]:
    """Return the names without a preposition before them, and without phrases of a number:
    «بعشرين حافلة» and «لثلاث سنوات» name nothing."""
    firsts = {name.display: tokens(name.display) for name in names}
    spellings = {words[0].folded for words in firsts.values() if words}
    spellings |= {rest for word in spellings for rest in _without_preposition(word)}
    vocabulary = words_known(spellings)
    here = Counter(token.folded for token in tokens(text))
    by_display: dict[str, Entity] = {}
    for name in names:
        words = firsts[name.display]
        if any(_counts(word.folded) for word in words):
            continue
        display = name.display
        for rest in _without_preposition(words[0].folded) if words else ():
            own, bare = vocabulary.get(words[0].folded), vocabulary.get(rest)
            more = bare and bare.df > (own.df if own else 0)
            if here[rest] or more:
                display = ("ال" if rest.startswith("ال") and display[:2] == "لل" else "") + (
                    display[2:] if display[:2] == "لل" else display[1:]
                )
                break
        before = by_display.get(display)
        times = name.times + (before.times if before else 0)
        by_display[display] = name._replace(display=display, times=times)
    return tuple(by_display.values())


def _without_preposition(word: str) -> tuple[str, ...]:
    """Return the folded word without the preposition that may stand on it; nothing for a short one.

    >>> _without_preposition("بمدينه"), _without_preposition("للمدينه"), _without_preposition("بيت")
    (('مدينه',), ('المدينه',), ())
    """
    if word.startswith("لل") and len(word) > _SHORTEST_WITHOUT:
        return (f"ال{word[2:]}",)
    if word[:1] in _PREPOSITIONS and len(word) > _SHORTEST_WITHOUT:
        return (word[1:],)
    return ()


def _counts(word: str) -> bool:
    """Say whether the folded word is a number, in digits or in words, also behind a clitic."""
    return any(part in _NUMBERS or part.isdigit() for part in (word, word[1:], word[2:]) if part)


def _tags(
    near: Sequence[Nearest], names: Sequence[Entity], text: str, story_tags: Sequence[str]
) -> tuple[Suggestion, ...]:
    """Return the `TAGS` heaviest suggestions among tags of near stories and names in the text,
    without the tags that the story has already."""
    votes: defaultdict[str, float] = defaultdict(float)
    suggestions = _tags_of_nearest(near, text, votes)
    suggestions |= _tags_of_names(_bare_names(names, text), suggestions.keys(), votes)
    own = {tag_key(name) for name in story_tags}
    by_weight = sorted(suggestions.keys() - own, key=lambda key: (-votes[key], key))
    return tuple(suggestions[key] for key in by_weight[:TAGS])


def _tags_of_nearest(
    near: Sequence[Nearest], text: str, votes: defaultdict[str, float]
) -> dict[str, Suggestion]:
    """Return suggestions by tag key: tags that two near stories carry, or one and the text names.

    Adds to ``votes`` the nearness of each tag's stories.
    """
    nearness = {one.article_id: one.text for one in near}
    times: Counter[str] = Counter()
    names: dict[str, str] = {}
    for row in db.session.execute(
        select(TagRow.key, TagRow.name, ArticleTag.article_id)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(ArticleTag.article_id.in_(nearness))
    ):
        votes[row.key] += nearness[row.article_id]
        times[row.key] += 1
        names[row.key] = row.name
    text_stems = f" {_stems(text)} "
    suggestions: dict[str, Suggestion] = {}
    for key, name in names.items():
        reason = _("وسم %(times)s من الأخبار القريبة", times=times[key])
        if f" {_stems(name)} " in text_stems:
            votes[key] += 0.5
            reason = _("%(reason)s، وهو مذكور في النص", reason=reason)
        elif times[key] < 2:
            continue
        suggestions[key] = Suggestion(name, reason)
    return suggestions


def _tags_of_names(
    names: Sequence[Entity], tag_keys: Collection[str], votes: defaultdict[str, float]
) -> dict[str, Suggestion]:
    """Return suggestions by tag key for names in the text: the paper's own tags, and names that
    stand there three times. Adds their weights to ``votes``."""
    keys = {name: key for name in names if (key := tag_key(name.display)) and key not in tag_keys}
    rows = db.session.execute(select(TagRow.key, TagRow.name).where(TagRow.key.in_(keys.values())))
    own_tags = {row.key: row.name for row in rows}
    suggestions: dict[str, Suggestion] = {}
    for name, key in keys.items():
        if key in suggestions:
            continue
        if key in own_tags:
            reason = ngettext(
                "من وسوم الصحيفة، ومذكور في النص مرة واحدة",
                "من وسوم الصحيفة، ومذكور في النص %(num)s مرة",
                name.times,
            )
            votes[key] += 0.4 + 0.05 * name.times
        elif name.times >= 3:
            reason = ngettext(
                "اسم مذكور في النص مرة واحدة", "اسم يتكرر في النص %(num)s مرة", name.times
            )
            votes[key] += 0.02 * name.times
        else:
            continue
        suggestions[key] = Suggestion(own_tags.get(key, name.display), reason)
    return suggestions


def _stems(text: str) -> str:
    """Return the stems of a text's words, between spaces."""
    return " ".join(stem(token.folded) for token in tokens(text))


def _sentences(blocks: Sequence[Block]) -> list[str]:
    sentences: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | ListBlock | Quote):
            sentences += [
                whole for m in _SENTENCE.finditer(block_text(block)) if (whole := m[0].strip())
            ]
    return sentences


def _weight(sentence: str, weights: dict[int, float]) -> float:
    term_ids = {term_id(stem(token.folded)) for token in tokens(sentence)}
    return sum(weights.get(term, 0.0) for term in term_ids)


def _teaser(
    standfirst: str, sentences: Sequence[str], weights: dict[int, float]
) -> Suggestion | None:
    if standfirst.strip():
        return Suggestion(excerpt(standfirst, TEASER), _("من مقدمة الخبر"))
    opening = [sentence for sentence in sentences[:4] if len(sentence) >= _POINT[0]]
    if not opening:
        return None
    best = max(opening, key=lambda sentence: _weight(sentence, weights))
    return Suggestion(excerpt(best, TEASER), _("أغنى جمل المطلع بكلمات الخبر"))


def _points(sentences: Sequence[str], weights: dict[int, float]) -> tuple[Suggestion, ...]:
    """Return the sentences that together say most of the story's terms, in the story's order."""
    fit = [
        (place, sentence)
        for place, sentence in enumerate(sentences)
        if _POINT[0] <= len(sentence) <= _POINT[1] and not sentence.startswith(_LEANING)
    ]
    if len(sentences) < 2 * POINTS:
        return ()
    remaining = dict(weights)
    points: list[tuple[int, str, list[str]]] = []
    while fit and len(points) < POINTS:
        # Terms of a chosen sentence count little for the next.
        place, sentence = max(fit, key=lambda one: (_weight(one[1], remaining), -one[0]))
        if _weight(sentence, remaining) <= 0:
            break
        fit.remove((place, sentence))
        spellings: dict[float, str] = {}
        for token in tokens(sentence):
            term = term_id(stem(token.folded))
            if remaining.get(term, 0.0) > 0:
                spellings[-remaining[term]] = sentence[slice(*visible_span(sentence, token))]
                remaining[term] *= 0.2
        points.append((place, sentence, [spellings[weight] for weight in sorted(spellings)][:3]))
    points.sort()
    return tuple(
        Suggestion(sentence.rstrip("."), _("تجمع كلمات الخبر: %(words)s", words="، ".join(words)))
        for _place, sentence, words in points
    )
