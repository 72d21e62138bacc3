"""Files of a data folder that overlap: which is newer, and what of them counts."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import Marketplace, PreparedData

FILES = Path(__file__).with_name("files")

ENGLISH = (
    "Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales ,7 Day Total Orders (#),"
    "7 Day Total Units (#)"
)
CHINESE = (
    "日期,广告组合名称,货币,广告活动名称,广告组名称,投放,匹配类型,客户搜索词,展示量,点击量,花费,"
    "7天总销售额,7天总订单数(#),7天总销售量(#)"
)
WEEK = range(16, 23)


def search_terms(
    header: str = ENGLISH,
    *,
    campaign: str = "Press Auto",
    match_type: str = "EXACT",
    portfolio: str = "Not grouped",
    sales: float = 100,
    days: Iterable[int] = WEEK,
) -> str:
    rows = [
        f"2026-11-{day},{portfolio},USD,{campaign},G1,kw,{match_type},garlic press,1000,50,25.00,"
        f"{sales:.2f},4,4"
        for day in days
    ]
    return "\n".join([header, *rows, ""])


def folder(path: Path, files: Mapping[str, str]) -> Path:
    """Write files, the first one saved last: their names or rows must tell which is newer."""
    for age, (name, text) in enumerate(files.items()):
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1_796_000_000 - age * 86_400,) * 2)
    return path


def read(path: Path, files: Mapping[str, str]) -> PreparedData:
    places = (Marketplace("US"), Marketplace("DE"))
    return read_folder(folder(path, files), places, today=date(2026, 11, 30))


def total(data: PreparedData, measure: str, day: int | None = None) -> float:
    return round(
        sum(
            fact.amount
            for fact in data.facts
            if fact.measure == measure and (day is None or fact.day == date(2026, 11, day))
        ),
        2,
    )


def told(data: PreparedData) -> str:
    return "\n".join(each.translate() for each in data.problems)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("US/Search term report.csv", "US/Search term report (1).csv"),
        ("US/Search term report (9).csv", "US/Search term report (10).csv"),
        ("US/广告.csv", "US/广告 - 副本.csv"),
        ("US/search-term 28-11-2026.csv", "US/search-term 02-12-2026.csv"),
        ("US/search-term 2026年11月28日.csv", "US/search-term 2026年12月2日.csv"),
        ("US/2026-11-23/st.csv", "US/2026-11-30/st.csv"),
    ],
)
def test_the_file_that_its_name_shows_to_be_newer_counts(
    tmp_path: Path, older: str, newer: str
) -> None:
    data = read(tmp_path, {older: search_terms(sales=80), newer: search_terms(sales=125)})

    assert (total(data, "ad_spend"), total(data, "ad_sales")) == (175, 875)
    assert f"{older}: Rows not counted because the newer file {newer} contains" in told(data)
    assert "It is newer because its name" in told(data)


def test_otherwise_the_file_that_was_saved_later_counts(tmp_path: Path) -> None:
    data = read(tmp_path, {"US/a.csv": search_terms(sales=125), "US/b.csv": search_terms(sales=80)})

    assert total(data, "ad_sales") == 875
    assert "US/b.csv: Rows not counted because the newer file US/a.csv contains" in told(data)


@pytest.mark.parametrize(
    "again",
    [
        search_terms(campaign="Press Auto 2026"),
        search_terms(campaign="press AUTO"),
        search_terms(campaign="Ｐｒｅｓｓ  Auto "),
        search_terms(portfolio="Kitchen"),
        search_terms(CHINESE, match_type="精准匹配", portfolio="无广告组合"),
        search_terms(CHINESE, match_type="精准匹配", campaign="大蒜压榨器", portfolio="厨房"),
        search_terms(campaign="Press Auto 2026", sales=125),
    ],
)
def test_rows_are_known_whatever_people_and_consoles_write(tmp_path: Path, again: str) -> None:
    data = read(tmp_path, {"US/st-2026-11-22.csv": search_terms(), "US/st-2026-11-23.csv": again})

    assert total(data, "ad_spend") == 175
    assert "US/st-2026-11-22.csv: Rows not counted because the newer file" in told(data)


def stranded(sku: str = "A") -> str:
    return (
        "primary-action\tdate-stranded\tstatus-primary\tstranded-reason\tasin\tsku\tfnsku\t"
        "product-name\tcondition\tfulfilled-by\tfulfillable-qty\tyour-price\tunfulfillable-qty\t"
        "reserved-quantity\tinbound-shipped-qty\n"
        f"edit\t2026-10-01\tinactive\tListing closed\tB0CHILD0001\t{sku}\tX1\tPress\tNew\t"
        "Amazon\t12\t20\t0\t0\t0\n"
    )


def test_equal_bytes_of_two_weeks_or_two_shops_all_count(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        {
            "US/stranded 2026-11-15.txt": stranded(),
            "US/stranded 2026-11-22.txt": stranded(),
            "DE/stranded 2026-11-22.txt": stranded(),
            "US/stranded 2026-11-22 (1).txt": stranded(),
        },
    )

    assert total(data, "units_stranded", 15) == 12
    assert total(data, "units_stranded", 22) == 24
    assert told(data).count("This file is the same as") == 1


ORDERS = (
    "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tquantity\tcurrency\t"
    "item-price\n"
)


def order(number: int, day: int, status: str, price: str, channel: str = "Amazon.com") -> str:
    moment = f"2026-11-{day}T18:00:00+00:00"
    return f"{number}\t{moment}\t{status}\t{channel}\tS\tB000000001\t1\tUSD\t{price}\n"


def test_orders_that_overlap_beside_orders_of_another_channel_count_once(tmp_path: Path) -> None:
    shared = order(2, 18, "Shipped", "10")
    data = read(
        tmp_path,
        {
            "US/orders-a.txt": ORDERS + order(1, 16, "Shipped", "10") + shared,
            "US/orders-b.txt": ORDERS + shared + order(3, 19, "Shipped", "", "Non-Amazon"),
        },
    )

    assert (total(data, "order_items"), total(data, "ordered_sales")) == (2, 20)


def test_an_order_is_cancelled_by_a_newer_file_without_any_other_order(tmp_path: Path) -> None:
    other = order(2, 18, "Shipped", "10")
    data = read(
        tmp_path,
        {
            "US/orders 2026-11-20.txt": ORDERS + order(1, 16, "Shipped", "10") + other,
            "US/orders 2026-11-21.txt": ORDERS + order(1, 16, "Cancelled", ""),
        },
    )

    assert (total(data, "order_items"), total(data, "ordered_sales")) == (1, 10)


def test_pending_orders_are_told_and_their_units_counted(tmp_path: Path) -> None:
    rows = order(1, 16, "Pending", "") + order(2, 16, "Shipped", "10")
    data = read(tmp_path, {"US/orders.txt": ORDERS + rows})

    assert (total(data, "units_ordered"), total(data, "ordered_sales")) == (2, 10)
    assert "Pending orders, which have no price yet: 1." in told(data)


def test_a_product_under_another_parent_counts_once(tmp_path: Path) -> None:
    header = (
        "(Parent) ASIN,(Child) ASIN,Title,SKU,Sessions - Total,Page Views - Total,Units Ordered,"
        "Ordered Product Sales,Total Order Items\n"
    )

    def report(parent: str, sku: str, sessions: int) -> str:
        return f"{header}{parent},B000000002,Press,{sku},{sessions},200,10,$100.00,9\n"

    data = read(
        tmp_path,
        {
            "US/child 2026-11-16_2026-11-22.csv": report("B000000001", "A", 100),
            "US/child 2026-11-16_2026-11-22 (1).csv": report("B000000009", "B", 120),
        },
    )

    assert total(data, "sessions") == 120


SUMMARY = (
    "Start Date,End Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales ,7 Day Total Orders (#)\n"
    "2026-10-26,2026-11-22,USD,Press Auto,G1,kw,EXACT,garlic press,4000,200,100.00,400.00,16\n"
    "2026-11-17,2026-11-19,USD,Press Test,G1,kw,EXACT,garlic press,40,2,1.00,0.00,0\n"
)


def test_a_summary_beside_a_daily_export_takes_nothing_from_its_week(tmp_path: Path) -> None:
    for summary, daily in (("US/a.csv", "US/b.csv"), ("US/b.csv", "US/a.csv")):
        path = tmp_path / summary.replace("/", "")
        path.mkdir()
        data = read(path, {summary: SUMMARY, daily: search_terms()})

        assert total(data, "ad_spend") == 175
        assert all(fact.first_day is None for fact in data.facts)


SAMPLES = sorted(each for each in FILES.iterdir() if each.suffix in (".csv", ".txt"))


@pytest.mark.parametrize("sample", [pytest.param(each, id=each.name) for each in SAMPLES])
def test_a_report_of_any_kind_downloaded_again_counts_once(tmp_path: Path, sample: Path) -> None:
    def sums(**files: bytes) -> dict[str, float]:
        path = tmp_path / "-".join(files)
        path.mkdir()
        for name, content in files.items():
            (path / f"DE_{name}_2026-11-16_2026-11-22{sample.suffix}").write_bytes(content)
        found: dict[str, float] = {}
        for fact in read_folder(path).facts:
            key = f"{fact.measure} {fact.marketplace} {fact.day}"
            found[key] = round(found.get(key, 0) + fact.amount, 6)
        return found

    content = sample.read_bytes()
    line_end = b"\r\n" if b"\r\n" in content else b"\n"

    once = sums(once=content)

    assert sums(first=content, again=content + line_end) == once
