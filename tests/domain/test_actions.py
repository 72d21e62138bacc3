"""Action items: their states, rulings, acceptance by the owner, and hints on their wording."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.action import (
    ActionId,
    ActionItem,
    ActionStatus,
    default_due,
    evidence_file_path,
)
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import RuleError
from facilitator.domain.open_points import open_points
from facilitator.domain.people import Duty, PersonId
from facilitator.domain.rules import actions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.working_days import DayOff, WorkingDays
from tests.factories import ON, MeetingHarness, action_draft, agenda, carried

A4 = ActionId("A4")
MEI, TOM = PersonId("mei"), PersonId("tom")


@pytest.fixture
def harness() -> MeetingHarness:
    return MeetingHarness(agenda(), carried())


def come_back(times: int) -> MeetingHarness:
    """A meeting to which an action item comes back for the `times`th time."""
    left = carried()
    old = tuple(replace(each, carried=times - 1) for each in left.actions)
    return MeetingHarness(agenda(), replace(left, actions=old))


def keys(harness: MeetingHarness) -> set[str]:
    return {end.key for end in open_points(harness.meeting) if end.key.startswith("action:")}


def clear_action(title: str, criterion: str = "PO signed") -> ActionItem:
    due = date(2026, 11, 27)
    return action_draft(title, due=due, criterion=criterion)


def test_an_action_item_in_progress_or_blocked_is_still_open(harness: MeetingHarness) -> None:
    begun = harness.step(actions.toggle_in_progress, A4).actions[0]
    assert (begun.status, begun.is_open) == (ActionStatus.IN_PROGRESS, True)

    blocked = harness.step(actions.block_action, A4, "No camera").actions[0]
    assert (blocked.status, blocked.is_open) == (ActionStatus.BLOCKED, True)
    assert blocked.blocked_by == "No camera"

    assert harness.step(actions.toggle_in_progress, A4).actions[0].blocked_by == ""


def test_toggling_in_progress_twice_leaves_it_open(harness: MeetingHarness) -> None:
    harness.step(actions.toggle_in_progress, A4)

    assert harness.step(actions.toggle_in_progress, A4).actions[0].status is ActionStatus.OPEN


def test_blocking_needs_a_reason(harness: MeetingHarness) -> None:
    with pytest.raises(RuleError, match="what blocks"):
        harness.step(actions.block_action, A4, " ")


@pytest.mark.parametrize(
    ("met", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 21), date(2026, 11, 30)),
        (date(2026, 9, 24), date(2026, 10, 8)),
        (date(2026, 10, 3), date(2026, 10, 10)),
    ],
)
def test_an_action_item_is_due_by_default_when_people_work(met: date, due: date) -> None:
    days = WorkingDays(
        holidays=tuple(DayOff(day=date(2026, 10, day)) for day in range(1, 8)),
        worked=(date(2026, 10, 10),),
        weekend=(5, 6),
    )

    assert default_due(met, days) == due


def test_a_finished_action_item_is_not_blocked_any_more(harness: MeetingHarness) -> None:
    harness.step(actions.block_action, A4, "No camera")

    assert harness.step(actions.finish_action, A4, "Seven pictures").actions[0].blocked_by == ""


def test_what_is_done_with_nothing_to_show_for_it_is_done_without_evidence(
    harness: MeetingHarness,
) -> None:
    assert harness.step(actions.finish_action, A4, " ").actions[0].is_done_without_evidence


def test_what_is_open_dropped_or_shown_is_not_done_without_evidence(
    harness: MeetingHarness,
) -> None:
    dropped = MeetingHarness(agenda(), carried()).step(actions.drop_action, A4, "Too late")

    assert not harness.meeting.actions[0].is_done_without_evidence
    assert not harness.step(actions.finish_action, A4, "24.99").actions[0].is_done_without_evidence
    assert not dropped.actions[0].is_done_without_evidence


def test_a_redacted_copy_keeps_that_there_is_evidence(harness: MeetingHarness) -> None:
    shown = harness.step(actions.finish_action, A4, "Seven pictures").actions[0].redacted("█")

    assert (shown.evidence, shown.is_done_without_evidence) == ("█", False)


@pytest.mark.parametrize(
    "text",
    ["report.csv", "./a b.txt", "/data/x", "~/x", "C:\\x\\y.png", "data/US/ads.xlsx", "报表.csv"],
)
def test_a_path_is_recognised_as_a_file(text: str) -> None:
    assert evidence_file_path(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "A/B test won",
        "24.99",
        "https://x.example/a.pdf",
        "FBA17XK2",
        "amazon.com",
        "见 报表.csv",
        "",
    ],
)
def test_a_link_a_figure_or_a_sentence_is_not_a_file(text: str) -> None:
    assert evidence_file_path(text) is None


def test_a_vague_new_action_item_is_an_open_point_until_accepted_with_a_reason() -> None:
    harness = MeetingHarness(replace(agenda(), decisions=()), CarryOver())
    harness.step(actions.add_action, clear_action("优化广告"))
    assert keys(harness) == {"action:A1:wording"}

    harness.step(meeting_rules.accept_open_point, "action:A1:wording", "The agency writes it up")

    assert keys(harness) == set()


def test_a_clear_new_action_item_is_no_open_point() -> None:
    harness = MeetingHarness(replace(agenda(), decisions=()), CarryOver())
    harness.step(actions.add_action, clear_action("Lower the bid of B0FAC00101 to 0.80 USD"))

    assert keys(harness) == set()


def test_an_empty_field_is_one_open_point_only() -> None:
    harness = MeetingHarness(replace(agenda(), decisions=()), CarryOver())
    empty = replace(clear_action("Order 400 lids"), owner=None, due=None, criterion="")
    harness.step(actions.add_action, empty)

    assert keys(harness) == {"action:A1:owner", "action:A1:due", "action:A1:criterion"}


@pytest.mark.parametrize(("times", "asked"), [(1, "review"), (2, "review"), (3, "ruling")])
def test_an_action_item_carried_over_twice_needs_a_ruling(times: int, asked: str) -> None:
    assert keys(come_back(times)) == {f"action:A4:{asked}"}


def test_keeping_it_open_is_not_a_ruling() -> None:
    harness = come_back(3)
    harness.step(actions.keep_action_open, A4, "No time", date(2026, 11, 27))

    assert keys(harness) == {"action:A4:ruling"}


def test_a_ruling_can_drop_it_with_a_reason() -> None:
    harness = come_back(3)
    killed = harness.step(actions.kill_action, A4, "The bottle is sold out").actions[0]

    assert killed.status is ActionStatus.DROPPED
    assert killed.ruling is not None
    assert (killed.ruling.reason, killed.ruling.decider) == ("The bottle is sold out", _decider())
    assert keys(harness) == set()


def test_a_ruling_can_split_it_into_numbered_parts() -> None:
    harness = come_back(3)
    titles = ("Book the photographer", "Pick seven pictures", " ")
    meeting = harness.step(actions.split_action, A4, "Too big", titles)

    assert [each.id for each in meeting.open_actions] == ["A5", "A6"]
    assert {each.owner for each in meeting.open_actions} == {MEI}
    assert {each.split_from for each in meeting.open_actions} == {A4}
    assert meeting.numbers.action == 7


def test_splitting_needs_two_parts() -> None:
    with pytest.raises(RuleError, match="two parts"):
        come_back(3).step(actions.split_action, A4, "Too big", ("Pick pictures",))


def test_a_ruling_can_hand_it_over_and_the_new_owner_has_to_accept_it() -> None:
    harness = come_back(3)
    assert harness.step(actions.accept_action, A4).actions[0].is_taken
    handed = harness.step(actions.hand_over_action, A4, "Mei is away", TOM).actions[0]

    assert (handed.owner, handed.is_taken) == (TOM, False)


@pytest.mark.parametrize("owner", [None, MEI, PersonId("nobody")])
def test_it_can_only_be_handed_over_to_somebody_else_of_the_meeting(owner: PersonId | None) -> None:
    with pytest.raises(RuleError):
        come_back(3).step(actions.hand_over_action, A4, "Mei is away", owner)


def test_a_new_due_date_keeps_the_first_one() -> None:
    harness = come_back(3)
    day = date(2026, 12, 4)
    redated = harness.step(actions.redate_action, A4, "The camera comes late", day).actions[0]

    assert (redated.due, redated.first_due) == (day, date(2026, 11, 20))


@pytest.mark.parametrize("due", [None, date(2026, 11, 22)])
def test_a_new_due_date_must_be_in_the_future(due: date | None) -> None:
    with pytest.raises(RuleError, match="new date"):
        come_back(3).step(actions.redate_action, A4, "Late", due)


def test_a_ruling_holds_for_three_meetings_more() -> None:
    harness = come_back(3)
    due = date(2026, 12, 4)
    ruled = harness.step(actions.redate_action, A4, "The camera comes late", due).actions[0]

    ages = [age for age in range(3, 8) if replace(ruled, carried=age).needs_ruling]
    assert ages == [6, 7]


def test_an_undone_ruling_is_needed_again() -> None:
    harness = come_back(3)
    harness.step(actions.kill_action, A4, "Sold out")
    harness.undo()

    assert keys(harness) == {"action:A4:ruling"}


def test_an_owner_accepts_an_action_item_and_can_withdraw_that(harness: MeetingHarness) -> None:
    assert harness.step(actions.accept_action, A4).actions[0].is_taken
    assert not harness.step(actions.accept_action, A4, is_taken=False).actions[0].is_taken


def test_an_action_item_without_an_owner_cannot_be_accepted(harness: MeetingHarness) -> None:
    harness.step(actions.add_action, replace(clear_action("Order 400 lids"), owner=None))

    with pytest.raises(RuleError, match="no owner"):
        harness.step(actions.accept_action, ActionId("A5"))


def test_the_products_of_an_action_item_are_found_in_its_text() -> None:
    action = clear_action("Lower the bids of b0fac00101", "B0FAC00101 and B0FAC00102 under 25 %")

    assert action.asins == ("B0FAC00101", "B0FAC00102")


def _decider() -> PersonId | None:
    person = agenda().with_duty(Duty.DECIDER)
    return person.id if person else None


def test_a_reopened_action_item_keeps_a_ruling_that_did_not_drop_it() -> None:
    harness = come_back(3)
    harness.step(actions.hand_over_action, A4, "Mei is away", TOM)
    harness.step(actions.finish_action, A4, "Seven pictures")
    again = harness.step(actions.reopen_action, A4).actions[0]
    assert not again.needs_ruling

    killed = come_back(3)
    killed.step(actions.kill_action, A4, "The bottle is sold out")
    assert killed.step(actions.reopen_action, A4).actions[0].needs_ruling


def test_an_action_item_of_an_earlier_decision_can_be_changed_and_split() -> None:
    left = carried()
    linked = replace(left.actions[0], decision=DecisionId("D1"))
    harness = MeetingHarness(agenda(), replace(left, actions=(linked,)))
    changed = harness.step(actions.change_action, replace(linked, title="Film the new bottle"))
    assert changed.actions[0].decision == "D1"
    split = harness.step(actions.split_action, A4, "Too big", ("Book a camera", "Film it"))
    assert {each.decision for each in split.open_actions} == {"D1"}
    with pytest.raises(RuleError, match="no decision D9"):
        harness.step(actions.add_action, replace(linked, decision=DecisionId("D9")))


def test_the_day_of_closing_is_kept_while_it_stays_closed():
    harness = MeetingHarness(agenda())
    harness.add_action("Ring", due=ON)

    def take(*step: object) -> ActionItem:
        return harness.step(*step).actions[0]  # type: ignore[arg-type]

    take(actions.finish_action, ActionId("A1"))
    harness.clock.advance(hours=48)
    done = take(actions.finish_action, ActionId("A1"), "Mail of today")
    assert (done.closed_on, done.due_when_closed, done.days_late) == (ON, ON, 0)
    changed = take(actions.change_action, replace(done, closed_on=None, due=None))
    assert (changed.due, changed.closed_on) == (None, ON)
    opened = take(actions.reopen_action, ActionId("A1"))
    assert (opened.closed_on, opened.due_when_closed) == (None, None)
    take(actions.change_action, replace(opened, due=ON))
    assert take(actions.finish_action, ActionId("A1"), "Mail of today").days_late == 2
