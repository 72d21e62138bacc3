"""Check the directory of a zip archive before the library loads all of it."""

import zipfile
from pathlib import Path

from facilitator.adapters.reports.sniff import UnreadableError
from facilitator.domain.errors import N_

_END = b"PK\x05\x06"
_LARGE_END = b"PK\x06\x06"
"""How the end of a directory begins, and that of a directory of 64 bits before it."""
_TAIL = (1 << 16) + 22 + 20 + 56
"""Bytes in which both ends stand, with the longest comment."""
_LARGEST = 1 << 20
"""The most bytes of a directory: some 10,000 parts."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How parts of reports are packed; other methods may ask for gigabytes."""


def check_directory(path: Path) -> None:
    """Raise `UnreadableError` if an archive has too many parts to be a report."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    sizes = [_number(tail, at + 40, 8) for at in _places(tail, _LARGE_END)]
    sizes += [_number(tail, at + 12, 4) for at in _places(tail, _END)]
    if any(_LARGEST < each <= size for each in sizes):
        raise UnreadableError(
            N_("The file is an archive of too many parts for a report. Save the report as CSV.")
        )


def check_method(part: zipfile.ZipInfo) -> None:
    """Raise `UnreadableError` if a part is packed in a way that reports never are."""
    if part.compress_type not in _METHODS:
        raise UnreadableError(
            N_("The file is packed in an unusual way. Unpack it, or save the report as CSV.")
        )


def _places(tail: bytes, sign: bytes) -> list[int]:
    places, at = [], tail.find(sign)
    while at >= 0:
        places.append(at)
        at = tail.find(sign, at + 1)
    return places


def _number(tail: bytes, at: int, length: int) -> int:
    return int.from_bytes(tail[at : at + length], "little")
