"""Cells of a workbook that are shown as percents."""

import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from facilitator.adapters.reports.sniff import UnreadableError
from facilitator.adapters.reports.workbooks import percent_rows

openpyxl = import_module("openpyxl")


def book_of(tmp_path: Path, cells: list[tuple[object, str]]) -> Path:
    """Write a workbook with a header and, in its third column, cells of some number format."""
    path = tmp_path / "kpi_values.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Values"
    sheet.append(["week_ending", "kpi", "value"])
    for row, (value, number_format) in enumerate(cells, start=2):
        cell = sheet.cell(row=row, column=3, value=value)
        cell.number_format = number_format
    book.save(path)
    return path


def test_cells_with_a_percent_format_are_found_by_row(tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        [
            (0.05, "0%"),
            (5, "General"),
            (0.125, "0.0 %"),
            (None, "0%"),
            ("5%", "0%"),
            (0.5, "0.00%;[Red]-0.00%"),
            (5, '0"%"'),
            (5, "0\\%"),
        ],
    )

    assert percent_rows(path, "Values", 2) == {2, 4, 7}
    assert percent_rows(path, "Values", 0) == frozenset()


def test_rows_without_cells_are_counted(tmp_path: Path) -> None:
    path = book_of(tmp_path, [(None, "General"), (None, "General"), (0.05, "0%")])

    assert percent_rows(path, "Values", 2) == {4}


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="Other"><table:table-row>
  <table:table-cell table:number-columns-repeated="3" office:value-type="percentage"/>
</table:table-row></table:table>
<table:table table:name="Values">
  <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
  <table:table-row><table:table-cell table:number-columns-repeated="2"/>
    <table:table-cell office:value-type="percentage" office:value="0.05"/></table:table-row>
  <table:table-row><table:table-cell table:number-columns-repeated="2"/>
    <table:table-cell office:value-type="float" office:value="5"/></table:table-row>
  <table:table-row table:number-rows-repeated="2">
    <table:table-cell table:number-columns-repeated="3" office:value-type="percentage"/>
  </table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_percents_of_an_ods_file_are_found_by_row(tmp_path: Path) -> None:
    path = tmp_path / "kpi_values.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", ODS)

    assert percent_rows(path, "Values", 2) == {3, 5, 6}
    assert percent_rows(path, "Values", 1) == {5, 6}


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = book_of(tmp_path, [(0.05, "0%")])

    assert percent_rows(path.rename(tmp_path / "kpi_values.csv"), "Values", 2) == {2}


@pytest.mark.parametrize("content", [b"", b"week_ending,kpi,value\n", b"PK\x03\x04damaged"])
def test_a_file_that_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kpi_values.xlsx"
    path.write_bytes(content)

    with pytest.raises(UnreadableError, match="Save the workbook as CSV"):
        percent_rows(path, "Values", 2)


def test_a_sheet_that_is_missing_is_told(tmp_path: Path) -> None:
    path = book_of(tmp_path, [(0.05, "0%")])

    with pytest.raises(UnreadableError):
        percent_rows(path, "Other", 2)
