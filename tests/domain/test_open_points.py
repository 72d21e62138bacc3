"""Open points: what the review lists beside entries that are simply open."""

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import ReportSlot
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import RuleError
from facilitator.domain.open_points import OpenPoint, open_points
from facilitator.domain.proposal import Request
from facilitator.domain.rules import actions, decisions, focus
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.open_points import open_point_text
from tests.factories import MeetingHarness, agenda, carried, meeting_with


@pytest.fixture
def harness() -> MeetingHarness:
    return MeetingHarness(agenda(), carried())


def found(harness: MeetingHarness, key: str) -> OpenPoint | None:
    return next((each for each in open_points(harness.meeting) if each.key == key), None)


def text(harness: MeetingHarness, key: str) -> str:
    point = found(harness, key)
    assert point is not None
    return open_point_text(point, harness.meeting, Language())


def question() -> Decision:
    return replace(agenda().decisions[0], id=DecisionId("D9"), request=None)


def test_an_opening_question_that_was_put_waits_for_its_answer(harness: MeetingHarness) -> None:
    harness.step(clock_rules.start_next_item)
    point = found(harness, "opening:opening")
    assert point is not None
    assert not point.must_be_settled

    harness.step(focus.answer_focus, "Cash")
    assert found(harness, "opening:opening") is None


def test_a_ruling_that_no_action_item_carries_out_is_listed_until_there_is_one() -> None:
    harness = meeting_with(question())
    (decision,) = harness.meeting.decisions
    harness.step(decisions.choose_option, decision.id, decision.options[0].id, "Cheaper")
    key = f"decision:{decision.id}:action"
    assert "no action item carries it out" in text(harness, key)

    harness.add_action("Order 400 lids", decision=decision.id)
    assert found(harness, key) is None


def test_a_dropped_question_needs_no_action_item() -> None:
    harness = meeting_with(question())
    (decision,) = harness.meeting.decisions
    harness.step(decisions.drop_decision, decision.id, "Sold out")

    assert found(harness, f"decision:{decision.id}:action") is None


def test_a_request_without_figures_says_which_are_missing() -> None:
    asked = replace(question(), request=Request(amount=300, share=20, weeks=4))
    harness = meeting_with(asked)
    (decision,) = harness.meeting.decisions

    said = text(harness, f"decision:{decision.id}:figures")
    assert said.endswith("Missing: past ROI, file with the past ROI, uplift")


def test_a_question_that_speaks_of_money_without_being_a_request_is_listed() -> None:
    harness = meeting_with(replace(question(), question="Raise the budget by 20 %?"))
    (decision,) = harness.meeting.decisions

    assert "not a request with figures" in text(harness, f"decision:{decision.id}:figures")


def test_evidence_can_be_given_to_an_action_item_that_is_done(harness: MeetingHarness) -> None:
    harness.step(actions.finish_action, ActionId("A4"))
    assert "nothing shows it" in text(harness, "action:A4:evidence")

    harness.step(actions.finish_action, ActionId("A4"), "ACoS 24 %")
    assert found(harness, "action:A4:evidence") is None
    with pytest.raises(RuleError, match="already closed"):
        harness.step(actions.finish_action, ActionId("A4"), "Again")


def test_a_missing_report_is_listed_by_its_name() -> None:
    prepared = agenda()
    data = replace(prepared.data, reports=(ReportSlot(kind="returns"),))
    harness = MeetingHarness(replace(prepared, data=data))

    assert text(harness, "report:returns") == "The report “Customer Returns” is missing."


def test_a_text_that_was_not_saved_is_quoted_in_part_and_holds_up_the_close(
    harness: MeetingHarness,
) -> None:
    typed = (("title", "Sell the old fountains " * 9), ("owner", "mei"))
    harness.step(meeting_rules.save_draft, "action:A4~2", typed)
    point = found(harness, "draft:action:A4~2")
    assert point is not None
    assert point.must_be_settled
    said = text(harness, point.key)
    assert said.startswith("Action item A4: “Sell the old fountains Sell")
    assert said.endswith("…” was typed, but not saved.")

    with pytest.raises(RuleError, match="would be lost"):
        harness.step(meeting_rules.accept_open_point, point.key, "No time")
    harness.step(meeting_rules.save_draft, "action:A4~2", ())
    assert found(harness, point.key) is None


def test_points_left_open_together_are_one_step(harness: MeetingHarness) -> None:
    before = open_points(harness.meeting)
    keys = tuple(each.key for each in before if each.must_be_settled)
    assert len(keys) > 1
    meeting = harness.step(meeting_rules.accept_open_points, keys, "No time")
    assert [each.subject for each in meeting.accepted] == list(keys)

    harness.undo()
    assert open_points(harness.meeting) == before
