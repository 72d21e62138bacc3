"""Six weeks and twelve months: which days are counted, and what they are compared with."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import Fact, Measure
from facilitator.domain.kpis.kpi import KpiDefinition, Unit, Week
from facilitator.domain.kpis.year_over_year import (
    YearOverYear,
    first_day_of_year_before,
    year_over_year,
)
from tests.domain.kpi_factories import CVR, DE, GROWTH, RATES, TURNOVER, US, USD, kpi

SALES = kpi(["ordered_sales"])
SUNDAY = date(2026, 11, 22)


def on(day: date, amount: float, measure: str = "ordered_sales", shop=US, currency=None) -> Fact:
    return Fact(
        day=day, marketplace=shop, measure=Measure(measure), amount=amount, currency=currency
    )


def week_to(day: date, amount: float, measure: str = "ordered_sales") -> Fact:
    """An amount that covers the week that ends on a day."""
    return replace(on(day, amount, measure), first_day=day - timedelta(days=6))


def compared(
    facts: Iterable[Fact],
    definition: KpiDefinition = SALES,
    *,
    end: date = SUNDAY,
    year_starts_in: int = 1,
) -> YearOverYear:
    index = FactIndex.from_facts(facts, [US], RATES)
    return year_over_year(index, definition, week=Week(end=end), year_starts_in=year_starts_in)


def test_a_week_is_compared_with_the_one_364_days_earlier() -> None:
    year_before = date(2025, 11, 23)

    week = compared(
        [week_to(SUNDAY, 12), week_to(year_before, 10), on(date(2025, 11, 24), 99)]
    ).weeks[-1]

    assert (SUNDAY - year_before).days == 364
    assert (week.now.value, week.year_before.value) == (12, 10)
    assert week.change == pytest.approx(0.2)


def test_a_part_of_a_week_is_not_compared_with_a_whole() -> None:
    year_before = date(2025, 11, 23)

    part = replace(on(SUNDAY, 12), source="part.csv")
    week = compared([part, week_to(year_before, 10)]).weeks[-1]

    assert (week.now.value, week.now.is_partial, week.year_before.value) == (12, True, 10)
    assert week.change is None


def test_a_week_that_is_worse_than_any_target_is_a_value_without_a_change() -> None:
    acos = replace(kpi(["ad_spend"], ["ad_sales"]), higher_is_better=False)
    facts = [
        week_to(SUNDAY - timedelta(weeks=back), amount, measure)
        for back, spend, sales in ((0, 5, 0), (1, 5, 20))
        for measure, amount in (("ad_spend", spend), ("ad_sales", sales))
    ]

    year = compared(facts, acos)

    assert year.weeks[-1].now.is_worse_than_any_target
    assert year.week_on_week is None
    assert compared(facts[:2], acos).has_values


def test_weeks_and_months_come_oldest_first() -> None:
    year = compared([])

    assert [each.span.end for each in year.weeks] == [
        Week(end=SUNDAY).back(back).end for back in (5, 4, 3, 2, 1, 0)
    ]
    assert (year.months[0].span.start, year.months[-1].span.end) == (
        date(2025, 11, 1),
        date(2026, 10, 31),
    )


def test_a_month_that_ends_with_the_week_is_complete() -> None:
    months = compared([], end=date(2026, 5, 31)).months

    assert (months[0].span.start, months[-1].span.end) == (date(2025, 6, 1), date(2026, 5, 31))


def test_a_whole_february_is_compared_with_a_whole_one() -> None:
    leap = compared([on(date(2024, 2, 29), 5)], end=date(2025, 2, 28)).months[-1]
    common = compared([on(date(2023, 2, 28), 5)], end=date(2024, 2, 29)).months[-1]

    assert (leap.year_before.value, common.year_before.value) == (5, 5)


@pytest.mark.parametrize(
    ("year_starts_in", "quarter", "year"),
    [(1, date(2026, 10, 1), date(2026, 1, 1)), (6, date(2026, 9, 1), date(2026, 6, 1)),
     (12, date(2026, 9, 1), date(2025, 12, 1)), (11, date(2026, 11, 1), date(2026, 11, 1))],
)  # fmt: skip
def test_quarter_and_year_so_far_follow_the_business_year(
    year_starts_in: int, quarter: date, year: date
) -> None:
    so_far = compared([], year_starts_in=year_starts_in)

    assert so_far.month_to_date.span.start == date(2026, 11, 1)
    assert so_far.quarter_to_date.span.start == quarter
    assert so_far.year_to_date.span.start == year
    assert so_far.year_to_date.span.end == SUNDAY


def test_a_period_to_date_is_compared_with_the_same_days_of_the_previous_year() -> None:
    facts = [on(SUNDAY, 30), on(date(2025, 11, 22), 20), on(date(2025, 11, 23), 900)]

    month = compared(facts).month_to_date

    assert (month.now.value, month.year_before.value) == (30, 20)


def test_a_ratio_uses_sums_and_stock_the_last_day() -> None:
    days = (date(2026, 11, 3), date(2026, 11, 20))
    ratio = [
        on(day, amount, name)
        for day, units, sessions in zip(days, (1, 9), (10, 30), strict=True)
        for name, amount in (("units_ordered", units), ("sessions", sessions))
    ]
    stock = [on(day, amount, name) for day, amount in zip(days, (1, 6), strict=True)
             for name in TURNOVER.measures]  # fmt: skip

    assert compared(ratio, CVR).month_to_date.now.value == pytest.approx(25.0)
    assert compared(stock, TURNOVER).month_to_date.now.value == 1.0


def test_the_growing_measure_is_shown_for_growth() -> None:
    week_before = Week(end=SUNDAY).back(1).end
    facts = [week_to(SUNDAY, 12, "order_items"), week_to(week_before, 10, "order_items")]

    year = compared(facts, GROWTH)

    assert year.weeks[-1].now.value == 12
    assert year.week_on_week == pytest.approx(0.2)
    assert (year.kpi, year.base_definition.unit) == (GROWTH, Unit.COUNT)


def test_money_is_converted_and_missing_rates_are_named() -> None:
    facts = [on(SUNDAY, 10, currency=USD), on(SUNDAY, 10, shop=DE, currency="EUR")]
    without_us = [on(SUNDAY, 10, shop=DE, currency="EUR")]

    assert compared(facts).weeks[-1].now.value == 21.0
    assert compared(without_us).weeks[-1].now.missing == ("ordered_sales in US",)
    assert not compared(without_us).has_values


def test_two_years_and_a_month_are_needed_at_most() -> None:
    needed = first_day_of_year_before(Week(end=SUNDAY))

    year = compared([])
    spans = [*year.weeks, *year.months, year.year_to_date]
    oldest = min(each.span.start.replace(year=each.span.start.year - 1) for each in spans)
    assert needed == oldest == date(2024, 11, 1)
