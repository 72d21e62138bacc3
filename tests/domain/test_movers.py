"""What moved a KPI: effects, their order, and cases without an answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Contribution, Currency, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Week
from facilitator.domain.kpis.movers import (
    Breakdown,
    Issue,
    Mover,
    Ratio,
    own_value,
    top_issues,
    top_movers,
)
from facilitator.domain.kpis.scorecard import KpiSeries, Reading

WEEK = Week(end=date(2026, 11, 22))
BEFORE = WEEK.back(1)
US, DE = Marketplace("US"), Marketplace("DE")
ACOS = KpiDefinition(
    id=KpiId("acos"),
    name="ACoS",
    group="advertising",
    numerator=("ad_spend",),
    denominator=("ad_sales",),
    scale=100.0,
)
GROWTH = KpiDefinition(
    id=KpiId("order_growth"),
    name="Order growth",
    group="sales",
    numerator=("order_items",),
    growth=True,
    scale=100.0,
)


def contribution(
    name: str,
    measure: str,
    before: float,
    now: float,
    *,
    marketplace: Marketplace = US,
    dimension: str = "campaign",
    currency: str | None = None,
) -> tuple[Contribution, ...]:
    """Contributions of a name to a measure, in the previous and in this week."""
    return tuple(
        Contribution(
            dimension=dimension,
            name=name,
            marketplace=marketplace,
            measure=Measure(measure),
            week_end=week.end,
            amount=amount,
            currency=Currency(currency) if currency else None,
        )
        for week, amount in ((BEFORE, before), (WEEK, now))
    )


def series(
    before: tuple[float, float],
    now: tuple[float, float],
    *,
    marketplace: Marketplace = ALL,
    currency: str | None = None,
) -> KpiSeries:
    """The series of a KPI over two weeks, by their sums."""
    return KpiSeries(
        kpi=ACOS.id,
        marketplace=marketplace,
        readings=tuple(
            Reading(
                week_end=week.end,
                value=100.0 * top / bottom,
                numerator=top,
                denominator=bottom,
                currency=Currency(currency) if currency else None,
            )
            for week, (top, bottom) in ((BEFORE, before), (WEEK, now))
        ),
    )


def test_the_effect_of_a_mover_is_the_change_had_only_it_stayed_the_same() -> None:
    contributions = (
        *contribution("exact", "ad_spend", 100, 200),
        *contribution("exact", "ad_sales", 400, 400),
    )

    (mover,) = top_movers(contributions, ACOS, series((300, 1_000), (400, 1_000)))

    assert mover == Mover(
        dimension="campaign",
        name="exact",
        marketplace=US,
        now=Ratio(numerator=200, denominator=400),
        before=Ratio(numerator=100, denominator=400),
        effect=mover.effect,
    )
    assert mover.effect == pytest.approx(10.0)
    assert (own_value(mover.before, ACOS), own_value(mover.now, ACOS)) == (25.0, 50.0)


def test_the_largest_absolute_effects_come_first_in_each_dimension() -> None:
    contributions = (
        *contribution("small", "ad_spend", 10, 11),
        *contribution("down", "ad_spend", 100, 20),
        *contribution("up", "ad_spend", 10, 50),
        *contribution("kettle", "ad_spend", 10, 12, dimension="search_term"),
    )

    found = top_movers(contributions, ACOS, series((500, 1_000), (480, 1_000)), top=2)

    assert [(each.dimension, each.name) for each in found] == [
        ("campaign", "down"),
        ("campaign", "up"),
        ("search_term", "kettle"),
    ]
    assert [each.effect > 0 for each in found] == [False, True, True]


def test_names_without_an_effect_are_left_out() -> None:
    assert not top_movers(
        contribution("same", "ad_spend", 0.1, 0.1), ACOS, series((3, 10), (4, 10))
    )


def test_a_new_campaign_counts_from_zero_and_an_ended_one_to_zero() -> None:
    new, ended = (
        contribution("new", "ad_spend", 0, 50)[1:],
        contribution("ended", "ad_spend", 50, 0)[:1],
    )

    found = top_movers((*new, *ended), ACOS, series((300, 1_000), (300, 1_000)))

    assert [each.name for each in found] == ["ended", "new"]
    assert [each.effect for each in found] == pytest.approx([-5.0, 5.0])


def test_a_measure_without_a_breakdown_is_constant_for_every_name() -> None:
    """TACoS: orders of a shop belong to no campaign."""
    (mover,) = top_movers(
        contribution("broad", "ad_spend", 40, 60), ACOS, series((100, 2_000), (120, 2_000))
    )

    assert mover.effect == pytest.approx(1.0)
    assert own_value(mover.now, ACOS) is None


def test_growth_is_moved_by_the_change_against_the_previous_week() -> None:
    contributions = contribution("B0CX", "order_items", 50, 80, dimension="asin")

    (mover,) = top_movers(contributions, GROWTH, series((100, 90), (130, 100)))

    assert mover.effect == pytest.approx(30.0)


def test_a_marketplace_is_moved_by_its_own_names_only() -> None:
    contributions = (
        *contribution("auto", "ad_spend", 10, 20),
        *contribution("auto", "ad_spend", 10, 40, marketplace=DE),
    )
    both = top_movers(contributions, ACOS, series((100, 1_000), (140, 1_000)))
    german = top_movers(contributions, ACOS, series((50, 500), (80, 500), marketplace=DE))

    assert {each.marketplace for each in both} == {US, DE}
    assert [each.marketplace for each in german] == [DE]
    assert german[0].effect == pytest.approx(6.0)


def test_money_in_another_currency_than_that_of_the_kpi_is_ignored() -> None:
    contributions = (
        *contribution("uk", "ad_spend", 10, 20, currency="GBP"),
        *contribution("jp", "ad_spend", 10, 20, currency="JPY"),
    )
    rates = Rates(base=Currency("USD"), per_unit=((Currency("GBP"), 1.25),))

    (mover,) = top_movers(contributions, ACOS, series((1, 100), (1, 100), currency="USD"), rates)

    assert (mover.name, mover.now.numerator) == ("uk", 25.0)


def test_without_sums_or_a_previous_week_there_are_no_movers() -> None:
    contributions = contribution("exact", "ad_spend", 1, 2)
    whole = series((1, 10), (2, 10))
    by_hand = replace(whole.current, numerator=None, denominator=None)

    assert not top_movers(
        contributions, ACOS, replace(whole, readings=(whole.readings[0], by_hand))
    )
    assert not top_movers(contributions, ACOS, replace(whole, readings=whole.readings[-1:]))
    assert not top_movers(contributions, replace(ACOS, growth=True), whole)


def test_a_file_changed_since_the_scorecard_is_named() -> None:
    one, two = (Source(file=f"{name}.csv", kind="search-term", sha256=name) for name in "ab")
    breakdown = Breakdown(sources=(one, replace(two, sha256="other")))

    assert breakdown.changed((one, two)) == ("b.csv",)


amounts = st.floats(min_value=1.0, max_value=1e4)


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts))
def test_a_single_mover_explains_the_whole_change(
    before: tuple[float, float], now: tuple[float, float]
) -> None:
    contributions = (
        *contribution("all", "ad_spend", before[0], now[0]),
        *contribution("all", "ad_sales", before[1], now[1]),
    )
    whole = series(before, now)
    found = top_movers(contributions, ACOS, whole)

    assert whole.change is not None
    effect = found[0].effect if found else 0.0
    assert effect == pytest.approx(whole.change, rel=1e-9, abs=1e-6)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8))
def test_effects_on_a_sum_add_up_to_its_change(weeks: list[tuple[float, float]]) -> None:
    definition = replace(ACOS, denominator=(), scale=1.0)
    contributions = [
        each
        for place, (before, now) in enumerate(weeks)
        for each in contribution(f"campaign {place}", "ad_spend", before, now)
    ]
    before, now = (sum(amount) for amount in zip(*weeks, strict=True))
    found = top_movers(contributions, definition, series((before, 1), (now, 1)), top=len(weeks))

    assert sum(each.effect for each in found) == pytest.approx(now - before, abs=1e-3)
    assert [abs(each.effect) for each in found] == sorted(
        (abs(each.effect) for each in found), reverse=True
    )


@given(st.permutations(range(12)))
def test_movers_do_not_depend_on_the_order_of_contributions(order: list[int]) -> None:
    contributions = [
        each
        for place in range(3)
        for measure in ("ad_spend", "ad_sales")
        for each in contribution(f"c{place}", measure, 10 + place, 20 - place)
    ]
    whole = series((33, 330), (57, 570))

    assert top_movers([contributions[place] for place in order], ACOS, whole) == top_movers(
        contributions, ACOS, whole
    )


def test_a_part_of_a_week_has_no_movers_because_it_cannot_be_compared() -> None:
    contributions = (
        *contribution("exact", "ad_spend", 100, 200),
        *contribution("exact", "ad_sales", 400, 400),
    )
    whole = series((100, 400), (200, 400))
    part = replace(whole, readings=(whole.readings[0], replace(whole.current, is_partial=True)))

    assert top_movers(contributions, ACOS, whole)
    assert top_movers(contributions, ACOS, part) == ()


def test_what_customers_complain_about_most_comes_first_and_moves_nothing() -> None:
    told = [
        *contribution("thin", "reviews_negative", 9, 1, dimension="top_issue"),
        *contribution("thin", "reviews_negative", 0, 2, dimension="top_issue", marketplace=DE),
        *contribution("late", "reviews_negative", 0, 2, dimension="top_issue"),
        *contribution("none", "reviews_negative", 1, 0, dimension="top_issue"),
        *contribution("late", "reviews_new", 5, 50, dimension="top_issue"),
    ]
    reviews = KpiDefinition(
        id=KpiId("it"), name="it", group="customers", numerator=("reviews_negative",)
    )
    readings = tuple(
        Reading(week_end=week.end, value=5.0, numerator=5.0, denominator=50.0)
        for week in (BEFORE, WEEK)
    )
    total, shop = (
        KpiSeries(kpi=reviews.id, marketplace=place, readings=readings) for place in (ALL, US)
    )

    assert top_issues(told, total) == (
        Issue(text="thin", marketplaces=(DE, US), reviews=3.0),
        Issue(text="late", marketplaces=(US,), reviews=2.0),
    )
    assert [each.text for each in top_issues(told, shop)] == ["late", "thin"]
    assert top_movers(told, reviews, total) == ()
