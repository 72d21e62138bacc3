"""KPI definitions, targets, weeks, exchange rates, and agreed definitions."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

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
"""The areas that KPIs are about, in the order in which they are shown."""


class Week(Struct, frozen=True, kw_only=True):
    """Seven days, identified by the last of them."""

    end: date

    @property
    def start(self) -> date:
        """The first day."""
        return self.end - timedelta(days=6)

    def back(self, weeks: int) -> "Week":
        """Return the week that ended this many weeks earlier."""
        return Week(end=self.end - timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


class Span(Struct, frozen=True, kw_only=True):
    """A range of days, both ends included, whose facts are counted together."""

    start: date
    end: date

    @property
    def before(self) -> "Span":
        """The same number of days just before it."""
        length = self.end - self.start + timedelta(days=1)
        return Span(start=self.start - length, end=self.end - length)


def last_full_week(on: date, ends_on: int = 6) -> Week:
    """Return the last week that ended before the day `on`.

    `ends_on` is the weekday of its last day: Monday 0 … Sunday 6.
    """
    return Week(end=on - timedelta(days=(on.weekday() - ends_on - 1) % 7 + 1))


def week_of(day: date, ends_on: int = 6) -> Week:
    """Return the week that a day lies in; `ends_on` is the weekday of its last day."""
    end = day.toordinal() + (ends_on - day.weekday()) % 7
    return Week(end=date.fromordinal(min(end, date.max.toordinal())))  # files may have any day


class Unit(StrEnum):
    """The unit of a KPI's value."""

    PERCENT = "percent"
    RATIO = "ratio"
    DAYS = "days"
    PER_YEAR = "per_year"
    STARS = "stars"
    COUNT = "count"


class Aggregation(StrEnum):
    """How daily facts become the value of a week."""

    SUM = "sum"
    """The sum over the week: spend, clicks, orders."""
    LATEST = "latest"
    """The last fact in the week: stock, percentages recorded by hand."""


class Target(Struct, frozen=True, kw_only=True):
    """The target of a KPI: at most, at least, or between two limits."""

    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False
    """Whether a value equal to the limit misses it: “> 60 %” instead of “≥ 60 %”."""

    def is_met_by(self, value: float) -> bool:
        """Return whether a value meets the target."""
        if self.at_most is not None and (
            value > self.at_most or (self.strict and value == self.at_most)
        ):
            return False
        return not (
            self.at_least is not None
            and (value < self.at_least or (self.strict and value == self.at_least))
        )

    def attainment(self, value: float) -> float | None:
        """Return the fraction of the target that is reached: 1 or more if it is met.

        Returns None if there is no such fraction, as for limits and values of 0 or less.
        """
        is_below = self.at_least is not None and value < self.at_least
        if self.at_most is not None and not is_below:
            return self.at_most / value if value > 0 and self.at_most >= 0 else None
        return value / self.at_least if self.at_least and self.at_least > 0 else None

    @property
    def is_band(self) -> bool:
        """Whether it has a lower and an upper limit."""
        return self.at_most is not None and self.at_least is not None


class MarketplaceTarget(Struct, frozen=True, kw_only=True):
    """A target for one marketplace only."""

    marketplace: Marketplace
    target: Target


class KpiDefinition(Struct, frozen=True, kw_only=True):
    """How a KPI is calculated: always from sums, never from averages of ratios.

    value = scale × Σ numerator ÷ Σ denominator. With `growth`, it is the relative change of that
    against the period before. A measure with a leading `-` is subtracted.
    """

    id: KpiId
    name: str
    name_zh: str = ""
    group: str
    """One of `KPI_GROUPS`."""
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    """Empty for a value that is not divided by anything."""
    counting: Aggregation = Aggregation.SUM
    scale: float = 1.0
    growth: bool = False
    unit: Unit = Unit.PERCENT
    decimals: Annotated[int, Meta(ge=0, le=6)] = 1
    higher_is_better: bool | None = None
    """Whether a higher value is better; None if both directions can be bad."""
    weeks: Annotated[int, Meta(ge=1, le=104)] = 1
    """The number of weeks that a value covers, the one under review included."""
    smallest: float = 0.0
    """The least denominator for which a value can be judged."""
    target: Target | None = None
    """The target if the agenda has none."""
    by_marketplace: tuple[MarketplaceTarget, ...] = ()
    owner: PersonId | None = None
    linked_to: "KpiId | None" = None
    """The KPI that says nearly the same, so that one answer is for both."""
    note: str = ""
    """The definition in words (口径)."""
    note_zh: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure it is calculated from."""
        names = (name.lstrip("-") for name in (*self.numerator, *self.denominator))
        return tuple(dict.fromkeys(map(Measure, names)))

    @property
    def divisor(self) -> tuple[str, ...]:
        """The measures that `smallest` is about: the denominator; for a growth, the base."""
        return self.denominator or (self.numerator if self.growth else ())

    @property
    def can_be_negative(self) -> bool:
        """Whether a value below 0 is possible."""
        return self.growth or any(name.startswith("-") for name in self.numerator)

    def spans(self, week: Week) -> tuple[Span, ...]:
        """Return the days that a week's value covers, newest first; a growth has two spans."""
        now = Span(start=week.back(self.weeks - 1).start, end=week.end)
        return (now, now.before) if self.growth else (now,)

    def target_in(self, marketplace: Marketplace) -> Target | None:
        """Return the target for a marketplace: its own, or else the general one."""
        return _target_in(marketplace, self.by_marketplace, self.target)


class KpiPlan(Struct, frozen=True, kw_only=True):
    """What the agenda sets for a KPI: its targets and its owner."""

    kpi: KpiId
    target: Target | None = None
    by_marketplace: tuple[MarketplaceTarget, ...] = ()
    owner: PersonId | None = None

    def target_in(self, marketplace: Marketplace) -> Target | None:
        """Return the target for a marketplace: its own, or else the general one."""
        return _target_in(marketplace, self.by_marketplace, self.target)


def _target_in(
    marketplace: Marketplace, own: tuple[MarketplaceTarget, ...], general: Target | None
) -> Target | None:
    return next((each.target for each in own if each.marketplace == marketplace), general)


class SignalRules(Struct, frozen=True, kw_only=True):
    """The team's settings for signals."""

    swing: float = 0.15
    """The smallest relative change against the week before that is a signal; 0 for none."""


class Rates(Struct, frozen=True, kw_only=True):
    """The exchange rates of the agenda."""

    base: Currency
    """The currency that amounts are converted to."""
    on: date | None = None
    """The day of the rates."""
    per_unit: tuple[tuple[Currency, float], ...] = ()
    """The units of the base currency per unit of each currency."""

    def of(self, currency: Currency) -> float | None:
        """Return the units of the base currency per unit of a currency; None if not known."""
        if currency == self.base:
            return 1.0
        return dict(self.per_unit).get(currency)


def exchange_rate(
    wanted: Currency | None, currency: Currency | None, rates: Rates | None
) -> float | None:
    """Return the rate from a currency to the wanted one; None if it cannot be converted.

    The rate is 1 for amounts without a currency.
    """
    if currency is None or wanted is None or currency == wanted:
        return 1.0
    return rates.of(currency) if rates and rates.base == wanted else None


class AgreedDefinition(Struct, frozen=True, kw_only=True):
    """The sentence that the team agreed on as the meaning of a KPI."""

    kpi: KpiId
    text: str
    agreed_on: date


def agreed_definition(
    definitions: Iterable[AgreedDefinition], kpi: KpiId
) -> AgreedDefinition | None:
    """Return the agreed definition of a KPI; None if there is none."""
    return next((each for each in definitions if each.kpi == kpi), None)
