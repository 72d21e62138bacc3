"""Rules on action items: add, change, review, close, and rule on overdue ones."""

from datetime import date, datetime

from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem, ActionRuling, ActionStatus, Recourse
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.actions import (
    ActionAccepted,
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
    ActionRuled,
    ActionStatusChanged,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text_input import clean_line, require_line

ASK_TITLE = N_("Write what is to be done.")


def add_action(meeting: Meeting, now: datetime, draft: ActionItem) -> ActionAdded:
    """Add an action item; whatever id `draft` has, it gets the next free number.

    Owner, due date and criterion may follow later; the review at the end asks for them.
    """
    must_be_open(meeting)
    return ActionAdded(at=now, action=with_next_number(meeting, draft))


def with_next_number(meeting: Meeting, draft: ActionItem) -> ActionItem:
    """Return `draft` validated, as an action item of today with the next free number."""
    return replace(
        _validate_action(meeting, draft),
        id=ActionId(meeting.numbers.next_id(ActionItem)),
        status=ActionStatus.OPEN,
        created_on=meeting.date,
        first_due=draft.due,
        carried=0,
    )


def change_action(meeting: Meeting, now: datetime, changed: ActionItem) -> ActionChanged:
    """Change the fields of an action item; its first due date stays on record."""
    must_be_open(meeting)
    old = require_action(meeting, changed.id)
    is_same_assignment = (changed.owner, changed.given_by) == (old.owner, old.given_by)
    action = replace(
        _validate_action(meeting, changed),
        created_on=old.created_on,
        first_due=old.first_due or changed.due,
        carried=old.carried,
        is_sensitive=old.is_sensitive,
        shortcut_reason=old.shortcut_reason if is_same_assignment else "",
    )
    return ActionChanged(at=now, action=action)


def finish_action(
    meeting: Meeting, now: datetime, action_id: ActionId, evidence: str = ""
) -> ActionClosed:
    """Mark an action item as done, with the evidence for it.

    Evidence can be given later for an item that is done without any.
    """
    cleaned, action = clean_line(evidence), meeting.action(action_id)
    if action is not None and action.is_done_without_evidence and cleaned:
        must_be_open(meeting)
        return ActionClosed(at=now, action_id=action.id, status=ActionStatus.DONE, evidence=cleaned)
    return _close_action(meeting, now, action_id, ActionStatus.DONE, cleaned)


def drop_action(meeting: Meeting, now: datetime, action_id: ActionId, reason: str) -> ActionClosed:
    """Drop an action item that will not be done, with the reason."""
    why = require_line(reason, N_("Say why the action item is dropped."))
    return _close_action(meeting, now, action_id, ActionStatus.DROPPED, why)


def reopen_action(meeting: Meeting, now: datetime, action_id: ActionId) -> ActionChanged:
    """Reopen an action item that was closed by mistake."""
    must_be_open(meeting)
    action = require_action(meeting, action_id)
    if action.is_open:
        raise RuleError(N_("{id} is still open."), id=action_id)
    ruling = None if action.is_given_up_by_ruling else action.ruling
    return ActionChanged(at=now, action=replace(action.reopen(), ruling=ruling))


def toggle_in_progress(meeting: Meeting, now: datetime, action_id: ActionId) -> ActionStatusChanged:
    """Mark an action item as in progress; if it is in progress, as not started."""
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    is_in_progress = action.status is ActionStatus.IN_PROGRESS
    status = ActionStatus.OPEN if is_in_progress else ActionStatus.IN_PROGRESS
    return ActionStatusChanged(at=now, action_id=action.id, status=status)


def block_action(
    meeting: Meeting, now: datetime, action_id: ActionId, by: str
) -> ActionStatusChanged:
    """Mark an action item as blocked, and record by what."""
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    reason = require_line(by, N_("Say what blocks the action item."))
    return ActionStatusChanged(
        at=now, action_id=action.id, status=ActionStatus.BLOCKED, blocked_by=reason
    )


def accept_action(
    meeting: Meeting, now: datetime, action_id: ActionId, *, is_taken: bool = True
) -> ActionAccepted:
    """Record that the owner accepts an action item, or withdraw that."""
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    if action.owner is None:
        raise RuleError(N_("{id} has no owner. Name one first."), id=action_id)
    return ActionAccepted(at=now, action_id=action.id, by=action.owner if is_taken else None)


def keep_action_open(
    meeting: Meeting, now: datetime, action_id: ActionId, note: str = "", due: date | None = None
) -> ActionReviewed:
    """Record at the review that an action item is not done and stays open, and why."""
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    if due is not None and due < meeting.date:
        raise RuleError(N_("The new date must be today or later."))
    return ActionReviewed(at=now, action_id=action.id, note=clean_line(note), due=due)


def require_open_action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    """Return the open action item with this id; raise RuleError if there is none."""
    action = require_action(meeting, action_id)
    if not action.is_open:
        raise RuleError(N_("{id} is already closed."), id=action_id)
    return action


def _close_action(
    meeting: Meeting, now: datetime, action_id: ActionId, status: ActionStatus, evidence: str
) -> ActionClosed:
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    return ActionClosed(at=now, action_id=action.id, status=status, evidence=evidence)


def _validate_action(meeting: Meeting, draft: ActionItem) -> ActionItem:
    if draft.owner is not None and meeting.person(draft.owner) is None:
        raise RuleError(N_("The owner must be one of the people of this meeting."))
    if draft.given_by is not None and meeting.person(draft.given_by) is None:
        raise RuleError(
            N_("The person who hands a task over must be one of the people of this meeting.")
        )
    # Decisions of earlier meetings are not loaded; the action items that refer to them are.
    known = {each.id for each in meeting.decisions} | {each.decision for each in meeting.actions}
    if draft.decision is not None and draft.decision not in known:
        raise RuleError(N_("This meeting has no decision {id}."), id=draft.decision)
    return replace(
        draft, title=require_line(draft.title, ASK_TITLE), criterion=clean_line(draft.criterion)
    )


def require_action(meeting: Meeting, action_id: ActionId) -> ActionItem:
    """Return the action item with this id; raise RuleError if there is none."""
    action = meeting.action(action_id)
    if action is None:
        raise RuleError(N_("This meeting has no action item {id}."), id=action_id)
    return action


ASK_REASON = N_("Say why. It goes into the minutes.")


def kill_action(meeting: Meeting, now: datetime, action_id: ActionId, reason: str) -> ActionRuled:
    """Rule that an overdue action item will not be done."""
    return _rule_action(meeting, now, action_id, Recourse.KILL, reason)


def split_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, titles: tuple[str, ...]
) -> ActionRuled:
    """Rule that an action item is split into smaller ones, with its owner and its links.

    The parts have no due date yet; the review at the end asks for one.
    """
    ruled = _rule_action(meeting, now, action_id, Recourse.SPLIT, reason)
    action = require_open_action(meeting, action_id)
    part_titles = [title for each in titles if (title := clean_line(each))]
    if len(part_titles) < 2:
        raise RuleError(N_("Name at least two parts to split {id} into."), id=action_id)
    parts = (
        replace(
            with_next_number(meeting, _split_part(action, title)),
            id=ActionId(meeting.numbers.next_id(ActionItem, place)),
        )
        for place, title in enumerate(part_titles)
    )
    return replace(ruled, parts=tuple(parts))


def hand_over_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, owner: PersonId | None
) -> ActionRuled:
    """Rule that another person owns an action item."""
    ruled = _rule_action(meeting, now, action_id, Recourse.HAND_OVER, reason)
    if owner is None or meeting.person(owner) is None:
        raise RuleError(N_("Say who takes it over: one of the people of this meeting."))
    if owner == require_open_action(meeting, action_id).owner:
        raise RuleError(N_("This person is already the owner. Hand it over to somebody else."))
    return replace(ruled, owner=owner)


def redate_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, due: date | None
) -> ActionRuled:
    """Rule that an action item gets a new due date; the first one stays on record."""
    ruled = _rule_action(meeting, now, action_id, Recourse.NEW_DATE, reason)
    if due is None or due < meeting.date:
        raise RuleError(N_("The new date must be today or later."))
    return replace(ruled, due=due)


def _rule_action(
    meeting: Meeting, now: datetime, action_id: ActionId, recourse: Recourse, reason: str
) -> ActionRuled:
    must_be_open(meeting)
    action = require_open_action(meeting, action_id)
    ruling = ActionRuling(
        recourse=recourse,
        reason=require_line(reason, ASK_REASON),
        age=action.carried,
        decider=meeting.agenda.decider,
    )
    return ActionRuled(at=now, action_id=action.id, ruling=ruling)


def _split_part(action: ActionItem, title: str) -> ActionItem:
    return ActionItem(
        id=action.id,
        title=title,
        owner=action.owner,
        decision=action.decision,
        kpi=action.kpi,
        marketplace=action.marketplace,
        split_from=action.id,
    )
