"""The sample files of real layouts: each gives exactly its sums or is not recognised."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from facilitator.adapters.reports import FileReading
from facilitator.domain.kpis.facts import Marketplace
from tests.adapters.reports.report_reader import read_one_report

FILES = Path(__file__).with_name("files")


def totals(reading: FileReading) -> dict[str, float]:
    return {total.measure: total.amount for total in reading.totals}


def named(tmp_path: Path, sample: str, name: str) -> FileReading:
    return read_one_report(Path(copy(FILES / sample, tmp_path / name)))


ADS = {
    "ad_impressions": 1486.0,
    "ad_clicks": 22.0,
    "ad_spend": 19.4,
    "ad_sales": 26.7,
    "ad_orders": 3.0,
    "ad_units": 3.0,
}


@pytest.mark.parametrize(
    "sample", ["zh_sp_search_term_2023.xlsx", "zh_sp_search_term_2023_gb18030.csv"]
)
def test_chinese_search_term_reports_give_the_same_sums_as_xlsx_and_csv(
    tmp_path: Path, sample: str
) -> None:
    reading = named(tmp_path, sample, f"DE_{sample}")

    assert reading.problems == ()
    assert totals(reading) == ADS
    assert reading.source.kind == "search-term"
    assert {fact.day for fact in reading.facts} == {date(2023, 2, 16), date(2023, 2, 5)}
    assert (reading.source.first_day, reading.source.last_day) == (
        date(2023, 2, 3),
        date(2023, 2, 16),
    )
    assert reading.source.currencies == ("EUR",)
    assert reading.attribution_days == 7
    assert reading.unrecognised == ()


@pytest.mark.parametrize(
    ("sample", "encoding"),
    [
        ("de_sp_search_term_semicolon_cp1252.csv", "cp1252"),
        ("de_sp_search_term_semicolon_utf8bom.csv", "utf-8-sig"),
    ],
)
def test_german_search_term_reports_keep_their_thousands_and_cents(
    sample: str, encoding: str
) -> None:
    reading = read_one_report(FILES / sample, marketplaces=[Marketplace("DE")])

    assert reading.problems == ()
    assert (reading.encoding, reading.delimiter) == (encoding, ";")
    assert totals(reading) == {
        "ad_impressions": 1234.0,
        "ad_clicks": 12.0,
        "ad_spend": 6.0,
        "ad_sales": 59.9,
        "ad_orders": 2.0,
        "ad_units": 3.0,
    }
    assert {fact.day for fact in reading.facts} == {date(2026, 9, 1)}


def test_a_japanese_search_term_report_is_read_in_its_own_encoding() -> None:
    reading = read_one_report(
        FILES / "ja_sp_search_term_cp932.csv", marketplaces=[Marketplace("JP")]
    )

    assert reading.problems == ()
    assert (reading.encoding, reading.source.currencies) == ("cp932", ("JPY",))
    assert totals(reading) == {
        "ad_impressions": 1000.0,
        "ad_clicks": 10.0,
        "ad_spend": 400.0,
        "ad_sales": 3000.0,
        "ad_orders": 2.0,
        "ad_units": 2.0,
    }


@pytest.mark.parametrize(
    "sample", ["business_report_child_asin_b2b_2026.csv", "zh_business_report_child_utf8bom.csv"]
)
def test_business_reports_take_their_week_from_the_name_and_leave_b2b_columns_out(
    tmp_path: Path, sample: str
) -> None:
    reading = named(tmp_path, sample, "business_US_2026-11-16_2026-11-22.csv")

    assert reading.problems == ()
    assert totals(reading) == {
        "sessions": 12131.0,
        "page_views": 17004.0,
        "units_ordered": 683.0,
        "ordered_sales": 12905.25,
        "order_items": 668.0,
        "buy_box_views": 16969.992,
    }
    assert {fact.day for fact in reading.facts} == {date(2026, 11, 22)}
    assert reading.source.first_day == date(2026, 11, 16)
    assert reading.source.currencies == ("USD",)


def test_inventory_health_counts_one_generation_of_age_buckets() -> None:
    reading = read_one_report(FILES / "fba_manage_inventory_health_us_2026.csv")

    assert reading.problems == ()
    assert totals(reading) == {
        "units_available": 165.0,
        "units_inbound": 686.0,
        "units_shipped_t7": 33.0,
        "units_shipped_t30": 171.0,
        "units_shipped_t90": 432.0,
        "units_unfulfillable": 1.0,
        "units_all": 171.0,
        "units_aged_180": 0.0,
        "units_aged_all": 180.0,
    }
    assert {(fact.day, fact.marketplace) for fact in reading.facts} == {(date(2026, 7, 31), "US")}


def test_an_advertised_product_report_of_a_week_is_booked_on_its_last_day() -> None:
    reading = read_one_report(FILES / "zh_sp_advertised_product_2025_utf8bom.csv")

    assert reading.problems == ()
    assert reading.source.kind == "advertised-product"
    assert totals(reading) == {
        "ad_impressions": 10000.0,
        "ad_clicks": 200.0,
        "ad_spend": 100.0,
        "ad_sales": 400.0,
        "ad_orders": 20.0,
        "ad_units": 22.0,
    }
    assert {(fact.day, fact.marketplace) for fact in reading.facts} == {(date(2025, 9, 7), "US")}


def test_a_unified_console_file_with_windows_of_weeks_keeps_the_window_of_each_row() -> None:
    reading = read_one_report(FILES / "ads_console_2026_advertised_product.csv")

    assert {(fact.first_day, fact.day) for fact in reading.facts} == {
        (date(2026, 7, 1), date(2026, 7, 30)),
        (date(2026, 7, 6), date(2026, 7, 29)),
    }
    assert reading.problems == ()
    assert (reading.source.rows_read, reading.source.rows_refused) == (2, 0)


@pytest.mark.parametrize(
    ("sample", "kind", "expected"),
    [
        (
            "erp_search_term_zh.xlsx",
            "erp-search-term",
            {
                "ad_impressions": 3980,
                "ad_clicks": 32,
                "ad_spend": 40,
                "ad_orders": 3,
                "ad_sales": 120,
            },
        ),
        (
            "erp_campaign_zh_utf8.csv",
            "erp-campaign",
            {
                "ad_impressions": 2000,
                "ad_clicks": 20,
                "ad_spend": 70,
                "ad_orders": 2,
                "ad_sales": 100,
            },
        ),
        (
            "lingxing_campaign_utf8bom.csv",
            "erp-campaign",
            {
                "ad_impressions": 15000,
                "ad_clicks": 340,
                "ad_spend": 168,
                "ad_orders": 30,
                "ad_sales": 600,
            },
        ),
    ],
)
def test_what_an_erp_exports_of_ads_takes_its_days_from_the_files_name(
    tmp_path: Path, sample: str, kind: str, expected: dict[str, float]
) -> None:
    reading = named(tmp_path, sample, f"DE_2026-W47{Path(sample).suffix}")

    assert (reading.source.kind, reading.problems, reading.unrecognised) == (kind, (), ())
    assert totals(reading) == expected
    assert reading.source.currencies == ("EUR",)


def test_every_sample_is_covered_by_a_test() -> None:
    tests = "".join(each.read_text(encoding="utf-8") for each in Path(__file__).parent.glob("*.py"))

    assert [file.name for file in FILES.iterdir() if file.name not in tests] == []
