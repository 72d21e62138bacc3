"""Approval of a decision: who reviews it, bypasses, and how long it took."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.approval import (
    Bypass,
    BypassKind,
    find_action_bypass,
    find_decision_bypass,
    is_proposer_missing,
    likely_proposer,
    required_vetter,
)
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId, PositionKind
from facilitator.domain.errors import RuleError
from facilitator.domain.open_points import open_points
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, approval, decisions
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import (
    ACOS,
    ITEMS,
    PEOPLE,
    REQUEST,
    MeetingHarness,
    action_draft,
    agenda,
    question,
    scorecard,
)

MEI, TOM, ANA, BOSS = (PersonId(name) for name in ("mei", "tom", "ana", "boss"))
D1, A = DecisionId("D1"), OptionId("A")


@pytest.fixture
def harness() -> MeetingHarness:
    """Mei proposed D1; Tom supervises her; the boss decides."""
    return MeetingHarness(agenda())


def d1(harness: MeetingHarness) -> Decision:
    return harness.meeting.decisions[0]


def bypass_of(harness: MeetingHarness) -> tuple[BypassKind, PersonId] | None:
    found: Bypass | None = find_decision_bypass(harness.meeting, d1(harness))
    return (found.kind, found.supervisor.id) if found else None


def task(owner: PersonId) -> ActionItem:
    return action_draft("Lower the bids", owner=owner, decision=D1)


def test_the_decision_of_an_operator_is_vetted_by_their_supervisor(harness: MeetingHarness) -> None:
    vetter = required_vetter(harness.meeting, d1(harness))
    assert vetter is not None
    assert vetter.id == TOM


def test_a_supervisors_own_decision_needs_no_vetting(harness: MeetingHarness) -> None:
    harness.step(decisions.change_decision, replace(d1(harness), proposer=TOM))
    harness.step(decisions.choose_option, D1, A)
    assert required_vetter(harness.meeting, d1(harness)) is None
    assert bypass_of(harness) is None


def test_a_decision_returning_for_review_is_not_vetted_again(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, D1, A, review_on=date(2026, 12, 7))
    reviewed = d1(harness).carry_over()

    assert reviewed.is_review
    assert required_vetter(harness.meeting, reviewed) is None


def test_a_ruling_without_vetting_bypasses_the_supervisor(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, D1, A)
    assert bypass_of(harness) == (BypassKind.UNVETTED, TOM)


def test_a_bypass_is_an_open_point_that_does_not_prevent_closing(
    harness: MeetingHarness,
) -> None:
    harness.step(decisions.choose_option, D1, A)
    (end,) = [each for each in open_points(harness.meeting) if each.key == "shortcut:D1"]
    assert str(end.message) == "D1 bypassed the supervisor Tom Hale."
    assert not end.must_be_settled


def test_a_ruling_after_vetting_bypasses_nobody(harness: MeetingHarness) -> None:
    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    harness.step(decisions.choose_option, D1, A)
    assert bypass_of(harness) is None
    assert d1(harness).vetting == d1(harness).stances[0]


def test_a_bypass_is_resolved_when_the_supervisor_owns_the_action_items(
    harness: MeetingHarness,
) -> None:
    harness.step(decisions.choose_option, D1, A)
    harness.step(actions.add_action, task(TOM))
    assert bypass_of(harness) is None


def test_a_bypass_can_be_accepted_with_a_reason(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, D1, A)
    harness.step(approval.accept_decision_bypass, D1, "  Tom is on leave ")
    assert bypass_of(harness) is None
    assert d1(harness).shortcut_reason == "Tom is on leave"
    with pytest.raises(RuleError, match="did not bypass a supervisor"):
        harness.step(approval.accept_decision_bypass, D1, "Again")


def test_a_new_ruling_needs_its_own_reason_for_a_bypass(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, D1, A)
    harness.step(approval.accept_decision_bypass, D1, "Tom is on leave")
    harness.step(decisions.reopen_decision, D1)
    harness.step(decisions.choose_option, D1, OptionId("B"), "It is cheaper")
    assert bypass_of(harness) == (BypassKind.UNVETTED, TOM)


def test_an_action_item_of_the_deciders_own_decision_can_bypass_the_supervisor(
    harness: MeetingHarness,
) -> None:
    harness.step(decisions.change_decision, replace(d1(harness), proposer=BOSS))
    harness.step(decisions.choose_option, D1, A)
    assert bypass_of(harness) is None
    harness.step(actions.add_action, task(MEI))
    assert bypass_of(harness) == (BypassKind.DIRECT, TOM)
    harness.step(actions.add_action, task(TOM))
    assert bypass_of(harness) is None


def test_only_a_supervisor_who_neither_proposes_nor_decides_can_vet(
    harness: MeetingHarness,
) -> None:
    for person in (MEI, BOSS):
        with pytest.raises(RuleError, match="Neither the proposer nor the decider"):
            harness.step(approval.take_position, D1, person, PositionKind.VETTED)
    with pytest.raises(RuleError, match="Only a supervisor can review"):
        harness.step(approval.take_position, D1, ANA, PositionKind.VETTED)


def test_a_settled_decision_cannot_be_vetted(harness: MeetingHarness) -> None:
    harness.step(decisions.choose_option, D1, A)
    with pytest.raises(RuleError, match="before the decision"):
        harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)


def test_an_objection_needs_a_reason(harness: MeetingHarness) -> None:
    with pytest.raises(RuleError, match="what the objection is"):
        harness.step(approval.take_position, D1, ANA, PositionKind.AGAINST, " ")


def test_the_last_position_of_a_person_counts(harness: MeetingHarness) -> None:
    harness.step(approval.take_position, D1, ANA, PositionKind.AGAINST, "Too dear")
    harness.step(approval.take_position, D1, TOM, PositionKind.FOR)
    harness.step(approval.take_position, D1, ANA, PositionKind.ABSTAINED)
    assert [(each.person, each.view) for each in d1(harness).stances] == [
        (TOM, PositionKind.FOR),
        (ANA, PositionKind.ABSTAINED),
    ]


def test_days_are_counted_from_the_proposal_to_the_ruling(harness: MeetingHarness) -> None:
    asked = replace(d1(harness), proposed_on=date(2026, 11, 16))
    other = MeetingHarness(agenda(), CarryOver(decisions=(asked,)))
    assert asked.days_to_ruling is None
    other.step(decisions.choose_option, D1, A)
    assert other.meeting.decisions[0].days_to_ruling == 7


def test_a_ruling_outside_the_meeting_counts_from_its_own_day(harness: MeetingHarness) -> None:
    asked = replace(d1(harness), proposed_on=date(2026, 11, 16))
    other = MeetingHarness(agenda(), CarryOver(decisions=(asked,)))
    other.step(decisions.choose_option, D1, A, outside_on=date(2026, 11, 18))
    assert other.meeting.decisions[0].days_to_ruling == 2


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Raise the bids in France?"},
        {"request": REQUEST},
        {"options": (Option(id=A, title="Yes, twice"), Option(id=OptionId("B"), title="No"))},
    ],
)
def test_a_decision_changed_after_vetting_has_to_be_vetted_again(
    harness: MeetingHarness, change: dict[str, Any]
) -> None:
    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    harness.step(decisions.change_decision, replace(d1(harness), **change))
    lapsed = d1(harness).lapsed
    assert d1(harness).vetting is None
    assert lapsed is not None
    assert lapsed.person == TOM

    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    assert (d1(harness).vetting is not None, d1(harness).lapsed) == (True, None)


def test_vetting_again_renews_a_lapsed_vetting(
    harness: MeetingHarness,
) -> None:
    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    harness.step(decisions.change_decision, replace(d1(harness), question="Raise them in France?"))
    harness.step(approval.take_position, D1, ANA, PositionKind.FOR)
    assert d1(harness).lapsed is not None
    harness.step(approval.take_position, D1, TOM, PositionKind.AGAINST, "Too dear there")
    assert d1(harness).lapsed is None


def test_changing_the_background_does_not_affect_the_vetting(harness: MeetingHarness) -> None:
    harness.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    harness.step(decisions.change_decision, replace(d1(harness), background="Two weeks running"))
    assert d1(harness).vetting is not None


def give_action(harness: MeetingHarness, owner: PersonId, given_by: PersonId = BOSS) -> ActionItem:
    draft = action_draft("Call the carrier", owner=owner, given_by=given_by)
    return harness.step(actions.add_action, draft).actions[-1]


def test_an_action_item_given_directly_to_an_operator_is_a_bypass(
    harness: MeetingHarness,
) -> None:
    task = give_action(harness, MEI)
    assert find_action_bypass(harness.meeting, task) == Bypass(
        kind=BypassKind.DIRECT, supervisor=PEOPLE[1]
    )
    assert f"action:{task.id}:shortcut" in {each.key for each in open_points(harness.meeting)}
    assert find_action_bypass(harness.meeting, give_action(harness, TOM)) is None
    assert find_action_bypass(harness.meeting, give_action(harness, MEI, given_by=TOM)) is None


def test_a_bypassing_action_item_can_be_directed_to_the_supervisor(harness: MeetingHarness) -> None:
    task = give_action(harness, MEI)
    directed = harness.step(approval.direct_to_supervisor, task.id).actions[-1]
    assert (directed.owner, find_action_bypass(harness.meeting, directed)) == (TOM, None)
    with pytest.raises(RuleError, match="did not bypass a supervisor"):
        harness.step(approval.direct_to_supervisor, task.id)
    assert harness.undo().actions[-1].owner == MEI


def test_a_bypassing_action_item_accepted_with_a_reason_holds_until_its_owner_changes(
    harness: MeetingHarness,
) -> None:
    task = give_action(harness, MEI)
    with pytest.raises(RuleError, match="why the supervisor was bypassed"):
        harness.step(approval.accept_action_bypass, task.id, " ")
    kept = harness.step(approval.accept_action_bypass, task.id, "Tom is on leave").actions[-1]
    assert find_action_bypass(harness.meeting, kept) is None
    harness.step(actions.change_action, replace(kept, owner=ANA))
    back = harness.step(actions.change_action, replace(kept, owner=MEI)).actions[-1]
    assert find_action_bypass(harness.meeting, back) is not None


def test_a_bypassing_action_item_handed_over_needs_a_new_reason(
    harness: MeetingHarness,
) -> None:
    task = give_action(harness, MEI)
    harness.step(approval.accept_action_bypass, task.id, "Tom is on leave")
    harness.step(actions.hand_over_action, task.id, "Ill", ANA)
    back = harness.step(actions.hand_over_action, task.id, "Well again", MEI).actions[-1]
    assert find_action_bypass(harness.meeting, back) is not None


def test_a_question_is_likely_proposed_by_the_owner_of_its_kpi_or_the_lead_of_the_item() -> None:
    led = (replace(ITEMS[0], lead=ANA), replace(ITEMS[1], lead=BOSS), *ITEMS[2:])
    harness = MeetingHarness(replace(agenda(), items=led))
    harness.step(meeting_rules.load_kpis, scorecard())
    assert likely_proposer(harness.meeting, ACOS) == MEI
    harness.step(clock_rules.start_next_item)
    assert likely_proposer(harness.meeting) == ANA
    harness.step(clock_rules.start_next_item)
    assert likely_proposer(harness.meeting) is None  # questions are put to the decider


def test_who_proposed_a_question_matters_where_somebody_has_a_supervisor() -> None:
    unknown = replace(question("Air or sea?"), proposer=None)
    assert is_proposer_missing(MeetingHarness(agenda()).meeting, unknown)
    alone = tuple(replace(each, supervisor=None) for each in PEOPLE)
    assert not is_proposer_missing(MeetingHarness(replace(agenda(), people=alone)).meeting, unknown)
