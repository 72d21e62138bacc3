"""Undo and redo: an undone step is left out, and its ids stay used."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.errors import JournalError
from facilitator.domain.event_history import EventHistory, replay
from facilitator.domain.events.clock import ClockTicked, ItemStarted
from facilitator.domain.events.meeting import MeetingOpened, Step, StepRedone, StepUndone
from facilitator.domain.events.notes import NoteTaken
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.rules import actions, decisions
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.timekeeping import duration, time_spent
from tests.factories import (
    OPENED,
    MeetingHarness,
    action_draft,
    agenda,
    carried,
    full_meeting,
    meeting_events,
    question,
)

RING = action_draft("Ring")


@pytest.fixture
def harness() -> MeetingHarness:
    """Begin a meeting and its first item."""
    harness = MeetingHarness(agenda(), carried())
    harness.step(clock_rules.start_next_item)
    return harness


def spent(harness: MeetingHarness, item_id: str) -> float:
    progress = harness.meeting.item(ItemId(item_id))
    assert progress is not None
    return time_spent(harness.meeting, progress, harness.clock.now()).total_seconds()


def test_a_journal_begins_with_an_opening():
    with pytest.raises(JournalError, match="does not begin with the opening"):
        replay(())
    with pytest.raises(JournalError, match="does not begin with the opening"):
        replay((ClockTicked(at=OPENED),))


def test_a_meeting_is_opened_only_once():
    opening = MeetingOpened(at=OPENED, agenda=agenda())
    with pytest.raises(JournalError, match="only once"):
        replay((opening, opening))


def test_without_a_step_there_is_nothing_to_undo():
    opening = MeetingOpened(at=OPENED, agenda=agenda())
    for event in (StepUndone(at=OPENED), StepRedone(at=OPENED)):
        with pytest.raises(JournalError, match="no step to undo"):
            replay((opening, event))


def test_an_event_that_does_not_fit_changes_nothing(harness):
    before = harness.meeting
    with pytest.raises(JournalError, match="never added"):
        harness.history.add(ItemStarted(at=OPENED, item_id=ItemId("no such item")))
    with pytest.raises(JournalError, match="no step"):
        harness.history.add(StepRedone(at=OPENED))
    assert harness.history.meeting == before
    harness.step(clock_rules.start_next_item)
    assert replay(harness.events) == harness.meeting


def test_undo_restores_the_meeting_except_for_the_time(harness):
    before = harness.meeting
    harness.step(note_rules.park_topic, "A second warehouse")
    after = harness.undo()
    assert replace(after, seen_at=before.seen_at, numbers=before.numbers) == before
    assert after.seen_at == harness.clock.now()


def test_redo_restores_the_undone_step(harness):
    taken = harness.step(note_rules.take_note, "Ranks fell")
    harness.undo()
    assert replace(harness.redo(), seen_at=taken.seen_at) == taken


def test_undoing_a_start_returns_the_time_to_the_previous_item(harness):
    harness.clock.advance(minutes=2)
    harness.step(clock_rules.start_next_item)
    harness.clock.advance(minutes=3)
    harness.undo()
    harness.clock.advance(minutes=1)
    assert spent(harness, "opening") == 6 * 60 + 40
    assert spent(harness, "kpis") == 0
    assert harness.meeting.item(ItemId("kpis")).state is ItemState.PENDING


def test_redoing_a_start_counts_from_the_original_time(harness):
    harness.clock.advance(minutes=2)
    harness.step(clock_rules.start_next_item)
    harness.undo()
    harness.clock.advance(minutes=3)
    harness.redo()
    assert spent(harness, "opening") == 2 * 60 + 20
    assert spent(harness, "kpis") == 3 * 60 + 40


def test_an_undone_pause_counts_as_discussion(harness):
    harness.step(clock_rules.pause_or_continue)
    harness.clock.advance(minutes=5)
    harness.undo()
    assert spent(harness, "opening") == 5 * 60 + 40
    assert not harness.meeting.is_paused


def test_undo_across_an_interruption_does_not_count_its_time(harness):
    harness.clock.advance(minutes=1)
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.tick_clock)
    harness.clock.advance(hours=2)
    harness.step(clock_rules.resume_meeting)
    harness.undo()
    assert spent(harness, "opening") == 60 + 20 + 20 + 20
    assert spent(harness, "kpis") == 0
    assert harness.meeting.interrupted_time == timedelta(hours=2, seconds=20)
    assert duration(harness.meeting, harness.clock.now()) == timedelta(minutes=2, seconds=20)
    harness.redo()
    assert spent(harness, "opening") == 80
    assert spent(harness, "kpis") == 60


def test_numbers_are_not_used_again_after_undo(harness):
    steps: tuple[tuple[Callable[[], Meeting], str], ...] = (
        (lambda: harness.step(actions.add_action, RING), "actions"),
        (lambda: harness.step(decisions.propose_decision, question("Japan?")), "decisions"),
        (lambda: harness.step(note_rules.park_topic, "A fair"), "topics"),
        (lambda: harness.step(note_rules.take_note, "Cold"), "notes"),
    )
    for take, kind in steps:
        first = getattr(take(), kind)[-1].id
        harness.undo()
        second = getattr(take(), kind)[-1].id
        assert (first[0], int(second[1:])) == (second[0], int(first[1:]) + 1)


def test_a_number_is_used_once_although_its_step_is_undone_and_redone(harness):
    before = harness.meeting.numbers.action
    harness.step(actions.add_action, RING)
    for _ in range(3):
        harness.undo()
        harness.redo()
    assert harness.meeting.numbers.action == before + 1


def test_a_new_step_after_undo_cannot_be_followed_by_redo(harness):
    harness.step(note_rules.take_note, "One")
    harness.undo()
    assert type(harness.history.next_step) is NoteTaken
    harness.step(note_rules.take_note, "Two")
    with pytest.raises(JournalError, match="no step"):
        harness.redo()


def test_steps_are_undone_in_reverse_and_redone_in_order(harness):
    for text in ("one", "two", "three"):
        harness.step(note_rules.take_note, text)
    harness.undo()
    harness.undo()
    assert [note.text for note in harness.meeting.notes] == ["one"]
    harness.redo()
    assert [note.text for note in harness.meeting.notes] == ["one", "two"]
    harness.redo()
    assert [note.text for note in harness.meeting.notes] == ["one", "two", "three"]


def test_events_of_the_program_itself_are_not_undone(harness):
    harness.step(note_rules.take_note, "Cold")
    harness.step(clock_rules.tick_clock)
    harness.step(meeting_rules.save_draft, "note", (("text", "Hal"),))
    harness.undo()
    assert harness.meeting.notes == ()
    assert harness.meeting.draft("note") == {"text": "Hal"}


def test_an_undone_ruling_is_reported_and_a_redone_one_counts(harness):
    harness.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    after = harness.undo()
    assert [withdrawn.decision_id for withdrawn in after.withdrawn] == ["D3"]
    assert after.decision(DecisionId("D3")).is_open
    again = harness.redo()
    assert again.withdrawn == ()
    assert not again.decision(DecisionId("D3")).is_open


def test_an_undone_postponement_does_not_count(harness):
    harness.step(decisions.postpone_decision, DecisionId("D2"), "No quote")
    assert harness.meeting.decision(DecisionId("D2")).times_postponed == 2
    assert harness.undo().decision(DecisionId("D2")).times_postponed == 1


def test_the_whole_sample_meeting_can_be_undone_and_redone():
    events = [event for event in full_meeting().events if type(event).__name__ != "MeetingClosed"]
    course = EventHistory(events)
    at, before = course.meeting.seen_at, course.meeting
    steps = 0
    while course.last_step is not None:
        course.add(StepUndone(at=at))
        steps += 1
    assert course.meeting.actions == EventHistory(events[:1]).meeting.actions
    while course.next_step is not None:
        course.add(StepRedone(at=at))
    assert steps > 25
    assert course.meeting == before


def test_every_kind_of_step_can_be_undone_and_redone():
    events = meeting_events()
    for place, event in enumerate(events):
        course = EventHistory(events[:place])
        if not place or not isinstance(event, Step) or course.last_step is None:
            continue
        before, taken = course.meeting, course.add(event)
        at = taken.seen_at
        undone = course.add(StepUndone(at=at))
        assert undone == replace(
            before, numbers=taken.numbers, withdrawn=undone.withdrawn, seen_at=at
        )
        assert course.add(StepRedone(at=at)) == taken
