"""The advertising reports in their generations, languages and levels."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from facilitator.adapters.reports import FileReading
from tests.adapters.reports.report_reader import read_one_report

openpyxl = import_module("openpyxl")

Read = Callable[..., FileReading]

EXPECTED = {
    "ad_impressions": 1500.0,
    "ad_clicks": 12.0,
    "ad_spend": 6.5,
    "ad_sales": 59.9,
    "ad_orders": 2.0,
    "ad_units": 3.0,
}


def amounts(reading: FileReading) -> dict[str, float]:
    return {each.measure: each.amount for each in reading.totals}


def line(*cells: str) -> str:
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def table(head: str, **cells: str) -> str:
    """Return a header and one row with the expected figures, and `cells` by their header."""
    names = head.split("|")
    return line(*names) + line(*(cells.get(name, "x") for name in names))


LEGACY = (
    "{dates}|Portfolio name|Currency|Campaign Name|Ad Group Name|{what}|Impressions|Clicks|"
    "Click-Thru Rate (CTR)|Cost Per Click (CPC)|Spend|7 Day Total Sales |"
    "Total Advertising Cost of Sales (ACOS) |Total Return on Advertising Spend (ROAS)|"
    "7 Day Total Orders (#)|7 Day Total Units (#)|7 Day Conversion Rate|"
    "7 Day Advertised SKU Units (#)|7 Day Other SKU Units (#)|7 Day Advertised SKU Sales |"
    "7 Day Other SKU Sales "
)
LEGACY_CELLS = {
    "Date": "Nov 16, 2026",
    "Start Date": "Nov 10, 2026",
    "End Date": "Nov 16, 2026",
    "Currency": "USD",
    "Impressions": "1,500",
    "Clicks": "12",
    "Spend": "$6.50",
    "7 Day Total Sales ": "$59.90",
    "7 Day Total Orders (#)": "2",
    "7 Day Total Units (#)": "3",
    "Click-Thru Rate (CTR)": "0.8%",
    "Campaign Type": "Sponsored Products",
}


@pytest.mark.parametrize("dates", ["Date", "Start Date|End Date"])
@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("Targeting|Match Type|Customer Search Term", "search-term"),
        ("Targeting|Match Type|Top-of-search Impression Share", "targeting"),
        ("Advertised SKU|Advertised ASIN", "advertised-product"),
        ("Advertised ASIN", "advertised-product"),
        ("Bidding strategy|Placement", "placement"),
    ],
)
def test_legacy_reports_are_distinguished_by_their_columns(
    read: Read, dates: str, what: str, kind: str
) -> None:
    reading = read(table(LEGACY.format(dates=dates, what=what), **LEGACY_CELLS))

    assert (reading.source.kind, reading.problems, reading.unrecognised) == (kind, (), ())
    assert amounts(reading) == EXPECTED
    assert {fact.day for fact in reading.facts} == {date(2026, 11, 16)}
    assert reading.attribution_days == 7


def test_start_and_end_dates_of_campaigns_are_not_taken_for_days(read: Read) -> None:
    head = (
        "Date|Start Date|End Date|Portfolio name|Campaign Type|Campaign Name|Status|Currency|"
        "Budget|Targeting Type|Bidding strategy|Impressions|Last Year Impressions|Clicks|"
        "Last Year Clicks|Spend|Last Year Spend|14 Day Total Sales (₹)|14 Day Total Orders (#)|"
        "14 Day Total Units (#)"
    )
    cells = LEGACY_CELLS | {
        "Start Date": "Jan 01, 2020",
        "End Date": "",
        "Currency": "INR",
        "Spend": "Rs.6.50",
        "14 Day Total Sales (₹)": "Rs.59.90",
        "14 Day Total Orders (#)": "2",
        "14 Day Total Units (#)": "3",
    }

    reading = read(table(head, **cells), "IN.csv")

    assert (reading.source.kind, reading.problems, reading.unrecognised) == ("campaign", (), ())
    assert amounts(reading) == EXPECTED
    assert {fact.day for fact in reading.facts} == {date(2026, 11, 16)}
    assert reading.attribution_days == 14


UNIFIED_CELLS = {
    "Date": "2026-11-16",
    "Date range": "Nov 10, 2026 - Nov 16, 2026",
    "Budget currency": "EUR",
    "Advertised product marketplace": "UAMAZON_FR",
    "Portfolio ID": "-1",
    "Campaign ID": '=""254927681919372""',
    "Ad group ID": '=""5546739244741""',
    "Impressions": "1500",
    "Clicks": "12",
    "CTR": "0.8%",
    "Total cost": "6.50",
    "Total cost (EUR)": "€6.50",
    "Purchases": "2",
    "Sales": "59.90",
    "Sales (EUR)": "€59.90",
    "Units sold": "3",
}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (
            "Date range|Campaign name|Campaign ID|Ad group name|Ad group ID|Target value|"
            "Target match type|Search term|Budget currency|Impressions|Clicks|CTR|CPC|Total cost|"
            "Purchases|Sales|Units sold|ROAS|Cost per purchase|Purchase rate",
            "search-term",
        ),
        (
            "Date|Ad product|Budget currency|Campaign name|Target value|Target match type|"
            "Impressions|Clicks|Total cost|Purchases|Sales|Units sold|Default bid (EUR)|"
            "Long-term sales",
            "targeting",
        ),
        (
            "Date|Budget currency|Campaign name|Placement classification|Impressions|Clicks|"
            "Total cost|Purchases|Sales|Units sold|Purchases (promoted)|Sales (halo)|"
            "Units sold (new to brand)|Detail page views|Cost per detail page view",
            "placement",
        ),
        (
            "Date|Portfolio ID|Portfolio name|Campaign ID|Campaign name|Ad product|Impressions|"
            "Clicks|Total cost (EUR)|Purchases|Sales (EUR)|Units sold|Year|Month|Day of Month",
            "campaign",
        ),
        (
            "Date|Budget currency|Advertised product ID|推广的商品 SKU-Advertised product SKU|"
            "Advertised product marketplace|Impressions|Clicks|Total cost|Purchases|Sales|"
            "Units sold",
            "advertised-product",
        ),
    ],
)
def test_the_unified_console_is_read_with_whatever_columns_were_chosen(
    read: Read, head: str, kind: str
) -> None:
    text = table(head, **UNIFIED_CELLS).replace('"=""""', '"=""').replace('"""""', '"""')

    reading = read("\ufeff" + text, "FR.csv")

    assert (reading.source.kind, reading.problems, reading.unrecognised) == (kind, (), ())
    assert amounts(reading) == EXPECTED
    assert (reading.source.marketplaces, reading.source.currencies) == (("FR",), ("EUR",))


def test_the_chinese_unified_console_is_read(read: Read) -> None:
    head = (
        "日期|广告产品|预算货币|广告活动编号|广告活动名称|广告活动投放状态|广告活动预算金额|"
        "广告组合编号|广告组合名称|"
        "推广的商品编号|推广的商品 SKU|推广的商品站点|广告组编号|广告组名称|广告组投放状态|"
        "展示量|点击量|总点击量|点击率|"
        "CPC|总成本|ROAS|购买量（所有浏览次数）|已售商品数量（所有浏览次数）|"
        "购买率（所有浏览次数）|销售额|归因于点击的购买量|"
        "归因于点击的销售额（推广的商品）|归因于点击的购买量（光环）|无效点击"
    )
    cells = {
        "日期": "2026年11月16日",
        "预算货币": "USD",
        "推广的商品站点": "AMAZON.COM",
        "展示量": "1500",
        "点击量": "12",
        "总成本": "6.50",
        "购买量（所有浏览次数）": "2",
        "已售商品数量（所有浏览次数）": "3",
        "销售额": "59.90",
        "广告活动编号": "254927681919372",
        "广告组编号": "5546739244741",
    }

    reading = read(table(head, **cells), "report.csv")

    assert reading.source.kind == "advertised-product"
    assert (reading.problems, reading.unrecognised) == ((), ())
    assert amounts(reading) == EXPECTED


@pytest.mark.parametrize(
    "head",
    [
        "日期|广告组合名称|货币|广告活动名称|广告组名称|投放|匹配类型|客户搜索词|展示量|点击量|"
        "点击率 (CTR)|花费|"
        "7天总销售额|7天总订单数(#)|7天总销售量(#)",
        "日期|货币|广告活动名称|广告组名称|投放|匹配类型|顾客搜索词|曝光量|点击量|花费|"
        "7 天内的总销售额 |"
        "14天总订单数(#)|14天总销售量(#)|去年曝光量|搜索结果首页首位展示量份额",
        "日期|货币|广告活动名称|搜索词|展示量|点击量|总成本 (USD)|购买量|销售额|已售商品数量",
        "Datum|Portfolioname|Währung|Kampagnen-Name|Anzeigengruppenname|Ausrichtung|"
        "Übereinstimmungstyp|Kundensuche|Impressionen|Klicks|Ausgaben|7 Tage, Umsatz gesamt (€)|"
        "Zugeschriebene Umsatzkosten (ACOS) gesamt |7 Tage, Aufträge gesamt (#)|"
        "7 Tage, Einheiten gesamt (#)",
        "日付|通貨|キャンペーン名|広告グループ名|ターゲティング|マッチタイプ|"
        "カスタマーの検索キーワード|インプレッション|クリック|"
        "クリックスルー率 (CTR)|平均クリック単価 (CPC)|費用|"
        "広告がクリックされてから7日間の総売上高|"
        "売上高に占める広告費の割合 （ACoS)|広告費用対効果 (RoAS)|"
        "広告がクリックされてから7日間の合計注文数|"
        "広告がクリックされてから7日間の合計販売数",
        "date|startDate|endDate|portfolioId|campaignName|campaignId|adGroupName|adGroupId|"
        "keywordId|"
        "keyword|keywordType|targeting|matchType|searchTerm|impressions|clicks|costPerClick|"
        "clickThroughRate|cost|sales1d|sales7d|sales14d|sales30d|purchases1d|purchases7d|"
        "purchases14d|unitsSoldClicks1d|unitsSoldClicks7d|attributedSalesSameSku7d|"
        "salesOtherSku7d|acosClicks7d|roasClicks14d|campaignBudgetCurrencyCode",
    ],
    ids=["zh", "zh-2", "zh-unified", "de", "ja", "api"],
)
def test_search_term_reports_are_read_in_every_language(read: Read, head: str) -> None:
    expected = dict.fromkeys(
        ("展示量", "曝光量", "Impressionen", "インプレッション", "impressions"), "1500"
    )
    expected |= dict.fromkeys(("点击量", "Klicks", "クリック", "clicks"), "12")
    expected |= dict.fromkeys(("花费", "总成本 (USD)", "Ausgaben", "費用", "cost"), "6.50")
    cells = expected | {"campaignId": "1", "adGroupId": "2"}
    for name in head.split("|"):
        if name in ("日期", "Datum", "日付", "date"):
            cells[name] = "2026-11-16"
        elif name in ("货币", "Währung", "通貨", "campaignBudgetCurrencyCode"):
            cells[name] = "USD"
        elif any(
            word in name for word in ("总销售额", "销售额", "Umsatz gesamt", "総売上高", "sales7d")
        ):
            cells[name] = "59.90"
        elif any(
            word in name for word in ("订单数", "购买量", "Aufträge", "注文数", "purchases7d")
        ):
            cells[name] = "2"
        elif any(
            word in name for word in ("销售量", "商品数量", "Einheiten", "販売数", "Clicks7d")
        ):
            cells[name] = "3"
        elif name.endswith("1d"):
            cells[name] = "1"

    reading = read(table(head, **cells))

    assert (reading.source.kind, reading.problems, reading.unrecognised) == ("search-term", (), ())
    assert amounts(reading) == EXPECTED
    assert reading.attribution_days in (7, None)


SEARCH = (
    "Date,Campaign Name,Campaign ID,Customer Search Term,Currency,Impressions,Clicks,Spend,"
    "7 Day Total Sales"
)


def test_search_terms_that_look_like_missing_values_are_kept(read: Read) -> None:
    terms = ("null", "NA", "none", "N/A", "*", "-", "nan")
    rows = [f"2026-11-16,A,1,{term},USD,9,1,0.50,0" for term in terms]

    reading = read("\n".join([SEARCH, *rows, ""]))

    assert (amounts(reading)["ad_clicks"], reading.problems) == (7.0, ())


def test_clicks_and_sales_without_impressions_and_split_rows_are_kept(read: Read) -> None:
    rows = [
        "2026-11-16,A,1,x,USD,0,1,0.50,0",  # a click on an impression of another day
        "2026-11-16,A,1,y,USD,0,0,0,25.00",  # a sale of another day's click
        "2026-11-16,A,1,z,USD,40,,,",  # the traffic of a row
        "2026-11-16,A,1,z,USD,,,,12.50",  # and its sales
    ]

    reading = read("\n".join([SEARCH, *rows, ""]))

    assert reading.problems == ()
    assert (reading.source.rows_read, reading.source.rows_kept) == (4, 4)
    assert amounts(reading) == {
        "ad_impressions": 40.0,
        "ad_clicks": 1.0,
        "ad_spend": 0.5,
        "ad_sales": 37.5,
    }


def test_ids_that_a_spreadsheet_rounded_are_refused_and_whole_ones_are_not(read: Read) -> None:
    rows = [
        "2026-11-16,A,1.44383E+14,x,USD,9,1,0.50,0",
        '2026-11-16,A,"=""144383000000001""",x,USD,9,1,0.50,0',
    ]

    reading = read("\n".join([SEARCH, *rows, ""]))

    (problem,) = reading.problems
    assert (problem.row, problem.column) == (2, "Campaign ID")
    assert amounts(reading)["ad_clicks"] == 1.0


def test_a_summary_row_and_an_empty_header_column_are_harmless(read: Read) -> None:
    head = SEARCH.replace("Currency,", "Currency,,")
    rows = ["2026-11-16,A,1,x,USD,,9,1,0.50,0", "总计,,,,USD,,9,1,0.50,0"]

    reading = read("\n".join([head, *rows, ""]))

    assert amounts(reading)["ad_clicks"] == 1.0
    assert [(each.row, each.is_error) for each in reading.problems] == [(3, False)]


def test_spend_of_every_ad_product_is_ad_spend(read: Read) -> None:
    text = (
        "Date,Ad product,Campaign name,Budget currency,Clicks,Total cost,Sales\n"
        "2026-11-16,Sponsored Products,A,USD,1,1.00,5.00\n"
        "2026-11-16,Sponsored Brands,B,USD,1,2.00,5.00\n"
        "2026-11-16,SPONSORED_DISPLAY,C,USD,1,4.00,5.00\n"
    )

    assert amounts(read(text))["ad_spend"] == 7.0


@pytest.mark.parametrize(
    "head",
    [
        "Product|Entity|Operation|Campaign ID|Ad Group ID|Campaign Name|Ad Group Name|Start Date|"
        "End Date|State|Impressions|Clicks|Spend|Sales|Orders|Units",
        "产品|实体层级|操作|广告活动编号|广告活动名称|展示量|点击量|花费|销售额",
    ],
)
def test_a_bulk_operations_sheet_is_named_in_the_problem(read: Read, head: str) -> None:
    reading = read(table(head))

    (problem,) = reading.problems
    assert "bulk operations sheet" in problem.translate()
    assert "Search Term Report or the Campaign Report" in problem.translate()


@pytest.mark.parametrize(
    ("head", "nearest", "missing"),
    [
        ("Date|Campaign Name|Customer Search Term|Impressions|Clicks", "Search Term", "Spend"),
        ("Campaign Name|Impressions|Clicks|Spend|7 Day Total Sales", "Campaign Report", "Date"),
        (
            "Date|Campaign Name|Advertised ASIN|14 Day Other SKU Sales",
            "Advertised Product",
            "Clicks",
        ),
    ],
)
def test_an_unknown_report_is_compared_with_the_nearest_one(
    read: Read, head: str, nearest: str, missing: str
) -> None:
    (problem,) = read(table(head)).problems

    assert nearest in problem.translate()
    assert missing in problem.translate()


BULK = {
    "Sponsored Products-Kampagnen": "Produkt|Entität-ID|Datum|Kampagnenname|Klicks|Ausgaben|Umsatz",
    "SP Search Term Report": "Product|Campaign ID|Customer Search Term|Clicks|Spend|Sales|Orders",
}


def book(path: Path, sheets: dict[str, str]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, head in sheets.items():
        sheet = made.create_sheet(name)
        sheet.append(head.split("|"))
        sheet.append([date(2026, 11, 16), *["x" for _ in head.split("|")[1:-3]], 3, 2.5, 9.0])
    made.save(path)
    return path


def test_a_bulk_operations_workbook_is_recognised_by_its_sheet_names(tmp_path: Path) -> None:
    reading = read_one_report(book(tmp_path / "DE.xlsx", BULK))

    assert "bulk operations sheet" in reading.problems[0].translate()
