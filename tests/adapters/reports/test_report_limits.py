"""A file may cost 20 seconds and 400 MB at most: one that costs more is named, the others count."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from facilitator.adapters.reports import bounded_reading, read_custom_reports, read_folder
from facilitator.adapters.reports.bounded_process import Ending, Run, run_bounded
from facilitator.adapters.reports.sniff import fingerprint
from tests.adapters.reports import hostile_files as hostile
from tests.adapters.reports.conftest import Read
from tests.adapters.reports.hostile_files import HEADER, ROW

SPEND = 5.5
MEASURED = """
import json, re, resource, sys
from pathlib import Path
from facilitator.adapters.reports import read_folder
data = read_folder(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text()  # getrusage keeps the peak of the parent
own = int(re.search(r"VmHWM:\\s*(\\d+)", status)[1])
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([peak >> 10, [fact.amount for fact in data.facts if fact.measure == "ad_spend"],
                  {each.file: each.translate() for each in data.problems}]))
"""

TOO_WIDE = "more than 1,024 columns"
TOO_LARGE = "more than 400 MB of memory"
TEXTS = [
    ("," * 1_000_000 + "\n", TOO_WIDE),
    (HEADER.strip() + "," * 1_000_000 + "\n" + ROW, TOO_WIDE),
    ((HEADER.strip() + "," * 1_000_000 + "\n" + ROW).replace(",", "\t"), TOO_WIDE),
    ((HEADER.strip() + "," * 1_000_000 + "\n" + ROW).replace(",", ";"), TOO_WIDE),
    (HEADER + ROW + "x" * 20_000_000 + "\n", "longer than 16 MB"),
]
FAR_CELLS = [
    ("r='1048576'", "r='XFD1048576'"),
    ('r = "1048576"', 'r = "XFD1048576"'),
    ('\nr="1048576"', '\tr="XFD1048576"'),
    ('r="1048576"', 'r="xfd1048576"'),
    ('r="1048576"', 's="0"\nr="XFD1048576"'),
    ("", "r='XFD1048576'"),
    ('r="4294967295"', 'r="ZZZZZZ4294967295"'),
]


def spend_beside(folder: Path, name: str, content: str | bytes) -> tuple[list[float], str]:
    """Read a file beside a sound one; return what that one spent, and what is said of the file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "US_sound.csv").write_text(HEADER + ROW)
    data = read_folder(folder)
    spent = [fact.amount for fact in data.facts if fact.source == "US_sound.csv"]
    return spent, " ".join(each.translate() for each in data.problems if each.file == name)


@pytest.mark.parametrize(
    ("content", "why"), TEXTS, ids=["blank", "commas", "tabs", "semicolons", "line"]
)
def test_a_text_that_is_no_report_is_refused_at_once(
    tmp_path: Path, content: str, why: str
) -> None:
    spent, said = spend_beside(tmp_path, "US_bad.csv", content)

    assert SPEND in spent
    assert why in said


@pytest.mark.parametrize(("row", "cell"), FAR_CELLS)
def test_a_workbook_that_would_end_its_reader_is_named(tmp_path: Path, row: str, cell: str) -> None:
    spent, said = spend_beside(tmp_path, "US_bad.xlsx", hostile.with_far_cell(row, cell))

    assert SPEND in spent
    assert TOO_LARGE in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (hostile.workbook(300), "300 sheets, more than the 256"),
        (hostile.workbook(60), "60 sheets, more than the 53"),
        (hostile.of_many_parts(), "too many parts"),
        (hostile.packed_otherwise(zipfile.ZIP_LZMA), "unusual way"),
        (hostile.packed_otherwise(zipfile.ZIP_BZIP2), "unusual way"),
    ],
    ids=["sheets", "reports", "parts", "lzma", "bzip2"],
)
def test_a_workbook_of_too_much_is_refused_before_it_is_read(
    tmp_path: Path, content: bytes, why: str
) -> None:
    spent, said = spend_beside(tmp_path, "US_bad.xlsx", content)

    assert SPEND in spent
    assert why in said


@pytest.mark.parametrize(
    "tags", [b"<a>" * 1_000_000, b'<mergeCell ref="A1:XFD1048576"/>' * 100_000, b"<row/>" * 100_000]
)
def test_what_a_workbook_holds_beside_its_cells_does_not_harm(tmp_path: Path, tags: bytes) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    content = hostile.repacked(sheet, b"</sheetData>", b"</sheetData>" + tags)

    spent, _said = spend_beside(tmp_path, "US_odd.xlsx", content)

    assert SPEND in spent


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems do not tell the memory used.")
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("US_blank.csv", HEADER + ROW + "\n" * 5_000_000, TOO_LARGE),
        ("US_commas.csv", HEADER + "," * 1_200_000 + "\n" + ROW, TOO_LARGE),
        ("US_far.xlsx", hostile.with_far_cell("r='999999'", "r='AZ999999'"), TOO_LARGE),
    ],
    ids=["blank lines", "a wide row", "far cell"],
)
def test_no_file_takes_more_than_400_megabytes(
    tmp_path: Path, name: str, content: str | bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "US_sound.csv").write_text(HEADER + ROW)

    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)], capture_output=True, check=True
    )

    peak, spent, said = json.loads(done.stdout)
    assert peak < 440  # what a busy computer lets it take between two looks
    assert SPEND in spent
    assert why in said[name]


def test_a_file_of_three_gigabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    hostile.sparse(tmp_path / "US_sparse.csv", 3 << 30)

    (problem,) = read_folder(tmp_path).problems

    assert "3,072 MB, more than the 512 MB that are read" in problem.translate()


def test_a_device_under_the_name_of_a_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "US_zero.csv").symlink_to("/dev/zero")

    (problem,) = read_folder(tmp_path).problems

    assert "This is not a file" in problem.translate()


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, pipe = tmp_path / "US.csv", tmp_path / "pipe"
    path.write_text(HEADER + ROW)
    os.mkfifo(pipe)
    really = os.open
    monkeypatch.setattr(os, "open", lambda _path, flags: really(pipe, flags))

    with pytest.raises(Exception, match="This is not a file"):
        fingerprint(path)


def test_a_pipe_under_the_name_of_the_teams_settings_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "reports.toml")

    _known, (problem,) = read_custom_reports(tmp_path / "reports.toml")

    assert "This is not a regular file" in problem.translate()


@pytest.mark.parametrize(
    ("program", "ending"),
    [
        ("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", Ending.DONE),
        ("raise SystemExit(3)", Ending.FAILED),
        ("import os; os.abort()", Ending.FAILED),
        ("held = b'x' * (600 << 20); input()", Ending.TOO_MUCH_MEMORY),
        ("held = bytearray(1 << 40)", Ending.TOO_MUCH_MEMORY),
        ("while True: pass", Ending.TOO_SLOW),
    ],
)
def test_a_program_within_limits_ends_in_a_known_way(program: str, ending: Ending) -> None:
    seconds = 0.2 if ending is Ending.TOO_SLOW else 20

    run = run_bounded(["-c", program], b"request", seconds=seconds)

    assert run.ending is ending
    assert run.output == (b"request" if ending is Ending.DONE else b"")


@pytest.mark.parametrize(
    ("ending", "why", "is_kept"),
    [
        (Ending.TOO_SLOW, "more than 20 seconds", False),
        (Ending.TOO_MUCH_MEMORY, "more than 400 MB of memory", True),
        (Ending.FAILED, "it stopped the program that reads it", True),
    ],
)
def test_a_file_that_costs_too_much_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: Ending, why: str, is_kept: bool
) -> None:
    monkeypatch.setattr(bounded_reading, "run_bounded", lambda *_args: Run(ending=ending))
    path = tmp_path / "US.csv"
    path.write_text(HEADER + ROW)
    seen = fingerprint(path)

    (reading,) = bounded_reading.read_tables(path, tmp_path, (), seen=seen, is_apart=True)

    assert why in reading.problems[0].translate()
    assert bool(reading.source.sha256) is is_kept


def test_a_file_that_is_read_apart_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "US.csv").write_text(HEADER + ROW)

    (here,) = bounded_reading.read_tables(tmp_path / "US.csv", tmp_path, ())
    (apart,) = bounded_reading.read_tables(tmp_path / "US.csv", tmp_path, (), is_apart=True)

    assert here == apart


FAR_MOMENTS = [
    "9999-12-31T10:00:00+00:00",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T10:00:00+00:00",
    "1900-01-01T10:00:00+00:00",
    "9999-12-31",
    "0001-01-01",
    "99991231",
]


@pytest.mark.parametrize("moment", FAR_MOMENTS)
def test_a_day_of_another_age_is_refused(read: Read, moment: str) -> None:
    near = "2026-11-16T10:00:00+00:00"
    reading = read(hostile.ORDERS + hostile.order(near) + hostile.order(moment), "US_orders.txt")

    assert {fact.day.year for fact in reading.facts} == {2026}
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (3, "purchase-date")
    assert "is not a date" in problem.translate()


def test_the_days_of_a_gap_of_many_years_are_not_filled(read: Read) -> None:
    shops = ["Amazon.com", "Amazon.de", "Amazon.fr", "Amazon.it", "Amazon.es", "Amazon.co.uk"]
    days = [f"{year}-11-16T10:00:00+00:00" for year in (2001, 2026, 2099)]
    lines = [hostile.order(day, shop) for day in days for shop in shops]

    reading = read(hostile.ORDERS + "".join(lines), "orders.txt")

    assert {fact.day.year for fact in reading.facts} == {2001, 2026, 2099}
    assert len({fact.day for fact in reading.facts}) == 3


def test_a_row_about_a_century_is_refused(read: Read) -> None:
    header = HEADER.replace("date,", "startDate,endDate,")
    row = ROW.replace("2026-11-16,", "2000-01-01,2099-12-31,")

    reading = read(header + row)

    assert reading.facts == ()
    assert "more than ten years" in reading.problems[0].translate()
    assert reading.problems[0].row == 2


def test_a_file_whose_name_gives_a_century_has_no_days(read: Read) -> None:
    reading = read(hostile.ORDERS, "US_orders_2000-01-01_2099-12-31.txt")

    assert reading.facts == ()
    assert reading.problems


EURO_HEADER = "date,country,campaignName,searchTerm,impressions,clicks,cost,sales7d\n"


def euro_row(**cells: str) -> str:
    """Return a row with some of its cells replaced."""
    usual = {"country": "DE", "clicks": "5", "cost": "5.50", "sales": "20.00"} | cells
    return "2026-11-16,{country},c,term,100,{clicks},{cost},{sales}\n".format(**usual)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"cost": "--5"}, "cost"),
        ({"clicks": "--5"}, "clicks"),
        ({"cost": '"5\n6"'}, "cost"),
        ({"clicks": '"5\n6"'}, "clicks"),
        ({"cost": '"€\n5"'}, "cost"),
        ({"cost": "USD5", "sales": "USD5"}, ""),
        ({"cost": "USD5"}, ""),
        ({"cost": "€5", "sales": "USD5"}, "cost"),
        ({"cost": "5USD", "sales": "€5"}, "cost"),
    ],
)
def test_a_cell_that_is_no_figure_of_its_file_is_refused_with_its_place(
    read: Read, cells: dict[str, str], column: str
) -> None:
    reading = read(EURO_HEADER + euro_row() + euro_row(**cells), "report.csv")

    assert {fact.amount for fact in reading.facts if fact.measure == "ad_spend"} == {SPEND}
    assert {fact.currency for fact in reading.facts if fact.currency} == {"EUR"}
    (problem,) = reading.problems
    assert (problem.file, problem.row, problem.column) == ("report.csv", 3, column)


def test_an_amount_in_another_currency_than_its_column_says_is_refused(read: Read) -> None:
    reading = read(HEADER + ROW.replace("5.50", "EUR5.50") + ROW, "US.csv")

    assert {fact.amount for fact in reading.facts if fact.measure == "ad_spend"} == {SPEND}
    assert reading.problems[0].row == 2
    assert "another currency" in reading.problems[0].translate()
