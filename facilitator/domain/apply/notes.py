"""Apply events about notes and parked topics."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.apply.entries import remove_entry, replace_entry, require_entry
from facilitator.domain.events.notes import (
    NoteChanged,
    NoteConverted,
    NoteStep,
    NoteTaken,
    TopicClosed,
    TopicParked,
)
from facilitator.domain.lost_time import LossCause, LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import TopicStatus


def apply_note(meeting: Meeting, event: NoteStep) -> Meeting:
    """The meeting with a note or a topic more, or with one of them changed."""
    match event:
        case NoteTaken(note=note):
            return replace(meeting, notes=(*meeting.notes, note))
        case NoteChanged():
            return _change_note(meeting, event)
        case NoteConverted():
            return _convert_note(meeting, event)
        case TopicParked():
            return _park_topic(meeting, event)
        case TopicClosed(topic_id=topic_id, status=status):
            topic = replace(require_entry(meeting.topic(topic_id), topic_id), status=status)
            return replace(meeting, topics=replace_entry(meeting.topics, topic))
        case _:
            assert_never(event)


def _park_topic(meeting: Meeting, event: TopicParked) -> Meeting:
    """A topic more in the parking lot, and the minutes that it took all the same."""
    parked = replace(meeting, topics=(*meeting.topics, event.topic))
    if not event.lost:
        return parked
    lost = LostTime(
        cause=LossCause.OFF_TOPIC,
        time=event.lost,
        about=event.topic.text,
        item_id=meeting.current,
        at=event.at,
    )
    return replace(parked, lost_times=(*meeting.lost_times, lost))


def _convert_note(meeting: Meeting, event: NoteConverted) -> Meeting:
    """What the note had become goes, and what it becomes now is added."""
    note = require_entry(meeting.note(event.note_id), event.note_id)
    actions = (*remove_entry(meeting.actions, note.became), event.action)
    decisions = (*remove_entry(meeting.decisions, note.became), event.decision)
    topics = (*remove_entry(meeting.topics, note.became), event.topic)
    made = event.action or event.decision or event.topic
    turned = replace(note, became=made.id if made else "")
    return replace(
        meeting,
        notes=replace_entry(meeting.notes, turned),
        actions=tuple(each for each in actions if each),
        decisions=tuple(each for each in decisions if each),
        topics=tuple(each for each in topics if each),
    )


def unpark_item(meeting: Meeting, item_id: ItemId, status: TopicStatus) -> Meeting:
    """An item that was not reached last time is on now, or dropped: it leaves the parking lot."""
    topics = tuple(
        replace(topic, status=status) if topic.item_id == item_id and topic.is_open else topic
        for topic in meeting.topics
    )
    return replace(meeting, topics=topics)


def _change_note(meeting: Meeting, event: NoteChanged) -> Meeting:
    note = require_entry(meeting.note(event.note_id), event.note_id)
    if not event.text:
        return replace(meeting, notes=tuple(each for each in meeting.notes if each.id != note.id))
    return replace(meeting, notes=replace_entry(meeting.notes, replace(note, text=event.text)))
