"""The library: what the meetings of all series left, in a file that the journals can rebuild."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import msgspec

from facilitator.adapters.journal_file import PATIENCE, JournalFile
from facilitator.adapters.journal_reading import (
    JOURNAL,
    FoundJournal,
    find_journals,
    fit,
    read_journal,
    unreadable,
)
from facilitator.adapters.library_past import Closed, closed_since, open_past, spent_in
from facilitator.adapters.library_rows import (
    FORM,
    ActionRow,
    BetweenRow,
    DecisionRow,
    MeetingRow,
    RiskRow,
    TopicRow,
    causes_of,
    proposals_of,
    stored_meeting,
    values_of,
)
from facilitator.adapters.library_tables import LibraryTables, Taken, rows_of
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.errors import N_, Diagnostic, RuleError, StorageError
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past
from facilitator.domain.text import clean_line
from facilitator.session.closing import carry, latest_values, remainder
from facilitator.session.stored import MeetingId, StoredAction, StoredMeeting

UNKNOWN_SIZE = -1
_BETWEEN = re.compile(r"between-(?P<series>[A-Za-z0-9_-]+)\.jsonl\Z")


class LibraryFile:
    """Keeps the library at a path in the meetings folder.

    Each action, decision, topic and risk has one row, from the last meeting that had it.
    What was closed between meetings is told by a journal of each series, beside the library.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables = LibraryTables(path)

    def carried(self, series: str, on: date) -> CarryOver:
        """What a meeting of this series on the day `on` begins with."""
        rows = self._newest_first(series)
        if not rows:
            return CarryOver()
        asked = rows_of(self._tables.decisions, DecisionRow, series)
        topics = rows_of(self._tables.topics, TopicRow, series, "parked")
        risks = rows_of(self._tables.risks, RiskRow, series, "current")
        return carry(
            on,
            met_on=rows[0]["date"],
            numbers=(row["numbers"] for row in rows),
            values=next((values_of(row) for row in rows if row["values"]), ()),
            causes=(cause for row in rows for cause in causes_of(row)),
            occasions=rows[0]["occasions"],
            definitions=(each for row in rows[::-1] for each in row.get("definitions", ())),
            spent=(spent_in(row) for row in rows if row["closed_at"]),
            focus=next((row["focus"] for row in rows if row["focus"]), ""),
            actions=(each.action for each in self.open_actions(series)),
            decisions=(row["waiting"] for row in asked if "waiting" in row),
            proposals=proposals_of(asked),
            topics=(row["parked"] for row in topics),
            risks=(row["current"] for row in risks),
        )

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """What the meetings of a series saw of each KPI in the weeks that ended since a day.

        Where two meetings saw the same week, the later one has the last word.
        """
        rows = self._newest_first(series)[::-1]
        return latest_values((value for row in rows for value in values_of(row)), since)

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since.

        Raises StorageError where the disk refuses.
        """
        size = UNKNOWN_SIZE
        if meeting.is_closed:
            journal = self._path.parent / meeting_id / JOURNAL
            size = _size(journal)
        with self._tables.one_write():
            self._tables.take_in([(meeting_id, remainder(meeting), size)])

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """Every meeting taken in so far, newest first."""
        return tuple(stored_meeting(row) for row in self._newest_first())

    def past(self, series: str | None = None) -> Past:
        """Everything that is remembered, of one series or of all.

        Raises StorageError where somebody changed the file by hand.
        """
        try:
            return open_past(self._tables, series, self._closed_between())
        except msgspec.DecodeError as error:
            raise StorageError(
                N_("{file} cannot be read: {fault}; `facilitator reindex` builds it anew."),
                file=self._path,
                fault=error,
            ) from error

    def open_actions(self, series: str | None = None) -> tuple[StoredAction, ...]:
        """Every open action item, of one series or of all."""
        closed = self._closed_between()
        return tuple(
            StoredAction(
                meeting_id=row["meeting"],
                series=row["series"],
                action=row["open"],
                owner_name=row["owner_name"],
            )
            for row in rows_of(self._tables.actions, ActionRow, series, "open")
            if closed_since(row, closed) is None
        )

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
        journal = JournalFile(path, patience=PATIENCE)
        try:
            journal.append(
                ActionClosed(
                    at=at, action_id=action_id, status=status, evidence=clean_line(evidence)
                )
            )
        finally:
            journal.close()
        with self._tables.one_write():
            self._take_in_between([path])

    def sync(self, root: Path) -> tuple[Diagnostic, ...]:
        """Take in what the journals of a meetings folder hold that is not known yet."""
        found = find_journals(root)
        known = {row["id"]: _known_size(row) for row in rows_of(self._tables.meetings, MeetingRow)}
        if known.keys() - {each.meeting_id for each in found}:
            return self.rebuild(root)
        changed = [each for each in found if known.get(each.meeting_id) != each.size]
        sizes = {row["series"]: row["size"] for row in rows_of(self._tables.between, BetweenRow)}
        between = [path for path in _between_files(root) if sizes.get(_series(path)) != _size(path)]
        if not changed and not between:
            return self._tables.told()
        with self._tables.one_write():
            return self._tables.told() + self._update(changed, between)

    def rebuild(self, root: Path) -> tuple[Diagnostic, ...]:
        """Forget everything, and read every journal of a meetings folder again."""
        with self._tables.one_write():
            self._tables.clear()
            return self._tables.told() + self._update(find_journals(root), _between_files(root))

    def _update(
        self, journals: Iterable[FoundJournal], between: Sequence[Path]
    ) -> tuple[Diagnostic, ...]:
        taken: list[Taken] = []
        problems: list[Diagnostic] = []
        for journal in journals:
            meeting, odd = _replayed(journal)
            problems += odd
            if meeting is not None:
                taken.append((journal.meeting_id, remainder(meeting), journal.size))
        self._tables.take_in(taken)
        problems += self._take_in_between(between)
        return tuple(problems)

    def _take_in_between(self, files: Sequence[Path]) -> list[Diagnostic]:
        told: list[BetweenRow] = []
        problems: list[Diagnostic] = []
        for path in files:
            try:
                reading = read_journal(path)
            except StorageError as error:
                problems.append(Diagnostic(file=path.name, message=error.message))
                continue
            problems += reading.problems
            closed = tuple(each for each in reading.events if isinstance(each, ActionClosed))
            told.append(BetweenRow(series=_series(path), size=reading.size, closed=closed))
        self._tables.take_in_between(told)
        return problems

    def _newest_first(self, series: str | None = None) -> list[MeetingRow]:
        rows = rows_of(self._tables.meetings, MeetingRow, series)
        return sorted(rows, key=lambda row: row["opened_at"], reverse=True)

    def _closed_between(self) -> Closed:
        return {
            (row["series"], event.action_id): event
            for row in rows_of(self._tables.between, BetweenRow)
            for event in row["closed"]
        }


def _replayed(journal: FoundJournal) -> tuple[Meeting | None, tuple[Diagnostic, ...]]:
    """Where a journal leads, damaged or not, and what is said of the damage."""
    try:
        reading = read_journal(journal.path)
    except StorageError as error:
        return None, (Diagnostic(file=f"{journal.meeting_id}/{JOURNAL}", message=error.message),)
    left = fit(journal.path, reading.events)
    return left.meeting, tuple(
        replace(problem, file=f"{journal.meeting_id}/{problem.file}")
        for problem in reading.problems + left.problems
    )


def _between_files(root: Path) -> tuple[Path, ...]:
    try:
        with os.scandir(root) as entries:
            names = sorted(entry.name for entry in entries if _BETWEEN.match(entry.name))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(root, error) from error
    return tuple(root / name for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return UNKNOWN_SIZE


def _known_size(row: MeetingRow) -> int:
    return row["size"] if row.get("form") == FORM else UNKNOWN_SIZE


def _series(path: Path) -> str:
    return path.stem.removeprefix("between-")
