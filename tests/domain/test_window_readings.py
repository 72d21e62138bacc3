"""Exports that are not weekly: no week gets their amounts, but their whole window has a reading."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import ALL, Fact, Marketplace, Measure, PreparedData, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, KpiPlan, SignalRules, Target, Week
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus, WindowReading
from facilitator.domain.kpis.signals import add_signals
from tests.domain.kpi_factories import ACOS, DE, EUR, GROWTH, RATES, SUNDAY, US, USD, kpi

FIRST = date(2026, 10, 26)
TACOS = kpi(["ad_spend"], ["ordered_sales"], scale=100)
RETURNS = kpi(["ad_spend"], ["units_returned"])
SUMMARY = "summary.csv"
ROWS = (
    (FIRST, SUNDAY, 900, 1500),
    (date(2026, 11, 18), date(2026, 11, 18), 10, 100),
    (SUNDAY, SUNDAY, 2, 20),
    (FIRST, FIRST, 1, 0),
)
"""The first and the last day of each row, its spend and its sales."""


def window_fact(
    measure: str,
    amount: float,
    first: date = FIRST,
    last: date = SUNDAY,
    *,
    shop: Marketplace = US,
    source: str = SUMMARY,
) -> Fact:
    return Fact(
        day=last,
        first_day=first if first < last else None,
        marketplace=shop,
        measure=Measure(measure),
        amount=amount,
        currency={US: USD, DE: EUR}.get(shop),
        source=source,
    )


def ad_facts(
    rows: Sequence[tuple[date, date, float, float]] = ROWS,
    *,
    shop: Marketplace = US,
    source: str = SUMMARY,
) -> list[Fact]:
    return [
        window_fact(measure, amount, first, last, shop=shop, source=source)
        for first, last, spend, sales in rows
        for measure, amount in (("ad_spend", spend), ("ad_sales", sales))
    ]


def daily(measure: str, amount: float, days: int = 28, *, shop: Marketplace = US) -> list[Fact]:
    return [
        window_fact(measure, amount, day, day, shop=shop, source=f"{measure}.csv")
        for day in (SUNDAY - timedelta(days=back) for back in range(days))
    ]


def scored(
    facts: Sequence[Fact],
    definition: KpiDefinition = ACOS,
    *,
    shops: Sequence[Marketplace] = (US,),
    sources: Sequence[Source] = (),
) -> Scorecard:
    return calculate_scorecard(
        PreparedData(facts=tuple(facts), sources=tuple(sources)),
        (definition,),
        (KpiPlan(kpi=KpiId("it"), target=Target(at_most=25)),),
        week=Week(end=SUNDAY),
        weeks=8,
        marketplaces=shops,
        rates=RATES,
    )


def series_in(card: Scorecard, shop: Marketplace = ALL) -> KpiSeries:
    series = card.one(KpiId("it"), shop)
    assert series is not None
    return series


def window_of(
    facts: Sequence[Fact],
    definition: KpiDefinition = ACOS,
    *,
    shop: Marketplace = ALL,
    shops: Sequence[Marketplace] = (US,),
) -> WindowReading | None:
    return series_in(scored(facts, definition, shops=shops), shop).window_reading


def test_a_summary_has_one_reading_for_its_whole_window_and_none_for_a_week() -> None:
    series = series_in(scored(ad_facts()))

    assert [each.value for each in series.readings] == [None] * len(series.readings)
    assert series.current.missing == ("straddles:ad_spend", "straddles:ad_sales")
    told = series.window_reading
    assert told is not None
    assert (told.first_day, told.last_day, told.days) == (FIRST, SUNDAY, 28)
    assert (told.reading.numerator, told.reading.denominator) == (913, 1620)
    assert told.reading.value == pytest.approx(56.358, abs=0.001)
    assert series.sources == (SUMMARY,)


def test_it_is_neither_red_nor_judged_nor_compared() -> None:
    series = series_in(add_signals(scored(ad_facts()), SignalRules(), ()))

    assert series.status is TargetStatus.MISSING
    assert not series.is_red
    assert (series.signal, series.change) == (None, None)


def test_the_shop_has_it_as_well_as_the_total() -> None:
    assert window_of(ad_facts(), shop=US) == window_of(ad_facts(), shop=ALL)


def test_a_window_that_is_exactly_the_week_is_that_week() -> None:
    week = Week(end=SUNDAY)

    series = series_in(scored(ad_facts([(week.start, week.end, 20, 100)])))

    assert (series.current.value, series.current.is_partial) == (20, False)
    assert series.window_reading is None


def test_a_row_inside_the_week_counts_if_no_other_row_of_its_export_touches_the_week() -> None:
    before = (FIRST, date(2026, 11, 15), 900, 1500)

    series = series_in(scored(ad_facts([before, (SUNDAY, SUNDAY, 2, 20)])))

    assert series.current.value == 10
    assert series.window_reading is None


def test_a_week_that_daily_facts_tell_has_no_window_reading() -> None:
    facts = [*daily("ad_spend", 1), *daily("ad_sales", 10)]

    assert window_of(facts) is None
    assert series_in(scored(facts)).current.value == 10


def test_an_export_of_several_shops_has_a_reading_of_the_total() -> None:
    facts = [
        *ad_facts([(FIRST, SUNDAY, 100, 400)]),
        *ad_facts([(date(2026, 10, 30), SUNDAY, 100, 200)], shop=DE),
    ]

    total = window_of(facts, shops=(US, DE))
    german = window_of(facts, shop=DE, shops=(US, DE))

    assert total is not None
    assert german is not None
    assert total.reading.value == pytest.approx(100 * (100 + 110) / (400 + 220))
    assert (total.first_day, german.first_day) == (FIRST, FIRST)
    assert german.reading.value == 50


def test_windows_of_two_exports_are_not_added_up() -> None:
    facts = [*ad_facts(source="us.csv"), *ad_facts(shop=DE, source="de.csv")]

    card = scored(facts, shops=(US, DE))

    assert series_in(card).window_reading is None
    for shop in (US, DE):
        told = series_in(card, shop).window_reading
        assert told is not None
        assert told.reading.numerator == 913


def test_the_export_that_covers_the_latest_days_is_told() -> None:
    longer = (FIRST, date(2026, 11, 24), 30, 100)
    facts = [*ad_facts(), *ad_facts([longer], source="a.csv")]

    told = window_of(facts)

    assert told is not None
    assert (told.last_day, told.reading.value) == (date(2026, 11, 24), 30)


def test_a_measure_of_another_report_counts_if_it_covers_every_day_of_the_window() -> None:
    whole = window_of([*ad_facts(), *daily("ordered_sales", 100)], TACOS)

    assert whole is not None
    assert (whole.reading.numerator, whole.reading.denominator) == (913, 2800)
    assert window_of([*ad_facts(), *daily("ordered_sales", 100, days=20)], TACOS) is None
    assert window_of(ad_facts(), TACOS) is None


def test_a_measure_without_a_row_for_each_day_cannot_be_known_to_cover_the_window() -> None:
    assert window_of([*ad_facts(), *daily("units_returned", 1)], RETURNS) is None


def test_a_growth_has_no_window_reading() -> None:
    facts = [window_fact("order_items", 5), window_fact("order_items", 5, source="b.csv")]

    assert window_of(facts, GROWTH) is None


def test_spend_without_sales_in_a_whole_window_is_told_and_not_red() -> None:
    definition = replace(ACOS, higher_is_better=False)

    series = series_in(scored(ad_facts([(FIRST, SUNDAY, 50, 0)]), definition))

    assert series.window_reading is not None
    assert series.window_reading.reading.is_worse_than_any_target
    assert not series.is_red


def test_an_export_whose_first_rows_were_not_kept_has_no_reading() -> None:
    source = Source(file=SUMMARY, kind="search-term", first_day=date(2026, 1, 1), last_day=SUNDAY)

    assert series_in(scored(ad_facts(), sources=[source])).window_reading is None


def test_a_kpi_that_only_such_an_export_tells_is_shown_though_the_agenda_does_not_name_it() -> None:
    card = calculate_scorecard(
        PreparedData(facts=tuple(ad_facts())),
        (ACOS,),
        (),
        week=Week(end=SUNDAY),
        weeks=8,
        marketplaces=(US,),
        rates=None,
    )

    assert [each.marketplace for each in card.series] == [ALL, US]


def test_a_shop_whose_window_ends_after_the_week_has_a_row() -> None:
    facts = ad_facts([(FIRST, date(2026, 11, 25), 30, 100)], shop=DE)

    assert series_in(scored(facts, shops=()), DE).window_reading is not None
