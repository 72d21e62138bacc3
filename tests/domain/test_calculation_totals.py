"""How shops become a total: complete and in one currency, or without a value."""

import random

import pytest

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import Rates
from tests.domain.kpi_factories import (
    ACOS,
    BY_HAND,
    CVR,
    DE,
    EUR,
    FR,
    GBP,
    GROWTH,
    RATES,
    UK,
    US,
    USD,
    fact,
    score_facts,
    series_of_shop,
    weekly_fact,
)


def test_the_total_comes_first_and_then_the_shops_by_name() -> None:
    facts = [fact(name, 10, shop=shop) for shop in (US, DE) for name in CVR.measures]

    assert [each.marketplace for each in score_facts(facts, CVR, shops=(US, DE)).series] == [
        ALL,
        DE,
        US,
    ]


def test_a_total_adds_up_the_shops() -> None:
    facts = [
        fact("units_ordered", 30, shop=US),
        fact("sessions", 100, shop=US),
        fact("units_ordered", 10, shop=DE),
        fact("sessions", 300, shop=DE),
    ]

    assert series_of_shop(score_facts(facts, CVR, shops=(US, DE))).current.value == 10.0


def test_a_total_without_one_of_its_shops_has_no_value() -> None:
    facts = [
        fact("units_ordered", 30, shop=US),
        fact("sessions", 100, shop=US),
        fact("sessions", 300, shop=DE),
    ]

    scorecard = score_facts(facts, CVR, shops=(US, DE, UK))

    assert series_of_shop(scorecard).current.missing == (
        "units_ordered in DE",
        "units_ordered in UK",
        "sessions in UK",
    )
    assert series_of_shop(scorecard, US).current.value == 30.0


def test_a_total_missing_in_every_shop_names_the_measure_once() -> None:
    assert series_of_shop(score_facts([], CVR, shops=(US, DE))).current.missing == (
        "units_ordered",
        "sessions",
    )


def test_a_shop_outside_the_agenda_counts_too_and_must_be_complete() -> None:
    facts = [fact(name, 10, shop=US) for name in CVR.measures]

    complete = score_facts([*facts, *(fact(name, 30, shop=FR) for name in CVR.measures)], CVR)
    partial = score_facts([*facts, fact("sessions", 30, shop=FR)], CVR)

    assert series_of_shop(complete).current.value == 100.0
    assert series_of_shop(partial).current.missing == ("units_ordered in FR",)


def test_growth_compares_the_same_shops() -> None:
    facts = [
        weekly_fact("order_items", 10),
        weekly_fact("order_items", 10, back=1),
        weekly_fact("order_items", 90, shop=FR),
    ]

    assert series_of_shop(score_facts(facts, GROWTH)).current.missing == (
        "before:order_items in FR",
    )


def test_a_figure_for_the_whole_business_covers_its_shops() -> None:
    facts = [
        fact("units_ordered", 7, shop=ALL),
        fact("sessions", 60, shop=US),
        fact("sessions", 40, shop=DE),
    ]

    assert series_of_shop(score_facts(facts, CVR, shops=(US, DE))).current.value == 7.0


def test_shares_kept_by_hand_are_never_added_up() -> None:
    facts = [fact("bsr_top10_share", 60, shop=US), fact("bsr_top10_share", 50, shop=DE)]

    without = score_facts(facts, BY_HAND, shops=(US, DE))
    with_all = score_facts([*facts, fact("bsr_top10_share", 54, shop=ALL)], BY_HAND, shops=(US, DE))

    assert series_of_shop(without).current.missing == ("bsr_top10_share in ALL",)
    assert series_of_shop(with_all).current.value == 54
    assert series_of_shop(with_all, DE).current.value == 50


def test_money_of_two_currencies_is_added_at_the_agendas_rates() -> None:
    facts = [
        fact("ad_spend", 10, shop=US, currency=USD),
        fact("ad_sales", 100, shop=US, currency=USD),
        fact("ad_spend", 40, shop=UK, currency=GBP),
        fact("ad_sales", 80, shop=UK, currency=GBP),
    ]

    scorecard = score_facts(facts, ACOS, shops=(US, UK), rates=RATES)

    assert series_of_shop(scorecard).current.value == pytest.approx(
        30.0
    )  # (10 + 50) of (100 + 100)
    assert series_of_shop(scorecard, UK).current.value == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("rates", "missing"),
    [
        (None, ("rate:GBP", "rate:USD")),
        (Rates(base=USD), ("rate:GBP",)),
    ],
)
def test_money_without_a_rate_is_never_added(rates: Rates | None, missing: tuple[str, ...]) -> None:
    facts = [
        fact(name, 10, shop=shop, currency=currency)
        for name in ACOS.measures
        for shop, currency in ((US, USD), (UK, GBP))
    ]

    scorecard = score_facts(facts, ACOS, shops=(US, UK), rates=rates)

    assert series_of_shop(scorecard).current.missing == missing
    assert series_of_shop(scorecard, UK).current.value == 100.0


def test_a_shop_that_mixes_currencies_needs_rates_too() -> None:
    facts = [
        fact("ad_spend", 10, shop=DE, currency=EUR),
        fact("ad_sales", 22, shop=DE, currency=USD),
    ]

    assert series_of_shop(score_facts(facts, ACOS, rates=RATES), DE).current.value == pytest.approx(
        50.0
    )
    assert series_of_shop(score_facts(facts, ACOS), DE).current.missing == ("rate:EUR", "rate:USD")


def test_one_currency_needs_no_rate() -> None:
    facts = [fact(name, 5, currency=GBP) for name in ACOS.measures]

    assert series_of_shop(score_facts(facts, ACOS, rates=Rates(base=USD))).current.value == 100.0


def test_amounts_with_and_without_a_currency_are_not_added() -> None:
    facts = [
        fact("ad_spend", 10, shop=US, currency=USD),
        fact("ad_spend", 10, shop=UK),
        fact("ad_sales", 10, shop=US, currency=USD),
        fact("ad_sales", 10, shop=UK, currency=USD),
    ]

    assert series_of_shop(score_facts(facts, ACOS, shops=(US, UK))).current.missing == (
        "currency:ad_spend",
    )


def test_the_order_of_the_facts_does_not_matter_to_the_last_bit() -> None:
    chance = random.Random(7)
    facts = [
        fact(name, chance.uniform(0.01, 1e6), shop=shop, days_before=day, currency=currency)
        for name in ACOS.measures
        for shop, currency in ((US, USD), (UK, GBP))
        for day in range(7)
    ]
    first = score_facts(facts, ACOS, shops=(US, UK), rates=RATES)
    chance.shuffle(facts)

    assert score_facts(facts, ACOS, shops=(US, UK), rates=RATES) == first
    assert series_of_shop(first).current.value is not None
