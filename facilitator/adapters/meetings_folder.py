"""The meetings folder, which holds a folder with journal and minutes for each meeting."""

import os
import re
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from facilitator.adapters.atomic_file import (
    UnreadableFileError,
    close_to_others,
    make_folder,
    read_error,
    replace_file,
    replace_text,
    write_error,
)
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reader import (
    JOURNAL_FILE,
    MEETING_ID_PATTERN,
    find_journals,
    newest_recovered,
)
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.regular_file import exists, open_regular, read_regular
from facilitator.adapters.workspace_lock import lock_workspace
from facilitator.domain.errors import N_, Diagnostic, JournalError, StorageError
from facilitator.domain.file_name import same_but_for_case
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.sections.front_matter import LINES_KEY
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class DiskMinutes:
    """Writes minutes to a path; earlier versions and complete minutes lie beside it."""

    def __init__(self, path: Path) -> None:
        self.kept: Path | None = None
        """Where minutes were kept that held more of the meeting than those written over them."""
        self._path = path

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes atomically; return their path.

        `complete` are the recorder's minutes if sensitive entries are left out of `text`; if it
        is empty, a file of them is removed. Minutes that hold more than these, because the
        journal is an older copy, are kept beside them.
        """
        self._keep_newer(text)
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
        if exists(own) and not exists(_version_path(own, version)):
            replace_file(_version_path(own, version), _read_bytes(own), is_private=True)
        if not exists(kept) and exists(self._path):
            replace_file(kept, _read_bytes(self._path))
        elif not exists(kept):
            replace_text(kept, text())
        return kept

    def _keep_newer(self, text: str) -> None:
        lines = _journal_lines(_beginning_of(self._path))
        if not 0 < _journal_lines(text.encode(errors="replace")) < lines:
            return
        for file in (self._path, complete_minutes_path(self._path)):
            kept = file.with_stem(f"{file.stem}-kept-{lines}")
            if exists(file) and not exists(kept):
                replace_file(kept, _read_bytes(file), is_private=file != self._path)
        self.kept = self._path.with_stem(f"{self._path.stem}-kept-{lines}")


def _beginning_of(minutes: Path) -> bytes:
    """Return the beginning of minutes, with their front matter; nothing where there are none."""
    try:
        with open_regular(minutes) as file:
            return file.read(_FRONT_MATTER_BYTES)
    except (FileNotFoundError, IsADirectoryError):  # writing them tells of a folder
        return b""
    except OSError as error:
        raise write_error(minutes, error) from error


def _journal_lines(minutes: bytes) -> int:
    """Return how many lines the journal of minutes had; 0 where they do not say that."""
    found = _JOURNAL_LINES.search(minutes[:_FRONT_MATTER_BYTES].partition(b"\n---\n")[0])
    return int(found[1]) if found else 0


def are_minutes(beginning: bytes) -> bool:
    """Return whether the first bytes of a file are those of minutes that the program wrote."""
    front_matter, fence, _rest = beginning.partition(b"\n---\n")
    return bool(fence) and front_matter.startswith(_FIRST_KEY) and _TAGS in front_matter


def complete_minutes_path(minutes: Path) -> Path:
    """Return the path of the complete minutes that belong to minutes without sensitive entries."""
    return minutes.with_stem(f"{minutes.stem}-recorder")


def _version_path(minutes: Path, version: int) -> Path:
    return minutes.with_stem(f"{minutes.stem}-v{version}")


def _read_bytes(file: Path) -> bytes:
    try:
        return read_regular(file)
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
_DAY_AND_DASH = len("2026-11-23-")
_NUMBER = re.compile(r"-\d+\Z")
"""The number of a meeting after the first of its series on a day."""
_FIRST_KEY = b"---\ntitle: "
_TAGS = b"\ntags: [minutes, "
"""How the front matter of all minutes begins, and its last line."""
_FRONT_MATTER_BYTES = 4_096
"""Bytes at the beginning of the minutes in which that line is looked for."""
_JOURNAL_LINES = re.compile(rb"^%s: (\d{1,9})$" % LINES_KEY.encode(), re.MULTILINE)


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
        """Return all meetings, newest first; raises StorageError if they cannot be read."""
        try:
            self.problems = self._library.sync(self._root)
        except UnreadableFileError:
            raise
        except StorageError as error:
            # The meetings were read all the same; only the library could not be saved.
            self.problems = (Diagnostic(file=LIBRARY, message=error.message),)
        return self._library.meetings()

    def lock(self) -> AbstractContextManager[None]:
        """Hold the lock of the workspace from reading to writing."""
        return lock_workspace(self._root)

    def start(self, series: str, on: date) -> tuple[MeetingId, JournalFile, DiskMinutes]:
        """Create the folder of a new meeting and open its journal.

        Raises StorageError if that fails, or if the series of other meetings differs from this
        one in upper and lower case only: on many disks both would have the same files.
        """
        first = f"{on.isoformat()}-{series}"
        self._must_be_name(first)
        try:
            make_folder(self._root, is_private=True)
            self._must_differ_by_more_than_case(series)
            folder = self._new_folder(first)
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
        file = folder / JOURNAL_FILE
        try:
            is_there = file.is_file() or (folder.is_dir() and newest_recovered(file) is not None)
        except OSError as error:
            raise read_error(file, error) from error
        if not is_there:
            raise StorageError(
                N_("There is no meeting “{id}” in {root}."), id=meeting_id, root=self._root
            )
        journal = JournalFile(file, accept_damage=accept_damage)
        for each in (self._root, folder):
            close_to_others(each)
        try:
            journal.read()
        except JournalError:
            journal.close()
            raise
        return journal, DiskMinutes(folder / MINUTES)

    def is_draft(self, meeting_id: MeetingId) -> bool:
        """Return whether there are only minutes from while the meeting was open, or none."""
        try:
            with open_regular(self.folder(meeting_id) / MINUTES) as file:
                return DRAFT_LINE in file.read(_FRONT_MATTER_BYTES).partition(b"\n---\n")[0] + b"\n"
        except FileNotFoundError:
            return True
        except (OSError, UnreadableFileError):
            return False

    def minutes_of(self, meeting_id: MeetingId) -> str:
        """Return the minutes of a past meeting as they were written, as text to be shown.

        Raises StorageError if they do not exist or cannot be read.
        """
        path = self.folder(meeting_id) / MINUTES
        try:
            text = read_regular(path).decode(errors="replace").replace("\r\n", "\n")
            return remove_unsafe_characters(text)
        except FileNotFoundError as error:
            raise StorageError(
                N_("There is no {file}. Print the minutes with `facilitator minutes {id}`."),
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
        make_folder(folder, is_private=True)
        return folder

    def _must_differ_by_more_than_case(self, series: str) -> None:
        if twin := same_but_for_case(series, series_of_meetings(self._root)):
            raise StorageError(
                N_(
                    "There are meetings of “{other}”, which differs from “{series}” only in upper "
                    "and lower case. Write the series in the agenda as it was."
                ),
                other=twin,
                series=series,
            )

    @staticmethod
    def _must_be_name(name: str) -> None:
        if not MEETING_ID_PATTERN.match(name):
            raise StorageError(
                N_("“{name}” cannot be the name of a meeting. Use only letters, digits, - and _."),
                name=name,
            )


def series_of_meetings(root: Path) -> tuple[str, ...]:
    """Return the series of the meetings in a folder, as far as the names of their folders tell.

    Of `2026-11-23-weekly-2`, the second meeting of a day, both readings are returned. Raises
    StorageError if the folder cannot be read.
    """
    names = {each.meeting_id[_DAY_AND_DASH:] for each in find_journals(root)}
    return tuple(sorted(names | {_NUMBER.sub("", each) for each in names}))


def _is_unused(folder: Path) -> bool:
    """Return whether it is the folder of a meeting whose first event could not be written."""
    if folder.is_symlink() or not folder.is_dir() or (folder / MINUTES).exists():
        return False
    try:
        found = (folder / JOURNAL_FILE).lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_size == 0
