"""The fold's part for what is sensitive."""

from dataclasses import replace
from typing import TypeVar

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.events.discretion import SensitivityMarked
from facilitator.domain.known_risk import KnownRisk
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import Note, ParkedTopic

Kind = TypeVar("Kind", Decision, ActionItem, Note, ParkedTopic, KnownRisk)


def marked(meeting: Meeting, event: SensitivityMarked) -> Meeting:
    """The meeting with the mark set or taken off; a note and what it became say the same."""
    ids = {event.id}
    for note in meeting.notes:
        if note.became and event.id in (note.id, note.became):
            ids |= {note.id, note.became}

    def each_of(entries: tuple[Kind, ...]) -> tuple[Kind, ...]:
        return tuple(
            replace(each, is_sensitive=event.is_sensitive) if each.id in ids else each
            for each in entries
        )

    return replace(
        meeting,
        decisions=each_of(meeting.decisions),
        actions=each_of(meeting.actions),
        notes=each_of(meeting.notes),
        topics=each_of(meeting.topics),
        risks=each_of(meeting.risks),
    )
