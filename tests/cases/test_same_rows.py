"""Which file is newer, and which rows of two files are the same."""

import os
from datetime import UTC, datetime

import pytest

from tests.cases.exports import (
    STRANDED,
    STRANDED_ROW,
    SUMMARY,
    ads,
    business,
    campaigns,
    child,
    inventory,
    lines,
    orders,
    returns,
    workbook,
)
from tests.cases.workbench import DAYS, Workbench, left_out, total

OLD = ads(sales="80.00")
NEW = ads(sales="125.00", orders=5)
WHOLE_DAY = (175.0, 875.0)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("search-term 28-11-2026.csv", "search-term 02-12-2026.csv"),
        ("search-term 11-28-2026.csv", "search-term 12-02-2026.csv"),
        ("search-term 28.11.2026.csv", "search-term 2.12.2026.csv"),
        ("search-term 20261128.csv", "search-term 20261202.csv"),
        ("search-term 2026-11-30.csv", "search-term 2026-12-01.csv"),
        ("search-term 30 Nov 2026.csv", "search-term 1 Dec 2026.csv"),
        ("report (2).csv", "report (10).csv"),
        ("report (9).csv", "report (10).csv"),
        ("report.csv", "report (1).csv"),
        ("report.csv", "report - Copy.csv"),
        ("report - Copy.csv", "report - Copy (2).csv"),
        ("report.csv", "report - 副本.csv"),
        ("report.csv", "report 副本.csv"),
        ("report - 副本.csv", "report - 副本 (2).csv"),
    ],
)
def test_names_tell_which_file_is_newer(bench: Workbench, older: str, newer: str) -> None:
    bench.make({f"US/{older}": OLD, f"US/{newer}": NEW})
    late = (bench.folder / "data" / "US" / newer).stat().st_mtime
    os.utime(bench.folder / "data" / "US" / older, (late + 7, late + 7))  # copied about since

    answer = bench.kpi()

    assert answer.sums("acos", "US") == WHOLE_DAY
    said = answer.said(f"US/{older}") + answer.said(f"US/{newer}")
    assert "newer" in said


@pytest.mark.parametrize("newer", ["US/a.csv", "US/b.csv"])
def test_the_time_of_the_file_decides_where_nothing_else_does(bench: Workbench, newer: str) -> None:
    older = "US/b.csv" if newer == "US/a.csv" else "US/a.csv"
    bench.make({older: OLD, newer: NEW})
    late = (bench.folder / "data" / older).stat().st_mtime + 7
    os.utime(bench.folder / "data" / newer, (late, late))

    assert bench.kpi().sums("acos", "US") == WHOLE_DAY


@pytest.mark.parametrize("newer", ["US/a.csv", "US/b.csv"])
def test_the_last_day_of_a_file_comes_before_its_name(bench: Workbench, newer: str) -> None:
    older = "US/b.csv" if newer == "US/a.csv" else "US/a.csv"
    bench.make({older: ads(DAYS[:6], sales="80.00"), newer: ads(sales="125.00", orders=5)})
    late = (bench.folder / "data" / newer).stat().st_mtime + 7
    os.utime(bench.folder / "data" / older, (late, late))

    assert bench.kpi().sums("acos", "US") == WHOLE_DAY


def test_what_a_report_says_of_its_age_comes_first(bench: Workbench) -> None:
    shipped = ("1", "2026-11-18", "2026-11-22", "Shipped", "Amazon.com", 30)
    pending = ("1", "2026-11-18", "2026-11-18", "Pending", "Amazon.com", 20)
    bench.make(
        {"US/orders 2026-11-19.txt": orders(shipped), "US/orders 2026-11-23.txt": orders(pending)}
    )
    late = (bench.folder / "data/US/orders 2026-11-23.txt").stat().st_mtime + 70
    os.utime(bench.folder / "data/US/orders 2026-11-23.txt", (late, late))

    fields = bench.kpi()

    assert fields.series("order_growth", "US")["numerator"] == 1.0
    assert "US/orders 2026-11-23.txt" in fields.files or fields.files


def test_names_tell_which_is_newer_though_the_files_are_older_than_their_days(
    bench: Workbench,
) -> None:
    bench.make({"US/st.csv": OLD, "US/st (1).csv": NEW})
    for number, name in enumerate(("st (1).csv", "st.csv")):
        moment = datetime(2026, 11, 18 + number, tzinfo=UTC).timestamp()
        os.utime(bench.folder / "data/US" / name, (moment, moment))

    assert bench.kpi().sums("acos", "US") == WHOLE_DAY


RENAMED = {
    "campaign": (ads(campaign="Press Auto"), ads(campaign="Press Auto 2026")),
    "ad group": (ads(group="G1"), ads(group="Group one")),
    "portfolio": (ads(portfolio="Not grouped"), ads(portfolio="Kitchen")),
    "all names": (
        ads(campaign="A", group="A", portfolio="A"),
        ads(campaign="B", group="B", portfolio="B"),
    ),
    "letter case": (ads(match="EXACT", campaign="press"), ads(match="exact", campaign="Press")),
    "zh": (ads(match="BROAD"), ads(match="广泛匹配")),
    "zh exact": (ads(match="EXACT"), ads(match="精准匹配")),
    "zh of a tool": (ads(match="EXACT"), ads(match="精确匹配")),
    "de": (ads(match="BROAD"), ads(match="Weitgehend")),
    "de exact": (ads(match="EXACT"), ads(match="Exakt")),
    "ja": (ads(match="EXACT"), ads(match="完全一致")),
    "no match type": (ads(match="-"), ads(match="")),
    "ja phrase": (ads(match="PHRASE"), ads(match="フレーズ一致")),
}


@pytest.mark.parametrize("change", RENAMED)
def test_what_people_and_consoles_change_does_not_make_a_row_another(
    bench: Workbench, change: str
) -> None:
    older, newer = RENAMED[change]
    bench.make({"US/st-2026-11-22.csv": older, "US/st-2026-11-23.csv": newer})

    assert bench.kpi().sums("acos", "US") == (175.0, 700.0)


def test_a_renamed_campaign_of_a_campaign_report_is_the_same(bench: Workbench) -> None:
    bench.make(
        {
            "US/campaign-2026-11-22.csv": campaigns(name="Old", portfolio="P"),
            "US/campaign-2026-11-23.csv": campaigns(name="New", portfolio="Q"),
        }
    )
    assert bench.kpi().sums("acos", "US") == (175.0, 700.0)


@pytest.mark.parametrize(
    "placement",
    [
        "TOP OF SEARCH ON-AMAZON",
        "Top of search (first page)",
        "Suchergebnisse oben auf Amazon",
        "亚马逊搜索结果顶部（首页）",
        "検索結果のトップ（最初のページ）",
        "Haut des résultats de recherche (première page)",
        "Parte superior de los resultados de búsqueda (primera página)",
    ],
)
def test_placements_are_the_same_in_any_language(bench: Workbench, placement: str) -> None:
    head = "Date,Campaign Name,Bidding strategy,Placement,Currency,Impressions,Clicks,Spend,Sales"
    row = "2026-11-18,C,Fixed,{},USD,1000,50,25.00,100.00"
    bench.make(
        {
            "US/placement-2026-11-22.csv": lines(head, row.format("Top of Search on-Amazon")),
            "US/placement-2026-11-23.csv": lines(head, row.format(placement)),
        }
    )
    assert bench.kpi().sums("acos", "US") == (25.0, 100.0)


def test_placements_that_differ_add_up_in_every_language(bench: Workbench) -> None:
    head = "Date,Campaign Name,Bidding strategy,Placement,Currency,Impressions,Clicks,Spend,Sales"
    english = ("Top of Search on-Amazon", "Detail Page on-Amazon", "Other on-Amazon", "Off Amazon")
    chinese = ("搜索结果首页顶部", "商品页面", "搜索结果的其余位置", "站外")
    bench.make(
        {
            f"US/placement-2026-11-{day}.csv": lines(
                head, *(f"2026-11-18,C,Fixed,{each},USD,1000,50,25.00,100.00" for each in said)
            )
            for day, said in ((22, english), (23, chinese))
        }
    )
    assert bench.kpi().sums("acos", "US") == (100.0, 400.0)


def test_a_later_business_report_replaces_its_days(bench: Workbench) -> None:
    bench.make(
        {
            "US/business-2026-11-22.csv": business(units=8),
            "US/business-2026-11-23.csv": business(units=10),
        }
    )
    assert bench.kpi().sums("cvr", "US") == (70.0, 700.0)


def test_two_campaigns_of_two_files_add_up(bench: Workbench) -> None:
    bench.make(
        {
            "US/exact-2026-11-22.csv": ads(campaign="A", term="mug"),
            "US/broad-2026-11-23.csv": ads(campaign="B", term="press", spend="30", sales="90"),
        }
    )
    assert bench.kpi().sums("acos", "US") == (385.0, 1330.0)


def rows_of(*texts: str) -> str:
    """Return the rows of several exports below one header."""
    first, *more = texts
    return first + "".join(text.split("\n", 1)[1] for text in more)


def test_where_most_rows_were_renamed_the_newer_file_replaces_the_day(bench: Workbench) -> None:
    older = rows_of(*(ads(term=term, campaign="Old") for term in ("a", "b", "c")))
    newer = rows_of(*(ads(term=term, campaign="New", sales="110.00") for term in ("a", "b")))
    bench.make({"US/st-2026-11-22.csv": older, "US/st-2026-11-23.csv": newer})

    assert bench.kpi().sums("acos", "US") == (350.0, 1540.0)


def test_a_row_that_only_the_older_file_has_adds_up(bench: Workbench) -> None:
    older = rows_of(*(ads(term=term) for term in ("a", "b", "c")))
    newer = rows_of(*(ads(term=term, sales="110.00") for term in ("a", "b")))
    bench.make({"US/st-2026-11-22.csv": older, "US/st-2026-11-23.csv": newer})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (525.0, 7 * (110.0 + 110.0 + 100.0))


def test_where_few_rows_match_each_counts_once_and_the_rest_adds_up(bench: Workbench) -> None:
    older = rows_of(*(ads(term=term) for term in ("a", "b", "c", "d", "e")))
    newer = rows_of(*(ads(term=term, sales="110.00") for term in ("a", "x")))
    bench.make({"US/st-2026-11-22.csv": older, "US/st-2026-11-23.csv": newer})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (1050.0, 4 * 700.0 + 2 * 770.0)
    assert "filter" in answer.said("US/st-2026-11-23.csv").casefold()


def test_a_return_is_known_by_order_plate_and_sku(bench: Workbench) -> None:
    older = returns(("2026-11-17", "111-1", "A", 1, "Unit returned", "LPN1"))
    newer = returns(
        ("2026-11-17", "111-1", "A", 1, "Repackaged Successfully", "LPN1"),
        ("2026-11-18", "111-2", "A", 1, "Unit returned", "LPN2"),
    )
    bench.make(
        {
            "US/business.csv": business(),
            "US/returns-2026-11-22.txt": older,
            "US/returns-2026-11-23.txt": newer,
        }
    )
    assert bench.kpi().sums("return_rate", "US") == (2.0, 70.0)


def test_a_product_is_known_by_its_child_asin(bench: Workbench) -> None:
    older = child(*((day, "B0PARENT01", "B0CHILD0001", "A", 100, 10) for day in DAYS))
    newer = child(*((day, "B0PARENT02", "B0CHILD0001", "A-NEW", 100, 12) for day in DAYS))
    bench.make({"US/child-2026-11-22.csv": older, "US/child-2026-11-23.csv": newer})

    assert bench.kpi().sums("cvr", "US") == (84.0, 700.0)


def test_the_later_status_of_an_order_counts(bench: Workbench) -> None:
    bench.make(
        {
            "US/orders-2026-11-20.txt": orders(
                ("1", "2026-11-16", "2026-11-16", "Pending", "Amazon.com", ""),
                ("2", "2026-11-17", "2026-11-17", "Pending", "Amazon.com", ""),
            ),
            "US/orders-2026-11-23.txt": orders(
                ("1", "2026-11-16", "2026-11-18", "Shipped", "Amazon.com", 20),
                ("2", "2026-11-17", "2026-11-18", "Cancelled", "Amazon.com", ""),
                ("3", "2026-11-18", "2026-11-18", "Shipped", "Amazon.com", 20),
            ),
        }
    )
    assert bench.kpi().series("order_growth", "US")["numerator"] == 2.0


def test_a_pending_order_without_a_price_counts_and_is_told(bench: Workbench) -> None:
    rows = orders(
        ("1", "2026-11-16", "2026-11-16", "Shipped", "Amazon.com", 20),
        ("2", "2026-11-17", "2026-11-17", "Pending", "Amazon.com", ""),
    )
    bench.make({"US/orders.txt": rows})

    answer = bench.kpi()

    assert answer.series("order_growth", "US")["numerator"] == 2.0
    assert "price" in answer.said("US/orders.txt")
    assert total(bench.inspected("US/orders.txt"), "ordered_sales") == 20.0
    assert answer.errors("US/orders.txt") == 0


def test_equal_bytes_of_two_shops_count_twice(bench: Workbench) -> None:
    rows = returns(("2026-11-17", "111-1", "A", 1, "Unit returned", "LPN1"))
    bench.make(
        {
            "US/business.csv": business(),
            "CA/business.csv": business(),
            "US/returns.txt": rows,
            "CA/returns.txt": rows,
        },
        "US",
        "CA",
    )
    answer = bench.kpi()

    assert answer.sums("return_rate", "US") == (1.0, 70.0)
    assert answer.sums("return_rate", "CA") == (1.0, 70.0)


def test_equal_bytes_for_the_same_days_count_once(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(), "US/st (1).csv": ads()})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files


def test_equal_stock_of_two_weeks_is_the_stock_of_both(bench: Workbench) -> None:
    stranded = lines(STRANDED, STRANDED_ROW)
    bench.make(
        {
            "US/inv-15.csv": inventory(("2026-11-15", "A", 100, 60, 180)),
            "US/inv-22.csv": inventory(("2026-11-22", "A", 100, 60, 180)),
            "US/stranded-2026-11-15.txt": stranded,
            "US/stranded-2026-11-22.txt": stranded,
            "US/stranded-2026-11-22 (1).txt": stranded,
        }
    )
    assert bench.kpi().history("stranded_share", "US")[-2:] == [12.0, 12.0]


def test_hidden_sheets_are_not_counted_and_told(bench: Workbench) -> None:
    sheets = {"Now": ads(), "Before": ads(campaign="Old", term="mug")}
    bench.make({"US/st.xlsx": workbook(sheets, hidden=("Before",))})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert "Before" in answer.said("US/st.xlsx")
    _code, readings = bench.inspect("US/st.xlsx")
    (hidden,) = filter(None, (left_out(each, "hidden_sheet") for each in readings))
    assert hidden["ad_spend"] == (175.0, 7)


def test_hidden_rows_are_counted_because_filters_are_usual(bench: Workbench) -> None:
    bench.make({"US/st.xlsx": workbook({"Now": ads()}, hidden_rows=(3, 4))})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files == []


TOTALS = {
    "last column": "2026-11-16,2026-11-22,USD,C,G,t,BROAD,,3000,150,175.00,700.00,28,Total",
    "german": "Gesamt,,USD,,,,,,3000,150,175.00,700.00,28,",
    "chinese": "总计,,,,,,,,3000,150,175.00,700.00,28,",
    "japanese": "合計,,,,,,,,3000,150,175.00,700.00,28,",
    "french": "Total général,,,,,,,,3000,150,175.00,700.00,28,",
    "spanish": "2026-11-16,2026-11-22,USD,Total general,,,,,3000,150,175.00,700.00,28,",
    "italian": "2026-11-16,2026-11-22,USD,Totale,,,,,3000,150,175.00,700.00,28,",
    "all filled": "2026-11-16,2026-11-22,USD,Total,Total,Total,Total,Total,3000,150,175,700,28,x",
    "grand total in lower case": "2026-11-16,2026-11-22,USD,grand total,,,,,3000,150,175,700,28,",
    "with a colon": "Total:,,USD,,,,,,3000,150,175.00,700.00,28,",
}


FILLED_TOTAL = "2026-11-16,2026-11-22,USD,Total,Total,Total,Total,Total,2000,100,50.00,200.00,8"
SUMMED = tuple(
    f"2026-11-16,2026-11-22,USD,C,G,t,BROAD,{term},1000,50,25.00,100.00,4" for term in "ab"
)


def test_a_filled_total_of_a_file_that_is_there_twice_is_left_out_of_both(
    bench: Workbench,
) -> None:
    text = lines(SUMMARY, *SUMMED, FILLED_TOTAL)
    bench.make({"US/st.csv": text, "US/st (1).csv": text.replace("BROAD", "Broad")})

    assert bench.kpi().sums("acos", "US") == (50.0, 200.0)


def test_a_filled_total_is_left_out_where_a_row_above_it_is_refused(bench: Workbench) -> None:
    refused = SUMMED[1].replace(",50,", ",?,")
    bench.make({"US/st.csv": lines(SUMMARY, SUMMED[0], refused, FILLED_TOTAL)})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (25.0, 100.0)
    assert answer.errors("US/st.csv") == 1
    assert left_out(bench.inspected("US/st.csv"), "total_row")["ad_spend"] == (50.0, 1)


@pytest.mark.parametrize("kind", TOTALS)
def test_total_rows_are_left_out_wherever_their_label_is(bench: Workbench, kind: str) -> None:
    rows = [
        f"2026-11-16,2026-11-22,USD,C,G,t,BROAD,{term},1000,50,{spend},{sales},{count},x"
        for term, spend, sales, count in (("a", 100, 400, 16), ("b", 50, 200, 8), ("c", 25, 100, 4))
    ]
    text = lines(SUMMARY + ",Note", *rows, TOTALS[kind])
    bench.make({"US/st.csv": text})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert left_out(bench.inspected("US/st.csv"), "total_row")["ad_spend"] == (175.0, 1)
    assert answer.errors("US/st.csv") == 0


@pytest.mark.parametrize("word", ["Subtotal", "小计", "Zwischensumme"])
def test_subtotals_and_their_total_are_total_rows(bench: Workbench, word: str) -> None:
    row = "2026-11-16,2026-11-22,USD,{},{},t,BROAD,{},1000,50,{},{},10"
    rows = (
        row.format("A", "G", "x", 100, 400),
        row.format("A", "G", "y", 20, 60),
        f"2026-11-16,2026-11-22,USD,A,{word},,,,2000,100,120,460,20",
        row.format("B", "G", "z", 30, 90),
        f"2026-11-16,2026-11-22,USD,B,{word},,,,1000,50,30,90,10",
        "Total,,USD,,,,,,3000,150,150,550,30",
    )
    bench.make({"US/st.csv": lines(SUMMARY, *rows)})

    assert bench.kpi().sums("acos", "US") == (150.0, 550.0)
    assert left_out(bench.inspected("US/st.csv"), "total_row")["ad_spend"] == (300.0, 3)


def test_a_search_for_total_is_no_total_row(bench: Workbench) -> None:
    rows = (
        "2026-11-16,2026-11-22,USD,C,G,t,BROAD,a,1000,50,100,400,10",
        "2026-11-16,2026-11-22,USD,C,G,t,BROAD,total,1000,50,30,90,3",
        "2026-11-16,2026-11-22,USD,Total body,G,t,BROAD,b,1000,50,20,60,2",
    )
    answer = bench.make({"US/st.csv": lines(SUMMARY, *rows)}).kpi()

    assert answer.sums("acos", "US") == (150.0, 550.0)


@pytest.mark.parametrize("channel", ["Non-Amazon", "Non-Amazon US", "SI US Prod Marketplace"])
def test_orders_of_other_channels_end_no_command(bench: Workbench, channel: str) -> None:
    first = orders(
        ("1", "2026-11-16", "2026-11-17", "Shipped", "Amazon.com", 10),
        ("2", "2026-11-18", "2026-11-19", "Shipped", channel, ""),
    )
    second = orders(
        ("2", "2026-11-18", "2026-11-20", "Shipped", channel, ""),
        ("3", "2026-11-19", "2026-11-20", "Shipped", "Amazon.com", 10),
        ("1", "2026-11-16", "2026-11-17", "Shipped", "Amazon.com", 10),
    )
    bench.make({"US/orders-a.txt": first, "US/orders-b.txt": second})

    answer = bench.kpi()

    assert answer.series("order_growth", "US")["numerator"] == 2.0
    assert answer.code == 0
