"""Business Reports by date, parent and child item, in four languages and two layouts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import FileReading, read_folder
from facilitator.domain.kpis.facts import PreparedData

Read = Callable[..., FileReading]

DAYS = [date(2026, 11, 16), date(2026, 11, 17)]


def sums(reading: FileReading) -> dict[str, float]:
    return {each.measure: each.amount for each in reading.totals}


def table(header: str, *rows: str) -> str:
    return "\n".join([header, *rows, ""])


@pytest.mark.parametrize(
    ("name", "header", "rows"),
    [
        (
            "US.csv",
            "Date,Ordered Product Sales,Ordered Product Sales - B2B,Units Ordered,"
            "Total Order Items,Page Views - Total,Sessions - Total,"
            "Featured Offer (Buy Box) Percentage,Unit Session Percentage,Average Offer Count,"
            "Average Parent Items,Feedback Received,Negative Feedback Received",
            (
                '11/16/26,"$1,000.00",$10.00,40,38,500,400,90.00%,10%,8,8,1,0',
                "11/17/26,$500.00,$0.00,20,19,300,200,80.00%,10%,8,8,0,0",
            ),
        ),
        (
            "US.csv",
            "日期,已订购商品销售额,已订购商品销售额 - B2B,已订购商品数量,订单商品总数,"
            "页面浏览量 - 总计,会话数 - 总计,推荐报价（推荐报价展示位）百分比,商品会话百分比,"
            "平均报价数量",
            (
                '2026/11/16,"US$1,000.00",US$10.00,40,38,500,400,90.00%,10%,8',
                "2026/11/17,US$500.00,US$0.00,20,19,300,200,80.00%,10%,8",
            ),
        ),
        (
            "US.csv",
            "日期,已订购商品销售额,已订购商品数量,订单商品种类数,页面浏览次数,买家访问次数,购买按钮赢得率,"
            "订单商品数量转化率",
            (
                '2026-11-16,"$1,000.00",40,38,500,400,90%,10%',
                "2026-11-17,$500.00,20,19,300,200,80%,10%",
            ),
        ),
        (
            "JP.csv",
            "日付,注文商品の売上額,注文された商品点数,注文品目総数,ページビュー – 合計,"
            "セッション数 – 合計,おすすめ出品（おすすめ商品）の獲得率,ユニットセッション率",
            (
                '2026/11/16,"￥1,000",40,38,500,400,90%,10%',
                "2026/11/17,￥500,20,19,300,200,80%,10%",
            ),
        ),
    ],
)
def test_a_report_by_date_gives_the_same_days_in_every_language(
    read: Read, name: str, header: str, rows: tuple[str, ...]
) -> None:
    reading = read(table(header, *rows), name)

    assert (reading.source.kind, reading.problems, reading.unrecognised) == ("business", (), ())
    assert sums(reading) == {
        "ordered_sales": 1500,
        "units_ordered": 60,
        "order_items": 57,
        "page_views": 800,
        "sessions": 600,
        "buy_box_views": 690,
    }
    assert sorted({fact.day for fact in reading.facts}) == DAYS


def test_german_money_has_a_decimal_comma_and_counts_have_none(read: Read) -> None:
    header = (
        "Datum,Durch bestellte Produkte erzielter Umsatz,Bestellsumme – B2B,Bestellte Einheiten,"
        "Zahl der Bestellposten,Seitenaufrufe – Summe,Sitzungen – Summe"
    )

    reading = read(
        table(header, '16.11.26,"5.255,61\xa0€","0,00\xa0€",683,668,"17,004","12,131"'), "DE.csv"
    )

    assert (reading.source.kind, reading.problems, reading.unrecognised) == ("business", (), ())
    assert sums(reading) == {
        "ordered_sales": 5255.61,
        "units_ordered": 683,
        "order_items": 668,
        "page_views": 17_004,
        "sessions": 12_131,
    }


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("(Parent) ASIN,Title,Sessions – Total,Page views – Total", "business-parent"),
        ("(Parent) ASIN,(Child) ASIN,Title,Sessions,Page Views", "business-child"),
        ("(Parent) ASIN,(Child) ASIN,Title,SKU,Sessions - Total,Page Views", "business-child"),
    ],
)
def test_a_report_by_item_is_of_parents_or_of_children(read: Read, header: str, kind: str) -> None:
    cells = ",".join("x" for _ in header.split(",")[:-2])

    reading = read(
        table(f"{header},Units ordered,Ordered Product Sales", f"{cells},10,20,3,$4.00"),
        "US_2026-W47.csv",
    )

    assert (reading.source.kind, reading.problems, reading.unrecognised) == (kind, (), ())
    assert sums(reading)["sessions"] == 10


def test_an_additional_column_is_not_read(read: Read) -> None:
    header = (
        "（父）ASIN,（子）ASIN,会话次数 – 总计,转化率-移动应用-B2B,页面浏览次数 – 总计,"
        "已订购商品数量,已订购商品销售额,已退款商品数量"
    )

    reading = read(table(header, 'B0P,B0C,"1,000",9.85%,"2,000",30,US$10.00,2'), "US_2026-W47.csv")

    assert reading.unrecognised == ()
    assert sums(reading) == {
        "sessions": 1000,
        "page_views": 2000,
        "units_ordered": 30,
        "ordered_sales": 10,
        "units_refunded": 2,
    }


def folder(path: Path, **files: str) -> PreparedData:
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_folder(path)


def test_the_same_week_by_date_and_by_item_is_counted_once(tmp_path: Path) -> None:
    columns = "Sessions,Page Views,Units Ordered,Ordered Product Sales"
    week = [f"2026-11-{day},10,20,3,$4.00" for day in range(16, 23)]

    data = folder(
        tmp_path,
        US_by_date=table(f"Date,{columns}", *week),
        **{
            "US_2026-W47_parents": table(f"(Parent) ASIN,{columns}", "B0P,75,140,21,$28.00"),
            "US_2026-W47_children": table(
                f"(Parent) ASIN,(Child) ASIN,{columns}",
                "B0P,B0A,40,70,11,$14.00",
                "B0P,B0B,40,70,10,$14.00",
            ),
        },
    )

    assert sum(fact.amount for fact in data.facts if fact.measure == "sessions") == 70
    assert sum(fact.amount for fact in data.facts if fact.measure == "ordered_sales") == 28


@pytest.mark.parametrize(
    ("cells", "views"),
    [(("90%", "0.5%"), 905.0), (("90", "0.5"), 905.0), (("0.9", "0.005"), 905.0)],
)
def test_a_share_is_a_fraction_only_where_no_value_exceeds_one(
    read: Read, cells: tuple[str, str], views: float
) -> None:
    header = (
        "Date,Ordered Product Sales,Units Ordered,Page Views - Total,Sessions - Total,"
        "Buy Box Percentage"
    )
    rows = (f"2026-11-1{day},$9.00,1,1000,9,{cell}" for day, cell in enumerate(cells))

    assert sums(read(table(header, *rows), "US.csv"))["buy_box_views"] == views


def test_a_percentage_in_a_money_column_is_refused(read: Read) -> None:
    header = "Date,Ordered Product Sales,Units Ordered,Page Views - Total,Sessions - Total"
    reading = read(table(header, "2026-11-16,5%,1,9,9"), "US.csv")

    assert (reading.source.rows_kept, reading.source.rows_refused) == (0, 1)


@pytest.mark.parametrize("label", ["", "Total", "汇总"])
def test_a_summary_of_all_products_is_not_counted_beside_them(read: Read, label: str) -> None:
    header = (
        "(Parent) ASIN,(Child) ASIN,Title,Sessions - Total,Page Views - Total,Units Ordered,"
        "Ordered Product Sales"
    )
    rows = ("B000000001,B000000002,Press,10,20,3,$9.00", f"{label},,,10,20,3,$9.00")
    reading = read(table(header, *rows), "business_US_2026-11-16_2026-11-22.csv")

    assert sums(reading)["ordered_sales"] == 9
    assert [problem.row for problem in reading.problems] == [3]
