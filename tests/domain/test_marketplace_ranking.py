"""Which marketplaces miss their targets by most, and which one is best."""

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Target
from facilitator.domain.kpis.marketplace_ranking import (
    MarketplaceAttainment,
    best_marketplace,
    worst_series,
)
from facilitator.domain.kpis.scorecard import Scorecard
from tests.scorecard_factories import definition, make_scorecard, merge_scorecards

FEES = definition("fba_fee_share", "FBA fee share")
ACOS = definition("acos", "ACoS")


def shops(kpi: KpiDefinition, target: Target, **values: float | None) -> Scorecard:
    """A KPI with one week each."""
    card = {ALL: (1.0,), **{place: (value,) for place, value in values.items()}}
    return make_scorecard(card, kpi=kpi, target=target)


def test_the_series_that_miss_their_targets_by_most_come_first() -> None:
    card = merge_scorecards(
        shops(FEES, Target(at_most=15), US=14, DE=20, UK=16),
        shops(ACOS, Target(at_most=25), US=50, DE=24, UK=None),
    )

    assert [(each.kpi, each.marketplace) for each in worst_series(card)] == [
        ("acos", "US"),
        ("fba_fee_share", "DE"),
        ("fba_fee_share", "UK"),
    ]


def test_a_target_range_can_be_missed_on_either_side() -> None:
    card = shops(FEES, Target(at_least=12, at_most=15), US=6, DE=20, UK=13)

    assert [each.marketplace for each in worst_series(card)] == ["US", "DE"]


def test_a_miss_without_a_share_of_its_target_comes_last() -> None:
    card = merge_scorecards(
        shops(FEES, Target(at_least=-3), US=-5),
        shops(ACOS, Target(at_most=25), US=26),
    )

    assert [each.kpi for each in worst_series(card)] == ["acos", "fba_fee_share"]


def test_the_total_is_not_ranked_as_a_marketplace() -> None:
    card = make_scorecard({ALL: (30.0,)}, kpi=ACOS, target=Target(at_most=25))

    assert not worst_series(card)
    assert best_marketplace(card) is None


def test_the_best_marketplace_misses_the_smallest_share_of_its_targets() -> None:
    card = merge_scorecards(
        shops(FEES, Target(at_most=15), US=16, DE=20, UK=14),
        shops(ACOS, Target(at_most=25), US=20, DE=30, UK=None),
    )

    assert best_marketplace(card) == MarketplaceAttainment(
        marketplace=Marketplace("UK"), judged=1, missed=0
    )


def test_among_equals_the_marketplace_with_most_targets_is_best() -> None:
    card = merge_scorecards(
        shops(FEES, Target(at_most=15), US=14, UK=14),
        shops(ACOS, Target(at_most=25), US=20, UK=None),
    )

    assert best_marketplace(card) == MarketplaceAttainment(
        marketplace=Marketplace("US"), judged=2, missed=0
    )


def test_a_single_marketplace_is_not_ranked() -> None:
    card = shops(ACOS, Target(at_most=25), US=20)

    assert best_marketplace(card) is None
    assert card.one(KpiId("acos")) is not None
