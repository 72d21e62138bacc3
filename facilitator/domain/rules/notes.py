"""Rules on notes and parked topics: write, convert, park, close."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.notes import (
    NoteChanged,
    NoteConverted,
    NoteTaken,
    TopicClosed,
    TopicParked,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus
from facilitator.domain.redaction import sensitive_ids
from facilitator.domain.rules.actions import add_action
from facilitator.domain.rules.decisions import propose_decision
from facilitator.domain.rules.meeting import must_fit_duration
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text_input import clean_text, require_line


def take_note(meeting: Meeting, now: datetime, text: str) -> NoteTaken:
    """Add a note to the running item."""
    must_be_open(meeting)
    cleaned = clean_text(text)
    if not cleaned:
        raise RuleError(N_("Write the note first."))
    note_id = NoteId(meeting.numbers.next_id(Note))
    return NoteTaken(at=now, note=Note(id=note_id, item_id=meeting.current, text=cleaned, at=now))


def change_note(meeting: Meeting, now: datetime, note_id: NoteId, text: str) -> NoteChanged:
    """Change the text of a note; an empty text removes the note."""
    must_be_open(meeting)
    require_note(meeting, note_id)
    return NoteChanged(at=now, note_id=note_id, text=clean_text(text))


def require_note(meeting: Meeting, note_id: NoteId) -> Note:
    """Return the note with this id; raise RuleError if there is none."""
    note = meeting.note(note_id)
    if note is None:
        raise RuleError(N_("This meeting has no such note."))
    return note


def park_topic(
    meeting: Meeting, now: datetime, text: str, lost: timedelta = timedelta()
) -> TopicParked:
    """Park a topic for a later meeting, and record the time that was lost to it."""
    must_be_open(meeting)
    if lost:
        must_fit_duration(meeting, now, lost)
    running = meeting.running
    topic = ParkedTopic(
        id=TopicId(meeting.numbers.next_id(ParkedTopic)),
        text=require_line(text, N_("Write the topic to park.")),
        parked_on=meeting.date,
        during=running.item.title if running else "",
        is_sensitive=running is not None and running.item.is_sensitive,
    )
    return TopicParked(at=now, topic=topic, lost=lost)


def close_topic(
    meeting: Meeting, now: datetime, topic_id: TopicId, status: TopicStatus
) -> TopicClosed:
    """Settle or drop a parked topic, or park it again."""
    must_be_open(meeting)
    topic = meeting.topic(topic_id)
    if topic is None:
        raise RuleError(N_("This meeting has no such topic."))
    if topic.status is status:
        raise RuleError(N_("The topic is already in this state."))
    return TopicClosed(at=now, topic_id=topic_id, status=status)


class ConversionTarget(StrEnum):
    """What a note can be converted to."""

    ACTION = "action"
    DECISION = "decision"
    TOPIC = "topic"


def convert_note(
    meeting: Meeting,
    now: datetime,
    note_id: NoteId,
    into: ConversionTarget,
    action: ActionItem | None = None,
) -> NoteConverted:
    """Convert a note to an action item, a question or a topic; the note keeps a link to it.

    `action` is the action item as it was completed; None takes the text of the note alone.
    """
    note = require_note(meeting, note_id)
    if note.became:
        raise RuleError(
            N_("This note has already become {id}. Turn that back into a note first."),
            id=note.became,
        )
    converted = NoteConverted(at=now, note_id=note_id)
    is_sensitive = note_id in sensitive_ids(meeting)  # the entry may outlive the note
    match into:
        case ConversionTarget.ACTION:
            draft = action or ActionItem(id=ActionId(""), title=note.text)
            draft = replace(draft, is_sensitive=is_sensitive)
            return replace(converted, action=add_action(meeting, now, draft).action)
        case ConversionTarget.DECISION:
            question = Decision(id=DecisionId(""), question=note.text, is_sensitive=is_sensitive)
            return replace(converted, decision=propose_decision(meeting, now, question).decision)
        case ConversionTarget.TOPIC:
            item = meeting.item(note.item_id)
            topic = park_topic(meeting, now, note.text).topic
            during = item.item.title if item else ""
            is_sensitive = is_sensitive or topic.is_sensitive
            return replace(
                converted, topic=replace(topic, during=during, is_sensitive=is_sensitive)
            )


def revert_note(meeting: Meeting, now: datetime, note_id: NoteId) -> NoteConverted:
    """Revert the conversion of a note; raise RuleError if the new entry is settled."""
    must_be_open(meeting)
    note = require_note(meeting, note_id)
    if not note.became:
        raise RuleError(N_("This note has not become anything else."))
    made = meeting.entry(note.became)
    if made is None or not made.is_open:
        raise RuleError(N_("{id} is already settled. Reopen it first."), id=note.became)
    dependent_id = next((each.id for each in meeting.actions if each.decision == note.became), None)
    if dependent_id is not None:
        raise RuleError(N_("{action} now belongs to {id}."), action=dependent_id, id=note.became)
    return NoteConverted(at=now, note_id=note_id)
