"""The stages of a decision: who has to vet it, whom a ruling passed by, how long it took."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.approval import (
    Bypass,
    BypassKind,
    find_action_bypass,
    find_decision_bypass,
    required_vetter,
)
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId, PositionKind
from facilitator.domain.errors import RuleError
from facilitator.domain.open_points import open_points
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, approval, decisions
from tests.building import PEOPLE, REQUEST, Table, agenda

MEI, TOM, ANA, BOSS = (PersonId(name) for name in ("mei", "tom", "ana", "boss"))
D1, A = DecisionId("D1"), OptionId("A")


@pytest.fixture
def table() -> Table:
    """Mei proposed D1; Tom supervises her; the boss decides."""
    return Table(agenda())


def d1(table: Table) -> Decision:
    return table.meeting.decisions[0]


def passed(table: Table) -> tuple[BypassKind, PersonId] | None:
    found: Bypass | None = find_decision_bypass(table.meeting, d1(table))
    return (found.way, found.past.id) if found else None


def task(owner: PersonId) -> ActionItem:
    return ActionItem(id=ActionId(""), title="Lower the bids", owner=owner, decision=D1)


def test_what_an_operator_proposes_is_vetted_by_their_supervisor(table: Table) -> None:
    vetter = required_vetter(table.meeting, d1(table))
    assert vetter is not None
    assert vetter.id == TOM


def test_nobody_stands_between_a_supervisor_and_the_decider(table: Table) -> None:
    table.step(decisions.change_decision, replace(d1(table), proposer=TOM))
    table.step(decisions.choose_option, D1, A)
    assert required_vetter(table.meeting, d1(table)) is None
    assert passed(table) is None


def test_what_comes_back_for_its_review_is_not_vetted_again(table: Table) -> None:
    table.step(decisions.choose_option, D1, A, review_on=date(2026, 12, 7))
    reviewed = d1(table).carry_over()

    assert reviewed.is_review
    assert required_vetter(table.meeting, reviewed) is None


def test_a_ruling_without_the_vetting_passes_the_supervisor_by(table: Table) -> None:
    table.step(decisions.choose_option, D1, A)
    assert passed(table) == (BypassKind.UNVETTED, TOM)


def test_a_shortcut_is_an_open_end_that_does_not_keep_the_meeting_from_closing(
    table: Table,
) -> None:
    table.step(decisions.choose_option, D1, A)
    (end,) = [each for each in open_points(table.meeting) if each.key == "shortcut:D1"]
    assert str(end.says) == "D1 went past the supervisor Tom Hale."
    assert not end.must_be_settled


def test_a_vetted_ruling_passes_nobody_by(table: Table) -> None:
    table.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    table.step(decisions.choose_option, D1, A)
    assert passed(table) is None
    assert d1(table).vetting == d1(table).stances[0]


def test_the_supervisor_who_breaks_it_down_was_not_left_out(table: Table) -> None:
    table.step(decisions.choose_option, D1, A)
    table.step(actions.add_action, task(TOM))
    assert passed(table) is None


def test_a_shortcut_can_be_accepted_with_a_reason(table: Table) -> None:
    table.step(decisions.choose_option, D1, A)
    table.step(approval.accept_decision_bypass, D1, "  Tom is on leave ")
    assert passed(table) is None
    assert d1(table).shortcut_reason == "Tom is on leave"
    with pytest.raises(RuleError, match="passed no supervisor by"):
        table.step(approval.accept_decision_bypass, D1, "Again")


def test_a_new_ruling_needs_its_own_reason_for_a_shortcut(table: Table) -> None:
    table.step(decisions.choose_option, D1, A)
    table.step(approval.accept_decision_bypass, D1, "Tom is on leave")
    table.step(decisions.reopen_decision, D1)
    table.step(decisions.choose_option, D1, OptionId("B"), "It is cheaper")
    assert passed(table) == (BypassKind.UNVETTED, TOM)


def test_a_task_of_the_deciders_own_straight_to_an_operator_passes_the_supervisor_by(
    table: Table,
) -> None:
    table.step(decisions.change_decision, replace(d1(table), proposer=BOSS))
    table.step(decisions.choose_option, D1, A)
    assert passed(table) is None
    table.step(actions.add_action, task(MEI))
    assert passed(table) == (BypassKind.STRAIGHT, TOM)
    table.step(actions.add_action, task(TOM))
    assert passed(table) is None


def test_only_a_supervisor_who_neither_proposes_nor_decides_can_vet(table: Table) -> None:
    for person in (MEI, BOSS):
        with pytest.raises(RuleError, match="Neither the proposer nor the decider"):
            table.step(approval.take_position, D1, person, PositionKind.VETTED)
    with pytest.raises(RuleError, match="vetted by a supervisor"):
        table.step(approval.take_position, D1, ANA, PositionKind.VETTED)


def test_nothing_is_vetted_after_its_ruling(table: Table) -> None:
    table.step(decisions.choose_option, D1, A)
    with pytest.raises(RuleError, match="before its ruling"):
        table.step(approval.take_position, D1, TOM, PositionKind.VETTED)


def test_an_objection_says_what_it_is(table: Table) -> None:
    with pytest.raises(RuleError, match="what the objection is"):
        table.step(approval.take_position, D1, ANA, PositionKind.AGAINST, " ")


def test_the_last_word_of_a_person_counts(table: Table) -> None:
    table.step(approval.take_position, D1, ANA, PositionKind.AGAINST, "Too dear")
    table.step(approval.take_position, D1, TOM, PositionKind.FOR)
    table.step(approval.take_position, D1, ANA, PositionKind.ABSTAINED)
    assert [(each.person, each.view) for each in d1(table).stances] == [
        (TOM, PositionKind.FOR),
        (ANA, PositionKind.ABSTAINED),
    ]


def test_days_are_counted_from_the_proposal_to_the_ruling(table: Table) -> None:
    asked = replace(d1(table), proposed_on=date(2026, 11, 16))
    other = Table(agenda(), CarryOver(decisions=(asked,)))
    assert asked.days_to_ruling is None
    other.step(decisions.choose_option, D1, A)
    assert other.meeting.decisions[0].days_to_ruling == 7


def test_a_decision_outside_the_meeting_counts_from_its_own_day(table: Table) -> None:
    asked = replace(d1(table), proposed_on=date(2026, 11, 16))
    other = Table(agenda(), CarryOver(decisions=(asked,)))
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
def test_what_is_changed_after_vetting_has_to_be_vetted_again(
    table: Table, change: dict[str, Any]
) -> None:
    table.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    table.step(decisions.change_decision, replace(d1(table), **change))
    lapsed = d1(table).lapsed
    assert d1(table).vetting is None
    assert lapsed is not None
    assert lapsed.person == TOM

    table.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    assert (d1(table).vetting is not None, d1(table).lapsed) == (True, None)


def test_a_vetting_lapses_no_more_once_the_supervisor_has_looked_again(table: Table) -> None:
    table.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    table.step(decisions.change_decision, replace(d1(table), question="Raise them in France?"))
    table.step(approval.take_position, D1, ANA, PositionKind.FOR)
    assert d1(table).lapsed is not None
    table.step(approval.take_position, D1, TOM, PositionKind.AGAINST, "Too dear there")
    assert d1(table).lapsed is None


def test_a_better_background_leaves_the_vetting_as_it_is(table: Table) -> None:
    table.step(approval.take_position, D1, TOM, PositionKind.VETTED)
    table.step(decisions.change_decision, replace(d1(table), background="Two weeks running"))
    assert d1(table).vetting is not None


def handed(table: Table, owner: PersonId, given_by: PersonId = BOSS) -> ActionItem:
    draft = ActionItem(id=ActionId(""), title="Call the carrier", owner=owner, given_by=given_by)
    return table.step(actions.add_action, draft).actions[-1]


def test_a_task_that_the_decider_hands_straight_to_an_operator_is_marked(table: Table) -> None:
    task = handed(table, MEI)
    assert find_action_bypass(table.meeting, task) == Bypass(
        way=BypassKind.STRAIGHT, past=PEOPLE[1]
    )
    assert f"action:{task.id}:shortcut" in {each.key for each in open_points(table.meeting)}
    assert find_action_bypass(table.meeting, handed(table, TOM)) is None
    assert find_action_bypass(table.meeting, handed(table, MEI, given_by=TOM)) is None


def test_such_a_task_becomes_a_direction_to_the_supervisor(table: Table) -> None:
    task = handed(table, MEI)
    directed = table.step(approval.direct_to_supervisor, task.id).actions[-1]
    assert (directed.owner, find_action_bypass(table.meeting, directed)) == (TOM, None)
    with pytest.raises(RuleError, match="passed no supervisor by"):
        table.step(approval.direct_to_supervisor, task.id)
    assert table.undo().actions[-1].owner == MEI


def test_such_a_task_stands_with_a_reason_until_it_is_given_to_somebody_else(table: Table) -> None:
    task = handed(table, MEI)
    with pytest.raises(RuleError, match="why the supervisor was left out"):
        table.step(approval.accept_action_bypass, task.id, " ")
    kept = table.step(approval.accept_action_bypass, task.id, "Tom is on leave").actions[-1]
    assert find_action_bypass(table.meeting, kept) is None
    table.step(actions.change_action, replace(kept, owner=ANA))
    back = table.step(actions.change_action, replace(kept, owner=MEI)).actions[-1]
    assert find_action_bypass(table.meeting, back) is not None


def test_handed_over_by_a_ruling_such_a_task_needs_a_reason_of_its_own(table: Table) -> None:
    task = handed(table, MEI)
    table.step(approval.accept_action_bypass, task.id, "Tom is on leave")
    table.step(actions.hand_over_action, task.id, "Ill", ANA)
    back = table.step(actions.hand_over_action, task.id, "Well again", MEI).actions[-1]
    assert find_action_bypass(table.meeting, back) is not None
