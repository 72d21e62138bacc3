"""Find the cells of a workbook that are shown as percents: 5 % is stored there as 0.05."""

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from facilitator.adapters.reports.sniff import UnreadableError
from facilitator.domain.errors import N_

_QUOTED = re.compile(r'"[^"]*"|\\.')
"""The parts of a number format that are shown as they are."""


def percent_rows(path: Path, sheet: str, column: int) -> frozenset[int]:
    """Return the rows whose number in a column of an xlsx file is shown as a percent.

    Rows count from 1, as a spreadsheet shows them, and `column` from 0. The amount of such a cell
    is to be taken 100 times. Only the values that a team records by hand need this: whether an
    export has percents is told by its kind.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        table = book[sheet]
        table.reset_dimensions()  # what a sheet says of its size may be wrong
        cells = table.iter_rows(min_col=column + 1, max_col=column + 1)
        rows = frozenset(
            number
            for number, row in enumerate(cells, start=1)
            if row and isinstance(row[0].value, int | float) and _is_percent(row[0].number_format)
        )
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError) as error:
        raise UnreadableError(
            N_("The formats of the cells cannot be read. Save the workbook as CSV.")
        ) from error
    return rows


def _is_percent(number_format: str) -> bool:
    return "%" in _QUOTED.sub("", number_format)
