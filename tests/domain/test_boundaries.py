"""The last case that still counts, and the first that does not."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import RuleError
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.incident import Recipient
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import summarize_meeting
from facilitator.domain.past.statistics import incident_stats, lost_time_stats
from facilitator.domain.people import PersonId
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import kpi_answers, risks
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.timekeeping import read_clock
from facilitator.domain.track_record import ProposalResult, track_records
from facilitator.domain.working_days import WorkingDays
from tests.factories import (
    OPENED,
    MeetingHarness,
    agenda,
    carried,
    explained_answer,
    incident_draft,
    risk_draft,
    scorecard,
)

MINUTE = timedelta(minutes=1)
MEI, TOM = PersonId("mei"), PersonId("tom")


def test_every_proposer_has_a_separate_track_record() -> None:
    kept, broken = ProposalResult(by=MEI, is_kept=True), ProposalResult(by=TOM, is_kept=False)
    mei, tom = track_records((kept, broken, kept))
    assert (mei.person, mei.proposed, mei.kept, mei.broken) == (MEI, 2, 2, 0)
    assert (tom.person, tom.proposed, tom.kept, tom.broken) == (TOM, 1, 0, 1)


@pytest.mark.parametrize(("minutes", "counts"), [(60, 1), (61, 0)])
def test_informing_after_exactly_an_hour_is_in_time(minutes: int, counts: int) -> None:
    at = OPENED + minutes * MINUTE
    told = tuple((each, at) for each in Recipient)
    assert incident_stats((incident_draft(told=told),)).in_time == counts


def test_lost_time_is_between_nothing_and_eight_hours() -> None:
    harness = MeetingHarness(agenda())
    harness.clock.advance(hours=9)
    for minutes in (-1, 481):
        with pytest.raises(RuleError):
            harness.step(meeting_rules.record_lost_time, LossCause.OFF_TOPIC, minutes * MINUTE)
    assert harness.step(
        meeting_rules.record_lost_time, LossCause.OFF_TOPIC, 480 * MINUTE
    ).lost_times


def test_the_cost_of_lost_time_is_summed_by_currency() -> None:
    def meeting(currency: str) -> Meeting:
        harness = MeetingHarness(replace(agenda(), currency=Currency(currency)))
        harness.clock.advance(minutes=30)
        return harness.step(meeting_rules.record_lost_time, LossCause.OFF_TOPIC, 6 * MINUTE)

    told = [summarize_meeting(meeting(each)) for each in ("CNY", "CNY", "EUR")]
    (lost,) = lost_time_stats(told)
    assert [(each, round(amount)) for each, amount in lost.costs] == [("CNY", 104), ("EUR", 52)]


@pytest.mark.parametrize(("before", "now"), [("Stock", ""), ("", "Stock"), ("", "")])
def test_an_empty_focus_is_not_a_change(before: str, now: str) -> None:
    assert not has_focus_changed(before, now)


def test_weekends_beyond_the_decree_are_unknown() -> None:
    sunday = date(2026, 12, 27)
    known = WorkingDays(weekend=(5, 6), weekends_until=sunday)
    assert known.day_off(sunday)
    assert known.day_off(sunday + timedelta(weeks=1)) is None


def refocused(
    text: str = "清仓老品", past: str = "Stock", *, has_decider: bool = True
) -> MeetingHarness:
    people = tuple(each if has_decider else replace(each, duties=()) for each in agenda().people)
    harness = MeetingHarness(replace(agenda(), people=people), replace(carried(), focus=past))
    harness.step(focus_rules.answer_focus, text)
    return harness


def test_a_long_focus_is_shortened_in_a_rationale() -> None:
    meeting = refocused("新" * 201, "旧" * 200).step(focus_rules.review_focus, parked=("D2",))
    decision = meeting.decision(DecisionId("D2"))
    assert decision
    assert decision.ruling
    assert decision.ruling.rationale == f"{'旧' * 200} → {'新' * 199}…"


def test_a_focus_review_works_without_a_decider() -> None:
    meeting = refocused(has_decider=False).step(focus_rules.review_focus, parked=("D2",))
    decision = meeting.decision(DecisionId("D2"))
    assert decision
    assert decision.ruling
    assert decision.ruling.decider is None


def test_a_parked_sensitive_action_item_becomes_a_sensitive_topic() -> None:
    harness = refocused()
    harness.step(entry_rules.toggle_sensitivity, "A4")
    meeting = harness.step(focus_rules.review_focus, parked=("A4",))
    assert [each.is_sensitive for each in meeting.topics] == [False, True]


def test_a_new_risk_ignores_the_past_of_its_draft() -> None:
    old = replace(risk_draft(), left_as=risk_draft().state, carried=3)
    (risk,) = MeetingHarness(agenda()).step(risks.raise_risk, old).risks
    assert (risk.left_as, risk.carried, risk.is_new) == (None, 0, True)


def test_a_pause_is_not_counted() -> None:
    harness = MeetingHarness(agenda())
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.pause_or_continue)
    harness.clock.advance(minutes=10)
    assert read_clock(harness.meeting, harness.clock.now()).is_paused
    meeting = harness.step(clock_rules.pause_or_continue)
    clock = read_clock(meeting, harness.clock.now())
    assert (clock.is_paused, clock.elapsed) == (False, timedelta(seconds=20))
    assert clock.next_item is not None
    assert clock.next_item.id == "kpis"


def test_a_past_meeting_has_kpi_names_in_both_languages() -> None:
    card = scorecard()
    named = replace(card, definitions=(replace(card.definitions[0], name_zh="广告销售成本比"),))
    harness = MeetingHarness(agenda())
    harness.step(meeting_rules.load_kpis, named)
    past = summarize_meeting(harness.step(kpi_answers.explain_kpi, explained_answer()))
    assert set(past.kpis.values()) == {"ACoS"}
    assert set(past.kpis_zh.values()) == {"广告销售成本比"}
