"""A changed focus: what is open is kept, parked or killed, in one step."""

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.decision import DecisionId, Outcome
from facilitator.domain.errors import RuleError
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.open_points import FOCUS_CHANGED, open_points
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import Request
from facilitator.domain.rules import actions
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import MeetingHarness, accept_open_points, agenda, carried, question


def refocused(text: str = "清仓老品") -> MeetingHarness:
    """Return a meeting whose focus is `text`, after “Stock before the holidays”."""
    harness = MeetingHarness(agenda(), carried())
    harness.step(focus_rules.answer_focus, text)
    return harness


def test_case_and_blanks_do_not_change_the_focus():
    assert not has_focus_changed("Stock  before", "STOCK before\n")
    assert not has_focus_changed("", "Stock")
    assert has_focus_changed("推新品", "清仓老品")


def test_killed_action_items_and_decisions_are_dropped_with_the_reason():
    meeting = refocused().step(focus_rules.review_focus, killed=("A4", "D2"), reason="Too late")
    action, decision = meeting.action(ActionId("A4")), meeting.decision(DecisionId("D2"))
    assert action
    assert (action.status, action.evidence) == (ActionStatus.DROPPED, "Too late")
    assert ActionId("A4") in meeting.reviewed
    assert decision
    assert decision.ruling
    ruling = decision.ruling
    assert (ruling.outcome, ruling.rationale, ruling.decider) == (
        Outcome.DROPPED,
        "Too late",
        PersonId("boss"),
    )


def test_a_parked_action_item_becomes_a_topic_and_a_parked_decision_is_postponed():
    meeting = refocused().step(focus_rules.review_focus, parked=("A4", "D2"))
    action, decision = meeting.action(ActionId("A4")), meeting.decision(DecisionId("D2"))
    assert action
    assert (action.status, action.evidence) == (ActionStatus.DROPPED, "→ P2")
    assert [each.text for each in meeting.topics] == [
        "A second warehouse",
        "Photograph the new bottle",
    ]
    assert meeting.numbers.topic == 3
    assert decision
    assert decision.ruling
    assert decision.ruling.outcome is Outcome.POSTPONED
    assert decision.ruling.rationale == "Stock before the holidays → 清仓老品"
    assert decision.times_postponed == 2


def test_a_parked_incomplete_request_is_returned():
    asked = replace(question("More money?"), id=DecisionId("D2"), request=Request(amount=1.0))
    harness = MeetingHarness(agenda(), replace(carried(), decisions=(asked,)))
    harness.step(focus_rules.answer_focus, "清仓老品")
    decision = harness.step(focus_rules.review_focus, parked=("D2",)).decision(DecisionId("D2"))
    assert decision
    assert decision.ruling
    assert decision.ruling.outcome is Outcome.RETURNED


def test_entries_neither_parked_nor_killed_are_kept_and_recorded():
    meeting = refocused().step(focus_rules.review_focus, killed=("D2",), reason="Too late")
    (review,) = meeting.focus_reviews
    assert (review.kept, review.killed) == (("A4", "D3", "D4"), ("D2",))
    assert meeting.open_actions


def test_one_undo_reverts_a_focus_review_but_not_its_numbers():
    harness = refocused()
    before = harness.meeting
    harness.step(focus_rules.review_focus, parked=("A4",), killed=("D2",), reason="Too late")
    after = harness.undo()
    assert (after.actions, after.decisions, after.topics) == (
        before.actions,
        before.decisions,
        before.topics,
    )
    assert after.focus_reviews == ()
    assert after.numbers.topic == before.numbers.topic + 1
    assert [each.decision_id for each in after.withdrawn] == ["D2"]


def test_a_changed_focus_is_an_optional_open_point_until_reviewed():
    harness = refocused()
    assert FOCUS_CHANGED in open_points(harness.meeting)
    assert not FOCUS_CHANGED.must_be_settled
    harness.step(focus_rules.review_focus)
    assert FOCUS_CHANGED not in open_points(harness.meeting)
    assert FOCUS_CHANGED in open_points(harness.step(focus_rules.answer_focus, "Another focus"))
    harness.close()


def test_a_focus_review_without_change_with_unknown_ids_or_no_reason_is_refused():
    with pytest.raises(RuleError, match="has not changed"):
        refocused("stock before the  holidays").step(focus_rules.review_focus)
    with pytest.raises(RuleError, match="A9"):
        refocused().step(focus_rules.review_focus, parked=("A9",))
    with pytest.raises(RuleError, match="Say why"):
        refocused().step(focus_rules.review_focus, killed=("A4",))


def test_action_items_of_today_are_not_reviewed():
    harness = refocused()
    harness.step(actions.finish_action, ActionId("A4"))
    with pytest.raises(RuleError, match="A4"):
        harness.step(focus_rules.review_focus, parked=("A4",))
    accept_open_points(harness)
    harness.step(meeting_rules.close_meeting)
    with pytest.raises(RuleError, match="closed"):
        harness.step(focus_rules.review_focus)
