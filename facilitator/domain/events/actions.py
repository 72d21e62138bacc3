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


class SeenLine(Struct, frozen=True, kw_only=True):
    """How far somebody outside a meeting had seen its journal."""

    meeting: str
    """The name of its folder."""
    line: int
    """The number of the last line."""


class ActionClosed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An action item was done or dropped, in a meeting or between two of them."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    evidence: str = ""
    seen: SeenLine | None = None
    """Between meetings: what was known of the last one that had it; earlier versions lack it."""
    by: str = ""
    """Between meetings: the login name of who closed it."""
    on: date | None = None
    """Between meetings: the day on which it was closed, in the team's time zone."""


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
