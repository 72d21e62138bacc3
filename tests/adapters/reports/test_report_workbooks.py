"""Workbooks that would take too much memory are refused before they are unpacked."""

import struct
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from tests.adapters.reports.report_reader import read_one_report

openpyxl = import_module("openpyxl")

HEADER = ("Date", "Customer Search Term", "Campaign Name", "Currency", "Clicks", "Spend")
TRUE_SIZE = 600 << 20


def said(path: Path) -> str:
    (problem,) = read_one_report(path).problems
    return problem.translate()


def test_a_part_that_unpacks_to_more_than_its_header_says_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "US.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(TRUE_SIZE >> 20):
            sheet.write(bytes(1 << 20))
    with zipfile.ZipFile(bomb, "a") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    content = bomb.read_bytes()
    true, lie = struct.pack("<L", TRUE_SIZE), struct.pack("<L", 1000)
    assert content.count(true) == 2
    bomb.write_bytes(content.replace(true, lie))

    assert "unpacks to 512 MB" in said(bomb)


@pytest.mark.parametrize("cell", ["XFD1048576", "AH1048576"])
def test_a_sheet_with_a_cell_in_a_far_corner_is_refused(tmp_path: Path, cell: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active[cell] = " "
    book.save(tmp_path / "US.xlsx")

    assert f"extends to {cell}" in said(tmp_path / "US.xlsx")


def test_a_sheet_may_be_as_long_as_a_spreadsheet_can(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([*HEADER, "7 Day Total Sales"])
    book.active.append(["2026-11-16", "x", "A", "USD", 3, 21.73, 9])
    book.active["A1048576"] = " "
    book.save(tmp_path / "US.xlsx")

    assert read_one_report(tmp_path / "US.xlsx").source.rows_kept == 1


def test_a_part_with_a_wrong_checksum_is_reported_as_damage(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.save(tmp_path / "US.xlsx")
    with zipfile.ZipFile(tmp_path / "US.xlsx") as package:
        checksum = struct.pack("<L", package.getinfo("xl/worksheets/sheet1.xml").CRC)
    content = (tmp_path / "US.xlsx").read_bytes()
    (tmp_path / "US.xlsx").write_bytes(content.replace(checksum, b"\1\2\3\4"))

    assert "damaged" in said(tmp_path / "US.xlsx")


def test_a_zip_archive_with_several_files_asks_to_be_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "US.zip", "w") as package:
        package.writestr("report.csv", "Date,Clicks")
        package.writestr("other.csv", "Date,Clicks")

    assert "Unpack it" in said(tmp_path / "US.zip")


def test_cells_that_are_far_apart_span_the_whole_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active["XFD2"] = " "
    book.active["A1048576"] = " "
    book.save(tmp_path / "US.xlsx")

    assert "extends to XFD1048576" in said(tmp_path / "US.xlsx")


def test_a_cell_with_nan_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([*HEADER, "7 Day Total Sales"])
    for cost in (2, 3, 777):
        book.active.append(["2026-11-16", "x", "A", "USD", 1, cost, 9])
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "US.xlsx", "w") as package,
    ):
        for name in whole.namelist():
            package.writestr(name, whole.read(name).replace(b"<v>777</v>", b"<v>NaN</v>"))

    reading = read_one_report(tmp_path / "US.xlsx")

    assert (reading.source.rows_kept, reading.source.rows_refused) == (2, 1)
    assert [each.amount for each in reading.totals if each.measure == "ad_spend"] == [5]
