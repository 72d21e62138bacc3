"""xlsx files through calamine: which sheet holds the report, and its rows."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.adapters.reports.opening import (
    FIRST_ROWS,
    Layout,
    UnreadableError,
    lay_out_rows,
    unreadable,
)
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_UNPACKED_LIMIT = 1 << 29
"""Bytes that a workbook may unpack to."""


def lay_out_workbook(path: Path, size: int) -> Layout:
    """Find the sheet and the header row of an xlsx file."""
    _check_unpacked_size(path)
    with _opened(path) as book:
        layouts = [
            lay_out_rows(_head(book.get_sheet_by_name(name)), sheet=name)
            for name in book.sheet_names
        ]
    best = max(layouts, key=lambda each: each.score, default=lay_out_rows(()))
    return replace(best, size=size)


def workbook_rows(path: Path, sheet: str) -> Iterator[Sequence[object]]:
    """All rows of a sheet from its very first, as calamine types them."""
    with _opened(path) as book:
        yield from book.get_sheet_by_name(sheet).iter_rows()


def _head(sheet: "CalamineSheet") -> list[list[str]]:
    return [[str(cell) for cell in row] for row in islice(sheet.iter_rows(), FIRST_ROWS)]


@contextmanager
def _opened(path: Path) -> Iterator["CalamineWorkbook"]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except PasswordError as error:
        raise UnreadableError(
            N_("The workbook is locked by a password. Save it without one.")
        ) from error
    except OSError as error:
        raise unreadable(error) from error
    except CalamineError as error:
        raise UnreadableError(
            N_("The workbook is damaged or not a workbook. Download it again, or save it as CSV.")
        ) from error


def _check_unpacked_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(each.file_size for each in package.infolist())
    except OSError as error:
        raise unreadable(error) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(
            N_("The workbook is damaged or not a workbook. Download it again, or save it as CSV.")
        ) from error
    if size > _UNPACKED_LIMIT:
        raise UnreadableError(
            N_("The workbook unpacks to {size} MB, which no report does. Save it as CSV."),
            size=size >> 20,
        )
