"""Find the cells of a workbook that are shown as percents: 5 % is stored there as 0.05."""

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from facilitator.adapters.reports.sniff import UnreadableError
from facilitator.domain.errors import N_

_QUOTED = re.compile(r'"[^"]*"|\\.')
"""The parts of a number format that are shown as they are."""
_CONTENT = "content.xml"
"""The part of an ods file with its cells."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_ROWS = 1 << 20


def percent_rows(path: Path, sheet: str, column: int) -> frozenset[int]:
    """Return the rows whose number in a column of an xlsx or ods file is shown as a percent.

    Rows count from 1, as a spreadsheet shows them, and `column` from 0. The amount of such a cell
    is to be taken 100 times. Only the values that a team records by hand need this: whether an
    export has percents is told by its kind. Raises `UnreadableError` for other workbooks.
    """
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as package:
            is_open_document = _CONTENT in package.namelist()
        return (_rows_of_ods if is_open_document else _rows_of_xlsx)(path, sheet, column)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        OSError,
    ) as error:
        raise UnreadableError(
            N_("The formats of the cells cannot be read. Save the workbook as CSV.")
        ) from error


def _rows_of_xlsx(path: Path, sheet: str, column: int) -> frozenset[int]:
    from openpyxl import load_workbook

    with path.open("rb") as file:  # openpyxl would go by the name of a path
        table = load_workbook(file, read_only=True, data_only=True)[sheet]
        table.reset_dimensions()  # what a sheet says of its size may be wrong
        cells = table.iter_rows(min_col=column + 1, max_col=column + 1)
        return frozenset(
            number
            for number, row in enumerate(cells, start=1)
            if row and isinstance(row[0].value, int | float) and _is_percent(row[0].number_format)
        )


def _is_percent(number_format: str) -> bool:
    return "%" in _QUOTED.sub("", number_format)


def _rows_of_ods(path: Path, sheet: str, column: int) -> frozenset[int]:
    found: set[int] = set()
    rows, is_wanted = 0, False
    with zipfile.ZipFile(path) as package, package.open(_CONTENT) as content:
        for event, element in iterparse(content, ("start", "end")):  # noqa: S314  (no entities in it: expat limits them)
            if event == "start" and element.tag == f"{_TABLE}table":
                rows, is_wanted = 0, element.get(f"{_TABLE}name") == sheet
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                same = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                if is_wanted and _is_percent_in(element, column):
                    found.update(range(rows + 1, min(rows + same, _MOST_ROWS) + 1))
                rows += same
                element.clear()
    return frozenset(found)


def _is_percent_in(row: Element, column: int) -> bool:
    """Return whether the cell in a column of an ods file's row is a percent."""
    position = 0
    for cell in row:
        position += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if position > column:
            return cell.get(f"{_OFFICE}value-type") == "percentage"
    return False
