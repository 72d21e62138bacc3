"""Sniff a report file: its fingerprint, encoding, delimiter and header row."""

import codecs
import csv
import hashlib
import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.headers import (
    HeaderMatch,
    is_bulk,
    known_cells,
    match_header,
    match_shape,
)
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.domain.errors import N_, FacilitatorError, Message, message

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 30
"""The number of rows in which a header is searched for."""
_HEAD = 1 << 18
"""Bytes that hold these rows."""

LARGE = 1 << 25
"""Files above this size come from a machine: their cells are quoted where they need it, and a row
that is a total says so in its first cell or that of its day. So they are not searched for others.
"""
LARGEST_FILE = 1 << 29
"""The most bytes of a file that is read, and that a packed file may unpack to."""
MOST_COLUMNS = 1 << 10
"""The most columns that a report may have."""
_LONG_LINE = 1 << 16
"""Bytes of a line that is longer than those of nearly all reports."""
_LONGEST_LINE = 1 << 24
"""The most bytes of a line."""
_BLOCK = 1 << 22
"""Bytes read at a time; hashing them releases the interpreter lock for other threads."""
_MANY_LINES = 250_000
_LARGE_FOR_ITS_LINES = 1 << 22
_LEGACY = ("gb18030", "cp932", "cp1252")
_DELIMITERS = (",", "\t", ";")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")


RowsCall = Callable[[], Iterator[Sequence[object]]]
"""Returns all rows of a sheet, with cells of the types of calamine."""


class UnreadableError(FacilitatorError):
    """The file cannot be read at all; the message says what to do."""


class HeavyFileError(Exception):
    """Reading the file may take much time or memory: it is to be read apart, within limits."""


class LostFileError(UnreadableError):
    """A file that was read cannot be read again."""

    def __init__(self, file: str, said: Message) -> None:
        super().__init__(N_("{file} cannot be read again. {why}"), file=file, why=said)
        self.file = file
        self.said = said


class Stamp(NamedTuple):
    """Attributes of a file that change with its content."""

    size: int
    modified: int
    """Nanoseconds."""
    changed: int
    """Nanoseconds. It cannot be set, so a replaced file with an old date is noticed."""
    inode: int


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp from a file's status."""
    inode = status.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode)


class Fingerprint(Struct, frozen=True, kw_only=True):
    """What one pass over the bytes of a file finds."""

    stamp: Stamp
    sha256: str
    size: int
    is_utf8: bool
    has_nul: bool
    head: bytes
    tail: bytes
    lines: int = 0
    """How many lines it has."""
    quotes: int = 0
    """How many quotation marks it has."""
    delimiter: str = ""
    """The one that its first lines have most of."""
    delimiters: int = 0
    """How many of those it has; not counted in large files."""
    longest_line: int = 0
    """How many bytes its longest line has, if it is a long one."""

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook, whatever its name says; archives are unpacked before."""
        return self.head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


class Layout(Struct, frozen=True, kw_only=True):
    """How the rows of a file are laid out, and what its header says."""

    match: HeaderMatch | None
    """The report type, or the nearest one; None if no column is known."""
    header_row: int
    """Counted from 0."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    rows: RowsCall | None = None
    """Of a workbook: its rows, which take memory as long as this layout exists."""
    beside: tuple[str, ...] = ()
    """Of a workbook: its other sheets that hold reports."""
    hidden: tuple[str, ...] = ()
    """Of a workbook: hidden sheets that hold reports; they are not counted."""
    is_bulk: bool = False
    size: int = 0
    """Bytes to read, without an incomplete last line."""
    is_cut: bool = False
    score: int = 0
    """The number of header cells that some report has."""
    header: tuple[str, ...] = ()
    """The header cells as written."""
    above: tuple[str, ...] = ()
    """The lines above the header that are not blank."""
    below: tuple[tuple[str, ...], ...] = ()
    """The first rows below the header."""
    is_bounded: bool = False
    """Whether it is read within limits, or was: else what takes long raises `HeavyFileError`."""

    @property
    def is_report(self) -> bool:
        """Whether it is a report of a known type."""
        return self.match is not None and self.match.is_complete and not self.is_bulk

    def scan(self, path: Path, names: Iterable[str], *, by_line: bool = False) -> "pl.LazyFrame":
        """Return the cells below the header of a text file in UTF-8, and the number of each `row`.

        `names` are those of the columns. If `by_line`, the only one holds each line as a whole.
        """
        import polars as pl

        return pl.scan_csv(
            path,
            has_header=False,
            separator="\x1f" if by_line else self.delimiter,
            quote_char=None if by_line or self.delimiter == "\t" else '"',
            skip_rows=self.header_row + 1,
            schema=dict.fromkeys(names, pl.String()),
            row_index_name="row",
            row_index_offset=self.header_row + 2,
            truncate_ragged_lines=True,
            missing_columns="insert",
            extra_columns="ignore",
            empty_string_is_null=False,
            encoding="utf8-lossy",
            glob=False,
        )


def fingerprint(path: Path) -> Fingerprint:
    """Read a file's bytes once: compute its hash, and find which encodings are possible."""
    check_file(path.stat())
    with open(path, "rb", opener=_open_at_once) as file:
        status = os.fstat(file.fileno())
        check_file(status)
        return _fingerprint(stamp_of(status), iter(lambda: file.read(_BLOCK) or b"", b""))


def check_file(status: os.stat_result) -> None:
    """Raise `UnreadableError` for what is no file, such as a device, and for one too large."""
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(
            N_(
                "This is not a file. Remove it from the data folder, or put the files in it there "
                "instead."
            )
        )
    if status.st_size > LARGEST_FILE:
        raise _too_large(status.st_size)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file, or a pipe, without waiting for another program to write to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _too_large(size: int) -> UnreadableError:
    return UnreadableError(
        N_(
            "The file has {size} MB, more than the {most} MB that are read. Download the report "
            "for a shorter period, or move the file out of the data folder."
        ),
        size=f"{size >> 20:,}",
        most=LARGEST_FILE >> 20,
    )


def unreadable_message(error: OSError) -> Message:
    """Return the message for a file that cannot be opened or read."""
    return message(
        N_(
            "The file cannot be read ({reason}). Check that it exists and that you have "
            "permission to open it."
        ),
        reason=error.strerror or type(error).__name__,
    )


def _fingerprint(stamp: Stamp, blocks: Iterator[bytes]) -> Fingerprint:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    size, lines, quotes, has_nul, is_utf8 = 0, 0, 0, False, True
    delimiter, delimiters = "", 0
    head = tail = b""
    line = longest = 0
    for block in blocks:
        digest.update(block)
        size += len(block)
        if size > LARGEST_FILE:
            raise _too_large(size)
        within, line = _longest_line(block, line)
        longest = max(longest, within)
        lines += block.count(b"\n")
        has_nul = has_nul or b"\0" in block
        quotes += block.count(b'"')
        delimiter = delimiter or max(_DELIMITERS, key=block[:_HEAD].decode("latin-1").count)
        if stamp.size <= LARGE:
            delimiters += block.count(delimiter.encode())
        is_utf8 = is_utf8 and _decodes(decoder, block)
        head = head if len(head) >= _HEAD else (head + block)[:_HEAD]
        tail = block[-_HEAD:] if len(block) >= _HEAD else (tail + block)[-_HEAD:]
    return Fingerprint(
        stamp=stamp,
        sha256=digest.hexdigest(),
        size=size,
        is_utf8=is_utf8 and _decodes(decoder, b"", final=True),
        has_nul=has_nul,
        head=head,
        tail=tail,
        lines=lines + (not tail.endswith(b"\n")),
        quotes=quotes,
        delimiter=delimiter,
        delimiters=delimiters,
        longest_line=longest,
    )


def _longest_line(block: bytes, begun: int) -> tuple[int, int]:
    """Return the bytes of the longest line, if it is a long one, and of the one that goes on.

    `begun` are those of the line that the block begins in. The block is looked at in steps.
    """
    longest, at, begin = 0, 0, -begun
    while at < len(block):
        end = block.rfind(b"\n", at, at + _LONG_LINE)
        if end < 0:
            at += _LONG_LINE
            continue
        longest = max(longest, block.find(b"\n", at) - begin)
        begin = at = end + 1
    return max(longest, len(block) - begin), len(block) - begin


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    if not final and block.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def sniff_text(seen: Fingerprint, known: ReportTypes) -> Layout:
    """Find the encoding, the delimiter and the header row of a text file."""
    encoding = _bom(seen.head)
    if seen.has_nul and encoding != "utf-16":
        raise UnreadableError(N_("The file is not readable text. Export it again as CSV in UTF-8."))
    if seen.longest_line > _LONGEST_LINE:
        raise UnreadableError(
            N_("A line of the file is longer than {most} MB. Download the report again."),
            most=_LONGEST_LINE >> 20,
        )
    if encoding or seen.is_utf8:
        layout = _lay_out(seen.head, encoding or "utf-8", known)
    else:
        layout = max(
            (_lay_out(seen.head, each, known) for each in _legacy_encodings(seen.head)),
            key=lambda each: each.score,
        )
    return _without_cut_line(layout, seen)


def _bom(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _legacy_encodings(head: bytes) -> tuple[str, ...]:
    """Return the encodings worth trying, the likelier first.

    Bytes above 127 stand alone in western texts, and in pairs in Chinese and Japanese ones. A few
    invalid bytes, or a letter cut off at the end, do not mean that a file is not UTF-8.
    """
    runs = _HIGH_BYTES.findall(head)
    if 2 * head.decode("utf-8", "replace").count("\ufffd") < len(runs):
        return ("utf-8",)
    alone = sum(1 for run in runs if len(run) == 1)
    ordered = _LEGACY if 2 * alone <= len(runs) else _LEGACY[::-1]
    strict = tuple(each for each in ordered if _is_strictly(head, each))
    return strict or ("cp1252",)


def _is_strictly(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _lay_out(head: bytes, encoding: str, known: ReportTypes) -> Layout:
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    tables = {
        each: [*_split_first_rows(io.StringIO(text, newline=""), each)] for each in _DELIMITERS
    }
    delimiter = max(
        tables,
        key=lambda each: (max(_scores(tables[each], known), default=0), _width(tables[each])),
    )
    return find_header(tables[delimiter], known, encoding=encoding, delimiter=delimiter)


def _split_first_rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Return the first rows of a text, as far as they can be split."""
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting(delimiter))
    with suppress(csv.Error):
        yield from (row[: MOST_COLUMNS + 1] for row in islice(rows, FIRST_ROWS))


def quoting(delimiter: str) -> Literal[0, 3]:
    """Return the quoting mode: in tab files `"` is an inch sign and opens no quoted cell."""
    return csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL


def find_header(
    rows: Sequence[Sequence[str]],
    known: ReportTypes,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
) -> Layout:
    """Find the header among the first rows of a table."""
    scores = _scores(rows, known)
    widest = next((at for at, row in enumerate(rows) if len(row) >= _width(rows)), 0)
    at = scores.index(max(scores)) if any(scores) else widest
    header = rows[at] if rows else ()
    if len(header) > MOST_COLUMNS:
        raise _too_wide()
    match = match_header(header, known)
    if match is None or not match.is_complete:
        below = [row for row in rows[at + 1 :] if any(row)]
        match = match_shape(header, below, known) or match
    return Layout(
        match=match,
        header_row=at,
        score=scores[at] if scores else 0,
        is_bulk=any(is_bulk(row, sheet) for row in rows),
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        header=tuple(header),
        above=tuple(filter(None, (" ".join(row).strip() for row in rows[:at]))),
        below=tuple(map(tuple, rows[at + 1 :])),
    )


def _too_wide() -> UnreadableError:
    return UnreadableError(
        N_(
            "The header has more than {most} columns. Delete the empty columns beside the report, "
            "or download it again."
        ),
        most=f"{MOST_COLUMNS:,}",
    )


def check_weight(layout: Layout, seen: Fingerprint) -> None:
    """Raise `HeavyFileError` for a text file that may take much: it is large, has very many or
    enormous lines, or lines that are shorter than most rows of its width.
    """
    width = layout.match.width if layout.match else 0
    is_large = seen.size > LARGE or seen.lines > _MANY_LINES or seen.longest_line >= _LONG_LINE
    is_blank = seen.size > _LARGE_FOR_ITS_LINES and seen.size < 3 * width * seen.lines
    if (is_large or is_blank) and not layout.is_bounded:
        raise HeavyFileError


def _scores(rows: Sequence[Sequence[str]], known: ReportTypes) -> list[int]:
    return [known_cells(row, known) for row in rows]


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells most rows have."""
    widths = sorted(len(row) for row in rows if any(row))
    return widths[len(widths) // 2] if widths else 0


def _without_cut_line(layout: Layout, seen: Fingerprint) -> Layout:
    """Return the size without a last line that has no line end and too few cells."""
    whole = replace(layout, size=seen.size)
    line = seen.tail[seen.tail.rfind(b"\n") + 1 :]
    is_whole_file = len(line) == len(seen.tail)
    if layout.encoding == "utf-16" or not layout.match or not line or is_whole_file:
        return whole
    text = io.StringIO(line.decode(layout.encoding, "replace"), newline="")
    cells = next(_split_first_rows(text, layout.delimiter), [])
    if len(cells) > layout.match.last_needed:
        return whole
    return replace(layout, size=seen.size - len(line), is_cut=True)
