"""Apply events about notes and parked topics."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.apply.entries import (
    add_entry,
    remove_entry,
    replace_entry,
    require_entry,
)
from facilitator.domain.entry_kinds import entries_in
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
    """Return the meeting with a new, changed or removed note or parked topic."""
    match event:
        case NoteTaken(note=note):
            return add_entry(meeting, note)
        case NoteChanged():
            return _change_note(meeting, event)
        case NoteConverted():
            return _convert_note(meeting, event)
        case TopicParked():
            return _park_topic(meeting, event)
        case TopicClosed(topic_id=topic_id, status=status):
            topic = require_entry(meeting.topics, topic_id)
            return replace_entry(meeting, replace(topic, status=status))
        case _:
            assert_never(event)


def _park_topic(meeting: Meeting, event: TopicParked) -> Meeting:
    """Add the topic to the parking lot, and the time that it took all the same to the lost time."""
    parked = add_entry(meeting, event.topic)
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
    """Remove what the note had become, and add what it becomes now."""
    note = require_entry(meeting.notes, event.note_id)
    made = tuple(entries_in(event))
    meeting = add_entry(remove_entry(meeting, note.became), *made)
    return replace_entry(meeting, replace(note, became=made[0].id if made else ""))


def unpark_item(meeting: Meeting, item_id: ItemId, status: TopicStatus) -> Meeting:
    """Close the topic of an item not reached last time, once the item runs or is dropped."""
    topics = tuple(
        replace(topic, status=status) if topic.item_id == item_id and topic.is_open else topic
        for topic in meeting.topics
    )
    return replace(meeting, topics=topics)


def _change_note(meeting: Meeting, event: NoteChanged) -> Meeting:
    note = require_entry(meeting.notes, event.note_id)
    if not event.text:
        return remove_entry(meeting, note.id)
    return replace_entry(meeting, replace(note, text=event.text))
