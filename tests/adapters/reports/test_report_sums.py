"""Sums do not depend on the order of rows or on the blocks that are read."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.reports.report_reader import read_one_report

HEADER = (
    "Date,Campaign Name,Customer Search Term,Country,Impressions,Clicks,Spend,7 Day Total Sales"
)

cents = st.integers(0, 5_000_000)
days = st.dates(date(2026, 10, 1), date(2026, 11, 22))


def us_style(amount: int) -> str:
    return f'"${amount / 100:,.2f}"'


def german_style(amount: int) -> str:
    return us_style(amount).translate(str.maketrans(",.$", ".,€"))


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[str], list[str], int]:
    """Rows, the same rows in another order, and how many of them to sum at a time."""
    money = draw(st.sampled_from([us_style, german_style]))
    is_day_first = draw(st.booleans())
    count = st.integers(0, 5000).map(
        lambda n: f'"{n:,}"' if money is us_style else f'"{n:,}"'.replace(",", ".")
    )
    row = st.builds(
        lambda day, place, seen, clicks, spend, sales: ",".join(
            [
                day.strftime("%d/%m/%Y" if is_day_first else "%m/%d/%Y"),
                "A",
                "x",
                place,
                seen,
                clicks,
                money(spend),
                money(sales),
            ]
        ),
        days,
        st.sampled_from(["Germany", "FR", "", "nowhere"]),
        count,
        count,
        cents,
        cents,
    )
    rows = draw(st.lists(row, min_size=1, max_size=30))
    return rows, draw(st.permutations(rows)), draw(st.integers(1, 40))


@given(report=reports())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_sums_depend_neither_on_the_order_of_rows_nor_on_the_blocks(
    report: tuple[list[str], list[str], int], tmp_path: Path
) -> None:
    rows, shuffled, block = report
    one, other = tmp_path / "one_DE.csv", tmp_path / "other_DE.csv"
    one.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    other.write_text("\n".join([HEADER, *shuffled, ""]), encoding="utf-8")

    whole = read_one_report(one)
    with pl.Config(streaming_chunk_size=block):
        blocks = read_one_report(other)

    assert whole.totals == blocks.totals
    assert [(f.day, f.marketplace, f.measure, f.amount) for f in whole.facts] == [
        (f.day, f.marketplace, f.measure, f.amount) for f in blocks.facts
    ]
    assert whole.source.rows_refused == blocks.source.rows_refused


@given(report=reports(), order=st.permutations(range(8)))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_sums_do_not_depend_on_the_order_of_the_columns(
    report: tuple[list[str], list[str], int], order: list[int], tmp_path: Path
) -> None:
    rows, _, _ = report
    table = [HEADER.split(","), *csv.reader(rows)]
    one, other = tmp_path / "one_DE.csv", tmp_path / "other_DE.csv"
    for path, columns in ((one, range(8)), (other, order)):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row[at] for at in columns] for row in table)

    assert read_one_report(one).totals == read_one_report(other).totals
