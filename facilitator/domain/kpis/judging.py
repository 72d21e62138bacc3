"""Judging a scorecard: which of its figures are out of the ordinary."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from facilitator.domain.kpis.kpi import KpiDefinition, SignalRules, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard
from facilitator.domain.kpis.signals import (
    LONGEST,
    Side,
    Signal,
    centre_before_run,
    drift,
    natural_limits,
)


def judged(card: Scorecard, rules: SignalRules, occasions: Sequence[Occasion]) -> Scorecard:
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
    told = [each for each in _past(series, definition) if _is_whole(each, definition)]
    usual = [each for each in told if not _touched(each, series, definition, occasions)]
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
        swing=_swing(series, definition, rules) if _follows(series.current, usual) else None,
    )
    return replace(signal, is_good=_is_good(signal, series, definition))


def _past(series: KpiSeries, definition: KpiDefinition) -> Sequence[Reading]:
    """The readings to judge by, oldest first.

    Of a KPI that goes back over several weeks only those that share no day with each other:
    sums that overlap move too little, and every week would look unusual.
    """
    apart = definition.weeks
    newest_first = series.readings[-1 - apart :: -apart][: LONGEST // apart]
    return newest_first[::-1]


def _floor(definition: KpiDefinition, past: Sequence[float]) -> float:
    """0 for what cannot be less, such as a share of clicks."""
    return -inf if definition.can_be_negative or min(past, default=-1) < 0 else 0.0


def _is_whole(reading: Reading, definition: KpiDefinition) -> bool:
    return not (reading.value is None or reading.is_partial or _is_small(reading, definition))


def _is_small(reading: Reading, definition: KpiDefinition) -> bool:
    return reading.denominator is not None and reading.denominator < definition.smallest


def _touched(
    reading: Reading, series: KpiSeries, definition: KpiDefinition, occasions: Sequence[Occasion]
) -> bool:
    """Whether an occasion lies in any of the weeks that the reading was counted from."""
    spans = definition.spans(Week(end=reading.week_end))
    return any(each.touches(span, series.marketplace) for each in occasions for span in spans)


def _follows(current: Reading, usual: Sequence[Reading]) -> bool:
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
