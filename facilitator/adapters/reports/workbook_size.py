"""Refuse workbooks that calamine could not stand, before it opens them."""

import errno
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from facilitator.adapters.reports.sniff import UnreadableError
from facilitator.domain.errors import N_

_UNPACKED_LIMIT = 1 << 29
"""The most bytes that a workbook may unpack to."""
_AREA_LIMIT = 1 << 25
"""The most cells in a sheet's area: calamine allocates memory for all of them."""
_PARTS = ("[Content_Types].xml", "content.xml")
"""The parts of which every workbook has one."""
_BLOCK = 1 << 20
_LAST_ROW = 1 << 12
"""Bytes at the end of a block in which its last row number is looked for."""
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_ROW = re.compile(rb' r="[A-Z]{0,3}(\d{1,7})"')
_XML_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TRIAL = Path(__file__).with_name("workbook_trial.py")
_PATIENCE = 60
"""Seconds after which a workbook counts as damaged."""
_BINARY_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
_BINARY_ROW = 0
_BINARY_CELLS = range(2, 12)
"""The kinds of records of an xlsb file that hold a value."""
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def check_size(path: Path) -> None:
    """Raise `UnreadableError` if a workbook is too large, or damaged.

    Every part is unpacked once and discarded: the sizes in the headers may be wrong. An xls file
    is no archive, and has 65,536 rows at the most.
    """
    if _is_old(path) or _unpacks(path):
        _try_out(path)


def _unpacks(path: Path) -> bool:
    """Unpack a workbook; return whether it is another one than xlsx."""
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as package:
            declared = sum(part.file_size for part in package.infolist())
            if declared > _UNPACKED_LIMIT:
                raise _too_large(declared)
            for part in package.infolist():
                part.file_size = 2 * _UNPACKED_LIMIT  # read on to the true end
                unpacked += _unpack(package, part, _UNPACKED_LIMIT - unpacked)
            names = package.namelist()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise damaged(path) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a part that begins before the file does
            raise damaged(path) from error
        raise
    if not any(name in names for name in _PARTS):
        raise UnreadableError(
            N_("This is a zip archive. Unpack it, and put its files here instead.")
        )
    return not any(_XML_SHEET.fullmatch(name) for name in names)


def _try_out(path: Path) -> None:
    """Open a workbook in a process of its own, which calamine may stop."""
    command = [sys.executable, "-P", str(_TRIAL), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  (our own script)
    except subprocess.TimeoutExpired as error:
        raise damaged(path) from error
    if done.returncode:
        raise damaged(path)


def damaged(path: Path) -> UnreadableError:
    """Return what to say of a workbook that cannot be opened."""
    if _is_old(path):
        return UnreadableError(
            N_("The workbook has a password, or is damaged. Save it without one, as .xlsx.")
        )
    return UnreadableError(
        N_("The file is damaged, or not a workbook. Download it again, or save it as CSV.")
    )


def _is_old(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLD_WORKBOOK)) == _OLD_WORKBOOK


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
    if _BINARY_SHEET.fullmatch(part.filename):
        with package.open(part) as content:
            area.note_binary(content)
    return unpacked


class _Area:
    """The area of a sheet's cells.

    Calamine allocates memory for all cells from the first to the last, so a single blank in the
    last possible cell would exhaust it. The size that a sheet declares may be wrong.
    """

    def __init__(self) -> None:
        self._width = 26
        self._height = 1 << 12

    def note(self, block: bytes) -> None:
        """Take a block of xml into account; raises `UnreadableError` if the area is too large."""
        for letters in set(_FAR_COLUMN.findall(block)):
            width = 0
            for letter in letters:
                width = 26 * width + letter - ord("A") + 1
            self._width = max(self._width, width)
        rows = map(int, _ROW.findall(block[-_LAST_ROW:]))
        self._height = max(self._height, *rows, 0)
        self._check()

    def note_binary(self, content: IO[bytes]) -> None:
        """Take the records of a binary sheet into account."""
        for kind, number in _binary_records(content):
            if kind == _BINARY_ROW:
                self._height = max(self._height, number + 1)
            elif kind in _BINARY_CELLS and number >= self._width:
                self._width = number + 1
                self._check()
        self._check()

    def _check(self) -> None:
        if self._width * self._height > _AREA_LIMIT:
            from openpyxl.utils import get_column_letter

            raise UnreadableError(
                N_(
                    "A sheet of the workbook extends to {cell}, which is too large for a report. "
                    "Delete everything beside and below the report, or save it as CSV."
                ),
                cell=f"{get_column_letter(self._width)}{self._height}",
            )


def _binary_records(content: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the kind of each record of an xlsb part, and the number that it begins with."""
    while first := content.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | (content.read(1) or b"\0")[0] << 7
        size = shift = 0
        while byte := content.read(1):
            size |= (byte[0] & 0x7F) << shift
            shift += 7
            if not byte[0] & 0x80 or shift > 21:
                break
        data = content.read(size)
        if len(data) >= 4:
            yield kind, struct.unpack_from("<I", data)[0]


def _too_large(size: int) -> UnreadableError:
    return UnreadableError(
        N_("The workbook unpacks to {size} MB, which is too large. Save it as CSV."),
        size=size >> 20,
    )
