"""The session: checks, writes, then believes."""

from dataclasses import replace
from datetime import timedelta

import pytest

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
from facilitator.session.session import LONGEST_SILENCE, MeetingSession
from tests.building import ON, Table, agenda, carried

ENGLISH = Language()


class Room:
    """A session with everything it stands on in memory."""

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
        """Let the clock run, with a tick each minute."""
        for _ in range(minutes):
            self.clock.advance(minutes=1)
            self.session.tick()

    def restart(self) -> MeetingSession:
        """Come back after a crash."""
        self.session = MeetingSession.take_up(
            journal=self.journal,
            minutes=self.minutes,
            clock=self.clock,
            language_of=lambda _: ENGLISH,
        )
        self.session.or_leave(self.session.go_on)
        return self.session


@pytest.fixture
def room(clock) -> Room:
    return Room(clock)


def test_opening_starts_the_first_item_at_once(room):
    assert [type(event) for event in room.journal.read()] == [MeetingOpened, ItemStarted]
    assert room.session.meeting.current == "opening"


def test_a_step_is_in_the_journal_before_it_is_believed(room, clock):
    clock.advance(minutes=1)
    room.session.step(note_rules.take_note, "Cold")
    assert replay(room.journal.read()) == room.session.meeting


def test_a_step_that_the_disk_refuses_did_not_happen(room):
    room.session.step(note_rules.park_topic, "Later")
    before = room.session.meeting
    for step in (
        lambda: room.session.step(note_rules.take_note, "Cold"),
        room.session.undo,
        room.session.tick,
    ):
        room.journal.refuse()
        with pytest.raises(StorageError, match="disk is full"):
            step()
        assert room.session.meeting == before
    room.session.step(note_rules.take_note, "Cold")
    assert [note.id for note in room.session.meeting.notes] == ["N1"]
    assert replay(room.journal.read()) == room.session.meeting


def test_a_meeting_that_the_disk_refuses_is_not_opened(clock):
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


def test_a_step_that_is_not_possible_is_not_written(room):
    written = room.journal.read()
    with pytest.raises(RuleError, match="Write the note first"):
        room.session.step(note_rules.take_note, "  ")
    assert room.journal.read() == written


def test_undo_and_redo_speak_when_there_is_nothing_to_do(room):
    with pytest.raises(RuleError, match="nothing to redo"):
        room.session.redo()
    with pytest.raises(RuleError, match="nothing to undo"):
        room.session.undo()
    assert room.session.meeting.current == "opening"


def test_a_crash_costs_no_discussion_time_beyond_the_last_tick(room, clock):
    room.run(minutes=2)
    clock.advance(minutes=45)
    meeting = room.restart().meeting
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=2)
    assert meeting.interrupted_time == timedelta(minutes=45)
    assert duration(meeting, clock.now()) == timedelta(minutes=2)
    clock.advance(minutes=1)
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=3)


def test_a_paused_meeting_is_paused_after_a_crash(room, clock):
    room.run(minutes=2)
    room.session.step(clock_rules.pause_or_continue)
    clock.advance(minutes=45)
    meeting = room.restart().meeting
    assert meeting.is_paused
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=2)


def test_steps_can_be_taken_back_after_a_crash(room):
    room.session.step(note_rules.take_note, "Cold")
    session = room.restart()
    session.undo()
    assert session.meeting.notes == ()


def test_a_machine_that_slept_did_not_talk(room, clock):
    clock.advance(seconds=LONGEST_SILENCE.total_seconds())
    room.session.tick()
    assert isinstance(room.journal.read()[-1], ClockTicked)
    clock.advance(minutes=30)
    meeting = room.session.step(note_rules.take_note, "Awake again, before the next tick")
    assert any(isinstance(event, MeetingResumed) for event in room.journal.read())
    assert read_clock(meeting, clock.now()).elapsed == LONGEST_SILENCE


def test_a_clock_set_back_does_not_turn_time_around(room, clock):
    room.run(minutes=5)
    clock.advance(hours=-1)
    meeting = room.session.step(clock_rules.start_next_item)
    assert meeting.items[0].spent == timedelta(minutes=5)
    assert meeting.seen_at == room.session.now


def test_minutes_are_written_from_the_meeting_as_it_stands(room):
    room.session.step(note_rules.take_note, "Ranks fell in two shops")
    room.session.write_minutes()
    assert "Ranks fell in two shops" in room.minutes.text


def test_going_back_leaves_the_item_still_to_come(room):
    for _ in range(2):
        room.session.step(clock_rules.start_next_item)
    room.session.step(clock_rules.start_previous_item)
    assert room.session.meeting.current == "kpis"
    assert room.session.step(clock_rules.start_next_item).current == "ads"


def test_after_a_jump_to_the_end_the_items_left_out_are_next(room):
    last = room.session.meeting.items[-1].item.id
    room.session.step(clock_rules.start_item, last)
    assert room.session.step(clock_rules.start_next_item).current == "kpis"


def test_time_in_an_editor_is_discussion(room, clock):
    clock.advance(minutes=5)
    room.session.stayed_awake()
    meeting = room.session.step(note_rules.take_note, "Long")
    assert meeting.interrupted_time == timedelta()
    assert read_clock(meeting, clock.now()).elapsed == timedelta(minutes=5)


def test_a_dropped_item_is_not_carried_over_from_last_week_either(room):
    topic = ParkedTopic(id=TopicId("P9"), text="Listings", parked_on=ON, item_id=ItemId("listings"))
    table = Table(agenda(), replace(carried(), topics=(topic,)))
    table.step(clock_rules.start_next_item)
    meeting = table.step(clock_rules.drop_item, ItemId("listings"), "Nothing new")
    assert meeting.topics[0].status is TopicStatus.DROPPED
    assert [each.reason for each in meeting.items if each.reason] == ["Nothing new"]


def test_a_question_that_came_back_is_not_asked_twice():
    waiting = replace(agenda().decisions[0], id=DecisionId("D2"))
    table = Table(agenda(), replace(carried(), decisions=(waiting,)))
    questions = [each.question for each in table.meeting.decisions]
    assert len(questions) == len(set(questions)) == 2
