"""Reports that hold far less than the week before."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from facilitator.domain.kpis.facts import Currency, Fact, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.reduced_reports import (
    CountedKinds,
    ReducedReport,
    find_reduced_reports,
    reduced_diagnostics,
)

US, DE = Marketplace("US"), Marketplace("DE")
WEEK = Week(end=date(2026, 11, 22))
KINDS = CountedKinds(
    snapshots=frozenset({"inventory-health"}),
    events=frozenset({"returns", "all-orders"}),
    unsteady=frozenset({"returns"}),
)
SOURCES = tuple(
    Source(file=f"{kind}.csv", kind=kind)
    for kind in ("search-term", "inventory-health", "returns", "all-orders", "business")
)


def facts(
    kind: str, week: Week, rows: int, amount: float = 0.0, *, days: int = 7, place: Marketplace = US
) -> Sequence[Fact]:
    """Return facts of the last days of a week, with so many rows and so much money a day."""
    return [
        Fact(
            day=week.end - timedelta(days=back),
            marketplace=place,
            measure=Measure(name),
            amount=amount or 1.0,
            currency=Currency("USD") if amount and name != "ad_clicks" else None,
            source=f"{kind}.csv",
            rows=rows,
        )
        for back in range(days)
        for name in ("ad_spend", "ad_sales", "ad_clicks")
    ]


def reduced(
    kind: str, before: Sequence[Fact], now: Sequence[Fact], *occasions: Occasion
) -> tuple[ReducedReport, ...]:
    return find_reduced_reports((*before, *now), SOURCES, WEEK, KINDS, occasions)


def test_under_half_of_the_rows_is_told_with_both_numbers() -> None:
    found = reduced(
        "search-term", facts("search-term", WEEK.back(1), 10), facts("search-term", WEEK, 4)
    )

    (told,) = reduced_diagnostics(found)
    assert told.translate() == (
        "search-term.csv: Rows for US this week: 28; the week before: 70. Check that it was "
        "exported for all products and campaigns, without a filter; if so, nothing is wrong with "
        "it."
    )
    assert not told.is_error
    assert found[0].pairs == {("search-term.csv", US)}


def test_under_half_of_all_money_is_told_with_both_amounts() -> None:
    before = facts("search-term", WEEK.back(1), 10, 100.0)

    (told,) = reduced_diagnostics(reduced("search-term", before, facts("search-term", WEEK, 9, 40)))

    assert "ad spend in US this week: 280.00 USD; the week before: 700.00 USD." in told.translate()


def test_less_money_of_one_measure_alone_is_business() -> None:
    now = [
        fact
        for amount, name in ((90.0, "ad_spend"), (10.0, "ad_sales"))
        for fact in facts("search-term", WEEK, 9, amount)
        if fact.measure == name
    ]

    assert reduced("search-term", facts("search-term", WEEK.back(1), 10, 100.0), now) == ()


@pytest.mark.parametrize(("rows", "is_told"), [(4, True), (5, False), (10, False), (40, False)])
def test_half_of_the_rows_is_enough(rows: int, is_told: bool) -> None:
    found = reduced(
        "search-term", facts("search-term", WEEK.back(1), 10), facts("search-term", WEEK, rows)
    )

    assert bool(found) == is_told


def test_one_product_of_ten_in_the_stock_is_told() -> None:
    before = facts("inventory-health", WEEK.back(1), 10, days=1)

    (found,) = reduced("inventory-health", before, facts("inventory-health", WEEK, 1, days=1))

    assert (found.rows, found.rows_before) == (1, 10)


def test_the_latest_stock_of_a_week_is_compared_not_the_sum_of_its_days() -> None:
    before = facts("inventory-health", WEEK.back(1), 10, days=3)

    assert reduced("inventory-health", before, facts("inventory-health", WEEK, 9, days=1)) == ()


def test_a_part_of_the_week_is_not_a_reduced_report() -> None:
    before = facts("search-term", WEEK.back(1), 10)

    assert reduced("search-term", before, facts("search-term", WEEK, 10, days=3)) == ()


def test_a_report_that_is_missing_is_not_a_reduced_one() -> None:
    assert reduced("search-term", facts("search-term", WEEK.back(1), 10), []) == ()


def test_few_rows_say_nothing() -> None:
    before = facts("inventory-health", WEEK.back(1), 5, days=1)

    assert reduced("inventory-health", before, facts("inventory-health", WEEK, 1, days=1)) == ()


def test_less_than_half_of_the_money_in_a_row_a_day_is_told() -> None:
    before = facts("business", WEEK.back(1), 1, 100.0)

    (told,) = reduced("business", before, facts("business", WEEK, 1, 20.0))
    assert (told.measure, told.amount, told.amount_before) == ("ad_spend", 140.0, 700.0)


def test_returns_may_be_few() -> None:
    assert reduced("returns", facts("returns", WEEK.back(1), 50), facts("returns", WEEK, 3)) == ()


def test_events_are_told_only_where_there_were_many() -> None:
    few = reduced("all-orders", facts("all-orders", WEEK.back(1), 10), facts("all-orders", WEEK, 2))
    many = reduced(
        "all-orders", facts("all-orders", WEEK.back(1), 30), facts("all-orders", WEEK, 2)
    )

    assert (len(few), len(many)) == (0, 1)


def test_less_than_in_the_week_of_an_occasion_is_usual() -> None:
    prime = Occasion(first_day=date(2026, 11, 10), last_day=date(2026, 11, 11), what="Prime Day")
    before, now = facts("search-term", WEEK.back(1), 10), facts("search-term", WEEK, 4)

    assert reduced("search-term", before, now, prime) == ()


def test_marketplaces_are_compared_one_by_one() -> None:
    before = [
        *facts("search-term", WEEK.back(1), 10),
        *facts("search-term", WEEK.back(1), 10, place=DE),
    ]
    now = [*facts("search-term", WEEK, 30), *facts("search-term", WEEK, 3, place=DE)]

    assert [each.marketplace for each in reduced("search-term", before, now)] == [DE]
