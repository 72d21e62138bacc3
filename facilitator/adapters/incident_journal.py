"""The journal of a workspace's incidents, and the files with their notices."""

from datetime import datetime
from pathlib import Path
from typing import ParamSpec

from msgspec.structs import replace

from facilitator.adapters.atomic_file import (
    UnreadableFileError,
    make_folder,
    replace_file,
    write_error,
)
from facilitator.adapters.journal_file import LOCK_TIMEOUT, JournalFile
from facilitator.adapters.journal_reader import read_journal
from facilitator.adapters.regular_file import exists, is_file, is_missing, read_regular
from facilitator.domain.apply.incidents import Incidents, apply_incident
from facilitator.domain.errors import N_, Diagnostic, JournalError, Severity, message
from facilitator.domain.events.incidents import IncidentEvent
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.incident import IncidentId
from facilitator.session.incidents import IncidentEventT, IncidentRule

P = ParamSpec("P")

INCIDENTS_FILE = "incidents.jsonl"
_DAMAGE_HINT = N_(
    "The other incidents are shown. Restore the file, or move it away and report the incidents "
    "again."
)


class IncidentJournal:
    """Stores incidents in a meetings folder; the journal is open only while it is written."""

    def __init__(self, root: Path) -> None:
        self.problems: tuple[Diagnostic, ...] = ()
        """Damaged lines that the last call of `incidents` left out."""
        self._root = root
        self._path = root / INCIDENTS_FILE

    def incidents(self) -> Incidents:
        """Return the incidents, without what damaged lines say.

        Raises StorageError if the file cannot be read at all.
        """
        if is_missing(self._path):
            self.problems = ()
            return ()
        reading = read_journal(self._path)
        incidents, odd = _replay_incidents(reading.events)
        self.problems = tuple(
            replace(problem, hint=message(_DAMAGE_HINT), severity=Severity.WARNING)
            for problem in (*reading.problems, *odd)
        )
        return incidents

    def step(
        self,
        rule: IncidentRule[P, IncidentEventT],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> IncidentEventT:
        """Apply a rule and append its event, under the lock of the journal.

        Raises RuleError if the step is not possible, StorageError if it cannot be written,
        JournalError while a line is damaged: a lost incident would give its number to another.
        """
        try:
            make_folder(self._root, is_private=True)
        except OSError as error:
            raise write_error(self._root, error) from error
        journal = JournalFile(self._path, timeout=LOCK_TIMEOUT)
        try:
            event = rule(_replay_incidents(journal.read())[0], now, *args, **kwargs)
            journal.append(event)
            if journal.recovered:
                journal.put_back()
        finally:
            journal.close()
        return event

    def write_notice(self, incident_id: IncidentId, text: str) -> Path:
        """Write the notice of an incident to a file of its own; return the path.

        A file that holds another notice, of incidents that were moved away, is left as it is.
        """
        content = text.encode("utf-8", errors="replace")
        number, file = 1, self._root / f"incident-{incident_id}.txt"
        while not _is_free(file, content):
            number += 1
            file = self._root / f"incident-{incident_id}-{number}.txt"
        replace_file(file, content, is_private=True)
        return file


def _is_free(file: Path, content: bytes) -> bool:
    """Whether there is no such file, or it has this content."""
    try:
        return read_regular(file) == content
    except FileNotFoundError:
        return True
    except UnreadableFileError:
        if exists(file) and not is_file(file):
            return False
        raise


def _replay_incidents(
    events: tuple[MeetingEvent, ...],
) -> tuple[Incidents, tuple[Diagnostic, ...]]:
    """Return the incidents that events make, and what is odd about those that do not fit."""
    incidents: Incidents = ()
    problems: list[Diagnostic] = []
    for event in events:
        if isinstance(event, IncidentEvent):
            try:
                incidents = apply_incident(incidents, event)
            except JournalError as error:
                problems.append(Diagnostic(file=INCIDENTS_FILE, message=error.message))
    return incidents, tuple(problems)
