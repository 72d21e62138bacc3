"""`kpi` tells KPIs that are no plain number: ∞, and what an export says of other days."""

import json
from pathlib import Path

import pytest

AGENDA = """title = "Weekly"
series = "weekly"
starts = 2026-11-23T17:00:00
timezone = "Asia/Shanghai"
minutes = 60
language = "en"
currency = "CNY"
notice_hours = 0

[[people]]
id = "boss"
name = "Boss"
role = "owner"
department = "management"
hourly_rate = 80
duties = ["decider", "facilitator", "recorder", "timekeeper"]

[[items]]
id = "focus"
title = "Focus"
kind = "opening"
minutes = 10
lead = "boss"

[[kpis]]
id = "acos"
at_most = 25

[data]
folder = "data"
week_ends_on = "sunday"
timezone = "America/Los_Angeles"
marketplaces = ["US", "DE"]

[data.rates]
base = "USD"
on = 2026-11-20

[data.rates.per_unit]
EUR = 0.5
"""
COLUMNS = (
    "Currency,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,"
    "Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)"
)
WEEK = range(16, 23)
"""The days of November that are under review."""


def daily(currency: str, sales: int) -> str:
    """An export with a row for each day of the week."""
    rows = (
        f"2026-11-{day},{currency},C,G,kw,EXACT,press,1000,50,25.00,{sales}.00,8" for day in WEEK
    )
    return "\n".join([f"Date,{COLUMNS}", *rows, ""])


def not_daily(*windows: tuple[str, str, int, int]) -> str:
    """An export with a row for each window."""
    rows = (
        f"{first},{last},USD,C,G,kw,EXACT,press,90000,900,{spend},{sales},8"
        for first, last, spend, sales in windows
    )
    return "\n".join([f"Start Date,End Date,{COLUMNS}", *rows, ""])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    home = tmp_path / "agendas" / "weekly"
    for shop, text in (("US", daily("USD", 200)), ("DE", daily("EUR", 0))):
        (home / "data" / shop).mkdir(parents=True)
        (home / "data" / shop / "search-terms.csv").write_text(text, encoding="utf-8")
    (home / "agenda.toml").write_text(AGENDA, encoding="utf-8")
    return tmp_path


def acos_of(printed: str) -> dict[str, dict[str, object]]:
    """The fields of ACoS by marketplace."""
    kpis = json.loads(printed)["kpis"]
    return {each["marketplace"]: each for each in kpis if each["kpi"] == "acos"}


def test_spend_without_sales_is_worse_than_any_target(run, workspace):
    printed = run("kpi", "weekly", "--week", "2026-11-22", "--json", at=workspace)

    acos = acos_of(printed.out)
    german = acos["DE"]
    assert (german["value"], german["numerator"], german["denominator"]) == (None, 175, 0)
    assert (german["is_worse_than_any_target"], german["status"], german["is_red"]) == (
        True,
        "off_target",
        True,
    )
    assert (german["attainment"], german["missing"], german["change"]) == (0, [], None)
    assert acos["ALL"]["value"] == pytest.approx(18.75)
    assert not acos["ALL"]["is_worse_than_any_target"]


def test_the_table_says_what_was_divided_by_zero(run, workspace):
    printed = run("kpi", "weekly", "--week", "2026-11-22", at=workspace)

    line = next(line for line in printed.out.splitlines() if line.strip().startswith("DE"))
    assert "∞" in line
    assert "▲ off target: no ad sales for €175 of ad spend" in line


def test_a_year_with_spend_without_sales_is_printed(run, workspace):
    year = ("kpi", "weekly", "--year", "--week", "2026-11-22")

    printed, table = run(*year, "--json", at=workspace), run(*year, at=workspace)

    told = {(each["kpi"], each["marketplace"]): each for each in json.loads(printed.out)["kpis"]}
    week = told["acos", "DE"]["weeks"][-1]
    assert (week["value"], week["is_worse_than_any_target"]) == (None, True)
    assert (printed.code, table.code) == (0, 0)
    assert table.out.splitlines()[2].split()[:3] == ["ACoS", "18.8", "%"]


def test_an_export_that_is_not_weekly_is_told_for_its_days(run, workspace):
    weeks = (
        ("2026-10-25", "2026-10-31", 300, 500),
        ("2026-11-01", "2026-11-07", 300, 500),
        ("2026-11-08", "2026-11-14", 213, 500),
        ("2026-11-15", "2026-11-21", 100, 120),
    )
    report = workspace / "agendas" / "weekly" / "data" / "US" / "search-terms.csv"
    report.write_text(not_daily(*weeks), encoding="utf-8")

    american = acos_of(run("kpi", "weekly", "--week", "2026-11-22", "--json", at=workspace).out)[
        "US"
    ]
    table = run("kpi", "weekly", "--week", "2026-11-22", at=workspace).out

    assert (american["value"], american["status"], american["is_red"]) == (None, "missing", False)
    assert american["window"] == {
        "first_day": "2026-10-25",
        "last_day": "2026-11-21",
        "days": 28,
        "value": pytest.approx(100 * 913 / 1620),
        "is_worse_than_any_target": False,
        "numerator": 913,
        "denominator": 1620,
        "currency": "USD",
    }
    line = next(line for line in table.splitlines() if line.strip().startswith("US"))
    assert "25 Oct – 21 Nov" in line
    assert "28 days, not weekly" in line


def test_a_row_that_is_exactly_the_week_is_that_week(run, workspace):
    report = workspace / "agendas" / "weekly" / "data" / "US" / "search-terms.csv"
    report.write_text(not_daily(("2026-11-16", "2026-11-22", 40, 200)), encoding="utf-8")

    american = acos_of(run("kpi", "weekly", "--week", "2026-11-22", "--json", at=workspace).out)[
        "US"
    ]

    assert (american["value"], american["is_partial"], american["window"]) == (20, False, None)
