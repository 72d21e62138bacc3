"""The week's figures: every KPI week by week, against its target and its usual range."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.facts import ALL, Currency, Disagreement, Marketplace, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Target, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.signals import Signal
from facilitator.domain.people import PersonId


class Status(StrEnum):
    """A reading against its target."""

    ON_TARGET = "on_target"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One week's value of a KPI in a marketplace (or in `ALL`)."""

    week_end: date
    value: float | None
    """In the definition's unit: 31.2 for 31.2 %. None where it cannot be told."""
    missing: tuple[str, ...] = ()
    """Why there is no value, as entries that `scoring.why_missing` puts into words."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSeries:
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
    def is_told(self) -> bool:
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
    def status(self) -> Status:
        """Against the target."""
        value = self.current.value
        if value is None:
            return Status.MISSING
        if self.target is None:
            return Status.NO_TARGET
        return Status.ON_TARGET if self.target.is_met_by(value) else Status.OFF_TARGET

    @property
    def is_red(self) -> bool:
        """Whether it has to answer for itself: it misses its target, or is out of its limits."""
        return self.status is Status.OFF_TARGET or (
            self.signal is not None and self.signal.is_unusual
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
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
