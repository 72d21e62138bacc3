"""Cache of the reports read from a data folder, kept in its folder `.facts`.

An entry is valid only if all it depends on is unchanged: the file's content and name, the
agenda's marketplaces, the report types and the code that reads them. An entry that cannot be
read, or is not as it was written, counts as missing.
"""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from facilitator.adapters.decoding import DECODE_ERRORS
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.sniff import Stamp, stamp_of
from facilitator.domain import errors, text
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis import facts
from facilitator.domain.kpis.facts import Marketplace

CACHE_FOLDER = ".facts"
"""Its name in the data folder; deleting it loses nothing but time."""

_COMBINED_ENTRY = ""
"""The name of the entry for all files together."""
_RACY = 2_000_000_000
"""Nanoseconds within which a file may change again without a new modification time."""
_NAME = re.compile(r"[0-9a-f]{32}\.(?:msgpack|[0-9a-f]{8})")
"""The names of cache files, temporary ones included; nothing else is ever removed."""
_LARGEST = 1 << 26
"""The largest entry that is read, in bytes."""
_CHECKSUM_BYTES = 32
"""Bytes of the checksum before an entry."""


class CachedReadings(msgspec.Struct, frozen=True, kw_only=True):
    """What files say."""

    readings: tuple[FileReading, ...]
    problems: tuple[Diagnostic, ...] = ()


class _CacheEntry(msgspec.Struct, frozen=True, kw_only=True):
    depends: str
    name: str
    content: str
    """The SHA-256 of what was read."""
    stamp: Stamp | None = None
    told: CachedReadings


_decoder = msgspec.msgpack.Decoder(_CacheEntry)
"""Built once: several threads must not build the decoder of a type at the same time."""


class ReportCache:
    """The entries of one data folder."""

    def __init__(
        self, data_folder: Path, known: ReportTypes, marketplaces: Sequence[Marketplace]
    ) -> None:
        self._folder = data_folder / CACHE_FOLDER
        self._depends = _digest(
            _code_digest(), msgspec.json.encode((known, marketplaces), order="deterministic")
        )

    def get_by_stamp(self, name: str, stamp: Stamp) -> tuple[FileReading, ...] | None:
        """Return what was read of a file, if its stamp is unchanged."""
        entry, written = self._entry(name)
        changed = max(stamp.modified, stamp.changed)
        if entry is None or entry.stamp != stamp or written - changed < _RACY:
            return None
        return entry.told.readings

    def get_by_content(self, name: str, sha256: str) -> tuple[FileReading, ...] | None:
        """Return what was read of a file with this content."""
        entry, _ = self._entry(name)
        return entry.told.readings if entry and entry.content == sha256 else None

    def keep(self, name: str, path: Path, stamp: Stamp, readings: tuple[FileReading, ...]) -> None:
        """Store what was read of a file, unless the file has changed since the reading began.

        Nothing is kept of a file that the system did not let us read: it may do so next time.
        """
        try:
            is_unchanged = stamp_of(path.stat()) == stamp
        except OSError:
            return
        sha256 = readings[0].source.sha256
        if is_unchanged and sha256:
            self._write(name, sha256, CachedReadings(readings=readings), stamp)

    def get_combined(
        self, readings: Sequence[FileReading], newest_first: Sequence[str]
    ) -> CachedReadings | None:
        """Return the combined result of these files, if they were as new then as now."""
        entry, _ = self._entry(_COMBINED_ENTRY)
        digest = _combined_digest(readings, newest_first)
        return entry.told if entry and entry.content == digest else None

    def put_combined(
        self, readings: Sequence[FileReading], newest_first: Sequence[str], told: CachedReadings
    ) -> None:
        """Store the combined result of these files, unless one of them has changed meanwhile."""
        digest = _combined_digest(readings, newest_first)
        if digest == _combined_digest(told.readings, newest_first):
            self._write(_COMBINED_ENTRY, digest, told)

    def remove_stale(self, names: Collection[str]) -> None:
        """Remove the entries of files that are gone, and what a killed program left."""
        kept = {self._place(name).name for name in (*names, _COMBINED_ENTRY)}
        try:
            for each in os.scandir(self._folder):
                if _NAME.fullmatch(each.name) and each.name not in kept:
                    Path(each).unlink()
        except OSError:
            return

    def _place(self, name: str) -> Path:
        return self._folder / f"{_digest(name.encode())[:32]}.msgpack"

    def _entry(self, name: str) -> tuple[_CacheEntry | None, int]:
        """Return an entry if it is valid, and when it was written."""
        place = self._place(name)
        try:
            status = place.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return None, 0
            held = place.read_bytes()
            if held[:_CHECKSUM_BYTES] != _checksum(held[_CHECKSUM_BYTES:]):
                return None, 0
            entry = _decoder.decode(held[_CHECKSUM_BYTES:])
        except (OSError, *DECODE_ERRORS):
            return None, 0
        is_ours = (entry.depends, entry.name) == (self._depends, name) and entry.told.readings
        return (entry if is_ours else None), status.st_mtime_ns

    def _write(
        self, name: str, content: str, told: CachedReadings, stamp: Stamp | None = None
    ) -> None:
        entry = _CacheEntry(
            depends=self._depends, name=name, content=content, told=told, stamp=stamp
        )
        place = self._place(name)
        fresh = place.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._folder.mkdir(exist_ok=True)
            held = msgspec.msgpack.encode(entry)
            fresh.write_bytes(_checksum(held) + held)
            fresh.replace(place)
        except OSError:
            return


def _combined_digest(readings: Sequence[FileReading], newest_first: Sequence[str]) -> str:
    told = [(each.source.file, each.source.sha256) for each in readings]
    return _digest(msgspec.json.encode((told, newest_first)))


def _checksum(held: bytes) -> bytes:
    return hashlib.sha256(held).digest()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@cache
def _code_digest() -> bytes:
    """Return a hash of the code that reads reports, since another version may read differently."""
    here = Path(__file__).parent
    texts = [*sorted(here.glob("*.py")), *sorted(here.rglob("*.toml"))]
    values = (Path(str(each.__file__)) for each in (errors, facts, text))
    others = (f"{name} {version(name)}".encode() for name in ("polars", "python-calamine"))
    return _digest(*(each.read_bytes() for each in (*texts, *values)), *others).encode()
