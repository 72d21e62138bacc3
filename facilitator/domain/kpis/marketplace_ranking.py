"""The marketplaces that are nearest to their targets, and the series farthest from them."""

from collections.abc import Iterator

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus

WORST_SHOWN = 3
"""Figures that a question about the marketplaces begins with."""


class MarketplaceAttainment(Struct, frozen=True, kw_only=True):
    """How a marketplace keeps to its targets."""

    marketplace: Marketplace
    judged: int
    """Figures with a target."""
    missed: int

    @property
    def missed_share(self) -> float:
        """0 for a marketplace that meets all its targets."""
        return self.missed / self.judged


def worst_series(card: Scorecard) -> tuple[KpiSeries, ...]:
    """The figures of single marketplaces that miss their targets by most, the worst first."""
    missed = [each for each in _series_with_target(card) if each.status is TargetStatus.OFF_TARGET]
    return tuple(sorted(missed, key=_attainment)[:WORST_SHOWN])


def best_marketplace(card: Scorecard) -> MarketplaceAttainment | None:
    """The marketplace that misses the smallest share of its targets; None with fewer than two.

    Of equals, the one that is judged by the most.
    """
    standings = [
        MarketplaceAttainment(
            marketplace=place,
            judged=sum(each.marketplace == place for each in _series_with_target(card)),
            missed=sum(
                each.marketplace == place and each.status is TargetStatus.OFF_TARGET
                for each in _series_with_target(card)
            ),
        )
        for place in dict.fromkeys(each.marketplace for each in _series_with_target(card))
    ]
    if len(standings) < 2:
        return None
    return min(standings, key=lambda each: (each.missed_share, -each.judged, each.marketplace))


def _series_with_target(card: Scorecard) -> Iterator[KpiSeries]:
    judged = (TargetStatus.ON_TARGET, TargetStatus.OFF_TARGET)
    return (each for each in card.series if each.marketplace != ALL and each.status in judged)


def _attainment(series: KpiSeries) -> float:
    """Of a miss: how much is reached; one that is no share of its target comes last."""
    value, target = series.current.value, series.target
    attained = None if value is None or target is None else target.attainment(value)
    return 1.0 if attained is None else attained
