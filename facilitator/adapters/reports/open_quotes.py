"""A quote that is left open, and closed by one of a later row: what is between is lost in a cell.

Such a cell may leave a row with as many cells as the header has, and nothing shows. But a cell of
several lines may be right, as in a comment. So a line inside a cell is asked whether it would make
a row of the report: with all the cells, and a day or figures where these belong. Of the line in
which the cell ends that is true of a right one too; there, though, the cell ends with its quote.
"""

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from facilitator.adapters.reports.cells import LONGEST_CELL
from facilitator.adapters.reports.days import DAY_COLUMNS, is_undecided, read_window
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import IDENTIFIER

_TO_THE_CLOSING = re.compile(r'(?:[^"]|"")*+"')
_FIGURE = re.compile(r"[^\w]*[^\W\d]{0,3}[^\w]*\d[\d.,\s]*[^\w]*[^\W\d]{0,3}")


def rows_in_a_cell(text: TextIO, delimiter: str, match: HeaderMatch) -> tuple[int, int] | None:
    """The line in which a cell begins that holds rows, and that of the first one; from 1."""
    opened = 0
    for number, line in enumerate(text, 1):
        if opened and not _ends_well(line, delimiter) and _makes_a_row(line, delimiter, match):
            return opened, number
        is_open = _ends_inside(line, delimiter, is_inside=opened > 0)
        opened = (opened or number) if is_open else 0
    return None


def _ends_well(line: str, delimiter: str) -> bool:
    """Whether a line that begins in a cell ends it, and the next cell or line comes after that."""
    closing = _TO_THE_CLOSING.match(line)
    return closing is not None and line[closing.end() :][:1] in (delimiter, "\n", "")


def _ends_inside(line: str, delimiter: str, *, is_inside: bool) -> bool:
    """Whether a quote is open at the end of a line; only one at a cell's beginning opens it."""
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
    """Whether a line has the cells of a row, and each of those that tell a row what it should."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False
    if len(cells) <= match.last_needed:
        return False
    told = [*_tellings(cells, match)]
    return len(told) > 1 and all(told)


def _tellings(cells: list[str], match: HeaderMatch) -> Iterator[bool]:
    """Of each cell by which a row is known, whether it says what its column should hold."""
    for column in match.columns:
        cell = cells[column.position].strip()
        sort = match.kind.numbers.get(column.name)
        if column.name in DAY_COLUMNS:
            yield is_undecided(cell) or read_window(cell, None) is not None
        elif cell and sort and sort != IDENTIFIER and column.name in match.kind.required:
            yield len(cell) <= LONGEST_CELL and _FIGURE.fullmatch(cell) is not None
