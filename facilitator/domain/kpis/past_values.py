"""Filling weeks that the reports at hand no longer cover with values of past meetings."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import dropwhile
from math import fsum, isclose

from msgspec.structs import replace

from facilitator.domain.kpis.calculation import with_growth
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Week, exchange_rate
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Reading, Scorecard
from facilitator.domain.kpis.signals import MOST_WEEKS

_ValuesByWeek = Mapping[date, PastValue]
_PastValues = Mapping[tuple[KpiId, Marketplace], _ValuesByWeek]


def with_past_values(card: Scorecard, past: Iterable[PastValue]) -> Scorecard:
    """The same figures, with past values in the weeks that no report at hand tells as a whole.

    What a report tells of a whole week is never overridden. Nor is the week under review; only
    its growth may be measured against a week before that a past meeting saw. The total of a
    single currency is not remembered.
    """
    known: dict[tuple[KpiId, Marketplace], dict[date, PastValue]] = {}
    for each in past:
        known.setdefault((each.kpi, each.marketplace), {})[each.week_end] = each
    growths = {each.id: each for each in card.definitions if each.growth}
    series = tuple(
        each if each.currency else _series_with_past(each, card, known, growths.get(each.kpi))
        for each in card.series
    )
    return replace(card, series=series)


def _series_with_past(
    series: KpiSeries, card: Scorecard, past: _PastValues, growth: KpiDefinition | None
) -> KpiSeries:
    if growth is not None and series.current.is_undelivered:
        series = _with_growth_since(series, growth, _level_before(series, growth, card, past))
    values = past.get((series.kpi, series.marketplace))
    return _fill_weeks(series, card.week, values) if values else series


def _with_growth_since(series: KpiSeries, growth: KpiDefinition, before: float | None) -> KpiSeries:
    """The growth of the week under review, measured against what a past meeting saw."""
    if before is None:
        return series
    current = replace(with_growth(series.current, growth, before), is_before_remembered=True)
    return replace(series, readings=(*series.readings[:-1], current))


def _level_before(
    series: KpiSeries, growth: KpiDefinition, card: Scorecard, past: _PastValues
) -> float | None:
    """What grew, as it was the weeks before; None where no meeting saw it.

    A total is that of the shops it has now, at the rates of now: neither a new shop nor a new
    rate is growth. Where its shops do not add up to it, as ratios do not, it has none.
    """
    end = card.week.back(growth.weeks).end

    def seen(each: KpiSeries) -> float | None:
        value = past.get((each.kpi, each.marketplace), {}).get(end)
        return value.level if value else None

    level = series.current.numerator
    if level is None:
        return None
    told = [each for each in card.of(series.kpi) if each.current.numerator is not None]
    shops = [each for each in told if each.marketplace != ALL]
    if series.marketplace != ALL or not shops:
        return seen(series)
    currency, rates = series.current.currency, card.rates
    now = _sum_of_levels(shops, (each.current.numerator for each in shops), currency, rates)
    before = _sum_of_levels(shops, map(seen, shops), currency, rates)
    return before if now is not None and isclose(now, level) else None


def _sum_of_levels(
    shops: Iterable[KpiSeries],
    levels: Iterable[float | None],
    currency: Currency | None,
    rates: Rates | None,
) -> float | None:
    """What the shops come to together, each at its level; None where one is not known."""
    amounts: list[float] = []
    for shop, level in zip(shops, levels, strict=True):
        worth = exchange_rate(currency, shop.current.currency, rates)
        if level is None or worth is None:
            return None
        amounts.append(level * worth)
    return fsum(amounts)


def _fill_weeks(series: KpiSeries, week: Week, values: _ValuesByWeek) -> KpiSeries:
    told = {reading.week_end: reading for reading in series.readings}
    weeks = max(MOST_WEEKS, len(series.readings) - 1)
    ends = (week.back(back).end for back in range(weeks, 0, -1))
    readings = (_reading_or_past_value(told.get(end), end, values.get(end)) for end in ends)
    past = dropwhile(lambda each: each.is_undelivered, readings)
    return replace(series, readings=(*past, series.current))


def _reading_or_past_value(reading: Reading | None, end: date, seen: PastValue | None) -> Reading:
    reading = reading or Reading(week_end=end, value=None)
    if seen and seen.value is not None and (reading.is_undelivered or reading.is_partial):
        return Reading(
            week_end=end, value=seen.value, denominator=seen.denominator, is_remembered=True
        )
    return reading
