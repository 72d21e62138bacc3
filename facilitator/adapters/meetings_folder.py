"""The meetings folder: a folder for each meeting, named by its day and its series."""

from datetime import date
from pathlib import Path

from facilitator.adapters.atomic_file import refusal, sync_folder
from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reading import JOURNAL, MEETING_ID, unreadable
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.minutes_file import MinutesPath
from facilitator.domain.errors import N_, Diagnostic, JournalError, StorageError
from facilitator.session.stored import MeetingId, StoredMeeting

LIBRARY = "library.json"
MINUTES = "minutes.md"
DRAFT = b"\nstatus: draft\n"
"""What the front matter says of a meeting that is not closed."""
_HEAD = 4_096
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

    def start(self, series: str, on: date) -> tuple[MeetingId, JournalFile, MinutesPath]:
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
            raise refusal(self._root / first, error) from error
        return (
            MeetingId(folder.name),
            JournalFile(folder / JOURNAL),
            MinutesPath(folder / MINUTES),
        )

    def open(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> tuple[JournalFile, MinutesPath]:
        """Take the pen of a meeting that is under way.

        Raises StorageError where somebody else has it, JournalError where it is damaged,
        unless the damage is accepted.
        """
        folder = self.folder(meeting_id)
        if not (folder / JOURNAL).is_file():
            raise StorageError(
                N_("There is no meeting “{id}” in {root}."), id=meeting_id, root=self._root
            )
        journal = JournalFile(folder / JOURNAL, accept_damage=accept_damage)
        try:
            journal.read()
        except JournalError:
            journal.close()
            raise
        return journal, MinutesPath(folder / MINUTES)

    def is_draft(self, meeting_id: MeetingId) -> bool:
        """Whether the minutes on disk are those of a meeting that was still open."""
        try:
            with (self.folder(meeting_id) / MINUTES).open("rb") as file:
                return DRAFT in file.read(_HEAD).partition(b"\n---\n")[0] + b"\n"
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
            raise unreadable(path, error) from error

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
        if not MEETING_ID.match(name):
            raise StorageError(
                N_("“{name}” cannot be the name of a meeting; use letters, digits, - and _."),
                name=name,
            )


def _is_unused(folder: Path) -> bool:
    """Whether a meeting was to begin here and the disk refused its first line."""
    if not folder.is_dir():
        return False
    journal = folder / JOURNAL
    return (not journal.exists() or journal.stat().st_size == 0) and not (folder / MINUTES).exists()
