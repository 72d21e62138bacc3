"""Signals: whether a week's value is unusual, by control limits calculated from past weeks.

The chart is an XmR chart (process behaviour chart): W. A. Shewhart; D. J. Wheeler,
*Understanding Variation* (1993). The limits are the median of past weeks ± 3.145 × the median
moving range, Wheeler's robust form of the natural process limits, so that a single exceptional
week does not widen them. A run of eight values on one side of the centre is a drift (rule 4 of
the Western Electric rules). The week that is judged is never among those that the limits are
calculated from.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import fmean, median

from msgspec.structs import replace

from facilitator.domain.kpis.kpi import KpiDefinition, SignalRules, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import (
    FIRM_LIMIT_WEEKS,
    KpiSeries,
    Limits,
    Reading,
    Scorecard,
    Side,
    Signal,
    is_above,
)

MEDIAN_SCALE = 3.145
"""The factor from the median moving range to the natural process limits (Wheeler)."""
MEAN_SCALE = 2.66
"""The factor from the mean moving range, for series that mostly do not change (Wheeler)."""
MIN_LIMIT_WEEKS = 8
"""With fewer past weeks than this there are no limits."""
MAX_LIMIT_WEEKS = 26
"""The most past weeks that the limits are calculated from."""
RUN_LENGTH = 8
"""The number of successive values on one side of the centre that make a drift."""


def natural_limits(values: Sequence[float], floor: float = -inf) -> Limits | None:
    """Return the natural process limits of past values, oldest first; None for fewer than 8.

    If most values equal the one before, the median moving range is 0 and the mean moving range is
    used instead. `floor` is a value that the KPI cannot be below.
    """
    if len(values) < MIN_LIMIT_WEEKS:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    centre = median(values)
    median_range = median(ranges)
    reach = MEDIAN_SCALE * median_range if median_range else MEAN_SCALE * fmean(ranges)
    return Limits(
        centre=centre,
        lower=max(centre - reach, floor),
        upper=centre + reach,
        points=len(values),
        is_by_mean=not median_range,
    )


def centre_before_run(values: Sequence[float]) -> float | None:
    """Return the median of all but the last eight values; None for fewer than 13 of them.

    A drift is measured against what was usual before it began: if its own values were included in
    the centre, they would hide it.
    """
    earlier = values[:-RUN_LENGTH]
    return median(earlier) if len(earlier) >= FIRM_LIMIT_WEEKS else None


def drift(values: Sequence[float], centre: float) -> Side | None:
    """Return the side of the centre on which the last eight values all lie; None if they do not."""
    last = values[-RUN_LENGTH:]
    if len(last) < RUN_LENGTH:
        return None
    if all(is_above(value, centre) for value in last):
        return Side.HIGH
    return Side.LOW if all(is_above(centre, value) for value in last) else None


def add_signals(card: Scorecard, rules: SignalRules, occasions: Sequence[Occasion]) -> Scorecard:
    """Return the scorecard with a signal for each series, leaving out weeks of occasions."""
    by_id = {definition.id: definition for definition in card.definitions}
    series = tuple(
        replace(each, signal=_signal(each, by_id[each.kpi], rules, occasions))
        for each in card.series
    )
    return replace(card, series=series, occasions=tuple(occasions))


def _signal(
    series: KpiSeries,
    definition: KpiDefinition,
    rules: SignalRules,
    occasions: Sequence[Occasion],
) -> Signal | None:
    value = series.current.value
    if value is None:
        return None
    complete = [each for each in _past_readings(series, definition) if _is_whole(each, definition)]
    comparable = [
        each for each in complete if not _is_in_occasion(each, series, definition, occasions)
    ]
    past = [each.value for each in comparable if each.value is not None]
    signal = Signal(
        limits=natural_limits(past, _floor(definition, past)),
        points=len(past),
        left_out=len(complete) - len(comparable),
        is_small=_is_small(series.current, definition),
        is_partial=series.current.is_partial,
    )
    if signal.is_small or signal.is_partial:
        return signal
    before = centre_before_run((*past, value))
    signal = replace(
        signal,
        outside=signal.limits.side(value) if signal.limits else None,
        drift=None if before is None else drift((*past, value), before),
        before=before,
        swing=_swing(series, definition, rules)
        if _has_week_before(series.current, comparable)
        else None,
    )
    return replace(signal, is_good=_is_good(signal, series, definition))


def _past_readings(series: KpiSeries, definition: KpiDefinition) -> Sequence[Reading]:
    """Return the past readings to compare with, oldest first.

    For a KPI whose values cover several weeks, only those that do not overlap are used: values
    that overlap differ too little, so the limits would be too narrow.
    """
    step = definition.weeks
    newest_first = series.readings[-1 - step :: -step][: MAX_LIMIT_WEEKS // step]
    return newest_first[::-1]


def _floor(definition: KpiDefinition, past: Sequence[float]) -> float:
    """Return 0 for a value that cannot be negative, otherwise minus infinity."""
    return -inf if definition.can_be_negative or min(past, default=-1) < 0 else 0.0


def _is_whole(reading: Reading, definition: KpiDefinition) -> bool:
    return not (reading.value is None or reading.is_partial or _is_small(reading, definition))


def _is_small(reading: Reading, definition: KpiDefinition) -> bool:
    return reading.denominator is not None and reading.denominator < definition.smallest


def _is_in_occasion(
    reading: Reading, series: KpiSeries, definition: KpiDefinition, occasions: Sequence[Occasion]
) -> bool:
    """Return whether an occasion applies to any of the days that the reading covers."""
    spans = definition.spans(Week(end=reading.week_end))
    return any(each.touches(span, series.marketplace) for each in occasions for span in spans)


def _has_week_before(current: Reading, comparable: Sequence[Reading]) -> bool:
    """Return whether the week before has a usable value."""
    return bool(comparable) and comparable[-1].week_end == Week(end=current.week_end).back(1).end


def _swing(series: KpiSeries, definition: KpiDefinition, rules: SignalRules) -> float | None:
    """Return the relative change if it reaches the threshold; a growth is such a change itself."""
    if not rules.swing:
        return None
    value = series.current.value
    if definition.growth:
        change = None if value is None else value / definition.scale
    else:
        change = series.relative_change
    return change if change is not None and abs(change) >= rules.swing else None


def _is_good(signal: Signal, series: KpiSeries, definition: KpiDefinition) -> bool | None:
    is_band = series.target is not None and series.target.is_band
    if signal.direction is None or definition.higher_is_better is None or is_band:
        return None
    if series.current.is_reduced:
        return None  # what is lacking may be all that has changed
    return (signal.direction is Side.HIGH) == definition.higher_is_better
