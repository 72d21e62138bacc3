"""Apply events about action items."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.action import GIVEN_UP, ActionId, ActionItem, ActionStatus
from facilitator.domain.apply.entries import add_entry, replace_entry, require_entry
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
    """Return the meeting with a new action item, or with one changed, closed or reviewed."""
    match event:
        case ActionAdded(action=action):
            return add_entry(meeting, action)
        case ActionChanged(action=action):
            return replace_entry(meeting, _keep_closing(meeting, action))
        case ActionClosed():
            return _close(meeting, event)
        case ActionReviewed():
            return _review(meeting, event)
        case ActionStatusChanged(action_id=action_id):
            action = require_entry(meeting.actions, action_id)
            moved = replace(action, status=event.status, blocked_by=event.blocked_by)
            left = replace_entry(meeting, moved)
            is_blocked = event.status is ActionStatus.BLOCKED  # that says why it is not done
            return _with_reviewed(left, action_id) if is_blocked else left
        case ActionAccepted(action_id=action_id, by=by):
            taken = replace(require_entry(meeting.actions, action_id), taken_by=by)
            return replace_entry(meeting, taken)
        case ActionRuled():
            return _rule(meeting, event)
        case _:
            assert_never(event)


def _keep_closing(meeting: Meeting, changed: ActionItem) -> ActionItem:
    """Return a changed action item; one that stays closed keeps the day on which it was closed."""
    old = require_entry(meeting.actions, changed.id)
    if changed.is_open or old.is_open:
        return changed
    return replace(changed, closed_on=old.closed_on, due_when_closed=old.due_when_closed)


def _close(meeting: Meeting, event: ActionClosed) -> Meeting:
    action = require_entry(meeting.actions, event.action_id)
    closed = action.close(event.status, event.evidence, meeting.agenda.day_of(event.at))
    return _with_reviewed(replace_entry(meeting, closed), action.id)


def _review(meeting: Meeting, event: ActionReviewed) -> Meeting:
    action = require_entry(meeting.actions, event.action_id)
    reviewed = replace(action, review_note=event.note, due=event.due or action.due)
    return _with_reviewed(replace_entry(meeting, reviewed), action.id)


def _rule(meeting: Meeting, event: ActionRuled) -> Meeting:
    action = require_entry(meeting.actions, event.action_id)
    ruled = replace(
        action,
        ruling=event.ruling,
        owner=event.owner or action.owner,
        due=event.due or action.due,
        shortcut_reason="" if event.owner else action.shortcut_reason,
    )
    if event.ruling.recourse in GIVEN_UP:
        on = meeting.agenda.day_of(event.at)
        ruled = ruled.close(ActionStatus.DROPPED, ruled.evidence, on)
    return _with_reviewed(add_entry(replace_entry(meeting, ruled), *event.parts), action.id)


def _with_reviewed(meeting: Meeting, action_id: ActionId) -> Meeting:
    if action_id in meeting.reviewed:
        return meeting
    return replace(meeting, reviewed=(*meeting.reviewed, action_id))
