"""What one meeting of a series leaves for the next."""

from dataclasses import dataclass, field
from datetime import date

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.note import ParkedTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Something that was amiss and accepted, with the reason given."""

    subject: str
    """What was amiss, as a sentence or the key of an open end."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A KPI's value as the last meeting saw it."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    week_end: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The next free numbers of a series; they only ever grow. Notes are numbered by meeting."""

    action: int = 1
    decision: int = 1
    topic: int = 1
    note: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the meetings before left for this one."""

    actions: tuple[ActionItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[ParkedTopic, ...] = ()
    values: tuple[PastValue, ...] = ()
    focus: str = ""
    """Last time's answer to the opening question."""
    met_on: date | None = None
    """When the last meeting was; None for the first of a series."""
    numbers: Numbers = field(default_factory=Numbers)
