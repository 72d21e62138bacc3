"""The sample's meeting a week ago, really held: by the session, with a clock moved by hand."""

from dataclasses import replace
from datetime import date, timedelta

from facilitator.adapters.in_memory import ManualClock
from facilitator.cli.last_week_story import Promise, Story, Worry
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemKind
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId
from facilitator.domain.rules import actions, decisions, kpi_answers, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.desk import Desk
from facilitator.session.session import MeetingSession

WEEK = timedelta(weeks=1)
USED = 0.9
"""How much of its time an item took."""


def hold_meeting(
    at: Desk, clock: ManualClock, agenda: Agenda, story: Story, scorecard: Scorecard
) -> None:
    """Hold the first meeting of a series: this agenda's items, the story's words."""
    first = replace(
        agenda,
        decisions=(story.question,),
        items=tuple(item for item in agenda.items if item.kind is not ItemKind.ACTION_REVIEW),
    )
    session = at.begin(first, CarryOver())
    session.step(meeting_rules.take_attendance, ())
    session.step(meeting_rules.load_kpis, scorecard)
    for place, item in enumerate(first.items):
        if place:
            session.step(clock_rules.start_next_item)
        clock.advance(minutes=item.timebox * USED / timedelta(minutes=1))
        session.stayed_awake()
        _talk(session, item, story)
    session.step(risks.sign_no_problem, PersonId(story.signed))
    session.step(meeting_rules.close_meeting)
    at.finish(session)


def _talk(session: MeetingSession, item: Item, story: Story) -> None:
    if item.id in story.notes:
        session.step(note_rules.take_note, story.notes[item.id])
    for promise in story.promises.get(item.id, ()):
        session.step(actions.add_action, _action(promise, session.meeting.date + WEEK))
    for worry in story.worries.get(item.id, ()):
        session.step(risks.raise_risk, _risk(worry, session.meeting.date))
    if item.id in story.parked:
        session.step(note_rules.park_topic, story.parked[item.id])
    match item.kind:
        case ItemKind.OPENING:
            session.step(focus_rules.answer_focus, story.focus)
        case ItemKind.KPI_REVIEW:
            _answer(session, story)
        case ItemKind.DECISIONS:
            _put_off(session, story)
        case _:
            pass


def _action(promise: Promise, today: date) -> ActionItem:
    return ActionItem(
        id=ActionId(""),
        title=promise.title,
        owner=PersonId(promise.owner),
        due=today + timedelta(days=promise.due),
        criterion=promise.criterion,
    )


def _risk(worry: Worry, today: date) -> Risk:
    return Risk(
        id=RiskId(""),
        text=worry.text,
        solution=worry.solution,
        owner=PersonId(worry.owner),
        state=worry.state,
        raised_by=PersonId(worry.raiser),
        raised_on=today,
    )


def _answer(session: MeetingSession, story: Story) -> None:
    for series in unanswered_series(session.meeting):
        if series.kpi not in story.answers:
            session.step(kpi_answers.pass_kpi_as_normal, series.kpi, series.marketplace)
            continue
        cause, proposal = story.answers[series.kpi]
        explained = KpiAnswer(
            kpi=series.kpi,
            marketplace=series.marketplace,
            verdict=Verdict.EXPLAINED,
            causes=(cause,),
            proposal=proposal,
        )
        session.step(kpi_answers.explain_kpi, explained)


def _put_off(session: MeetingSession, story: Story) -> None:
    for decision in session.meeting.open_decisions:
        session.step(
            decisions.postpone_decision,
            decision.id,
            story.put_off_because,
            until=session.meeting.date + WEEK,
        )
