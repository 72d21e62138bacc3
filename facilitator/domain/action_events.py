"""The facts of a meeting that are about its action items."""

from dataclasses import dataclass
from datetime import date, datetime

from facilitator.domain.action import ActionId, ActionItem, ActionStatus


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


ActionStep = ActionAdded | ActionChanged | ActionClosed | ActionReviewed
