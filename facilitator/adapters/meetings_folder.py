"""The meetings folder, which holds a folder with journal and minutes for each meeting."""

import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from facilitator.adapters.atomic_file import (
    read_error,
    replace_file,
    replace_text,
    sync_folder,
    write_error,
)
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import JOURNAL_FILE, MEETING_ID_PATTERN
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.workspace_lock import lock_workspace
from facilitator.domain.errors import N_, Diagnostic, JournalError, StorageError
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class DiskMinutes:
    """Writes minutes to a path; earlier versions and complete minutes lie beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes atomically; return their path.

        `complete` are the recorder's minutes if sensitive entries are left out of `text`; if it
        is empty, a file of them is removed.
        """
        replace_text(self._path, text)
        own = complete_minutes_path(self._path)
        if complete:
            replace_text(own, complete, is_private=True)
        else:
            _remove_file(own)
        return self._path

    def keep_version(self, version: int, text: Callable[[], str]) -> Path:
        """Copy the current minutes to the file of a version, byte for byte; return its path.

        `text` renders them if the file is gone. A version that exists is not overwritten.
        """
        kept = _version_path(self._path, version)
        own = complete_minutes_path(self._path)
        if own.exists() and not _version_path(own, version).exists():
            replace_file(_version_path(own, version), _read_bytes(own), is_private=True)
        if not kept.exists() and self._path.exists():
            replace_file(kept, _read_bytes(self._path))
        elif not kept.exists():
            replace_text(kept, text())
        return kept


def complete_minutes_path(minutes: Path) -> Path:
    """Return the path of the complete minutes that belong to minutes without sensitive entries."""
    return minutes.with_stem(f"{minutes.stem}-recorder")


def _version_path(minutes: Path, version: int) -> Path:
    return minutes.with_stem(f"{minutes.stem}-v{version}")


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise read_error(file, error) from error


def _remove_file(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(file, error) from error


LIBRARY = "library.json"
MINUTES = "minutes.md"
DRAFT_LINE = b"\nstatus: draft\n"
"""The line in the front matter of minutes of a meeting that is not closed."""
_FRONT_MATTER_BYTES = 4_096
"""Bytes at the beginning of the minutes in which that line is looked for."""


class MeetingsFolder:
    """Finds the meetings in a folder and opens their journals.

    The library stores what was read before, so that only new and changed journals are read.
    """

    def __init__(self, root: Path, library: LibraryFile | None = None) -> None:
        self.problems: tuple[Diagnostic, ...] = ()
        """Diagnostics of the last call of `meetings`."""
        self._root = root
        self._library = library or LibraryFile(root / LIBRARY)

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """Return all meetings, newest first."""
        try:
            self.problems = self._library.sync(self._root)
        except StorageError as error:
            # The meetings were read all the same; only the library could not be saved.
            self.problems = (Diagnostic(file=LIBRARY, message=error.message),)
        return self._library.meetings()

    def lock(self) -> AbstractContextManager[None]:
        """Hold the lock of the workspace from reading to writing."""
        return lock_workspace(self._root)

    def start(self, series: str, on: date) -> tuple[MeetingId, JournalFile, DiskMinutes]:
        """Create the folder of a new meeting and open its journal.

        Raises StorageError if that fails.
        """
        first = f"{on.isoformat()}-{series}"
        self._must_be_name(first)
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            folder = self._new_folder(first)
            sync_folder(self._root)
        except OSError as error:
            raise write_error(self._root / first, error) from error
        return (
            MeetingId(folder.name),
            JournalFile(folder / JOURNAL_FILE),
            DiskMinutes(folder / MINUTES),
        )

    def open(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> tuple[JournalFile, DiskMinutes]:
        """Open the journal of an existing meeting.

        Raises StorageError if it does not exist or another process has it open, JournalError if
        it is damaged and `accept_damage` is not set.
        """
        folder = self.folder(meeting_id)
        if not (folder / JOURNAL_FILE).is_file():
            raise StorageError(
                N_("There is no meeting “{id}” in {root}."), id=meeting_id, root=self._root
            )
        journal = JournalFile(folder / JOURNAL_FILE, accept_damage=accept_damage)
        try:
            journal.read()
        except JournalError:
            journal.close()
            raise
        return journal, DiskMinutes(folder / MINUTES)

    def is_draft(self, meeting_id: MeetingId) -> bool:
        """Return whether the minutes on disk were written before the meeting was closed."""
        try:
            with (self.folder(meeting_id) / MINUTES).open("rb") as file:
                return DRAFT_LINE in file.read(_FRONT_MATTER_BYTES).partition(b"\n---\n")[0] + b"\n"
        except OSError:
            return False

    def minutes_of(self, meeting_id: MeetingId) -> str:
        """Return the minutes of a past meeting as they were written.

        Raises StorageError if they do not exist or cannot be read.
        """
        path = self.folder(meeting_id) / MINUTES
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError as error:
            raise StorageError(
                N_(
                    "There is no {file}. Create it with `facilitator minutes {id} --output {file}`."
                ),
                file=path,
                id=meeting_id,
            ) from error
        except OSError as error:
            raise read_error(path, error) from error

    def folder(self, meeting_id: MeetingId) -> Path:
        """Return the folder of a meeting; raises StorageError for an invalid id."""
        self._must_be_name(meeting_id)
        return self._root / meeting_id

    def _new_folder(self, first: str) -> Path:
        number, folder = 1, self._root / first
        known = {each.id for each in self._library.meetings()}
        while os.path.lexists(folder) and (folder.name in known or not _is_unused(folder)):
            number += 1
            folder = self._root / f"{first}-{number}"
        folder.mkdir(exist_ok=True)
        return folder

    @staticmethod
    def _must_be_name(name: str) -> None:
        if not MEETING_ID_PATTERN.match(name):
            raise StorageError(
                N_("“{name}” cannot be the name of a meeting. Use only letters, digits, - and _."),
                name=name,
            )


def _is_unused(folder: Path) -> bool:
    """Return whether it is the folder of a meeting whose first event could not be written."""
    if folder.is_symlink() or not folder.is_dir() or (folder / MINUTES).exists():
        return False
    try:
        found = (folder / JOURNAL_FILE).lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_size == 0
