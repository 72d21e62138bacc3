"""The fold: what each event makes of the meeting."""

from dataclasses import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.carried import Numbers
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.discretion import as_prepared
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.actions import ActionAdded, ActionRuled, ActionStep
from facilitator.domain.events.clock import (
    ClockStep,
    ClockTicked,
    MeetingResumed,
    MeetingSuspended,
)
from facilitator.domain.events.conduct import ConductStep
from facilitator.domain.events.decisions import DecisionProposed, DecisionRuled, DecisionStep
from facilitator.domain.events.discretion import SensitivityMarked
from facilitator.domain.events.focus import FocusReviewed
from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentRecovered,
    IncidentReviewed,
    IncidentTold,
)
from facilitator.domain.events.kpis import KpiAnswered, KpisLoaded
from facilitator.domain.events.life import MeetingReopened, PenHandedOver
from facilitator.domain.events.meeting import (
    DraftSaved,
    MeetingClosed,
    MeetingEvent,
    MeetingOpened,
    Step,
    StepRedone,
    StepUndone,
    SubjectStep,
)
from facilitator.domain.events.notes import NoteStep, NoteTaken, NoteTurned, TopicParked
from facilitator.domain.events.risks import RiskNamed, RiskStep
from facilitator.domain.folds.actions import promised
from facilitator.domain.folds.clock import resume, suspend, timed
from facilitator.domain.folds.conduct import conducted
from facilitator.domain.folds.decisions import decided
from facilitator.domain.folds.discretion import marked
from facilitator.domain.folds.focus import refocused
from facilitator.domain.folds.incidents import after
from facilitator.domain.folds.kpis import answered
from facilitator.domain.folds.life import closed, handed_over, reopened
from facilitator.domain.folds.notes import written_down
from facilitator.domain.folds.risks import told_of
from facilitator.domain.meeting import Draft, ItemProgress, Meeting, Withdrawn
from facilitator.domain.note import ParkedTopic


def opened(event: MeetingOpened) -> Meeting:
    """The meeting as it begins: prepared decisions get the next free numbers.

    A question that came back from an earlier meeting is not asked twice.
    """
    carried, numbers = event.carried, event.carried.numbers
    waiting = {decision.question for decision in carried.decisions}
    asked = [each for each in event.agenda.decisions if each.question not in waiting]
    prepared = tuple(
        replace(decision, id=DecisionId(f"D{number}"))
        for number, decision in enumerate(asked, start=numbers.decision)
    )
    return Meeting(
        agenda=event.agenda,
        opened_at=event.at,
        seen_at=event.at,
        items=tuple(ItemProgress(item=item) for item in event.agenda.items),
        decisions=as_prepared(carried.decisions, event.agenda) + prepared,
        actions=tuple(replace(each, carried=each.carried + 1) for each in carried.actions),
        carried_actions=tuple(action.id for action in carried.actions),
        topics=carried.topics,
        past_focus=carried.focus,
        past_values=carried.values,
        past_causes=carried.causes,
        occasions=carried.occasions,
        definitions=carried.definitions,
        risks=tuple(each.come_back() for each in carried.risks),
        incidents=carried.incidents,
        records=carried.records,
        overrides=event.overrides,
        numbers=replace(numbers, decision=numbers.decision + len(prepared)),
    )


def apply(meeting: Meeting, event: MeetingEvent) -> Meeting:
    """The meeting as it stands after `event`."""
    seen_at = max(meeting.seen_at, event.at)
    if isinstance(event, DraftSaved):  # while somebody types: one copy of the meeting must do
        return replace(meeting, seen_at=seen_at, drafts=_drafts(meeting.drafts, event))
    meeting = replace(meeting, seen_at=seen_at)
    match event:
        case MeetingOpened():
            raise JournalError(N_("A meeting is opened only once."))
        case StepUndone() | StepRedone():
            raise JournalError(N_("Taking back is the course's affair."))
        case MeetingResumed():
            return resume(meeting, event)
        case MeetingSuspended(at=at):
            return suspend(meeting, at)
        case ClockTicked():
            return meeting
        case KpisLoaded(scorecard=scorecard):
            return replace(meeting, scorecard=scorecard)
        case IncidentDetected() | IncidentTold() | IncidentRecovered() | IncidentReviewed():
            return replace(meeting, incidents=after(meeting.incidents, event))
        case MeetingClosed():
            return closed(meeting, event)
        case MeetingReopened():
            return reopened(meeting, event)
        case PenHandedOver():
            return handed_over(meeting, event)
        case _:
            return replace(_by_subject(meeting, event), numbers=_used(meeting.numbers, event))


def _by_subject(meeting: Meeting, event: SubjectStep) -> Meeting:
    """What the fold of its subject makes of an event."""
    if isinstance(event, ClockStep):
        return timed(meeting, event)
    if isinstance(event, ConductStep):
        return conducted(meeting, event)
    if isinstance(event, NoteStep):
        return written_down(meeting, event)
    if isinstance(event, DecisionStep):
        return decided(meeting, event)
    if isinstance(event, ActionStep):
        return promised(meeting, event)
    if isinstance(event, FocusReviewed):
        return refocused(meeting, event)
    if isinstance(event, SensitivityMarked):
        return marked(meeting, event)
    if isinstance(event, RiskStep):
        return told_of(meeting, event)
    return answered(meeting, event)


def take_back(meeting: Meeting, step: Step) -> Meeting:
    """What a step leaves although it was taken back: its number stays used, its ruling is told."""
    meeting = replace(meeting, numbers=_used(meeting.numbers, step))
    rulings = step.ruled if isinstance(step, FocusReviewed) else (step,)
    told = (
        Withdrawn(decision_id=each.decision_id, ruling=each.ruling)
        for each in rulings
        if isinstance(each, DecisionRuled)
    )
    return replace(meeting, withdrawn=(*meeting.withdrawn, *told))


def _used(numbers: Numbers, event: Step) -> Numbers:
    match event:
        case NoteTaken():
            return replace(numbers, note=numbers.note + 1)
        case TopicParked() | NoteTurned(topic=ParkedTopic()):
            return replace(numbers, topic=numbers.topic + 1)
        case DecisionProposed() | NoteTurned(decision=Decision()):
            return replace(numbers, decision=numbers.decision + 1)
        case ActionAdded() | KpiAnswered(action=ActionItem()) | NoteTurned(action=ActionItem()):
            return replace(numbers, action=numbers.action + 1)
        case RiskNamed():
            return replace(numbers, risk=numbers.risk + 1)
        case FocusReviewed(topics=topics):
            return replace(numbers, topic=numbers.topic + len(topics))
        case ActionRuled(parts=parts):
            return replace(numbers, action=numbers.action + len(parts))
        case _:
            return numbers


def _drafts(drafts: tuple[Draft, ...], event: DraftSaved) -> tuple[Draft, ...]:
    others = tuple(draft for draft in drafts if draft.form != event.form)
    if not any(text for _, text in event.fields):
        return others
    return (*others, Draft(form=event.form, fields=event.fields))
