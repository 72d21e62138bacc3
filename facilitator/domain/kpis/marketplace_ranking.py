"""Ranking of marketplaces by their targets: the best one, and the series that miss most."""

from collections.abc import Iterator
from math import inf

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus

WORST_SHOWN = 3
"""The number of series that `worst_series` returns at most."""


class MarketplaceAttainment(Struct, frozen=True, kw_only=True):
    """How many of its targets a marketplace misses."""

    marketplace: Marketplace
    judged: int
    """The number of series with a value and a target."""
    missed: int

    @property
    def missed_share(self) -> float:
        """The fraction of its targets that it misses, from 0 to 1."""
        return self.missed / self.judged


def worst_series(card: Scorecard) -> tuple[KpiSeries, ...]:
    """Return the series of marketplaces that miss their targets by most, the worst first."""
    off_target = [
        each for each in _series_with_target(card) if each.status is TargetStatus.OFF_TARGET
    ]
    return tuple(sorted(off_target, key=_attainment)[:WORST_SHOWN])


def best_marketplace(card: Scorecard) -> MarketplaceAttainment | None:
    """Return the marketplace that misses the smallest fraction of its targets.

    Among equals it is the one with the most targets. Returns None for fewer than two marketplaces.
    """
    attainments = [
        MarketplaceAttainment(
            marketplace=marketplace,
            judged=sum(each.marketplace == marketplace for each in _series_with_target(card)),
            missed=sum(
                each.marketplace == marketplace and each.status is TargetStatus.OFF_TARGET
                for each in _series_with_target(card)
            ),
        )
        for marketplace in dict.fromkeys(each.marketplace for each in _series_with_target(card))
    ]
    if len(attainments) < 2:
        return None
    return min(attainments, key=lambda each: (each.missed_share, -each.judged, each.marketplace))


def _series_with_target(card: Scorecard) -> Iterator[KpiSeries]:
    judged = (TargetStatus.ON_TARGET, TargetStatus.OFF_TARGET)
    return (each for each in card.series if each.marketplace != ALL and each.status in judged)


def _attainment(series: KpiSeries) -> float:
    """Return how much of its target a series reaches; 1.0, to be sorted last, if not known.

    It is minus infinity for a series that is worse than any target.
    """
    if series.current.is_worse_than_any_target:
        return -inf
    value, target = series.current.value, series.target
    attained = None if value is None or target is None else target.attainment(value)
    return 1.0 if attained is None else attained
