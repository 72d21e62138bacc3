"""Rulings that carry a decision over, incomplete requests, and outcomes of requests."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import (
    Decision,
    DecisionId,
    DecisionKind,
    Option,
    OptionId,
    Outcome,
    PositionKind,
)
from facilitator.domain.errors import RuleError
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import (
    Experiment,
    Reallocation,
    Request,
    RiskProposal,
    missing_values,
)
from facilitator.domain.request_outcome import request_outcome
from facilitator.domain.rules import approval, decisions
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import (
    ACOS,
    ON,
    REQUEST,
    MeetingHarness,
    agenda,
    meeting_with,
    question,
    scorecard,
)

D1, A, B = DecisionId("D1"), OptionId("A"), OptionId("B")


def d1(harness: MeetingHarness) -> Decision:
    return harness.meeting.decisions[0]


def test_an_amended_option_needs_a_reason_of_its_own() -> None:
    harness = meeting_with(question("Raise the bids?", why="The rank fell"))
    with pytest.raises(RuleError, match="Say why"):
        harness.step(decisions.choose_option, D1, A, amendment="15 % only")
    harness.step(decisions.choose_option, D1, A, "Cash is short", amendment="15 % only")
    ruling = d1(harness).ruling
    assert ruling is not None
    assert (ruling.option, ruling.amendment) == (A, "15 % only")


def test_a_returned_decision_is_carried_over_unvetted() -> None:
    harness = meeting_with(question("Raise the bids?"))
    harness.step(approval.take_position, D1, PersonId("tom"), PositionKind.VETTED)
    with pytest.raises(RuleError, match="what is missing"):
        harness.step(decisions.return_decision, D1)
    harness.step(decisions.return_decision, D1, "The past ROI")
    returned = d1(harness)
    assert returned.is_carried_over
    assert returned.is_due(ON)
    again = returned.carry_over()
    assert (again.is_open, again.vetting) == (True, None)
    assert [each.rationale for each in again.past] == ["The past ROI"]


def test_a_postponed_decision_is_carried_over_vetted() -> None:
    harness = meeting_with(question("Raise the bids?"))
    harness.step(approval.take_position, D1, PersonId("tom"), PositionKind.VETTED)
    harness.step(decisions.postpone_decision, D1, "No quote yet")
    assert d1(harness).carry_over().vetting == d1(harness).vetting


def test_a_decision_with_a_review_date_returns_on_that_day() -> None:
    harness = meeting_with(question("Raise the bids?", why="The rank fell"))
    with pytest.raises(RuleError, match="after today"):
        harness.step(decisions.choose_option, D1, A, review_on=ON)
    harness.step(decisions.choose_option, D1, A, review_on=date(2026, 12, 7))
    settled = d1(harness)
    assert settled.is_carried_over
    assert not settled.is_due(date(2026, 12, 6))
    assert settled.is_due(date(2026, 12, 7))
    assert settled.carry_over().is_review


def test_a_settled_decision_without_a_review_date_stays_settled() -> None:
    harness = meeting_with(question("Raise the bids?", why="The rank fell"))
    harness.step(decisions.choose_option, D1, A)
    assert not d1(harness).is_carried_over


def test_a_ruling_outside_the_meeting_cannot_be_in_the_future() -> None:
    harness = meeting_with(question("Raise the bids?", why="The rank fell"))
    with pytest.raises(RuleError, match="today or earlier"):
        harness.step(decisions.choose_option, D1, A, outside_on=date(2026, 11, 24))


def test_the_kind_of_a_decision_is_that_of_its_proposal() -> None:
    plain = question("Which?")
    tried = replace(plain, experiment=Experiment(variant="Image B"))
    moved = replace(
        plain,
        reallocation=Reallocation(
            source=Marketplace("DE"), target=Marketplace("US"), amount="$ 500 a week"
        ),
    )
    risk = replace(plain, risk=RiskProposal(threat="Stock runs out", solution="Air freight"))
    drafts = (plain, replace(plain, request=REQUEST), tried, moved, risk)
    assert [each.kind for each in drafts] == list(DecisionKind)


def test_a_decision_has_one_proposal_at_most() -> None:
    harness = meeting_with(question("Which?"))
    both = replace(question("Two?"), request=REQUEST, experiment=Experiment(variant="B"))
    with pytest.raises(RuleError, match="only one form"):
        harness.step(decisions.propose_decision, both)


def test_a_reallocation_needs_two_marketplaces() -> None:
    harness = meeting_with(question("Which?"))
    moved = Reallocation(source=Marketplace("DE"), target=Marketplace("DE"), amount="all")
    with pytest.raises(RuleError, match="two different marketplaces"):
        harness.step(decisions.propose_decision, replace(question("Move?"), reallocation=moved))


def test_an_incomplete_request_can_only_be_returned_or_dropped() -> None:
    harness = meeting_with(replace(question("20 % more?"), request=replace(REQUEST, roi_file="")))
    with pytest.raises(RuleError, match="cannot be decided yet"):
        harness.step(decisions.choose_option, D1, A, "Go")
    with pytest.raises(RuleError, match="cannot be decided yet"):
        harness.step(decisions.postpone_decision, D1, "Later")
    harness.step(decisions.return_decision, D1)
    assert d1(harness).ruling is not None


def test_a_request_lists_its_missing_figures() -> None:
    assert len(tuple(missing_values(Request()))) == 6
    assert tuple(missing_values(replace(REQUEST, past_roi=0.0))) == ()


@pytest.mark.parametrize(
    ("uplift", "weeks", "payback"), [(4_000.0, 8, 2.0), (500.0, 8, 16.0), (-1.0, 8, None)]
)
def test_payback_assumes_an_even_uplift(uplift: float, weeks: int, payback: float | None) -> None:
    assert replace(REQUEST, uplift=uplift, weeks=weeks).payback_weeks == payback


@pytest.mark.parametrize("amount", [0.0, -5.0, float("nan"), float("inf")])
def test_the_amount_of_a_request_must_be_positive_and_finite(amount: float) -> None:
    harness = meeting_with(question("Which?"))
    asked = replace(question("More?"), request=replace(REQUEST, amount=amount))
    with pytest.raises(RuleError):
        harness.step(decisions.propose_decision, asked)


def test_a_granted_request_returns_for_review_when_its_period_ends() -> None:
    harness = meeting_with(
        replace(question("20 % more?", why="It pays"), request=REQUEST, kpi=ACOS)
    )
    harness.step(decisions.choose_option, D1, A)
    ruling = d1(harness).ruling
    assert ruling is not None
    assert (ruling.review_on, ruling.kpi_value) == (date(2027, 1, 18), 31.2)
    outcome = request_outcome(harness.meeting, d1(harness))
    assert outcome is not None
    assert (outcome.was, outcome.got, outcome.by) == (31.2, None, date(2027, 1, 18))


def test_a_refused_request_has_no_outcome() -> None:
    harness = meeting_with(replace(question("20 % more?"), request=REQUEST, kpi=ACOS))
    harness.step(decisions.choose_option, D1, B, "Too dear")
    ruling = d1(harness).ruling
    assert ruling is not None
    assert ruling.outcome is Outcome.CHOSEN
    assert ruling.review_on is None
    assert request_outcome(harness.meeting, d1(harness)) is None


@pytest.mark.parametrize(("acos", "is_kept"), [(24.0, True), (25.0, True), (26.0, False)])
def test_the_review_compares_promised_and_actual_value(acos: float, is_kept: bool) -> None:
    harness = meeting_with(
        replace(question("20 % more?", why="It pays"), request=REQUEST, kpi=ACOS)
    )
    harness.step(decisions.choose_option, D1, A)
    later = MeetingHarness(
        replace(agenda(), decisions=()), CarryOver(decisions=(d1(harness).carry_over(),))
    )
    later.step(meeting_rules.load_kpis, scorecard(acos=acos))
    outcome = request_outcome(later.meeting, later.meeting.decisions[0])
    assert outcome is not None
    assert (outcome.was, outcome.got, outcome.is_kept) == (31.2, acos, is_kept)
    later.step(decisions.choose_option, D1, A, "It goes on")
    ruled = later.meeting.decisions[0]
    assert ruled.ruling is not None
    assert ruled.ruling.review_on is None
    kept = request_outcome(later.meeting, ruled)
    assert kept is not None
    assert kept.is_kept is is_kept


def test_a_dropped_decision_is_settled_and_a_postponed_one_is_not() -> None:
    harness = meeting_with(replace(question("Air or sea?"), proposed_on=date(2026, 11, 16)))
    harness.step(decisions.postpone_decision, D1, "No quote yet")
    assert d1(harness).days_to_ruling is None
    harness.undo()
    harness.step(decisions.drop_decision, D1, "The lid sold out")
    assert (d1(harness).settled_on, d1(harness).days_to_ruling) == (ON, 7)


def test_a_decision_without_a_decider_is_decided_by_the_meetings() -> None:
    gone = replace(question("Air or sea?", why="Stock ends"), decider=PersonId("gone"))
    later = MeetingHarness(
        replace(agenda(), decisions=()), CarryOver(decisions=(replace(gone, id=D1),))
    )
    later.step(decisions.choose_option, D1, A)
    ruled = later.meeting.decisions[0].ruling
    assert ruled is not None
    assert ruled.decider == PersonId("boss")


def test_a_period_has_a_maximum() -> None:
    with pytest.raises(RuleError, match="at most 104 weeks"):
        MeetingHarness(agenda()).step(
            decisions.propose_decision, replace(question("More?"), request=Request(weeks=10**9))
        )


def test_a_request_with_a_margin_is_paid_back_by_profit() -> None:
    assert replace(REQUEST, margin=50.0).payback_weeks == 4.0
    assert replace(REQUEST, margin=50.0, uplift=-1.0).payback_weeks is None


@pytest.mark.parametrize("margin", [0.0, -5.0, 101.0, float("nan")])
def test_a_margin_is_a_percentage(margin: float) -> None:
    harness = meeting_with(question("Which?"))
    asked = replace(question("More?"), request=replace(REQUEST, margin=margin))
    with pytest.raises(RuleError):
        harness.step(decisions.propose_decision, asked)


def test_a_question_without_options_is_decided_with_those_that_are_offered() -> None:
    offered = (Option(id=A, title="Approve"), Option(id=B, title="Approve less"))
    harness = meeting_with(replace(question("Air?"), options=(), recommended=None))
    with pytest.raises(RuleError, match="does not have that option"):
        harness.step(decisions.choose_option, D1, B, "Half of it")
    harness.step(decisions.choose_option, D1, B, "Half of it", offered=offered)
    assert d1(harness).chosen == offered[1]
    harness.undo()
    assert d1(harness).options == ()


def test_a_question_with_options_keeps_its_own() -> None:
    harness = meeting_with(question("Air?"))
    harness.step(decisions.choose_option, D1, B, "Cash", offered=(Option(id=A, title="Approve"),))
    assert [each.title for each in d1(harness).options] == ["Yes", "No"]


def test_a_request_without_uplift_never_pays_back() -> None:
    request = replace(REQUEST, uplift=0.0)
    assert list(missing_values(request)) == []
    assert request.payback_weeks is None


def test_a_postponed_review_stays_a_review() -> None:
    harness = meeting_with(
        replace(question("20 % more?", why="It pays"), request=REQUEST, kpi=ACOS)
    )
    harness.step(decisions.choose_option, D1, A)
    later = MeetingHarness(
        replace(agenda(), decisions=()), CarryOver(decisions=(d1(harness).carry_over(),))
    )
    later.step(decisions.postpone_decision, D1, "No figures yet")
    again = later.meeting.decisions[0].carry_over()
    assert again.is_review
    assert [each.outcome for each in again.past] == [Outcome.CHOSEN, Outcome.POSTPONED]
