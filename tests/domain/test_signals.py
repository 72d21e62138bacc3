"""Natural limits and drift, against published examples and against chance.

The examples are D. J. Wheeler's, *Making Sense of Data* (2003), with their pages.
"""

import random
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.kpis.scorecard import FIRM_LIMIT_WEEKS, Limits, Side, Signal
from facilitator.domain.kpis.signals import (
    MEAN_SCALE,
    MIN_LIMIT_WEEKS,
    RUN_LENGTH,
    centre_before_run,
    drift,
    natural_limits,
)

EPISODES = [
    260, 130, 189, 1080, 175, 200, 193, 120, 33, 293, 195, 571, 55698, 209, 1825, 239, 290, 254,
    93, 278, 185, 123, 9434, 408, 570, 118, 238, 207, 153, 209, 243, 110, 306, 343, 244,
]  # fmt: skip
"""Page 147, section 10.2: costs of episode treatment groups."""
OUTLIERS = [2.5, 2.3, 16.3, 6.3, 7.6, 16.3, 7.1, 7.8, 7.8, 9.9, 10.5, -4.8]
"""Page 145, section 10.2."""
SOFTWARE = [
    5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200,
]  # fmt: skip
"""Page 382: the data set to verify software with."""
SMOKERS = [21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0]
"""Table 8.1: percentages of high school seniors who smoke daily."""


def limits_of(values: Sequence[float]) -> Limits:
    limits = natural_limits(values)
    assert limits is not None
    return limits


def test_limits_from_medians_match_the_published_example() -> None:
    limits = limits_of(EPISODES)

    assert (limits.centre, limits.points) == (238, 35)
    assert limits.upper == pytest.approx(630, abs=1.5)  # the book rounds its ranges
    assert limits.lower == pytest.approx(-154, abs=1.5)
    assert limits.upper == 238 + 3.145 * 125


def test_the_distance_of_the_limits_matches_the_published_factor() -> None:
    limits = limits_of(OUTLIERS)

    assert limits.upper - limits.centre == pytest.approx(14.07 - 7.47, abs=0.01)
    assert limits.centre - limits.lower == pytest.approx(7.47 - 0.87, abs=0.01)


def test_the_mean_moving_range_uses_the_published_factor() -> None:
    ranges = [abs(after - before) for before, after in pairwise(SOFTWARE)]

    assert MEAN_SCALE * fmean(ranges) == pytest.approx(5082.28 - 4135.50, abs=0.01)


def test_a_run_of_eight_is_found_as_in_the_published_example() -> None:
    centre = fmean(SMOKERS)

    assert drift(SMOKERS, centre) is Side.LOW
    assert drift(SMOKERS[:-1], centre) is None


def test_values_beyond_the_limits_match_the_published_example() -> None:
    """Table 9.1: the accident rates of one group against the limits of the other."""
    rates = [35, 37, 33, 32, 27, 29, 31, 22, 25, 30, 24, 19]
    limits = Limits(centre=34.75, lower=25.6, upper=43.9, points=12)

    low = [index for index, rate in enumerate(rates) if limits.side(rate) is Side.LOW]

    assert low == [7, 8, 10, 11]


def test_under_eight_values_there_are_no_limits() -> None:
    assert natural_limits([1.0, 2.0] * 3 + [1.0]) is None
    assert natural_limits([1.0, 2.0] * 4) is not None


@pytest.mark.parametrize(("points", "is_provisional"), [(8, True), (12, True), (13, False)])
def test_limits_are_provisional_under_thirteen_values(points: int, is_provisional: bool) -> None:
    assert limits_of([float(each % 3) for each in range(points)]).is_provisional is is_provisional


def test_the_mean_moving_range_is_used_where_most_weeks_are_equal() -> None:
    limits = limits_of([90.0] * 7 + [80.0])

    assert (limits.lower, limits.upper) == pytest.approx((90 - 26.6 / 7, 90 + 26.6 / 7))
    assert limits.is_by_mean
    assert not limits_of([90.0, 80.0] * 4).is_by_mean


def test_limits_do_not_go_below_the_smallest_possible_value() -> None:
    values = [1.0, 9.0] * 5

    without, floored = limits_of(values), natural_limits(values, 0.0)

    assert floored is not None
    assert (without.lower < 0, floored.lower) == (True, 0.0)
    assert floored.side(0.0) is None


def test_one_extreme_past_week_does_not_hide_signals() -> None:
    usual = [100.0, 104.0, 98.0, 101.0, 97.0, 103.0, 99.0, 102.0, 100.0, 98.0, 103.0, 99.0]

    with_promotion = limits_of([*usual[:6], 400.0, *usual[6:]])

    assert with_promotion.side(125) is Side.HIGH
    assert limits_of(usual).side(125) is Side.HIGH


def test_rounding_errors_are_no_signal() -> None:
    limits = limits_of([0.1 + 0.2] * 13)

    assert limits.side(0.3) is None
    assert drift([0.1 + 0.2] * 13, 0.3) is None
    assert limits.side(0.3001) is Side.HIGH


def test_a_drift_is_relative_to_the_weeks_before_it() -> None:
    before = [10.0, 12.0, 11.0, 9.0, 11.0, 10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 12.0, 10.0]
    after = [11.5, 12.0, 11.5, 13.0, 12.0, 11.5, 12.5, 12.0]

    assert (len(before), len(after)) == (FIRM_LIMIT_WEEKS, RUN_LENGTH)
    assert centre_before_run([*before, *after]) == 11.0
    assert drift([*before, *after], 11.0) is Side.HIGH
    assert drift([*before, *after[:-1], 11.0], 11.0) is None
    assert centre_before_run([*before[1:], *after]) is None


@pytest.mark.parametrize(
    ("signal", "direction", "is_unusual"),
    [
        (Signal(), None, False),
        (Signal(swing=-0.2), Side.LOW, True),
        (Signal(swing=-0.2, limits=limits_of(OUTLIERS)), Side.LOW, False),
        (Signal(outside=Side.HIGH, swing=-0.2, limits=limits_of(OUTLIERS)), Side.HIGH, True),
        (Signal(drift=Side.LOW, limits=limits_of(OUTLIERS)), Side.LOW, True),
    ],
)
def test_a_swing_is_a_signal_only_without_limits(
    signal: Signal, direction: Side | None, is_unusual: bool
) -> None:
    assert (signal.direction, signal.is_unusual) == (direction, is_unusual)


def share_of(runs: int, is_told: list[bool]) -> float:
    assert len(is_told) == runs
    return 100 * sum(is_told) / runs


def outside_share(points: int, *, shift: float = 0.0, promotion: bool = False) -> float:
    """Return the percentage of simulated weeks outside the limits of noisy earlier weeks."""
    chance = random.Random(2026)
    detected = []
    for _ in range(4000):
        past = [chance.gauss(100, 10) for _ in range(points)]
        if promotion:
            past[chance.randrange(points)] += 60
        now = chance.gauss(100 + shift, 10)
        detected.append(limits_of(past).side(now) is not None)
    return share_of(4000, detected)


@pytest.mark.parametrize(("points", "alarms", "hits"), [(8, 5.0, 48), (13, 2.7, 48), (26, 1.4, 49)])
def test_false_alarms_are_rare_and_a_real_change_is_seen(
    points: int, alarms: float, hits: float
) -> None:
    assert outside_share(points) == pytest.approx(alarms, abs=1.0)
    assert outside_share(points, shift=30) == pytest.approx(hits, abs=4)


def test_a_past_promotion_lowers_sensitivity_without_false_alarms() -> None:
    assert outside_share(13, promotion=True) < 2.7
    assert 25 < outside_share(13, shift=30, promotion=True) < 40


def drift_share(points: int, shift: float) -> float:
    chance = random.Random(2026)
    detected = []
    for _ in range(4000):
        values = [chance.gauss(100, 10) for _ in range(points + 1 - RUN_LENGTH)]
        values += [chance.gauss(100 + shift, 10) for _ in range(RUN_LENGTH)]
        centre = centre_before_run(values)
        detected.append(centre is not None and drift(values, centre) is not None)
    return share_of(4000, detected)


def test_a_new_level_is_detected_after_eight_weeks() -> None:
    assert drift_share(26, shift=0) < 4
    assert drift_share(26, shift=15) > 50
    assert drift_share(26, shift=20) > 75


@given(st.lists(st.floats(-1e6, 1e6), min_size=MIN_LIMIT_WEEKS, max_size=40))
def test_limits_contain_the_centre_and_do_not_depend_on_the_order_of_weeks(
    values: list[float],
) -> None:
    limits, turned = limits_of(values), limits_of(values[::-1])

    assert limits.lower <= limits.centre <= limits.upper
    assert limits.side(limits.centre) is None
    assert (limits.lower, limits.upper) == pytest.approx((turned.lower, turned.upper))
