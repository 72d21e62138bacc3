"""Read xlsx files with calamine: find the sheet with the report, and its rows."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.sniff import FIRST_ROWS, Layout, UnreadableError, find_header
from facilitator.adapters.reports.tables import Cells, Chunk
from facilitator.domain.errors import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_UNPACKED_LIMIT = 1 << 29
"""The most bytes that a workbook may unpack to."""
_AREA_LIMIT = 1 << 25
"""The most cells in a sheet's area: calamine allocates memory for all of them."""
_CONTENTS = "[Content_Types].xml"
"""The part that every workbook has."""
_BLOCK = 1 << 20
_LAST_ROW = 1 << 12
"""Bytes at the end of a block in which its last row number is looked for."""
_CHUNK_ROWS = 1 << 13
"""Rows taken at a time."""
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_ROW = re.compile(rb' r="[A-Z]{0,3}(\d{1,7})"')


def sniff_workbook(path: Path, size: int, known: ReportTypes, sheet: str = "") -> Layout:
    """Find the sheet and the header row of an xlsx file, or the header row of its sheet."""
    if sheet:
        with _opened(path) as book:
            return replace(_laid_out(book, sheet, known), size=size)
    _check_unpacked(path)
    best = find_header((), known)
    reports: list[str] = []
    with _opened(path) as book:
        for name in book.sheet_names:
            layout = _laid_out(book, name, known)
            reports += [name] if layout.is_report else []
            best = layout if best.rows is None or _worth(layout) > _worth(best) else best
    beside = tuple(name for name in reports if name != best.sheet)
    return replace(best, size=size, beside=beside)


def _laid_out(book: "CalamineWorkbook", name: str, known: ReportTypes) -> Layout:
    sheet = book.get_sheet_by_name(name)
    return replace(find_header(_head(sheet), known, sheet=name), rows=sheet.iter_rows)


def _worth(layout: Layout) -> tuple[bool, bool, int]:
    return layout.is_report, layout.is_bulk, layout.score


def workbook_chunks(
    layout: Layout, columns: Mapping[str, int], size: int = _CHUNK_ROWS
) -> Iterator[Chunk]:
    """Read a workbook's rows below its header, `size` rows at a time."""
    import numpy as np

    first = layout.header_row + 2
    rows = islice(layout.rows() if layout.rows else (), layout.header_row + 1, None)
    while block := list(islice(rows, size)):
        cells = [*zip(*block, strict=True)]  # calamine's rows are all of one length
        blank = ("",) * len(block)
        held = {
            name: _cells(cells[position] if position < len(cells) else blank)
            for name, position in columns.items()
        }
        yield Chunk(np.arange(first, first + len(block)), held)
        first += len(block)


def _cells(column: tuple[object, ...]) -> Cells:
    import numpy as np
    import pandas as pd

    codes, distinct = pd.factorize(np.array(column, object), use_na_sentinel=False)
    return Cells(distinct.tolist(), codes)


def _head(sheet: "CalamineSheet") -> list[list[str]]:
    return [[str(cell) for cell in row] for row in islice(sheet.iter_rows(), FIRST_ROWS)]


@contextmanager
def _opened(path: Path) -> Iterator["CalamineWorkbook"]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except PasswordError as error:
        raise UnreadableError(N_("The workbook has a password. Save it without one.")) from error
    except CalamineError as error:
        raise _damaged() from error


def _damaged() -> UnreadableError:
    return UnreadableError(
        N_("The file is damaged, or not a workbook. Download it again, or save it as CSV.")
    )


def _check_unpacked(path: Path) -> None:
    """Unpack every part once and discard it: the sizes in the headers may be wrong."""
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as package:
            declared = sum(part.file_size for part in package.infolist())
            if declared > _UNPACKED_LIMIT:
                raise _too_large(declared)
            for part in package.infolist():
                part.file_size = 2 * _UNPACKED_LIMIT  # read on to the true end
                unpacked += _unpack(package, part, _UNPACKED_LIMIT - unpacked)
            if _CONTENTS not in package.namelist():
                raise UnreadableError(
                    N_("This is a zip archive. Unpack it, and put its files here instead.")
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise _damaged() from error


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a part unpacks to."""
    unpacked = 0
    area = _Area()
    with package.open(part) as content:
        while block := content.read(_BLOCK):
            area.note(block)
            unpacked += len(block)
            if unpacked > most:
                raise _too_large(_UNPACKED_LIMIT)
    return unpacked


class _Area:
    """The area of a sheet's cells.

    Calamine allocates memory for all cells from the first to the last, so a single blank in the
    last possible cell would exhaust it. The size that a sheet declares may be wrong.
    """

    def __init__(self) -> None:
        self._width = 26
        self._height = 1 << 12
        self._column = "Z"

    def note(self, block: bytes) -> None:
        """Take a block into account; raises `UnreadableError` if the area is too large."""
        for letters in set(_FAR_COLUMN.findall(block)):
            width = 0
            for letter in letters:
                width = 26 * width + letter - ord("A") + 1
            if width > self._width:
                self._width, self._column = width, letters.decode()
        rows = map(int, _ROW.findall(block[-_LAST_ROW:]))
        self._height = max(self._height, *rows, 0)
        if self._width * self._height > _AREA_LIMIT:
            raise UnreadableError(
                N_(
                    "A sheet of the workbook extends to {cell}, which is too large for a report. "
                    "Delete everything beside and below the report, or save it as CSV."
                ),
                cell=f"{self._column}{self._height}",
            )


def _too_large(size: int) -> UnreadableError:
    return UnreadableError(
        N_("The workbook unpacks to {size} MB, which is too large. Save it as CSV."),
        size=size >> 20,
    )
