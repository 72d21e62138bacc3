"""Read workbooks: find the sheet with the report, its rows, and the cells shown as percents.

calamine (xlsx, xlsb, xls, ods) reads them. It does not tell the formats of cells, so openpyxl does.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, iterparse

from msgspec.structs import replace

from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.sniff import FIRST_ROWS, Layout, UnreadableError, find_header
from facilitator.adapters.reports.workbook_size import check_size, damaged
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_QUOTED = re.compile(r'"[^"]*"|\\.')
"""The parts of a number format that are shown as they are."""
_CONTENT = "content.xml"
"""The part of an ods file with its cells."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_ROWS = 1 << 20
_MOST_SHEETS = 256
_MOST_REPORTS = 53
"""The most sheets with reports, which are compared with each other: one for each week of a year."""


def sniff_workbook(
    path: Path, size: int, known: ReportTypes, sheet: str = "", *, is_bounded: bool = False
) -> Layout:
    """Find the sheet and the header row of a workbook, or the header row of its sheet.

    Hidden sheets are left out; those that hold reports are named. Raises `HeavyFileError` for a
    large workbook, unless `is_bounded`: it is read within limits already.
    """
    if sheet:
        with _opened(path) as book:
            return replace(_laid_out(book, sheet, known), size=size)
    check_size(path, is_bounded=is_bounded)
    best = find_header((), known)
    reports: list[str] = []
    hidden: list[str] = []
    with _opened(path) as book:
        if len(book.sheet_names) > _MOST_SHEETS:
            raise _too_many(len(book.sheet_names), _MOST_SHEETS)
        visible = _visible(book)
        for name in book.sheet_names:
            layout = _laid_out(book, name, known)
            if name not in visible:
                hidden += [name] if layout.is_report else []
                continue
            reports += [name] if layout.is_report else []
            best = layout if best.rows is None or _worth(layout) > _worth(best) else best
    if len(reports) > _MOST_REPORTS:
        raise _too_many(len(reports), _MOST_REPORTS)
    beside = tuple(name for name in reports if name != best.sheet)
    return replace(best, size=size, beside=beside, hidden=tuple(hidden))


def _too_many(count: int, most: int) -> UnreadableError:
    return UnreadableError(
        N_(
            "The workbook has {count} sheets, more than the {most} that are read. Put the reports "
            "into files of their own."
        ),
        count=f"{count:,}",
        most=most,
    )


def _visible(book: "CalamineWorkbook") -> set[str]:
    from python_calamine import SheetVisibleEnum

    return {each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible}


def _laid_out(book: "CalamineWorkbook", name: str, known: ReportTypes) -> Layout:
    sheet = book.get_sheet_by_name(name)
    return replace(find_header(_head(sheet), known, sheet=name), rows=sheet.iter_rows)


def _worth(layout: Layout) -> tuple[bool, bool, int]:
    return layout.is_report, layout.is_bulk, layout.score


def _head(sheet: "CalamineSheet") -> list[list[str]]:
    return [[str(cell) for cell in row] for row in islice(sheet.iter_rows(), FIRST_ROWS)]


@contextmanager
def _opened(path: Path) -> Iterator["CalamineWorkbook"]:
    from python_calamine import CalamineError, PasswordError

    try:
        with _by_name_or_content(path) as book:
            yield book
    except PasswordError as error:
        raise UnreadableError(N_("The workbook has a password. Save it without one.")) from error
    except CalamineError as error:
        raise damaged(path) from error


def _by_name_or_content(path: Path) -> "CalamineWorkbook":
    """Open a workbook as what its name says, else as what it is."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise
    except CalamineError:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)


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
        zlib.error,
        SyntaxError,  # of either XML parser
        ArithmeticError,
        AttributeError,
        EOFError,
        LookupError,
        TypeError,
        ValueError,
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
