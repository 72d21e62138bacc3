"""Apply events about action items."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.action import GIVEN_UP, ActionId, ActionStatus
from facilitator.domain.apply.entries import replace_entry, require_entry
from facilitator.domain.events.actions import (
    ActionAccepted,
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
    ActionRuled,
    ActionStatusChanged,
    ActionStep,
)
from facilitator.domain.meeting import Meeting


def apply_action(meeting: Meeting, event: ActionStep) -> Meeting:
    """The meeting with a promise more, or with one of them changed, closed or reviewed."""
    match event:
        case ActionAdded(action=action):
            return replace(meeting, actions=(*meeting.actions, action))
        case ActionChanged(action=action):
            return replace(meeting, actions=replace_entry(meeting.actions, action))
        case ActionClosed():
            return _close(meeting, event)
        case ActionReviewed():
            return _review(meeting, event)
        case ActionStatusChanged(action_id=action_id):
            action = require_entry(meeting.action(action_id), action_id)
            moved = replace(action, status=event.status, blocked_by=event.blocked_by)
            return replace(meeting, actions=replace_entry(meeting.actions, moved))
        case ActionAccepted(action_id=action_id, by=by):
            taken = replace(require_entry(meeting.action(action_id), action_id), taken_by=by)
            return replace(meeting, actions=replace_entry(meeting.actions, taken))
        case ActionRuled():
            return _rule(meeting, event)
        case _:
            assert_never(event)


def _close(meeting: Meeting, event: ActionClosed) -> Meeting:
    action = require_entry(meeting.action(event.action_id), event.action_id)
    closed = replace(action, status=event.status, evidence=event.evidence, blocked_by="")
    return _with_reviewed(
        replace(meeting, actions=replace_entry(meeting.actions, closed)), action.id
    )


def _review(meeting: Meeting, event: ActionReviewed) -> Meeting:
    action = require_entry(meeting.action(event.action_id), event.action_id)
    reviewed = replace(action, review_note=event.note, due=event.due or action.due)
    return _with_reviewed(
        replace(meeting, actions=replace_entry(meeting.actions, reviewed)), action.id
    )


def _rule(meeting: Meeting, event: ActionRuled) -> Meeting:
    action = require_entry(meeting.action(event.action_id), event.action_id)
    ruled = replace(
        action,
        ruling=event.ruling,
        owner=event.owner or action.owner,
        due=event.due or action.due,
        shortcut_reason="" if event.owner else action.shortcut_reason,
    )
    if event.ruling.recourse in GIVEN_UP:
        ruled = replace(ruled, status=ActionStatus.DROPPED, blocked_by="")
    actions = (*replace_entry(meeting.actions, ruled), *event.parts)
    return _with_reviewed(replace(meeting, actions=actions), action.id)


def _with_reviewed(meeting: Meeting, action_id: ActionId) -> Meeting:
    if action_id in meeting.reviewed:
        return meeting
    return replace(meeting, reviewed=(*meeting.reviewed, action_id))
