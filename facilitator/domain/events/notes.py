"""Events about notes and parked topics."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """Somebody's remark was written down."""

    at: datetime
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanged:
    """A note was written anew; an empty text takes it away."""

    at: datetime
    note_id: NoteId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicParked:
    """A topic was put off."""

    at: datetime
    topic: ParkedTopic
    lost: timedelta = timedelta()
    """The time that went into it although it was off topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClosed:
    """A parked topic was settled or dropped."""

    at: datetime
    topic_id: TopicId
    status: TopicStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteConverted:
    """A note became one of these; with none of them, what it had become is a note again."""

    at: datetime
    note_id: NoteId
    action: ActionItem | None = None
    decision: Decision | None = None
    topic: ParkedTopic | None = None


NoteStep = NoteTaken | NoteChanged | NoteConverted | TopicParked | TopicClosed
