"""Details of readings: sums, currencies, covered days, and values kept by hand."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import (
    CALCULATED_WEEKS,
    calculate_scorecard,
    first_day_needed,
)
from facilitator.domain.kpis.facts import (
    ALL,
    Currency,
    Disagreement,
    Fact,
    Marketplace,
    Measure,
    PreparedData,
    SourceTotal,
)
from facilitator.domain.kpis.kpi import KpiId, KpiPlan, MarketplaceTarget, Rates, Target, Week
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.domain.people import PersonId
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
    SUNDAY,
    TURNOVER,
    UK,
    US,
    USD,
    fact,
    kpi,
    score_facts,
    series_of_shop,
    weekly_fact,
)

NO_RATES = Rates(base=USD)
SHARE = kpi(["fba_fees"], ["fee_sales"], scale=100)
RETURNS = kpi(["units_returned"], ["units_ordered"], scale=100)


def test_a_reading_has_its_sums_and_their_currency() -> None:
    facts = [
        fact("ad_spend", 40, shop=UK, currency=GBP),
        fact("ad_sales", 80, shop=UK, currency=GBP),
        fact("ad_spend", 10, shop=US, currency=USD),
        fact("ad_sales", 100, shop=US, currency=USD),
    ]

    scorecard = score_facts(facts, ACOS, shops=(US, UK), rates=RATES)
    total, shop = series_of_shop(scorecard).current, series_of_shop(scorecard, UK).current

    assert (shop.numerator, shop.denominator, shop.currency) == (40, 80, GBP)
    assert (total.numerator, total.denominator, total.currency) == (60, 200, USD)


def test_a_growth_has_the_sums_of_both_weeks() -> None:
    facts = [weekly_fact("order_items", 110), weekly_fact("order_items", 88, back=1)]

    reading = series_of_shop(score_facts(facts, GROWTH)).current

    assert (reading.numerator, reading.denominator, reading.currency) == (110, 88, None)


def test_a_growth_of_a_ratio_is_the_change_of_the_ratio() -> None:
    growth = kpi(["units_ordered"], ["sessions"], growth=True, scale=100)
    facts = [
        weekly_fact("units_ordered", 6),
        weekly_fact("sessions", 50),
        weekly_fact("units_ordered", 10, back=1),
        weekly_fact("sessions", 100, back=1),
    ]

    assert series_of_shop(score_facts(facts, growth)).current.value == pytest.approx(20.0)


def test_sums_can_cover_several_weeks() -> None:
    facts = [
        each
        for back, spend in enumerate((8, 2, 100))
        for each in (fact("ad_spend", spend, back=back), fact("ad_sales", 50, back=back))
    ]

    readings = series_of_shop(score_facts(facts, replace(ACOS, weeks=2), weeks=2)).readings

    assert [each.value for each in readings] == [102.0, 10.0]


def test_counting_begins_with_the_first_day_that_the_oldest_reading_needs() -> None:
    definitions = [CVR, GROWTH, replace(ACOS, weeks=4), replace(GROWTH, weeks=3)]
    week = Week(end=SUNDAY)

    needed = [first_day_needed([each], week, 2) for each in definitions]

    assert needed == [week.back(back).start for back in (1, 2, 4, 6)]
    assert first_day_needed(definitions, week, 2) == week.back(6).start
    assert first_day_needed([], week, 2) == week.back(1).start


# Partial weeks


def daily(measure: str, amount: float, days: range, source: str = "a.csv") -> list[Fact]:
    return [fact(measure, amount, days_before=day, source=source) for day in days]


@pytest.mark.parametrize(
    ("days", "is_partial"),
    [(range(7), False), (range(6), True), (range(1, 7), True), (range(-2, 9), False)],
)
def test_a_week_is_partial_where_a_day_of_it_was_not_exported(
    days: range, is_partial: bool
) -> None:
    facts = daily("sessions", 50, range(7)) + daily("units_ordered", 5, days)

    reading = series_of_shop(score_facts(facts, CVR)).current

    assert (reading.value is not None, reading.is_partial) == (True, is_partial)


def test_a_day_without_rows_is_a_gap_only_between_files() -> None:
    quiet = daily("sessions", 50, range(7)) + [
        fact("units_ordered", 5, days_before=day, source="a.csv") for day in (0, 6)
    ]
    gap = (
        daily("sessions", 50, range(7))
        + daily("units_ordered", 5, range(3), "late.csv")
        + daily("units_ordered", 5, range(4, 7), "early.csv")
    )

    assert not series_of_shop(score_facts(quiet, CVR)).current.is_partial
    assert series_of_shop(score_facts(gap, CVR)).current.is_partial


def test_files_that_follow_each_other_cover_the_week_together() -> None:
    facts = (
        daily("sessions", 50, range(7))
        + daily("units_ordered", 5, range(3), "late.csv")
        + daily("units_ordered", 5, range(3, 7), "early.csv")
    )

    assert not series_of_shop(score_facts(facts, CVR)).current.is_partial


def test_the_total_is_partial_where_one_of_its_shops_is() -> None:
    facts = [
        replace(each, marketplace=shop)
        for shop, days in ((US, range(7)), (DE, range(5)))
        for name in CVR.measures
        for each in daily(name, 5, days, f"{shop}.csv")
    ]

    scorecard = score_facts(facts, CVR, shops=(US, DE))

    assert [each.current.is_partial for each in scorecard.series] == [True, True, False]


def test_an_amount_of_several_days_covers_them_all() -> None:
    facts = [replace(fact(name, 5), first_day=SUNDAY - timedelta(days=6)) for name in CVR.measures]

    assert not series_of_shop(score_facts(facts, CVR)).current.is_partial


def test_growth_against_a_partial_week_has_no_value() -> None:
    reading = series_of_shop(score_facts(daily("order_items", 5, range(12)), GROWTH)).current

    assert (reading.value, reading.numerator, reading.is_partial) == (None, 35, False)
    assert reading.missing == ("before:order_items",)


def test_growth_of_a_partial_week_is_partial() -> None:
    facts = daily("order_items", 5, range(1, 14))

    assert series_of_shop(score_facts(facts, GROWTH)).current.is_partial


def test_lists_of_events_and_snapshots_are_never_partial() -> None:
    events = [*daily("units_ordered", 9, range(7)), fact("units_returned", 1, days_before=3)]
    stock = [fact(name, 9, days_before=3) for name in TURNOVER.measures]

    assert not series_of_shop(score_facts(events, RETURNS)).current.is_partial
    assert not series_of_shop(score_facts(stock, TURNOVER)).current.is_partial


def test_an_amount_across_two_weeks_counts_in_neither() -> None:
    straddling = replace(fact("ad_spend", 70, days_before=4), first_day=SUNDAY - timedelta(days=10))
    begun = fact("ad_spend", 30, back=1, days_before=6)
    facts = [straddling, begun, fact("ad_sales", 100), fact("ad_sales", 200, back=1)]

    weeks = series_of_shop(score_facts(facts, ACOS, weeks=2)).readings
    both = score_facts(facts, replace(ACOS, weeks=2))

    assert [each.missing for each in weeks] == [("straddles:ad_spend",)] * 2
    assert [each.value for each in weeks] == [None, None]
    assert series_of_shop(both).current.value == pytest.approx(
        100 / 3
    )  # two weeks together hold all of it


def test_a_window_across_weeks_is_not_added_to_what_another_file_tells_of_its_days() -> None:
    window = replace(
        fact("ad_spend", 70, days_before=1), first_day=SUNDAY - timedelta(days=10), source="summary"
    )
    day = fact("ad_spend", 30, days_before=3)
    before = fact("ad_spend", 30, back=1, days_before=5)
    sales = [fact("ad_sales", 100), fact("ad_sales", 200, back=1)]
    two_weeks = replace(ACOS, weeks=2)

    beside = series_of_shop(score_facts([window, day, *sales], two_weeks)).current
    apart = series_of_shop(score_facts([window, before, *sales], two_weeks)).current
    of_another_product = series_of_shop(
        score_facts([window, replace(day, product="Sponsored Brands"), *sales], two_weeks)
    ).current

    assert (beside.value, beside.missing) == (None, ("straddles:ad_spend",))
    assert apart.value == of_another_product.value == pytest.approx(100 / 3)


# What is kept by hand


def test_a_value_kept_by_hand_fills_in_where_no_report_has_it() -> None:
    kept = [
        fact("it", 14.0, shop=DE, days_before=2, source="old.csv"),
        fact("it", 14.5, shop=DE, source="kpi_values.csv"),
    ]

    series = series_of_shop(
        score_facts([*kept, fact("fba_fees", 3, shop=DE)], SHARE, shops=(DE,)), DE
    )

    assert (series.current.value, series.current.numerator) == (14.5, None)
    assert series.sources == ("kpi_values.csv",)


def test_reports_take_precedence_over_values_kept_by_hand() -> None:
    facts = [fact("it", 14.5), fact("fba_fees", 20), fact("fee_sales", 100)]

    assert series_of_shop(score_facts(facts, SHARE), US).current.value == 20.0


def test_the_total_of_shares_kept_by_hand_must_be_kept_by_hand_too() -> None:
    shops = [fact("it", 14.5, shop=DE), fact("it", 12.5, shop=US)]

    without = score_facts(shops, SHARE, shops=(DE, US))
    with_total = score_facts([*shops, fact("it", 13, shop=ALL)], SHARE, shops=(DE, US))

    assert series_of_shop(without).current.missing == ("it in ALL",)
    assert series_of_shop(with_total).current.value == 13


# Currencies


def money(shop: Marketplace, currency: Currency, spend: float) -> list[Fact]:
    return [
        fact("ad_spend", spend, shop=shop, currency=currency),
        fact("ad_sales", 100, shop=shop, currency=currency),
    ]


def test_without_a_rate_there_is_a_total_for_each_currency_of_several_shops() -> None:
    facts = money(US, USD, 20) + money(DE, EUR, 30) + money(FR, EUR, 10)

    scorecard = score_facts(facts, ACOS, shops=(US, DE, FR), rates=NO_RATES)

    assert [(each.marketplace, each.currency, each.current.value) for each in scorecard.series] == [
        (ALL, None, None),
        (ALL, EUR, 20.0),
        (DE, None, 30.0),
        (FR, None, 10.0),
        (US, None, 20.0),
    ]
    assert scorecard.one(KpiId("it")) == scorecard.series[0]


def test_a_shop_with_two_currencies_is_in_no_currency_total() -> None:
    facts = money(US, USD, 20) + money(DE, EUR, 30) + money(DE, USD, 10) + money(FR, USD, 40)

    scorecard = score_facts(facts, ACOS, shops=(US, DE, FR))

    (of_currency,) = [each for each in scorecard.series if each.currency]
    assert (of_currency.currency, of_currency.current.value) == (USD, 30.0)


def test_with_rates_there_is_one_total() -> None:
    facts = money(US, USD, 20) + money(DE, EUR, 30)

    scorecard = score_facts(facts, ACOS, shops=(US, DE), rates=RATES)

    assert [each.marketplace for each in scorecard.series] == [ALL, DE, US]


# Weeks, targets, and what is left out


def test_half_a_year_is_calculated_without_weeks_before_the_first_report() -> None:
    facts = [fact(name, 5, back=back) for name in CVR.measures for back in (0, 2, 40)]

    (total, _shop) = calculate_scorecard(
        PreparedData(facts=tuple(facts)),
        (CVR,),
        (),
        week=Week(end=SUNDAY),
        marketplaces=(),
        rates=None,
    ).series

    assert CALCULATED_WEEKS == 27
    assert [each.value for each in total.readings] == [100.0, None, 100.0]


def test_a_kpi_neither_in_reports_nor_in_the_agenda_is_left_out() -> None:
    silent = score_facts([fact("sessions", 9)], CVR, plans=())
    named = score_facts([], CVR)

    assert (silent.definitions, silent.series) == ((), ())
    assert [each.status for each in named.series] == [TargetStatus.MISSING]


def test_the_definition_applies_where_the_agenda_sets_nothing() -> None:
    definition = replace(
        CVR,
        target=Target(at_least=5),
        by_marketplace=(MarketplaceTarget(marketplace=DE, target=Target(at_least=7)),),
        owner=PersonId("mei"),
    )
    facts = [fact(name, 5, shop=shop) for name in CVR.measures for shop in (US, DE)]
    own = MarketplaceTarget(marketplace=US, target=Target(at_least=9))
    plan = KpiPlan(kpi=KpiId("it"), by_marketplace=(own,))

    scorecard = score_facts(facts, definition, plans=(plan,))

    assert [each.target for each in scorecard.series] == [
        Target(at_least=5),
        Target(at_least=7),
        Target(at_least=9),
    ]
    assert scorecard.owners == ((KpiId("it"), "mei"),)


def test_a_target_of_the_definition_adds_no_row_for_a_shop_without_facts() -> None:
    elsewhere = MarketplaceTarget(marketplace=FR, target=Target(at_least=7))

    scorecard = score_facts(
        [fact("bsr_top10_share", 5)], replace(BY_HAND, by_marketplace=(elsewhere,))
    )

    assert [each.marketplace for each in scorecard.series] == [ALL, US]


def test_the_scorecard_has_the_disagreements_of_the_reports() -> None:
    said = Disagreement(
        measure=Measure("ad_spend"),
        marketplace=US,
        first_day=date(2026, 11, 16),
        last_day=SUNDAY,
        believed=SourceTotal(kind="campaign", files=("a.csv",), amount=10),
        other=SourceTotal(kind="search-term", files=("b.csv",), amount=8),
    )

    scorecard = calculate_scorecard(
        PreparedData(disagreements=(said,)),
        (),
        (),
        week=Week(end=SUNDAY),
        marketplaces=(),
        rates=None,
    )

    assert scorecard.disagreements == (said,)
