"""What moved a KPI: the campaigns, products and search terms behind its change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from math import fsum

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Contribution, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import KpiDefinition, Rates, exchange_rate
from facilitator.domain.kpis.scorecard import KpiSeries, Reading

MOVERS_SHOWN = 5
"""Movers told of each dimension."""

_Key = tuple[str, Marketplace, str]
"""Dimension, shop, name."""
_Amounts = Mapping[tuple[_Key, Measure, date], list[float]]


class Breakdown(Struct, frozen=True, kw_only=True):
    """What the reports say of a KPI's measures by name, for a week and the one before."""

    contributions: tuple[Contribution, ...] = ()
    sources: tuple[Source, ...] = ()
    """The files as they are now; the figures may have come from older ones."""

    def changed(self, told: Iterable[Source]) -> tuple[str, ...]:
        """The files that are no longer as they were when the figures were told."""
        before = {each.file: each.sha256 for each in told}
        return tuple(each.file for each in self.sources if before.get(each.file) != each.sha256)


class Ratio(Struct, frozen=True, kw_only=True):
    """What is divided, and by what."""

    numerator: float
    denominator: float
    """0 where this has none of it."""


class Mover(Struct, frozen=True, kw_only=True):
    """One name, and how far it moved the KPI."""

    dimension: str
    """A `Contribution.dimension`."""
    name: str
    marketplace: Marketplace
    now: Ratio
    before: Ratio
    effect: float
    """The KPI, less what it would be had this one alone stayed as it was; in the KPI's unit."""


def top_movers(
    contributions: Iterable[Contribution],
    definition: KpiDefinition,
    series: KpiSeries,
    rates: Rates | None = None,
    top: int = MOVERS_SHOWN,
) -> tuple[Mover, ...]:
    """The names of each dimension that moved the last week of `series` most, the largest first.

    Nothing where the sums behind the series are not known; nobody who moved nothing.
    """
    if len(series.readings) < 2:
        return ()  # nothing to have moved from
    found = sorted(
        _all_movers(_amounts_by_key(contributions, series, rates), definition, series),
        key=lambda each: (each.dimension, -abs(each.effect), each.name, each.marketplace),
    )
    return tuple(
        mover
        for _, group in groupby(found, key=lambda each: each.dimension)
        for mover in list(group)[:top]
    )


def own_value(sums: Ratio, definition: KpiDefinition) -> float | None:
    """The KPI of one name alone; None where it has none of its own."""
    return _value(sums, definition) if sums.denominator else None


def _all_movers(booked: _Amounts, definition: KpiDefinition, series: KpiSeries) -> Iterator[Mover]:
    earlier_end, end = (reading.week_end for reading in series.readings[-2:])
    whole = _whole_ratio(series.current, definition)
    if whole is None:
        return
    for who in dict.fromkeys(who for who, _measure, _end in booked):
        own, earlier = (_ratio_of(booked, who, week, definition) for week in (end, earlier_end))
        stayed = Ratio(
            numerator=whole.numerator - own.numerator + earlier.numerator,
            denominator=whole.denominator - own.denominator + earlier.denominator,
        )
        if own != earlier and stayed.denominator:
            dimension, marketplace, name = who
            yield Mover(
                dimension=dimension,
                name=name,
                marketplace=marketplace,
                now=own,
                before=earlier,
                effect=_value(whole, definition) - _value(stayed, definition),
            )


def _amounts_by_key(
    contributions: Iterable[Contribution], series: KpiSeries, rates: Rates | None
) -> _Amounts:
    """The amounts in the currency of the series, by who, what and when."""
    booked: dict[tuple[_Key, Measure, date], list[float]] = {}
    for each in contributions:
        worth = exchange_rate(series.current.currency, each.currency, rates)
        if worth is not None and series.marketplace in (ALL, each.marketplace):
            who = (each.dimension, each.marketplace, each.name)
            booked.setdefault((who, each.measure, each.week_end), []).append(each.amount * worth)
    return booked


def _ratio_of(booked: _Amounts, who: _Key, week_end: date, definition: KpiDefinition) -> Ratio:
    def total(names: Iterable[str]) -> float:
        return fsum(
            -amount if name.startswith("-") else amount
            for name in names
            for amount in booked.get((who, Measure(name.lstrip("-")), week_end), ())
        )

    return Ratio(numerator=total(definition.numerator), denominator=total(definition.denominator))


def _whole_ratio(reading: Reading, definition: KpiDefinition) -> Ratio | None:
    """The sums of a week; what nothing divides is divided by one.

    A growth is told by sums too: its denominator is the week before, which nobody moves any
    more. The growth of a ratio is not; there is no telling who moved that.
    """
    if definition.growth and definition.denominator:
        return None
    denominator = reading.denominator if definition.divisor else 1.0
    if reading.numerator is None or not denominator:
        return None
    return Ratio(numerator=reading.numerator, denominator=denominator)


def _value(sums: Ratio, definition: KpiDefinition) -> float:
    """For a growth one more than it is, which the effect takes off again."""
    return definition.scale * sums.numerator / sums.denominator
