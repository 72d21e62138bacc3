"""Read workbooks with calamine (xlsx, xlsb, xls, ods): find the sheet with the report, its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.sniff import FIRST_ROWS, Layout, UnreadableError, find_header
from facilitator.adapters.reports.workbook_size import check_size, damaged
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_CHUNK_ROWS = 1 << 13
"""Rows taken at a time."""


def sniff_workbook(path: Path, size: int, known: ReportTypes, sheet: str = "") -> Layout:
    """Find the sheet and the header row of a workbook, or the header row of its sheet.

    Hidden sheets are left out; those that hold reports are named.
    """
    if sheet:
        with _opened(path) as book:
            return replace(_laid_out(book, sheet, known), size=size)
    check_size(path)
    best = find_header((), known)
    reports: list[str] = []
    hidden: list[str] = []
    with _opened(path) as book:
        visible = _visible(book)
        for name in book.sheet_names:
            layout = _laid_out(book, name, known)
            if name not in visible:
                hidden += [name] if layout.is_report else []
                continue
            reports += [name] if layout.is_report else []
            best = layout if best.rows is None or _worth(layout) > _worth(best) else best
    beside = tuple(name for name in reports if name != best.sheet)
    return replace(best, size=size, beside=beside, hidden=tuple(hidden))


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
