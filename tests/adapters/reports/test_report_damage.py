"""Damaged and hostile files give problems and never an exception."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.reports import FileReading, read_folder
from tests.adapters.reports.report_reader import read_one_report

Read = Callable[..., FileReading]

HEADER = (
    "Date,Campaign Name,Customer Search Term,Currency,Impressions,Clicks,Spend,7 Day Total Sales\n"
)
ROW = "2026-11-16,A,x,USD,100,10,5.00,20.00\n"
FILES = Path(__file__).with_name("files")
openpyxl = import_module("openpyxl")


def said(reading: FileReading) -> str:
    return "\n".join(problem.translate() for problem in reading.problems)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "a header but no rows"),
        ((HEADER + ROW).encode().replace(b"x", b"\0"), "not readable text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "has a password, or is damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (HEADER.encode() + b'2026-11-16,"A' + ROW.encode() * 3, "mark in line 2 is not closed"),
        (HEADER.encode() + ROW.encode() + b'2026-11-16,"A\n', "A quotation mark may not be closed"),
        (b"a" * 10_000_000, "not a known report"),
        (b"\x89PNG\r\n\x1a\n rest", "not a known report"),
    ],
)
def test_a_file_without_facts_says_why(read: Read, content: bytes, sentence: str) -> None:
    reading = read(content)

    assert reading.facts == ()
    assert sentence in said(reading)


def test_a_truncated_last_row_is_left_out_with_a_problem(read: Read) -> None:
    reading = read((HEADER + ROW + ROW)[:-12])

    assert "ends in the middle of its last row" in said(reading)
    assert (reading.source.rows_read, reading.source.rows_kept) == (2, 1)


def test_a_last_row_without_a_line_end_is_complete(read: Read) -> None:
    reading = read((HEADER + ROW + ROW).rstrip())

    assert reading.problems == ()
    assert reading.source.rows_kept == 2


def test_a_field_of_ten_megabytes_is_read(read: Read) -> None:
    reading = read(HEADER + ROW.replace("x", "y" * 10_000_000) + ROW)

    assert reading.source.rows_kept == 2


def test_blank_lines_are_not_rows_and_do_not_shift_row_numbers(read: Read) -> None:
    reading = read(HEADER + "\n" + ROW + ",,,,,,,\n" + ROW.replace("10,5", "ten,5"))

    assert (reading.source.rows_read, reading.source.rows_kept) == (2, 1)
    assert [problem.place() for problem in reading.problems] == ["row 5, column Clicks"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "US.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(600):
            sheet.write(bytes(1 << 20))
    with zipfile.ZipFile(bomb, "a") as package:
        package.writestr("[Content_Types].xml", "<Types/>")

    assert "unpacks to 600 MB" in said(read_one_report(bomb))


def test_a_workbook_named_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    book = tmp_path / "DE.csv"
    book.write_bytes((FILES / "zh_sp_search_term_2023.xlsx").read_bytes())

    assert read_one_report(book).source.rows_kept == 2


def test_a_workbook_keeps_typed_cells_and_spreadsheet_row_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["made by", "nobody"])
    sheet = book.create_sheet("Sponsored Product Search Term R")
    sheet["B3"] = "Report"
    for column, title in enumerate(HEADER.strip().split(","), 2):
        sheet.cell(5, column, title)
    for row, spend in ((6, 21.73), (8, "n.n."), (9, "$1,000.27")):
        cells = [datetime(2026, 11, 16), "A", "x", "USD", 100, 10, spend, 20.5]  # noqa: DTZ001
        for column, cell in enumerate(cells, 2):
            sheet.cell(row, column, cell)
    book.save(tmp_path / "US.xlsx")

    reading = read_one_report(tmp_path / "US.xlsx")

    assert ("ad_spend", 1022.0) in {(each.measure, each.amount) for each in reading.totals}
    assert [problem.place() for problem in reading.problems] == ["row 8, column Spend"]
    assert reading.header_row == 5


def test_what_is_not_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")

    assert "not a file" in said(read_one_report(tmp_path / "x.csv"))
    assert "not a file" in said(read_one_report(tmp_path / "pipe.csv"))
    assert "cannot be read" in said(read_one_report(tmp_path / "gone.csv"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_opened_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "US.csv"
    file.write_text(HEADER + ROW)
    file.chmod(0)

    assert "have permission to open it" in said(read_one_report(file))


def test_a_file_that_vanishes_while_the_folder_is_read_is_a_problem(tmp_path: Path) -> None:
    for name in ("US_1.csv", "US_2.csv"):
        (tmp_path / name).write_text(HEADER + ROW)

    data = read_folder(
        tmp_path, progress=lambda step: (tmp_path / "US_2.csv").unlink(missing_ok=True)
    )

    assert [source.rows_kept for source in data.sources] == [1, 0]
    assert [problem.file for problem in data.problems] == ["US_2.csv"]


SAMPLES = [file.read_bytes() for file in sorted(FILES.iterdir())]


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_damage_to_a_report_raises(data: st.DataObject, tmp_path: Path) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    at = data.draw(st.integers(0, len(sample)))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.binary(max_size=40))
    file = tmp_path / "US_2026-W47.csv"
    file.write_bytes(sample[:at] + junk + sample[at + length :])

    reading = read_one_report(file)

    source = reading.source
    assert source.rows_read == source.rows_kept + source.rows_refused
    assert reading.facts or reading.problems


def test_the_package_is_imported_without_pandas() -> None:
    code = (
        "import sys, facilitator.adapters.reports; "
        "sys.exit(bool({'pandas', 'numpy', 'python_calamine'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("broken", [b"\xff", "词".encode()[:2]])
def test_one_invalid_byte_does_not_change_the_encoding(read: Read, broken: bytes) -> None:
    header = "日期,广告活动名称,客户搜索词,货币,点击量,花费,7天总销售额\n"
    row = "2026-11-16,活动,词,USD,10,5.00,20.00\n"
    reading = read((header + row).encode() + row.encode().replace("词".encode(), broken))

    assert reading.encoding == "utf-8"
    assert (reading.source.rows_kept, reading.problems) == (2, ())


def test_an_implausibly_large_figure_is_refused_however_it_is_written(read: Read) -> None:
    reading = read(HEADER + ROW + ROW.replace(",10,", ",9999999999999999,"))

    assert (reading.source.rows_kept, reading.source.rows_refused) == (1, 1)
    assert "row 3, column Clicks: “9999999999999999” is not a number" in said(reading)
