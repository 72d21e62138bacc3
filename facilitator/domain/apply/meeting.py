"""Apply any event to a meeting, and the events about the meeting as a whole."""

from typing import Any, assert_never

from msgspec.structs import replace

from facilitator.domain.apply.actions import apply_action
from facilitator.domain.apply.clock import (
    apply_clock,
    apply_resumed,
    apply_suspended,
    stop_for_good,
)
from facilitator.domain.apply.decisions import apply_decision
from facilitator.domain.apply.entries import add_entry
from facilitator.domain.apply.focus import apply_focus_review
from facilitator.domain.apply.incidents import apply_incident
from facilitator.domain.apply.kpis import apply_kpi
from facilitator.domain.apply.notes import apply_note
from facilitator.domain.apply.risks import apply_risk
from facilitator.domain.carry_over import highest_numbers
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.entry_kinds import ENTRY_TYPES, entries_in
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.actions import ActionStep
from facilitator.domain.events.clock import (
    ClockStep,
    ClockTicked,
    MeetingResumed,
    MeetingSuspended,
)
from facilitator.domain.events.decisions import DecisionRuled, DecisionStep
from facilitator.domain.events.focus import FocusAnswered, FocusReviewed
from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentRecipientInformed,
    IncidentRecovered,
    IncidentReviewed,
)
from facilitator.domain.events.kpis import KpisLoaded
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
from facilitator.domain.events.notes import NoteStep
from facilitator.domain.events.risks import RiskStep
from facilitator.domain.meeting import Draft, ItemProgress, Meeting, Version, WithdrawnRuling
from facilitator.domain.redaction import mark_as_prepared, mark_entries


def apply_whole_meeting(meeting: Meeting, event: WholeMeetingStep) -> Meeting:
    """Return the meeting after an event about it as a whole."""
    match event:
        case AttendanceTaken(absent=absent, unread=unread):
            return replace(meeting, absent=absent, unread=unread)
        case FocusAnswered(text=text):
            return replace(meeting, focus=text)
        case OpenPointAccepted(override=override, more=more):
            return replace(meeting, accepted=(*meeting.accepted, override, *more))
        case TimeLost(lost=lost):
            return replace(meeting, lost_times=(*meeting.lost_times, lost))
        case MeetingRated(ratings=ratings):
            return replace(meeting, ratings=ratings)
        case _:
            assert_never(event)


def apply_closed(meeting: Meeting, event: MeetingClosed) -> Meeting:
    """Return the closed meeting; a reopened one keeps the times of its first close."""
    if meeting.is_reopened:
        return replace(meeting, reopened_at=None)
    return replace(stop_for_good(meeting, event.at), closed_at=event.at, noted_at=event.noted_at)


def apply_reopened(meeting: Meeting, event: MeetingReopened) -> Meeting:
    """Return the meeting open for changes, with its state before as one of its versions."""
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
    """Return the meeting with another recorder."""
    pens = (*meeting.recorder_changes, (event.at, event.to))
    return replace(meeting, recorder_changes=pens, is_recorder_changing=event.lets_go)


def apply_sensitivity(meeting: Meeting, event: SensitivityMarked) -> Meeting:
    """Return the meeting with the mark set or removed, on a note and what it became alike."""
    ids = {event.id}
    for note in meeting.notes:
        if note.became and event.id in (note.id, note.became):
            ids |= {note.id, note.became}
    return mark_entries(meeting, ids, is_sensitive=event.is_sensitive)


def apply_opened(event: MeetingOpened) -> Meeting:
    """Return the meeting as it begins, with prepared decisions under the next free numbers.

    A decision that came back from an earlier meeting is not prepared a second time, nor is one
    that an earlier meeting ruled.
    """
    numbers = event.carried.numbers
    carried = mark_as_prepared(event.carried, event.agenda)
    entries: dict[str, Any] = {
        kind.list_name: tuple(each.enter_meeting() for each in carried.entries_of(kind))
        for kind in ENTRY_TYPES
    }
    known = {each.question for each in carried.decisions}
    known |= {each.question for each in carried.ruled}
    asked = [each for each in event.agenda.decisions if each.question not in known]
    prepared = tuple(
        replace(each, id=DecisionId(numbers.next_id(Decision, place)))
        for place, each in enumerate(asked)
    )
    meeting = Meeting(
        agenda=event.agenda,
        opened_at=event.at,
        seen_at=event.at,
        items=tuple(ItemProgress(item=item) for item in event.agenda.items),
        carried=tuple(each for found in entries.values() for each in found),
        **entries,
        past_focus=carried.focus,
        past_values=carried.values,
        past_causes=carried.causes,
        occasions=carried.occasions,
        definitions=carried.definitions,
        records=carried.records,
        overruled=carried.overruled,
        overrides=event.overrides,
        numbers=numbers.after(prepared),
    )
    return add_entry(meeting, *prepared)


def apply(meeting: Meeting, event: MeetingEvent) -> Meeting:
    """Return the meeting after `event`."""
    seen_at = max(meeting.seen_at, event.at)
    if isinstance(event, DraftSaved):  # while somebody types: one copy of the meeting must do
        return replace(meeting, seen_at=seen_at, drafts=_with_draft(meeting.drafts, event))
    meeting = replace(meeting, seen_at=seen_at)
    match event:
        case MeetingOpened():
            raise JournalError(N_("A meeting is opened only once."))
        case StepUndone() | StepRedone():
            raise JournalError(N_("An undo or redo cannot be applied as an event."))
        case MeetingResumed():
            return apply_resumed(meeting, event)
        case MeetingSuspended(at=at):
            return apply_suspended(meeting, at)
        case ClockTicked(at=at, clock_set_by=by):
            changes = meeting.clock_changes + (((at, by),) if by else ())
            return replace(meeting, clock_changes=changes)
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
                numbers=meeting.numbers.after(entries_in(event)),
            )


def _apply_by_subject(meeting: Meeting, event: SubjectStep) -> Meeting:
    """Return the meeting after an event, applied by the module of its subject."""
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
    """Return what a step leaves although it was undone: used numbers, and a withdrawn ruling."""
    meeting = replace(meeting, numbers=meeting.numbers.after(entries_in(step)))
    rulings = step.ruled if isinstance(step, FocusReviewed) else (step,)
    told = (
        WithdrawnRuling(decision_id=each.decision_id, ruling=each.ruling)
        for each in rulings
        if isinstance(each, DecisionRuled)
    )
    return replace(meeting, withdrawn=(*meeting.withdrawn, *told))


def _with_draft(drafts: tuple[Draft, ...], event: DraftSaved) -> tuple[Draft, ...]:
    others = tuple(draft for draft in drafts if draft.form != event.form)
    if not any(text for _, text in event.fields):
        return others
    return (*others, Draft(form=event.form, fields=event.fields))
