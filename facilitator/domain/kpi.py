"""KPIs: how a number is counted, and what it should be."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from facilitator.domain.errors import N_
from facilitator.domain.facts import Currency, Marketplace, Measure
from facilitator.domain.people import PersonId

KpiId = NewType("KpiId", str)

GROUPS = (
    N_("sales"),
    N_("advertising"),
    N_("listing"),
    N_("supply chain"),
    N_("brand health"),
    N_("customers"),
)
"""What a KPI is about, in the order of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days, named by the last of them."""

    end: date

    @property
    def start(self) -> date:
        """Its first day."""
        return self.end - timedelta(days=6)

    def back(self, weeks: int) -> "Week":
        """The week that ended so many weeks earlier."""
        return Week(end=self.end - timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def last_full_week(on: date, ends_on: int = 6) -> Week:
    """The last week that was over before the day `on`.

    `ends_on` is the weekday its last day falls on: Monday 0 … Sunday 6.
    """
    return Week(end=on - timedelta(days=(on.weekday() - ends_on - 1) % 7 + 1))


class Unit(StrEnum):
    """What a KPI's value is a number of."""

    PERCENT = "percent"
    RATIO = "ratio"
    DAYS = "days"
    PER_YEAR = "per_year"
    STARS = "stars"
    COUNT = "count"


class Counting(StrEnum):
    """How daily facts become a week's figure."""

    SUM = "sum"
    """Added up over the week: spend, clicks, orders."""
    LATEST = "latest"
    """As it stood at the last snapshot of the week: stock, shares kept by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a KPI should be: at most, at least, or between two limits."""

    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False
    """Whether the limit itself already misses: "> 60 %" instead of "≥ 60 %"."""

    def is_met_by(self, value: float) -> bool:
        """Whether `value` keeps to it."""
        if self.at_most is not None and (
            value > self.at_most or (self.strict and value == self.at_most)
        ):
            return False
        return not (
            self.at_least is not None
            and (value < self.at_least or (self.strict and value == self.at_least))
        )

    def attainment(self, value: float) -> float | None:
        """How much of the target is reached; 1 and more where it is met. None for a zero limit."""
        if self.at_least is not None and not self.is_met_by(value) and value < self.at_least:
            return value / self.at_least if self.at_least else None
        if self.at_most is not None:
            return self.at_most / value if value > 0 else None
        return value / self.at_least if self.at_least else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketplaceTarget:
    """A target that holds in one marketplace only."""

    marketplace: Marketplace
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiDefinition:
    """How a KPI is counted: always from sums, never from ratios.

    value = scale × Σ numerator ÷ Σ denominator; with `growth`, the change of that
    against the week before. A measure with a leading `-` is taken off.
    """

    id: KpiId
    name: str
    name_zh: str = ""
    group: str
    """One of `GROUPS`."""
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    """Empty for a figure that is kept by hand and taken as it is."""
    counting: Counting = Counting.SUM
    scale: float = 1.0
    growth: bool = False
    unit: Unit = Unit.PERCENT
    decimals: int = 1
    higher_is_better: bool = True
    weeks: int = 1
    """How many weeks a sum goes back over, the one under review included."""
    smallest: float = 0.0
    """The denominator below which a value says too little to be judged: 30 clicks…"""
    target: Target | None = None
    """What it should be where the agenda does not say."""
    by_marketplace: tuple[MarketplaceTarget, ...] = ()
    owner: PersonId | None = None
    note: str = ""
    """The definition in words (口径), for whoever asks in the meeting."""
    note_zh: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure it needs."""
        return tuple(Measure(name.lstrip("-")) for name in (*self.numerator, *self.denominator))


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiPlan:
    """What this team's agenda says of a KPI: its targets and who answers for it."""

    kpi: KpiId
    target: Target | None = None
    by_marketplace: tuple[MarketplaceTarget, ...] = ()
    owner: PersonId | None = None

    def target_in(self, marketplace: Marketplace) -> Target | None:
        """The target of a marketplace: its own, or else the general one."""
        for own in self.by_marketplace:
            if own.marketplace == marketplace:
                return own.target
        return self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What the agenda says a currency is worth in the base one. The base itself is worth 1."""

    base: Currency
    on: date | None = None
    per_unit: tuple[tuple[Currency, float], ...] = ()

    def of(self, currency: Currency) -> float | None:
        """How many units of the base one unit is worth; None where nobody said."""
        if currency == self.base:
            return 1.0
        return dict(self.per_unit).get(currency)
