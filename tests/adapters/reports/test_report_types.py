"""Business reports, stock, returns and the team's own files."""

from collections.abc import Callable
from datetime import date

import pytest

from facilitator.adapters.reports import FileReading
from facilitator.domain.kpis.facts import ALL

Read = Callable[..., FileReading]

CHILD = (
    "(Parent) ASIN,(Child) ASIN,Sessions – Total,Page views – Total,Units ordered,"
    "Ordered Product Sales\n"
)
CHILD_ROW = 'B0P,B0C,"1,000","2,000",30,"$1,500.50"\n'


def amounts(reading: FileReading) -> dict[str, float]:
    return {each.measure: each.amount for each in reading.totals}


def said(reading: FileReading) -> str:
    return "\n".join(problem.translate() for problem in reading.problems)


@pytest.mark.parametrize(
    "name",
    [
        "US_2026-11-16_2026-11-22.csv",
        "US business 20261116-20261122.csv",
        "US_2026-W47.csv",
        "US_2026-11-22.csv",
        "BusinessReport-US-2026-11-16_2026-11-22.csv",
    ],
)
def test_a_business_report_by_product_takes_its_days_from_the_files_name(
    read: Read, name: str
) -> None:
    reading = read(CHILD + CHILD_ROW, name)

    assert reading.problems == ()
    assert {fact.day for fact in reading.facts} == {date(2026, 11, 22)}
    assert amounts(reading)["ordered_sales"] == 1500.5


@pytest.mark.parametrize("name", ["BusinessReport-16-07-2025.csv", "BusinessReport-2025-07-16.csv"])
def test_the_day_of_the_download_is_not_the_day_of_the_data(read: Read, name: str) -> None:
    reading = read(CHILD + CHILD_ROW, name, ["US"])

    assert reading.facts == ()
    assert "business-child_US_2026-11-16_2026-11-22.csv" in said(reading)
    assert (reading.source.rows_read, reading.source.rows_refused) == (1, 1)


def test_a_file_name_of_a_month_is_the_window_of_its_rows(read: Read) -> None:
    reading = read(CHILD + CHILD_ROW, "US_2026-11-01_2026-11-30.csv")

    assert {(fact.first_day, fact.day) for fact in reading.facts} == {
        (date(2026, 11, 1), date(2026, 11, 30))
    }
    assert reading.problems == ()


def test_a_business_report_by_date_needs_no_name(read: Read) -> None:
    header = (
        "Date,Ordered Product Sales,Ordered Product Sales - B2B,Units Ordered,"
        "Units Ordered - B2B,Total Order Items,Page Views,Sessions,Buy Box Percentage,"
        "Unit Session Percentage\n"
    )
    rows = (
        '11/16/26,"$1,000.00",$10.00,40,1,38,500,400,90.00%,10%\n11/17/26,$500.00,$0.00,20,'
        "0,19,300,200,80%,10%\n"
    )

    reading = read(header + rows)

    assert reading.problems == ()
    assert amounts(reading)["buy_box_views"] == 690.0
    assert [fact.amount for fact in reading.facts if fact.measure == "units_ordered"] == [40, 20]
    assert [fact.day for fact in reading.facts if fact.measure == "sessions"] == [
        date(2026, 11, 16),
        date(2026, 11, 17),
    ]


def test_the_german_business_report_mixes_its_separators(read: Read) -> None:
    header = (
        "(Übergeordnete) ASIN,(Untergeordnete) ASIN,Titel,Sitzungen – Summe,"
        "Seitenaufrufe – Summe,Bestellte Einheiten,"
        "Durch bestellte Produkte erzielter Umsatz,Zahl der Bestellposten\n"
    )
    row = 'B0P,B0C,Presse,"12,131","17,004",683,"5.255,61\xa0€",668\n'

    reading = read(header + row, "DE_2026-W47.csv")

    assert reading.problems == ()
    assert (amounts(reading)["sessions"], amounts(reading)["ordered_sales"]) == (12131.0, 5255.61)


def test_the_japanese_business_report_has_whole_yen(read: Read) -> None:
    header = (
        "（親）ASIN,（子）ASIN,タイトル,セッション数 - 合計,ページビュー - 合計,"
        "おすすめ出品（おすすめ商品）の獲得率,注文された商品点数,ユニットセッション率,"
        "注文商品の売上額,注文品目総数\n"
    )
    row = 'B0P,B0C,絞り器,"1,200","1,500",99%,30,2.5%,"￥12,345",29\n'

    reading = read((header + row).encode("cp932"), "JP_2026-W47.csv")

    assert reading.problems == ()
    assert amounts(reading)["ordered_sales"] == 12345.0
    assert reading.source.currencies == ("JPY",)


def test_the_chinese_session_percentage_is_not_read_as_anything(read: Read) -> None:
    header = (
        "（父）ASIN,（子）ASIN,会话数 - 总计,转化率 - 总计,页面浏览量 - 总计 ,"
        "已订购商品数量,已订购商品销售额\n"
    )

    reading = read(header + 'B0P,B0C,"1,000",12.02%,"2,000",30,US$10.00\n', "US_2026-W47.csv")

    assert set(amounts(reading)) == {"sessions", "page_views", "units_ordered", "ordered_sales"}
    assert reading.unrecognised == ()


HEALTH = "snapshot-date\tsku\tavailable\tunits-shipped-t30\tmarketplace"


def test_older_age_buckets_are_a_generation_of_their_own(read: Read) -> None:
    header = (
        f"{HEALTH}\tinv-age-0-to-90-days\tinv-age-91-to-180-days\tinv-age-181-to-270-days\t"
        "inv-age-271-to-365-days\tinv-age-365-plus-days\n"
    )

    reading = read(header + "2026-11-22\ta\t30\t10\tUS\t10\t8\t6\t4\t2\n", "health.txt")

    assert amounts(reading)["units_aged_180"] == 12.0
    assert amounts(reading)["units_aged_all"] == 30.0


def test_age_buckets_without_a_complete_generation_give_no_sum(read: Read) -> None:
    header = (
        f"{HEALTH}\tinv-age-0-to-30-days\tinv-age-61-to-90-days\tinv-age-91-to-180-days\t"
        "inv-age-181-to-330-days\tinv-age-331-to-365-days\tinv-age-366-to-455-days\t"
        "inv-age-456-plus-days\n"
    )

    reading = read(header + "2026-11-22\ta\t30\t10\tUS\t1\t1\t1\t3\t2\t1\t1\n", "health.txt")

    assert amounts(reading)["units_aged_180"] == 7.0
    assert "units_aged_all" not in amounts(reading)


def test_returns_count_on_the_day_of_their_shop(read: Read) -> None:
    header = (
        "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\t"
        "fulfillment-center-id\tdetailed-disposition\treason\tstatus\t"
        "license-plate-number\tcustomer-comments\n"
    )
    row = (
        '2026-11-17T05:30:00+00:00\t111\ts\tB0\tX\tKnife 8" blade\t2\tAAA\tSELLABLE\t'
        "UNWANTED\tok\tL\tnull\n"
    )

    assert {fact.day for fact in read(header + row, "returns_US.txt").facts} == {date(2026, 11, 16)}
    assert {fact.day for fact in read(header + row, "returns_DE.txt").facts} == {date(2026, 11, 17)}
    assert amounts(read(header + row, "returns_US.txt")) == {"units_returned": 2.0}


@pytest.mark.parametrize(
    "header",
    [
        "date,asin,rating,reviews_new,negative_new,top_issue\n",
        "日期,asin,评分,新增评论数,新增差评数,主要问题\n",
    ],
)
def test_ratings_are_weighed_by_their_reviews(read: Read, header: str) -> None:
    reading = read(header + "2026-11-20,B0A,4.5,10,1,lid\n2026-11-20,B0B,3,2,1,\n")

    assert amounts(reading) == {"reviews_new": 12.0, "reviews_negative": 2.0, "rating_points": 51.0}
    assert reading.source.kind == "customer-feedback"


@pytest.mark.parametrize(
    "header", ["week_ending,marketplace,kpi,value,note\n", "周结束日,站点,指标,数值,备注\n"]
)
def test_values_kept_by_hand_are_measures_of_their_own_name(read: Read, header: str) -> None:
    rows = (
        "2026-11-22,US,keyword_coverage,62.5%,\n"
        "2026-11-22,全部,bsr_top10_share,61,counted on Sunday\n"
        "2026-11-22,ALL,keyword_coverage,60,\n"
    )

    reading = read(header + rows, "by_hand.csv")

    assert reading.problems == ()
    assert {(fact.marketplace, fact.measure, fact.amount) for fact in reading.facts} == {
        ("US", "keyword_coverage", 62.5),
        (ALL, "bsr_top10_share", 61.0),
        (ALL, "keyword_coverage", 60.0),
    }


def test_a_value_kept_by_hand_twice_is_not_added_up(read: Read) -> None:
    row = "2026-11-22,US,keyword_coverage,62\n"

    reading = read("week_ending,marketplace,kpi,value\n" + row + row)

    assert amounts(reading) == {"keyword_coverage": 62.0}
    assert [problem.place() for problem in reading.problems] == ["row 3, column kpi"]


def test_only_values_kept_by_hand_may_be_for_all_marketplaces(read: Read) -> None:
    reading = read(
        "date,marketplace,asin,rating,reviews_new,negative_new\n2026-11-22,ALL,B0,4,1,0\n"
    )

    assert reading.facts == ()
    assert "Unknown marketplace “ALL”" in said(reading)


def test_a_day_between_two_returns_counts_as_zero(read: Read) -> None:
    header = "return-date\torder-id\tsku\tquantity\tdetailed-disposition\n"
    rows = "2026-11-16T08:00:00+00:00\t1\tA\t2\tSELLABLE\n"
    rows += "2026-11-19T08:00:00+00:00\t2\tA\t1\tDAMAGED\n"

    facts = read(header + rows, "returns_US.txt").facts

    assert [(str(fact.day), fact.amount) for fact in facts] == [
        ("2026-11-16", 2.0),
        ("2026-11-17", 0.0),
        ("2026-11-18", 0.0),
        ("2026-11-19", 1.0),
    ]
