"""Signals of a scorecard, rule by rule."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, SignalRules, Target, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import (
    KpiSeries,
    Reading,
    Scorecard,
    Side,
    Signal,
    TargetStatus,
)
from facilitator.domain.kpis.signals import MAX_LIMIT_WEEKS, add_signals
from tests.domain.kpi_factories import ACOS, BY_HAND, DE, GROWTH, SUNDAY, US, kpi

WEEK = Week(end=SUNDAY)
USUAL = [24.0, 26.0, 25.0, 23.0, 25.0, 27.0, 24.0, 25.0, 26.0, 24.0, 25.0, 26.0, 25.0]
"""Thirteen alternating weeks; the median of their moving ranges is 1.5."""
PROMOTION = Occasion(first_day=WEEK.back(3).start, last_day=WEEK.back(3).end, what="Prime Day")
ORGANIC = kpi(["order_items", "-ad_orders"], ["order_items"], scale=100)


def readings_of(values: Sequence[float | Reading | None]) -> tuple[Reading, ...]:
    """Return readings up to the week under review."""
    count = len(values)
    return tuple(
        replace(value, week_end=WEEK.back(count - 1 - at).end)
        if isinstance(value, Reading)
        else Reading(week_end=WEEK.back(count - 1 - at).end, value=value)
        for at, value in enumerate(values)
    )


def signal_of(
    values: Sequence[float | Reading | None],
    *,
    definition: KpiDefinition = BY_HAND,
    occasions: Sequence[Occasion] = (),
    swing: float = 0.15,
    where: Marketplace = ALL,
) -> Signal | None:
    series = KpiSeries(kpi=definition.id, marketplace=where, readings=readings_of(values))
    card = Scorecard(week=WEEK, definitions=(definition,), series=(series,))
    return add_signals(card, SignalRules(swing=swing), occasions).series[0].signal


def total_signal(values: Sequence[float | Reading | None], **given: object) -> Signal:
    signal = signal_of(values, **given)  # type: ignore[arg-type]
    assert signal is not None
    return signal


def test_a_change_in_a_reduced_report_is_a_signal_but_no_good_news() -> None:
    better = replace(BY_HAND, higher_is_better=True)
    whole = Reading(week_end=SUNDAY, value=90.0)

    assert total_signal([*USUAL, whole], definition=better).is_good
    reduced = total_signal([*USUAL, replace(whole, is_reduced=True)], definition=better)
    assert (reduced.is_unusual, reduced.is_good) == (True, None)


def of(value: float, denominator: float) -> Reading:
    return Reading(week_end=SUNDAY, value=value, denominator=denominator)


def partial(value: float) -> Reading:
    return Reading(week_end=SUNDAY, value=value, is_partial=True)


def test_a_week_within_its_limits_is_no_signal() -> None:
    signal = total_signal([*USUAL, 26.5])

    assert (signal.outside, signal.points, signal.is_unusual) == (None, 13, False)
    assert signal.limits is not None
    assert (signal.limits.centre, signal.limits.upper) == (25.0, 25.0 + 3.145 * 1.5)


@pytest.mark.parametrize(("now", "side"), [(31.0, Side.HIGH), (19.0, Side.LOW)])
def test_a_week_beyond_its_limits_is_a_signal(now: float, side: Side) -> None:
    assert total_signal([*USUAL, now]).outside is side


def test_limits_exclude_the_week_under_review() -> None:
    assert total_signal([*USUAL, 31.0]).limits == total_signal([*USUAL, 290.0]).limits


def test_limits_use_half_a_year_at_most() -> None:
    signal = total_signal([900.0] * 5 + [24.0, 26.0] * (MAX_LIMIT_WEEKS // 2) + [25.0])

    assert signal.points == MAX_LIMIT_WEEKS
    assert signal.limits is not None
    assert signal.limits.centre == 25.0


def test_a_week_without_a_value_has_no_signal() -> None:
    assert signal_of([*USUAL, None]) is None


def test_under_eight_weeks_only_a_swing_is_a_signal() -> None:
    calm, jump = total_signal([*USUAL[:7], 25.0]), total_signal([*USUAL[:7], 30.0])

    assert (calm.limits, calm.points, calm.is_unusual) == (None, 7, False)
    assert (jump.swing, jump.is_unusual) == (0.25, True)


def test_the_size_of_a_swing_is_configurable() -> None:
    values = [*USUAL, 20.0]

    assert [total_signal(values, swing=share).swing for share in (0.15, 0.2, 0.25, 0.0)] == [
        -0.2,
        -0.2,
        None,
        None,
    ]


def test_growth_is_compared_with_the_swing_directly() -> None:
    values = [1.0, -2.0, 0.5, 3.0, -1.0, 2.0, 1.0]

    assert total_signal([*values, -18.0], definition=GROWTH).swing == pytest.approx(-0.18)
    assert total_signal([*values, 3.0], definition=GROWTH).swing is None


def test_without_a_previous_week_there_is_no_swing() -> None:
    assert total_signal([*USUAL[:6], None, 40.0]).swing is None
    assert total_signal([40.0]).swing is None


def test_a_marked_previous_week_gives_no_swing() -> None:
    after = replace(PROMOTION, first_day=WEEK.back(1).start, last_day=WEEK.back(1).start)

    assert total_signal([*USUAL[:6], 60.0, 25.0]).swing is not None
    assert total_signal([*USUAL[:6], 60.0, 25.0], occasions=[after]).swing is None
    assert total_signal([*USUAL[:6], partial(60.0), 25.0]).swing is None


def test_weeks_of_an_occasion_are_excluded_and_counted() -> None:
    values = [*USUAL[:-2], 90.0, *USUAL[-2:], 25.0]

    signal = total_signal(values, occasions=[PROMOTION])

    assert (signal.points, signal.left_out) == (13, 1)
    assert signal.limits == total_signal([*USUAL, 25.0]).limits


def test_an_occasion_affects_its_marketplaces_and_the_total() -> None:
    values = [*USUAL, 25.0]
    here = replace(PROMOTION, marketplaces=(DE,))

    assert [
        total_signal(values, occasions=[here], where=where).left_out for where in (ALL, DE, US)
    ] == [
        1,
        1,
        0,
    ]


def test_an_occasion_also_affects_the_growth_of_the_next_week() -> None:
    assert total_signal([*USUAL, 25.0], definition=GROWTH, occasions=[PROMOTION]).left_out == 2


def test_an_occasion_affects_every_sum_that_includes_it() -> None:
    fortnights = replace(ACOS, weeks=2)

    signal = total_signal([25.0] * 27, definition=fortnights, occasions=[PROMOTION])

    assert (signal.points, signal.left_out) == (12, 1)


def test_sums_over_several_weeks_are_compared_with_sums_without_overlap() -> None:
    month = replace(ACOS, weeks=4)
    values = [float(week) for week in range(26)]

    signal = total_signal([*values, 26.0], definition=month)

    assert (signal.points, signal.limits, signal.swing) == (6, None, None)


def test_a_value_with_a_small_denominator_has_no_signal() -> None:
    acos = replace(ACOS, smallest=30)
    past = [of(value, 500) for value in USUAL]

    signal = total_signal([*past, of(90.0, 29)], definition=acos)

    assert (signal.is_small, signal.outside, signal.swing, signal.is_unusual) == (
        True,
        None,
        None,
        False,
    )
    assert total_signal([*past, of(90.0, 30)], definition=acos).is_unusual


def test_weeks_with_a_small_denominator_are_excluded() -> None:
    acos = replace(ACOS, smallest=30)
    values = [of(90.0, 3), *(of(value, 500) for value in USUAL), of(25.0, 500)]

    assert total_signal(values, definition=acos).points == 13


def test_a_partial_week_has_no_signal_and_is_excluded() -> None:
    assert total_signal([*USUAL, partial(90.0)]).is_partial
    assert not total_signal([*USUAL, partial(90.0)]).is_unusual
    assert total_signal([partial(90.0), *USUAL, 25.0]).points == 13


def test_limits_of_a_share_stop_at_zero_but_not_those_of_a_difference() -> None:
    values = [1.0, 9.0] * 6 + [2.0]

    shares, differences = (
        total_signal(values, definition=ACOS),
        total_signal(values, definition=ORGANIC),
    )

    assert shares.limits is not None
    assert differences.limits is not None
    assert (shares.limits.lower, differences.limits.lower < 0) == (0.0, True)


def test_eight_weeks_on_one_side_of_earlier_weeks_are_a_drift() -> None:
    signal = total_signal([*USUAL, *[26.0] * 8])

    assert (signal.drift, signal.before, signal.is_unusual) == (Side.HIGH, 25.0, True)
    assert total_signal([*USUAL, *[26.0] * 7]).drift is None


def test_signals_are_good_or_bad_news() -> None:
    rise, fall = [*USUAL, 31.0], [*USUAL, 19.0]
    better, worse = (replace(BY_HAND, higher_is_better=way) for way in (True, False))

    assert [total_signal(values, definition=better).is_good for values in (rise, fall)] == [
        True,
        False,
    ]
    assert [total_signal(values, definition=worse).is_good for values in (rise, fall)] == [
        False,
        True,
    ]
    assert total_signal(rise).is_good is None
    assert total_signal([*USUAL, 25.0], definition=better).is_good is None


def test_with_a_target_range_no_signal_is_good_news() -> None:
    better = replace(BY_HAND, higher_is_better=True)
    series = KpiSeries(kpi=BY_HAND.id, readings=readings_of([*USUAL, 31.0]))
    banded = replace(series, target=Target(at_least=20.0, at_most=27.0))

    card = add_signals(
        Scorecard(week=WEEK, definitions=(better,), series=(series, banded)), SignalRules(), ()
    )

    assert [each.signal and each.signal.is_good for each in card.series] == [True, None]


def test_a_partial_week_can_miss_its_target() -> None:
    series = KpiSeries(
        kpi=BY_HAND.id,
        readings=(*readings_of(USUAL), partial(31.0)),
        target=Target(at_most=20.0),
    )

    card = add_signals(
        Scorecard(week=WEEK, definitions=(BY_HAND,), series=(series,)), SignalRules(), ()
    )

    assert card.red == card.series
    assert card.series[0].status is TargetStatus.OFF_TARGET


def test_off_target_and_unusual_both_need_an_answer() -> None:
    series = KpiSeries(kpi=BY_HAND.id, readings=readings_of([*USUAL, 31.0]))
    cards = [
        Scorecard(
            week=WEEK,
            definitions=(BY_HAND,),
            series=(replace(series, target=Target(at_most=limit)),),
        )
        for limit in (20.0, 40.0)
    ]

    off, on = (add_signals(card, SignalRules(), ()) for card in cards)

    statuses = [card.series[0].status for card in (off, on)]
    assert statuses == [TargetStatus.OFF_TARGET, TargetStatus.ON_TARGET]
    assert (off.red, on.red) == (off.series, on.series)


def test_the_scorecard_has_the_occasions_used_for_its_signals() -> None:
    card = add_signals(Scorecard(week=WEEK), SignalRules(), [PROMOTION])

    assert card.occasions == (PROMOTION,)
    assert PROMOTION.first_day == date(2026, 10, 26)
