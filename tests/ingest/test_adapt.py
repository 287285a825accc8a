"""Foreign words become our terms: sections, tags, links, standfirsts, identities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wire.samples import BARE_ENTRY, FULL_ENTRY, FULL_FEED, FULL_ITEM

from khabarayn.article.identity import public_id
from khabarayn.article.story import Section
from khabarayn.ingest.adapt import Places, from_entry, from_ninjs
from khabarayn.wire.fault import WireError

NEWS = Section("news", "أخبار")
WORLD = Section("world", "العالم")
CHINA = Section("world/china", "الصين", parent=WORLD)
HEALTH = Section("health", "صحة")
PLACES = Places([NEWS, WORLD, CHINA, HEALTH])


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("world/china",), "world/china"),
        (("الصين",), "world/china"),
        (("صحه",), "health"),
        (("الصِّين", "صحة"), "world/china"),
        (("طقس", "صحة"), "health"),
        (("طقس", ""), ""),
    ],
)
def test_a_section_is_found_by_path_or_name_however_it_is_spelt(
    names: tuple[str, ...], slug: str
) -> None:
    assert PLACES.of(*names) == slug


def test_a_chosen_section_takes_everything() -> None:
    places = Places([NEWS, CHINA], always="world/china")
    assert from_entry(FULL_ENTRY, FULL_FEED, places).section == "world/china"
    assert from_ninjs(replace(FULL_ITEM, section="nowhere"), places).section == "world/china"


def test_an_entry_becomes_a_proposal_with_its_source() -> None:
    proposal = from_entry(FULL_ENTRY, FULL_FEED, PLACES)
    assert proposal.section == "world"
    assert proposal.origin_uri == FULL_ENTRY.id
    assert (proposal.source_name, proposal.source_url) == (FULL_FEED.title, FULL_ENTRY.url)
    assert [author.name for author in proposal.authors] == ["سلمى الحارثي", "Jane O'Neil"]
    assert proposal.lead is not None
    assert (proposal.lead.alt, proposal.lead.credit) == ('نص "بديل"', "خَبَرَيْن")
    assert proposal.status == "published"


def test_an_entry_without_a_known_section_goes_to_the_first() -> None:
    assert from_entry(BARE_ENTRY, FULL_FEED, PLACES).section == "news"


def test_a_summary_that_only_repeats_the_text_is_no_standfirst() -> None:
    entry = replace(BARE_ENTRY, content="<p>وصل القطار في موعده صباحًا.</p><p>ثم غادر.</p>")
    repeated = replace(entry, summary="وصل القطار في موعده…")
    assert from_entry(repeated, FULL_FEED, PLACES).standfirst == ""
    other = replace(entry, summary="رحلة بلا تأخير")
    assert from_entry(other, FULL_FEED, PLACES).standfirst == "رحلة بلا تأخير"


def test_a_picture_that_opens_the_text_becomes_the_lead_and_is_shown_once() -> None:
    html = '<figure><img src="https://x.example/1.jpg"></figure><p>النص.</p>'
    proposal = from_entry(replace(BARE_ENTRY, content=html), FULL_FEED, PLACES)
    assert proposal.lead is not None
    assert proposal.lead.path == "https://x.example/1.jpg"
    assert "<img" not in proposal.body_html


def test_ids_that_are_no_uris_do_not_clash_between_feeds() -> None:
    entry = replace(BARE_ENTRY, id="101")
    here = from_entry(entry, FULL_FEED, PLACES)
    there = from_entry(entry, replace(FULL_FEED, home_url="https://other.example/"), PLACES)
    assert here.origin_uri != there.origin_uri
    assert here.origin_uri == from_entry(entry, FULL_FEED, PLACES).origin_uri


def test_an_entry_without_a_title_is_a_draft_with_its_first_sentence_for_one() -> None:
    content = "<p>🔴 عاجل | يُغلق الطريق الساحلي غدًا. والتحويلة من شارع الميناء.</p>"
    proposal = from_entry(replace(BARE_ENTRY, title=" ", content=content), FULL_FEED, PLACES)
    assert proposal.headline == "يُغلق الطريق الساحلي غدًا"
    assert (proposal.status, proposal.notes) == ("draft", (("untitled", ""),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"title": "", "content": ""}, "no_body"), ({"content": "<p> </p>"}, "no_body")],
)
def test_an_entry_without_text_is_refused(change: dict[str, str], reason: str) -> None:
    with pytest.raises(WireError) as caught:
        from_entry(replace(BARE_ENTRY, **change), FULL_FEED, PLACES, 4)  # type: ignore[arg-type]
    assert (caught.value.faults[0].reason, caught.value.faults[0].spot.item) == (reason, 4)


def test_an_unknown_section_of_a_story_is_named() -> None:
    with pytest.raises(WireError) as caught:
        from_ninjs(replace(FULL_ITEM, section="moon", section_name=""), PLACES)
    assert caught.value.faults[0].detail == "moon"


def test_hashtags_of_the_teaser_become_tags_once_however_they_are_spelt() -> None:
    item = replace(FULL_ITEM, tags=("آسيا",), teaser="قمة #اسيا و#دبلوماسية_الماء و#آسيا")
    assert from_ninjs(item, PLACES).tags == ("آسيا", "دبلوماسية الماء")


def test_links_between_stories_lead_to_where_the_stories_will_stand() -> None:
    item = replace(
        FULL_ITEM,
        uri="tag:x.example,2026:demo/moon",
        body_html='<p><a href="story:leap-year">س</a> <a href="story:urn:other:1">ص</a></p>',
        see_also=("tag:x.example,2026:demo/sun",),
        pictures=(),
    )
    html = from_ninjs(item, PLACES).body_html
    assert f'href="/a/{public_id("tag:x.example,2026:demo/leap-year")}"' in html
    assert f'href="/a/{public_id("urn:other:1")}"' in html
    assert f'<p class="see-also"><a href="/a/{public_id("tag:x.example,2026:demo/sun")}"' in html
    assert "story:" not in html


def test_flags_status_and_history_are_kept() -> None:
    proposal = from_ninjs(FULL_ITEM, PLACES)
    assert (proposal.sensitive, proposal.evergreen, proposal.breaking) == (True, True, True)
    assert (proposal.status, proposal.withdrawn_reason) == (
        "withdrawn",
        "نُشر قبل اكتمال التحقق.",
    )
    assert proposal.corrections == FULL_ITEM.corrections
    assert proposal.lead is not None
    assert proposal.lead.focal == (0.25, 0.6)


def test_two_pages_without_address_and_title_are_two_stories() -> None:
    page = replace(BARE_ENTRY, id="", url="", title="")
    nowhere = replace(FULL_FEED, home_url="", feed_url="", title="")

    def told(text: str) -> str:
        return from_entry(replace(page, content=f"<p>{text}</p>"), nowhere, PLACES).origin_uri

    assert told("وصل القطار.") != told("غادر القطار.")
    assert told("وصل القطار.") == told("وصل القطار.")
