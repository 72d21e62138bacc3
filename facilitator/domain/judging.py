"""Judging a scorecard: which of its figures are out of the ordinary."""

from collections.abc import Sequence
from dataclasses import replace

from facilitator.domain.kpi import KpiDefinition, Week
from facilitator.domain.occasion import Occasion
from facilitator.domain.scorecard import KpiSeries, Reading, Scorecard
from facilitator.domain.signals import LONGEST, Signal, SignalRules, drift, natural_limits


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
    told = [each for each in series.readings[:-1][-LONGEST:] if _is_whole(each, definition)]
    usual = [each for each in told if not _touched(each, series, occasions)]
    past = [each.value for each in usual if each.value is not None]
    signal = Signal(
        limits=natural_limits(past),
        points=len(past),
        left_out=len(told) - len(usual),
        is_small=_is_small(series.current, definition),
        is_partial=series.current.is_partial,
    )
    if signal.is_small or signal.is_partial:
        return signal
    return replace(
        signal,
        outside=signal.limits.side(value) if signal.limits else None,
        drift=drift((*past, value), signal.limits.centre) if signal.limits else None,
        swing=_swing(series, definition, rules),
    )


def _is_whole(reading: Reading, definition: KpiDefinition) -> bool:
    return not (reading.value is None or reading.is_partial or _is_small(reading, definition))


def _is_small(reading: Reading, definition: KpiDefinition) -> bool:
    return reading.denominator is not None and reading.denominator < definition.smallest


def _touched(reading: Reading, series: KpiSeries, occasions: Sequence[Occasion]) -> bool:
    week = Week(end=reading.week_end)
    return any(each.touches(week, series.marketplace) for each in occasions)


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
