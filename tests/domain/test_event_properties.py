"""Property tests: any sequence of steps, with undo and redo anywhere in it."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import ItemId
from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.decision import DecisionId, OptionId, PositionKind
from facilitator.domain.errors import RuleError
from facilitator.domain.event_history import EventHistory, replay
from facilitator.domain.events.kpis import CauseGiven
from facilitator.domain.events.meeting import MeetingEvent, Step, StepRedone, StepUndone
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, TopicId, TopicStatus
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.risk import RiskId, RiskState
from facilitator.domain.rules import (
    actions,
    approval,
    decisions,
    incidents,
    kpi_answers,
    lifecycle,
    risks,
)
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.rules.notes import ConversionTarget
from facilitator.domain.timekeeping import duration, time_spent
from tests.factories import (
    ACOS,
    ON,
    US,
    MeetingHarness,
    action_draft,
    agenda,
    carried,
    event_types,
    explained_answer,
    incident_draft,
    question,
    risk_draft,
    scorecard,
)

MEI, TOM, ANA, JUN, BOSS = (PersonId(name) for name in ("mei", "tom", "ana", "jun", "boss"))
RING = action_draft("Ring", due=ON)
LATER = date(2026, 12, 4)


def reopen_meeting(harness: MeetingHarness) -> None:
    """Close and reopen the meeting; undo stops there."""
    harness.close()
    harness.step(lifecycle.reopen_meeting, "A slip", NextNumbers(action=50, risk=7))


def suspend_and_resume(harness: MeetingHarness) -> None:
    harness.step(lifecycle.suspend_meeting)
    harness.clock.advance(minutes=20)
    harness.step(clock_rules.resume_meeting)


def hand_over(harness: MeetingHarness) -> None:
    harness.step(lifecycle.change_recorder, JUN, lets_go=True)
    harness.step(clock_rules.resume_meeting)


def report_incident(harness: MeetingHarness) -> None:
    known = harness.meeting.incidents
    harness.step(
        incidents.receive_incident_update,
        incidents.report_incident(known, harness.clock.now(), incident_draft()),
    )


def change_question(harness: MeetingHarness) -> None:
    asked = harness.meeting.decisions[-1]
    harness.step(decisions.change_decision, replace(asked, question=asked.question + "?"))


def change_action(harness: MeetingHarness) -> None:
    added = harness.meeting.actions[-1]
    harness.step(actions.change_action, replace(added, owner=TOM, given_by=BOSS))


D2, D3, D4 = (DecisionId(each) for each in ("D2", "D3", "D4"))
A4, A5 = ActionId("A4"), ActionId("A5")
N1, P1, R1 = NoteId("N1"), TopicId("P1"), RiskId("R1")
LISTINGS, ADS = ItemId("listings"), ItemId("ads")

Move = Callable[[MeetingHarness], object]
MOVES: tuple[Move, ...] = (
    lambda harness: harness.step(meeting_rules.take_attendance, (JUN,), (MEI,)),
    lambda harness: harness.step(focus_rules.answer_focus, "Sales in Germany"),
    lambda harness: harness.step(meeting_rules.load_kpis, scorecard()),
    lambda harness: harness.step(kpi_answers.explain_kpi, explained_answer()),
    lambda harness: harness.step(kpi_answers.assign_cause_search, ACOS, ALL, RING),
    lambda harness: harness.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, "A fair"),
    lambda harness: harness.step(kpi_answers.agree_definition, ACOS, "By the day of the click"),
    lambda harness: harness.step(
        lambda _meeting, now: CauseGiven(at=now, kpi=ACOS, marketplace=US, text="Bids")
    ),
    lambda harness: harness.step(clock_rules.start_next_item),
    lambda harness: harness.step(clock_rules.start_previous_item),
    lambda harness: harness.step(clock_rules.start_item, ADS),
    lambda harness: harness.step(clock_rules.skip_item, LISTINGS),
    lambda harness: harness.step(clock_rules.drop_item, LISTINGS, "Nothing new"),
    lambda harness: harness.step(clock_rules.change_timebox, timedelta(minutes=5)),
    lambda harness: harness.step(clock_rules.pause_or_continue),
    lambda harness: harness.step(clock_rules.pause_or_continue),
    lambda harness: harness.step(clock_rules.resume_meeting),
    lambda harness: harness.step(clock_rules.tick_clock),
    suspend_and_resume,
    hand_over,
    lambda harness: harness.step(note_rules.take_note, "A remark"),
    lambda harness: harness.step(entry_rules.toggle_sensitivity, "N1"),
    lambda harness: harness.step(note_rules.convert_note, N1, ConversionTarget.ACTION),
    lambda harness: harness.step(note_rules.convert_note, N1, ConversionTarget.DECISION),
    lambda harness: harness.step(note_rules.convert_note, N1, ConversionTarget.TOPIC),
    lambda harness: harness.step(note_rules.revert_note, N1),
    lambda harness: harness.step(note_rules.change_note, N1, ""),
    lambda harness: harness.step(note_rules.park_topic, "A topic", timedelta(minutes=1)),
    lambda harness: harness.step(note_rules.close_topic, P1, TopicStatus.SETTLED),
    lambda harness: harness.step(
        meeting_rules.record_lost_time, LossCause.NO_PRE_READ, timedelta(minutes=1)
    ),
    lambda harness: harness.step(meeting_rules.save_draft, "note", (("text", "Hal"),)),
    lambda harness: harness.step(approval.take_position, D3, TOM, PositionKind.VETTED),
    lambda harness: harness.step(decisions.choose_option, D3, OptionId("A")),
    lambda harness: harness.step(decisions.reopen_decision, D3),
    lambda harness: harness.step(decisions.choose_option, D4, OptionId("B"), "Cheaper"),
    lambda harness: harness.step(approval.accept_decision_bypass, D4, "Tom was away"),
    lambda harness: harness.step(decisions.postpone_decision, D2, "Later"),
    lambda harness: harness.step(decisions.return_decision, D3, "The price"),
    lambda harness: harness.step(decisions.drop_decision, D2, "Sold out"),
    lambda harness: harness.step(decisions.propose_decision, question("Japan?")),
    change_question,
    lambda harness: harness.step(actions.add_action, RING),
    change_action,
    lambda harness: harness.step(actions.toggle_in_progress, A5),
    lambda harness: harness.step(actions.block_action, A5, "The carrier"),
    lambda harness: harness.step(actions.accept_action, A5),
    lambda harness: harness.step(actions.keep_action_open, A4, "Half done", LATER),
    lambda harness: harness.step(actions.split_action, A5, "Big", ("One", "Two")),
    lambda harness: harness.step(actions.hand_over_action, A4, "Ill", ANA),
    lambda harness: harness.step(actions.finish_action, A4, "Mail"),
    lambda harness: harness.step(actions.reopen_action, A4),
    lambda harness: harness.step(focus_rules.review_focus),
    lambda harness: harness.step(focus_rules.review_focus, parked=("A4",)),
    lambda harness: harness.step(
        focus_rules.review_focus, parked=("D4",), killed=("A4",), reason="Old"
    ),
    lambda harness: harness.step(risks.raise_risk, risk_draft()),
    lambda harness: harness.step(risks.set_risk_state, R1, RiskState.OUT_OF_CONTROL),
    lambda harness: harness.step(risks.propose_decision_on_risk, question("Ship by air?"), R1),
    lambda harness: harness.step(risks.close_risk, R1, "It came"),
    lambda harness: harness.step(risks.sign_no_problem, ANA),
    report_incident,
    lambda harness: harness.step(
        incidents.review_incident,
        IncidentId("I1"),
        IncidentReview(cause="Late", loss="none", lesson="Ask"),
    ),
    lambda harness: harness.step(meeting_rules.rate_meeting, (Rating(person=ANA, score=9),)),
    lambda harness: harness.step(meeting_rules.accept_open_point, "decision:D4", "No time"),
    lambda harness: harness.step(meeting_rules.accept_open_point, "item:actions", "No time"),
    reopen_meeting,
    lambda harness: harness.undo() if harness.history.last_step else None,
    lambda harness: harness.undo() if harness.history.last_step else None,
    lambda harness: harness.redo() if harness.history.next_step else None,
)
"""One step of each kind, in an order in which all are possible."""


def take_walk(walk: Iterable[tuple[Move, int]]) -> MeetingHarness:
    """Return a meeting after these steps, each some seconds after the one before."""
    harness = MeetingHarness(agenda(), carried())
    for move, seconds in walk:
        harness.clock.advance(seconds=seconds)
        try:
            move(harness)
        except RuleError:
            continue
    return harness


def without_times(meeting: Meeting) -> Meeting:
    """Return a meeting without what an undone step leaves behind."""
    versions = (replace(each, meeting=without_times(each.meeting)) for each in meeting.versions)
    return replace(
        meeting,
        seen_at=meeting.opened_at,
        numbers=NextNumbers(),
        withdrawn=(),
        versions=tuple(versions),
    )


def without_undo(events: Iterable[MeetingEvent]) -> Meeting:
    """Return the meeting of the events that are not undone."""
    all_events = list(events)
    standing: list[int] = []
    taken_back: list[int] = []
    out: set[int] = set()
    for place, event in enumerate(all_events):
        if isinstance(event, StepUndone):
            taken_back.append(standing.pop())
            out.add(taken_back[-1])
        elif isinstance(event, StepRedone):
            standing.append(taken_back.pop())
            out.remove(standing[-1])
        elif isinstance(event, Step):
            standing.append(place)
            taken_back.clear()
    return replay(
        event
        for place, event in enumerate(all_events)
        if place not in out and not isinstance(event, StepUndone | StepRedone)
    )


def spent(harness: MeetingHarness) -> timedelta:
    now = harness.clock.now()
    times = (time_spent(harness.meeting, each, now) for each in harness.meeting.items)
    return sum(times, timedelta())


def ids(meeting: Meeting) -> list[str]:
    lists = (meeting.actions, meeting.decisions, meeting.topics, meeting.notes, meeting.risks)
    return [each.id for entries in lists for each in entries]


def undo_all(course: EventHistory) -> None:
    while course.last_step is not None:
        course.add(StepUndone(at=course.meeting.seen_at))


def redo_all(course: EventHistory) -> Meeting:
    while course.next_step is not None:
        course.add(StepRedone(at=course.meeting.seen_at))
    return course.meeting


def test_the_random_walks_cover_each_kind_of_step() -> None:
    """A new kind of step fails here until a walk can take and undo it."""
    harness = take_walk((move, 60) for move in MOVES)
    assert event_types(harness.events) >= set(get_args(Step))


walks = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 300)), max_size=50)


@settings(deadline=None, max_examples=60)
@given(walks)
def test_replaying_the_journal_of_any_walk_gives_the_meeting(walk: list[tuple[Move, int]]) -> None:
    harness = take_walk(walk)
    assert replay(harness.events) == harness.meeting
    assert without_times(harness.meeting) == without_times(without_undo(harness.events))
    assert spent(harness) <= duration(harness.meeting, harness.clock.now())
    assert len(ids(harness.meeting)) == len(set(ids(harness.meeting)))


@settings(deadline=None, max_examples=60)
@given(walks)
def test_any_walk_can_be_undone_and_redone(walk: list[tuple[Move, int]]) -> None:
    harness = take_walk(walk)
    before = redo_all(harness.history)
    undo_all(harness.history)
    assert redo_all(harness.history) == before


@settings(deadline=None, max_examples=60)
@given(walks)
def test_no_number_is_used_twice(walk: list[tuple[Move, int]]) -> None:
    """Not even a number whose step was undone."""
    opening, *events = take_walk(walk).events
    course = EventHistory((opening,))
    seen = set(ids(course.meeting))
    for event in events:
        before = set(ids(course.meeting))
        new = set(ids(course.add(event))) - before
        assert not isinstance(event, Step) or new.isdisjoint(seen)
        seen |= new
