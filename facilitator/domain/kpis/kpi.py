"""KPI definitions, targets, weeks, exchange rates, and what the team agreed a KPI means."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency, Marketplace, Measure
from facilitator.domain.people import PersonId

KpiId = NewType("KpiId", str)

KPI_GROUPS = (
    N_("sales"),
    N_("advertising"),
    N_("listing"),
    N_("supply chain"),
    N_("brand health"),
    N_("customers"),
)
"""What a KPI is about, in the order of a report."""


class Week(Struct, frozen=True, kw_only=True):
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


class Span(Struct, frozen=True, kw_only=True):
    """Days in a row that are counted together: a week, a month, a year so far."""

    start: date
    end: date

    @property
    def before(self) -> "Span":
        """As many days, just before it."""
        length = self.end - self.start + timedelta(days=1)
        return Span(start=self.start - length, end=self.end - length)


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


class Aggregation(StrEnum):
    """How daily facts become a week's figure."""

    SUM = "sum"
    """Added up over the week: spend, clicks, orders."""
    LATEST = "latest"
    """As it was told last in the week: stock, shares kept by hand, a report week that ended."""


class Target(Struct, frozen=True, kw_only=True):
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
        """How much of the target is reached: 1 and more where it is met.

        None where that is no share, as with limits and values at 0 or below.
        """
        is_below = self.at_least is not None and value < self.at_least
        if self.at_most is not None and not is_below:
            return self.at_most / value if value > 0 and self.at_most >= 0 else None
        return value / self.at_least if self.at_least and self.at_least > 0 else None

    @property
    def is_band(self) -> bool:
        """Whether both ways can miss it."""
        return self.at_most is not None and self.at_least is not None


class MarketplaceTarget(Struct, frozen=True, kw_only=True):
    """A target that holds in one marketplace only."""

    marketplace: Marketplace
    target: Target


class KpiDefinition(Struct, frozen=True, kw_only=True):
    """How a KPI is counted: always from sums, never from ratios.

    value = scale × Σ numerator ÷ Σ denominator; with `growth`, the change of that
    against the weeks before. A measure with a leading `-` is taken off.
    """

    id: KpiId
    name: str
    name_zh: str = ""
    group: str
    """One of `KPI_GROUPS`."""
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    """Empty for a figure that is kept by hand and taken as it is."""
    counting: Aggregation = Aggregation.SUM
    scale: float = 1.0
    growth: bool = False
    unit: Unit = Unit.PERCENT
    decimals: int = 1
    higher_is_better: bool | None = None
    """Which way good news lies; None where both ways can be bad."""
    weeks: int = 1
    """How many weeks a reading goes back over, the one under review included."""
    smallest: float = 0.0
    """What it is divided by must come to this, or a value says too little to be judged."""
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
        names = (name.lstrip("-") for name in (*self.numerator, *self.denominator))
        return tuple(dict.fromkeys(map(Measure, names)))

    @property
    def divisor(self) -> tuple[str, ...]:
        """What `smallest` speaks of: the denominator, or what a growth is measured against."""
        return self.denominator or (self.numerator if self.growth else ())

    @property
    def can_be_negative(self) -> bool:
        """Whether a value below 0 makes sense."""
        return self.growth or any(name.startswith("-") for name in self.numerator)

    def spans(self, week: Week) -> tuple[Span, ...]:
        """What a week's reading is counted from, newest first: growth needs two."""
        now = Span(start=week.back(self.weeks - 1).start, end=week.end)
        return (now, now.before) if self.growth else (now,)

    def target_in(self, marketplace: Marketplace) -> Target | None:
        """The target of a marketplace: its own, or else the general one."""
        return _target_in(marketplace, self.by_marketplace, self.target)


class KpiPlan(Struct, frozen=True, kw_only=True):
    """What this team's agenda says of a KPI: its targets and who answers for it."""

    kpi: KpiId
    target: Target | None = None
    by_marketplace: tuple[MarketplaceTarget, ...] = ()
    owner: PersonId | None = None

    def target_in(self, marketplace: Marketplace) -> Target | None:
        """The target of a marketplace: its own, or else the general one."""
        return _target_in(marketplace, self.by_marketplace, self.target)


def _target_in(
    marketplace: Marketplace, own: tuple[MarketplaceTarget, ...], general: Target | None
) -> Target | None:
    return next((each.target for each in own if each.marketplace == marketplace), general)


class SignalRules(Struct, frozen=True, kw_only=True):
    """What the team set about signals: which weeks are out of the ordinary."""

    swing: float = 0.15
    """The change against the week before that is told, as a share of it; 0 tells none."""


class Rates(Struct, frozen=True, kw_only=True):
    """What the agenda says a currency is worth in the base one. The base itself is worth 1."""

    base: Currency
    on: date | None = None
    per_unit: tuple[tuple[Currency, float], ...] = ()

    def of(self, currency: Currency) -> float | None:
        """How many units of the base one unit is worth; None where nobody said."""
        if currency == self.base:
            return 1.0
        return dict(self.per_unit).get(currency)


def exchange_rate(
    wanted: Currency | None, currency: Currency | None, rates: Rates | None
) -> float | None:
    """What a unit of a currency counts for in the wanted one; None where nobody can convert it.

    What is no money counts as it is.
    """
    if currency is None or wanted is None or currency == wanted:
        return 1.0
    return rates.of(currency) if rates and rates.base == wanted else None


class AgreedDefinition(Struct, frozen=True, kw_only=True):
    """A sentence that the room agreed on; it holds until the room agrees on another."""

    kpi: KpiId
    text: str
    agreed_on: date


def agreed_definition(
    definitions: Iterable[AgreedDefinition], kpi: KpiId
) -> AgreedDefinition | None:
    """What was agreed for a KPI."""
    return next((each for each in definitions if each.kpi == kpi), None)
