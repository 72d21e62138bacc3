"""A KPI's value as a past meeting saw it: what the next one is measured against."""

from dataclasses import dataclass
from datetime import date

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A KPI's value as a past meeting saw it."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    week_end: date
    value: float | None
    """None only for a growth that had nothing yet to be measured against."""
    level: float | None = None
    """Of a growth: what it was of, for the week after to be measured against."""
    denominator: float | None = None
    """What the value was divided by, which says how much stands behind it."""
