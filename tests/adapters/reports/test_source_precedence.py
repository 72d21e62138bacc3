"""Overlapping kinds of reports: which one takes precedence, and where they disagree."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.disagreement import describe_disagreement
from facilitator.domain.kpis.facts import Disagreement, Marketplace, PreparedData

NOV = date(2026, 11, 1).toordinal() - 1
ADS = "Currency,Impressions,Clicks,Spend,7 Day Total Sales "
AD = "USD,0,0,0,{amount}"
ERP = "曝光量,点击,花费-本币,广告销售额-本币"
HEADS = {
    "campaign": (f"Campaign Name,Bidding strategy,{ADS}", f"C,Fixed,{AD}"),
    "placement": (f"Campaign Name,Bidding strategy,Placement,{ADS}", f"C,Fixed,Top,{AD}"),
    "advertised_product": (f"Campaign Name,Advertised SKU,{ADS}", f"C,S,{AD}"),
    "targeting": (f"Campaign Name,Targeting,{ADS}", f"C,kw,{AD}"),
    "search_term": (f"Campaign Name,Customer Search Term,{ADS}", f"C,mug,{AD}"),
    "erp_campaign": (f"广告活动,币种,{ERP}", "C,USD,0,0,0,{amount}"),
    "erp_search_term": (f"广告活动,用户搜索词,币种,{ERP}", "C,mug,USD,0,0,0,{amount}"),
    "returns": ("order-id,detailed-disposition,quantity", "{number},SELLABLE,{amount:.0f}"),
    "seller_returns": (
        "Order ID,Return Reason,Amazon RMA ID,Return quantity",
        "{number},CR-DEFECTIVE,{number},{amount:.0f}",
    ),
    "inventory_health": (
        "sku,available,units-shipped-t30,unfulfillable-quantity",
        "S,{amount:.0f},0,0",
    ),
    "unsuppressed_inventory": (
        "sku,afn-fulfillable-quantity,afn-warehouse-quantity,afn-unsellable-quantity",
        "S,{amount:.0f},0,0",
    ),
}
"""By kind, the columns beside the days, and their cells."""
DAYS = {
    "returns": "return-date",
    "seller_returns": "Return request date",
    "inventory_health": "snapshot-date",
    "unsuppressed_inventory": "snapshot-date",
    "erp_campaign": "日期",
    "erp_search_term": "日期",
}
MEASURES = frozenset({"ad_sales", "units_returned", "units_available"})
Amount = tuple[int, float] | tuple[int, int, float]


def write_report(file: Path, kind: str, amounts: Sequence[Amount]) -> None:
    """Write a report with the amounts of days, or from a first to a last day."""
    head, cells = HEADS[kind]
    rows = [
        f"{_days(each)},{cells.format(amount=each[-1], number=number)}"
        for number, each in enumerate(amounts)
    ]
    is_window = len(amounts[0]) == 3
    first = "Start Date,End Date" if is_window else DAYS.get(kind, "Date")
    text = "\n".join([f"{first},{head}", *rows, ""])
    file.write_text(text, encoding="utf-8")


def _days(amount: Amount) -> str:
    return ",".join(str(date.fromordinal(NOV + int(day))) for day in amount[:-1])


def read_reports(folder: Path, **kinds: Sequence[Amount]) -> PreparedData:
    """Read one file for each kind, all of the only marketplace."""
    for file in folder.glob("*.csv"):
        file.unlink()
    for kind, amounts in kinds.items():
        write_report(folder / f"{kind}.csv", kind, amounts)
    return read_folder(folder, (Marketplace("US"),))


def kept_amounts(data: PreparedData) -> dict[tuple[str, int], float]:
    """Return the amounts that count by file and last day."""
    return {
        (each.source, each.day.toordinal() - NOV): each.amount
        for each in data.facts
        if each.measure in MEASURES
    }


def disagreements(data: PreparedData) -> tuple[Disagreement, ...]:
    return tuple(each for each in data.disagreements if each.measure in MEASURES)


def daily(amount: float, *, days: range = range(1, 15)) -> list[tuple[int, float]]:
    return [(day, amount) for day in days]


def test_the_more_complete_kind_takes_precedence_day_by_day(tmp_path: Path) -> None:
    data = read_reports(tmp_path, campaign=[(4, 9.0)], advertised_product=[(4, 8.0), (5, 7.0)])

    assert kept_amounts(data) == {
        ("campaign.csv", 4): 9.0,
        ("advertised_product.csv", 5): 7.0,
    }
    assert [each.translate() for each in data.problems] == [
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
def test_ads_reports_take_precedence_by_completeness(
    tmp_path: Path, lower: str, higher: str
) -> None:
    data = read_reports(tmp_path, **{lower: [(4, 1.0)], higher: [(4, 2.0)]})

    assert kept_amounts(data) == {(f"{higher}.csv", 4): 2.0}


def test_a_week_in_one_row_is_not_counted_beside_its_days(tmp_path: Path) -> None:
    week_believed = read_reports(
        tmp_path, campaign=[(2, 8, 70.0)], search_term=daily(9.0, days=range(1, 9))
    )
    days_believed = read_reports(
        tmp_path, campaign=daily(10.0, days=range(2, 9)), search_term=[(2, 8, 63.0)]
    )

    assert kept_amounts(week_believed) == {("campaign.csv", 8): 70.0, ("search_term.csv", 1): 9.0}
    assert sum(kept_amounts(days_believed).values()) == 70.0


def test_a_week_partly_covered_by_a_better_kind_is_left_out_with_a_problem(tmp_path: Path) -> None:
    data = read_reports(tmp_path, campaign=[(7, 10.0)], search_term=[(2, 8, 63.0)])

    assert kept_amounts(data) == {("campaign.csv", 7): 10.0}
    assert "2026-11-02 to 2026-11-08" in data.problems[0].translate()


def test_kinds_of_equal_rank_add_up(tmp_path: Path) -> None:
    data = read_reports(tmp_path, returns=[(4, 5.0)], seller_returns=[(4, 6.0)])

    assert sum(kept_amounts(data).values()) == 11.0
    assert (data.problems, data.disagreements) == ((), ())


def test_agreement_within_the_tolerance_is_not_reported(tmp_path: Path) -> None:
    data = read_reports(tmp_path, campaign=daily(100.0), advertised_product=daily(96.0))

    assert disagreements(data) == ()


def test_a_disagreement_has_both_amounts_for_the_days_that_both_files_cover(tmp_path: Path) -> None:
    data = read_reports(
        tmp_path, campaign=daily(100.0), advertised_product=daily(90.0, days=range(8, 20))
    )

    (found,) = disagreements(data)
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


def test_one_week_that_differs_is_not_hidden_by_many_that_do_not(tmp_path: Path) -> None:
    other = [(day, 50.0 if day > 49 else 100.0) for day in range(1, 57)]

    (found,) = disagreements(
        read_reports(tmp_path, campaign=daily(100.0, days=range(1, 57)), advertised_product=other)
    )

    assert (found.first_day.toordinal() - NOV, found.last_day.toordinal() - NOV) == (50, 56)


def test_consecutive_weeks_that_differ_are_reported_together(tmp_path: Path) -> None:
    other = [(day, 50.0 if day > 42 else 100.0) for day in range(1, 57)]

    (found,) = disagreements(
        read_reports(tmp_path, campaign=daily(100.0, days=range(1, 57)), advertised_product=other)
    )

    assert (found.first_day.toordinal() - NOV, found.last_day.toordinal() - NOV) == (43, 56)


def test_differences_of_opposite_sign_in_two_weeks_are_told_week_by_week(tmp_path: Path) -> None:
    campaign = [(day, 1.0 if day <= 7 else 3.0) for day in range(1, 15)]
    other = [(day, 3.0 if day <= 7 else 1.0) for day in range(1, 15)]

    (found,) = disagreements(read_reports(tmp_path, campaign=campaign, advertised_product=other))

    assert found.believed.amount == found.other.amount == 28
    assert [(week.believed, week.other) for week in found.weeks] == [(7, 21), (21, 7)]
    assert found.difference == 28
    assert (
        "week by week: campaign.csv says 7.00 USD, 21.00 USD, advertised_product.csv says "
        "21.00 USD, 7.00 USD." in describe_disagreement(found).translate()
    )


def test_a_partial_report_that_says_more_in_one_week_is_no_expected_difference(
    tmp_path: Path,
) -> None:
    search_terms = [(day, 50.0 if day <= 7 else 120.0) for day in range(1, 15)]

    (found,) = disagreements(
        read_reports(tmp_path, campaign=daily(100.0, days=range(1, 15)), search_term=search_terms)
    )

    assert not found.is_expected
    assert "says 700.00 USD, 700.00 USD" in describe_disagreement(found).translate()


def test_a_row_across_two_weeks_is_compared_as_a_whole(tmp_path: Path) -> None:
    windows = [(1, 5, 50.0), (6, 12, 70.0)]

    assert (
        disagreements(read_reports(tmp_path, campaign=daily(10.0), advertised_product=windows))
        == ()
    )


def test_stock_is_compared_by_snapshot_and_not_added_up_over_days(tmp_path: Path) -> None:
    (found,) = disagreements(
        read_reports(
            tmp_path,
            inventory_health=daily(100.0, days=range(1, 8)),
            unsuppressed_inventory=daily(50.0, days=range(1, 8)),
        )
    )

    assert (found.believed.amount, found.other.amount) == (100.0, 50.0)
    assert (found.first_day, found.last_day) == (date(2026, 11, 7), date(2026, 11, 7))


def test_only_search_terms_that_add_up_to_less_are_explained(tmp_path: Path) -> None:
    (less,) = disagreements(read_reports(tmp_path, campaign=daily(100.0), search_term=daily(80.0)))
    (more,) = disagreements(read_reports(tmp_path, campaign=daily(100.0), search_term=daily(120.0)))

    assert (less.is_expected, more.is_expected) == (True, False)
    assert (
        describe_disagreement(less)
        .translate()
        .endswith(
            "search terms that had a click, and not all of those. A smaller sum is therefore "
            "normal."
        )
    )


def test_money_is_compared_in_its_currency_only(tmp_path: Path) -> None:
    for kind, currency, amount in (("campaign", "USD", 9.0), ("placement", "CAD", 1.0)):
        write_report(tmp_path / f"{kind}.csv", kind, [(4, amount)])
        file = tmp_path / f"{kind}.csv"
        file.write_text(file.read_text("utf-8").replace("USD", currency), encoding="utf-8")

    data = read_folder(tmp_path, (Marketplace("US"), Marketplace("CA")))

    assert disagreements(data) == ()


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


def test_a_file_may_be_called_anything(tmp_path: Path) -> None:
    write_report(tmp_path / "{x}.csv", "campaign", [(4, 9.0)])
    write_report(tmp_path / "{y!r}.csv", "placement", [(4, 1.0)])

    (found,) = disagreements(read_folder(tmp_path, (Marketplace("US"),)))

    assert (
        "{x}.csv says 9.00 USD, {y!r}.csv says 1.00 USD" in describe_disagreement(found).translate()
    )
