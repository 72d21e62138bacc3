"""Prepare the sample for today: copy its agendas and reports, and hold the meeting before."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.in_memory import ManualClock
from facilitator.adapters.publication_file import write_publication
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.sample import (
    AGENDA_BY_LANGUAGE,
    STORY_FILE,
    copy_with_dates_shifted,
    date_shift_to,
    is_sample_prepared,
    load_sample_agenda,
    sample_agendas_folder,
)
from facilitator.cli.demo.story import Story, StoryAction, StoryRisk, load_story
from facilitator.cli.workspace import Workspace
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemKind
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.publication import mark_published
from facilitator.domain.risk import Risk, RiskId
from facilitator.domain.rules import actions, decisions, kpi_answers, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.services import Services, build_pre_read
from facilitator.session.session import MeetingSession

WEEK = timedelta(weeks=1)
"""From one meeting of the sample to the next."""
SENT_BEFORE = timedelta(hours=26)
"""How long before a meeting its pre-read is sent."""
USED_SHARE = 0.9
"""The share of its timebox that each item takes."""


def prepare_sample(folder: Path, now: datetime) -> None:
    """Make the sample for this moment in `folder`; a sample of today is left as it is.

    The folder appears as a whole or not at all. Raises FacilitatorError where it holds something
    else.
    """
    if is_sample_prepared(folder, now.date()):
        return
    source = sample_agendas_folder()
    move = date_shift_to(now, load_sample_agenda(source))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=folder.parent) as beside:
        made = Workspace(Path(beside) / folder.name)
        for name in AGENDA_BY_LANGUAGE.values():
            copy_with_dates_shifted(source / name, made.agendas / name, move)
        for name in AGENDA_BY_LANGUAGE.values():
            _hold_last_meeting(made, name, load_story(source / name / STORY_FILE), folder)
            _publish_agenda(made, name, now)
        if folder.exists():
            folder.rmdir()
        made.root.replace(folder)


def _hold_last_meeting(made: Workspace, name: str, story: Story, folder: Path) -> None:
    """Hold the meeting a week before; its journal names the agenda in its later `folder`."""
    agenda = load_sample_agenda(made.agendas, name)
    starts = agenda.starts - WEEK
    before = replace(agenda, starts=starts, sent_at=starts - SENT_BEFORE)
    clock = ManualClock(before.starts)
    at = build_services(made, clock)
    scorecard = at.load(before)
    moved = replace(before, file=str(folder / Path(agenda.file).relative_to(made.root)))
    _hold_meeting(at, clock, moved, story, scorecard)


def _publish_agenda(made: Workspace, name: str, now: datetime) -> None:
    """Write the pre-read of today's agenda, published in time."""
    agenda = load_sample_agenda(made.agendas, name)
    at = build_services(made, ManualClock(now))
    sent = mark_published(None, agenda.starts, agenda.starts - SENT_BEFORE)
    write_publication(Path(agenda.file), sent, build_pre_read(at, agenda, at.load(agenda)))


def _hold_meeting(
    at: Services, clock: ManualClock, agenda: Agenda, story: Story, scorecard: Scorecard
) -> None:
    """Hold the first meeting of a series with the items of `agenda` and the words of `story`."""
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
        clock.advance(minutes=item.timebox * USED_SHARE / timedelta(minutes=1))
        session.keep_clock_running()
        _record_item(session, item, story)
    session.step(risks.sign_no_problem, story.signed)
    session.step(meeting_rules.close_meeting)
    at.finish(session)


def _record_item(session: MeetingSession, item: Item, story: Story) -> None:
    if item.id in story.notes:
        session.step(note_rules.take_note, story.notes[item.id])
    for action in story.actions:
        if action.item == item.id:
            session.step(actions.add_action, _action_item(action, session.meeting.date + WEEK))
    for risk in story.risks:
        if risk.item == item.id:
            session.step(risks.raise_risk, _risk(risk, session.meeting.date))
    if item.id in story.parked:
        session.step(note_rules.park_topic, story.parked[item.id])
    match item.kind:
        case ItemKind.OPENING:
            session.step(focus_rules.answer_focus, story.focus)
        case ItemKind.KPI_REVIEW:
            _answer_kpis(session, story)
        case ItemKind.DECISIONS:
            _postpone_decisions(session, story)
        case _:
            pass


def _action_item(told: StoryAction, next_meeting: date) -> ActionItem:
    return ActionItem(
        id=ActionId(""),
        title=told.title,
        owner=told.owner,
        due=next_meeting + timedelta(days=told.due),
        criterion=told.criterion,
    )


def _risk(told: StoryRisk, today: date) -> Risk:
    return Risk(
        id=RiskId(""),
        text=told.text,
        solution=told.solution,
        owner=told.owner,
        state=told.state,
        raised_by=told.raiser,
        raised_on=today,
    )


def _answer_kpis(session: MeetingSession, story: Story) -> None:
    for series in unanswered_series(session.meeting):
        answer = story.answers.get(series.kpi)
        if answer is None:
            continue
        explained = KpiAnswer(
            kpi=series.kpi,
            marketplace=series.marketplace,
            verdict=Verdict.EXPLAINED,
            causes=(answer.cause,),
            proposal=answer.proposal,
        )
        session.step(kpi_answers.explain_kpi, explained)


def _postpone_decisions(session: MeetingSession, story: Story) -> None:
    for decision in session.meeting.open_decisions:
        session.step(
            decisions.postpone_decision,
            decision.id,
            story.postponed_because,
            until=session.meeting.date + WEEK,
        )
