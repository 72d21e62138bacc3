"""The scorecard: every KPI week by week, with its target and signal; values of past meetings."""

from datetime import date
from enum import StrEnum
from math import isclose

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.facts import ALL, Currency, Disagreement, Marketplace, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Target, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.people import PersonId

FIRM_WEEKS = 13
"""Past weeks below which limits are provisional."""


class Side(StrEnum):
    """Where a value lies."""

    HIGH = "high"
    LOW = "low"


class Limits(Struct, frozen=True, kw_only=True):
    """Between which values a KPI usually moves."""

    centre: float
    lower: float
    upper: float
    points: int
    """Past weeks that they are drawn from."""
    is_by_mean: bool = False
    """Whether the reach is that of the mean moving range: of a series that mostly stands still."""

    @property
    def is_provisional(self) -> bool:
        """Whether there are too few weeks to lean on them."""
        return self.points < FIRM_WEEKS

    def side(self, value: float) -> Side | None:
        """On which side a value lies outside; None for one inside."""
        if is_above(value, self.upper):
            return Side.HIGH
        return Side.LOW if is_above(self.lower, value) else None


class Signal(Struct, frozen=True, kw_only=True):
    """What the past says of a week's value."""

    limits: Limits | None = None
    """None where there is not enough history."""
    points: int = 0
    """Past weeks that could be used."""
    left_out: int = 0
    """Past weeks left out for an occasion: a promotion, a stock-out."""
    outside: Side | None = None
    """Beyond which limit the value lies."""
    drift: Side | None = None
    """On which side of `before` the last eight weeks all lie."""
    before: float | None = None
    """The centre of the weeks before these eight; None for too few of them."""
    swing: float | None = None
    """The change against the week before, as a share of it, where it reaches the team's rule."""
    is_small: bool = False
    """Whether too little stands behind the value to judge it: a handful of clicks."""
    is_partial: bool = False
    """Whether the week is not whole, and so not judged."""
    is_good: bool | None = None
    """Whether what is told is good news; None where nothing is, or both ways can be bad."""

    @property
    def direction(self) -> Side | None:
        """Which way the week is out of the ordinary, the strongest sign first."""
        if self.swing is None:
            return self.outside or self.drift
        return self.outside or self.drift or (Side.HIGH if self.swing > 0 else Side.LOW)

    @property
    def is_unusual(self) -> bool:
        """Whether it is more than the usual to and fro.

        With natural limits a mere swing is none of them; without, it is all there is to go by.
        """
        return bool(self.outside or self.drift or (self.limits is None and self.swing is not None))


class TargetStatus(StrEnum):
    """A reading against its target."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    MISSING = "missing"


class Reading(Struct, frozen=True, kw_only=True):
    """One week's value of a KPI in a marketplace (or in `ALL`)."""

    week_end: date
    value: float | None
    """In the definition's unit: 31.2 for 31.2 %. None where it cannot be told."""
    missing: tuple[str, ...] = ()
    """Why there is no value, as entries that `calculation.why_missing` puts into words."""
    numerator: float | None = None
    """What was divided, and by what: the sums behind the value."""
    denominator: float | None = None
    """Of a growth: what the numerator was the week before."""
    currency: Currency | None = None
    """Of the sums, where they are money of one currency or were converted to it."""
    is_partial: bool = False
    """Whether the reports do not cover the whole week."""
    is_remembered: bool = False
    """Whether a past meeting saw it, and the reports at hand no longer tell it."""
    is_before_remembered: bool = False
    """Of a growth: whether a past meeting saw the week before, which no report tells any more."""

    @property
    def is_undelivered(self) -> bool:
        """Whether it has no value for no other reason than that nobody delivered it."""
        return self.value is None and not any(
            ":" in entry.removeprefix("before:") for entry in self.missing
        )


class KpiSeries(Struct, frozen=True, kw_only=True):
    """A KPI's readings in a marketplace, oldest first; the last is the week under review."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    currency: Currency | None = None
    """Set where the total is that of the shops with this currency only, for want of a rate."""
    readings: tuple[Reading, ...]
    target: Target | None = None
    signal: Signal | None = None
    """Whether the week is unusual; None until it was judged."""
    sources: tuple[str, ...] = ()
    """The files that the figures came from: `Source.file`."""

    @property
    def current(self) -> Reading:
        """The week under review."""
        return self.readings[-1]

    def until(self, week_end: date) -> "KpiSeries":
        """The same, as if the week that ends on this day were under review."""
        told = tuple(each for each in self.readings if each.week_end <= week_end)
        return replace(self, readings=told)

    @property
    def is_total(self) -> bool:
        """Whether it is of the whole business, in one money."""
        return self.marketplace == ALL and self.currency is None

    @property
    def has_values(self) -> bool:
        """Whether any of its weeks has a value, or a growth at least what it is of."""
        return any((each.value, each.numerator) != (None, None) for each in self.readings)

    @property
    def change(self) -> float | None:
        """Against the week before, in the KPI's own unit (percentage points for percentages)."""
        if len(self.readings) < 2:
            return None
        now, before = self.readings[-1].value, self.readings[-2].value
        return None if now is None or before is None else now - before

    @property
    def relative_change(self) -> float | None:
        """The change as a share of the week before: −0.15 after a fall of 15 %."""
        before = self.readings[-2].value if len(self.readings) > 1 else None
        return None if self.change is None or not before else self.change / abs(before)

    @property
    def status(self) -> TargetStatus:
        """Against the target."""
        value = self.current.value
        if value is None:
            return TargetStatus.MISSING
        if self.target is None:
            return TargetStatus.NO_TARGET
        return TargetStatus.ON_TARGET if self.target.is_met_by(value) else TargetStatus.OFF_TARGET

    @property
    def is_red(self) -> bool:
        """Whether it has to answer for itself: it misses its target, or is out of its limits."""
        return self.status is TargetStatus.OFF_TARGET or (
            self.signal is not None and self.signal.is_unusual
        )


class Scorecard(Struct, frozen=True, kw_only=True):
    """Every KPI of the week under review, with its past and its sources."""

    week: Week
    definitions: tuple[KpiDefinition, ...] = ()
    series: tuple[KpiSeries, ...] = ()
    """For each definition in turn: the total, that of each currency, the marketplaces by name."""
    owners: tuple[tuple[KpiId, PersonId], ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    rates: Rates | None = None
    disagreements: tuple[Disagreement, ...] = ()
    """What two kinds of reports say differently."""
    occasions: tuple[Occasion, ...] = ()
    """The promotions, stock-outs… that the signals left out."""

    def definition(self, kpi: KpiId) -> KpiDefinition | None:
        """The definition with this id."""
        return next((each for each in self.definitions if each.id == kpi), None)

    def of(self, kpi: KpiId) -> tuple[KpiSeries, ...]:
        """A KPI's series: the total first."""
        return tuple(each for each in self.series if each.kpi == kpi)

    def one(self, kpi: KpiId, marketplace: Marketplace = ALL) -> KpiSeries | None:
        """A KPI's series in one marketplace."""
        return next((each for each in self.of(kpi) if each.marketplace == marketplace), None)

    def source(self, file: str) -> Source | None:
        """What is known of a file."""
        return next((each for each in self.sources if each.file == file), None)

    @property
    def red(self) -> tuple[KpiSeries, ...]:
        """Everything that has to answer for itself: off target or unusual, in order."""
        return tuple(each for each in self.series if each.is_red)


class PastValue(Struct, frozen=True, kw_only=True):
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


def is_above(value: float, bound: float) -> bool:
    """Whether it is more, and not by the last bits of a division only."""
    return value > bound and not isclose(value, bound, rel_tol=1e-9, abs_tol=1e-12)
