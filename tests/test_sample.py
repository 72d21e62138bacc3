"""The sample meeting: generating it again gives the same files, with the intended figures."""

import csv
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
AGENDAS = ROOT / "agendas"
DATA = AGENDAS / "weekly" / "data"
SHOPS = ("US", "UK", "DE")
LAST_SUNDAY = date(2026, 11, 22)
COLUMNS = {
    "US": ("Date", "Spend", "7 Day Total Sales ", "7 Day Total Orders (#)", "Clicks"),
    "UK": ("Date", "Total cost", "Sales", "Purchases", "Clicks"),
    "DE": ("日期", "花费", "7天总销售额", "7天总订单数(#)", "点击量"),
}
OTHER_DATES = re.compile(
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b\d{4}[./]\d{1,2}[./]\d{1,2}\b"
    r"|\b(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
    r"|\b\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\d月\s*\d+\s*[日号]"
)


def rows(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def number(cell: str) -> float:
    return float(cell.strip("$£€%").replace(",", "").replace("$", "") or 0)


def search_terms(shop: str) -> list[dict[str, str]]:
    return rows(DATA / shop / "search-term-2026-11-22.csv")


def in_week(day: str, weeks_back: int) -> bool:
    end = LAST_SUNDAY - timedelta(weeks=weeks_back)
    return end - timedelta(days=6) <= date.fromisoformat(day[:10]) <= end


def ads(shop: str, weeks_back: int = 0) -> dict[str, float]:
    """Return the spend, sales, orders and clicks of a week."""
    day, *amounts = COLUMNS[shop]
    week = [row for row in search_terms(shop) if in_week(row[day], weeks_back)]
    sums = [sum(number(row[column]) for row in week) for column in amounts]
    return dict(zip(("spend", "sales", "orders", "clicks"), sums, strict=True))


def acos(shop: str, weeks_back: int = 0) -> float:
    week = ads(shop, weeks_back)
    return week["spend"] / week["sales"] * 100


def business(shop: str, column: str, weeks_back: int = 0) -> float:
    report = rows(DATA / shop / "business-report-2026-11-22.csv")
    name = column if column in report[0] else f"{column} - Total"
    return sum(number(row[name]) for row in report if in_week(row["Date"], weeks_back))


def conversion(shop: str, weeks_back: int = 0) -> float:
    sessions = business(shop, "Sessions", weeks_back)
    return business(shop, "Units Ordered", weeks_back) / sessions * 100


def stock(shop: str) -> list[dict[str, str]]:
    return rows(DATA / shop / "inventory-health-2026-11-22.csv")


def turnover(shop: str) -> float:
    shipped = sum(number(row["units-shipped-t90"]) for row in stock(shop))
    return shipped * 365 / 90 / sum(number(row["available"]) for row in stock(shop))


def by_hand(shop: str, kpi: str) -> list[float]:
    kept = rows(DATA / "kpi_values.csv")
    return [float(row["value"]) for row in kept if (row["marketplace"], row["kpi"]) == (shop, kpi)]


def texts() -> Iterator[Path]:
    return (file for file in kept(AGENDAS) if file.is_file())


def kept(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder without the cache of the program."""
    return (path for path in folder.rglob("*.*") if ".facts" not in path.parts)


def agenda(name: str) -> dict[str, Any]:
    return tomllib.loads((AGENDAS / name / "agenda.toml").read_text("utf-8"))


def test_the_generator_makes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, ROOT / "tests" / "make_sample.py", tmp_path], check=True, cwd=tmp_path
    )

    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*.*")}
    stored = {file.relative_to(DATA): file.read_bytes() for file in kept(DATA)}
    assert made.keys() == stored.keys()
    assert [name for name in made if made[name] != stored[name]] == []


def test_advertising_cost_is_over_25_percent_in_de_only() -> None:
    assert 30 < acos("DE") < 32
    assert 21 < acos("US") < 24
    assert 21 < acos("UK") < 24


def test_advertising_cost_in_de_rose_three_weeks_running() -> None:
    last, second, third, fourth = (acos("DE", back) for back in range(4))

    assert last > second > third > fourth
    assert all(acos("DE", back) < 25 for back in range(3, 13))


def test_us_conversion_fell_by_15_percent_in_the_last_week() -> None:
    assert conversion("US") / conversion("US", 1) == pytest.approx(0.85, abs=0.01)
    assert all(conversion("US", back) > 11 for back in range(1, 13))


@pytest.mark.parametrize("shop", ["UK", "DE"])
def test_conversion_in_other_marketplaces_is_unchanged(shop: str) -> None:
    assert conversion(shop) / conversion(shop, 1) == pytest.approx(1, abs=0.05)


def test_the_fee_share_is_above_its_target_range_in_de_only() -> None:
    assert by_hand("DE", "fba_fee_share")[-1] == 19.4
    assert by_hand("UK", "fba_fee_share")[-1] <= 18
    assert 12 <= by_hand("US", "fba_fee_share")[-1] <= 15


def test_stock_turns_four_times_a_year_except_in_de() -> None:
    assert 3.5 < turnover("DE") < 4
    assert turnover("US") > 4
    assert turnover("UK") > 4


@pytest.mark.parametrize("shop", SHOPS)
def test_the_sample_has_every_day_of_thirteen_weeks(shop: str) -> None:
    days = {LAST_SUNDAY - timedelta(days=back) for back in range(91)}
    report = rows(DATA / shop / "business-report-2026-11-22.csv")

    assert [date.fromisoformat(row["Date"]) for row in report] == sorted(days)
    assert {date.fromisoformat(row[COLUMNS[shop][0]]) for row in search_terms(shop)} == days


@pytest.mark.parametrize("shop", SHOPS)
def test_thirteen_weeks_are_kept_by_hand(shop: str) -> None:
    for kpi in ("bsr_top10_share", "keyword_coverage", "fba_fee_share"):
        assert len(by_hand(shop, kpi)) == 13


@pytest.mark.parametrize("shop", SHOPS)
def test_ad_orders_never_exceed_all_orders_of_a_day(shop: str) -> None:
    day, _, _, orders, _ = COLUMNS[shop]
    for row in rows(DATA / shop / "business-report-2026-11-22.csv"):
        brought = sum(number(ad[orders]) for ad in search_terms(shop) if ad[day] == row["Date"])
        assert 0 < brought < number(row["Total Order Items"])


@pytest.mark.parametrize("shop", SHOPS)
def test_about_four_percent_of_units_are_returned(shop: str) -> None:
    returned = rows(DATA / shop / "fba-returns-2026-11-22.txt", "\t")
    for back in range(13):
        units = sum(int(row["quantity"]) for row in returned if in_week(row["return-date"], back))
        assert 3 < units / business(shop, "Units Ordered", back) * 100 < 5


@pytest.mark.parametrize("shop", SHOPS)
def test_the_health_report_has_its_98_columns_and_ages_that_add_up(shop: str) -> None:
    spans = ("0-to-90", "91-to-180", "181-to-270", "271-to-365", "366-to-455")
    for row in stock(shop):
        assert len(row) == 98
        aged = sum(int(row[f"inv-age-{span}-days"]) for span in spans)
        assert aged == int(row["available"]) + int(row["Total Reserved Quantity"])


@pytest.mark.parametrize("shop", ["US", "UK"])
def test_the_search_terms_have_the_quirks_of_real_reports(shop: str) -> None:
    _, _, sales, _, clicks = COLUMNS[shop]
    odd = [row for row in search_terms(shop) if "null" in row.values()]

    assert any(number(row[sales]) and not number(row[clicks]) for row in odd)
    assert any(number(row[clicks]) > number(row["Impressions"]) for row in odd)


def test_all_dates_are_in_iso_format() -> None:
    for file in texts():
        text_of_file = f"{file.name}\n{file.read_text('utf-8-sig')}"
        assert OTHER_DATES.findall(text_of_file) == [], file


def test_the_sample_is_small() -> None:
    sizes = [file.stat().st_size for file in kept(DATA)]

    assert max(sizes) < 250_000
    assert sum(sizes) < 1_200_000


@pytest.mark.parametrize("name", ["weekly", "weekly-zh"])
def test_the_items_leave_two_of_sixty_minutes_free(name: str) -> None:
    assert agenda(name)["minutes"] == 60
    assert sum(item["minutes"] for item in agenda(name)["items"]) == 58


def test_both_agendas_prepare_the_same_meeting() -> None:
    english, chinese = agenda("weekly"), agenda("weekly-zh")

    for key in ("starts", "timezone", "kpis"):
        assert english[key] == chinese[key]
    for key in ("people", "items"):
        assert [one["id"] for one in english[key]] == [one["id"] for one in chinese[key]]
    assert english["data"]["reports"] == chinese["data"]["reports"]
    assert [one["recommended"] for one in english["decisions"]] == ["B", "A", "B"]
    assert [one["recommended"] for one in chinese["decisions"]] == ["B", "A", "B"]


@pytest.mark.parametrize("name", ["weekly", "weekly-zh"])
def test_the_figures_in_the_questions_are_those_of_the_data(name: str) -> None:
    budget, stock_left, price = (one["background"] for one in agenda(name)["decisions"])
    slow = [row for row in stock("DE") if row["asin"] in ("B0FAC00103", "B0FAC00106")]
    old = sum(
        int(row[f"inv-age-{span}-days"]) for row in slow for span in ("181-to-270", "271-to-365")
    )
    fell = business("US", "Ordered Product Sales", 1) - business("US", "Ordered Product Sales")

    for figure in (
        f"${ads('US')['spend']:,.2f}",
        f"{acos('US'):.1f} %",
        f"{conversion('US', 1):.2f} %",
        f"{conversion('US'):.2f} %",
    ):
        assert figure in budget
    assert f"{turnover('DE'):.2f}" in stock_left
    assert f"{old} " in stock_left
    assert f"${fell:,.0f}" in price
