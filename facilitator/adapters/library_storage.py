"""tinydb on a file that is always whole, and read again only when it changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
from tinydb.storages import Storage

from facilitator.adapters.atomic_file import refusal, replace_file
from facilitator.adapters.library_rows import Tables
from facilitator.domain.errors import N_, Diagnostic, Severity, StorageError, message

_decoder = msgspec.json.Decoder(Tables)


class WholeFileStorage(Storage):
    """Keeps the tables in memory, and on disk as one JSON file.

    A damaged file is set aside, since the journals can rebuild all of it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.problems: list[Diagnostic] = []
        """What was odd about the file."""
        self._path = path
        self._tables: dict[str, dict[str, Any]] | None = None
        self._seen: tuple[int, int, int] | None = None
        self._is_held = False
        self._is_unsaved = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables; what others wrote since is read again."""
        if not self._is_unsaved and (self._tables is None or self._signature() != self._seen):
            self._tables = self._load()
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables."""
        self._tables = data
        self._is_unsaved = True
        if not self._is_held:
            self._save()

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Bring many changes to disk at once. Where the disk refuses, they stay in memory."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_unsaved:
            self._save()

    def _save(self) -> None:
        replace_file(self._path, msgspec.json.encode(self._tables))
        self._is_unsaved = False
        self._seen = self._signature()

    def _load(self) -> dict[str, dict[str, Any]]:
        self._seen = self._signature()
        if self._seen is None:
            return {}
        try:
            return cast(dict[str, dict[str, Any]], _decoder.decode(self._path.read_bytes()))
        except msgspec.DecodeError as error:
            self._set_aside(error)
            return {}
        except OSError as error:
            raise StorageError(
                N_("{file} cannot be read: {reason}."),
                file=self._path,
                reason=error.strerror or error,
            ) from error

    def _set_aside(self, fault: msgspec.DecodeError) -> None:
        aside = self._path.with_name(f"{self._path.stem}.damaged{self._path.suffix}")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise refusal(aside, error) from error
        self._seen = None
        self.problems.append(
            Diagnostic(
                file=self._path.name,
                message=message(N_("The library could not be read: {fault}."), fault=fault),
                hint=message(
                    N_("It is built anew from the journals; the old file is kept as {file}."),
                    file=aside.name,
                ),
                severity=Severity.WARNING,
            )
        )

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(
                N_("{file} cannot be read: {reason}."),
                file=self._path,
                reason=error.strerror or error,
            ) from error
        return found.st_ino, found.st_size, found.st_mtime_ns
