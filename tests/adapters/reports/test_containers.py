"""Reports in gzip, zip, JSON, YAML, old and other workbooks, and other encodings."""

import csv
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from facilitator.adapters.reports.containers import (
    PlainFile,
    is_hidden_file,
    plain_file,
    unread_file,
    utf8_file,
)
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.sniff import (
    Layout,
    UnreadableError,
    fingerprint,
    sniff_text,
)
from facilitator.adapters.reports.unsupported_files import (
    UnsupportedFile,
    check_supported,
)
from facilitator.adapters.reports.workbooks import sniff_workbook
from tests.adapters.reports.packed_files import write_ods, write_xlsb

SEARCH = "Date,Customer Search Term,Clicks,Spend,7 Day Total Sales\n2026-11-16,press,5,3.50,20.00\n"
ROWS: list[list[str | float]] = [
    ["Date", "Customer Search Term", "Clicks", "Spend", "7 Day Total Sales"],
    ["2026-11-16", "press", 5.0, 3.5, 20.0],
]
Open = Callable[[Path], PlainFile]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return lambda path: plain_file(path, fingerprint(path), scratch)


def layout_of(plain: PlainFile) -> Layout:
    known = packaged_report_types()
    if plain.seen.is_workbook:
        return sniff_workbook(plain.path, plain.seen.size, known)
    return sniff_text(plain.seen, known)


def kind_of(plain: PlainFile) -> str:
    found = check_supported(layout_of(plain))
    assert isinstance(found, HeaderMatch), found
    return found.kind.id


def table(plain: PlainFile) -> list[list[str]]:
    with plain.path.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def refusal(path: Path, opened: Open) -> str:
    with pytest.raises(UnreadableError) as refused:
        opened(path)
    return refused.value.message.translate()


def test_a_plain_file_is_read_where_it_is(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "US.csv"
    path.write_text(SEARCH)

    plain = opened(path)

    assert plain == PlainFile(path=path, seen=fingerprint(path))


def test_a_gzipped_report_is_read_and_keeps_the_hash_of_the_file(
    tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "US.csv.gz"
    path.write_bytes(gzip.compress(SEARCH.encode()))

    plain = opened(path)

    assert plain.path.read_text() == SEARCH
    assert plain.path.suffix == ".csv"
    assert plain.seen.sha256 == fingerprint(path).sha256
    assert plain.seen.size == len(SEARCH)
    assert kind_of(plain) == "search-term"


def test_a_zip_archive_with_one_report_is_read_whatever_lies_beside_it(
    tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "US.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("reports/st.csv", SEARCH)
        archive.writestr("__MACOSX/reports/._st.csv", "x")
        archive.writestr("reports/readme.pdf", "x")

    assert kind_of(opened(path)) == "search-term"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["a.csv", "b.csv"], "The zip archive holds 2 files. Unpack it"),
        (["a.pdf"], "holds no file that could be a report"),
        ([], "holds no file that could be a report"),
    ],
)
def test_a_zip_archive_with_more_or_less_than_one_report_is_refused(
    tmp_path: Path, opened: Open, files: list[str], said: str
) -> None:
    path = tmp_path / "US.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/", "")
        for name in files:
            archive.writestr(name, SEARCH)

    assert said in refusal(path, opened)


def test_a_workbook_in_a_zip_archive_is_read(tmp_path: Path, opened: Open) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(tmp_path / "st.xlsx")
    path = tmp_path / "US.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "st.xlsx", "st.xlsx")

    assert kind_of(opened(path)) == "search-term"


@pytest.mark.parametrize(
    "broken", [b"\x1f\x8b\x08\0broken", gzip.compress(b"x" * 5000, mtime=0)[:-9]]
)
def test_a_damaged_gzip_file_is_refused(tmp_path: Path, opened: Open, broken: bytes) -> None:
    path = tmp_path / "US.csv.gz"
    path.write_bytes(broken)

    assert refusal(path, opened) == "The compressed file is damaged. Download it again."


def test_what_unpacks_to_more_than_a_report_is_refused(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.adapters.reports.containers.LARGEST_FILE", 1 << 20)
    path = tmp_path / "US.csv.gz"
    path.write_bytes(gzip.compress(bytes(2 << 20)))

    assert refusal(path, opened) == "The file unpacks to more than 1 MB, which is too large."


@pytest.mark.parametrize("text", ["<!DOCTYPE html><html>", "<table><tr>", '<?xml version="1.0"?>'])
def test_a_web_page_with_the_name_of_a_report_is_named(
    tmp_path: Path, opened: Open, text: str
) -> None:
    path = tmp_path / "US.xls"
    path.write_text(text)

    assert "The file is a web page or XML, not a table" in refusal(path, opened)


def test_an_xlsb_and_an_ods_workbook_are_read(tmp_path: Path, opened: Open) -> None:
    assert kind_of(opened(write_xlsb(tmp_path / "US.xlsb", ROWS))) == "search-term"
    assert kind_of(opened(write_ods(tmp_path / "US.ods", ROWS))) == "search-term"


def test_a_workbook_by_another_name_is_read_as_what_it_is(tmp_path: Path, opened: Open) -> None:
    assert kind_of(opened(write_ods(tmp_path / "US.csv", ROWS))) == "search-term"
    assert kind_of(opened(write_xlsb(tmp_path / "US.xls", ROWS))) == "search-term"


def test_an_xlsb_workbook_with_a_cell_far_away_is_refused(tmp_path: Path, opened: Open) -> None:
    path = write_xlsb(tmp_path / "US.xlsb", ROWS, far=(1_048_575, 16_383))

    with pytest.raises(UnreadableError) as refused:
        layout_of(opened(path))

    assert "extends to XFD1048576" in refused.value.message.translate()


@pytest.mark.parametrize("end", [15, 30, 45])
def test_a_damaged_xlsb_workbook_is_refused_and_does_not_end_the_program(
    tmp_path: Path, opened: Open, end: int
) -> None:
    whole = write_xlsb(tmp_path / "whole.xlsb", ROWS)
    path = tmp_path / "US.xlsb"
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(path, "w") as package:
        for name in parts.namelist():
            cut = end if name == "xl/workbook.bin" else None
            package.writestr(name, parts.read(name)[:cut])

    with pytest.raises(UnreadableError) as refused:
        layout_of(opened(path))

    assert "is damaged" in refused.value.message.translate()


def test_a_hidden_sheet_is_not_read_and_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Now"
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    for row in ROWS:
        book["Now"].append(row)
        hidden.append(row)
    book.save(tmp_path / "US.xlsx")

    layout = sniff_workbook(tmp_path / "US.xlsx", 1, packaged_report_types())

    assert (layout.sheet, layout.beside, layout.hidden) == ("Now", (), ("Old",))


def test_a_workbook_whose_only_report_is_hidden_is_named_for_it(
    tmp_path: Path, opened: Open
) -> None:
    plain = opened(write_ods(tmp_path / "US.ods", ROWS, is_hidden=True))

    found = check_supported(layout_of(plain))

    assert isinstance(found, UnsupportedFile)
    assert found.said.translate() == "The report is on a hidden sheet: Report."


def test_a_locked_workbook_is_named(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "US.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))

    with pytest.raises(UnreadableError) as refused:
        layout_of(opened(path))

    assert "has a password, or is damaged" in refused.value.message.translate()


API_ROW = {"date": "2026-11-16", "searchTerm": "press", "clicks": 5, "cost": 3.5, "sales7d": 20}


def test_a_list_of_records_is_a_table_with_the_union_of_their_keys(
    tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "US.json"
    path.write_text(json.dumps([API_ROW, {"date": "2026-11-17", "matchType": None, "clicks": 1}]))

    plain = opened(path)

    assert table(plain) == [
        ["date", "searchTerm", "clicks", "cost", "sales7d", "matchType"],
        ["2026-11-16", "press", "5", "3.5", "20", ""],
        ["2026-11-17", "", "1", "", "", ""],
    ]
    assert kind_of(plain) == "search-term"


def test_a_gzipped_list_of_the_api_is_read_whatever_its_name(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "report.txt.gz"
    path.write_bytes(gzip.compress(json.dumps([API_ROW]).encode()))

    assert kind_of(opened(path)) == "search-term"


def test_records_line_by_line_are_read(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "US.jsonl"
    path.write_text(f"{json.dumps(API_ROW)}\n{json.dumps(API_ROW)}\n")

    assert len(table(opened(path))) == 3


def test_a_number_with_three_decimals_is_not_taken_for_thousands(
    tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "US.json"
    path.write_text('[{"cost": 12.345, "ids": 170574860392093, "small": 1.5e-3, "text": "1.234"}]')

    assert table(opened(path))[1] == ["12.3450", "170574860392093", "0.0015000000", "1.234"]


SALES_AND_TRAFFIC = {
    "reportSpecification": {
        "reportType": "GET_SALES_AND_TRAFFIC_REPORT",
        "dataStartTime": "2026-11-16",
        "dataEndTime": "2026-11-22",
        "marketplaceIds": ["ATVPDKIKX0DER"],
    },
    "salesAndTrafficByDate": [
        {
            "date": "2026-11-16",
            "salesByDate": {
                "orderedProductSales": {"amount": 100.5, "currencyCode": "USD"},
                "unitsOrdered": 10,
                "totalOrderItems": 9,
            },
            "trafficByDate": {"sessions": 100, "pageViews": 150, "buyBoxPercentage": 99.1},
        }
    ],
    "salesAndTrafficByAsin": [{"parentAsin": "B0P", "childAsin": "B0C"}] * 2,
}


def test_the_sales_and_traffic_report_of_the_api_is_read_by_day(
    tmp_path: Path, opened: Open
) -> None:
    path = tmp_path / "US.json"
    path.write_text(json.dumps(SALES_AND_TRAFFIC))

    plain = opened(path)

    found = check_supported(layout_of(plain))
    assert isinstance(found, HeaderMatch)
    assert found.kind.id == "business"
    assert found.missed == ()
    assert {"day", "marketplace", "currency", "order_items"} <= {
        each.name for each in found.columns
    }
    (note,) = plain.notes
    assert "Only “salesAndTrafficByDate” was read, not salesAndTrafficByAsin" in note.translate()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "holds no records"),
        ("[{", "not valid JSON"),
        ('[{"a": 1} {"a": 2}]', "not valid JSON"),
        ('{"a": ', "not valid JSON"),
        ("[{" + '"a":[' * 100_000, "not valid JSON"),
        (json.dumps([{str(at): 1 for at in range(2000)}]), "too many different keys"),
    ],
)
def test_what_is_no_list_of_records_is_refused(
    tmp_path: Path, opened: Open, text: str, said: str
) -> None:
    path = tmp_path / "US.json"
    path.write_text(text)

    assert said in refusal(path, opened)


def test_records_longer_than_a_block_are_read(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.adapters.reports.records._BLOCK", 7)
    path = tmp_path / "US.json"
    path.write_text(json.dumps({"report": "x", "rows": [API_ROW] * 3, "pages": 12}, indent=2))

    plain = opened(path)

    assert [row[-2:] for row in table(plain)] == [["report", "pages"], *[["x", "12"]] * 3]


def test_kpi_values_kept_as_yaml_are_a_table_of_texts(tmp_path: Path, opened: Open) -> None:
    pytest.importorskip("yaml")
    path = tmp_path / "kpi_values.yaml"
    path.write_text(
        "- {week_ending: 2026-11-22, marketplace: NO, kpi: bsr_top10_share, value: 1.10}\n"
        "- week_ending: 2026-11-22\n  marketplace: US\n  kpi: bsr_top10_share\n  value: 40\n"
    )

    plain = opened(path)

    assert table(plain)[1] == ["2026-11-22", "NO", "bsr_top10_share", "1.10"]
    assert kind_of(plain) == "kpi-values"


@pytest.mark.parametrize(
    ("text", "said"), [("a: [", "not valid YAML"), ("a: &x {b: 1}\nc: *x\n", "uses aliases")]
)
def test_yaml_that_is_broken_or_could_unfold_to_any_size_is_refused(
    tmp_path: Path, opened: Open, text: str, said: str
) -> None:
    pytest.importorskip("yaml")
    path = tmp_path / "kpi_values.yml"
    path.write_text(text)

    assert said in refusal(path, opened)


@pytest.mark.parametrize(
    ("encoding", "term"), [("gb18030", "榨汁机 厨房"), ("cp1252", "café"), ("utf-16", "検索 用語")]
)
def test_a_text_in_another_encoding_is_copied_in_utf_8(
    tmp_path: Path, opened: Open, encoding: str, term: str
) -> None:
    text = SEARCH.replace("press", term)
    path = tmp_path / "US.csv"
    path.write_bytes(text.encode(encoding))
    plain = opened(path)
    layout = sniff_text(plain.seen, packaged_report_types())

    copy = utf8_file(plain.path, layout, tmp_path / "scratch")

    assert copy != path
    assert copy.read_text("utf-8").lstrip("\ufeff") == text


def test_an_incomplete_last_line_is_not_copied(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "US.csv"
    path.write_text(f"{SEARCH}2026-11-17,pre")
    plain = opened(path)
    layout = sniff_text(plain.seen, packaged_report_types())

    assert layout.encoding == "utf-8"
    text = utf8_file(plain.path, layout, tmp_path / "scratch").read_text()
    assert text == (SEARCH if layout.is_cut else path.read_text())


@pytest.mark.parametrize("name", ["US.csv", "US.XLSX", "a.csv.gz", "report"])
def test_files_that_could_be_reports_are_opened(name: str) -> None:
    assert unread_file(name) is None
    assert not is_hidden_file(name)


@pytest.mark.parametrize("name", [".hidden.pdf", "~$US.xlsx", "Thumbs.db", ".DS_Store", "__MACOSX"])
def test_nothing_is_said_of_what_is_hidden_or_left_by_systems(name: str) -> None:
    assert is_hidden_file(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("slides.pdf", "This is not a report: .pdf files are not read. Download the report as"),
        ("US.csv.crdownload", "The download of this file is not finished. Download it again."),
        ("reports.toml", "Settings are not read from the data folder. Put agenda.toml"),
        ("reports.rar", "This is an archive, which is not opened. Unpack it"),
    ],
)
def test_no_other_file_is_passed_over_in_silence(
    tmp_path: Path, opened: Open, name: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(SEARCH)

    assert refusal(path, opened).startswith(said)
    assert not is_hidden_file(name)
