"""Filling weeks that the reports no longer cover with values seen in past meetings."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import dropwhile
from math import fsum, isclose

from msgspec.structs import replace

from facilitator.domain.kpis.calculation import with_growth
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Week, exchange_rate
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Reading, Scorecard
from facilitator.domain.kpis.signals import MAX_LIMIT_WEEKS

_ValuesByWeek = Mapping[date, PastValue]
_PastValues = Mapping[tuple[KpiId, Marketplace], _ValuesByWeek]


def with_past_values(card: Scorecard, past: Iterable[PastValue]) -> Scorecard:
    """Return the scorecard with past values in the weeks that no report covers completely.

    The value of a report that covers the whole week is never replaced, nor is the week under
    review; but its growth may be calculated against a past value. The total of a single currency
    has no past values.
    """
    past_by_series: dict[tuple[KpiId, Marketplace], dict[date, PastValue]] = {}
    for each in past:
        past_by_series.setdefault((each.kpi, each.marketplace), {})[each.week_end] = each
    growths = {each.id: each for each in card.definitions if each.growth}
    series = tuple(
        each
        if each.currency
        else _series_with_past(each, card, past_by_series, growths.get(each.kpi))
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
    """Return the series with the current growth calculated against a past level."""
    if before is None:
        return series
    current = replace(with_growth(series.current, growth, before), is_before_remembered=True)
    return replace(series, readings=(*series.readings[:-1], current))


def _level_before(
    series: KpiSeries, growth: KpiDefinition, card: Scorecard, past: _PastValues
) -> float | None:
    """Return the level of a growth one period earlier; None if no meeting saw it.

    The level of a total is added up from the marketplaces that it has now, at the current rates,
    so that neither a new marketplace nor a new rate looks like growth. If its marketplaces do not
    add up to it, as for ratios, there is none.
    """
    end = card.week.back(growth.weeks).end

    def past_level(each: KpiSeries) -> float | None:
        value = past.get((each.kpi, each.marketplace), {}).get(end)
        return value.level if value else None

    level = series.current.numerator
    if level is None:
        return None
    current = [each for each in card.of(series.kpi) if each.current.numerator is not None]
    marketplaces = [each for each in current if each.marketplace != ALL]
    if series.marketplace != ALL or not marketplaces:
        return past_level(series)
    currency, rates = series.current.currency, card.rates
    sum_now = _sum_of_levels(
        marketplaces, (each.current.numerator for each in marketplaces), currency, rates
    )
    before = _sum_of_levels(marketplaces, map(past_level, marketplaces), currency, rates)
    return before if sum_now is not None and isclose(sum_now, level) else None


def _sum_of_levels(
    marketplaces: Iterable[KpiSeries],
    levels: Iterable[float | None],
    currency: Currency | None,
    rates: Rates | None,
) -> float | None:
    """Return the sum of the marketplaces' levels in one currency; None if one is unknown."""
    amounts: list[float] = []
    for series, level in zip(marketplaces, levels, strict=True):
        rate = exchange_rate(currency, series.current.currency, rates)
        if level is None or rate is None:
            return None
        amounts.append(level * rate)
    return fsum(amounts)


def _fill_weeks(series: KpiSeries, week: Week, values: _ValuesByWeek) -> KpiSeries:
    known = {reading.week_end: reading for reading in series.readings}
    weeks = max(MAX_LIMIT_WEEKS, len(series.readings) - 1)
    ends = (week.back(back).end for back in range(weeks, 0, -1))
    readings = (_reading_or_past_value(known.get(end), end, values.get(end)) for end in ends)
    past = dropwhile(lambda each: each.is_undelivered, readings)
    return replace(series, readings=(*past, series.current))


def _reading_or_past_value(reading: Reading | None, end: date, past: PastValue | None) -> Reading:
    reading = reading or Reading(week_end=end, value=None)
    if past is None or not (reading.is_undelivered or reading.is_partial):
        return reading
    if past.value is None and not past.is_worse_than_any_target:
        return reading
    return Reading(
        week_end=end,
        value=past.value,
        numerator=past.level if past.is_worse_than_any_target else None,
        denominator=past.denominator,
        is_remembered=True,
        is_worse_than_any_target=past.is_worse_than_any_target,
    )
