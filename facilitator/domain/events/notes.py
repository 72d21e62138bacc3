"""Events about notes and parked topics."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus


class NoteTaken(Struct, frozen=True, kw_only=True):
    """A note was taken."""

    at: datetime
    note: Note


class NoteChanged(Struct, frozen=True, kw_only=True):
    """The text of a note was changed; an empty text removes the note."""

    at: datetime
    note_id: NoteId
    text: str


class TopicParked(Struct, frozen=True, kw_only=True):
    """A topic was parked for a later meeting."""

    at: datetime
    topic: ParkedTopic
    lost: timedelta = timedelta()
    """The time that was lost to it."""


class TopicClosed(Struct, frozen=True, kw_only=True):
    """A parked topic was settled or dropped, or parked again."""

    at: datetime
    topic_id: TopicId
    status: TopicStatus


class NoteConverted(Struct, frozen=True, kw_only=True):
    """A note was converted to one of these; if all are None, the conversion was reverted."""

    at: datetime
    note_id: NoteId
    action: ActionItem | None = None
    decision: Decision | None = None
    topic: ParkedTopic | None = None


NoteStep = NoteTaken | NoteChanged | NoteConverted | TopicParked | TopicClosed
