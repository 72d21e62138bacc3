"""The breakdown by campaign, product and search term adds up to the facts."""

from datetime import date
from pathlib import Path

from facilitator.adapters.reports import read_breakdown, read_folder
from facilitator.domain.kpis.facts import Marketplace, Measure
from facilitator.domain.kpis.kpi import Week

SEARCH = "Date,Customer Search Term,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"
CAMPAIGN = "Date,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"
US = (Marketplace("US"),)
SPEND, CLICKS = Measure("ad_spend"), Measure("ad_clicks")
NOW = Week(end=date(2026, 11, 22))
WEEKS = (NOW, NOW.back(1))

Amounts = dict[tuple[str, str, str, date], float]


def breakdown_of(folder: Path, *measures: Measure) -> Amounts:
    found = read_breakdown(folder, US, measures, WEEKS).contributions
    return {(each.dimension, each.name, each.measure, each.week_end): each.amount for each in found}


def test_sums_are_kept_by_name_and_week(tmp_path: Path) -> None:
    (tmp_path / "search_US.csv").write_text(
        SEARCH
        + "2026-11-22,shoe,A,USD,1,$1.50,9\n2026-11-16,shoe,B,USD,2,$2.00,9\n"
        + "2026-11-15,shoe,A,USD,4,$4.00,9\n2026-11-08,shoe,A,USD,8,$8.00,9\n"
        + "2026-11-16,,A,USD,16,$16.00,9\n"
    )

    assert breakdown_of(tmp_path, SPEND) == {
        ("campaign", "A", "ad_spend", NOW.end): 17.5,
        ("campaign", "B", "ad_spend", NOW.end): 2.0,
        ("campaign", "A", "ad_spend", NOW.back(1).end): 4.0,
        ("search_term", "shoe", "ad_spend", NOW.end): 3.5,
        ("search_term", "shoe", "ad_spend", NOW.back(1).end): 4.0,
    }
    currencies = {
        each.currency for each in read_breakdown(tmp_path, US, [SPEND], WEEKS).contributions
    }
    assert currencies == {"USD"}


def test_sums_of_a_name_come_from_the_most_complete_kind_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "campaign_US.csv").write_text(CAMPAIGN + "2026-11-16,A,USD,10,7,9\n")
    (tmp_path / "search_US.csv").write_text(SEARCH + "2026-11-16,x,A,USD,1,5,9\n")

    assert breakdown_of(tmp_path, SPEND, CLICKS) == {
        ("campaign", "A", "ad_spend", NOW.end): 7.0,
        ("campaign", "A", "ad_clicks", NOW.end): 10.0,
        ("search_term", "x", "ad_spend", NOW.end): 5.0,
        ("search_term", "x", "ad_clicks", NOW.end): 1.0,
    }


def test_rows_in_two_files_count_once(tmp_path: Path) -> None:
    for name, days in (("a_US.csv", (16, 17)), ("b_US.csv", (17, 18))):
        rows = "".join(f"2026-11-{day},x,A,USD,1,5,9\n" for day in days)
        (tmp_path / name).write_text(SEARCH + rows)

    facts = read_folder(tmp_path, US).facts

    assert breakdown_of(tmp_path, SPEND)["campaign", "A", "ad_spend", NOW.end] == 15
    assert sum(fact.amount for fact in facts if fact.measure == SPEND) == 15


def test_the_last_day_of_the_week_counts_for_stock(tmp_path: Path) -> None:
    header = "sku,fnsku,asin,product-name,condition,your-price,afn-fulfillable-quantity,"
    header += "afn-total-quantity,afn-warehouse-quantity\n"
    for day, count in ((16, 5), (20, 7)):
        (tmp_path / f"stock_US_2026-11-{day}.txt").write_text(
            (header + f"S1,X1,B0AAAAAAAA,Shoe,New,1,{count},{count},{count}\n").replace(",", "\t")
        )
    measures = {fact.measure for fact in read_folder(tmp_path, US).facts}

    found = breakdown_of(tmp_path, *measures)

    assert {amount for (dimension, *_), amount in found.items() if dimension == "sku"} == {7}


def test_names_are_reduced_to_one_line(tmp_path: Path) -> None:
    (tmp_path / "search_US.csv").write_text(SEARCH + '2026-11-16,"a\x1b[31m\nb",A,USD,1,5,9\n')

    names = {
        name for dimension, name, *_ in breakdown_of(tmp_path, SPEND) if dimension == "search_term"
    }

    assert all(name.isprintable() for name in names)
    assert len(names) == 1


def test_what_customers_complain_about_is_counted_by_its_words(tmp_path: Path) -> None:
    (tmp_path / "customer_feedback.csv").write_text(
        "date,marketplace,asin,rating,reviews_new,negative_new,top_issue\n"
        "2026-11-22,US,B0FAC00101,4.3,10,2,handle feels thin\n"
        "2026-11-22,US,B0FAC00102,4.5,7,1,handle feels thin\n"
        "2026-11-22,US,B0FAC00103,4.1,2,0,\n"
    )

    found = breakdown_of(tmp_path, Measure("reviews_negative"))
    issues = {key: amount for key, amount in found.items() if key[0] == "top_issue"}
    assert issues == {("top_issue", "handle feels thin", "reviews_negative", NOW.end): 3.0}
