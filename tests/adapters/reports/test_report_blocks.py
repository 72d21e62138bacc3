"""Rows are summed in blocks in parallel, which does not change the result."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from facilitator.adapters.reports import FileReading
from facilitator.domain.kpis.facts import Measure
from tests.adapters.reports.report_reader import read_one_report

HEADER = "Customer Search Term,Date,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales"
TERMS = (
    '"a,b"',
    '"two\r\nlines\n"',
    '"say ""so"""',
    '5" pan',
    "plain",
    '"',
    "",
    "TRUE",
    "-",
    "1.10",
)
CLICKS = ("3", "1.10", "", "n.n.", '"1,000"')


def in_one_go(file: Path) -> FileReading:
    return read_one_report(file)


def in_blocks(file: Path, rows: int) -> FileReading:
    """Read a file with `rows` summed at a time."""
    with pl.Config(streaming_chunk_size=rows):
        return read_one_report(file)


def line(term: str, clicks: str) -> str:
    return f"{term},2026-11-16,A,USD,{clicks},$1.10,9"


@given(
    rows=st.lists(st.tuples(st.sampled_from(TERMS), st.sampled_from(CLICKS)), max_size=25),
    block=st.integers(1, 30),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example(
    rows=[("plain", "3")] * 5 + [('"', "3")] + [("plain", "3")] * 9,
    block=4,
    end="\n",
    encoding="utf-8",
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_gives_the_same_result_however_it_is_split_into_blocks(
    rows: list[tuple[str, str]],
    block: int,
    end: str,
    encoding: str,
    tmp_path: Path,
) -> None:
    file = tmp_path / "search_US.csv"
    text = end.join(["Report,made by hand", HEADER, *(line(*row) for row in rows), ""])
    file.write_bytes(text.encode(encoding))

    assert in_blocks(file, block) == in_one_go(file)


@pytest.mark.parametrize("block", [3, 1000])
def test_a_refused_row_keeps_its_number_in_a_later_block(tmp_path: Path, block: int) -> None:
    file = tmp_path / "search_US.csv"
    terms = ['"two\nlines"', "plain"] * 20
    rows = [line(term, "ten" if place == 33 else "3") for place, term in enumerate(terms)]
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")

    (problem,) = in_blocks(file, block).problems

    assert problem.place() == "row 35, column Clicks"


def test_a_long_line_is_one_row(tmp_path: Path) -> None:
    file = tmp_path / "search_US.csv"
    rows = [line("x" * length, "3") for length in (10, 3000, 10)]
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")

    assert in_blocks(file, 1).source.rows_kept == 3


def test_an_unclosed_quote_is_reported_wherever_it_is(tmp_path: Path) -> None:
    file = tmp_path / "search_US.csv"
    rows = [line('"open' if place == 30 else "x", "3") for place in range(40)]
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")

    assert in_blocks(file, 7) == in_one_go(file)
    assert "quotation mark in line 32" in in_blocks(file, 7).problems[0].translate()


def test_money_is_never_read_as_another_number(tmp_path: Path) -> None:
    """A column must not be taken for numbers where most of its cells look like some."""
    file = tmp_path / "search_DE.csv"
    rows = [line("x", "3").replace("$1.10", "1.500").replace("USD", "EUR")] * 20
    rows.append(line("x", "3").replace("$1.10", '"1.500,50"').replace("USD", "EUR"))
    file.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")

    amounts = {each.measure: each.amount for each in in_blocks(file, 3).totals}

    assert amounts[Measure("ad_spend")] == 21 * 1500 + 0.5


SWALLOWING = "A quotation mark in line 12 is not closed, so line {row} and others"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("later", [1, 5])
@pytest.mark.parametrize("block", [3, 5, 100_000])
def test_rows_swallowed_by_a_quote_are_reported(
    tmp_path: Path, encoding: str, later: int, block: int
) -> None:
    file = tmp_path / "search_US.csv"
    terms = ["x"] * 40
    terms[10], terms[10 + later] = '"open', '"sound"'
    rows = [line(term, "3") for term in terms]
    file.write_text("\n".join([HEADER, *rows]), encoding=encoding)

    (problem,) = in_blocks(file, block).problems

    assert problem.translate().startswith(f"search_US.csv: {SWALLOWING.format(row=13)}")


def test_the_last_row_of_a_file_without_a_line_end_is_not_lost_in_a_quote(tmp_path: Path) -> None:
    file = tmp_path / "search_US.csv"
    rows = [line(term, "3") for term in ['"open', '"sound"']]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")

    assert "mark in line 2" in in_blocks(file, 1000).problems[0].translate()


@pytest.mark.parametrize("cell", ["two\nlines", "2026-11-16,\n1,2,3,4,5,6,7,8,9\n", 'a ""b"",\nc'])
def test_a_cell_with_line_breaks_is_read_as_one_cell(tmp_path: Path, cell: str) -> None:
    file = tmp_path / "search_US.csv"
    file.write_text("\n".join([HEADER, *[line(f'"{cell}"', "3")] * 9, ""]), encoding="utf-8")

    reading = in_blocks(file, 2)

    assert (reading.source.rows_kept, reading.problems) == (9, ())


def test_a_swallowed_row_without_a_day_is_recognised_by_its_figures(tmp_path: Path) -> None:
    file = tmp_path / "business_US_2026-11-16_2026-11-22.csv"
    head = (
        "(Child) ASIN,Title,Sessions - Total,Page Views - Total,Units Ordered,Ordered Product Sales"
    )
    rows = ['B000000001,"5"" knife,1,2,3,$4.00', 'B000000002,"Shoe",1,2,3,$4.00']
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")

    assert "mark in line 2" in in_blocks(file, 1000).problems[0].translate()
