"""Overlapping kinds of reports: which one takes precedence, and where they disagree."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import FileReading, read_folder
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.source_precedence import ReconciledFacts, reconcile
from facilitator.domain.kpis.disagreement import describe_disagreement
from facilitator.domain.kpis.facts import Currency, Fact, Marketplace, Measure, Source

NOV = date(2026, 11, 1).toordinal() - 1
SALES = Measure("ad_sales")


def fact(file: str, last: int, amount: float, *, first: int = 0, currency: str = "USD") -> Fact:
    return Fact(
        day=date.fromordinal(NOV + last),
        first_day=date.fromordinal(NOV + first) if first else None,
        marketplace=Marketplace("US"),
        measure=SALES,
        amount=amount,
        currency=Currency(currency),
        source=file,
    )


def reconcile_reports(
    **kinds: Sequence[tuple[int, float] | tuple[int, int, float]],
) -> ReconciledFacts:
    """Reconcile one file for each kind, with amounts of days, or from a first to a last day."""
    readings = []
    for name, amounts in kinds.items():
        file = f"{name}.csv"
        facts = [
            fact(file, each[-2], each[-1], first=each[0] if len(each) == 3 else 0)
            for each in amounts
        ]
        source = Source(file=file, kind=name.replace("_", "-"))
        readings.append(FileReading(source=source, facts=tuple(facts)))
    return reconcile(readings, packaged_report_types())


def kept_amounts(reconciled: ReconciledFacts) -> dict[tuple[str, int], float]:
    return {(each.source, each.day.toordinal() - NOV): each.amount for each in reconciled.facts}


def daily(amount: float, *, days: range = range(1, 15)) -> list[tuple[int, float]]:
    return [(day, amount) for day in days]


def test_the_more_complete_kind_takes_precedence_day_by_day() -> None:
    reconciled = reconcile_reports(campaign=[(1, 9.0)], advertised_product=[(1, 8.0), (2, 7.0)])

    assert kept_amounts(reconciled) == {
        ("campaign.csv", 1): 9.0,
        ("advertised_product.csv", 2): 7.0,
    }
    assert [each.translate() for each in reconciled.problems] == [
        "advertised_product.csv: campaign.csv is more complete for these days, so it was used "
        "instead."
    ]


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("erp_search_term", "search_term"),
        ("search_term", "erp_campaign"),
        ("erp_campaign", "targeting"),
        ("targeting", "advertised_product"),
        ("advertised_product", "placement"),
        ("placement", "campaign"),
    ],
)
def test_ads_reports_take_precedence_by_completeness(lower: str, higher: str) -> None:
    reconciled = reconcile_reports(**{lower: [(1, 1.0)], higher: [(1, 2.0)]})

    assert kept_amounts(reconciled) == {(f"{higher}.csv", 1): 2.0}


def test_a_week_in_one_row_is_not_counted_beside_its_days() -> None:
    week_believed = reconcile_reports(
        campaign=[(2, 8, 70.0)], search_term=daily(9.0, days=range(1, 9))
    )
    days_believed = reconcile_reports(
        campaign=daily(10.0, days=range(2, 9)), search_term=[(2, 8, 63.0)]
    )

    assert kept_amounts(week_believed) == {("campaign.csv", 8): 70.0, ("search_term.csv", 1): 9.0}
    assert sum(kept_amounts(days_believed).values()) == 70.0


def test_a_week_partly_covered_by_a_better_kind_is_left_out_with_a_problem() -> None:
    reconciled = reconcile_reports(campaign=[(8, 10.0)], search_term=[(2, 8, 63.0)])

    assert kept_amounts(reconciled) == {("campaign.csv", 8): 10.0}
    assert "2026-11-02 to 2026-11-08" in reconciled.problems[0].translate()


def test_kinds_of_equal_rank_add_up() -> None:
    reconciled = reconcile_reports(returns=[(1, 5.0)], seller_returns=[(1, 6.0)])

    assert sum(kept_amounts(reconciled).values()) == 11.0
    assert (reconciled.problems, reconciled.disagreements) == ((), ())


def test_agreement_within_the_tolerance_is_not_reported() -> None:
    reconciled = reconcile_reports(campaign=daily(100.0), advertised_product=daily(96.0))

    assert reconciled.disagreements == ()


def test_a_disagreement_has_both_amounts_for_the_days_that_both_files_cover() -> None:
    reconciled = reconcile_reports(
        campaign=daily(100.0), advertised_product=daily(90.0, days=range(8, 20))
    )

    (found,) = reconciled.disagreements
    assert (found.first_day, found.last_day) == (date(2026, 11, 8), date(2026, 11, 14))
    assert (found.believed.kind, found.believed.amount) == ("campaign", 700.0)
    assert (found.other.kind, found.other.files, found.other.amount) == (
        "advertised-product",
        ("advertised_product.csv",),
        630.0,
    )
    assert (found.currency, found.is_expected) == ("USD", False)
    assert (
        describe_disagreement(found)
        .translate()
        .startswith(
            "ad sales in US, 2026-11-08 – 2026-11-14: campaign.csv says 700.00 USD, "
            "advertised_product.csv says 630.00 USD. The Campaign Report counts"
        )
    )


def test_one_week_that_differs_is_not_hidden_by_many_that_do_not() -> None:
    other = [(day, 50.0 if day > 49 else 100.0) for day in range(1, 57)]

    (found,) = reconcile_reports(
        campaign=daily(100.0, days=range(1, 57)), advertised_product=other
    ).disagreements

    assert (found.first_day.toordinal() - NOV, found.last_day.toordinal() - NOV) == (50, 56)


def test_consecutive_weeks_that_differ_are_reported_together() -> None:
    other = [(day, 50.0 if day > 42 else 100.0) for day in range(1, 57)]

    (found,) = reconcile_reports(
        campaign=daily(100.0, days=range(1, 57)), advertised_product=other
    ).disagreements

    assert (found.first_day.toordinal() - NOV, found.last_day.toordinal() - NOV) == (43, 56)


def test_a_row_across_two_weeks_is_compared_as_a_whole() -> None:
    windows = [(1, 5, 50.0), (6, 12, 70.0)]

    assert reconcile_reports(campaign=daily(10.0), advertised_product=windows).disagreements == ()


def test_stock_is_compared_by_snapshot_and_not_added_up_over_days() -> None:
    (found,) = reconcile_reports(
        inventory_health=daily(100.0, days=range(1, 8)),
        unsuppressed_inventory=daily(50.0, days=range(1, 8)),
    ).disagreements

    assert (found.believed.amount, found.other.amount) == (100.0, 50.0)
    assert (found.first_day, found.last_day) == (date(2026, 11, 7), date(2026, 11, 7))


def test_only_search_terms_that_add_up_to_less_are_explained() -> None:
    (less,) = reconcile_reports(campaign=daily(100.0), search_term=daily(80.0)).disagreements
    (more,) = reconcile_reports(campaign=daily(100.0), search_term=daily(120.0)).disagreements

    assert (less.is_expected, more.is_expected) == (True, False)
    assert (
        describe_disagreement(less)
        .translate()
        .endswith(
            "search terms that had a click, and not all of those. A smaller sum is therefore "
            "normal."
        )
    )


def test_amounts_in_different_currencies_are_not_compared() -> None:
    readings = [
        FileReading(
            source=Source(file=kind, kind=kind), facts=(fact(kind, 1, 9.0, currency=currency),)
        )
        for kind, currency in (("campaign", "USD"), ("placement", "EUR"))
    ]

    assert reconcile(readings, packaged_report_types()).disagreements == ()


def test_different_accounts_are_not_compared_but_add_up(tmp_path: Path) -> None:
    head = "Currency,Date,Campaign Name,Clicks,Spend,7 Day Total Sales"
    for account, extra in (("account-one", ""), ("account-two", "Placement")):
        (tmp_path / account).mkdir()
        (tmp_path / account / "US.csv").write_text(
            f"{head},{extra}\nUSD,2026-11-16,A,5,5.00,9,Top\n", encoding="utf-8"
        )

    data = read_folder(tmp_path)

    assert {source.kind for source in data.sources} == {"campaign", "placement"}
    assert sum(each.amount for each in data.facts if each.measure == "ad_clicks") == 10
    assert data.disagreements == ()


def test_a_file_may_be_called_anything() -> None:
    readings = [
        FileReading(source=Source(file=file, kind=kind), facts=(fact(file, 1, amount),))
        for file, kind, amount in (("{x}.csv", "campaign", 9.0), ("{y!r}.csv", "placement", 1.0))
    ]

    (found,) = reconcile(readings, packaged_report_types()).disagreements

    assert (
        "{x}.csv says 9.00 USD, {y!r}.csv says 1.00 USD" in describe_disagreement(found).translate()
    )
