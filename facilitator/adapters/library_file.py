"""The library of all past meetings, a file that can be rebuilt from journals."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from msgspec.structs import replace

from facilitator.adapters.atomic_file import read_error
from facilitator.adapters.decoding import DECODE_ERRORS
from facilitator.adapters.journal_file import LOCK_TIMEOUT, JournalFile
from facilitator.adapters.journal_reader import (
    JOURNAL_FILE,
    FoundJournal,
    find_journals,
    read_journal,
    read_steps,
    recover_events,
)
from facilitator.adapters.library_database import (
    ClosedBetween,
    LibraryDatabase,
    RecordedMeeting,
    closed_since,
    find_rows,
    load_past,
)
from facilitator.adapters.library_rows import (
    UNKNOWN_SIZE,
    BetweenRow,
    EntryRow,
    MeetingRow,
    build_stored_meeting,
    causes_of,
    decode_decisions,
    decode_entry,
    decode_spent_items,
    recorded_size,
    values_of,
)
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_, Diagnostic, RuleError, StorageError
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past
from facilitator.domain.text_input import clean_line
from facilitator.session.carry_over import build_carry_over, latest_values, meeting_result
from facilitator.session.stored_meetings import MeetingId, StoredAction, StoredMeeting

T = TypeVar("T")

_BETWEEN_FILE = re.compile(r"between-(?P<series>[A-Za-z0-9_-]+)\.jsonl\Z")


class LibraryFile:
    """Keeps the library at a path in the meetings folder.

    What was closed between meetings is in a journal of each series, beside the library.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables = LibraryDatabase(path)

    def carried(self, series: str, on: date) -> CarryOver:
        """Return what a meeting of this series on the day `on` begins with."""
        return self._read_sound(lambda: self._carried(series, on))

    def _carried(self, series: str, on: date) -> CarryOver:
        rows = self._newest_first(series)
        if not rows:
            return CarryOver()
        latest = find_rows(
            self._tables.entries,
            EntryRow,
            lambda row: row["series"] == series,
        )
        return build_carry_over(
            on,
            met_on=rows[0]["date"],
            numbers=(row["numbers"] for row in rows),
            values=next((values_of(row) for row in rows if row["values"]), ()),
            causes=(cause for row in rows for cause in causes_of(row)),
            occasions=rows[0]["occasions"],
            definitions=(each for row in rows[::-1] for each in row.get("definitions", ())),
            spent=(decode_spent_items(row) for row in rows if row["closed_at"]),
            focus=next((row["focus"] for row in rows if row["focus"]), ""),
            proposals=(row["proposed"] for row in latest if "proposed" in row),
            entries=self._open_entries(latest),
            decisions=(each for row in rows[::-1] for each in decode_decisions(row)),
        )

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """Return the values of each KPI that meetings of a series saw, for weeks ended since a day.

        Where two meetings saw the same week, the values of the later one count.
        """
        rows = self._newest_first(series)[::-1]
        return latest_values((value for row in rows for value in values_of(row)), since)

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since.

        Raises StorageError where the disk refuses.
        """
        size = UNKNOWN_SIZE
        if meeting.is_closed:
            journal = self._path.parent / meeting_id / JOURNAL_FILE
            size = _file_size(journal)
        with self._tables.single_write():
            self._tables.add_meetings([(meeting_id, meeting_result(meeting), size)])

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """Return every meeting taken in so far, newest first."""
        return tuple(build_stored_meeting(row) for row in self._newest_first())

    def past(self, series: str | None = None) -> Past:
        """Return everything that is remembered, of one series or of all."""
        return self._read_sound(lambda: load_past(self._tables, series, self._closed_between()))

    def open_actions(self, series: str | None = None) -> tuple[StoredAction, ...]:
        """Return every open action item, of one series or of all."""
        return self._read_sound(lambda: self._open_actions(series))

    def _open_actions(self, series: str | None) -> tuple[StoredAction, ...]:
        rows = find_rows(
            self._tables.entries,
            EntryRow,
            lambda row: (
                row["kind"] == EntryKind.ACTION
                and "entry" in row
                and series in (None, row["series"])
            ),
        )
        closed = self._closed_between()
        return tuple(
            StoredAction(
                meeting_id=row["meeting"],
                series=row["series"],
                action=cast(ActionItem, decode_entry(row)),
                owner_name=row.get("owner_name", ""),
            )
            for row in rows
            if closed_since(row, closed) is None
        )

    def _read_sound(self, read: Callable[[], T]) -> T:
        """Return what `read` finds; where an entry is damaged, after a rebuild from the journals.

        Raises StorageError where the damaged file cannot be moved away.
        """
        try:
            return read()
        except DECODE_ERRORS as error:
            self._tables.set_aside(error)
        self._tables.add_diagnostics(self.rebuild(self._path.parent))
        return read()

    def _open_entries(self, rows: Iterable[EntryRow]) -> Iterator[Entry]:
        """Read those of the rows that some later meeting has again."""
        closed = self._closed_between()
        for row in rows:
            if "entry" in row and closed_since(row, closed) is None:
                yield decode_entry(row)

    def close_action(
        self,
        action_id: ActionId,
        series: str,
        status: ActionStatus,
        evidence: str,
        at: datetime,
    ) -> None:
        """Close an open action item between two meetings.

        Raises RuleError where it is not open, StorageError where the disk refuses.
        """
        if all(each.action.id != action_id for each in self.open_actions(series)):
            raise RuleError(
                N_("{series} has no open action item {id}."), series=series, id=action_id
            )
        path = self._path.parent / f"between-{series}.jsonl"
        journal = JournalFile(path, timeout=LOCK_TIMEOUT)
        try:
            journal.append(
                ActionClosed(
                    at=at, action_id=action_id, status=status, evidence=clean_line(evidence)
                )
            )
        finally:
            journal.close()
        with self._tables.single_write():
            self._add_closed_between([path])

    def sync(self, root: Path) -> tuple[Diagnostic, ...]:
        """Take in what the journals of a meetings folder hold that is not known yet."""
        found = find_journals(root)
        known = {
            row["id"]: recorded_size(row) for row in find_rows(self._tables.meetings, MeetingRow)
        }
        if known.keys() - {each.meeting_id for each in found}:
            return self.rebuild(root)
        changed = [each for each in found if known.get(each.meeting_id) != each.size]
        sizes = {row["series"]: row["size"] for row in find_rows(self._tables.between, BetweenRow)}
        between = [
            path
            for path in _find_between_files(root)
            if sizes.get(_series_of_file(path)) != _file_size(path)
        ]
        if not changed and not between:
            return self._tables.pop_diagnostics()
        with self._tables.single_write():
            return self._tables.pop_diagnostics() + self._update(changed, between)

    def rebuild(self, root: Path) -> tuple[Diagnostic, ...]:
        """Forget everything, and read every journal of a meetings folder again."""
        with self._tables.single_write():
            self._tables.clear()
            return self._tables.pop_diagnostics() + self._update(
                find_journals(root), _find_between_files(root)
            )

    def _update(
        self, journals: Iterable[FoundJournal], between: Sequence[Path]
    ) -> tuple[Diagnostic, ...]:
        taken: list[RecordedMeeting] = []
        problems: list[Diagnostic] = []
        for journal in journals:
            meeting, odd = _replay_journal(journal)
            problems += odd
            if meeting is not None:
                taken.append((journal.meeting_id, meeting_result(meeting), journal.size))
        self._tables.add_meetings(taken)
        problems += self._add_closed_between(between)
        return tuple(problems)

    def _add_closed_between(self, files: Sequence[Path]) -> list[Diagnostic]:
        rows: list[BetweenRow] = []
        problems: list[Diagnostic] = []
        for path in files:
            try:
                reading = read_journal(path)
            except StorageError as error:
                problems.append(Diagnostic(file=path.name, message=error.message))
                continue
            problems += reading.problems
            closed = tuple(each for each in reading.events if isinstance(each, ActionClosed))
            rows.append(BetweenRow(series=_series_of_file(path), size=reading.size, closed=closed))
        self._tables.add_closed_between(rows)
        return problems

    def _newest_first(self, series: str | None = None) -> list[MeetingRow]:
        rows = find_rows(
            self._tables.meetings, MeetingRow, lambda row: series in (None, row["series"])
        )
        return sorted(rows, key=lambda row: row["opened_at"], reverse=True)

    def _closed_between(self) -> ClosedBetween:
        return {
            (row["series"], event.action_id): event
            for row in find_rows(self._tables.between, BetweenRow)
            for event in row["closed"]
        }


def _replay_journal(journal: FoundJournal) -> tuple[Meeting | None, tuple[Diagnostic, ...]]:
    """Return the meeting that a journal leads to, and diagnostics of its damage."""
    try:
        reading = read_steps(journal.path)
    except StorageError as error:
        return None, (
            Diagnostic(file=f"{journal.meeting_id}/{JOURNAL_FILE}", message=error.message),
        )
    left = recover_events(journal.path, reading.events)
    return left.meeting, tuple(
        replace(problem, file=f"{journal.meeting_id}/{problem.file}")
        for problem in reading.problems + left.problems
    )


def _find_between_files(root: Path) -> tuple[Path, ...]:
    try:
        with os.scandir(root) as entries:
            names = sorted(entry.name for entry in entries if _BETWEEN_FILE.match(entry.name))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_error(root, error) from error
    return tuple(root / name for name in names)


def _file_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return UNKNOWN_SIZE


def _series_of_file(path: Path) -> str:
    return path.stem.removeprefix("between-")
