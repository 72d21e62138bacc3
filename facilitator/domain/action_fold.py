"""The fold's part for action items."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.action import ActionId
from facilitator.domain.action_events import (
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
    ActionStep,
)
from facilitator.domain.entries import exchanged, found
from facilitator.domain.meeting import Meeting


def promised(meeting: Meeting, event: ActionStep) -> Meeting:
    """The meeting with a promise more, or with one of them changed, closed or reviewed."""
    match event:
        case ActionAdded(action=action):
            return replace(meeting, actions=(*meeting.actions, action))
        case ActionChanged(action=action):
            return replace(meeting, actions=exchanged(meeting.actions, action))
        case ActionClosed():
            return _close(meeting, event)
        case ActionReviewed():
            return _review(meeting, event)
        case _:
            assert_never(event)


def _close(meeting: Meeting, event: ActionClosed) -> Meeting:
    action = found(meeting.action(event.action_id), event.action_id)
    closed = replace(action, status=event.status, evidence=event.evidence)
    return _looked_at(replace(meeting, actions=exchanged(meeting.actions, closed)), action.id)


def _review(meeting: Meeting, event: ActionReviewed) -> Meeting:
    action = found(meeting.action(event.action_id), event.action_id)
    reviewed = replace(action, review_note=event.note, due=event.due or action.due)
    return _looked_at(replace(meeting, actions=exchanged(meeting.actions, reviewed)), action.id)


def _looked_at(meeting: Meeting, action_id: ActionId) -> Meeting:
    if action_id in meeting.reviewed:
        return meeting
    return replace(meeting, reviewed=(*meeting.reviewed, action_id))
