"""The fold's part for what is written down: notes and topics put off."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.agenda import ItemId
from facilitator.domain.events.notes import (
    NoteChanged,
    NoteStep,
    NoteTaken,
    NoteTurned,
    TopicClosed,
    TopicParked,
)
from facilitator.domain.folds.entries import exchanged, found, without
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import TopicStatus
from facilitator.domain.waste import LostTime, Waste


def written_down(meeting: Meeting, event: NoteStep) -> Meeting:
    """The meeting with a note or a topic more, or with one of them changed."""
    match event:
        case NoteTaken(note=note):
            return replace(meeting, notes=(*meeting.notes, note))
        case NoteChanged():
            return _change_note(meeting, event)
        case NoteTurned():
            return _turn(meeting, event)
        case TopicParked():
            return _park(meeting, event)
        case TopicClosed(topic_id=topic_id, status=status):
            topic = replace(found(meeting.topic(topic_id), topic_id), status=status)
            return replace(meeting, topics=exchanged(meeting.topics, topic))
        case _:
            assert_never(event)


def _park(meeting: Meeting, event: TopicParked) -> Meeting:
    """A topic more in the parking lot, and the minutes that it took all the same."""
    parked = replace(meeting, topics=(*meeting.topics, event.topic))
    if not event.lost:
        return parked
    lost = LostTime(
        cause=Waste.OFF_TOPIC,
        time=event.lost,
        about=event.topic.text,
        item_id=meeting.current,
        at=event.at,
    )
    return replace(parked, waste=(*meeting.waste, lost))


def _turn(meeting: Meeting, event: NoteTurned) -> Meeting:
    """What the note had become goes, and what it becomes now is added."""
    note = found(meeting.note(event.note_id), event.note_id)
    actions = (*without(meeting.actions, note.became), event.action)
    decisions = (*without(meeting.decisions, note.became), event.decision)
    topics = (*without(meeting.topics, note.became), event.topic)
    made = event.action or event.decision or event.topic
    turned = replace(note, became=made.id if made else "")
    return replace(
        meeting,
        notes=exchanged(meeting.notes, turned),
        actions=tuple(each for each in actions if each),
        decisions=tuple(each for each in decisions if each),
        topics=tuple(each for each in topics if each),
    )


def no_longer_put_off(meeting: Meeting, item_id: ItemId, status: TopicStatus) -> Meeting:
    """An item that was not reached last time is on now, or dropped: it leaves the parking lot."""
    topics = tuple(
        replace(topic, status=status) if topic.item_id == item_id and topic.is_open else topic
        for topic in meeting.topics
    )
    return replace(meeting, topics=topics)


def _change_note(meeting: Meeting, event: NoteChanged) -> Meeting:
    note = found(meeting.note(event.note_id), event.note_id)
    if not event.text:
        return replace(meeting, notes=tuple(each for each in meeting.notes if each.id != note.id))
    return replace(meeting, notes=exchanged(meeting.notes, replace(note, text=event.text)))
