"""More pairs of exports of one kind: renamed, restated, translated, or really two."""

import pytest

from tests.cases.exports import (
    KPI_VALUES,
    ads,
    business,
    campaigns,
    child,
    inventory,
    lines,
    orders,
    returns,
)
from tests.cases.workbench import DAYS, Workbench

OLD, NEW = "US/st-2026-11-22.csv", "US/st-2026-11-23.csv"
CONSOLE = (
    "Date,Campaign name,Campaign ID,Ad group name,Search term,Budget currency,Impressions,Clicks,"
    "Total cost,Purchases,Sales"
)
GERMAN = (
    "Datum;Portfolioname;Währung;Kampagnenname;Anzeigengruppenname;Ausrichtung;"
    "Übereinstimmungstyp;Suchbegriff des Kunden;Impressionen;Klicks;Ausgaben;"
    "Gesamtumsatz in 7 Tagen;Gesamtzahl der Bestellungen in 7 Tagen (#)"
)
JAPANESE = (
    "日付,ポートフォリオ名,通貨,キャンペーン名,広告グループ名,ターゲティング,マッチタイプ,"
    "カスタマーの検索キーワード,インプレッション,クリック,広告費,7日間の総売上高,7日間の総注文数"
)


def console(campaign: str, sales: str) -> str:
    rows = (f"{day},{campaign},123456789012345,G,press,USD,1000,50,25.00,4,{sales}" for day in DAYS)
    return lines(CONSOLE, *rows)


def joined(*texts: str) -> str:
    """Return the rows of several exports below one header."""
    first, *more = texts
    return first + "".join(text.split("\n", 1)[1] for text in more)


OTHER_TRAFFIC = ads(campaign="B", spend="5.00", sales="6.00").replace(",1000,50,", ",300,7,")
PAIRS = {
    "renamed and restated": (ads(campaign="A", sales="90"), ads(campaign="B"), (175, 700)),
    "renamed, of other days as well": (
        ads(DAYS[:5], campaign="A"),
        ads(DAYS[2:], campaign="B"),
        (175, 700),
    ),
    "one of two renamed": (
        joined(ads(campaign="A"), OTHER_TRAFFIC),
        joined(ads(campaign="A 2026"), OTHER_TRAFFIC),
        (210, 742),
    ),
    "renamed with an id": (console("Old", "100.00"), console("New", "110.00"), (175, 770)),
    "a term in capitals": (ads(term="Garlic Press"), ads(), (175, 700)),
    "two campaigns with the same keyword": (ads(campaign="A"), OTHER_TRAFFIC, (210, 742)),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_two_exports_of_the_same_days(bench: Workbench, kind: str) -> None:
    older, newer, expected = PAIRS[kind]

    assert bench.make({OLD: older, NEW: newer}).kpi().sums("acos", "US") == expected


def test_rows_of_a_german_console_are_those_of_an_english_one(bench: Workbench) -> None:
    rows = (
        f"{day:%d.%m.%Y};Nicht gruppiert;EUR;C1;G1;kw;Exakt;garlic press;1.000;50;25,00;100,00;4"
        for day in DAYS
    )
    bench.make(
        {
            "DE/st-2026-11-22.csv": ads(currency="EUR"),
            "DE/st-2026-11-23.csv": lines(GERMAN, *rows),
        },
        "DE",
    )
    assert bench.kpi().sums("acos", "DE") == (175.0, 700.0)


def test_rows_of_a_japanese_console_are_those_of_an_english_one(bench: Workbench) -> None:
    rows = (f"{day:%Y/%m/%d},-,JPY,C1,G1,kw,完全一致,garlic press,1000,50,25,100,4" for day in DAYS)
    bench.make(
        {
            "JP/st-2026-11-22.csv": ads(currency="JPY", spend="25", sales="100"),
            "JP/st-2026-11-23.csv": lines(JAPANESE, *rows),
        },
        "JP",
    )
    assert bench.kpi().sums("acos", "JP") == (175.0, 700.0)


def test_a_campaign_report_is_believed_before_the_search_terms_of_a_renamed_campaign(
    bench: Workbench,
) -> None:
    answer = bench.make({"US/st.csv": ads(campaign="A"), "US/c.csv": campaigns(name="A 2026")})

    assert answer.kpi().sums("acos", "US") == (175.0, 700.0)


def test_one_product_may_have_two_skus(bench: Workbench) -> None:
    text = child(
        *((day, "P1", "B000000001", "A", 100, 10) for day in DAYS),
        *((day, "P1", "B000000001", "B", 50, 5) for day in DAYS),
    )
    assert bench.make({"US/child.csv": text}).kpi().sums("cvr", "US") == (105.0, 1050.0)


def test_an_order_may_have_two_items_of_one_sku(bench: Workbench) -> None:
    item = ("1", "2026-11-16", "2026-11-16", "Shipped", "Amazon.com", 10)
    later = ("2", "2026-11-22", "2026-11-22", "Shipped", "Amazon.com", 10)
    bench.make(
        {
            "US/orders-2026-11-22.txt": orders(item, item),
            "US/orders-2026-11-23.txt": orders(item, item, later),
        }
    )
    assert bench.kpi().series("order_growth", "US")["numerator"] == 3.0


def test_two_units_of_an_order_come_back_with_two_plates(bench: Workbench) -> None:
    def both(status: str) -> str:
        return returns(*(("2026-11-17", "1", "A", 1, status, plate) for plate in ("L1", "L2")))

    bench.make(
        {
            "US/business.csv": business(),
            "US/returns-2026-11-22.txt": both("Unit returned"),
            "US/returns-2026-11-23.txt": both("Repackaged"),
        }
    )
    assert bench.kpi().sums("return_rate", "US") == (2.0, 70.0)


def test_stock_of_a_day_in_two_files_adds_up_by_sku(bench: Workbench) -> None:
    bench.make(
        {
            "US/inv-1.csv": inventory(("2026-11-22", "A", 100, 60, 180)),
            "US/inv-2.csv": inventory(("2026-11-22", "B", 50, 30, 90)),
        }
    )
    assert bench.kpi().sums("turnover", "US") == (270.0, 150.0)


def test_a_corrected_value_by_hand_replaces_the_first(bench: Workbench) -> None:
    head = KPI_VALUES
    bench.make(
        {
            "values-2026-11-22.csv": lines(head, "2026-11-22,US,bsr_top10_share,60"),
            "values-2026-11-23.csv": lines(head, "2026-11-22,US,bsr_top10_share,61"),
        }
    )
    assert bench.kpi().value("bsr_top10_share", "US") == 61.0


def test_weeks_of_brand_analytics_are_no_problem_of_the_teams_week(bench: Workbench) -> None:
    text = lines(
        '"Brand=[""X""]","Reporting Range=[""Weekly""]",'
        '"Select week=[""Week 47 | 2026-11-15 - 2026-11-21 2026""]"',
        "Search Query,Search Query Volume,Impressions: Total Count,Impressions: Brand Count,"
        "Clicks: Total Count,Clicks: Brand Count,Purchases: Total Count,Purchases: Brand Count,"
        "Reporting Date",
        "x,100,1000,100,50,5,20,4,2026-11-21",
    )
    answer = bench.make({"US/sqp.csv": text}).kpi()

    assert answer.sums("search_share", "US") == (4.0, 20.0)
    assert answer.files == []
    assert bench.inspect("US/sqp.csv")[0] == 0
