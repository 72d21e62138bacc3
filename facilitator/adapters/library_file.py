"""The library: what the meetings of all series left, in a file that the journals can rebuild."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from tinydb import TinyDB
from tinydb.table import Table

from facilitator.adapters.journal_file import JournalFile
from facilitator.adapters.journal_reading import (
    JOURNAL,
    FoundJournal,
    find_journals,
    fit,
    read_journal,
)
from facilitator.adapters.library_rows import (
    ActionRow,
    BetweenRow,
    DecisionRow,
    EntryRow,
    MeetingRow,
    TopicRow,
    causes_of,
    entry_rows,
    meeting_row,
    stored_meeting,
    values_of,
)
from facilitator.adapters.library_storage import WholeFileStorage
from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.action_events import ActionClosed
from facilitator.domain.carried import Carried, PastValue
from facilitator.domain.errors import N_, Problem, RuleError, StorageError
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.standing import line
from facilitator.session.closing import Remainder, carry, latest_values, remainder
from facilitator.session.ports import OpenAction
from facilitator.session.stored import MeetingId, StoredMeeting

UNKNOWN_SIZE = -1
_BETWEEN = re.compile(r"between-(?P<series>[A-Za-z0-9_-]+)\.jsonl\Z")

Row = TypeVar("Row", MeetingRow, EntryRow, ActionRow, DecisionRow, TopicRow, BetweenRow)
Taken = tuple[MeetingId, Remainder, int]
"""A meeting, what it left, and the size of its journal."""


class LibraryFile:
    """Keeps the library at a path in the meetings folder.

    Each action, decision and topic has one row, from the last meeting that had it.
    What was closed between meetings is told by a journal of each series, beside the library.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        database = TinyDB(path, storage=WholeFileStorage)
        self._storage = cast(WholeFileStorage, database.storage)
        # tinydb's query cache would not notice what another program wrote.
        self._meetings = database.table("meetings", cache_size=0)
        self._actions = database.table("actions", cache_size=0)
        self._decisions = database.table("decisions", cache_size=0)
        self._topics = database.table("topics", cache_size=0)
        self._between = database.table("between", cache_size=0)

    def carried(self, series: str, on: date) -> Carried:
        """What a meeting of this series on the day `on` begins with."""
        rows = sorted(self._of(self._meetings, MeetingRow, series), key=_opened_at, reverse=True)
        if not rows:
            return Carried()
        decisions = self._of(self._decisions, DecisionRow, series, "waiting")
        topics = self._of(self._topics, TopicRow, series, "parked")
        return carry(
            on,
            met_on=rows[0]["date"],
            numbers=(row["numbers"] for row in rows),
            values=next((values_of(row) for row in rows if row["values"]), ()),
            causes=(cause for row in rows for cause in causes_of(row)),
            occasions=rows[0]["occasions"],
            focus=next((row["focus"] for row in rows if row["focus"]), ""),
            actions=(each.action for each in self.open_actions(series)),
            decisions=(row["waiting"] for row in decisions),
            topics=(row["parked"] for row in topics),
        )

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """What the meetings of a series saw of each KPI in the weeks that ended since a day.

        Where two meetings saw the same week, the later one has the last word.
        """
        rows = sorted(self._of(self._meetings, MeetingRow, series), key=_opened_at)
        return latest_values((value for row in rows for value in values_of(row)), since)

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since.

        Raises StorageError where the disk refuses.
        """
        size = UNKNOWN_SIZE
        if meeting.is_closed:
            journal = self._path.parent / meeting_id / JOURNAL
            size = _size(journal)
        with self._storage.one_write():
            self._take_in([(meeting_id, remainder(meeting), size)])

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """Every meeting taken in so far, newest first."""
        rows = sorted(self._of(self._meetings, MeetingRow), key=_opened_at, reverse=True)
        return tuple(stored_meeting(row) for row in rows)

    def open_actions(self, series: str | None = None) -> tuple[OpenAction, ...]:
        """Every open action item, of one series or of all."""
        closed = {
            (row["series"], event.action_id): event.at
            for row in self._of(self._between, BetweenRow)
            for event in row["closed"]
        }
        return tuple(
            OpenAction(
                meeting_id=row["meeting"],
                series=row["series"],
                action=row["open"],
                owner_name=row["owner_name"],
            )
            for row in self._of(self._actions, ActionRow, series, "open")
            if not _is_closed_since(row, closed.get((row["series"], ActionId(row["id"]))))
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
        journal = JournalFile(path)
        try:
            journal.append(
                ActionClosed(at=at, action_id=action_id, status=status, evidence=line(evidence))
            )
        finally:
            journal.close()
        with self._storage.one_write():
            self._take_in_between([path])

    def sync(self, root: Path) -> tuple[Problem, ...]:
        """Take in what the journals of a meetings folder hold that is not known yet."""
        found = find_journals(root)
        known = {row["id"]: row["size"] for row in self._of(self._meetings, MeetingRow)}
        if known.keys() - {each.meeting_id for each in found}:
            return self.rebuild(root)
        changed = [each for each in found if known.get(each.meeting_id) != each.size]
        sizes = {row["series"]: row["size"] for row in self._of(self._between, BetweenRow)}
        between = [path for path in _between_files(root) if sizes.get(_series(path)) != _size(path)]
        if not changed and not between:
            return self._told()
        with self._storage.one_write():
            return self._told() + self._update(changed, between)

    def rebuild(self, root: Path) -> tuple[Problem, ...]:
        """Forget everything, and read every journal of a meetings folder again."""
        with self._storage.one_write():
            for table in (
                self._meetings,
                self._actions,
                self._decisions,
                self._topics,
                self._between,
            ):
                table.truncate()
            return self._told() + self._update(find_journals(root), _between_files(root))

    def _update(
        self, journals: Iterable[FoundJournal], between: Sequence[Path]
    ) -> tuple[Problem, ...]:
        taken: list[Taken] = []
        problems: list[Problem] = []
        for journal in journals:
            meeting, odd = _replayed(journal)
            problems += odd
            if meeting is not None:
                taken.append((journal.meeting_id, remainder(meeting), journal.size))
        self._take_in(taken)
        problems += self._take_in_between(between)
        return tuple(problems)

    def _take_in(self, taken: Sequence[Taken]) -> None:
        rows = {row["id"]: row for row in self._of(self._meetings, MeetingRow)}
        left_rows: dict[str, list[EntryRow]] = {}
        for meeting_id, left, size in taken:
            rows[meeting_id] = meeting_row(meeting_id, left, size)
            for name, entries in entry_rows(meeting_id, left).items():
                left_rows.setdefault(name, []).extend(entries)
        _refill(self._meetings, rows.values())
        for table in (self._actions, self._decisions, self._topics):
            self._merge(table, left_rows.get(table.name, []), {meeting for meeting, _, _ in taken})

    def _merge(self, table: Table, made: list[EntryRow], again: set[MeetingId]) -> None:
        """Replace what the meetings `again` had said; the latest meeting has the last word."""
        rows = {
            (row["series"], row["id"]): row
            for row in self._of(table, EntryRow)
            if row["meeting"] not in again
        }
        for row in sorted(made, key=lambda row: row["opened_at"]):
            key = (row["series"], row["id"])
            if key not in rows or rows[key]["opened_at"] <= row["opened_at"]:
                rows[key] = row
        _refill(table, rows.values())

    def _take_in_between(self, files: Sequence[Path]) -> list[Problem]:
        rows = {row["series"]: row for row in self._of(self._between, BetweenRow)}
        problems: list[Problem] = []
        for path in files:
            try:
                reading = read_journal(path)
            except StorageError as error:
                problems.append(Problem(file=path.name, message=error.message))
                continue
            problems += reading.problems
            rows[_series(path)] = BetweenRow(
                series=_series(path),
                size=reading.size,
                closed=tuple(each for each in reading.events if isinstance(each, ActionClosed)),
            )
        _refill(self._between, rows.values())
        return problems

    def _told(self) -> tuple[Problem, ...]:
        problems = tuple(self._storage.problems)
        self._storage.problems.clear()
        return problems

    @staticmethod
    def _of(
        table: Table, kind: type[Row], series: str | None = None, having: str = ""
    ) -> list[Row]:
        """The rows of a table that are of this series and have this field."""
        rows = table.search(
            lambda row: series in (None, row["series"]) and (not having or having in row)
        )
        return cast(list[Row], rows)


def _refill(table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    table.truncate()
    # As plain dicts: tinydb's documents would keep their ids, and new rows would be given the same.
    table.insert_multiple([dict(row) for row in rows])


def _replayed(journal: FoundJournal) -> tuple[Meeting | None, tuple[Problem, ...]]:
    """Where a journal leads, damaged or not, and what is said of the damage."""
    try:
        reading = read_journal(journal.path)
    except StorageError as error:
        return None, (Problem(file=f"{journal.meeting_id}/{JOURNAL}", message=error.message),)
    left = fit(journal.path, reading.events)
    return left.meeting, tuple(
        replace(problem, file=f"{journal.meeting_id}/{problem.file}")
        for problem in reading.problems + left.problems
    )


def _between_files(root: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in root.glob("between-*.jsonl") if _BETWEEN.match(path.name)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return UNKNOWN_SIZE


def _series(path: Path) -> str:
    return path.stem.removeprefix("between-")


def _opened_at(row: MeetingRow) -> datetime:
    return row["opened_at"]


def _is_closed_since(row: ActionRow, at: datetime | None) -> bool:
    return at is not None and at >= row["opened_at"]
