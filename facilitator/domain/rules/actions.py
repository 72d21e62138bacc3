"""Steps on action items: promise, change, review, close."""

from dataclasses import replace
from datetime import date, datetime

from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.actions import (
    ActionAccepted,
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionMoved,
    ActionReviewed,
)
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
    old = known_action(meeting, changed.id)
    is_same_way = (changed.owner, changed.given_by) == (old.owner, old.given_by)
    kept = replace(
        _cleaned(meeting, changed),
        created_on=old.created_on,
        first_due=old.first_due or changed.due,
        carried=old.carried,
        is_sensitive=old.is_sensitive,
        shortcut_reason=old.shortcut_reason if is_same_way else "",
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
    action = known_action(meeting, action_id)
    if action.is_open:
        raise RuleError(N_("{id} is still open."), id=action_id)
    ruling = None if action.is_given_up_by_ruling else action.ruling
    reopened = replace(action, status=ActionStatus.OPEN, evidence="", ruling=ruling)
    return ActionChanged(at=now, action=reopened)


def begin_action(meeting: Meeting, now: datetime, action_id: ActionId) -> ActionMoved:
    """Say that its owner works on it; said again, that it waits once more."""
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    is_begun = action.status is ActionStatus.IN_PROGRESS
    status = ActionStatus.OPEN if is_begun else ActionStatus.IN_PROGRESS
    return ActionMoved(at=now, action_id=action.id, status=status)


def block_action(meeting: Meeting, now: datetime, action_id: ActionId, by: str) -> ActionMoved:
    """Say what keeps its owner from going on."""
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    what = required(by, N_("Say what blocks the action item."))
    return ActionMoved(at=now, action_id=action.id, status=ActionStatus.BLOCKED, blocked_by=what)


def accept_action(
    meeting: Meeting, now: datetime, action_id: ActionId, *, is_taken: bool = True
) -> ActionAccepted:
    """Let the owner say “I take it”, or take that word back."""
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    if action.owner is None:
        raise RuleError(N_("{id} has no owner who could take it."), id=action_id)
    return ActionAccepted(at=now, action_id=action.id, by=action.owner if is_taken else None)


def carry_action(
    meeting: Meeting, now: datetime, action_id: ActionId, note: str = "", due: date | None = None
) -> ActionReviewed:
    """Say at the review that an action item is not done and goes on, and why."""
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    if due is not None and due < meeting.date:
        raise RuleError(N_("A new date lies today or later."))
    return ActionReviewed(at=now, action_id=action.id, note=line(note), due=due)


def open_action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    """The action item with this id; raises RuleError where it is closed, or not there."""
    action = known_action(meeting, action_id)
    if not action.is_open:
        raise RuleError(N_("{id} is already closed."), id=action_id)
    return action


def _closed(
    meeting: Meeting, now: datetime, action_id: ActionId, status: ActionStatus, evidence: str
) -> ActionClosed:
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    return ActionClosed(at=now, action_id=action.id, status=status, evidence=evidence)


def _cleaned(meeting: Meeting, draft: ActionItem) -> ActionItem:
    if draft.owner is not None and meeting.person(draft.owner) is None:
        raise RuleError(N_("The owner must be one person of this meeting."))
    if draft.given_by is not None and meeting.person(draft.given_by) is None:
        raise RuleError(N_("Whoever hands a task over must be one of the people of this meeting."))
    # What an earlier meeting decided is not here any more, but its promises still carry it out.
    decided = {each.id for each in meeting.decisions} | {each.decision for each in meeting.actions}
    if draft.decision is not None and draft.decision not in decided:
        raise RuleError(N_("This meeting has no decision {id}."), id=draft.decision)
    return replace(draft, title=required(draft.title, ASK_TITLE), criterion=line(draft.criterion))


def known_action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    """The action item with this id; raises RuleError where this meeting has none."""
    action = meeting.action(action_id)
    if action is None:
        raise RuleError(N_("This meeting has no action item {id}."), id=action_id)
    return action
