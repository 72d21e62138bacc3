"""More than zero divided by zero: worse than any target where there is an upper limit."""

from collections.abc import Sequence
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Contribution, Fact, Marketplace, Measure
from facilitator.domain.kpis.kpi import (
    Aggregation,
    KpiDefinition,
    KpiId,
    KpiPlan,
    SignalRules,
    Target,
    Week,
)
from facilitator.domain.kpis.marketplace_ranking import best_marketplace, worst_series
from facilitator.domain.kpis.movers import top_movers
from facilitator.domain.kpis.past_values import with_past_values
from facilitator.domain.kpis.scorecard import (
    KpiSeries,
    PastValue,
    Reading,
    Scorecard,
    TargetStatus,
)
from facilitator.domain.kpis.signals import add_signals
from tests.domain.kpi_factories import (
    ACOS,
    DE,
    EUR,
    RATES,
    SUNDAY,
    UK,
    US,
    USD,
    fact,
    kpi,
    score_facts,
    series_of_shop,
    weekly_fact,
)

AT_MOST_25 = KpiPlan(kpi=KpiId("it"), target=Target(at_most=25))
NO_TARGET = KpiPlan(kpi=KpiId("it"))
LOW_IS_GOOD = replace(ACOS, higher_is_better=False)
SUPPLY = kpi(["units_available"], ["units_shipped_t30"], counting=Aggregation.LATEST, scale=30)


def ads(spend: float, sales: float, shop: Marketplace = US, *, back: int = 0) -> list[Fact]:
    currency = USD if shop == US else EUR
    return [
        weekly_fact("ad_spend", spend, shop=shop, back=back, currency=currency),
        weekly_fact("ad_sales", sales, shop=shop, back=back, currency=currency),
    ]


def scored(
    facts: Sequence[Fact],
    *,
    definition: KpiDefinition = LOW_IS_GOOD,
    plan: KpiPlan = AT_MOST_25,
    shops: Sequence[Marketplace] = (US,),
    weeks: int = 1,
) -> Scorecard:
    return score_facts(facts, definition, shops=shops, rates=RATES, plans=(plan,), weeks=weeks)


def test_spend_without_sales_is_off_target_and_has_its_sums_and_no_value() -> None:
    series = series_of_shop(scored(ads(175, 0, DE), shops=(DE,)), DE)

    assert series.status is TargetStatus.OFF_TARGET
    assert series.is_red
    current = series.current
    assert (current.value, current.numerator, current.denominator) == (None, 175, 0)
    assert (current.is_worse_than_any_target, current.missing) == (True, ())
    assert current.currency == EUR


def test_a_total_is_calculated_with_the_sums_of_such_a_marketplace() -> None:
    card = scored([*ads(175, 1400), *ads(50, 0, DE)], shops=(US, DE))

    assert series_of_shop(card).current.value == pytest.approx(100 * (175 + 50 * 1.1) / 1400)


@pytest.mark.parametrize(
    ("definition", "plan", "is_worse"),
    [
        (LOW_IS_GOOD, AT_MOST_25, True),
        (LOW_IS_GOOD, NO_TARGET, True),
        (ACOS, AT_MOST_25, True),
        (ACOS, NO_TARGET, False),
        (replace(ACOS, higher_is_better=True), NO_TARGET, False),
        (ACOS, replace(AT_MOST_25, target=Target(at_least=5)), False),
        (ACOS, replace(AT_MOST_25, target=Target(at_least=5, at_most=9)), True),
    ],
)
def test_only_a_kpi_with_an_upper_limit_can_be_worse_than_any_target(
    definition, plan, is_worse
) -> None:
    series = series_of_shop(scored(ads(175, 0), definition=definition, plan=plan))

    assert series.current.is_worse_than_any_target is is_worse
    assert series.is_red is is_worse
    assert series.current.missing == (() if is_worse else ("zero:ad_sales",))
    assert series.current.numerator == 175


def test_stock_that_nobody_buys_is_worse_than_any_target_for_days_of_supply() -> None:
    facts = [fact("units_available", 400), fact("units_shipped_t30", 0)]
    plan = replace(AT_MOST_25, target=Target(at_least=28, at_most=90))

    assert series_of_shop(scored(facts, definition=SUPPLY, plan=plan)).is_red
    assert not series_of_shop(scored(facts, definition=SUPPLY, plan=NO_TARGET)).is_red


def test_zero_divided_by_zero_is_nothing_to_count() -> None:
    series = series_of_shop(scored(ads(0, 0)))

    assert series.status is TargetStatus.MISSING
    assert series.current.is_nothing_to_count
    assert [str(why_missing(each)) for each in series.current.missing] == ["nothing to count"]


def test_a_kpi_with_nothing_to_count_is_left_out_unless_the_agenda_names_it() -> None:
    other = replace(AT_MOST_25, kpi=KpiId("other"))

    assert scored(ads(0, 0)).series
    assert not scored(ads(0, 0), plan=other).series
    assert scored(ads(5, 0), plan=other).series


AMOUNT = st.sampled_from([0.0, 0.01, 1.0, 175.0, 1e6])


@given(spend=AMOUNT, sales=AMOUNT, target=st.sampled_from([None, 0.0, 25.0]))
def test_a_reading_is_a_finite_number_or_worse_than_any_or_says_what_is_missing(
    spend: float, sales: float, target: float | None
) -> None:
    plan = replace(NO_TARGET, target=None if target is None else Target(at_most=target))

    current = series_of_shop(scored(ads(spend, sales), plan=plan)).current

    states = [current.value is not None, current.is_worse_than_any_target, bool(current.missing)]
    assert states.count(True) == 1
    assert current.value is None or isfinite(current.value)
    assert (current.numerator, current.denominator) == (spend, sales)


def test_growth_from_zero_has_no_value_as_before() -> None:
    growth = replace(kpi(["order_items"], growth=True), higher_is_better=False)
    facts = [weekly_fact("order_items", 5), weekly_fact("order_items", 0, back=1)]

    current = series_of_shop(scored(facts, definition=growth, plan=NO_TARGET)).current

    assert (current.value, current.is_worse_than_any_target) == (None, False)
    assert current.missing == ("before:zero:order_items",)


def test_it_comes_first_among_the_red_and_among_the_worst_marketplaces() -> None:
    card = scored([*ads(40, 100), *ads(30, 100, DE), *ads(1, 0, UK)], shops=(US, DE, UK))

    assert [each.marketplace for each in card.red] == [UK, ALL, DE, US]
    assert [each.marketplace for each in worst_series(card)] == [UK, US, DE]
    best = best_marketplace(card)
    assert best is not None
    assert (best.judged, best.missed) == (1, 1)


def test_it_has_no_change_and_no_movers() -> None:
    facts = [*ads(175, 0), *ads(10, 100, back=1)]
    series = series_of_shop(scored(facts, weeks=2))
    spent = Contribution(
        dimension="campaign",
        name="C1",
        marketplace=US,
        measure=Measure("ad_spend"),
        week_end=SUNDAY,
        amount=175,
    )

    assert (series.change, series.relative_change) == (None, None)
    assert top_movers([spent], LOW_IS_GOOD, series) == ()
    after = series_of_shop(scored([*ads(10, 100), *ads(175, 0, back=1)], weeks=2))
    assert (after.change, after.relative_change) == (None, None)


def test_a_past_week_of_it_is_left_out_of_the_limits() -> None:
    weeks = [20, 22, 21, 23, 20, 22, 21, 23, 20, 22, 21]
    facts = [each for back, spend in enumerate(weeks) for each in ads(spend * 10, 1000, back=back)]
    facts += ads(500, 0, back=len(weeks))

    card = add_signals(scored(facts, weeks=len(weeks) + 1), SignalRules(), ())
    signal = series_of_shop(card).signal

    assert signal is not None
    assert signal.points == len(weeks) - 1
    assert signal.limits is not None
    assert signal.outside is None


def test_a_week_that_a_past_meeting_saw_as_worse_than_any_target_is_so_again() -> None:
    past = PastValue(
        kpi=KpiId("it"),
        week_end=Week(end=SUNDAY).back(1).end,
        value=None,
        level=175,
        denominator=0,
    )

    card = with_past_values(scored(ads(10, 100), weeks=2), [past])

    assert series_of_shop(card).readings[-2] == Reading(
        week_end=past.week_end,
        value=None,
        numerator=175,
        denominator=0,
        is_remembered=True,
        is_worse_than_any_target=True,
    )


def test_the_mark_of_a_reduced_report_and_this_one_do_not_exclude_each_other() -> None:
    reading = Reading(week_end=SUNDAY, value=None, is_worse_than_any_target=True, is_reduced=True)

    assert KpiSeries(kpi=KpiId("it"), readings=(reading,)).status is TargetStatus.OFF_TARGET
