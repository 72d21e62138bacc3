"""The journal of one meeting, opened for writing: append-only, synced, locked."""

import errno
import os
from pathlib import Path

from filelock import FileLock, Timeout

from facilitator.adapters.atomic_file import sync_folder, write_error
from facilitator.adapters.event_codec import JournalLine, decode_line, encode_line
from facilitator.adapters.journal_reader import parse_journal, recover_events, require_regular_file
from facilitator.domain.errors import N_, Diagnostic, JournalError, Severity, StorageError, message
from facilitator.domain.events.meeting import MeetingEvent

# Each flag is missing on some system. No symbolic link is followed, no child process inherits the
# handle, and a named pipe in place of the file does not block.
_OPEN_FLAGS = sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)

LOCK_TIMEOUT = 5.0
"""Seconds to wait for the lock of a journal that is locked only while one line is written."""


class JournalFile:
    """A journal that is open for writing, locked against other writers.

    Opening removes an incomplete last line and keeps its bytes in a `.torn` file. Damaged lines
    before it are never changed: `read` raises JournalError, or leaves them out if
    `accept_damage` is set.
    """

    def __init__(self, path: Path, *, accept_damage: bool = False, timeout: float = 0) -> None:
        """Lock and open a journal; wait up to `timeout` seconds for the lock.

        Raises StorageError if another process has the lock or the file cannot be opened.
        """
        self._path = path
        self._events: list[MeetingEvent] = []
        self._problems: list[Diagnostic] = []
        self._damage: Diagnostic | None = None
        self._size = self._number = 0
        self._is_torn = False
        self._lock = _acquire_lock(path, timeout)
        try:
            self._handle = _open_journal(path)
            try:
                self._begin(accept_damage=accept_damage)
            except (OSError, StorageError):
                os.close(self._handle)
                raise
        except OSError as error:
            self._lock.release()
            raise write_error(path, error) from error
        except StorageError:
            self._lock.release()
            raise

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Diagnostics of opening it: an incomplete last line, damaged lines, unusable events."""
        return tuple(self._problems)

    def read(self) -> tuple[MeetingEvent, ...]:
        """Return all events.

        Raises JournalError if a line is damaged and that was not accepted.
        """
        if self._damage is not None:
            raise JournalError(
                N_("{file}, line {line}: {fault}"),
                file=self._path,
                line=self._damage.line or 0,
                fault=self._damage.message,
            )
        return tuple(self._events)

    def append(self, event: MeetingEvent) -> None:
        """Append an event and sync it to disk.

        Raises StorageError, and leaves the journal unchanged, if it cannot be written;
        JournalError for an event that could not be read again.
        """
        line = encode_line(JournalLine(number=self._number + 1, event=event))
        decode_line(line)  # what could not be read again is never written
        try:
            if self._is_torn:
                self._cut_back()
            self._is_torn = True
            _write_all(self._handle, line)
            os.fsync(self._handle)
        except OSError as error:
            self._heal_later(error)
            raise write_error(self._path, error) from error
        self._is_torn = False
        self._size += len(line)
        self._number += 1
        self._events.append(event)

    def close(self) -> None:
        """Close the journal and release its lock."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
            self._lock.release()

    def _begin(self, *, accept_damage: bool) -> None:
        content = _read_all(self._handle)
        reading = parse_journal(self._path, content)
        self._size, self._number = reading.good_size, reading.last_number
        self._problems += reading.problems
        self._is_torn = len(content) > reading.good_size
        if self._is_torn:
            self._set_aside(content[reading.good_size :])
            self._cut_back()
        events = reading.events
        if reading.problems and accept_damage:
            what_fits = recover_events(self._path, events)
            events = what_fits.events
            self._problems += what_fits.problems
        self._events += events
        self._damage = None if accept_damage else next(iter(reading.problems), None)

    def _set_aside(self, torn: bytes) -> None:
        rest = self._path.with_suffix(".torn")
        with rest.open("ab") as handle:
            handle.write(torn.rstrip(b"\n") + b"\n")
        self._problems.append(
            Diagnostic(
                file=self._path.name,
                message=message(
                    N_(
                        "The last line was cut off while it was being written. Bytes lost: {bytes}."
                    ),
                    bytes=len(torn),
                ),
                hint=message(
                    N_("Nothing that was shown is lost. The cut-off part is kept in {file}."),
                    file=rest.name,
                ),
                severity=Severity.WARNING,
            )
        )

    def _cut_back(self) -> None:
        os.ftruncate(self._handle, self._size)
        os.fsync(self._handle)
        self._is_torn = False

    def _heal_later(self, cause: OSError) -> None:
        """Remove an incomplete line now; if that fails, `append` does before it writes."""
        try:
            self._cut_back()
        except OSError as error:
            cause.add_note(f"The half-written line stays until the next append: {error}")


def _acquire_lock(path: Path, timeout: float) -> FileLock:
    lock = FileLock(path.with_suffix(".lock"), thread_local=False)
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise StorageError(
            N_(
                "This meeting is open in another window ({file}). Change the recorder there with "
                "H, or leave it with ctrl+q, then try again."
            ),
            file=path,
        ) from error
    except OSError as error:
        raise write_error(path, error) from error
    return lock


def _open_journal(path: Path) -> int:
    is_new = not require_regular_file(path)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _OPEN_FLAGS, 0o666)
    if is_new:
        try:
            sync_folder(path.parent)
        except OSError:
            os.close(handle)
            raise
    return handle


def _read_all(handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        return file.read()


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        written = os.write(handle, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]
