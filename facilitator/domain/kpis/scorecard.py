"""The scorecard: each KPI week by week, with target and signal; and values of past meetings."""

from collections.abc import Collection
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

FIRM_LIMIT_WEEKS = 13
"""Limits from fewer past weeks than this are provisional."""


class Side(StrEnum):
    """The side of a limit or a centre."""

    HIGH = "high"
    LOW = "low"


class Limits(Struct, frozen=True, kw_only=True):
    """The natural process limits of a KPI: the range in which its values usually lie."""

    centre: float
    lower: float
    upper: float
    points: int
    """The number of past weeks they are calculated from."""
    is_by_mean: bool = False
    """Whether they use the mean moving range, because the median moving range is 0."""

    @property
    def is_provisional(self) -> bool:
        """Whether they are calculated from too few weeks to be reliable."""
        return self.points < FIRM_LIMIT_WEEKS

    def side(self, value: float) -> Side | None:
        """Return the side on which a value lies outside the limits; None if it lies inside."""
        if is_above(value, self.upper):
            return Side.HIGH
        return Side.LOW if is_above(self.lower, value) else None


class Signal(Struct, frozen=True, kw_only=True):
    """How a week's value compares with past weeks."""

    limits: Limits | None = None
    """None if there are too few past weeks."""
    points: int = 0
    """The number of past weeks that could be used."""
    left_out: int = 0
    """The number of past weeks that were left out because of an occasion."""
    outside: Side | None = None
    """The side on which the value lies outside the limits."""
    drift: Side | None = None
    """The side of `before` on which all of the last eight values lie."""
    before: float | None = None
    """The centre of the values before these eight; None if there are too few."""
    swing: float | None = None
    """The relative change against the week before, if it reaches the team's threshold."""
    is_small: bool = False
    """Whether the denominator is too small to judge the value."""
    is_partial: bool = False
    """Whether the week is incomplete, and so not judged."""
    is_good: bool | None = None
    """Whether the signal is good news; None if there is no signal, or it cannot be told."""

    @property
    def direction(self) -> Side | None:
        """The direction of the signal: of the limits, or else the drift, or else the swing."""
        if self.swing is None:
            return self.outside or self.drift
        return self.outside or self.drift or (Side.HIGH if self.swing > 0 else Side.LOW)

    @property
    def is_unusual(self) -> bool:
        """Whether the value is more than normal variation.

        With limits, a swing alone is normal variation; without them, it is the only evidence.
        """
        return bool(self.outside or self.drift or (self.limits is None and self.swing is not None))


class TargetStatus(StrEnum):
    """How a value compares with its target."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    MISSING = "missing"


class Reading(Struct, frozen=True, kw_only=True):
    """The value of a KPI for one week, in a marketplace or in total (`ALL`)."""

    week_end: date
    """The last day of the week."""
    value: float | None
    """In the unit of the definition: 31.2 for 31.2 %. None if it could not be calculated."""
    missing: tuple[str, ...] = ()
    """Why there is no value: entries that `calculation.why_missing` puts into words."""
    numerator: float | None = None
    """The sum that was divided."""
    denominator: float | None = None
    """The sum it was divided by; for a growth, the numerator of the period before."""
    currency: Currency | None = None
    """The currency of the sums, if they are money."""
    is_partial: bool = False
    """Whether the reports do not cover the whole week."""
    is_reduced: bool = False
    """Whether a report behind it holds far less than the one of the week before."""
    is_worse_than_any_target: bool = False
    """Whether it has an upper limit, and something would be divided by zero.

    There is no value then, as no number stands for it; numerator and denominator are there.
    """
    is_remembered: bool = False
    """Whether the value comes from a past meeting, not from the reports."""
    is_before_remembered: bool = False
    """For a growth, whether the value before comes from a past meeting."""

    @property
    def is_known(self) -> bool:
        """Whether it has a value, or is worse than any."""
        return self.value is not None or self.is_worse_than_any_target

    @property
    def is_nothing_to_count(self) -> bool:
        """Whether it would be zero divided by zero."""
        return not self.is_known and self.numerator == 0 and self.denominator == 0

    @property
    def is_undelivered(self) -> bool:
        """Whether the only reason for a missing value is that no report has it."""
        return not self.is_known and not any(
            ":" in entry.removeprefix("before:") for entry in self.missing
        )


class WindowReading(Struct, frozen=True, kw_only=True):
    """The value of a KPI for the days of one export that is not weekly."""

    first_day: date
    last_day: date
    reading: Reading

    @property
    def days(self) -> int:
        """The number of days that it covers."""
        return (self.last_day - self.first_day).days + 1


class KpiSeries(Struct, frozen=True, kw_only=True):
    """The weekly values of a KPI in a marketplace, oldest first; the last is under review."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    currency: Currency | None = None
    """The currency of a partial total, if a missing rate made it necessary."""
    readings: tuple[Reading, ...]
    target: Target | None = None
    signal: Signal | None = None
    """The signal of the week under review; None if it was not judged."""
    sources: tuple[str, ...] = ()
    """The files that the values were calculated from: `Source.file`."""
    window_reading: WindowReading | None = None
    """What an export tells that covers the week under review, but not only that week."""

    @property
    def current(self) -> Reading:
        """The reading of the week under review."""
        return self.readings[-1]

    def until(self, week_end: date) -> "KpiSeries":
        """Return the series as if the week that ends on `week_end` were under review."""
        readings = tuple(each for each in self.readings if each.week_end <= week_end)
        return replace(self, readings=readings)

    @property
    def is_total(self) -> bool:
        """Whether it is the total of the whole business, in one currency."""
        return self.marketplace == ALL and self.currency is None

    @property
    def has_values(self) -> bool:
        """Whether any week has a value, or at least a sum to be divided or to grow.

        What an export tells that is not weekly is a value too.
        """
        return self.window_reading is not None or any(
            each.value is not None or (each.numerator is not None and not each.is_nothing_to_count)
            for each in self.readings
        )

    @property
    def change(self) -> float | None:
        """The change against the week before, in the KPI's unit (percentage points for %).

        None if one of the weeks is not covered completely: a part is not compared with a whole.
        """
        if len(self.readings) < 2:
            return None
        return difference(self.readings[-1], self.readings[-2])

    @property
    def is_incomparable(self) -> bool:
        """Whether it and the week before are known, but cannot be compared."""
        last_two = self.readings[-2:]
        return (
            self.change is None and len(last_two) == 2 and all(each.is_known for each in last_two)
        )

    @property
    def relative_change(self) -> float | None:
        """The change as a fraction of the week before: −0.15 after a fall of 15 %."""
        before = self.readings[-2].value if len(self.readings) > 1 else None
        return None if self.change is None or not before else self.change / abs(before)

    @property
    def status(self) -> TargetStatus:
        """How the current value compares with the target."""
        value = self.current.value
        if self.current.is_worse_than_any_target:
            return TargetStatus.OFF_TARGET
        if value is None:
            return TargetStatus.MISSING
        if self.target is None:
            return TargetStatus.NO_TARGET
        return TargetStatus.ON_TARGET if self.target.is_met_by(value) else TargetStatus.OFF_TARGET

    @property
    def is_red(self) -> bool:
        """Whether it needs an answer: it misses its target, or it is unusual."""
        return self.status is TargetStatus.OFF_TARGET or (
            self.signal is not None and self.signal.is_unusual
        )


class Scorecard(Struct, frozen=True, kw_only=True):
    """Every KPI of the week under review, with its past weeks and its sources."""

    week: Week
    definitions: tuple[KpiDefinition, ...] = ()
    series: tuple[KpiSeries, ...] = ()
    """For each definition: the total, one per currency, the marketplaces by name."""
    owners: tuple[tuple[KpiId, PersonId], ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    rates: Rates | None = None
    disagreements: tuple[Disagreement, ...] = ()
    """The differences between report types."""
    occasions: tuple[Occasion, ...] = ()
    """The occasions that the signals left out."""

    @property
    def dearest_problems(self) -> tuple[Diagnostic, ...]:
        """The problems, errors first, then those that leave out the most money."""
        return tuple(
            sorted(
                self.problems,
                key=lambda each: (not each.is_error, -self._worth(each.amount, each.currency)),
            )
        )

    @property
    def dearest_disagreements(self) -> tuple[Disagreement, ...]:
        """The disagreements, first those of money, by how far the reports are apart."""
        return tuple(
            sorted(
                self.disagreements,
                key=lambda each: (
                    each.currency is None,
                    -self._worth(each.difference, each.currency or ""),
                ),
            )
        )

    def _worth(self, amount: float, currency: str) -> float:
        """Return how much an amount is in the base currency; as it is without a rate."""
        rate = self.rates.of(Currency(currency)) if self.rates and currency else None
        return abs(amount) * (1.0 if rate is None else rate)

    def definition(self, kpi: KpiId) -> KpiDefinition | None:
        """Return the definition with this id; None if there is none."""
        return next((each for each in self.definitions if each.id == kpi), None)

    def of(self, kpi: KpiId) -> tuple[KpiSeries, ...]:
        """Return all series of a KPI, the total first."""
        return tuple(each for each in self.series if each.kpi == kpi)

    def one(self, kpi: KpiId, marketplace: Marketplace = ALL) -> KpiSeries | None:
        """Return the series of a KPI in a marketplace; None if there is none."""
        return next((each for each in self.of(kpi) if each.marketplace == marketplace), None)

    def source(self, file: str) -> Source | None:
        """Return the source with this file name; None if there is none."""
        return next((each for each in self.sources if each.file == file), None)

    @property
    def red(self) -> tuple[KpiSeries, ...]:
        """All series that need an answer; first those that are worse than any target."""
        red = (each for each in self.series if each.is_red)
        return tuple(sorted(red, key=lambda each: not each.current.is_worse_than_any_target))


class PastValue(Struct, frozen=True, kw_only=True):
    """The value of a KPI as a past meeting saw it."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    week_end: date
    value: float | None
    """None for a growth that had nothing to be compared with, and if worse than any target."""
    level: float | None = None
    """For a growth, the numerator, which the growth of the next week is calculated against.

    If it was worse than any target, what would have been divided by zero.
    """
    denominator: float | None = None
    """What the value was divided by, which tells whether it can be judged."""

    @property
    def is_worse_than_any_target(self) -> bool:
        """Whether it had an upper limit and would have been divided by zero."""
        return self.value is None and self.denominator == 0 and bool(self.level)


def difference(now: Reading, before: Reading) -> float | None:
    """Return now minus before; None if one has no value or is not covered completely."""
    if now.value is None or before.value is None or now.is_partial or before.is_partial:
        return None
    return now.value - before.value


def mark_reduced(card: Scorecard, reduced: Collection[tuple[str, Marketplace]]) -> Scorecard:
    """Return the scorecard with the current readings marked that reduced reports stand behind.

    Each pair is the file of a source and a marketplace in which it holds far less than the report
    of the week before. A total is marked for any of its marketplaces.
    """
    return replace(card, series=tuple(_with_reduction(each, reduced) for each in card.series))


def _with_reduction(series: KpiSeries, reduced: Collection[tuple[str, Marketplace]]) -> KpiSeries:
    is_reduced = series.current.is_known and any(
        file in series.sources
        and (ALL in (series.marketplace, where) or series.marketplace == where)
        for file, where in reduced
    )
    if not is_reduced:
        return series
    current = replace(series.current, is_reduced=True)
    return replace(series, readings=(*series.readings[:-1], current))


def is_above(value: float, bound: float) -> bool:
    """Return whether a value is greater than a bound by more than rounding errors."""
    return value > bound and not isclose(value, bound, rel_tol=1e-9, abs_tol=1e-12)
