"""Readings from facts: sums, snapshots, growth, and missing measures."""

import pytest

from facilitator.domain.kpis.calculation import calculate_scorecard, why_missing
from facilitator.domain.kpis.facts import ALL, PreparedData, Source
from facilitator.domain.kpis.kpi import KpiId, KpiPlan, MarketplaceTarget, Target, Week
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.domain.people import PersonId
from tests.domain.kpi_factories import (
    ACOS,
    CVR,
    DE,
    FR,
    GROWTH,
    RATES,
    SUNDAY,
    TURNOVER,
    UK,
    US,
    fact,
    kpi,
    score_facts,
    series_of_shop,
    weekly_fact,
)


def test_a_week_is_the_ratio_of_its_sums_and_not_the_mean_of_its_days() -> None:
    facts = [
        fact("units_ordered", 1, days_before=6),
        fact("sessions", 2, days_before=6),
        fact("units_ordered", 10),
        fact("sessions", 98),
    ]

    assert series_of_shop(score_facts(facts, CVR)).current.value == pytest.approx(11.0)


def test_days_outside_the_week_do_not_count() -> None:
    facts = [fact("units_ordered", 5), fact("sessions", 50)]
    around = [
        fact("units_ordered", 100, days_before=7),
        fact("sessions", 100, days_before=-1),
    ]

    assert series_of_shop(score_facts(facts + around, CVR)).current.value == pytest.approx(10.0)


def test_readings_are_in_order_oldest_first() -> None:
    facts = [
        each
        for back in range(4)
        for each in (fact("units_ordered", back, back=back), fact("sessions", 100, back=back))
    ]

    readings = series_of_shop(score_facts(facts, CVR, weeks=3)).readings

    assert [reading.value for reading in readings] == [2.0, 1.0, 0.0]
    assert [reading.week_end.day for reading in readings] == [8, 15, 22]


def test_a_value_on_its_limit_meets_it() -> None:
    plan = KpiPlan(kpi=KpiId("it"), target=Target(at_most=7))
    facts = [fact("ad_spend", 7), fact("ad_sales", 100)]

    assert series_of_shop(score_facts(facts, ACOS, plans=(plan,))).status is TargetStatus.ON_TARGET


@pytest.mark.parametrize(
    ("target", "value", "attained"),
    [
        (Target(at_least=60), 45, 0.75),
        (Target(at_least=60), 66, 1.1),
        (Target(at_least=60), 0, 0.0),
        (Target(at_most=25), 50, 0.5),
        (Target(at_most=25), 20, 1.25),
        (Target(at_least=12, at_most=15), 6, 0.5),
        (Target(at_least=12, at_most=15), 30, 0.5),
        (Target(at_most=25), 0, None),
        (Target(at_most=-3), 5, None),
        (Target(at_least=0), -5, None),
        (Target(at_least=-3), -5, None),
    ],
)
def test_the_attainment_of_a_target_is_a_share_or_missing(
    target: Target, value: float, attained: float | None
) -> None:
    assert target.attainment(value) == attained


def test_stock_is_that_of_the_last_snapshot_of_the_week() -> None:
    facts = [
        fact("units_shipped_t90", 900, days_before=3),
        fact("units_available", 1, days_before=3),
        fact("units_shipped_t90", 600, days_before=1),
        fact("units_available", 200, days_before=1),
        fact("units_available", 100, days_before=1),
    ]

    assert series_of_shop(score_facts(facts, TURNOVER)).current.value == 2.0


def test_a_measure_with_a_minus_is_subtracted() -> None:
    organic = kpi(["order_items", "-ad_orders"], ["order_items"], scale=100)

    reading = series_of_shop(
        score_facts([fact("order_items", 40), fact("ad_orders", 50)], organic)
    ).current

    assert reading.value == -25.0


def test_growth_is_the_change_against_the_previous_week() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 88, back=1)]

    assert series_of_shop(score_facts(facts, GROWTH)).current.value == pytest.approx(25.0)


def test_growth_of_the_oldest_week_looks_one_week_further_back() -> None:
    facts = [
        weekly_fact("order_items", amount, back=back) for back, amount in enumerate((30, 20, 10))
    ]

    assert [
        each.value for each in series_of_shop(score_facts(facts, GROWTH, weeks=2)).readings
    ] == [100.0, 50.0]


def test_growth_without_the_previous_week_says_so() -> None:
    reading = series_of_shop(score_facts([weekly_fact("order_items", 110)], GROWTH)).current

    assert (reading.value, reading.missing) == (None, ("before:order_items",))


def test_growth_from_zero_has_no_value() -> None:
    facts = [weekly_fact("order_items", 5), weekly_fact("order_items", 0, back=1)]

    assert series_of_shop(score_facts(facts, GROWTH)).current.missing == (
        "before:zero:order_items",
    )


def test_a_measure_in_no_report_is_missing_and_never_zero() -> None:
    series = series_of_shop(score_facts([fact("sessions", 50)], CVR), US)

    assert (series.current.value, series.current.missing) == (None, ("units_ordered",))


def test_a_reported_zero_is_a_value() -> None:
    assert (
        series_of_shop(
            score_facts([fact("units_ordered", 0), fact("sessions", 9)], CVR)
        ).current.value
        == 0.0
    )


def test_a_zero_denominator_gives_no_value() -> None:
    reading = series_of_shop(
        score_facts([fact("units_ordered", 3), fact("sessions", 0)], CVR)
    ).current

    assert (reading.value, reading.missing) == (None, ("zero:sessions",))


def test_a_shop_of_the_agenda_has_a_row_and_so_has_one_with_facts_or_a_target() -> None:
    own = MarketplaceTarget(marketplace=UK, target=Target(at_least=5))
    plan = KpiPlan(kpi=KpiId("it"), by_marketplace=(own,), target=Target(at_least=8))
    facts = [fact("sessions", 9), fact("ad_clicks", 9, shop=DE)]

    scorecard = score_facts(facts, CVR, shops=(FR,), plans=(plan,))

    assert [(each.marketplace, each.target) for each in scorecard.series] == [
        (ALL, Target(at_least=8)),
        (FR, Target(at_least=8)),
        (UK, Target(at_least=5)),
        (US, Target(at_least=8)),
    ]


def test_a_kpi_that_no_report_tells_by_shop_has_no_rows_of_shops() -> None:
    facts = [fact("units_ordered", 3, shop=ALL), fact("sessions", 9, shop=ALL)]

    scorecard = score_facts(facts, CVR, shops=(US, DE))

    assert [each.marketplace for each in scorecard.series] == [ALL]


def test_sources_are_the_files_whose_facts_were_used() -> None:
    facts = [
        fact("units_ordered", 1, source="business.csv"),
        fact("sessions", 2, source="traffic.csv"),
        fact("ad_clicks", 2, source="ads.csv"),
        fact("sessions", 2, back=9, source="old.csv"),
    ]

    assert series_of_shop(score_facts(facts, CVR)).sources == ("business.csv", "traffic.csv")


def test_the_scorecard_carries_owners_sources_and_rates() -> None:
    data = PreparedData(sources=(Source(file="a.csv", kind="business"),))
    plans = (KpiPlan(kpi=KpiId("it"), owner=PersonId("lin")), KpiPlan(kpi=KpiId("other")))

    scorecard = calculate_scorecard(
        data, (CVR,), plans, week=Week(end=SUNDAY), weeks=1, marketplaces=(), rates=RATES
    )

    assert scorecard.owners == ((KpiId("it"), PersonId("lin")),)
    assert (scorecard.sources, scorecard.rates) == (data.sources, RATES)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("ad_spend", "no data for ad spend"),
        ("ad_spend in DE", "no data for ad spend in DE"),
        ("bsr_top10_share in ALL", "no data for top-10 % rank share of the whole business"),
        ("rate:GBP", "no exchange rate for GBP"),
        ("zero:ad_clicks", "ad clicks came to 0"),
        ("currency:ad_sales", "amounts without a currency in ad sales"),
        ("before:order_items in UK", "no data for order items in UK the week before"),
        ("before:zero:order_items", "order items came to 0 the week before"),
        ("our_own_measure", "no data for our_own_measure"),
    ],
)
def test_missing_measures_are_named_in_words(entry: str, words: str) -> None:
    assert str(why_missing(entry)) == words
