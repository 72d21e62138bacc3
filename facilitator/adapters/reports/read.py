"""Read the rows of a report into a data frame: a file of text, or a sheet of a workbook.

The frame has the column `row` (as a spreadsheet counts, from 1) and one column of text for each
canonical column of the report. A workbook has typed cells: the numbers of column `c` stand in
`c#`, and its days are written as ISO dates. A text file is scanned, not loaded: polars reads it
in batches, each time that sums are taken of it.
"""

import gc
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import IDENTIFIER, RATIO, vocabulary
from facilitator.adapters.reports.shifted_cells import guard_of, odd_rows, tail_of
from facilitator.adapters.reports.sniff import LARGE, Fingerprint, Layout

if TYPE_CHECKING:
    import polars as pl

ROW = "row"
"""The column with the number of the row."""
MOVED = "moved"
"""The column that tells whether the cells of a row have moved to the right."""
BEYOND = "beyond"
"""The column with the first cell to the right of the header's last."""
FIRST = "first"
"""The column with the first cell, in which rows that are totals say so."""
LABELLED = "labelled"
"""The column that tells how many cells of text say “total”."""
AMOUNT = "="
"""Put before a column's name: the numbers in its cells."""
TYPED = "#"
"""Added to a column's name: its cells that a workbook holds as numbers."""

_CHUNK_ROWS = 1 << 14
_MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d"
_NUMERIC = re.compile(r"[^\w]*\d[\d.,]*%?")


class Table(Struct, frozen=True, eq=False):
    """The rows of a report below its header."""

    frame: "pl.LazyFrame"
    columns: frozenset[str]
    """The canonical columns that the file has."""
    typed: frozenset[str] = frozenset()
    """Those with numbers of a workbook beside their text."""
    percents: frozenset[str] = frozenset()
    """The columns of ratios whose first cells have a percent sign."""
    odd_rows: tuple[int, ...] = ()
    """The rows that have more or fewer cells than the header, where that is not usual."""


def read_table(path: Path, layout: Layout, match: HeaderMatch, seen: Fingerprint) -> Table:
    """Return the rows of a report; `path` is UTF-8 text, or the workbook that was sniffed.

    `seen` is the fingerprint of that text.
    """
    positions = {each.name: each.position for each in match.columns}
    if layout.rows is not None:
        return _sheet(layout, match, positions)
    if layout.size > LARGE:
        ratios = {name for name in positions if match.kind.numbers.get(name) == RATIO}
        positions = {name: at for name, at in positions.items() if name not in ratios}
    return _text(path, layout, match, positions, seen)


def _text(
    path: Path,
    layout: Layout,
    match: HeaderMatch,
    positions: Mapping[str, int],
    seen: Fingerprint,
) -> Table:
    import polars as pl

    names = [str(each) for each in range(match.width + 1)]
    scan = layout.scan(path, names)
    is_large = layout.size > LARGE
    labels = [pl.col(str(at)) for at in ([0] if is_large else _label_positions(layout, match))]
    moved = pl.lit(value=False) if is_large else _moved(layout, match)
    moments = {
        name
        for name, at in positions.items()
        if name in DAY_COLUMNS
        and any(re.match(_MOMENT, row[at]) for row in layout.below if at < len(row))
    }
    frame = scan.select(
        ROW,
        moved.alias(MOVED),
        pl.col("0").alias(FIRST),
        pl.col(names[-1]).alias(BEYOND),
        _labels(labels).alias(LABELLED),
        *(
            (_in_half_hours(pl.col(str(at))) if name in moments else pl.col(str(at))).alias(name)
            for name, at in positions.items()
        ),
    )
    return Table(
        frame,
        frozenset(positions),
        percents=_percents(layout, positions),
        odd_rows=() if is_large else odd_rows(path, layout, match.width, seen),
    )


def _in_half_hours(cells: "pl.Expr") -> "pl.Expr":
    """Return moments cut to half hours, which no time zone's day divides; midnights stay.

    An order list has a moment a row, and each that differs would be looked at by itself.
    """
    import polars as pl

    is_cut = cells.str.contains(_MOMENT) & (cells.str.slice(11, 8) != "00:00:00")
    half = pl.when(cells.str.slice(14, 1) < "3").then(pl.lit("00:01")).otherwise(pl.lit("30:01"))
    zone = cells.str.slice(19).str.replace(r"^\.\d+", "")
    return pl.when(is_cut).then(pl.concat_str(cells.str.slice(0, 14), half, zone)).otherwise(cells)


def _moved(layout: Layout, match: HeaderMatch) -> "pl.Expr":
    """Return whether the cells of a row stand to the right of their columns."""
    import polars as pl

    cells = [pl.col(str(at)) for at in range(match.width)]
    moved = pl.lit(value=False)
    if guard := guard_of(layout.below, match.width):
        moved |= guard.is_moved(cells[guard.position])
    if layout.delimiter == "," and (tail := tail_of(layout.below, match.width)):
        moved |= tail.is_moved(cells)
    return moved


def _label_positions(layout: Layout, match: HeaderMatch) -> list[int]:
    """Return the columns that may hold the word “total”: those whose first cells are no numbers."""
    numbers = {
        each.position
        for each in match.columns
        if match.kind.numbers.get(each.name, IDENTIFIER) != IDENTIFIER
    }
    return [
        at
        for at in range(match.width)
        if at not in numbers
        and not any(_NUMERIC.fullmatch(row[at]) for row in layout.below if at < len(row))
    ]


def _labels(cells: Sequence["pl.Expr"]) -> "pl.Expr":
    import polars as pl

    said = [each.is_in(summary_words()).cast(pl.UInt8) for each in cells]
    return pl.sum_horizontal(said or [pl.lit(0, dtype=pl.UInt8)])


@cache
def summary_words() -> tuple[str, ...]:
    """Return how cells say that their row is a total of others."""
    words = vocabulary().summary
    spelled = {
        each for word in words for each in (word, word.upper(), word.title(), word.capitalize())
    }
    return tuple(sorted({*spelled, *(f"{each}:" for each in spelled)}))


def _sheet(layout: Layout, match: HeaderMatch, positions: Mapping[str, int]) -> Table:
    """Return the rows of a sheet, converted some at a time."""
    import polars as pl

    numbers = {name for name in positions if match.kind.numbers.get(name, IDENTIFIER) != IDENTIFIER}
    labels = _label_positions(layout, match)
    first = layout.header_row + 2
    rows = islice(layout.rows() if layout.rows else (), layout.header_row + 1, None)
    parts: list[pl.DataFrame] = []
    gc.disable()  # millions of cells are no cycles, but the collector would look at them
    try:
        while block := list(islice(rows, _CHUNK_ROWS)):
            if any(
                cell != "" for row in block for cell in row
            ):  # a sheet may go on for a million blank rows
                columns = [*zip(*block, strict=True)]  # calamine's rows are all of one length
                count = len(block)
                parts.append(_part(columns, count, first, positions, numbers, labels, match.width))
            first += len(block)
    finally:
        gc.enable()
    frame = pl.concat(parts) if parts else _part([], 0, first, positions, numbers, labels, 0)
    return Table(
        frame.lazy(), frozenset(positions), frozenset(numbers), _percents(layout, positions)
    )


def _percents(layout: Layout, positions: Mapping[str, int]) -> frozenset[str]:
    """Return the columns of which half of the cells or more have a percent sign.

    In the others a percent has moved there.
    """
    found: set[str] = set()
    for name, at in positions.items():
        cells = [cell for row in layout.below if at < len(row) and (cell := row[at].strip())]
        signed = sum(cell.endswith("%") for cell in cells)
        if signed and 2 * signed >= len(cells):
            found.add(name)
    return frozenset(found)


def _part(
    columns: Sequence[Sequence[object]],
    count: int,
    first: int,
    positions: Mapping[str, int],
    numbers: Collection[str],
    labels: Iterable[int],
    width: int,
) -> "pl.DataFrame":
    import polars as pl

    blank = ("",) * count

    def cells(at: int) -> Sequence[object]:
        return columns[at] if at < len(columns) else blank

    data: dict[str, pl.Series] = {
        ROW: pl.int_range(first, first + count, dtype=pl.UInt32, eager=True),
        FIRST: _texts(cells(0)),
        MOVED: pl.repeat(value=False, n=count, dtype=pl.Boolean, eager=True),
        BEYOND: _texts(cells(width)),
    }
    for name, at in positions.items():
        if name in numbers:
            data[name], data[name + TYPED] = _numbers(cells(at))
        else:
            data[name] = _texts(cells(at))
    marks = pl.DataFrame({str(at): _texts(cells(at)) for at in labels})
    labelled = (
        marks.select(_labels([pl.col(name) for name in marks.columns])).to_series()
        if marks.columns
        else pl.repeat(0, count, dtype=pl.UInt8, eager=True)
    )
    return pl.DataFrame(data | {LABELLED: labelled})


def _texts(cells: Sequence[object]) -> "pl.Series":
    """Return cells as text; columns of one type are left to polars, which is fast."""
    import polars as pl

    kinds = set(map(type, cells))
    if kinds <= {date}:
        return pl.Series(cells, dtype=pl.Date).dt.to_string("iso")
    if not kinds <= {str}:
        cells = list(map(_as_text, cells))
    return pl.Series(cells, dtype=pl.String)


def _numbers(cells: Sequence[object]) -> "tuple[pl.Series, pl.Series]":
    """Return the text of cells that are no numbers, and the numbers of the others."""
    import polars as pl

    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        typed = pl.Series(cells, dtype=pl.Float64, strict=False)
        return pl.repeat("", len(cells), dtype=pl.String, eager=True), typed
    numbers = [each if type(each) in (float, int) else None for each in cells]
    texts = ["" if type(each) in (float, int) else _as_text(each) for each in cells]
    return pl.Series(texts, dtype=pl.String), pl.Series(numbers, dtype=pl.Float64, strict=False)


def _as_text(cell: object) -> str:
    """Return a cell of a workbook as text, the same as from a CSV file."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
