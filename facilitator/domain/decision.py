"""Decisions: a question for the room, its options, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.people import PersonId

DecisionId = NewType("DecisionId", str)
"""`D1`, `D2`… unique in a series and never used twice."""
OptionId = NewType("OptionId", str)
"""`A`, `B`… within its decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that the room may give."""

    id: OptionId
    title: str
    cost: str = ""
    """In the proposer's words, with amount and currency."""
    expected: str = ""
    """What it should bring."""


class Outcome(StrEnum):
    """How a ruling left the question."""

    CHOSEN = "chosen"
    POSTPONED = "postponed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was decided, by whom, and why."""

    outcome: Outcome
    at: datetime
    option: OptionId | None = None
    """Set where an option was chosen."""
    until: date | None = None
    """For a postponed question: the day; None means the next meeting."""
    rationale: str = ""
    decider: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A question, its options with a recommendation, and its ruling once there is one."""

    id: DecisionId
    question: str
    background: str = ""
    options: tuple[Option, ...] = ()
    recommended: OptionId | None = None
    why: str = ""
    """Why this option is recommended."""
    proposer: PersonId | None = None
    decider: PersonId | None = None
    proposed_on: date | None = None
    times_postponed: int = 0
    kpi: KpiId | None = None
    """The KPI that it came from."""
    marketplace: Marketplace = ALL
    """Of that KPI."""
    ruling: Ruling | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a ruling."""
        return self.ruling is None

    def option(self, option_id: OptionId | None) -> Option | None:
        """The option with this id."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def chosen(self) -> Option | None:
        """The option that the room settled on."""
        return self.option(self.ruling.option) if self.ruling else None
