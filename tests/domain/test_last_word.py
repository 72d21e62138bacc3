"""Whether an action item that was closed between meetings stays closed."""

from datetime import datetime, timedelta

import pytest

from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.events.actions import ActionClosed, SeenLine
from facilitator.domain.last_word import (
    ClosesBetween,
    LastHolder,
    action_lines,
    has_last_word,
)
from facilitator.domain.rules import actions, lifecycle
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import notes as note_rules
from tests.factories import OPENED, MeetingHarness, agenda

FIRST, SECOND = "2026-11-23-weekly", "2026-11-30-weekly"
WEEK = timedelta(days=7)
KNOWN = {FIRST: OPENED, SECOND: OPENED + WEEK}
A1 = ActionId("A1")


def close(seen: SeenLine | None, at: datetime = OPENED) -> ActionClosed:
    return ActionClosed(at=at, action_id=A1, status=ActionStatus.DONE, evidence="Mail", seen=seen)


@pytest.mark.parametrize(("seen", "last", "counts"), [(7, 7, True), (7, 5, True), (7, 8, False)])
@pytest.mark.parametrize("hours", [-999, 0, 999])
def test_whoever_closed_it_must_have_seen_the_last_line_about_it_at_whatever_time(
    seen, last, counts, hours
):
    holder = LastHolder(meeting=FIRST, opened_at=OPENED, line=last)
    closed = close(SeenLine(meeting=FIRST, line=seen), OPENED + timedelta(hours=hours))
    assert has_last_word(closed, holder, KNOWN) == counts


def test_a_later_meeting_that_has_it_began_without_knowing_that_it_was_closed():
    holder = LastHolder(meeting=SECOND, opened_at=OPENED + WEEK)
    assert not has_last_word(close(SeenLine(meeting=FIRST, line=99)), holder, KNOWN)


def test_it_stays_closed_after_a_meeting_that_no_longer_had_it():
    holder = LastHolder(meeting=FIRST, opened_at=OPENED, line=5)
    assert has_last_word(close(SeenLine(meeting=SECOND, line=1)), holder, KNOWN)


@pytest.mark.parametrize("seen", [None, SeenLine(meeting="2025-01-06-weekly", line=4)])
@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_without_a_known_meeting_the_time_counts(seen, minutes):
    holder = LastHolder(meeting=FIRST, opened_at=OPENED, line=9)
    closed = close(seen, OPENED + timedelta(minutes=minutes))
    assert has_last_word(closed, holder, KNOWN) == (minutes >= 0)


def test_who_closes_it_again_after_a_step_of_the_meeting_has_the_last_word():
    holder = LastHolder(meeting=FIRST, opened_at=OPENED, line=8)
    early, late = (close(SeenLine(meeting=FIRST, line=line)) for line in (5, 9))
    both = ClosesBetween(closes={("weekly", A1): (early, late)}, opened=KNOWN)
    one = ClosesBetween(closes={("weekly", A1): (early,)}, opened=KNOWN)
    assert both.standing("weekly", A1, holder) == late
    assert both.overruled("weekly", A1, holder) == ()
    assert one.standing("weekly", A1, holder) is None
    assert one.overruled("weekly", A1, holder) == (early,)
    assert one.standing("monthly", A1, holder) is None


def test_the_lines_about_an_action_item_are_those_of_its_steps_undone_or_not():
    harness = MeetingHarness(agenda())
    one, two = harness.add_action("Ring").id, harness.add_action("Write").id
    harness.step(note_rules.take_note, "Ranks fell")
    assert lines_of(harness) == {one: 2, two: 3}
    harness.step(entry_rules.toggle_sensitivity, one)  # says nothing of how it stands
    harness.step(actions.keep_action_open, one, "Late")
    assert lines_of(harness) == {one: 6, two: 3}
    harness.undo()
    assert lines_of(harness) == {one: 7, two: 3}
    harness.redo()
    assert lines_of(harness) == {one: 8, two: 3}
    harness.step(actions.split_action, two, "Too big", ("Ring", "Write"))
    assert lines_of(harness) == {one: 8, two: 9, "A3": 9, "A4": 9}


def test_steps_after_a_reopening_are_about_it_too():
    harness = MeetingHarness(agenda())
    one = harness.add_action("Ring").id
    harness.close()
    harness.step(lifecycle.reopen_meeting, "A slip", harness.meeting.numbers)
    harness.step(actions.keep_action_open, one, "Late")
    assert lines_of(harness)[one] == len(harness.events)


def lines_of(harness: MeetingHarness) -> dict[ActionId, int]:
    return action_lines(enumerate(harness.events, start=1))
