"""Events about notes and parked topics."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus


class NoteTaken(Struct, frozen=True, kw_only=True):
    """Somebody's remark was written down."""

    at: datetime
    note: Note


class NoteChanged(Struct, frozen=True, kw_only=True):
    """A note was written anew; an empty text takes it away."""

    at: datetime
    note_id: NoteId
    text: str


class TopicParked(Struct, frozen=True, kw_only=True):
    """A topic was put off."""

    at: datetime
    topic: ParkedTopic
    lost: timedelta = timedelta()
    """The time that went into it although it was off topic."""


class TopicClosed(Struct, frozen=True, kw_only=True):
    """A parked topic was settled or dropped."""

    at: datetime
    topic_id: TopicId
    status: TopicStatus


class NoteConverted(Struct, frozen=True, kw_only=True):
    """A note became one of these; with none of them, what it had become is a note again."""

    at: datetime
    note_id: NoteId
    action: ActionItem | None = None
    decision: Decision | None = None
    topic: ParkedTopic | None = None


NoteStep = NoteTaken | NoteChanged | NoteConverted | TopicParked | TopicClosed
