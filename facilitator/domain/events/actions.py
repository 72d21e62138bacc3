"""Events about action items."""

from datetime import date, datetime

from msgspec import Struct

from facilitator.domain.action import ActionId, ActionItem, ActionRuling, ActionStatus
from facilitator.domain.people import PersonId


class ActionAdded(Struct, frozen=True, kw_only=True):
    """Somebody promised something."""

    at: datetime
    action: ActionItem


class ActionChanged(Struct, frozen=True, kw_only=True):
    """An action item was worded, dated or given anew."""

    at: datetime
    action: ActionItem


class ActionClosed(Struct, frozen=True, kw_only=True):
    """An action item was done, or dropped."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    evidence: str = ""


class ActionReviewed(Struct, frozen=True, kw_only=True):
    """An action item from an earlier meeting is not done and goes on."""

    at: datetime
    action_id: ActionId
    note: str = ""
    due: date | None = None
    """A new date, where one was promised."""


class ActionStatusChanged(Struct, frozen=True, kw_only=True):
    """Work on an action item began, or is blocked, or waits again to be begun."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    blocked_by: str = ""


class ActionAccepted(Struct, frozen=True, kw_only=True):
    """An owner said “I take it” at the read-back, or took that word back."""

    at: datetime
    action_id: ActionId
    by: PersonId | None = None


class ActionRuled(Struct, frozen=True, kw_only=True):
    """The decider ruled what becomes of a promise that kept coming back."""

    at: datetime
    action_id: ActionId
    ruling: ActionRuling
    owner: PersonId | None = None
    """Whom it was handed over to."""
    due: date | None = None
    """The new date."""
    parts: tuple[ActionItem, ...] = ()
    """What it was split into."""


ActionStep = (
    ActionAdded
    | ActionChanged
    | ActionClosed
    | ActionReviewed
    | ActionStatusChanged
    | ActionAccepted
    | ActionRuled
)
