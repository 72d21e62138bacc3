"""The library of all past meetings, a file that can be rebuilt from journals."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from msgspec.structs import replace

from facilitator.adapters.between_files import (
    between_file,
    find_between_files,
    lost_between,
    series_of_file,
)
from facilitator.adapters.decoding import DECODE_ERRORS
from facilitator.adapters.journal_file import LOCK_TIMEOUT, JournalFile
from facilitator.adapters.journal_reader import (
    JOURNAL_FILE,
    FoundJournal,
    JournalContent,
    find_journals,
    read_journal,
    read_steps,
    recover_events,
)
from facilitator.adapters.library_database import (
    LibraryDatabase,
    closed_since,
    find_rows,
    holder_of,
    load_past,
)
from facilitator.adapters.library_rows import (
    UNKNOWN_SIZE,
    BetweenRow,
    EntryRow,
    MeetingRow,
    RecordedMeeting,
    build_stored_meeting,
    causes_of,
    decode_changed_entries,
    decode_decisions,
    decode_entry,
    decode_spent_items,
    recorded_size,
    values_of,
)
from facilitator.adapters.lost_journals import find_lost_journals
from facilitator.adapters.workspace_lock import lock_workspace
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.carry_over import CarryOver, OverruledClose
from facilitator.domain.entry import Entry, EntryKind, find_entry
from facilitator.domain.errors import N_, Diagnostic, Message, RuleError, StorageError, message
from facilitator.domain.events.actions import ActionClosed, SeenLine
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.last_word import ClosesBetween, action_lines
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past
from facilitator.domain.text_input import clean_line
from facilitator.session.carry_over import build_carry_over, latest_values, meeting_result
from facilitator.session.stored_meetings import MeetingId, StoredAction, StoredMeeting

T = TypeVar("T")


class LibraryFile:
    """Keeps the library at a path in the meetings folder.

    What was closed between meetings is in a journal of each series, beside the library.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables = LibraryDatabase(path)
        self._lost: frozenset[MeetingId] = frozenset()
        """The meetings whose journals the last `sync` or `rebuild` could not find."""

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
            overruled=self._overruled(series, latest),
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
        journal = self._path.parent / meeting_id / JOURNAL_FILE
        recorded = RecordedMeeting(id=meeting_id, left=meeting_result(meeting))
        with suppress(StorageError):  # it is read again with the next one
            reading = read_journal(journal) if journal.exists() else None
            if reading is not None:
                recorded = _recorded_meeting(meeting_id, meeting, reading)
        if not meeting.is_closed:
            recorded = replace(recorded, size=UNKNOWN_SIZE)
        with self._tables.single_write():
            self._tables.add_meetings([recorded])

    def meetings(self) -> tuple[StoredMeeting, ...]:
        """Return every meeting taken in so far, newest first."""
        return tuple(
            build_stored_meeting(row, is_lost=row["id"] in self._lost)
            for row in self._newest_first()
        )

    def past(self, series: str | None = None) -> Past:
        """Return everything that is remembered, of one series or of all."""
        return self._read_sound(lambda: load_past(self._tables, series, self._closes_between()))

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
        between = self._closes_between()
        return tuple(
            StoredAction(
                meeting_id=row["meeting"],
                series=row["series"],
                action=cast(ActionItem, decode_entry(row)),
                owner_name=row.get("owner_name", ""),
            )
            for row in rows
            if closed_since(row, between) is None
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

    def closed_since(self, meeting_id: MeetingId) -> tuple[ActionClosed, ...]:
        """Return how action items were closed since a meeting that has them as open."""
        between = self._closes_between()
        rows = find_rows(
            self._tables.entries,
            EntryRow,
            lambda row: (
                row["kind"] == EntryKind.ACTION and row["meeting"] == meeting_id and "entry" in row
            ),
        )
        closes = (closed_since(row, between) for row in rows)
        return tuple(each for each in closes if each is not None)

    def _open_entries(self, rows: Iterable[EntryRow]) -> Iterator[Entry]:
        """Read those of the rows that some later meeting has again."""
        between = self._closes_between()
        for row in rows:
            if "entry" in row and closed_since(row, between) is None:
                yield decode_entry(row)

    def close_action(
        self,
        action_id: ActionId,
        series: str,
        status: ActionStatus,
        evidence: str,
        at: datetime,
        *,
        by: str = "",
        on: date | None = None,
    ) -> None:
        """Close an open action item between two meetings; `by` is who does it, `on` the day.

        Nobody else begins a meeting or closes an action item in between. Raises RuleError where
        it is not open, StorageError where the disk refuses.
        """
        root = self._path.parent
        with lock_workspace(root):
            self.sync(root)
            path = between_file(root, series)
            row = self._open_row(action_id, series)
            self._require_between_file(path)
            journal = JournalFile(path, timeout=LOCK_TIMEOUT)
            try:
                journal.append(
                    ActionClosed(
                        at=at,
                        action_id=action_id,
                        status=status,
                        evidence=clean_line(evidence),
                        seen=self._seen_line(row),
                        by=clean_line(by),
                        on=on,
                    )
                )
            finally:
                journal.close()
            self.sync(root)
            if any(each.action.id == action_id for each in self.open_actions(series)):
                raise RuleError(
                    N_("The meeting that is open changed {id} at this moment, so it stays open."),
                    id=action_id,
                )

    def closing_text(self, action_id: ActionId, series: str | None = None) -> Message | None:
        """Return who closed an action item and when; None if it is open, or nobody has it."""
        between = self._closes_between()
        rows = find_rows(
            self._tables.entries,
            EntryRow,
            lambda row: (
                row["kind"] == EntryKind.ACTION
                and row["id"] == action_id
                and series in (None, row["series"])
            ),
        )
        for row in rows:
            if "entry" not in row:
                return message(
                    N_("{id} was closed already, in the meeting {meeting}."),
                    id=action_id,
                    meeting=row["meeting"],
                )
            if (event := closed_since(row, between)) is not None:
                text = N_("{id} was closed already, by {name} on {time}. Evidence: {evidence}")
                return message(
                    text if event.evidence else N_("{id} was closed already, by {name} on {time}."),
                    id=action_id,
                    name=event.by or "–",
                    time=f"{event.at.astimezone():%Y-%m-%d %H:%M}",
                    evidence=event.evidence,
                )
        return None

    def _open_row(self, action_id: ActionId, series: str) -> EntryRow:
        """Return the row of an open action item; raises RuleError if it is closed, or unknown."""
        if all(each.action.id != action_id for each in self.open_actions(series)):
            closed = self.closing_text(action_id, series)
            if closed is not None:
                raise RuleError(closed.text, **dict(closed.values))
            raise RuleError(
                N_("{series} has no open action item {id}."), series=series, id=action_id
            )
        (row,) = find_rows(
            self._tables.entries,
            EntryRow,
            lambda row: row["series"] == series and row["id"] == action_id,
        )
        return row

    def _seen_line(self, row: EntryRow) -> SeenLine:
        """Return how far the journal of the last meeting that had an entry is known."""
        rows = find_rows(self._tables.meetings, MeetingRow, lambda one: one["id"] == row["meeting"])
        return SeenLine(
            meeting=row["meeting"], line=max((each.get("line", 0) for each in rows), default=0)
        )

    def sync(self, root: Path) -> tuple[Diagnostic, ...]:
        """Take in what the journals of a meetings folder hold that is not known yet."""
        found = find_journals(root)
        known = {
            row["id"]: recorded_size(row) for row in find_rows(self._tables.meetings, MeetingRow)
        }
        lost = self._find_lost(root, found)
        if known.keys() - {each.meeting_id for each in found} - self._lost:
            return self.rebuild(root)
        changed = [each for each in found if known.get(each.meeting_id) != each.size]
        sizes = {row["series"]: row["size"] for row in find_rows(self._tables.between, BetweenRow)}
        between = [
            path
            for path in find_between_files(root)
            if sizes.get(series_of_file(path)) != _file_size(path)
        ]
        lost += self._find_missing_between(root)
        if not changed and not between:
            return self._tables.pop_diagnostics() + lost
        with self._tables.single_write():
            taken, problems = _replay_journals(changed)
            self._tables.add_meetings(taken)
            problems += self._add_closed_between(between)
        return self._tables.pop_diagnostics() + lost + problems

    def rebuild(self, root: Path) -> tuple[Diagnostic, ...]:
        """Read every journal of a meetings folder again, and forget what was known before.

        What is known of a journal that cannot be read stays, as long as its folder does.
        """
        found = find_journals(root)
        lost = self._find_lost(root, found) + self._find_missing_between(root)
        taken, problems = _replay_journals(found)
        staying = self._lost | {each.meeting_id for each in found}
        files = find_between_files(root)
        read = {series_of_file(path) for path in files if not self._is_emptied(path)}
        with self._tables.single_write():
            self._tables.clear(
                except_for=staying - {each.id for each in taken},
                except_series=self._known_between().keys() - read,
            )
            self._tables.add_meetings(taken)
            problems += self._add_closed_between(files)
        return self._tables.pop_diagnostics() + lost + problems

    def _find_lost(self, root: Path, found: Iterable[FoundJournal]) -> tuple[Diagnostic, ...]:
        """Find the meetings whose journals are lost; return their diagnostics."""
        known = {row["id"] for row in find_rows(self._tables.meetings, MeetingRow)}
        lost = find_lost_journals(root, {each.meeting_id for each in found}, known)
        self._lost = frozenset(each.meeting_id for each in lost)
        return tuple(each.diagnostic for each in lost)

    def _known_between(self) -> dict[str, tuple[ActionClosed, ...]]:
        rows = find_rows(self._tables.between, BetweenRow)
        return {row["series"]: row["closed"] for row in rows if row["closed"]}

    def _find_missing_between(self, root: Path) -> tuple[Diagnostic, ...]:
        paths = (between_file(root, series) for series in self._known_between())
        return tuple(lost_between(path) for path in paths if not os.path.lexists(path))

    def _is_emptied(self, path: Path) -> bool:
        """Whether the file of a series is empty or unreadable of which closings are known."""
        if series_of_file(path) not in self._known_between():
            return False
        try:
            return read_journal(path).size == 0
        except StorageError:
            return True

    def _require_between_file(self, path: Path) -> None:
        """Raise StorageError if closings are known that the file of a series has no more."""
        if self._is_emptied(path):
            lost = lost_between(path)
            raise StorageError(N_("{what}: {reason}"), what=lost.file, reason=lost.message)

    def _add_closed_between(self, files: Sequence[Path]) -> tuple[Diagnostic, ...]:
        rows: list[BetweenRow] = []
        problems: list[Diagnostic] = []
        known = self._known_between()
        for path in files:
            try:
                reading = read_journal(path)
            except StorageError as error:
                problems.append(Diagnostic(file=path.name, message=error.message))
                continue
            problems += reading.problems
            series = series_of_file(path)
            if not reading.size and series in known:
                problems.append(lost_between(path))
                continue
            closed = tuple(each for each in reading.events if isinstance(each, ActionClosed))
            rows.append(BetweenRow(series=series, size=reading.size, closed=closed))
        self._tables.add_closed_between(rows)
        return tuple(problems)

    def _newest_first(self, series: str | None = None) -> list[MeetingRow]:
        rows = find_rows(
            self._tables.meetings, MeetingRow, lambda row: series in (None, row["series"])
        )
        return sorted(rows, key=lambda row: row["opened_at"], reverse=True)

    def _closes_between(self) -> ClosesBetween:
        closes: dict[tuple[str, ActionId], tuple[ActionClosed, ...]] = {}
        for row in find_rows(self._tables.between, BetweenRow):
            for event in row["closed"]:
                key = (row["series"], event.action_id)
                closes[key] = (*closes.get(key, ()), event)
        if not closes:
            return ClosesBetween()
        opened: dict[str, datetime] = {
            row["id"]: row["opened_at"] for row in find_rows(self._tables.meetings, MeetingRow)
        }
        return ClosesBetween(closes=closes, opened=opened)

    def _closed_status(self, row: EntryRow) -> ActionStatus | None:
        """Return how the last meeting that had an action item closed it; None if it did not."""
        meetings = find_rows(
            self._tables.meetings, MeetingRow, lambda one: one["id"] == row["meeting"]
        )
        changed = (entry for one in meetings for entry in decode_changed_entries(one))
        action = find_entry(changed, row["id"])
        return action.status if isinstance(action, ActionItem) else None

    def _overruled(self, series: str, rows: Sequence[EntryRow]) -> Iterator[OverruledClose]:
        """Yield what was closed between meetings, does not count, and was told to no meeting."""
        between = self._closes_between()
        told = {
            (each.action_id, each.at)
            for row in self._newest_first(series)
            for each in row.get("told", ())
        }
        for row in rows if between.closes else ():
            action_id = ActionId(row["id"])
            for event in between.overruled(series, action_id, holder_of(row)):
                is_agreed = "entry" not in row and self._closed_status(row) is event.status
                if (action_id, event.at) not in told and not is_agreed:
                    yield OverruledClose(
                        action_id=action_id, at=event.at, by=event.by, evidence=event.evidence
                    )


def _replay_journals(
    journals: Iterable[FoundJournal],
) -> tuple[list[RecordedMeeting], tuple[Diagnostic, ...]]:
    """Return the meetings that journals lead to, and diagnostics of their damage."""
    taken: list[RecordedMeeting] = []
    problems: tuple[Diagnostic, ...] = ()
    for journal in journals:
        recorded, found = _replay_journal(journal)
        problems += found
        if recorded is not None:
            taken.append(recorded)
    return taken, problems


def _replay_journal(
    journal: FoundJournal,
) -> tuple[RecordedMeeting | None, tuple[Diagnostic, ...]]:
    """Return the meeting that a journal leads to, and diagnostics of its damage."""
    try:
        reading = read_steps(journal.path)
    except StorageError as error:
        return None, (
            Diagnostic(file=f"{journal.meeting_id}/{JOURNAL_FILE}", message=error.message),
        )
    left = recover_events(journal.path, reading.events)
    problems = tuple(
        replace(problem, file=f"{journal.meeting_id}/{problem.file}")
        for problem in reading.problems + left.problems
    )
    if left.meeting is None:
        return None, problems
    return _recorded_meeting(journal.meeting_id, left.meeting, reading), problems


def _recorded_meeting(
    meeting_id: MeetingId, meeting: Meeting, reading: JournalContent
) -> RecordedMeeting:
    return RecordedMeeting(
        id=meeting_id,
        left=meeting_result(meeting),
        size=reading.size,
        line=reading.last_number,
        action_lines=action_lines(zip(reading.numbers, reading.events, strict=True)),
    )


def _file_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return UNKNOWN_SIZE
