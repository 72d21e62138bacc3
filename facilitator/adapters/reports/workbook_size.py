"""Refuse workbooks that calamine could not stand, before it opens them.

calamine stops the whole process at some damaged files, or asks for gigabytes. So a large workbook
is read in a process of its own, and one that is written otherwise than programs do, or in another
format than xlsx, is tried out in one first.
"""

import errno
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from facilitator.adapters.reports.bounded_process import Ending, run_bounded
from facilitator.adapters.reports.sniff import LARGEST_FILE, HeavyFileError, UnreadableError
from facilitator.adapters.reports.zip_directory import check_directory, check_method
from facilitator.domain.errors import N_

_LARGE = 1 << 23
"""A workbook that unpacks to more bytes than this is read in a process of its own."""
_AREA_LIMIT = 1 << 25
"""The most cells in a sheet's area: calamine allocates memory for all of them."""
_LARGE_AREA = 1 << 19
_LONG_TEXT = 1 << 8
_LONGEST_TEXTS = 1 << 26
"""The most characters that the cells of a workbook hold, where a text stands in many of them."""
_PARTS = ("[Content_Types].xml", "content.xml")
"""The parts of which every workbook has one."""
_BLOCK = 1 << 20
_LAST_ROW = 1 << 12
"""Bytes at the end of a block in which its last row number is looked for."""
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_ROW = re.compile(rb' r="[A-Z]{0,3}(\d{1,7})"')
_ODD_CELL = re.compile(
    rb"<(?:[^<>:/\s]*:)?(?:c|row)(?=[\s/>])"
    rb'(?!(?<=<c) r="[A-Z]{1,2}\d{1,6}"|(?<=<row) r="\d{1,6}")'
)
"""A cell or a row whose place is not written as nearly all programs write it, or is far away."""
_XML_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TRIAL = Path(__file__).with_name("workbook_trial.py")
_TRIAL_SECONDS = 5
_TRIAL_MEGABYTES = 200
_BINARY_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
_BINARY_ROW = 0
_BINARY_CELLS = range(2, 12)
"""The kinds of records of an xlsb file that hold a value."""
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def check_size(path: Path, *, is_bounded: bool = False) -> None:
    """Raise `UnreadableError` if a workbook is too large, or damaged.

    Every part is unpacked once and discarded: the sizes in the headers may be wrong. Raises
    `HeavyFileError` for a large one, unless `is_bounded`: it is read within limits already.
    """
    if _is_old(path):
        size, is_plain = path.stat().st_size, False
    else:
        size, is_plain = _unpacks(path)
    if is_bounded:
        return
    if size > _LARGE:
        raise HeavyFileError
    if not is_plain:
        _try_out(path)


def _unpacks(path: Path) -> tuple[int, bool]:
    """Unpack a workbook; return its size, and whether its cells are written as usual."""
    check_directory(path)
    unpacked = 0
    areas: list[_Area] = []
    try:
        with zipfile.ZipFile(path) as package:
            declared = sum(part.file_size for part in package.infolist())
            if declared > LARGEST_FILE:
                raise _too_large(declared)
            for part in package.infolist():
                check_method(part)
                part.file_size = 2 * LARGEST_FILE  # read on to the true end
                area = _Area()
                unpacked += _unpack(package, part, area, LARGEST_FILE - unpacked)
                areas.append(area)
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
    is_xlsx = any(_XML_SHEET.fullmatch(name) for name in names)
    longest = max((each.longest_text for each in areas), default=0)
    texts = sum(each.texts for each in areas) * longest
    is_small = texts <= _LONGEST_TEXTS and all(each.size <= _LARGE_AREA for each in areas)
    return unpacked, is_xlsx and is_small and not any(each.is_odd for each in areas)


def _try_out(path: Path) -> None:
    """Open a workbook in a process of its own, which calamine may stop.

    Raises `HeavyFileError` if that takes more than a small workbook should.
    """
    arguments = [str(_TRIAL), str(path)]
    run = run_bounded(arguments, seconds=_TRIAL_SECONDS, megabytes=_TRIAL_MEGABYTES)
    if run.ending in (Ending.TOO_SLOW, Ending.TOO_MUCH_MEMORY):
        raise HeavyFileError
    if run.ending is Ending.FAILED:
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


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo, area: "_Area", most: int) -> int:
    """Return how many bytes a part unpacks to, and take its cells into account."""
    unpacked = 0
    with package.open(part) as content:
        while block := content.read(_BLOCK):
            area.note(block)
            unpacked += len(block)
            if unpacked > most:
                raise _too_large(LARGEST_FILE)
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
        self._rest = b""
        self._seen = 0
        self.is_odd = False
        """Whether a cell's place is written in an unusual way."""
        self.longest_text = 0
        """The characters of the longest text, roughly."""
        self.texts = 0
        """How many cells hold a text that may stand in several."""

    @property
    def size(self) -> int:
        """How many cells there are from the first to the last."""
        return self._width * self._height

    def note(self, block: bytes) -> None:
        """Take a block of xml into account; raises `UnreadableError` if the area is too large."""
        self._note_style(block)
        for letters in set(_FAR_COLUMN.findall(block)):
            width = 0
            for letter in letters:
                width = 26 * width + letter - ord("A") + 1
            self._width = max(self._width, width)
        rows = map(int, _ROW.findall(block[-_LAST_ROW:]))
        self._height = max(self._height, *rows, 0)
        self._check()

    def _note_style(self, block: bytes) -> None:
        """Note what makes a workbook unusual, unless it is known to be."""
        self._seen += len(block)
        if self.is_odd or self._seen > _LARGE:
            return
        whole = self._rest + block
        end = whole.rfind(b">") + 1
        self._rest = whole[end:]
        self.longest_text = max(self.longest_text, len(self._rest), _longest_text(whole))
        self.texts += whole.count(b't="s"')
        self.is_odd = b"\0" in block or _ODD_CELL.search(whole, 0, end) is not None

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
        if self.size > _AREA_LIMIT:
            from openpyxl.utils import get_column_letter

            raise UnreadableError(
                N_(
                    "A sheet of the workbook extends to {cell}, which is too large for a report. "
                    "Delete everything beside and below the report, or save it as CSV."
                ),
                cell=f"{get_column_letter(self._width)}{self._height}",
            )


def _longest_text(xml: bytes) -> int:
    """Return the longest distance of two tags, looked at in steps."""
    longest = at = 0
    while at < len(xml):
        end = xml.rfind(b"<", at, at + _LONG_TEXT)
        if end < 0:
            end = xml.find(b"<", at + _LONG_TEXT)
            end = len(xml) if end < 0 else end
            longest = max(longest, end - at)
        at = end + 1
    return longest or _LONG_TEXT


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
