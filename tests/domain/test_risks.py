"""Risks: who has to report, and what becomes of a raised risk."""

import pytest
from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.errors import RuleError
from facilitator.domain.kpis.kpi import KpiPlan
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.domain.people import PersonId
from facilitator.domain.risk import (
    RiskId,
    RisksOfPerson,
    RiskState,
    risks_by_person,
    sorted_by_severity,
)
from facilitator.domain.risk_disclosure import (
    has_signed_no_problem,
    reporters,
    risks_raised_by,
    silent_reporters,
)
from facilitator.domain.rules import decisions, risks
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import ACOS, ITEMS, MeetingHarness, agenda, question, risk_draft

MEI, TOM, ANA, BOSS = map(PersonId, ("mei", "tom", "ana", "boss"))
LEADS = {"opening": BOSS, "kpis": TOM, "ads": MEI, "decisions": BOSS, "actions": TOM}


@pytest.fixture
def harness() -> MeetingHarness:
    """Begin a meeting: Tom and Mei lead items, Ana owns a KPI, the boss leads and decides."""
    items = tuple(replace(item, lead=LEADS.get(item.id)) for item in ITEMS)
    plans = (KpiPlan(kpi=ACOS, owner=ANA),)
    left = replace(
        risk_draft("Ads run away", owner=ANA), id=RiskId("R3"), state=RiskState.WATCHED, carried=1
    )
    return MeetingHarness(
        replace(agenda(), items=items, kpis=plans, decisions=()),
        CarryOver(risks=(left,), numbers=NextNumbers(risk=4)),
    )


def people_asked(meeting: Meeting) -> list[str]:
    return [end.id for end in open_points(meeting) if end.subject is OpenPointSubject.REPORTER]


def test_item_leads_and_kpi_owners_report_but_not_the_decider(harness):
    assert [each.id for each in reporters(harness.meeting)] == [MEI, TOM, ANA]
    assert people_asked(harness.meeting) == [MEI, TOM, ANA]


def test_absent_people_need_not_raise_a_risk(harness):
    harness.step(meeting_rules.take_attendance, (TOM,))
    assert people_asked(harness.meeting) == [MEI, ANA]


def test_a_new_risk_a_signature_or_a_worse_risk_counts_as_a_report(harness):
    harness.step(risks.raise_risk, risk_draft(raised_by=MEI))
    harness.step(risks.sign_no_problem, TOM)
    harness.step(risks.set_risk_state, RiskId("R3"), RiskState.OUT_OF_CONTROL)
    assert silent_reporters(harness.meeting) == ()
    assert risks_raised_by(harness.meeting, ANA)[0].id == "R3"
    harness.undo()
    assert people_asked(harness.meeting) == [ANA]


def test_a_risk_that_improved_does_not_count_as_a_report(harness):
    harness.step(risks.set_risk_state, RiskId("R3"), RiskState.CONTROLLED)
    assert ANA in people_asked(harness.meeting)


def test_a_missing_report_can_be_accepted_with_a_reason(harness):
    harness.step(meeting_rules.accept_open_point, f"reporter:{MEI}", "Had to leave early")
    assert people_asked(harness.meeting) == [TOM, ANA]


def test_a_raised_risk_replaces_a_signature(harness):
    harness.step(risks.sign_no_problem, MEI)
    assert has_signed_no_problem(harness.meeting, MEI)
    harness.step(risks.raise_risk, risk_draft(raised_by=MEI))
    assert not has_signed_no_problem(harness.meeting, MEI)
    with pytest.raises(RuleError, match="陈梅 named R4 today"):
        harness.step(risks.sign_no_problem, MEI)
    harness.step(risks.sign_no_problem, MEI, is_signed=False)
    assert harness.meeting.signed == ()


def test_a_carried_over_risk_has_its_age_and_previous_state(harness):
    (risk,) = harness.meeting.risks
    assert (risk.carried, risk.left_as, risk.is_new) == (2, RiskState.WATCHED, False)
    harness.step(risks.change_risk, replace(risk, carried=0, left_as=None, text="Ads  run\naway"))
    assert harness.meeting.risks == (risk,)


def test_the_number_of_an_undone_risk_stays_used(harness):
    harness.step(risks.raise_risk, risk_draft())
    harness.undo()
    assert harness.step(risks.raise_risk, risk_draft("The lid leaks")).risks[-1].id == "R5"


def test_a_closed_risk_has_a_reason_and_cannot_be_changed(harness):
    with pytest.raises(RuleError, match="how it was solved"):
        harness.step(risks.close_risk, RiskId("R3"), " ")
    (over,) = harness.step(risks.close_risk, RiskId("R3"), "Bids are capped").risks
    assert (over.state, over.ended_by) == (RiskState.OVER, "Bids are capped")
    with pytest.raises(RuleError, match="R3 is closed"):
        harness.step(risks.set_risk_state, RiskId("R3"), RiskState.WATCHED)


def test_a_risk_needs_a_text_and_known_people(harness):
    for draft in (
        risk_draft(" "),
        risk_draft(owner=PersonId("eve")),
        risk_draft(raised_by=PersonId("eve")),
    ):
        with pytest.raises(RuleError):
            harness.step(risks.raise_risk, draft)
    with pytest.raises(RuleError, match="how it was solved"):
        harness.step(risks.set_risk_state, RiskId("R3"), RiskState.OVER)


def test_a_risk_whose_owner_left_can_be_changed(harness):
    gone = replace(risk_draft(owner=PersonId("eve")), id=RiskId("R3"))
    again = MeetingHarness(harness.meeting.agenda, CarryOver(risks=(gone,)))
    (moved,) = again.step(risks.set_risk_state, RiskId("R3"), RiskState.CONTROLLED).risks
    (worded,) = again.step(risks.change_risk, replace(moved, text="Late again")).risks
    assert (worded.state, worded.text, worded.owner) == (RiskState.CONTROLLED, "Late again", "eve")


def test_a_risk_becomes_a_decision_in_one_step(harness):
    meeting = harness.step(risks.propose_decision_on_risk, question("Cap the bids?"), RiskId("R3"))
    assert meeting.risks[0].decision == meeting.decisions[-1].id
    assert harness.undo().risks[0].decision is None


def test_a_risk_with_an_open_decision_cannot_get_another(harness):
    people_asked = harness.step(
        risks.propose_decision_on_risk, question("Cap the bids?"), RiskId("R3")
    )
    with pytest.raises(RuleError, match="has not been decided"):
        harness.step(risks.propose_decision_on_risk, question("Stop the ads?"), RiskId("R3"))
    harness.step(decisions.drop_decision, people_asked.decisions[-1].id, "Too little known")
    again = harness.step(risks.propose_decision_on_risk, question("Stop the ads?"), RiskId("R3"))
    assert again.risks[0].decision == again.decisions[-1].id


def test_the_risk_register_is_sorted_worst_first():
    known = tuple(
        replace(risk_draft(), id=RiskId(f"R{number}"), state=state)
        for number, state in ((10, "watched"), (9, "watched"), (1, "over"), (2, "out_of_control"))
        for state in (RiskState(state),)
    )
    assert [each.id for each in sorted_by_severity(known)] == ["R2", "R9", "R10", "R1"]


def test_people_with_solutions_are_credited_first():
    rules = (
        ("Mei", risk_draft()),
        ("Tom", risk_draft(solution="Air")),
        ("Mei", risk_draft(solution="Cap")),
        ("Mei", risk_draft(solution="Seal")),
        ("Ana", risk_draft()),
    )
    assert risks_by_person(rules) == (
        RisksOfPerson(name="Mei", named=3, solved=2),
        RisksOfPerson(name="Tom", named=1, solved=1),
        RisksOfPerson(name="Ana", named=1, solved=0),
    )
