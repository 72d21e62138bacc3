"""Steps on action items: promise, change, review, close."""

from dataclasses import replace
from datetime import date, datetime

from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.action_events import (
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.standing import line, must_be_open, required

ASK_TITLE = N_("Write what is to be done.")


def add_action(meeting: Meeting, now: datetime, draft: ActionItem) -> ActionAdded:
    """Write a promise down; whatever id `draft` has, it gets the next free one.

    Owner, due date and criterion may follow later; the review asks for them.
    """
    must_be_open(meeting)
    return ActionAdded(at=now, action=numbered(meeting, draft))


def numbered(meeting: Meeting, draft: ActionItem) -> ActionItem:
    """A promise of today, cleaned, with the next free number."""
    return replace(
        _cleaned(meeting, draft),
        id=ActionId(f"A{meeting.numbers.action}"),
        status=ActionStatus.OPEN,
        created_on=meeting.date,
        first_due=draft.due,
        carried=0,
    )


def change_action(meeting: Meeting, now: datetime, changed: ActionItem) -> ActionChanged:
    """Word, date or give an action item anew. The date promised first stays on record."""
    must_be_open(meeting)
    old = _action(meeting, changed.id)
    kept = replace(
        _cleaned(meeting, changed),
        created_on=old.created_on,
        first_due=old.first_due or changed.due,
        carried=old.carried,
    )
    return ActionChanged(at=now, action=kept)


def finish_action(
    meeting: Meeting, now: datetime, action_id: ActionId, evidence: str = ""
) -> ActionClosed:
    """Tick an action item off, with what shows that it is done."""
    return _closed(meeting, now, action_id, ActionStatus.DONE, line(evidence))


def drop_action(meeting: Meeting, now: datetime, action_id: ActionId, reason: str) -> ActionClosed:
    """Give an action item up."""
    why = required(reason, N_("Say why the action item is dropped."))
    return _closed(meeting, now, action_id, ActionStatus.DROPPED, why)


def reopen_action(meeting: Meeting, now: datetime, action_id: ActionId) -> ActionChanged:
    """Open an action item again that was closed by mistake."""
    must_be_open(meeting)
    action = _action(meeting, action_id)
    if action.is_open:
        raise RuleError(N_("{id} is still open."), id=action_id)
    return ActionChanged(at=now, action=replace(action, status=ActionStatus.OPEN, evidence=""))


def carry_action(
    meeting: Meeting, now: datetime, action_id: ActionId, note: str = "", due: date | None = None
) -> ActionReviewed:
    """Say at the review that an action item is not done and goes on, and why."""
    must_be_open(meeting)
    action = _open_action(meeting, action_id)
    if due is not None and due < meeting.date:
        raise RuleError(N_("A new date lies today or later."))
    return ActionReviewed(at=now, action_id=action.id, note=line(note), due=due)


def _closed(
    meeting: Meeting, now: datetime, action_id: ActionId, status: ActionStatus, evidence: str
) -> ActionClosed:
    must_be_open(meeting)
    action = _open_action(meeting, action_id)
    return ActionClosed(at=now, action_id=action.id, status=status, evidence=evidence)


def _cleaned(meeting: Meeting, draft: ActionItem) -> ActionItem:
    if draft.owner is not None and meeting.person(draft.owner) is None:
        raise RuleError(N_("The owner must be one person of this meeting."))
    if draft.decision is not None and meeting.decision(draft.decision) is None:
        raise RuleError(N_("This meeting has no decision {id}."), id=draft.decision)
    return replace(draft, title=required(draft.title, ASK_TITLE), criterion=line(draft.criterion))


def _action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    action = meeting.action(action_id)
    if action is None:
        raise RuleError(N_("This meeting has no action item {id}."), id=action_id)
    return action


def _open_action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    action = _action(meeting, action_id)
    if not action.is_open:
        raise RuleError(N_("{id} is already closed."), id=action_id)
    return action
