"""Events about action items."""

from datetime import date, datetime

from msgspec import Struct

from facilitator.domain.action import ActionId, ActionItem, ActionRuling, ActionStatus
from facilitator.domain.people import PersonId


class ActionAdded(Struct, frozen=True, kw_only=True):
    """An action item was added."""

    at: datetime
    action: ActionItem


class ActionChanged(Struct, frozen=True, kw_only=True):
    """The title, owner, due date or another field of an action item was changed."""

    at: datetime
    action: ActionItem


class ActionClosed(Struct, frozen=True, kw_only=True):
    """An action item was done or dropped."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    evidence: str = ""


class ActionReviewed(Struct, frozen=True, kw_only=True):
    """An action item from an earlier meeting was reviewed and stays open."""

    at: datetime
    action_id: ActionId
    note: str = ""
    due: date | None = None
    """The new due date; None if it did not change."""


class ActionStatusChanged(Struct, frozen=True, kw_only=True):
    """An open action item was started, blocked, or set back to not started."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    blocked_by: str = ""


class ActionAccepted(Struct, frozen=True, kw_only=True):
    """The owner accepted an action item at the read-back, or withdrew the acceptance."""

    at: datetime
    action_id: ActionId
    by: PersonId | None = None


class ActionRuled(Struct, frozen=True, kw_only=True):
    """The decider ruled on an action item that had been carried over too often."""

    at: datetime
    action_id: ActionId
    ruling: ActionRuling
    owner: PersonId | None = None
    """The new owner, if it was handed over."""
    due: date | None = None
    """The new due date, if it got one."""
    parts: tuple[ActionItem, ...] = ()
    """The action items that replace it, if it was split."""


ActionStep = (
    ActionAdded
    | ActionChanged
    | ActionClosed
    | ActionReviewed
    | ActionStatusChanged
    | ActionAccepted
    | ActionRuled
)
