"""A workbook of several sheets: each sheet that is a report is read like a file."""

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from facilitator.adapters.reports import read_breakdown, read_folder, read_tables
from facilitator.domain.kpis.facts import Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import Week

openpyxl = import_module("openpyxl")

Row = Sequence[object]

CAMPAIGN = ("Date", "Campaign Name", "Currency", "Clicks", "Spend", "7 Day Total Sales")
SEARCH = ("Date", "Customer Search Term", *CAMPAIGN[1:])
NOTES = (("What we saw", ""), ("Clicks are up", "good"))
LAST = date(2026, 11, 16)


def book(path: Path, **sheets: Sequence[Row]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def campaigns(name: str, clicks: int, *, day: date = LAST) -> Sequence[Row]:
    return CAMPAIGN, (day, name, "USD", clicks, 2.5, 9.0)


def terms(clicks: int) -> Sequence[Row]:
    return SEARCH, (LAST, "shoe", "A", "USD", clicks, 1.5, 9.0)


def clicks(data: PreparedData) -> float:
    return sum(fact.amount for fact in data.facts if fact.measure == "ad_clicks")


def test_the_only_sheet_that_is_a_report_is_read_wherever_it_is(tmp_path: Path) -> None:
    file = book(tmp_path / "US.xlsx", Notes=NOTES, Empty=(), Data=campaigns("A", 3), End=NOTES)

    (reading,) = read_tables(file, tmp_path, ())

    assert (reading.source.file, reading.sheet, reading.problems) == ("US.xlsx", "Data", ())


def test_sheets_of_several_products_add_up(tmp_path: Path) -> None:
    book(
        tmp_path / "US.xlsx",
        Sponsored_Products=campaigns("A", 3),
        Notes=NOTES,
        Sponsored_Brands=campaigns("A", 5),
    )

    data = read_folder(tmp_path)

    assert (clicks(data), data.problems) == (8, ())
    assert [source.file for source in data.sources] == [
        "US.xlsx › Sponsored Products",
        "US.xlsx › Sponsored Brands",
    ]


def test_the_marketplace_of_a_sheet_comes_from_its_name(tmp_path: Path) -> None:
    book(tmp_path / "ads.xlsx", US=campaigns("A", 3), UK=campaigns("A", 5))

    data = read_folder(tmp_path)

    assert {each.marketplace for each in data.facts} == {"US", "UK"}
    assert (clicks(data), data.problems) == (8, ())


def test_the_more_complete_of_two_sheets_takes_precedence(
    tmp_path: Path,
) -> None:
    book(tmp_path / "US.xlsx", Terms=terms(3), Campaigns=campaigns("A", 4))

    data = read_folder(tmp_path)

    assert clicks(data) == 4
    assert [each.file for each in data.problems] == ["US.xlsx › Terms"]


def test_a_row_in_two_sheets_counts_once(tmp_path: Path) -> None:
    book(tmp_path / "US.xlsx", Copy=campaigns("A", 3), Data=campaigns("A", 3))

    data = read_folder(tmp_path)

    assert clicks(data) == 3
    assert ["US.xlsx › Data contains them too" in each.translate() for each in data.problems] == [
        True
    ]


def test_the_reading_of_every_sheet_is_cached(tmp_path: Path) -> None:
    book(tmp_path / "US.xlsx", Copy=campaigns("A", 3), Data=campaigns("A", 3), Terms=terms(3))

    first = read_folder(tmp_path)

    assert len(first.sources) == 3
    assert read_folder(tmp_path) == first


def test_movers_are_read_from_every_sheet(tmp_path: Path) -> None:
    book(tmp_path / "US.xlsx", Copy=campaigns("A", 3), Data=campaigns("A", 3), Terms=terms(2))

    found = read_breakdown(
        tmp_path, [Marketplace("US")], [Measure("ad_clicks")], [Week(end=date(2026, 11, 22))]
    )

    assert {each.name: each.amount for each in found.contributions} == {"A": 3, "shoe": 2}
