"""Find rows that an unclosed quote has swallowed into a cell.

A quote that is not closed ends at the quote of a later row, and the row around it may still have as
many cells as the header. But a cell of several lines may be valid, such as a comment. So each line
inside a cell is checked for being a row of the report: with all cells, and with a day or numbers in
the right columns. The last line of a valid cell may look like one too, but there the cell ends with
its own quote.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from facilitator.adapters.reports.cells import LONGEST_CELL
from facilitator.adapters.reports.days import DAY_COLUMNS, is_undecided, read_window
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import IDENTIFIER
from facilitator.adapters.reports.sniff import Layout, UnreadableError, quoting
from facilitator.domain.errors import N_

_TO_THE_CLOSING = re.compile(r'(?:[^"]|"")*+"')
_FIGURE = re.compile(r"[^\w]*[^\W\d]{0,3}[^\w]*\d[\d.,\s]*[^\w]*[^\W\d]{0,3}")


def check_quotes(path: Path, layout: Layout, match: HeaderMatch) -> None:
    """Check that no quotation mark is left open, and that no line inside a cell is a row."""
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        found = _rows_in_a_cell(text, layout.delimiter, match)
    if found and found[1] is None:
        raise not_splittable()
    if found:
        raise UnreadableError(
            N_(
                "A quotation mark in line {line} is not closed, so line {row} and others would "
                "not be counted. Download the file again, or close the quotation mark."
            ),
            line=found[0],
            row=found[1],
        )


def rewrite(path: Path, layout: Layout, scratch: Path) -> Path:
    """Return a copy of a text file in which every cell is quoted, as polars needs it.

    For files with quotation marks inside of cells that are not quoted.
    """
    copy = scratch / "rewritten.csv"
    try:
        with (
            path.open(encoding="utf-8-sig", errors="replace", newline="") as text,
            copy.open("w", encoding="utf-8", newline="") as out,
        ):
            rows = csv.reader(text, delimiter=layout.delimiter, quoting=quoting(layout.delimiter))
            csv.writer(out, delimiter=layout.delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    except csv.Error as error:
        raise not_splittable() from error
    return copy


def not_splittable() -> UnreadableError:
    """Return the error for a text file whose rows cannot be told apart."""
    return UnreadableError(
        N_(
            "The file cannot be split into rows. A quotation mark may not be closed. Download "
            "it again."
        )
    )


def _rows_in_a_cell(
    text: TextIO, delimiter: str, match: HeaderMatch
) -> tuple[int, int | None] | None:
    """Return the line in which a cell with rows begins, and the line of its first row; from 1.

    The second is None if the cell is not closed until the end.
    """
    opened = 0
    for number, line in enumerate(text, 1):
        if opened and not _ends_well(line, delimiter) and _makes_a_row(line, delimiter, match):
            return opened, number
        is_open = _ends_inside(line, delimiter, is_inside=opened > 0)
        opened = (opened or number) if is_open else 0
    return (opened, None) if opened else None


def _ends_well(line: str, delimiter: str) -> bool:
    """Return whether a line inside a cell ends it and a delimiter or line end follows."""
    closing = _TO_THE_CLOSING.match(line)
    return closing is not None and line[closing.end() :][:1] in (delimiter, "\n", "")


def _ends_inside(line: str, delimiter: str, *, is_inside: bool) -> bool:
    """Return whether a quote is open at the end of a line; it opens only at a cell's start."""
    if '"' not in line:
        return is_inside
    at = 0
    while True:
        if is_inside:
            closing = _TO_THE_CLOSING.match(line, at)
            if closing is None:
                return True
            at = line.find(delimiter, closing.end()) + 1
            if not at:
                return False
        while not line.startswith('"', at):
            at = line.find(delimiter, at) + 1
            if not at:
                return False
        is_inside, at = True, at + 1


def _makes_a_row(line: str, delimiter: str, match: HeaderMatch) -> bool:
    """Return whether a line has the cells of a row, with valid values where these are checked."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False
    if len(cells) <= match.last_needed:
        return False
    told = [*_tellings(cells, match)]
    return len(told) > 1 and all(told)


def _tellings(cells: list[str], match: HeaderMatch) -> Iterator[bool]:
    """Yield for each checked cell whether it holds what its column should."""
    for column in match.columns:
        cell = cells[column.position].strip()
        sort = match.kind.numbers.get(column.name)
        if column.name in DAY_COLUMNS:
            yield is_undecided(cell) or read_window(cell, None) is not None
        elif cell and sort and sort != IDENTIFIER and column.name in match.kind.expected:
            yield len(cell) <= LONGEST_CELL and _FIGURE.fullmatch(cell) is not None
