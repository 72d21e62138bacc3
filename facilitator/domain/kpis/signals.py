"""Signals: whether a week's value is out of the ordinary, by control limits of past weeks.

An XmR chart (process behaviour chart) after Wheeler, *Understanding Variation* (1993), in its
robust form: the median of past weeks ± 3.145 × the median moving range, so that a single
exceptional week in the past does not widen the limits. The week that is judged is never among
those that it is judged by.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import fmean, median

from msgspec.structs import replace

from facilitator.domain.kpis.kpi import KpiDefinition, SignalRules, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import (
    FIRM_WEEKS,
    KpiSeries,
    Limits,
    Reading,
    Scorecard,
    Side,
    Signal,
    is_above,
)

MEDIAN_SCALE = 3.145
"""From the median moving range to the natural limits."""
MEAN_SCALE = 2.66
"""The same from the mean moving range, for series that mostly stand still."""
FEWEST_WEEKS = 8
"""Past weeks below which nothing is told but the change."""
MOST_WEEKS = 26
"""Past weeks that the limits are drawn from, at most."""
RUN_LENGTH = 8
"""Weeks in a row on one side of the centre that make a drift."""


def natural_limits(values: Sequence[float], floor: float = -inf) -> Limits | None:
    """The limits that past values set, oldest first; None for fewer than eight.

    Where most weeks stand still the median range is 0, and the mean range speaks instead.
    `floor` is what no value can fall below.
    """
    if len(values) < FEWEST_WEEKS:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    centre = median(values)
    usual = median(ranges)
    reach = MEDIAN_SCALE * usual if usual else MEAN_SCALE * fmean(ranges)
    return Limits(
        centre=centre,
        lower=max(centre - reach, floor),
        upper=centre + reach,
        points=len(values),
        is_by_mean=not usual,
    )


def centre_before_run(values: Sequence[float]) -> float | None:
    """The centre of all but the last eight values; None for fewer than thirteen of them.

    A drift is told against what was usual before it began: were its own weeks part of the
    centre, they would hide it.
    """
    earlier = values[:-RUN_LENGTH]
    return median(earlier) if len(earlier) >= FIRM_WEEKS else None


def drift(values: Sequence[float], centre: float) -> Side | None:
    """The side of the centre on which the last eight values, the newest included, all lie."""
    last = values[-RUN_LENGTH:]
    if len(last) < RUN_LENGTH:
        return None
    if all(is_above(value, centre) for value in last):
        return Side.HIGH
    return Side.LOW if all(is_above(centre, value) for value in last) else None


def add_signals(card: Scorecard, rules: SignalRules, occasions: Sequence[Occasion]) -> Scorecard:
    """The same figures with a signal each; the weeks of `occasions` are left out of the past."""
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
    told = [each for each in _past_readings(series, definition) if _is_whole(each, definition)]
    usual = [each for each in told if not _is_in_occasion(each, series, definition, occasions)]
    past = [each.value for each in usual if each.value is not None]
    signal = Signal(
        limits=natural_limits(past, _floor(definition, past)),
        points=len(past),
        left_out=len(told) - len(usual),
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
        if _has_week_before(series.current, usual)
        else None,
    )
    return replace(signal, is_good=_is_good(signal, series, definition))


def _past_readings(series: KpiSeries, definition: KpiDefinition) -> Sequence[Reading]:
    """The readings to judge by, oldest first.

    Of a KPI that goes back over several weeks only those that share no day with each other:
    sums that overlap move too little, and every week would look unusual.
    """
    apart = definition.weeks
    newest_first = series.readings[-1 - apart :: -apart][: MOST_WEEKS // apart]
    return newest_first[::-1]


def _floor(definition: KpiDefinition, past: Sequence[float]) -> float:
    """0 for what cannot be less, such as a share of clicks."""
    return -inf if definition.can_be_negative or min(past, default=-1) < 0 else 0.0


def _is_whole(reading: Reading, definition: KpiDefinition) -> bool:
    return not (reading.value is None or reading.is_partial or _is_small(reading, definition))


def _is_small(reading: Reading, definition: KpiDefinition) -> bool:
    return reading.denominator is not None and reading.denominator < definition.smallest


def _is_in_occasion(
    reading: Reading, series: KpiSeries, definition: KpiDefinition, occasions: Sequence[Occasion]
) -> bool:
    """Whether an occasion lies in any of the weeks that the reading was counted from."""
    spans = definition.spans(Week(end=reading.week_end))
    return any(each.touches(span, series.marketplace) for each in occasions for span in spans)


def _has_week_before(current: Reading, usual: Sequence[Reading]) -> bool:
    """Whether the week before is one to compare with."""
    return bool(usual) and usual[-1].week_end == Week(end=current.week_end).back(1).end


def _swing(series: KpiSeries, definition: KpiDefinition, rules: SignalRules) -> float | None:
    """The change against the week before, where it is large; a growth is a change by itself."""
    if not rules.swing:
        return None
    value = series.current.value
    if definition.growth:
        share = None if value is None else value / definition.scale
    else:
        share = series.relative_change
    return share if share is not None and abs(share) >= rules.swing else None


def _is_good(signal: Signal, series: KpiSeries, definition: KpiDefinition) -> bool | None:
    is_band = series.target is not None and series.target.is_band
    if signal.direction is None or definition.higher_is_better is None or is_band:
        return None
    return (signal.direction is Side.HIGH) == definition.higher_is_better
