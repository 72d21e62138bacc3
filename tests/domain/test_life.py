"""A meeting's life: broken off, forgotten, reopened, in other hands."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.carried import Numbers, Override
from facilitator.domain.changes import Edit, changes
from facilitator.domain.course import Course, replay
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.errors import RuleError
from facilitator.domain.events.clock import ItemStarted, MeetingResumed, MeetingSuspended
from facilitator.domain.events.meeting import MeetingOpened
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, conduct, decisions, incidents, life, timing, writing
from facilitator.domain.timekeeping import duration, read_clock
from tests.building import (
    ITEMS,
    OPENED,
    ZONE,
    Table,
    agenda,
    carried,
    full_table,
    incident,
    scorecard,
)

MINUTE = timedelta(minutes=1)


def restart(meeting: Meeting, now: datetime) -> ItemStarted:
    """Go to the first item, or on from it."""
    item_id = ITEMS[0].id if meeting.current != ITEMS[0].id else ITEMS[1].id
    return timing.start_item(meeting, now, item_id)


STEPS = (
    (timing.tick,),
    (timing.resume,),
    (life.suspend, timing.resume),
    (timing.pause_or_continue,),
    (restart,),
)
"""What may happen to the clock, each some minutes after the other."""


@pytest.fixture
def table() -> Table:
    """A meeting whose first item began after twenty seconds."""
    table = Table(agenda(), carried())
    table.step(timing.move_on)
    return table


def spent(meeting: Meeting) -> timedelta:
    return meeting.items[0].spent


def closed_afterwards(table: Table) -> Meeting:
    return table.step(life.close_forgotten, table.course.stepped_at)


def test_a_suspended_meeting_goes_on_at_the_same_item_and_its_end_moves_by_the_break(table):
    due = read_clock(table.meeting, table.clock.now()).due_at
    table.clock.advance(minutes=4)
    suspended = table.step(life.suspend)
    length = duration(suspended, table.clock.now())
    table.clock.advance(minutes=45)
    assert duration(suspended, table.clock.now()) == length
    assert not table.step(timing.resume).suspended_at

    clock = read_clock(table.meeting, table.clock.now())
    assert clock.item == agenda().items[0]
    assert clock.elapsed == timedelta(minutes=4, seconds=20)
    assert clock.due_at - due == timedelta(minutes=45, seconds=20)
    table.clock.advance(minutes=1)
    assert read_clock(table.meeting, table.clock.now()).elapsed == timedelta(minutes=5, seconds=20)


def test_what_was_paused_before_a_suspension_is_paused_after_it(table):
    table.step(timing.pause_or_continue)
    table.step(life.suspend)
    table.clock.advance(minutes=30)
    table.step(timing.resume)
    table.clock.advance(minutes=5)
    assert table.meeting.is_paused
    assert read_clock(table.meeting, table.clock.now()).elapsed == timedelta(seconds=20)


@pytest.mark.parametrize(("away", "moves"), [(2, False), (60, True)])
def test_a_short_absence_is_a_hiccup_and_a_long_one_a_break(table, away, moves):
    due = read_clock(table.meeting, table.clock.now()).due_at
    table.clock.advance(minutes=away)
    table.step(timing.resume)
    assert (read_clock(table.meeting, table.clock.now()).due_at > due) is moves


def test_a_forgotten_meeting_ends_at_its_last_step(table):
    table.clock.advance(minutes=6)
    last = table.step(writing.take_note, "Cold").seen_at
    for _ in range(9):  # the program was left running, asleep, and running again
        table.clock.advance(minutes=20)
        table.step(timing.tick)
    table.step(timing.resume)
    table.step(incidents.hear, incidents.detect((), table.clock.now(), incident()))
    table.clock.advance(hours=4)
    table.step(timing.resume)
    table.clock.advance(minutes=5)

    meeting = closed_afterwards(table)
    assert (meeting.closed_at, meeting.noted_at) == (last, table.clock.now())
    assert duration(meeting, table.clock.now()) == timedelta(minutes=6, seconds=40)
    assert spent(meeting) == timedelta(minutes=6, seconds=20)
    assert meeting.gaps == ()
    assert meeting.is_closed
    assert replay(table.events) == meeting


def test_a_forgotten_meeting_is_reopened_like_any_other(table):
    table.clock.advance(hours=30)
    forgotten = closed_afterwards(table)
    table.step(life.reopen, "What was open is known now", Numbers())
    with pytest.raises(RuleError, match="still open"):
        table.step(conduct.close_meeting)
    again = table.close()
    assert (again.closed_at, again.noted_at) == (forgotten.closed_at, forgotten.noted_at)


def test_a_suspended_meeting_that_nobody_resumed_ends_when_it_was_suspended(table):
    table.clock.advance(minutes=6)
    suspended = table.step(life.suspend)
    table.clock.advance(hours=30)
    meeting = closed_afterwards(table)
    assert meeting.closed_at == suspended.suspended_at
    assert spent(meeting) == spent(suspended)


def test_a_meeting_of_today_is_not_forgotten_yet_two_hours_after_its_last_step(table):
    table.clock.advance(minutes=119)
    with pytest.raises(RuleError, match="at 10:00, less than two hours ago"):
        closed_afterwards(table)
    table.clock.advance(minutes=1)
    assert closed_afterwards(table).is_closed


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 90)), max_size=12))
def test_whatever_happened_no_item_gets_time_that_nobody_spent(course):
    table = Table(agenda(), carried())
    table.step(timing.move_on)
    for rules, minutes in course:
        for rule in rules:
            table.clock.advance(minutes=minutes)
            table.step(rule)
    table.clock.advance(hours=24)
    meeting = closed_afterwards(table)
    assert sum((each.spent for each in meeting.items), timedelta()) <= duration(
        meeting, table.clock.now()
    )
    ended = meeting.closed_at
    assert ended is not None
    assert all(meeting.opened_at <= each.start < ended for each in meeting.gaps)
    assert replay(table.events) == meeting


def test_a_meeting_that_goes_on_over_midnight_is_not_forgotten_at_once():
    late = Table(agenda(starts=datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo(ZONE))))
    late.step(timing.move_on)
    late.clock.advance(minutes=35)
    late.step(writing.take_note, "Cold")
    late.clock.advance(minutes=5)
    with pytest.raises(RuleError, match="less than two hours ago"):
        closed_afterwards(late)


def test_a_break_before_the_planned_start_does_not_move_the_end():
    opened = OPENED - timedelta(minutes=50)
    course = Course((MeetingOpened(at=opened, agenda=agenda()), MeetingSuspended(at=opened)))
    resumed = OPENED + timedelta(minutes=10)
    course.add(MeetingResumed(at=resumed, stopped_at=opened))
    assert read_clock(course.meeting, resumed).due_at == resumed + timedelta(hours=1)


def test_an_hour_is_an_hour_on_the_night_on_which_the_clocks_change():
    for starts in (
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    ):
        table = Table(agenda(starts=starts))
        now = table.step(timing.move_on).opened_at
        assert read_clock(table.meeting, now).due_at - now == timedelta(hours=1)
        assert table.meeting.agenda.ends.astimezone(UTC) - now == timedelta(hours=1)


def test_the_reason_to_begin_without_something_is_kept_as_plain_text():
    said = Override(subject="Reports: stock is missing", reason="  No\x1b[31m time\n")
    (kept,) = conduct.open_meeting(OPENED, agenda(), carried(), (said,)).overrides
    assert kept.reason == "No[31m time"


def test_the_figures_of_a_meeting_that_is_over_stay_as_the_room_saw_them(table):
    table.close()
    table.step(life.reopen, "A slip", Numbers())
    with pytest.raises(RuleError, match="This meeting is over"):
        table.step(conduct.take_figures, scorecard())


def test_a_reopened_meeting_is_not_forgotten_but_closed_again(table):
    table.close()
    table.step(life.reopen, "A slip", Numbers())
    table.clock.advance(hours=24)
    with pytest.raises(RuleError, match="closed before"):
        closed_afterwards(table)


def test_reopened_everything_written_can_be_changed_and_the_clock_cannot(table):
    table.clock.advance(minutes=6)
    closed = table.close()
    table.clock.advance(hours=50)
    meeting = table.step(life.reopen, "D3 was noted wrong", Numbers(action=40, topic=9))

    assert not meeting.is_closed
    for rule in (timing.move_on, timing.pause_or_continue, timing.tick, timing.resume):
        with pytest.raises(RuleError, match="not its clock"):
            table.step(rule)
    assert table.step(writing.park_topic, "Gifts").topics[-1].id == "P9"
    assert table.step(actions.finish_action, carried().actions[0].id, "live").actions[0].evidence
    table.settle()
    again = table.step(conduct.close_meeting)
    assert again.is_closed
    assert again.closed_at == closed.closed_at
    assert again.items == closed.items
    assert duration(again, table.clock.now()) == duration(closed, table.clock.now())
    assert replay(table.events) == again


def test_undo_does_not_reach_behind_the_reopening(table):
    table.step(writing.take_note, "Cold")
    table.close()
    table.step(life.reopen, "A slip", Numbers())
    assert table.course.last_step is None
    table.step(writing.take_note, "Warm")
    assert [each.text for each in table.undo().notes] == ["Cold"]
    assert table.course.last_step is None
    assert [each.text for each in table.redo().notes] == ["Cold", "Warm"]


def test_going_on_with_a_reopened_meeting_only_brings_its_numbers_up_to_date(table):
    table.close()
    table.step(life.reopen, "A slip", Numbers(action=9))
    meeting = table.step(life.renumber, Numbers(action=12, note=1))
    assert len(meeting.versions) == 1
    assert meeting.numbers.action == 12


def test_what_was_changed_since_the_reopening_can_be_taken_back_after_going_on_with_it(table):
    table.close()
    table.step(life.reopen, "A slip", Numbers())
    table.step(writing.take_note, "Warm")
    table.step(life.renumber, Numbers(action=12))
    assert table.undo().notes == ()
    assert table.meeting.numbers.action == 12
    assert table.course.last_step is None


def test_only_closed_minutes_are_reopened_and_only_with_a_reason(table):
    with pytest.raises(RuleError, match="resume it"):
        table.step(life.reopen, "Why not", Numbers())
    table.close()
    with pytest.raises(RuleError, match="Say why"):
        table.step(life.reopen, "  ", Numbers())


def test_versions_tell_what_was_added_changed_and_taken_away(table):
    table.step(writing.take_note, "Cold")
    table.step(decisions.take_option, DecisionId("D2"), OptionId("A"), "It sells")
    before = table.close()
    table.step(life.reopen, "A slip", before.numbers)
    assert changes(before, table.meeting) == ()
    table.step(decisions.reopen_decision, DecisionId("D2"))
    table.step(decisions.take_option, DecisionId("D2"), OptionId("B"), "Misheard")
    table.step(writing.change_note, before.notes[0].id, "")
    table.step(writing.park_topic, "Gifts")
    table.step(writing.answer_focus, "Stock")
    told = [
        (each.edit, each.subject, each.id, each.text) for each in changes(before, table.meeting)
    ]
    assert told == [
        (Edit.CHANGED, "Decision", "D2", "Drop the blue lid?"),
        (Edit.ADDED, "Parked topic", "P2", "Gifts"),
        (Edit.TAKEN_AWAY, "Note", "N1", "Cold"),
        (Edit.ADDED, "Answer to the opening question", "", ""),
    ]
    assert changes(before, table.meeting)[0].aspects == ("ruling",)


def test_the_pen_goes_from_hand_to_hand_and_back_with_undo(table):
    assert table.meeting.recorder.id == "ana"
    assert table.step(life.hand_over, PersonId("mei")).recorder.id == "mei"
    with pytest.raises(RuleError, match="has the pen already"):
        table.step(life.hand_over, PersonId("mei"))
    with pytest.raises(RuleError, match="Only somebody of this meeting"):
        table.step(life.hand_over, PersonId("eve"))
    assert table.undo().recorder.id == "ana"


@pytest.mark.parametrize(("away", "lost"), [(8, 0), (11, 11)])
def test_while_the_pen_changes_terminals_the_room_goes_on_for_a_few_minutes(table, away, lost):
    table.step(life.hand_over, PersonId("mei"), lets_go=True)
    table.clock.advance(minutes=away, seconds=-20)
    meeting = table.step(timing.resume)
    assert meeting.in_gaps == lost * MINUTE
    assert not meeting.is_pen_free


def test_all_that_is_written_is_told_where_a_version_changes_it():
    """A new field of a meeting fails here until `changes` tells it, or it is named here."""
    before, after = Table(agenda(), carried()).meeting, full_table(lives_on=True).meeting
    names = [each.name for each in fields(Meeting)]
    differ = {each for each in names if getattr(before, each) != getattr(after, each)}
    mute = {
        each
        for each in differ
        if not changes(before, replace(before, **{each: getattr(after, each)}))
    }
    of_its_hour = {"seen_at", "closed_at", "gaps", "pens", "scorecard"}
    assert mute == of_its_hour | {"versions", "numbers", "drafts", "reviewed"}
