"""Apply any event to a meeting, and the events about the meeting as a whole."""

from typing import TypeVar, assert_never

from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.apply.actions import apply_action
from facilitator.domain.apply.clock import (
    apply_clock,
    apply_resumed,
    apply_suspended,
    stop_for_good,
)
from facilitator.domain.apply.decisions import apply_decision
from facilitator.domain.apply.focus import apply_focus_review
from facilitator.domain.apply.incidents import apply_incident
from facilitator.domain.apply.kpis import apply_kpi
from facilitator.domain.apply.notes import apply_note
from facilitator.domain.apply.risks import apply_risk
from facilitator.domain.carry_over import NextNumbers, highest_numbers
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.actions import ActionAdded, ActionRuled, ActionStep
from facilitator.domain.events.clock import (
    ClockStep,
    ClockTicked,
    MeetingResumed,
    MeetingSuspended,
)
from facilitator.domain.events.decisions import DecisionProposed, DecisionRuled, DecisionStep
from facilitator.domain.events.focus import FocusAnswered, FocusReviewed
from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentRecipientInformed,
    IncidentRecovered,
    IncidentReviewed,
)
from facilitator.domain.events.kpis import KpiAnswered, KpisLoaded
from facilitator.domain.events.meeting import (
    AttendanceTaken,
    DraftSaved,
    MeetingClosed,
    MeetingEvent,
    MeetingOpened,
    MeetingRated,
    MeetingReopened,
    OpenPointAccepted,
    RecorderChanged,
    SensitivityMarked,
    Step,
    StepRedone,
    StepUndone,
    SubjectStep,
    TimeLost,
    WholeMeetingStep,
)
from facilitator.domain.events.notes import NoteConverted, NoteStep, NoteTaken, TopicParked
from facilitator.domain.events.risks import RiskRaised, RiskStep
from facilitator.domain.meeting import Draft, ItemProgress, Meeting, Version, WithdrawnRuling
from facilitator.domain.note import Note, ParkedTopic
from facilitator.domain.redaction import mark_as_prepared
from facilitator.domain.risk import Risk


def apply_whole_meeting(meeting: Meeting, event: WholeMeetingStep) -> Meeting:
    """The meeting after a step of the room as a whole."""
    match event:
        case AttendanceTaken(absent=absent, unread=unread):
            return replace(meeting, absent=absent, unread=unread)
        case FocusAnswered(text=text):
            return replace(meeting, focus=text)
        case OpenPointAccepted(override=override):
            return replace(meeting, accepted=(*meeting.accepted, override))
        case TimeLost(lost=lost):
            return replace(meeting, lost_times=(*meeting.lost_times, lost))
        case MeetingRated(ratings=ratings):
            return replace(meeting, ratings=ratings)
        case _:
            assert_never(event)


def apply_closed(meeting: Meeting, event: MeetingClosed) -> Meeting:
    """The meeting once it is over; one that was reopened keeps the times of its first close."""
    if meeting.is_reopened:
        return replace(meeting, reopened_at=None)
    return replace(stop_for_good(meeting, event.at), closed_at=event.at, noted_at=event.noted_at)


def apply_reopened(meeting: Meeting, event: MeetingReopened) -> Meeting:
    """The meeting open for changes, with what it was before among its versions."""
    numbers = highest_numbers((meeting.numbers, event.numbers))
    if meeting.is_reopened:
        *earlier, last = meeting.versions
        last = replace(last, met_since=event.met_since)
        return replace(meeting, numbers=numbers, versions=(*earlier, last))
    version = Version(
        reopened_at=event.at, reason=event.reason, met_since=event.met_since, meeting=meeting
    )
    versions = (*meeting.versions, version)
    return replace(meeting, reopened_at=event.at, versions=versions, numbers=numbers)


def apply_recorder_changed(meeting: Meeting, event: RecorderChanged) -> Meeting:
    """The meeting with somebody else as its recorder."""
    pens = (*meeting.recorder_changes, (event.at, event.to))
    return replace(meeting, recorder_changes=pens, is_recorder_changing=event.lets_go)


MarkableEntryT = TypeVar("MarkableEntryT", Decision, ActionItem, Note, ParkedTopic, Risk)


def apply_sensitivity(meeting: Meeting, event: SensitivityMarked) -> Meeting:
    """The meeting with the mark set or taken off; a note and what it became say the same."""
    ids = {event.id}
    for note in meeting.notes:
        if note.became and event.id in (note.id, note.became):
            ids |= {note.id, note.became}

    def each_of(entries: tuple[MarkableEntryT, ...]) -> tuple[MarkableEntryT, ...]:
        return tuple(
            replace(each, is_sensitive=event.is_sensitive) if each.id in ids else each
            for each in entries
        )

    return replace(
        meeting,
        decisions=each_of(meeting.decisions),
        actions=each_of(meeting.actions),
        notes=each_of(meeting.notes),
        topics=each_of(meeting.topics),
        risks=each_of(meeting.risks),
    )


def apply_opened(event: MeetingOpened) -> Meeting:
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
        decisions=mark_as_prepared(carried.decisions, event.agenda) + prepared,
        actions=tuple(replace(each, carried=each.carried + 1) for each in carried.actions),
        carried_actions=tuple(action.id for action in carried.actions),
        topics=carried.topics,
        past_focus=carried.focus,
        past_values=carried.values,
        past_causes=carried.causes,
        occasions=carried.occasions,
        definitions=carried.definitions,
        risks=tuple(each.carry_over() for each in carried.risks),
        incidents=carried.incidents,
        records=carried.records,
        overrides=event.overrides,
        numbers=replace(numbers, decision=numbers.decision + len(prepared)),
    )


def apply(meeting: Meeting, event: MeetingEvent) -> Meeting:
    """The meeting as it stands after `event`."""
    seen_at = max(meeting.seen_at, event.at)
    if isinstance(event, DraftSaved):  # while somebody types: one copy of the meeting must do
        return replace(meeting, seen_at=seen_at, drafts=_with_draft(meeting.drafts, event))
    meeting = replace(meeting, seen_at=seen_at)
    match event:
        case MeetingOpened():
            raise JournalError(N_("A meeting is opened only once."))
        case StepUndone() | StepRedone():
            raise JournalError(N_("Taking back is the course's affair."))
        case MeetingResumed():
            return apply_resumed(meeting, event)
        case MeetingSuspended(at=at):
            return apply_suspended(meeting, at)
        case ClockTicked():
            return meeting
        case KpisLoaded(scorecard=scorecard):
            return replace(meeting, scorecard=scorecard)
        case (
            IncidentDetected()
            | IncidentRecipientInformed()
            | IncidentRecovered()
            | IncidentReviewed()
        ):
            return replace(meeting, incidents=apply_incident(meeting.incidents, event))
        case MeetingClosed():
            return apply_closed(meeting, event)
        case MeetingReopened():
            return apply_reopened(meeting, event)
        case RecorderChanged():
            return apply_recorder_changed(meeting, event)
        case _:
            return replace(
                _apply_by_subject(meeting, event),
                numbers=_with_used_numbers(meeting.numbers, event),
            )


def _apply_by_subject(meeting: Meeting, event: SubjectStep) -> Meeting:
    """What the fold of its subject makes of an event."""
    if isinstance(event, ClockStep):
        return apply_clock(meeting, event)
    if isinstance(event, WholeMeetingStep):
        return apply_whole_meeting(meeting, event)
    if isinstance(event, NoteStep):
        return apply_note(meeting, event)
    if isinstance(event, DecisionStep):
        return apply_decision(meeting, event)
    if isinstance(event, ActionStep):
        return apply_action(meeting, event)
    if isinstance(event, FocusReviewed):
        return apply_focus_review(meeting, event)
    if isinstance(event, SensitivityMarked):
        return apply_sensitivity(meeting, event)
    if isinstance(event, RiskStep):
        return apply_risk(meeting, event)
    return apply_kpi(meeting, event)


def apply_undone(meeting: Meeting, step: Step) -> Meeting:
    """What a step leaves although it was taken back: its number stays used, its ruling is told."""
    meeting = replace(meeting, numbers=_with_used_numbers(meeting.numbers, step))
    rulings = step.ruled if isinstance(step, FocusReviewed) else (step,)
    told = (
        WithdrawnRuling(decision_id=each.decision_id, ruling=each.ruling)
        for each in rulings
        if isinstance(each, DecisionRuled)
    )
    return replace(meeting, withdrawn=(*meeting.withdrawn, *told))


def _with_used_numbers(numbers: NextNumbers, event: Step) -> NextNumbers:
    match event:
        case NoteTaken():
            return replace(numbers, note=numbers.note + 1)
        case TopicParked() | NoteConverted(topic=ParkedTopic()):
            return replace(numbers, topic=numbers.topic + 1)
        case DecisionProposed() | NoteConverted(decision=Decision()):
            return replace(numbers, decision=numbers.decision + 1)
        case ActionAdded() | KpiAnswered(action=ActionItem()) | NoteConverted(action=ActionItem()):
            return replace(numbers, action=numbers.action + 1)
        case RiskRaised():
            return replace(numbers, risk=numbers.risk + 1)
        case FocusReviewed(topics=topics):
            return replace(numbers, topic=numbers.topic + len(topics))
        case ActionRuled(parts=parts):
            return replace(numbers, action=numbers.action + len(parts))
        case _:
            return numbers


def _with_draft(drafts: tuple[Draft, ...], event: DraftSaved) -> tuple[Draft, ...]:
    others = tuple(draft for draft in drafts if draft.form != event.form)
    if not any(text for _, text in event.fields):
        return others
    return (*others, Draft(form=event.form, fields=event.fields))
