"""Any walk through the rules, with steps taken back and repeated anywhere on the way."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import ItemId
from facilitator.domain.carried import Numbers
from facilitator.domain.course import Course, replay
from facilitator.domain.decision import DecisionId, OptionId, View
from facilitator.domain.errors import RuleError
from facilitator.domain.events.kpis import CauseGiven
from facilitator.domain.events.meeting import MeetingEvent, Step, StepRedone, StepUndone
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.known_risk import RiskId, RiskState
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, TopicId, TopicStatus
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.rules import (
    action_rulings,
    actions,
    answering,
    conduct,
    decisions,
    definitions,
    discretion,
    focusing,
    incidents,
    life,
    rating,
    risks,
    stages,
    timing,
    turning,
    waste,
    writing,
)
from facilitator.domain.rules.turning import Turn
from facilitator.domain.timekeeping import duration, spent_on
from facilitator.domain.waste import Waste
from tests.building import (
    ACOS,
    ON,
    US,
    Table,
    agenda,
    carried,
    explained,
    incident,
    kinds,
    problem,
    question,
    scorecard,
)

MEI, TOM, ANA, JUN, BOSS = (PersonId(name) for name in ("mei", "tom", "ana", "jun", "boss"))
RING = ActionItem(id=ActionId(""), title="Ring", owner=MEI, due=ON)
LATER = date(2026, 12, 4)


def start_again(table: Table) -> None:
    """Closed minutes are opened again: from then on nothing before can be taken back."""
    table.close()
    table.step(life.reopen, "A slip", Numbers(action=50, risk=7))


def break_off(table: Table) -> None:
    table.step(life.suspend)
    table.clock.advance(minutes=20)
    table.step(timing.resume)


def change_hands(table: Table) -> None:
    table.step(life.hand_over, JUN, lets_go=True)
    table.step(timing.resume)


def hear(table: Table) -> None:
    known = table.meeting.incidents
    table.step(incidents.hear, incidents.detect(known, table.clock.now(), incident()))


def change_question(table: Table) -> None:
    asked = table.meeting.decisions[-1]
    table.step(decisions.change_decision, replace(asked, question=asked.question + "?"))


def change_promise(table: Table) -> None:
    promised = table.meeting.actions[-1]
    table.step(actions.change_action, replace(promised, owner=TOM, given_by=BOSS))


D2, D3, D4 = (DecisionId(each) for each in ("D2", "D3", "D4"))
A4, A5 = ActionId("A4"), ActionId("A5")
N1, P1, R1 = NoteId("N1"), TopicId("P1"), RiskId("R1")
LISTINGS, ADS = ItemId("listings"), ItemId("ads")

Move = Callable[[Table], object]
MOVES: tuple[Move, ...] = (
    lambda table: table.step(conduct.take_attendance, (JUN,), (MEI,)),
    lambda table: table.step(writing.answer_focus, "Sales in Germany"),
    lambda table: table.step(conduct.take_figures, scorecard()),
    lambda table: table.step(answering.explain, explained()),
    lambda table: table.step(answering.promise_answer, ACOS, ALL, RING),
    lambda table: table.step(answering.mark_occasion, date(2026, 11, 15), ALL, "A fair"),
    lambda table: table.step(definitions.agree_definition, ACOS, "By the day of the click"),
    lambda table: table.step(
        lambda _meeting, now: CauseGiven(at=now, kpi=ACOS, marketplace=US, text="Bids")
    ),
    lambda table: table.step(timing.move_on),
    lambda table: table.step(timing.go_back),
    lambda table: table.step(timing.start_item, ADS),
    lambda table: table.step(timing.skip_item, LISTINGS),
    lambda table: table.step(timing.drop_item, LISTINGS, "Nothing new"),
    lambda table: table.step(timing.change_timebox, timedelta(minutes=5)),
    lambda table: table.step(timing.pause_or_continue),
    lambda table: table.step(timing.pause_or_continue),
    lambda table: table.step(timing.resume),
    lambda table: table.step(timing.tick),
    break_off,
    change_hands,
    lambda table: table.step(writing.take_note, "A remark"),
    lambda table: table.step(discretion.mark_or_unmark, "N1"),
    lambda table: table.step(turning.turn_note, N1, Turn.ACTION),
    lambda table: table.step(turning.turn_note, N1, Turn.DECISION),
    lambda table: table.step(turning.turn_note, N1, Turn.TOPIC),
    lambda table: table.step(turning.turn_back, N1),
    lambda table: table.step(writing.change_note, N1, ""),
    lambda table: table.step(writing.park_topic, "A topic", timedelta(minutes=1)),
    lambda table: table.step(writing.close_topic, P1, TopicStatus.SETTLED),
    lambda table: table.step(waste.lose_time, Waste.NO_PRE_READ, timedelta(minutes=1)),
    lambda table: table.step(writing.save_draft, "note", (("text", "Hal"),)),
    lambda table: table.step(stages.take_stance, D3, TOM, View.VETTED),
    lambda table: table.step(decisions.take_option, D3, OptionId("A")),
    lambda table: table.step(decisions.reopen_decision, D3),
    lambda table: table.step(decisions.take_option, D4, OptionId("B"), "Cheaper"),
    lambda table: table.step(stages.accept_shortcut, D4, "Tom was away"),
    lambda table: table.step(decisions.postpone_decision, D2, "Later"),
    lambda table: table.step(decisions.return_decision, D3, "The price"),
    lambda table: table.step(decisions.drop_decision, D2, "Sold out"),
    lambda table: table.step(decisions.propose_decision, question("Japan?")),
    change_question,
    lambda table: table.step(actions.add_action, RING),
    change_promise,
    lambda table: table.step(actions.begin_action, A5),
    lambda table: table.step(actions.block_action, A5, "The carrier"),
    lambda table: table.step(actions.accept_action, A5),
    lambda table: table.step(actions.carry_action, A4, "Half done", LATER),
    lambda table: table.step(action_rulings.split_action, A5, "Big", ("One", "Two")),
    lambda table: table.step(action_rulings.hand_over_action, A4, "Ill", ANA),
    lambda table: table.step(actions.finish_action, A4, "Mail"),
    lambda table: table.step(actions.reopen_action, A4),
    lambda table: table.step(focusing.review_focus, parked=("A4",)),
    lambda table: table.step(focusing.review_focus, parked=("D4",), killed=("A4",), reason="Old"),
    lambda table: table.step(risks.name_risk, problem()),
    lambda table: table.step(risks.move_risk, R1, RiskState.OUT_OF_CONTROL),
    lambda table: table.step(risks.ask_about_risk, question("Ship by air?"), R1),
    lambda table: table.step(risks.close_risk, R1, "It came"),
    lambda table: table.step(risks.sign_no_problem, ANA),
    hear,
    lambda table: table.step(
        incidents.review, IncidentId("I1"), IncidentReview(cause="Late", loss="none", lesson="Ask")
    ),
    lambda table: table.step(rating.rate_meeting, (Rating(person=ANA, score=9),)),
    lambda table: table.step(conduct.accept_open_end, "decision:D4", "No time"),
    lambda table: table.step(conduct.accept_open_end, "item:actions", "No time"),
    start_again,
    lambda table: table.undo() if table.course.last_step else None,
    lambda table: table.undo() if table.course.last_step else None,
    lambda table: table.redo() if table.course.next_step else None,
)
"""Something of each kind that a room can do, in an order in which all of it is possible."""


def walked(walk: Iterable[tuple[Move, int]]) -> Table:
    """A meeting that made the moves, each some seconds after the one before."""
    table = Table(agenda(), carried())
    for move, seconds in walk:
        table.clock.advance(seconds=seconds)
        try:
            move(table)
        except RuleError:
            continue
    return table


def bare(meeting: Meeting) -> Meeting:
    """A meeting but for what a step leaves although it was taken back."""
    versions = (replace(each, meeting=bare(each.meeting)) for each in meeting.versions)
    return replace(
        meeting,
        seen_at=meeting.opened_at,
        numbers=Numbers(),
        withdrawn=(),
        versions=tuple(versions),
    )


def without_undo(events: Iterable[MeetingEvent]) -> Meeting:
    """Where the events lead that still stand, as if the others had never been."""
    told = list(events)
    standing: list[int] = []
    taken_back: list[int] = []
    out: set[int] = set()
    for place, event in enumerate(told):
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
        for place, event in enumerate(told)
        if place not in out and not isinstance(event, StepUndone | StepRedone)
    )


def spent(table: Table) -> timedelta:
    now = table.clock.now()
    times = (spent_on(table.meeting, each, now) for each in table.meeting.items)
    return sum(times, timedelta())


def ids(meeting: Meeting) -> list[str]:
    lists = (meeting.actions, meeting.decisions, meeting.topics, meeting.notes, meeting.risks)
    return [each.id for entries in lists for each in entries]


def take_all_back(course: Course) -> None:
    while course.last_step is not None:
        course.add(StepUndone(at=course.meeting.seen_at))


def repeat_all(course: Course) -> Meeting:
    while course.next_step is not None:
        course.add(StepRedone(at=course.meeting.seen_at))
    return course.meeting


def test_there_is_a_move_for_each_kind_of_step() -> None:
    """A new kind of step fails here until a walk can take it, and take it back."""
    table = walked((move, 60) for move in MOVES)
    assert kinds(table.events) >= set(get_args(Step))


walks = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 300)), max_size=50)


@settings(deadline=None, max_examples=60)
@given(walks)
def test_any_walk_through_the_rules_is_what_its_journal_tells(walk: list[tuple[Move, int]]) -> None:
    table = walked(walk)
    assert replay(table.events) == table.meeting
    assert bare(table.meeting) == bare(without_undo(table.events))
    assert spent(table) <= duration(table.meeting, table.clock.now())
    assert len(ids(table.meeting)) == len(set(ids(table.meeting)))


@settings(deadline=None, max_examples=60)
@given(walks)
def test_any_walk_can_be_taken_back_and_repeated(walk: list[tuple[Move, int]]) -> None:
    table = walked(walk)
    before = repeat_all(table.course)
    take_all_back(table.course)
    assert repeat_all(table.course) == before


@settings(deadline=None, max_examples=60)
@given(walks)
def test_no_number_is_ever_given_twice(walk: list[tuple[Move, int]]) -> None:
    """Not even where the step that gave it was taken back."""
    opening, *events = walked(walk).events
    course = Course((opening,))
    seen = set(ids(course.meeting))
    for event in events:
        before = set(ids(course.meeting))
        new = set(ids(course.add(event))) - before
        assert not isinstance(event, Step) or new.isdisjoint(seen)
        seen |= new
