"""The meetings folder: a folder with journal and minutes for each meeting."""

from collections.abc import Callable
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
from facilitator.domain.errors import N_, Diagnostic, JournalError, StorageError
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class DiskMinutes:
    """Keeps the minutes at a path; beside it those of earlier versions, and the recorder's own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes; a reader sees the old text or the new, never half.

        `complete` is the recorder's own, where something sensitive is left out of the others.
        """
        replace_text(self._path, text)
        own = complete_minutes_path(self._path)
        if complete:
            replace_text(own, complete, is_private=True)
        else:
            _remove_file(own)
        return self._path

    def keep(self, version: int, text: Callable[[], str]) -> Path:
        """Keep the minutes as they stand as those of a version, byte for byte.

        `text` makes them where they are gone; those of a version kept before stay as they are.
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
    """Where the complete minutes are, beside those that can be sent."""
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
"""What the front matter says of a meeting that is not closed."""
_FRONT_MATTER_BYTES = 4_096
"""Bytes in which it says so."""


class MeetingsFolder:
    """Finds the meetings below a folder, and opens their journals.

    The library remembers the meetings that were read before, so that only new
    and changed journals are read again.
    """

    def __init__(self, root: Path, library: LibraryFile | None = None) -> None:
        self.problems: tuple[Diagnostic, ...] = ()
        """What was odd when the meetings were looked through last."""
        self._root = root
        self._library = library or LibraryFile(root / LIBRARY)

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """What is there, newest first."""
        try:
            self.problems = self._library.sync(self._root)
        except StorageError as error:
            # What was read is known all the same; it only has to be read again next time.
            self.problems = (Diagnostic(file=LIBRARY, message=error.message),)
        return self._library.meetings()

    def start(self, series: str, on: date) -> tuple[MeetingId, JournalFile, DiskMinutes]:
        """Make the folder of a new meeting, and take its pen.

        Raises StorageError where the disk refuses.
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
        """Take the pen of a meeting that is under way.

        Raises StorageError where somebody else has it, JournalError where it is damaged,
        unless the damage is accepted.
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
        """Whether the minutes on disk are those of a meeting that was still open."""
        try:
            with (self.folder(meeting_id) / MINUTES).open("rb") as file:
                return DRAFT_LINE in file.read(_FRONT_MATTER_BYTES).partition(b"\n---\n")[0] + b"\n"
        except OSError:
            return False

    def minutes_of(self, meeting_id: MeetingId) -> str:
        """The minutes of a past meeting, as they were written.

        Raises StorageError where they are not there or cannot be read.
        """
        path = self.folder(meeting_id) / MINUTES
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError as error:
            raise StorageError(
                N_("There is no {file}; `facilitator minutes {id} --output {file}` writes it."),
                file=path,
                id=meeting_id,
            ) from error
        except OSError as error:
            raise read_error(path, error) from error

    def folder(self, meeting_id: MeetingId) -> Path:
        """Where a meeting is kept; raises StorageError for what cannot be a meeting's name."""
        self._must_be_name(meeting_id)
        return self._root / meeting_id

    def _new_folder(self, first: str) -> Path:
        number, folder = 1, self._root / first
        while folder.exists() and not _is_unused(folder):
            number += 1
            folder = self._root / f"{first}-{number}"
        folder.mkdir(exist_ok=True)
        return folder

    @staticmethod
    def _must_be_name(name: str) -> None:
        if not MEETING_ID_PATTERN.match(name):
            raise StorageError(
                N_("“{name}” cannot be the name of a meeting; use letters, digits, - and _."),
                name=name,
            )


def _is_unused(folder: Path) -> bool:
    """Whether a meeting was to begin here and the disk refused its first line."""
    if not folder.is_dir():
        return False
    journal = folder / JOURNAL_FILE
    return (not journal.exists() or journal.stat().st_size == 0) and not (folder / MINUTES).exists()
