"""Search: ids, people, ASINs and words of any language, in all meetings at once."""

import pytest
from msgspec.structs import replace

from facilitator.domain.entry import EntryKind
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.past.search import HitKind, search_past
from tests.domain.past_meetings import past_meetings
from tests.factories import ACOS, incident_draft

PAST = past_meetings()


def found_ids(words: str) -> list[tuple[EntryKind | HitKind, str]]:
    return [(hit.kind, hit.id) for hit in search_past(PAST, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("b0c1234xyz", [(EntryKind.DECISION, "D1")]),
        ("rank ENOUGH", [(EntryKind.DECISION, "D1")]),
        ("quotes/2026", [(EntryKind.ACTION, "A1")]),
        ("供应商", [(EntryKind.ACTION, "A1")]),
        ("应商 quote", [(EntryKind.ACTION, "A1")]),
        ("warehouse", [(EntryKind.TOPIC, "P1")]),
        ("full width", [(EntryKind.NOTE, "N1")]),
        ("ＦＵＬＬ strasse", [(EntryKind.NOTE, "N1")]),
        ("nowhere", []),
        ("lower nowhere", []),
        ("   ", []),
        ("[(*", []),
    ],
)
def test_entries_with_all_the_words_are_found(words, expected):
    assert found_ids(words) == expected


def test_an_id_finds_its_entry_and_mentions_but_not_longer_ids():
    assert set(found_ids("d1")) == {(EntryKind.ACTION, "A2"), (EntryKind.DECISION, "D1")}
    assert found_ids("d11") == []


def test_a_person_finds_their_action_items_decisions_and_meetings():
    kinds = {kind for kind, _ in found_ids("陈梅")}
    assert kinds == {EntryKind.ACTION, EntryKind.DECISION, HitKind.MEETING}


def test_causes_are_found_by_the_name_of_their_kpi():
    assert [kind for kind, _ in found_ids("acos") if kind is HitKind.KPI] == [HitKind.KPI]


def test_the_newest_meetings_come_first():
    days = [hit.at for hit in search_past(PAST, "2026")]
    assert days == sorted(days, reverse=True)


def test_a_kpi_is_found_by_its_name_in_every_language():
    meetings = tuple(
        replace(each, kpis_zh={ACOS: "广告销售成本比"} if each.answers else {})
        for each in PAST.meetings
    )
    hits = search_past(replace(PAST, meetings=meetings), "广告销售成本比")
    assert (HitKind.KPI, "acos") in {(hit.kind, hit.id) for hit in hits}


@pytest.mark.parametrize("words", ["i3", "unavailable", "out of stock ads", "late ship"])
def test_an_incident_is_found_by_its_id_its_notice_and_its_review(words):
    review = IncidentReview(cause="A late ship", loss="¥ 9 000", lesson="Order sooner")
    incident = incident_draft(id=IncidentId("I3"), review=review)
    (hit,) = search_past(replace(PAST, incidents=(incident,)), words)
    assert (hit.kind, hit.id, hit.series, hit.meeting_id) == (
        EntryKind.INCIDENT,
        "I3",
        "weekly",
        "",
    )
    assert search_past(replace(PAST, incidents=(incident,)), "i31") == ()


def test_a_kpi_without_a_cause_says_why_it_has_none():
    passed = replace(PAST.meetings[-1].answers[0], verdict=Verdict.NORMAL, causes=(), proposal="")
    meetings = (replace(PAST.meetings[-1], answers=(replace(passed, evidence=""),)),)
    (hit,) = [
        e for e in search_past(replace(PAST, meetings=meetings), ACOS) if e.kind is HitKind.KPI
    ]
    assert hit.text == "accepted as normal"
