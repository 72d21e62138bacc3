"""The journal of one meeting, opened for writing: append-only, synced, locked.

Another program may change the file meanwhile: one that synchronizes folders, or a checkout. What
is appended then would go into a file that nobody finds, or between the lines of another copy.
"""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from filelock import FileLock, Timeout

from facilitator.adapters.atomic_file import (
    PRIVATE_FILE,
    UnreadableFileError,
    close_to_others,
    sync_folder,
    write_error,
)
from facilitator.adapters.event_codec import JournalLine, decode_line, encode_line
from facilitator.adapters.journal_reader import (
    newest_recovered,
    parse_journal,
    read_journal,
    recover_events,
    recovered_name,
    replaced_name,
    require_regular_file,
)
from facilitator.adapters.regular_file import read_regular, read_whole
from facilitator.domain.errors import (
    N_,
    Diagnostic,
    JournalError,
    JournalReplacedError,
    Severity,
    StorageError,
    message,
)
from facilitator.domain.events.meeting import MeetingEvent

# Each flag is missing on some system. No symbolic link is followed, no child process inherits the
# handle, and a named pipe in place of the file does not block.
_OPEN_FLAGS = sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)

LOCK_TIMEOUT = 5.0
"""Seconds to wait for the lock of a journal that is locked only while one line is written."""
_LOOK_TIME = 0.1
"""Seconds to wait at least: `has_writer` has the lock for a moment while it looks."""


class JournalFile:
    """A journal that is open for writing, locked against other writers.

    Opening removes an incomplete last line and keeps its bytes in a `.torn` file. Damaged lines
    before it are never changed: `read` raises JournalError, or leaves them out if
    `accept_damage` is set.

    Where another program has changed the file at the path, nothing more is written to it. All
    lines go to a file of recovered steps beside it, until `put_back` makes that the journal again.
    """

    def __init__(self, path: Path, *, accept_damage: bool = False, timeout: float = 0) -> None:
        """Lock and open a journal; wait up to `timeout` seconds for the lock.

        Raises StorageError if another process has the lock or the file cannot be opened, and
        JournalReplacedError where steps were recovered, unless damage is accepted.
        """
        self._path = self._file = path
        self.recovered: Path | None = None
        """Where steps go since another program changed the journal; None while it is intact."""
        self._content = bytearray()
        self._events: list[MeetingEvent] = []
        self._problems: list[Diagnostic] = []
        self._damage: Diagnostic | None = None
        self._number = 0
        self._is_torn = False
        self._lock = _acquire_lock(path, timeout)
        try:
            self._find_recovered(accept_damage=accept_damage)
            self._handle = _open_journal(self._file)
            try:
                self._begin(accept_damage=accept_damage)
            except (OSError, StorageError):
                _close_quietly(self._handle)
                raise
        except OSError as error:
            self._release_lock()
            raise write_error(path, error) from error
        except (StorageError, JournalError):
            self._release_lock()
            raise

    @property
    def line_count(self) -> int:
        """The number of the last line."""
        return self._number

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
            if not self._is_in_place():
                self._recover()
            if self._is_torn:
                self._cut_back()
            self._is_torn = True
            _write_all(self._handle, line)
            os.fsync(self._handle)
        except OSError as error:
            self._heal_later(error)
            raise write_error(self._file, error) from error
        self._is_torn = False
        self._content += line
        self._number += 1
        self._events.append(event)

    def other_events(self) -> tuple[MeetingEvent, ...]:
        """Return the events of the file that took the place of the journal.

        Where it is gone, or cannot be read, there are none.
        """
        try:
            return read_journal(self._path).events
        except StorageError:
            return ()

    def put_back(self) -> Path | None:
        """Make the recovered steps the journal again; return where the other file was moved.

        Raises StorageError if that fails; then the steps stay where they are.
        """
        aside = self._free_name(replaced_name)
        has_other = os.path.lexists(self._path)
        try:
            _close_quietly(self._handle)  # Windows renames no file that is open
            self._handle = -1
            try:
                if has_other:
                    self._path.replace(aside)
                self._file.replace(self._path)
                self._file, self.recovered = self._path, None
            finally:
                self._handle = os.open(self._file, os.O_RDWR | os.O_APPEND | _OPEN_FLAGS)
            sync_folder(self._path.parent)
        except OSError as error:
            raise write_error(self._path, error) from error
        return aside if has_other else None

    def close(self) -> None:
        """Close the journal and release its lock."""
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            with suppress(OSError):  # a network drive that is gone; every line was synced
                os.close(handle)
            self._release_lock()

    def _release_lock(self) -> None:
        with suppress(OSError):  # a drive that is gone holds no lock
            self._lock.release()

    def _find_recovered(self, *, accept_damage: bool) -> None:
        """Go on with the steps that were recovered when another program changed the journal."""
        recovered = newest_recovered(self._path)
        if recovered is None:
            return
        if not accept_damage:
            raise JournalReplacedError(
                N_(
                    "Another program replaced the journal of this meeting while it ran. Its steps "
                    "are in {file}. Resume again to put them back; the other copy is kept."
                ),
                file=recovered,
            )
        self._file = self.recovered = recovered

    def _is_in_place(self) -> bool:
        """Return whether the file at the path is the one that is open, with what was written.

        A file that was replaced by an equal one is opened instead.
        """
        if self._is_unchanged():
            return True
        try:
            if self._file.is_symlink() or read_regular(self._file) != self._content:
                return False
            handle = os.open(self._file, os.O_RDWR | os.O_APPEND | _OPEN_FLAGS)
        except (OSError, UnreadableFileError):
            return False
        _close_quietly(self._handle)
        self._handle = handle
        return True

    def _is_unchanged(self) -> bool:
        try:
            found = self._file.lstat()
        except FileNotFoundError:
            return False
        own = os.fstat(self._handle)
        if (found.st_dev, found.st_ino) != (own.st_dev, own.st_ino):
            return False
        size = len(self._content)
        return found.st_size >= size if self._is_torn else found.st_size == size

    def _recover(self) -> None:
        """Write all lines to a new file beside the journal, and go on there."""
        file = self._free_name(recovered_name)
        handle = os.open(
            file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | _OPEN_FLAGS, 0o600
        )
        try:
            _write_all(handle, self._content)
            os.fsync(handle)
            sync_folder(file.parent)
        except OSError:
            _close_quietly(handle)
            with suppress(OSError):
                file.unlink(missing_ok=True)
            raise
        _close_quietly(self._handle)
        self._handle, self._file, self.recovered = handle, file, file
        self._is_torn = False

    def _free_name(self, name: Callable[[Path, str], Path]) -> Path:
        """Return a name beside the journal that is not taken, with the time of the last step."""
        moment = f"{self._events[-1].at:%Y%m%dT%H%M%S}" if self._events else "0"
        names = chain((moment,), (f"{moment}-{number}" for number in count(2)))
        return next(
            path for path in (name(self._path, each) for each in names) if not os.path.lexists(path)
        )

    def _begin(self, *, accept_damage: bool) -> None:
        content = _read_all(self._handle, self._file)
        reading = parse_journal(self._file, content)
        self._content, self._number = bytearray(content[: reading.good_size]), reading.last_number
        self._problems += reading.problems
        self._is_torn = len(content) > reading.good_size
        if self._is_torn:
            self._set_aside(content[reading.good_size :])
            self._cut_back()
        events = reading.events
        if reading.problems and accept_damage:
            what_fits = recover_events(self._file, events)
            events = what_fits.events
            self._problems += what_fits.problems
        self._events += events
        self._damage = None if accept_damage else next(iter(reading.problems), None)

    def _set_aside(self, torn: bytes) -> None:
        rest = self._path.with_suffix(".torn")
        rest.touch(PRIVATE_FILE)
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
        os.ftruncate(self._handle, len(self._content))
        os.fsync(self._handle)
        self._is_torn = False

    def _heal_later(self, cause: OSError) -> None:
        """Remove an incomplete line now; if that fails, `append` does before it writes."""
        try:
            self._cut_back()
        except OSError as error:
            cause.add_note(f"The half-written line stays until the next append: {error}")


def has_writer(path: Path) -> bool | None:
    """Return whether a program has a journal open for writing; None where that cannot be told."""
    file = path.with_suffix(".lock")
    if not file.exists():
        return None
    lock = FileLock(file, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # a folder in which this program must not write
        return None
    lock.release()
    return False


def _acquire_lock(path: Path, timeout: float) -> FileLock:
    lock = FileLock(path.with_suffix(".lock"), mode=PRIVATE_FILE, thread_local=False)
    try:
        lock.acquire(timeout=max(timeout, _LOOK_TIME), poll_interval=_LOOK_TIME / 4)
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
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _OPEN_FLAGS, PRIVATE_FILE)
    close_to_others(path)
    if is_new:
        try:
            sync_folder(path.parent)
        except OSError:
            _close_quietly(handle)
            raise
    return handle


def _read_all(handle: int, path: Path) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        return read_whole(file, path)


def _close_quietly(handle: int) -> None:
    """Close a handle of which every line was synced; the system has let go of it in any case."""
    with suppress(OSError):
        os.close(handle)


def _write_all(handle: int, content: bytes | bytearray) -> None:
    rest = memoryview(bytes(content))
    while rest:
        written = os.write(handle, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]
