"""Take a report out of what it is packed in: gzip, zip, lists of records, other encodings.

What leaves this module is a text file with a table, or a workbook. Its fingerprint says what these
bytes are; the hash in it stays that of the file in the data folder. `scratch` is a folder of the
caller, who removes it when the report has been read.
"""

import codecs
import errno
import gzip
import re
import zipfile
import zlib
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.records import (
    holds_json,
    write_json_records,
    write_yaml_records,
)
from facilitator.adapters.reports.sniff import (
    LARGE,
    LARGEST_FILE,
    Fingerprint,
    HeavyFileError,
    Layout,
    UnreadableError,
    fingerprint,
)
from facilitator.adapters.reports.zip_directory import check_directory, check_method
from facilitator.domain.errors import N_, Message

READABLE_SUFFIXES = frozenset(
    {
        *(".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
        *(".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".gz", ".zip"),
    }
)
"""The suffixes of files that are opened, whatever is in them."""

_LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "icon\r", "__macosx"}
_UNFINISHED = {".crdownload", ".part", ".partial", ".download", ".tmp", ".opdownload"}
_ARCHIVES = {".rar", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".zst"}
_YAML = {".yaml", ".yml"}
_PACKED = {".gz", ".zip"}
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_WORKBOOK_PARTS = ({"[Content_Types].xml"}, {"mimetype", "content.xml"})
"""The parts by which a zip archive is a workbook of Excel, or of LibreOffice."""
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|head)\b", re.IGNORECASE
)
"""How web pages and XML begin: exports of some programs, and pages that ask to log in."""
_BLOCK = 1 << 20
_LARGE_YAML = 1 << 17
_UTF8 = {"utf-8", "utf-8-sig"}


class PlainFile(Struct, frozen=True, kw_only=True):
    """A file with nothing around its table."""

    path: Path
    seen: Fingerprint
    notes: tuple[Message, ...] = ()
    """What is to be said of the file it was in."""


def is_hidden_file(name: str) -> bool:
    """Return whether a file or folder is hidden, open in Excel, or left behind by a system."""
    return name.startswith((".", "~$")) or name.casefold() in _LEFT_BY_SYSTEMS


def unread_file(name: str) -> UnreadableError | None:
    """Return why a file with this name is not opened; None if it is.

    A file whose name says nothing is opened: reports of the API have such names.
    """
    suffix = PurePath(name).suffix.casefold()
    if not suffix or suffix in READABLE_SUFFIXES:
        return None
    if suffix in _UNFINISHED:
        return UnreadableError(N_("The download of this file is not finished. Download it again."))
    if suffix in _ARCHIVES:
        return UnreadableError(
            N_("This is an archive, which is not opened. Unpack it, and put its files here.")
        )
    if suffix == ".toml":
        return UnreadableError(
            N_(
                "Settings are not read from the data folder. Put agenda.toml, reports.toml and "
                "kpis.toml beside each other, above it."
            )
        )
    return UnreadableError(
        N_(
            "This is not a report: {suffix} files are not read. Download the report as CSV or "
            "XLSX, or move this file out of the data folder."
        ),
        suffix=printable(suffix),
    )


def plain_file(
    path: Path, seen: Fingerprint, scratch: Path, *, is_bounded: bool = True
) -> PlainFile:
    """Return the table in a file, unpacked where it is packed; raises `UnreadableError`.

    Raises `HeavyFileError` for what takes long to parse, unless `is_bounded`.
    """
    unread = unread_file(path.name)
    if unread:
        raise unread
    unpacked = _unpacked(path, seen, scratch)
    plain = path if unpacked is None else unpacked
    held = seen if unpacked is None else fingerprint(plain)
    if _MARKUP.match(held.head):
        raise UnreadableError(
            N_(
                "The file is a web page or XML, not a table. Download it again, or open it in a "
                "spreadsheet and save it as .xlsx."
            )
        )
    notes: tuple[Message, ...] | None = None
    table = scratch / "records.csv"
    if plain.suffix.casefold() in _YAML:
        if held.size > _LARGE_YAML and not is_bounded:
            raise HeavyFileError
        notes = write_yaml_records(plain, table)
    elif holds_json(held.head):
        if held.size > LARGE and not is_bounded:
            raise HeavyFileError
        notes = write_json_records(plain, table)
    if notes is not None:
        plain, held = table, fingerprint(table)
    return PlainFile(
        path=plain,
        seen=replace(held, sha256=seen.sha256, stamp=seen.stamp),
        notes=notes or (),
    )


def utf8_file(path: Path, layout: Layout, scratch: Path) -> Path:
    """Return a text file in UTF-8 without an incomplete last line: the file itself, or a copy."""
    if layout.encoding in _UTF8 and not layout.is_cut:
        return path
    copy = scratch / "utf8.csv"
    with path.open("rb") as packed, copy.open("wb") as file:
        decoder = codecs.getincrementaldecoder(layout.encoding)(errors="replace")
        left = layout.size
        while block := packed.read(min(_BLOCK, left)):
            left -= len(block)
            file.write(decoder.decode(block).encode())
        file.write(decoder.decode(b"", final=True).encode())
    return copy


def _unpacked(path: Path, seen: Fingerprint, scratch: Path) -> Path | None:
    """Return the file in an archive; None if this is none."""
    target = scratch / "unpacked"
    if seen.head.startswith(_GZIP):
        inner = Path(path.stem) if path.suffix.casefold() == ".gz" else Path(path.name)
        target = target.with_suffix(inner.suffix)
        _copy_gzip(path, target)
        return target
    if seen.head.startswith(_ZIP):
        return _unzipped(path, target)
    return None


def _copy_gzip(path: Path, target: Path) -> None:
    try:
        with gzip.open(path) as packed:
            _copy(packed, target)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _damaged() from error


def _unzipped(path: Path, target: Path) -> Path | None:
    """Return the only report in a zip archive; None if the archive is a workbook, or damaged."""
    check_directory(path)
    try:
        with closing(zipfile.ZipFile(path)) as archive:
            names = set(archive.namelist())
            if any(parts <= names for parts in _WORKBOOK_PARTS):
                return None
            part = _only_report(archive)
            target = target.with_suffix(PurePosixPath(part.filename).suffix)
            part.file_size = 2 * LARGEST_FILE  # read on to the true end
            with archive.open(part) as packed:
                _copy(packed, target)
    except zipfile.BadZipFile:
        return None  # which the reader of workbooks says
    except (zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise _damaged() from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a part that begins before the file does
            raise _damaged() from error
        raise
    return target


def _only_report(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    parts = [part for part in archive.infolist() if _may_be_report(part)]
    if len(parts) > 1:
        raise UnreadableError(
            N_("The zip archive holds {count} files. Unpack it, and put its files here instead."),
            count=len(parts),
        )
    if not parts:
        raise UnreadableError(N_("The zip archive holds no file that could be a report."))
    check_method(parts[0])
    if parts[0].flag_bits & 1:
        raise UnreadableError(
            N_("The zip archive has a password. Unpack it, and put its file here instead.")
        )
    return parts[0]


def _may_be_report(part: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(part.filename)
    return (
        not part.is_dir()
        and name.parts[:1] != ("__MACOSX",)
        and not name.name.startswith((".", "~$"))
        and name.suffix.casefold() in READABLE_SUFFIXES - _PACKED
    )


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path) -> None:
    unpacked = 0
    with target.open("wb") as file:
        while block := packed.read(_BLOCK):
            unpacked += len(block)
            if unpacked > LARGEST_FILE:
                raise UnreadableError(
                    N_("The file unpacks to more than {size} MB, which is too large."),
                    size=LARGEST_FILE >> 20,
                )
            file.write(block)


def _damaged() -> UnreadableError:
    return UnreadableError(N_("The compressed file is damaged. Download it again."))
