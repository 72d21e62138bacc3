"""Steps with the pen: the opening question's answer, notes, topics put off, drafts."""

from datetime import datetime, timedelta

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.conduct import FocusAnswered
from facilitator.domain.events.meeting import DraftSaved
from facilitator.domain.events.notes import NoteChanged, NoteTaken, TopicClosed, TopicParked
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus
from facilitator.domain.rules.standing import must_be_open, plain, required
from facilitator.domain.rules.waste import must_fit


def answer_focus(meeting: Meeting, now: datetime, text: str) -> FocusAnswered:
    """Keep the answer to the opening question."""
    must_be_open(meeting)
    return FocusAnswered(at=now, text=plain(text))


def take_note(meeting: Meeting, now: datetime, text: str) -> NoteTaken:
    """Write a remark down, with the item that is on."""
    must_be_open(meeting)
    kept = plain(text)
    if not kept:
        raise RuleError(N_("Write the note first."))
    note_id = NoteId(f"N{meeting.numbers.note}")
    return NoteTaken(at=now, note=Note(id=note_id, item_id=meeting.current, text=kept, at=now))


def change_note(meeting: Meeting, now: datetime, note_id: NoteId, text: str) -> NoteChanged:
    """Write a note anew; an empty text takes it away."""
    must_be_open(meeting)
    known_note(meeting, note_id)
    return NoteChanged(at=now, note_id=note_id, text=plain(text))


def known_note(meeting: Meeting, note_id: NoteId) -> Note:
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
        must_fit(meeting, now, lost)
    running = meeting.running
    topic = ParkedTopic(
        id=TopicId(f"P{meeting.numbers.topic}"),
        text=required(text, N_("Write the topic that is put off.")),
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


def save_draft(
    meeting: Meeting, now: datetime, form: str, fields: tuple[tuple[str, str], ...]
) -> DraftSaved:
    """Keep what stands in a form that nobody has submitted yet; no fields when it is gone."""
    must_be_open(meeting)
    return DraftSaved(at=now, form=form, fields=fields)
