"""Samples of reports that are not about ads: each gives the sums that were calculated by hand."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from facilitator.adapters.reports import FileReading
from tests.adapters.reports.report_reader import read_one_report

FILES = Path(__file__).with_name("files")

Sums = dict[tuple[str, str], float]
"""Return the sums of a reading by measure and marketplace."""


def sums(reading: FileReading) -> Sums:
    return {(each.measure, each.marketplace): each.amount for each in reading.totals}


def named(folder: Path, sample: str, name: str) -> FileReading:
    return read_one_report(Path(copy(FILES / sample, folder / name)))


def in_one_place(place: str, **measures: float) -> Sums:
    return {(measure, place): amount for measure, amount in measures.items()}


@pytest.mark.parametrize(
    ("sample", "name", "kind", "expected"),
    [
        (
            "all_orders.txt",
            "orders.txt",
            "all-orders",
            {
                **in_one_place("US", units_ordered=4, ordered_sales=59.97, order_items=3),
                **in_one_place("UK", units_ordered=1, ordered_sales=18.5, order_items=1),
                **in_one_place("DE", units_ordered=3, ordered_sales=60, order_items=1),
            },
        ),
        (
            "fee_preview_us_2026.txt",
            "fees_2026-07-31.txt",
            "fee-preview",
            in_one_place("US", fee_sales=50, fba_fees=9.6, referral_fees=7.5),
        ),
        (
            "fee_preview_eu_cp1252.txt",
            "fees_2026-07-31.txt",
            "fee-preview",
            {
                **in_one_place("DE", fee_sales=30, fba_fees=7, referral_fees=4.5),
                **in_one_place("UK", fee_sales=17.99, fba_fees=2.9, referral_fees=2.7),
            },
        ),
        (
            "fee_preview_ca.txt",
            "fees_CA_2026-07-31.txt",
            "fee-preview",
            in_one_place("CA", fee_sales=40, fba_fees=8.25, referral_fees=6),
        ),
        (
            "unsuppressed_inventory.txt",
            "stock_2026-07-31.txt",
            "unsuppressed-inventory",
            in_one_place(
                "US",
                units_available=107,
                units_unfulfillable=6,
                units_reserved=15,
                units_all=128,
                units_inbound=64,
            ),
        ),
        (
            "stranded_inventory.txt",
            "stranded_US_2026-07-31.txt",
            "stranded-inventory",
            in_one_place("US", units_stranded=17),
        ),
        ("fba_returns.txt", "returns_US.txt", "returns", in_one_place("US", units_returned=3)),
        (
            "seller_returns.txt",
            "returns_US.txt",
            "seller-returns",
            in_one_place("US", units_returned=3),
        ),
        (
            "seller_feedback.txt",
            "feedback_US.txt",
            "seller-feedback",
            in_one_place("US", feedback_new=2, feedback_points=6, feedback_negative=1),
        ),
        (
            "settlement_v2_flat_24col_cp1252.txt",
            "settlement.txt",
            "settlement",
            in_one_place("US", fee_sales=26),
        ),
        (
            "settlement_v2_de_decimal_comma.txt",
            "settlement_DE.txt",
            "settlement",
            in_one_place(
                "DE",
                fee_sales=1100,
                refunds=50,
                fba_fees=4.2,
                referral_fees=159,
                storage_fees=12.92,
                vat_paid=209,
            ),
        ),
        (
            "brand_analytics_sqp_brand_weekly.csv",
            "sqp_US.csv",
            "search-query-performance",
            in_one_place(
                "US",
                sqp_volume=103_376,
                sqp_impressions_total=2_779_737,
                sqp_impressions_brand=1200,
                sqp_clicks_total=51_000,
                sqp_clicks_brand=90,
                sqp_purchases_total=4100,
                sqp_purchases_brand=12,
            ),
        ),
        (
            "helium10_cerebro.csv",
            "US_AMAZON_cerebro_B0F315F9P2_2026-07-31.csv",
            "cerebro",
            in_one_place("US", keywords_targeted=2, keywords_page_one=1),
        ),
        (
            "sellerboard_daily_de.csv",
            "sellerboard.csv",
            "sellerboard",
            in_one_place(
                "DE",
                ordered_sales=3263,
                units_ordered=101,
                ad_sales=1000,
                ad_units=31,
                ad_spend=460,
                fee_sales=3263,
                fba_fees=505,
                referral_fees=470,
                storage_fees=37,
                vat_paid=510,
            ),
        ),
        (
            "lingxing_products.csv",
            "products_2026-W31.csv",
            "erp-products",
            {
                **in_one_place(
                    "US",
                    units_ordered=40,
                    ordered_sales=1234.5,
                    sessions=500,
                    page_views=800,
                    ad_spend=120.25,
                    ad_sales=600,
                    buy_box_views=760,
                ),
                **in_one_place(
                    "DE",
                    units_ordered=5,
                    ordered_sales=99.95,
                    sessions=60,
                    page_views=100,
                    ad_spend=30,
                    ad_sales=0,
                    buy_box_views=50,
                ),
            },
        ),
    ],
)
def test_a_report_gives_exactly_its_sums(
    tmp_path: Path, sample: str, name: str, kind: str, expected: Sums
) -> None:
    reading = named(tmp_path, sample, name)

    assert (reading.source.kind, reading.problems) == (kind, ())
    assert sums(reading) == expected
    assert reading.source.rows_read == reading.source.rows_kept


def test_the_order_of_month_and_day_is_that_of_the_shop(tmp_path: Path) -> None:
    (tmp_path / "feedback_UK.txt").write_text(
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n03/04/26\t5\tGood\t\t1\tx\n"
    )

    assert {fact.day for fact in read_one_report(tmp_path / "feedback_UK.txt").facts} == {
        date(2026, 4, 3)
    }
    us = named(tmp_path, "seller_feedback.txt", "feedback_US.txt")
    assert {fact.day for fact in us.facts} == {date(2023, 10, 20), date(2023, 10, 21)}


def test_an_order_counts_on_the_day_of_its_shop_and_days_without_one_are_zero(
    tmp_path: Path,
) -> None:
    reading = named(tmp_path, "all_orders.txt", "orders.txt")

    assert [
        (fact.day.day, fact.amount)
        for fact in reading.facts
        if (fact.measure, fact.marketplace) == ("units_ordered", "US")
    ] == [(27, 2), (28, 1), (29, 0), (30, 1)]


def test_a_week_of_searches_counts_on_its_saturday(tmp_path: Path) -> None:
    reading = named(tmp_path, "brand_analytics_sqp_brand_weekly.csv", "sqp_US.csv")

    assert {fact.day for fact in reading.facts} == {date(2026, 7, 11)}
    assert (reading.source.first_day, reading.header_row) == (date(2026, 7, 5), 2)


def test_searches_without_their_first_line_are_dated_by_their_rows(tmp_path: Path) -> None:
    whole = (FILES / "brand_analytics_sqp_brand_weekly.csv").read_text(encoding="utf-8")
    (tmp_path / "sqp_US.csv").write_text(whole.partition("\n")[2], encoding="utf-8")

    reading = read_one_report(tmp_path / "sqp_US.csv")

    assert reading.problems == ()
    assert (reading.source.first_day, reading.source.last_day) == (
        date(2026, 7, 5),
        date(2026, 7, 11),
    )


@pytest.mark.parametrize(
    ("above", "header"),
    [
        (
            '"Marke=[""X""],Woche auswählen=[""Woche 28 | 2026-07-05 - 2026-07-11 2026""]"\n',
            "Suchabfrage,Volumen der Suchabfrage,Eindrücke: Gesamtanzahl,Eindrücke: Markenanzahl,"
            "Klicks: Gesamtanzahl,Klicks: Markenanzahl,Käufe: Gesamtanzahl,Käufe: Markenanzahl,"
            "Eindrücke: Markenanteil %",
        ),
        (
            '报告范围=["每周"]\n选择周=["第 28 周 | 2026/07/05 - 2026/07/11 2026"]\n',
            "搜索查询,搜索查询量,曝光：曝光总量,曝光: 曝光品牌数量,点击量：总次数,"
            "点击量：点击的品牌数,购买：下单总数,购买次数：品牌数量,曝光: 品牌曝光占比 %",
        ),
    ],
)
def test_searches_are_read_in_german_and_chinese_too(
    tmp_path: Path, above: str, header: str
) -> None:
    (tmp_path / "sqp_DE.csv").write_text(
        f"{above}{header}\npresse,1200,9000,30,400,12,20,3,0.33\n", encoding="utf-8"
    )

    reading = read_one_report(tmp_path / "sqp_DE.csv")

    assert (reading.problems, reading.unrecognised) == ((), ())
    assert (reading.source.first_day, reading.source.last_day) == (
        date(2026, 7, 5),
        date(2026, 7, 11),
    )
    assert sums(reading) == in_one_place(
        "DE",
        sqp_volume=1200,
        sqp_impressions_total=9000,
        sqp_impressions_brand=30,
        sqp_clicks_total=400,
        sqp_clicks_brand=12,
        sqp_purchases_total=20,
        sqp_purchases_brand=3,
    )


def test_searches_of_a_month_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sqp_DE.csv").write_text(
        '"Marke=[""X""],Berichtszeitraum=[""Monatlich""],Monat auswählen=[""Juni""]"\n'
        '"Suchabfrage","Volumen der Suchabfrage","Eindrücke: Gesamtanzahl",'
        '"Eindrücke: Markenanzahl","Klicks: Gesamtanzahl","Berichtsdatum"\n'
        '"presse","1200","9000","30","400","2026-06-30"\n',
        encoding="utf-8",
    )

    reading = read_one_report(tmp_path / "sqp_DE.csv")

    assert reading.facts == ()
    assert "does not name a single week" in reading.problems[0].translate()
    assert (reading.source.rows_read, reading.source.rows_refused) == (1, 1)


def test_a_month_of_sellerboard_in_one_row_is_the_window_of_that_month(tmp_path: Path) -> None:
    reading = named(tmp_path, "sellerboard_de_period.csv", "DE.csv")

    assert reading.source.kind == "sellerboard"
    assert {(fact.first_day, fact.day) for fact in reading.facts} == {
        (date(2026, 8, 1), date(2026, 8, 31))
    }
    assert reading.problems == ()
    assert reading.unrecognised == ("DHL Kosten 19,11 pro Paket x 2",)


def test_a_week_of_sellerboard_in_one_row_is_added_up(tmp_path: Path) -> None:
    month = (FILES / "sellerboard_de_period.csv").read_text(encoding="utf-8")
    week = month.replace("01.08.2026", "24.08.2026").replace("31.08.2026", "30.08.2026")
    (tmp_path / "DE.csv").write_text(week, encoding="utf-8")

    reading = read_one_report(tmp_path / "DE.csv")

    assert reading.problems == ()
    assert sums(reading) == in_one_place(
        "DE",
        ordered_sales=64091.83,
        units_ordered=2518,
        ad_sales=24928.5,
        ad_units=1279,
        ad_spend=11586.17,
        fee_sales=64091.83,
        fba_fees=10226,
        referral_fees=9241.78,
        storage_fees=564.72,
        vat_paid=9940.19,
    )


def test_a_profit_and_loss_by_month_is_named_and_refused() -> None:
    (problem,) = read_one_report(FILES / "sellerboard_de_guv_transposed.csv").problems

    assert "SellerBoard Profit & Loss" in problem.translate()
    assert "daily dashboard" in problem.translate()


def test_an_old_settlement_layout_is_named_and_refused(tmp_path: Path) -> None:
    (tmp_path / "old_US.txt").write_text(
        "settlement-id\tcurrency\ttransaction-type\torder-id\tposted-date\tsku\tprice-type\t"
        "price-amount\titem-related-fee-type\titem-related-fee-amount\n"
        "1\tUSD\tOrder\t1\t2026-07-28\tNET-1\tPrincipal\t20.00\tCommission\t-3.00\n"
    )

    (problem,) = read_one_report(tmp_path / "old_US.txt").problems

    assert "Flat File V2" in problem.translate()


def test_personal_data_of_buyers_is_not_read(tmp_path: Path) -> None:
    whole = (FILES / "all_orders.txt").read_text(encoding="utf-8")
    (tmp_path / "orders.txt").write_text(whole.replace("SPRINGFIELD", "=1+1"), encoding="utf-8")

    reading = read_one_report(tmp_path / "orders.txt")

    assert reading.problems == ()
    assert reading.unrecognised == ()


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("unsuppressed_inventory.txt", "stock_US.txt"),
        ("stranded_inventory.txt", "stranded_US.txt"),
        ("fee_preview_us_2026.txt", "fees.txt"),
        ("helium10_cerebro.csv", "cerebro_US.csv"),
    ],
)
def test_a_snapshot_without_a_date_asks_for_one_in_the_file_name(
    tmp_path: Path, sample: str, name: str
) -> None:
    reading = named(tmp_path, sample, name)

    assert reading.facts == ()
    assert "Put the day of the data into the file's name" in reading.problems[0].translate()
    assert "_US_2026-11-22." in reading.problems[0].translate()


def test_a_settlement_without_sales_or_fees_says_so(tmp_path: Path) -> None:
    lines = (FILES / "settlement_v2_flat_24col_cp1252.txt").read_text().splitlines(keepends=True)
    (tmp_path / "US.txt").write_text("".join(lines[:2]))

    reading = read_one_report(tmp_path / "US.txt")

    assert (reading.source.rows_read, reading.source.rows_kept) == (1, 1)
    assert "contains data that can be counted" in reading.problems[0].translate()


def test_a_keyword_without_a_rank_is_a_keyword(tmp_path: Path) -> None:
    (tmp_path / "US_AMAZON_cerebro_B0EXAMPLE1_2026-07-31.csv").write_text(
        "Keyword Phrase,Search Volume,Organic Rank,Sponsored Rank\n"
        "a,1,48,1\nb,1,49,-\nc,1,>306,-\nd,1,N/R,-\ne,1,-,-\nf,1,first,-\n"
    )

    reading = read_one_report(next(tmp_path.iterdir()))

    assert sums(reading) == in_one_place("US", keywords_targeted=5, keywords_page_one=1)
    assert [problem.place() for problem in reading.problems] == ["row 7, column Organic Rank"]


def test_without_stranded_products_there_are_no_stranded_units(tmp_path: Path) -> None:
    header = (FILES / "stranded_inventory.txt").read_text().partition("\n")[0]
    (tmp_path / "stranded_US_2026-07-31.txt").write_text(header + "\n")

    reading = read_one_report(tmp_path / "stranded_US_2026-07-31.txt")

    assert reading.problems == ()
    assert sums(reading) == in_one_place("US", units_stranded=0)
    assert {fact.day for fact in reading.facts} == {date(2026, 7, 31)}


def test_a_report_without_returns_gives_zero_for_each_day_of_its_name(tmp_path: Path) -> None:
    header = (FILES / "fba_returns.txt").read_text().partition("\n")[0]
    for name in ("returns_US_2026-07-20_2026-07-26.txt", "returns_US.txt"):
        (tmp_path / name).write_text(header + "\n")

    reading = read_one_report(tmp_path / "returns_US_2026-07-20_2026-07-26.txt")
    undated = read_one_report(tmp_path / "returns_US.txt")

    assert reading.problems == ()
    assert sums(reading) == in_one_place("US", units_returned=0)
    assert [fact.day.day for fact in reading.facts] == [20, 21, 22, 23, 24, 25, 26]
    (problem,) = undated.problems
    assert problem.translate() == (
        "returns_US.txt: The file has no rows, and its name does not say which days it covers. If "
        "there really was no data, put the days and the marketplace into its name: "
        "returns_US_2026-11-16_2026-11-22.txt."
    )
    assert not problem.is_error


def test_a_list_truncated_in_its_first_row_does_not_count_as_empty(
    tmp_path: Path,
) -> None:
    header, _, rows = (FILES / "fba_returns.txt").read_text().partition("\n")
    path = tmp_path / "returns_US_2026-07-20_2026-07-26.txt"
    path.write_text(f"{header}\n{rows[:20]}")

    assert read_one_report(path).facts == ()


@pytest.mark.parametrize(
    ("channel", "moment", "day"),
    [
        ("Amazon.in", "2026-11-16T18:29:59+00:00", 16),
        ("Amazon.in", "2026-11-16T18:30:00+00:00", 17),
        ("Amazon.com", "2026-11-17T07:59:59.123+00:00", 16),
        ("Amazon.com", "2026-11-17T08:00:01Z", 17),
    ],
)
def test_an_order_counts_on_the_day_in_its_shop_to_the_second(
    tmp_path: Path, channel: str, moment: str, day: int
) -> None:
    header = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tquantity"
    row = f"1\t{moment}\tShipped\t{channel}\tA\tB0A\t2\tUSD\t10.00"
    row = row.replace("USD", "INR") if channel == "Amazon.in" else row
    (tmp_path / "orders.txt").write_text(f"{header}\tcurrency\titem-price\n{row}\n")

    reading = read_one_report(tmp_path / "orders.txt")

    assert {fact.day for fact in reading.facts} == {date(2026, 11, day)}
