"""What a running story is called: the tag, else the words, that most of its reports share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from khabarayn.arabic.normalise import tokens, visible_span
from khabarayn.arabic.stem import is_stop_word, stem
from khabarayn.related.plain_words import PLAIN_STEMS
from khabarayn.store.db import db
from khabarayn.store.models import ArticleTag, TagRow
from khabarayn.store.queries.cards import tag_list
from khabarayn.store.queries.related import list_sizes, stem_counts, story_count

_SHARE = 0.6
_COUNT_LIMIT = 300
LONGEST = 120


def name_of(article_ids: Sequence[int], headlines: Sequence[str], language: str) -> str:
    """Return a name for these stories: a tag that most carry and few others do, else the pair of
    words, else the word, that most of the headlines share; else the newest headline.

    ``headlines`` come newest first; ``language`` is that of the lists that the stories stand in.
    """
    return (_tag(article_ids, language) or _words(headlines) or headlines[0])[:LONGEST]


def _tag(article_ids: Sequence[int], language: str) -> str:
    rows = db.session.execute(
        select(TagRow.id, TagRow.name)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(ArticleTag.article_id.in_(article_ids))
    ).all()
    times = Counter(row.id for row in rows)
    names = {row.id: row.name for row in rows}
    common_ids = [number for number, n in times.items() if n >= _SHARE * len(article_ids)]
    sizes = list_sizes([tag_list(number) for number in common_ids], language, _COUNT_LIMIT)
    # Among the tags that most carry, the one that belongs to this subject most of all.
    common_ids.sort(key=lambda number: (-times[number] / max(1, sizes[tag_list(number)]), number))
    best = common_ids[0] if common_ids else None
    if best is None or sizes[tag_list(best)] > 20 * len(article_ids):
        return ""
    return names[best]


def _words(headlines: Sequence[str]) -> str:
    times: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    for headline in headlines:
        words = tokens(headline)
        keys: set[str] = set()
        for first, second in zip(words, (*words[1:], None), strict=False):
            if _plain(first.folded):
                continue
            key = stem(first.folded)
            spelt.setdefault(key, Counter())[headline[slice(*visible_span(headline, first))]] += 1
            keys.add(key)
            if second is not None and not _plain(second.folded):
                pair = f"{key} {stem(second.folded)}"
                spelt.setdefault(pair, Counter())[
                    headline[first.start : visible_span(headline, second)[1]]
                ] += 1
                keys.add(pair)
        times.update(keys)
    fewest = max(2, _SHARE * len(headlines))
    pairs = [key for key, n in times.items() if n >= fewest and " " in key]
    single = [key for key, n in times.items() if n >= fewest and " " not in key]
    if pairs:
        best = max(pairs, key=lambda key: (times[key], key))
    elif single:
        counts = stem_counts(single)
        everything = max(1, story_count())
        rarity = {key: math.log(1 + everything / (1 + counts.get(key, 0))) for key in single}
        best = max(single, key=lambda key: (times[key] * rarity[key], key))
    else:
        return ""
    return spelt[best].most_common(1)[0][0]


def _plain(word: str) -> bool:
    return len(word) < 3 or word.isdigit() or is_stop_word(word) or stem(word) in PLAIN_STEMS
