"""Values of past meetings fill in weeks that the reports no longer hold."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import CALCULATED_WEEKS
from facilitator.domain.kpis.facts import ALL, Fact, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Week
from facilitator.domain.kpis.past_values import with_past_values
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Scorecard
from tests.domain.kpi_factories import (
    ACOS,
    CVR,
    DE,
    EUR,
    FR,
    GROWTH,
    RATES,
    SUNDAY,
    UK,
    US,
    USD,
    fact,
    score_facts,
    series_of_shop,
    weekly_fact,
)

WEEK = Week(end=SUNDAY)
SEVEN_DAYS = [fact("units_ordered", 5), fact("sessions", 50)]


def past(value: float, back: int, where: Marketplace = ALL, kpi: str = "it") -> PastValue:
    return PastValue(kpi=KpiId(kpi), marketplace=where, week_end=WEEK.back(back).end, value=value)


def level(amount: float, where: Marketplace, back: int = 1) -> PastValue:
    """The first week of a growth, when there is nothing to compare it with."""
    seen = past(0.0, back, where)
    return replace(seen, value=None, level=amount)


def readings_of(series: KpiSeries) -> list[tuple[int, float | None, bool]]:
    """Return each reading as weeks back, value, and whether it is from a past meeting."""
    return [
        ((SUNDAY - each.week_end).days // 7, each.value, each.is_remembered)
        for each in series.readings
    ]


def calculate(facts: list[Fact], *values: PastValue, definition: KpiDefinition = CVR) -> Scorecard:
    return with_past_values(score_facts(facts, definition, weeks=CALCULATED_WEEKS), values)


def test_an_export_of_seven_days_is_continued_by_past_values() -> None:
    scorecard = calculate(SEVEN_DAYS, past(9.0, 1), past(8.0, 3), past(7.0, 1, US))

    assert readings_of(series_of_shop(scorecard)) == [
        (3, 8.0, True),
        (2, None, False),
        (1, 9.0, True),
        (0, 10.0, False),
    ]
    assert readings_of(series_of_shop(scorecard, US)) == [(1, 7.0, True), (0, 10.0, False)]


def test_values_from_reports_are_never_overridden() -> None:
    before = [weekly_fact("units_ordered", 6, back=1), weekly_fact("sessions", 50, back=1)]

    scorecard = calculate(SEVEN_DAYS + before, past(99.0, 1))

    assert readings_of(series_of_shop(scorecard)) == [(1, 12.0, False), (0, 10.0, False)]


def test_the_week_under_review_never_comes_from_past_values() -> None:
    scorecard = calculate([fact("sessions", 50)], past(9.0, 0), past(8.0, 1))

    assert readings_of(series_of_shop(scorecard)) == [(1, 8.0, True), (0, None, False)]


def test_a_week_partly_covered_by_reports_comes_from_past_values() -> None:
    scorecard = calculate([*SEVEN_DAYS, fact("sessions", 50, back=1)], past(9.0, 1))

    assert readings_of(series_of_shop(scorecard)) == [(1, 9.0, True), (0, 10.0, False)]


def test_a_week_that_cannot_be_counted_stays_without_a_value() -> None:
    nothing = [weekly_fact("units_ordered", 0, back=1), weekly_fact("sessions", 0, back=1)]

    scorecard = calculate(SEVEN_DAYS + nothing, past(9.0, 1))

    assert readings_of(series_of_shop(scorecard)) == [(1, None, False), (0, 10.0, False)]


def test_growth_without_an_exported_previous_week_comes_from_past_values() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 100, back=1)]

    scorecard = calculate(facts, past(4.0, 1), definition=GROWTH)

    assert readings_of(series_of_shop(scorecard)) == [(1, 4.0, True), (0, 10.0, False)]


def test_a_partial_week_is_replaced_by_the_complete_past_value() -> None:
    facts = [
        replace(fact(name, amount, back=back), first_day=WEEK.back(back).end - days)
        for name, amount in (("units_ordered", 5), ("sessions", 50))
        for back, days in ((0, timedelta(days=6)), (1, timedelta(days=2)))
    ]

    assert readings_of(series_of_shop(calculate(facts, past(9.0, 1)))) == [
        (1, 9.0, True),
        (0, 10.0, False),
    ]


def test_the_denominator_of_a_past_value_is_used() -> None:
    (reading, _) = series_of_shop(
        calculate(SEVEN_DAYS, replace(past(9.0, 1), denominator=40))
    ).readings

    assert (reading.denominator, reading.numerator) == (40, None)


def test_growth_is_calculated_against_a_past_level() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 60, shop=DE)]

    scorecard = calculate(facts, level(100, US), level(40, DE), definition=GROWTH)

    values = {each.marketplace: each.current.value for each in scorecard.series}
    assert values == pytest.approx({ALL: 100 * 30 / 140, US: 10.0, DE: 50.0})
    total = series_of_shop(scorecard).current
    assert (total.missing, total.denominator, total.is_before_remembered) == ((), 140, True)


def test_growth_over_several_weeks_is_calculated_against_weeks_without_overlap() -> None:
    facts = [weekly_fact("order_items", amount, back=back) for back, amount in ((0, 60), (1, 50))]
    growth = replace(GROWTH, weeks=2)

    scorecard = calculate(facts, level(999, US, 1), level(100, US, 2), definition=growth)

    assert series_of_shop(scorecard, US).current.value == pytest.approx(10.0)


def test_growth_covered_by_reports_is_calculated_from_them() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 100, back=1)]

    current = series_of_shop(
        calculate(facts, level(10, US), level(10, ALL), definition=GROWTH)
    ).current

    assert (current.value, current.is_before_remembered) == (10.0, False)


def test_a_new_marketplace_is_not_growth() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 60, shop=DE)]

    scorecard = calculate(facts, level(100, US), level(100, ALL), definition=GROWTH)

    assert series_of_shop(scorecard).current.missing == ("before:order_items",)
    assert series_of_shop(scorecard, US).current.value == pytest.approx(10.0)


def test_a_new_exchange_rate_is_not_growth() -> None:
    facts = [
        weekly_fact("ordered_sales", 110, currency=USD),
        weekly_fact("ordered_sales", 200, shop=DE, currency=EUR),
    ]
    sales = replace(GROWTH, numerator=("ordered_sales",))
    then = (level(100, US), level(200, DE), level(300, ALL))

    scorecard = with_past_values(score_facts(facts, sales, rates=RATES), then)

    assert series_of_shop(scorecard).current.value == pytest.approx(100 * 10 / (100 + 200 * 1.1))


def test_growth_of_the_whole_business_uses_its_own_past_level() -> None:
    facts = [weekly_fact("order_items", 110, shop=ALL)]

    scorecard = calculate(facts, level(100, ALL), definition=GROWTH)

    assert series_of_shop(scorecard).current.value == pytest.approx(10.0)


def test_past_ratios_of_marketplaces_are_not_added_up() -> None:
    facts = [
        weekly_fact(name, amount, shop=shop)
        for name, amount in (("units_ordered", 6), ("sessions", 50))
        for shop in (US, DE)
    ]
    growth = replace(CVR, growth=True)

    scorecard = calculate(facts, *(level(0.1, shop) for shop in (US, DE, ALL)), definition=growth)

    assert series_of_shop(scorecard, US).current.value == pytest.approx(20.0)
    assert series_of_shop(scorecard).current.value is None


def test_growth_against_a_past_level_of_zero_has_no_value() -> None:
    facts = [weekly_fact("order_items", 110)]

    current = series_of_shop(calculate(facts, level(0, US), definition=GROWTH)).current

    assert (current.value, current.missing) == (None, ("before:zero:order_items",))


def test_past_values_of_other_weeks_and_kpis_are_ignored() -> None:
    other_day = replace(past(9.0, 1), week_end=WEEK.back(1).start)

    scorecard = calculate(SEVEN_DAYS, other_day, past(8.0, 1, kpi="other"), past(7.0, 40))

    assert readings_of(series_of_shop(scorecard)) == [(0, 10.0, False)]


def test_the_past_total_of_one_currency_is_not_taken_for_the_total() -> None:
    facts = [
        fact(name, 5, shop=shop, currency=currency)
        for name in ACOS.measures
        for shop, currency in ((US, USD), (UK, USD), (DE, EUR), (FR, EUR))
    ]

    scorecard = calculate(facts, past(30.0, 1), definition=ACOS)

    total, *by_currency = [each for each in scorecard.series if each.marketplace == ALL]
    assert readings_of(total) == [(1, 30.0, True), (0, None, False)]
    assert [readings_of(each) for each in by_currency] == [[(0, 100.0, False)]] * 2
