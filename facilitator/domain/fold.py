"""The fold: what each event makes of the meeting."""

from dataclasses import replace
from typing import TypeVar, assert_never

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import ItemId
from facilitator.domain.carried import Numbers
from facilitator.domain.clockwork import bank, found, move, resume, stop, with_item
from facilitator.domain.decision import Decision, DecisionId, Outcome, Ruling
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events import (
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
    AttendanceTaken,
    CauseGiven,
    ClockTicked,
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
    DraftSaved,
    FocusAnswered,
    ItemDropped,
    ItemSkipped,
    ItemStarted,
    KpisLoaded,
    MeetingClosed,
    MeetingContinued,
    MeetingEvent,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
    NoteChanged,
    NoteTaken,
    OpenEndAccepted,
    Step,
    StepRedone,
    StepUndone,
    TimeboxChanged,
    TopicClosed,
    TopicParked,
)
from facilitator.domain.meeting import Cause, Draft, ItemProgress, ItemState, Meeting, Withdrawn
from facilitator.domain.note import Note, ParkedTopic, TopicStatus

_Writing = (
    NoteTaken
    | NoteChanged
    | TopicParked
    | TopicClosed
    | CauseGiven
    | DecisionProposed
    | DecisionChanged
    | DecisionRuled
    | DecisionReopened
    | ActionAdded
    | ActionChanged
    | ActionClosed
    | ActionReviewed
)
"""The events that add to a list of the meeting, or change one entry of it."""


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
        decisions=carried.decisions + prepared,
        actions=tuple(replace(each, carried=each.carried + 1) for each in carried.actions),
        carried_actions=tuple(action.id for action in carried.actions),
        topics=carried.topics,
        past_focus=carried.focus,
        past_values=carried.values,
        overrides=event.overrides,
        numbers=replace(numbers, decision=numbers.decision + len(prepared)),
    )


def apply(meeting: Meeting, event: MeetingEvent) -> Meeting:  # noqa: C901  (a table of contents)
    """The meeting as it stands after `event`."""
    meeting = replace(meeting, seen_at=max(meeting.seen_at, event.at))
    match event:
        case MeetingOpened():
            raise JournalError(N_("A meeting is opened only once."))
        case StepUndone() | StepRedone():
            raise JournalError(N_("Taking back is the course's affair."))
        case MeetingResumed():
            return resume(meeting, event)
        case ClockTicked():
            return meeting
        case ItemStarted(at=at, item_id=item_id):
            return _no_longer_put_off(move(meeting, item_id, at), item_id, TopicStatus.SETTLED)
        case ItemSkipped(item_id=item_id):
            return with_item(meeting, item_id, state=ItemState.SKIPPED)
        case ItemDropped(item_id=item_id, reason=reason):
            dropped = with_item(meeting, item_id, state=ItemState.DROPPED, reason=reason)
            return _no_longer_put_off(dropped, item_id, TopicStatus.DROPPED)
        case TimeboxChanged(item_id=item_id, by=by):
            adjusted = found(meeting.item(item_id), item_id).adjusted + by
            return with_item(meeting, item_id, adjusted=adjusted)
        case MeetingPaused(at=at):
            return replace(bank(meeting, at), is_paused=True)
        case MeetingContinued(at=at):
            return replace(meeting, is_paused=False, current_since=at)
        case AttendanceTaken(absent=absent):
            return replace(meeting, absent=absent)
        case FocusAnswered(text=text):
            return replace(meeting, focus=text)
        case KpisLoaded(scorecard=scorecard):
            return replace(meeting, scorecard=scorecard)
        case OpenEndAccepted(override=override):
            return replace(meeting, accepted=(*meeting.accepted, override))
        case DraftSaved():
            return _save_draft(meeting, event)
        case MeetingClosed(at=at):
            return replace(stop(meeting, at), closed_at=at)
        case _:
            return _write_down(meeting, event)


def _write_down(meeting: Meeting, event: _Writing) -> Meeting:  # noqa: C901  (likewise)
    """Add to a list of the meeting, or change one entry of it."""
    match event:
        case NoteTaken(note=note):
            return replace(
                meeting, notes=(*meeting.notes, note), numbers=_used(meeting.numbers, event)
            )
        case NoteChanged():
            return _change_note(meeting, event)
        case TopicParked(topic=topic):
            return replace(
                meeting, topics=(*meeting.topics, topic), numbers=_used(meeting.numbers, event)
            )
        case TopicClosed(topic_id=topic_id, status=status):
            topic = replace(found(meeting.topic(topic_id), topic_id), status=status)
            return replace(meeting, topics=_exchanged(meeting.topics, topic))
        case CauseGiven():
            return _give_cause(meeting, event)
        case DecisionProposed(decision=decision):
            return replace(
                meeting,
                decisions=(*meeting.decisions, decision),
                numbers=_used(meeting.numbers, event),
            )
        case DecisionChanged(decision=decision):
            return replace(meeting, decisions=_exchanged(meeting.decisions, decision))
        case DecisionRuled(decision_id=decision_id, ruling=ruling):
            return _rule(meeting, decision_id, ruling)
        case DecisionReopened(decision_id=decision_id):
            return _rule(meeting, decision_id, None)
        case ActionAdded(action=action):
            return replace(
                meeting, actions=(*meeting.actions, action), numbers=_used(meeting.numbers, event)
            )
        case ActionChanged(action=action):
            return replace(meeting, actions=_exchanged(meeting.actions, action))
        case ActionClosed():
            return _close_action(meeting, event)
        case ActionReviewed():
            return _review_action(meeting, event)
        case _:
            assert_never(event)


def take_back(meeting: Meeting, step: Step) -> Meeting:
    """What a step leaves although it was taken back: its number stays used, its ruling is told."""
    meeting = replace(meeting, numbers=_used(meeting.numbers, step))
    if isinstance(step, DecisionRuled):
        told = Withdrawn(decision_id=step.decision_id, ruling=step.ruling)
        return replace(meeting, withdrawn=(*meeting.withdrawn, told))
    return meeting


def _used(numbers: Numbers, event: Step) -> Numbers:
    match event:
        case NoteTaken():
            return replace(numbers, note=numbers.note + 1)
        case TopicParked():
            return replace(numbers, topic=numbers.topic + 1)
        case DecisionProposed():
            return replace(numbers, decision=numbers.decision + 1)
        case ActionAdded():
            return replace(numbers, action=numbers.action + 1)
        case _:
            return numbers


Entry = TypeVar("Entry", Note, ParkedTopic, Decision, ActionItem)


def _exchanged(entries: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    if all(entry.id != new.id for entry in entries):
        raise JournalError(N_("The journal speaks of {id}, which was never added."), id=new.id)
    return tuple(new if entry.id == new.id else entry for entry in entries)


def _no_longer_put_off(meeting: Meeting, item_id: ItemId, status: TopicStatus) -> Meeting:
    """An item that was not reached last time is on now, or dropped: it leaves the parking lot."""
    topics = tuple(
        replace(topic, status=status) if topic.item_id == item_id and topic.is_open else topic
        for topic in meeting.topics
    )
    return replace(meeting, topics=topics)


def _save_draft(meeting: Meeting, event: DraftSaved) -> Meeting:
    others = tuple(draft for draft in meeting.drafts if draft.form != event.form)
    if not any(text for _, text in event.fields):
        return replace(meeting, drafts=others)
    return replace(meeting, drafts=(*others, Draft(form=event.form, fields=event.fields)))


def _change_note(meeting: Meeting, event: NoteChanged) -> Meeting:
    note = found(meeting.note(event.note_id), event.note_id)
    if not event.text:
        return replace(meeting, notes=tuple(each for each in meeting.notes if each.id != note.id))
    return replace(meeting, notes=_exchanged(meeting.notes, replace(note, text=event.text)))


def _give_cause(meeting: Meeting, event: CauseGiven) -> Meeting:
    place = (event.kpi, event.marketplace)
    others = tuple(each for each in meeting.causes if (each.kpi, each.marketplace) != place)
    if not event.text:
        return replace(meeting, causes=others)
    cause = Cause(kpi=event.kpi, marketplace=event.marketplace, text=event.text)
    return replace(meeting, causes=(*others, cause))


def _rule(meeting: Meeting, decision_id: DecisionId, ruling: Ruling | None) -> Meeting:
    decision = found(meeting.decision(decision_id), decision_id)
    postponed = decision.times_postponed
    if ruling is not None and ruling.outcome is Outcome.POSTPONED:
        postponed += 1
    elif ruling is None and decision.ruling and decision.ruling.outcome is Outcome.POSTPONED:
        postponed -= 1
    ruled = replace(decision, ruling=ruling, times_postponed=postponed)
    return replace(meeting, decisions=_exchanged(meeting.decisions, ruled))


def _close_action(meeting: Meeting, event: ActionClosed) -> Meeting:
    action = found(meeting.action(event.action_id), event.action_id)
    closed = replace(action, status=event.status, evidence=event.evidence)
    return _looked_at(replace(meeting, actions=_exchanged(meeting.actions, closed)), action.id)


def _review_action(meeting: Meeting, event: ActionReviewed) -> Meeting:
    action = found(meeting.action(event.action_id), event.action_id)
    reviewed = replace(action, review_note=event.note, due=event.due or action.due)
    return _looked_at(replace(meeting, actions=_exchanged(meeting.actions, reviewed)), action.id)


def _looked_at(meeting: Meeting, action_id: ActionId) -> Meeting:
    if action_id in meeting.reviewed:
        return meeting
    return replace(meeting, reviewed=(*meeting.reviewed, action_id))
