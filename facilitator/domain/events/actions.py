"""Events about action items."""

from dataclasses import dataclass
from datetime import date, datetime

from facilitator.domain.action import ActionId, ActionItem, ActionRuling, ActionStatus
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded:
    """Somebody promised something."""

    at: datetime
    action: ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChanged:
    """An action item was worded, dated or given anew."""

    at: datetime
    action: ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClosed:
    """An action item was done, or dropped."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReviewed:
    """An action item from an earlier meeting is not done and goes on."""

    at: datetime
    action_id: ActionId
    note: str = ""
    due: date | None = None
    """A new date, where one was promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStatusChanged:
    """Work on an action item began, or is blocked, or waits again to be begun."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    blocked_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAccepted:
    """An owner said “I take it” at the read-back, or took that word back."""

    at: datetime
    action_id: ActionId
    by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRuled:
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
