"""Signals: is a week out of the ordinary, or is it the usual to and fro?

An XmR chart (process behaviour chart) after Wheeler, *Understanding Variation* (1993), in its
robust form: the median of past weeks ± 3.145 × the median moving range, so that one Prime Day
in the past blinds nobody. The week that is judged is never part of what it is judged by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import inf, isclose
from statistics import fmean, median

SCALE = 3.145
"""From the median moving range to the natural limits."""
MEAN_SCALE = 2.66
"""The same from the mean moving range, for series that mostly stand still."""
FEWEST = 8
"""Past weeks below which nothing is told but the change."""
FIRM = 13
"""Past weeks below which limits are provisional."""
LONGEST = 26
"""Past weeks that the limits are drawn from, at most."""
RUN = 8
"""Weeks in a row on one side of the centre that make a drift."""


class Side(StrEnum):
    """Where a value lies."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Between which values a KPI usually moves."""

    centre: float
    lower: float
    upper: float
    points: int
    """Past weeks that they are drawn from."""
    is_by_mean: bool = False
    """Whether the reach is that of the mean moving range: of a series that mostly stands still."""

    @property
    def is_provisional(self) -> bool:
        """Whether there are too few weeks to lean on them."""
        return self.points < FIRM

    def side(self, value: float) -> Side | None:
        """On which side a value lies outside; None for one inside."""
        if _is_above(value, self.upper):
            return Side.HIGH
        return Side.LOW if _is_above(self.lower, value) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What the past says of a week's value."""

    limits: Limits | None = None
    """None where there is not enough history."""
    points: int = 0
    """Past weeks that could be used."""
    left_out: int = 0
    """Past weeks left out for an occasion: a promotion, a stock-out."""
    outside: Side | None = None
    """Beyond which limit the value lies."""
    drift: Side | None = None
    """On which side of `before` the last eight weeks all lie."""
    before: float | None = None
    """The centre of the weeks before these eight; None for too few of them."""
    swing: float | None = None
    """The change against the week before, as a share of it, where it reaches the team's rule."""
    is_small: bool = False
    """Whether too little stands behind the value to judge it: a handful of clicks."""
    is_partial: bool = False
    """Whether the week is not whole, and so not judged."""
    is_good: bool | None = None
    """Whether what is told is good news; None where nothing is, or both ways can be bad."""

    @property
    def direction(self) -> Side | None:
        """Which way the week is out of the ordinary, the strongest sign first."""
        if self.swing is None:
            return self.outside or self.drift
        return self.outside or self.drift or (Side.HIGH if self.swing > 0 else Side.LOW)

    @property
    def is_unusual(self) -> bool:
        """Whether it is more than the usual to and fro.

        With natural limits a mere swing is none of them; without, it is all there is to go by.
        """
        return bool(self.outside or self.drift or (self.limits is None and self.swing is not None))


def natural_limits(values: Sequence[float], floor: float = -inf) -> Limits | None:
    """The limits that past values set, oldest first; None for fewer than eight.

    Where most weeks stand still the median range is 0, and the mean range speaks instead.
    `floor` is what no value can fall below.
    """
    if len(values) < FEWEST:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    centre = median(values)
    usual = median(ranges)
    reach = SCALE * usual if usual else MEAN_SCALE * fmean(ranges)
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
    earlier = values[:-RUN]
    return median(earlier) if len(earlier) >= FIRM else None


def drift(values: Sequence[float], centre: float) -> Side | None:
    """The side of the centre on which the last eight values, the newest included, all lie."""
    last = values[-RUN:]
    if len(last) < RUN:
        return None
    if all(_is_above(value, centre) for value in last):
        return Side.HIGH
    return Side.LOW if all(_is_above(centre, value) for value in last) else None


def _is_above(value: float, bound: float) -> bool:
    """Whether it is more, and not by the last bits of a division only."""
    return value > bound and not isclose(value, bound, rel_tol=1e-9, abs_tol=1e-12)
