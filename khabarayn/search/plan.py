"""What the engine is asked for a query: stems, other spellings, near words.

All forms of the words are gathered first (`khabarayn.search.candidates`), the vocabulary is asked
for them in one question, and the plan is made of its answer. A second question follows only where
a word is so rare that it may be a slip: for the words near to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabarayn.arabic.keyboard import slips
from khabarayn.search.candidates import (
    Candidates,
    PhraseForms,
    WordForms,
    candidates,
    feminine_root,
)
from khabarayn.search.port import Form, Group
from khabarayn.search.query import ParsedQuery, Word, read
from khabarayn.search.spellings import spellings
from khabarayn.search.vocabulary import VocabularyAnswer, VocabularyWord, look_up, near_words

VARIANT = 0.7
COMPOUND = 0.9
CLITIC = 0.9
NEAR = 0.5
# A word this much rarer than a near one may be a slip that somebody printed.
SLIP_RATIO = 50
# In so many stories or fewer a word is rare: it may be a slip.
_RARE = 3
NEAR_FORMS = 6
BEGINNINGS = 40
_SHORTEST_NEAR = 4


@dataclass(frozen=True)
class Plan:
    """``groups`` are what stories are asked for; ``suggestion`` is a better spelling of the whole
    query and ``read_as`` the query on the other keyboard, or empty."""

    query: ParsedQuery
    groups: tuple[Group, ...] = ()
    exclusions: tuple[tuple[str, ...], ...] = ()
    suggestion: str = ""
    read_as: str = ""


def plan(text: str) -> Plan:
    """Return what to ask the engine for the query ``text``; never raises, whatever is typed."""
    query = read(text)
    if query.empty:
        return Plan(query)
    alike = spellings()
    own = candidates(query, alike)
    other_keyboard = [candidates(read(reading), alike) for reading in slips(query.text)]
    archive = _answer([own, *other_keyboard])
    read_as = ""
    is_known = not archive.stems.keys().isdisjoint(own.own_stems())
    if not is_known and (other := _other_keyboard(other_keyboard, archive)):
        own, read_as = other, other.query.text
    singles, better = _with_near_words(
        {forms: _word_group(forms, archive) for forms in own.words}, archive
    )
    groups = (
        *(_phrase_group(spelling, archive) for spelling in own.spellings),
        *singles,
        *(_phrase_group(phrase, archive) for phrase in own.phrases),
    )
    suggestion = _respell(own.query.text, better)
    return Plan(own.query, groups, own.exclusions, suggestion, read_as)


def _answer(readings: Sequence[Candidates]) -> VocabularyAnswer:
    """Ask the vocabulary, in one question, all that the groups of any of ``readings`` need."""
    return look_up(
        stems={one for reading in readings for one in reading.stems()},
        words={one for reading in readings for one in reading.folded_words()},
        words_of={one for reading in readings for one in reading.feminine_stems()},
        starts=[one for reading in readings for one in reading.beginnings()],
        limit=BEGINNINGS,
    )


def _other_keyboard(readings: Sequence[Candidates], archive: VocabularyAnswer) -> Candidates | None:
    """Return the reading on the other keyboard of which the archive has at least half the words,
    the one whose words are the most frequent; or nothing."""
    best: tuple[int, Candidates] | None = None
    for reading in readings:
        words = reading.own_words()
        stories = {word: archive.words[word].df for word in words if word in archive.words}
        if stories and 2 * len(stories) >= len(words):
            weight = sum(stories.values())
            if best is None or weight > best[0]:
                best = (weight, reading)
    return best and best[1]


def _with_near_words(
    groups: dict[WordForms, Group], archive: VocabularyAnswer
) -> tuple[list[Group], dict[Word, str]]:
    """Return ``groups``, those of rare words with the words near to them, and the better spelling
    of each word that seems to have one: what is rare may be a slip."""
    rare = [forms for forms, group in groups.items() if _may_be_slip(forms, group)]
    near = near_words({forms.word.folded for forms in rare})
    better: dict[Word, str] = {}
    for forms in rare:
        entries = near[forms.word.folded]
        groups[forms], correction = _with_near(forms, groups[forms], entries)
        if correction and not _other_forms(forms, archive):
            better[forms.word] = correction
    return list(groups.values()), better


def _may_be_slip(forms: WordForms, group: Group) -> bool:
    # The group of a beginning or of a feminine noun asks for whole words that the archive has.
    by_stem = not forms.word.beginning and not group.forms[0].exact
    return by_stem and len(forms.word.folded) >= _SHORTEST_NEAR and group.df <= _RARE


def _word_group(forms: WordForms, archive: VocabularyAnswer) -> Group:
    """Return the group of one word."""
    if forms.word.beginning:
        return _beginning_group(forms, archive)
    if forms.feminine and (entries := _feminine_words(forms, archive)):
        whole = tuple(Form(entry.word, exact=True) for entry in entries[:BEGINNINGS])
        return Group(forms.word.folded, whole, (), sum(entry.df for entry in entries))
    return _stem_group(forms, archive)


def _beginning_group(forms: WordForms, archive: VocabularyAnswer) -> Group:
    entries = archive.beginnings[forms.word.folded]
    whole = tuple(Form(one.word, exact=True) for one in entries)
    df = sum(one.df for one in entries)
    return Group(forms.word.folded, whole or (Form(forms.stem),), (), df)


def _feminine_words(forms: WordForms, archive: VocabularyAnswer) -> list[VocabularyWord]:
    """Return the words of the archive that are forms of the same feminine noun."""
    return [
        entry
        for entry in archive.words.values()
        if entry.stem == forms.stem and feminine_root(entry.word, entry.display) == forms.feminine
    ]


def _stem_group(forms: WordForms, archive: VocabularyAnswer) -> Group:
    """Return the group of a word's stem, its other spellings and its other forms."""
    others = _other_forms(forms, archive)
    terms = [
        Form(forms.stem),
        *(Form(variant, VARIANT) for variant in forms.variants),
        *(form for form, _ in others),
    ]
    df = archive.stories_with((forms.stem, *forms.variants)) + sum(times for _, times in others)
    in_two_words = archive.stories_with_all(forms.parts) if forms.parts else 0
    phrase = forms.parts if in_two_words else ()
    return Group(forms.word.folded, tuple(terms), phrase, df + in_two_words)


def _phrase_group(phrase: PhraseForms, archive: VocabularyAnswer) -> Group:
    """Return the group of words side by side, or any of their other spellings."""
    df = archive.stories_with_all(phrase.stems) + archive.stories_with(phrase.variants)
    forms = tuple(Form(variant, VARIANT) for variant in phrase.variants)
    return Group(phrase.text, forms, phrase.stems, df)


def _other_forms(forms: WordForms, archive: VocabularyAnswer) -> list[tuple[Form, int]]:
    """Return the forms of a word that its stem does not tell and that the archive has, each with
    the number of its stories: joined with a neighbour, with a clitic or without."""
    compounds = [archive.words[one] for one in forms.compounds if one in archive.words]
    result = [(Form(one.stem, COMPOUND), one.df) for one in compounds]
    for one in _with_clitics(forms, archive):
        result.append((Form(one.word, CLITIC, exact=True), one.df))
    return result


def _with_clitics(forms: WordForms, archive: VocabularyAnswer) -> Iterator[VocabularyWord]:
    """Yield those of ``forms.clitics`` that are the same word: the bare word is the more frequent,
    as «جدة» is beside «بجدة», and «حدة» is not beside «وحدة»."""
    folded = forms.word.folded
    own = archive.words.get(folded)
    bare = archive.words.get(folded[1:]) if folded[1:] in forms.clitics else None
    if bare and own and bare.df <= own.df:
        bare = None
    roots = [root for root in (own, bare) if root]
    for entry in (archive.words[word] for word in forms.clitics if word in archive.words):
        if any(entry.word.endswith(root.word) and entry.df <= root.df for root in roots):
            yield entry


def _with_near(forms: WordForms, group: Group, near: Sequence[VocabularyWord]) -> tuple[Group, str]:
    """Return the group with the ``near`` words that are much more frequent, and the one that was
    meant, or nothing."""
    likely = [one for one in near if one.df >= max(1, group.df * SLIP_RATIO)]
    stems = dict.fromkeys(one.stem for one in likely if one.stem != forms.stem)
    terms = (*group.forms, *(Form(one, NEAR) for one in list(stems)[:NEAR_FORMS]))
    correction = next((one.display for one in likely if one.stem != forms.stem), "")
    return replace(group, forms=terms, df=group.df + sum(one.df for one in likely)), correction


def _respell(text: str, better: dict[Word, str]) -> str:
    """Return ``text`` with the better spellings put in, or nothing where there are none."""
    if not better:
        return ""
    for word in sorted(better, key=lambda word: -word.start):
        text = text[: word.start] + better[word] + text[word.end :]
    return text
