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
from facilitator.domain.text import clean_text, require_line


def take_note(meeting: Meeting, now: datetime, text: str) -> NoteTaken:
    """Write a remark down, with the item that is on."""
    must_be_open(meeting)
    kept = clean_text(text)
    if not kept:
        raise RuleError(N_("Write the note first."))
    note_id = NoteId(f"N{meeting.numbers.note}")
    return NoteTaken(at=now, note=Note(id=note_id, item_id=meeting.current, text=kept, at=now))


def change_note(meeting: Meeting, now: datetime, note_id: NoteId, text: str) -> NoteChanged:
    """Write a note anew; an empty text takes it away."""
    must_be_open(meeting)
    require_note(meeting, note_id)
    return NoteChanged(at=now, note_id=note_id, text=clean_text(text))


def require_note(meeting: Meeting, note_id: NoteId) -> Note:
    """The note with this id; raises RuleError where this meeting has none."""
    note = meeting.note(note_id)
    if note is None:
        raise RuleError(N_("This meeting has no such note."))
    return note


def park_topic(
    meeting: Meeting, now: datetime, text: str, lost: timedelta = timedelta()
) -> TopicParked:
    """Put a topic off to a later meeting, and tell the time that was lost to it."""
    must_be_open(meeting)
    if lost:
        must_fit_duration(meeting, now, lost)
    running = meeting.running
    topic = ParkedTopic(
        id=TopicId(f"P{meeting.numbers.topic}"),
        text=require_line(text, N_("Write the topic that is put off.")),
        parked_on=meeting.date,
        during=running.item.title if running else "",
        is_sensitive=running is not None and running.item.is_sensitive,
    )
    return TopicParked(at=now, topic=topic, lost=lost)


def close_topic(
    meeting: Meeting, now: datetime, topic_id: TopicId, status: TopicStatus
) -> TopicClosed:
    """Settle a parked topic, drop it, or park it again."""
    must_be_open(meeting)
    topic = meeting.topic(topic_id)
    if topic is None:
        raise RuleError(N_("This meeting has no such topic."))
    if topic.status is status:
        raise RuleError(N_("Nothing changes: the topic already stands like that."))
    return TopicClosed(at=now, topic_id=topic_id, status=status)


class ConversionTarget(StrEnum):
    """What a note can become."""

    ACTION = "action"
    DECISION = "decision"
    TOPIC = "topic"


def convert_note(
    meeting: Meeting, now: datetime, note_id: NoteId, into: ConversionTarget
) -> NoteConverted:
    """Make a note's text an action item, a question or a topic; the note points to it."""
    note = require_note(meeting, note_id)
    if note.became:
        raise RuleError(N_("The note became {id} already; turn it back first."), id=note.became)
    turned = NoteConverted(at=now, note_id=note_id)
    is_sensitive = note_id in sensitive_ids(meeting)  # it stays so where the note goes away
    match into:
        case ConversionTarget.ACTION:
            action = ActionItem(id=ActionId(""), title=note.text, is_sensitive=is_sensitive)
            return replace(turned, action=add_action(meeting, now, action).action)
        case ConversionTarget.DECISION:
            asked = Decision(id=DecisionId(""), question=note.text, is_sensitive=is_sensitive)
            return replace(turned, decision=propose_decision(meeting, now, asked).decision)
        case ConversionTarget.TOPIC:
            item = meeting.item(note.item_id)
            topic = park_topic(meeting, now, note.text).topic
            during = item.item.title if item else ""
            is_sensitive = is_sensitive or topic.is_sensitive
            return replace(turned, topic=replace(topic, during=during, is_sensitive=is_sensitive))


def revert_note(meeting: Meeting, now: datetime, note_id: NoteId) -> NoteConverted:
    """Make it a note again; what it became goes, as long as nobody settled it."""
    must_be_open(meeting)
    note = require_note(meeting, note_id)
    if not note.became:
        raise RuleError(N_("This note became nothing yet."))
    made = (
        meeting.action(ActionId(note.became)),
        meeting.decision(DecisionId(note.became)),
        meeting.topic(TopicId(note.became)),
    )
    if not any(each is not None and each.is_open for each in made):
        raise RuleError(N_("{id} is already settled; reopen it first."), id=note.became)
    follow = next((each.id for each in meeting.actions if each.decision == note.became), None)
    if follow is not None:
        raise RuleError(N_("{action} belongs to {id} by now."), action=follow, id=note.became)
    return NoteConverted(at=now, note_id=note_id)
