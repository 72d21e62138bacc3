"""The journal of a workspace's incidents, and the files with their notices."""

import os
from datetime import datetime
from pathlib import Path
from typing import ParamSpec

from facilitator.adapters.atomic_file import make_folder, read_error, replace_file, write_error
from facilitator.adapters.journal_file import LOCK_TIMEOUT, JournalFile
from facilitator.adapters.journal_reader import read_journal
from facilitator.domain.apply.incidents import Incidents, apply_incident
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.incidents import IncidentEvent
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.incident import IncidentId
from facilitator.session.incidents import IncidentEventT, IncidentRule

P = ParamSpec("P")

INCIDENTS_FILE = "incidents.jsonl"


class IncidentJournal:
    """Stores incidents in a meetings folder; the journal is open only while it is written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / INCIDENTS_FILE

    def incidents(self) -> Incidents:
        """Return the incidents; raises JournalError or StorageError if they cannot be read."""
        if not os.path.lexists(self._path):
            return ()
        reading = read_journal(self._path)
        for problem in reading.problems:
            raise JournalError(
                N_(
                    "{file}, line {line}: {fault} Restore the file, or move it away and report "
                    "the incidents again."
                ),
                file=self._path,
                line=problem.line or 0,
                fault=problem.message,
            )
        return _replay_incidents(reading.events)

    def step(
        self,
        rule: IncidentRule[P, IncidentEventT],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> IncidentEventT:
        """Apply a rule and append its event, under the lock of the journal.

        Raises RuleError if the step is not possible, StorageError if it cannot be written.
        """
        try:
            make_folder(self._root, is_private=True)
        except OSError as error:
            raise write_error(self._root, error) from error
        journal = JournalFile(self._path, timeout=LOCK_TIMEOUT)
        try:
            event = rule(_replay_incidents(journal.read()), now, *args, **kwargs)
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
        return file.read_bytes() == content
    except FileNotFoundError:
        return True
    except IsADirectoryError:
        return False
    except OSError as error:
        raise read_error(file, error) from error


def _replay_incidents(events: tuple[MeetingEvent, ...]) -> Incidents:
    incidents: Incidents = ()
    for event in events:
        if isinstance(event, IncidentEvent):
            incidents = apply_incident(incidents, event)
    return incidents
