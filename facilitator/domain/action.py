"""Action items: who does what by when, and how we know that it is done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from facilitator.domain.decision import DecisionId
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.people import PersonId

ActionId = NewType("ActionId", str)
"""`A1`, `A2`… unique in a series and never used twice."""


class ActionStatus(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """A promise with one owner."""

    id: ActionId
    title: str
    owner: PersonId | None = None
    due: date | None = None
    criterion: str = ""
    """How the room will know that it is done."""
    decision: DecisionId | None = None
    """The decision that it carries out."""
    kpi: KpiId | None = None
    """The KPI that it is to move, or to explain."""
    marketplace: Marketplace = ALL
    """Of that KPI."""
    status: ActionStatus = ActionStatus.OPEN
    evidence: str = ""
    """What shows that it is done, or why it was dropped."""
    created_on: date | None = None
    first_due: date | None = None
    """The date that was promised first; it is never rewritten."""
    carried: int = 0
    """How many meetings it has come back to: its age in meetings."""
    review_note: str = ""
    """What its owner said about it at the last review."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status is ActionStatus.OPEN

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before the day `on`."""
        return self.is_open and self.due is not None and self.due < on
