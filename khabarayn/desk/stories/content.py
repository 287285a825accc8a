"""Turn a proposal into a story's content: cleaned and within its limits, or refused field by
field."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from khabarayn.arabic.bidi import direction_of_language, language_of
from khabarayn.arabic.hosts import ascii_authority
from khabarayn.arabic.hygiene import clean_line, clean_text
from khabarayn.arabic.reading import reading_minutes
from khabarayn.arabic.slug import hashtags, slug, tag_key
from khabarayn.article.blocks import Block, Credit, KeyPoints
from khabarayn.article.content import Content
from khabarayn.article.excerpt import excerpt
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of, words_in
from khabarayn.article.proposal import Proposal, ProposedAuthor, ProposedPicture
from khabarayn.article.sanitise import TooDeep, TooLarge, clean_inline
from khabarayn.desk.fields import Fields
from khabarayn.desk.refused import Refused
from khabarayn.messages.articles import text_trouble

HEADLINE = 300
SHORT_HEADLINE = 120
STANDFIRST = 1000
TEASER = 1000
TAG = 80
TAGS = 20


def content_of(proposal: Proposal) -> Content:
    """Return ``proposal`` cleaned. Raises `AllWrong` with every fault, by fields of the story's
    form."""
    fields = Fields()
    content = clean_content(proposal, fields)
    fields.raise_faults()
    return content


def clean_content(proposal: Proposal, fields: Fields) -> Content:
    """Return ``proposal`` cleaned and cut to its limits; what is wrong is noted in ``fields``."""
    headline = fields.line(
        "headline", _("العنوان"), proposal.headline, HEADLINE, _("لا بدّ من عنوان للخبر.")
    )
    standfirst = fields.line("standfirst", _("المقدمة"), proposal.standfirst, STANDFIRST)
    short_headline = fields.line(
        "short_headline", _("العنوان القصير"), proposal.short_headline, SHORT_HEADLINE
    )
    teaser = fields.line("teaser", _("النص الترويجي"), proposal.teaser, TEASER)
    blocks: tuple[Block, ...] = ()
    with fields.catch():
        blocks = _blocks(proposal)
    if not blocks:
        fields.wrong("body", _("متن الخبر فارغ."))
    words = words_in(blocks)
    # The language that a feed declares is often its software's default: the letters decide.
    text = "\n".join((headline, standfirst, teaser, text_of(blocks)))
    language = language_of(text, proposal.language)
    return Content(
        headline=headline,
        section=proposal.section.strip(),
        short_headline=short_headline,
        standfirst=standfirst,
        teaser=teaser,
        blocks=blocks,
        tags=_tags(proposal.tags, teaser),
        authors=tuple(_author(one, fields) for one in proposal.authors if one.name.strip()),
        source_name=clean_line(proposal.source_name, 120).text,
        source_link=_web_address("source_link", proposal.source_link, fields),
        source_licence=clean_line(proposal.source_licence, 120).text,
        source_url=_web_address("source_url", proposal.source_url, fields),
        language=language,
        direction=direction_of_language(language),
        genre=clean_line(proposal.genre, 40).text,
        slug=slug(headline),
        lead=proposal.lead and _picture(proposal.lead),
        sensitive=proposal.sensitive,
        evergreen=proposal.evergreen,
        breaking=proposal.breaking,
        word_count=words,
        reading_minutes=reading_minutes(words),
    )


def _author(author: ProposedAuthor, fields: Fields) -> ProposedAuthor:
    return ProposedAuthor(
        name=fields.line("authors", _("اسم الكاتب"), author.name, 120),
        slug=author.slug.strip().lower(),
        role=clean_line(author.role, 120).text,
        bio=clean_text(author.bio, 1000).text,
    )


def _web_address(field: str, value: str, fields: Fields) -> str:
    value = value.strip()
    if value and (not value.startswith(("http://", "https://")) or len(value) > 2000):
        fields.wrong(field, _("هذا ليس رابط صفحة: %(value)s", value=excerpt(value, 80)))
        return ""
    return ascii_authority(value)


def _tags(names: tuple[str, ...], teaser: str) -> tuple[str, ...]:
    """Return tag names, one spelling for each identity, those given before the teaser's."""
    by_key: dict[str, str] = {}
    spellings = [clean_line(name.lstrip("#").replace("_", " "), TAG).text for name in names]
    spellings += [tag.display.lstrip("#").replace("_", " ") for tag in hashtags(teaser)]
    for name in spellings:
        if key := tag_key(name):
            by_key.setdefault(key, name)
    return tuple(by_key.values())[:TAGS]


def _picture(picture: ProposedPicture) -> ProposedPicture:
    return ProposedPicture(
        path=picture.path,
        alt=clean_line(picture.alt, 500).text,
        caption=clean_line(picture.caption, 1000).text,
        credit=clean_line(picture.credit, 200).text,
        focal=picture.focal,
    )


def _blocks(proposal: Proposal) -> tuple[Block, ...]:
    try:
        body = list(proposal.blocks or parse(proposal.body_html))
        if proposal.key_points and not any(isinstance(b, KeyPoints) for b in body):
            points = (clean_line(point, 400).text for point in proposal.key_points)
            body.insert(0, KeyPoints(tuple(point for point in points if point)))
        if proposal.credit and not any(isinstance(b, Credit) for b in body):
            body.append(Credit(clean_inline(proposal.credit)))
    except (TooLarge, TooDeep) as error:
        raise Refused("body", LazyString(text_trouble, error)) from error
    return tuple(body)
