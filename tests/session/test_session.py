"""The session checks, writes, then applies."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import ManualClock, MemoryJournal, MemoryMinutes
from facilitator.domain.agenda import ItemId
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import RuleError, StorageError
from facilitator.domain.event_history import replay
from facilitator.domain.events.clock import ClockTicked, ItemStarted, MeetingResumed
from facilitator.domain.events.meeting import MeetingOpened
from facilitator.domain.note import ParkedTopic, TopicId, TopicStatus
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.timekeeping import duration, read_clock
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.session.session import SLEEP_THRESHOLD, MeetingSession
from tests.factories import ON, MeetingHarness, agenda, carried

ENGLISH = Language()


class SessionHarness:
    """A session with journal, minutes and clock in memory."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.journal = MemoryJournal()
        self.minutes = MemoryMinutes()
        self.session = MeetingSession.open(
            agenda(),
            CarryOver(),
            journal=self.journal,
            minutes=self.minutes,
            clock=clock,
            language=ENGLISH,
        )

    def run(self, minutes: int) -> None:
        """Advance the clock, with a tick each minute."""
        for _ in range(minutes):
            self.clock.advance(minutes=1)
            self.session.tick()

    def restart(self) -> MeetingSession:
        """Open the journal again, as after a crash."""
        self.session = MeetingSession.open_existing(
            journal=self.journal,
            minutes=self.minutes,
            clock=self.clock,
            language_of=lambda _: ENGLISH,
        )
        self.session.close_on_error(self.session.resume_clock)
        return self.session


@pytest.fixture
def session_harness(clock) -> SessionHarness:
    return SessionHarness(clock)


def test_opening_starts_the_first_item_at_once(session_harness):
    assert [type(event) for event in session_harness.journal.read()] == [MeetingOpened, ItemStarted]
    assert session_harness.session.meeting.current == "opening"


def test_a_step_is_written_before_it_is_applied(session_harness, clock):
    clock.advance(minutes=1)
    session_harness.session.step(note_rules.take_note, "Cold")
    assert replay(session_harness.journal.read()) == session_harness.session.meeting


def test_a_step_that_cannot_be_written_is_not_applied(session_harness):
    session_harness.session.step(note_rules.park_topic, "Later")
    before = session_harness.session.meeting
    for step in (
        lambda: session_harness.session.step(note_rules.take_note, "Cold"),
        session_harness.session.undo,
        session_harness.session.tick,
    ):
        session_harness.journal.refuse()
        with pytest.raises(StorageError, match="disk is full"):
            step()
        assert session_harness.session.meeting == before
    session_harness.session.step(note_rules.take_note, "Cold")
    assert [note.id for note in session_harness.session.meeting.notes] == ["N1"]
    assert replay(session_harness.journal.read()) == session_harness.session.meeting


def test_a_meeting_that_cannot_be_written_is_not_opened(clock):
    journal = MemoryJournal()
    journal.refuse()
    with pytest.raises(StorageError):
        MeetingSession.open(
            agenda(),
            CarryOver(),
            journal=journal,
            minutes=MemoryMinutes(),
            clock=clock,
            language=ENGLISH,
        )
    assert journal.read() == ()


def test_a_step_that_is_not_possible_is_not_written(session_harness):
    written = session_harness.journal.read()
    with pytest.raises(RuleError, match="Write the note first"):
        session_harness.session.step(note_rules.take_note, "  ")
    assert session_harness.journal.read() == written


def test_undo_and_redo_without_a_step_are_refused_with_a_message(session_harness):
    with pytest.raises(RuleError, match="nothing to redo"):
        session_harness.session.redo()
    with pytest.raises(RuleError, match="nothing to undo"):
        session_harness.session.undo()
    assert session_harness.session.meeting.current == "opening"


def test_a_crash_loses_only_the_time_since_the_last_tick(session_harness, clock):
    session_harness.run(minutes=2)
    clock.advance(minutes=45)
    meeting = session_harness.restart().meeting
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=2)
    assert meeting.interrupted_time == timedelta(minutes=45)
    assert duration(meeting, clock.now()) == timedelta(minutes=2)
    clock.advance(minutes=1)
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=3)


def test_a_paused_meeting_is_paused_after_a_crash(session_harness, clock):
    session_harness.run(minutes=2)
    session_harness.session.step(clock_rules.pause_or_continue)
    clock.advance(minutes=45)
    meeting = session_harness.restart().meeting
    assert meeting.is_paused
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=2)


def test_steps_can_be_undone_after_a_crash(session_harness):
    session_harness.session.step(note_rules.take_note, "Cold")
    session = session_harness.restart()
    session.undo()
    assert session.meeting.notes == ()


def test_time_while_the_machine_sleeps_does_not_count(session_harness, clock):
    clock.advance(seconds=SLEEP_THRESHOLD.total_seconds())
    session_harness.session.tick()
    assert isinstance(session_harness.journal.read()[-1], ClockTicked)
    clock.advance(minutes=30)
    meeting = session_harness.session.step(
        note_rules.take_note, "Awake again, before the next tick"
    )
    assert any(isinstance(event, MeetingResumed) for event in session_harness.journal.read())
    assert read_clock(meeting, clock.now()).elapsed == SLEEP_THRESHOLD


def test_a_clock_set_back_does_not_move_time_backwards(session_harness, clock):
    session_harness.run(minutes=5)
    clock.advance(hours=-1)
    meeting = session_harness.session.step(clock_rules.start_next_item)
    assert meeting.items[0].spent == timedelta(minutes=5)
    assert meeting.seen_at == session_harness.session.now


def test_minutes_are_written_from_the_current_meeting(session_harness):
    session_harness.session.step(note_rules.take_note, "Ranks fell in two shops")
    session_harness.session.write_minutes()
    assert "Ranks fell in two shops" in session_harness.minutes.text


def test_going_back_leaves_the_next_item_unstarted(session_harness):
    for _ in range(2):
        session_harness.session.step(clock_rules.start_next_item)
    session_harness.session.step(clock_rules.start_previous_item)
    assert session_harness.session.meeting.current == "kpis"
    assert session_harness.session.step(clock_rules.start_next_item).current == "ads"


def test_items_left_out_by_a_jump_come_next(session_harness):
    last = session_harness.session.meeting.items[-1].item.id
    session_harness.session.step(clock_rules.start_item, last)
    assert session_harness.session.step(clock_rules.start_next_item).current == "kpis"


def test_time_in_an_editor_counts_as_discussion(session_harness, clock):
    clock.advance(minutes=5)
    session_harness.session.keep_clock_running()
    meeting = session_harness.session.step(note_rules.take_note, "Long")
    assert meeting.interrupted_time == timedelta()
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=5)


def test_dropping_an_item_drops_its_carried_over_topic(session_harness):
    topic = ParkedTopic(id=TopicId("P9"), text="Listings", parked_on=ON, item_id=ItemId("listings"))
    harness = MeetingHarness(agenda(), replace(carried(), topics=(topic,)))
    harness.step(clock_rules.start_next_item)
    meeting = harness.step(clock_rules.drop_item, ItemId("listings"), "Nothing new")
    assert meeting.topics[0].status is TopicStatus.DROPPED
    assert [each.reason for each in meeting.items if each.reason] == ["Nothing new"]


def test_a_carried_over_decision_is_not_duplicated_by_the_agenda():
    waiting = replace(agenda().decisions[0], id=DecisionId("D2"))
    harness = MeetingHarness(agenda(), replace(carried(), decisions=(waiting,)))
    questions = [each.question for each in harness.meeting.decisions]
    assert len(questions) == len(set(questions)) == 2


def test_a_computers_clock_that_is_set_is_noted_once_and_changes_no_time(session_harness, clock):
    session_harness.run(minutes=2)
    clock.set_by = timedelta(hours=2)
    session_harness.run(minutes=2)
    clock.set_by = timedelta()
    session_harness.run(minutes=2)

    meeting = session_harness.session.meeting
    assert [by for _at, by in meeting.clock_changes] == [timedelta(hours=2), timedelta(hours=-2)]
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=6)
    text = render_minutes(meeting, ENGLISH)
    assert "The computer's clock was set by +2:00:00 at 10:03; no time" in text


def test_a_correction_of_a_few_seconds_is_not_noted(session_harness, clock):
    clock.set_by = timedelta(seconds=4)
    session_harness.run(minutes=2)
    assert session_harness.session.meeting.clock_changes == ()


def test_a_meeting_goes_on_where_the_clock_was_set_back_before_it_was_resumed(
    session_harness, clock
):
    session_harness.run(minutes=10)
    clock.advance(hours=-2)
    session = session_harness.restart()
    for _ in range(3):
        clock.advance(minutes=1)
        session.tick()

    assert read_clock(session.meeting, session.now).elapsed == timedelta(minutes=13)
    assert [by for _at, by in session.meeting.clock_changes] == [timedelta(hours=-2)]
