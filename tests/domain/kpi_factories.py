"""Factories of facts and KPIs, and of the scorecard calculated from them."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import ALL, Currency, Fact, Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import (
    Aggregation,
    KpiDefinition,
    KpiId,
    KpiPlan,
    Rates,
    Unit,
    Week,
)
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard

SUNDAY = date(2026, 11, 22)
US, UK, DE, FR = map(Marketplace, ("US", "UK", "DE", "FR"))
USD, GBP, EUR = map(Currency, ("USD", "GBP", "EUR"))
RATES = Rates(base=USD, per_unit=((GBP, 1.25), (EUR, 1.1)))


def kpi(
    numerator: Sequence[str],
    denominator: Sequence[str] = (),
    *,
    counting: Aggregation = Aggregation.SUM,
    scale: float = 1.0,
    growth: bool = False,
) -> KpiDefinition:
    return KpiDefinition(
        id=KpiId("it"),
        name="It",
        group="sales",
        numerator=tuple(numerator),
        denominator=tuple(denominator),
        counting=counting,
        scale=scale,
        growth=growth,
        unit=Unit.RATIO,
    )


ACOS = kpi(["ad_spend"], ["ad_sales"], scale=100)
CVR = kpi(["units_ordered"], ["sessions"], scale=100)
GROWTH = kpi(["order_items"], growth=True, scale=100)
TURNOVER = kpi(["units_shipped_t90"], ["units_available"], counting=Aggregation.LATEST)
BY_HAND = kpi(["bsr_top10_share"], counting=Aggregation.LATEST)


def fact(
    measure: str,
    amount: float,
    *,
    shop: Marketplace = US,
    back: int = 0,
    days_before: int = 0,
    currency: Currency | None = None,
    source: str = "",
) -> Fact:
    return Fact(
        day=SUNDAY - timedelta(weeks=back, days=days_before),
        marketplace=shop,
        measure=Measure(measure),
        amount=amount,
        currency=currency,
        source=source,
    )


def weekly_fact(
    measure: str,
    amount: float,
    *,
    shop: Marketplace = US,
    back: int = 0,
    currency: Currency | None = None,
) -> Fact:
    """An amount that covers a week, as an export of seven days does."""
    daily = fact(measure, amount, shop=shop, back=back, currency=currency)
    return replace(daily, first_day=daily.day - timedelta(days=6))


def score_facts(
    facts: Sequence[Fact],
    definition: KpiDefinition,
    *,
    shops: Sequence[Marketplace] = (US,),
    weeks: int = 1,
    rates: Rates | None = None,
    plans: Sequence[KpiPlan] = (KpiPlan(kpi=KpiId("it")),),
) -> Scorecard:
    """Return the scorecard of these facts, for an agenda with the KPI."""
    return calculate_scorecard(
        PreparedData(facts=tuple(facts)),
        (definition,),
        plans,
        week=Week(end=SUNDAY),
        weeks=weeks,
        marketplaces=shops,
        rates=rates,
    )


def series_of_shop(scorecard: Scorecard, shop: Marketplace = ALL) -> KpiSeries:
    series = scorecard.one(KpiId("it"), shop)
    assert series is not None
    return series
