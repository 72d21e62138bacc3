"""A note turns into an action item, a question or a parked topic, and back."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.discretion import sensitive_ids
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.notes import NoteTurned
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, TopicId
from facilitator.domain.rules.actions import add_action
from facilitator.domain.rules.decisions import propose_decision
from facilitator.domain.rules.standing import must_be_open
from facilitator.domain.rules.writing import known_note, park_topic


class Turn(StrEnum):
    """What a note can become."""

    ACTION = "action"
    DECISION = "decision"
    TOPIC = "topic"


def turn_note(meeting: Meeting, now: datetime, note_id: NoteId, into: Turn) -> NoteTurned:
    """Make a note's text an action item, a question or a topic; the note points to it."""
    note = known_note(meeting, note_id)
    if note.became:
        raise RuleError(N_("The note became {id} already; turn it back first."), id=note.became)
    turned = NoteTurned(at=now, note_id=note_id)
    is_sensitive = note_id in sensitive_ids(meeting)  # it stays so where the note goes away
    match into:
        case Turn.ACTION:
            action = ActionItem(id=ActionId(""), title=note.text, is_sensitive=is_sensitive)
            return replace(turned, action=add_action(meeting, now, action).action)
        case Turn.DECISION:
            asked = Decision(id=DecisionId(""), question=note.text, is_sensitive=is_sensitive)
            return replace(turned, decision=propose_decision(meeting, now, asked).decision)
        case Turn.TOPIC:
            item = meeting.item(note.item_id)
            topic = park_topic(meeting, now, note.text).topic
            during = item.item.title if item else ""
            is_sensitive = is_sensitive or topic.is_sensitive
            return replace(turned, topic=replace(topic, during=during, is_sensitive=is_sensitive))


def turn_back(meeting: Meeting, now: datetime, note_id: NoteId) -> NoteTurned:
    """Make it a note again; what it became goes, as long as nobody settled it."""
    must_be_open(meeting)
    note = known_note(meeting, note_id)
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
    return NoteTurned(at=now, note_id=note_id)
