"""Entries of all kinds: the register, lookup, numbering, and copies without their words."""

import pytest
from msgspec.structs import fields

from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.entry import Entry
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.rules import risks
from facilitator.domain.track_record import ProposalResult, track_records
from tests.factories import MeetingHarness, agenda, risk_draft


@pytest.mark.parametrize(
    "names", [lambda e: e.letter, lambda e: e.list_name, lambda e: e.entry_kind]
)
def test_no_two_kinds_share_a_letter_a_list_or_a_name(names):
    assert len({names(each) for each in ENTRY_TYPES}) == len(ENTRY_TYPES)


@pytest.mark.parametrize("kind", ENTRY_TYPES)
def test_a_meeting_has_a_list_for_each_kind(kind):
    assert kind.list_name in {field.name for field in fields(Meeting)}


def test_an_entry_of_any_kind_is_found_by_its_id():
    harness = MeetingHarness(agenda())
    harness.step(note_rules.take_note, "Ranks fell")
    harness.step(note_rules.park_topic, "A second warehouse")
    harness.step(risks.raise_risk, risk_draft())
    meeting = harness.meeting
    found = [meeting.entry(each) for each in ("D1", "N1", "P1", "R1", "R2", None)]
    assert [each and each.letter for each in found] == ["D", "N", "P", "R", None, None]


def test_numbers_grow_past_those_that_are_used_and_never_shrink():
    risk = Risk(
        id=RiskId("R9"), text="?", raised_by=PersonId("mei"), raised_on=agenda().starts.date()
    )
    used: tuple[Entry, ...] = (risk, Decision(id=DecisionId("D2"), question="?"))
    numbers = NextNumbers(decision=5).after(used)
    assert (numbers.risk, numbers.decision, numbers.note) == (10, 5, 1)
    assert (numbers.next_id(Risk), numbers.next_id(Decision, 2)) == ("R10", "D7")


def test_track_records_of_equal_length_do_not_depend_on_the_order_of_proposals():
    proposals = [ProposalResult(by=PersonId(each)) for each in ("tom", "mei", "jun", "jun")]
    records = track_records(proposals)
    assert [each.person for each in records] == ["jun", "mei", "tom"]
    assert track_records(proposals[::-1]) == records
