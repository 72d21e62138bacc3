"""The library's tinydb tables: storage in one JSON file, queries, updates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from facilitator.adapters.atomic_file import replace_file, write_error
from facilitator.adapters.library_rows import (
    ActionRow,
    BetweenRow,
    DecisionRow,
    EntryRow,
    LibraryContent,
    MeetingRow,
    RiskRow,
    TopicRow,
    build_entry_rows,
    build_meeting_row,
)
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, Diagnostic, Severity, StorageError, message
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.note import TopicId
from facilitator.domain.past.meetings import (
    ItemTime,
    Past,
    PastAction,
    PastDecision,
    PastMeeting,
    PastRisk,
    PastTopic,
)
from facilitator.domain.risk import Risk
from facilitator.session.carry_over import MeetingResult
from facilitator.session.stored_meetings import MeetingId

_content_decoder = msgspec.json.Decoder(LibraryContent)


class AtomicJsonStorage(Storage):
    """Keeps the tables in memory, and on disk as one JSON file.

    A damaged file is set aside, since the journals can rebuild all of it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.problems: list[Diagnostic] = []
        """What was odd about the file."""
        self._path = path
        self._tables: dict[str, dict[str, Any]] | None = None
        self._seen: tuple[int, int, int] | None = None
        self._is_held = False
        self._is_unsaved = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables; what others wrote since is read again."""
        if not self._is_unsaved and (self._tables is None or self._signature() != self._seen):
            self._tables = self._load()
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables."""
        self._tables = data
        self._is_unsaved = True
        if not self._is_held:
            self._save()

    @contextmanager
    def single_write(self) -> Iterator[None]:
        """Bring many changes to disk at once. Where the disk refuses, they stay in memory."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_unsaved:
            self._save()

    def _save(self) -> None:
        replace_file(self._path, msgspec.json.encode(self._tables))
        self._is_unsaved = False
        self._seen = self._signature()

    def _load(self) -> dict[str, dict[str, Any]]:
        self._seen = self._signature()
        if self._seen is None:
            return {}
        try:
            return cast(dict[str, dict[str, Any]], _content_decoder.decode(self._path.read_bytes()))
        except msgspec.DecodeError as error:
            self._set_aside(error)
            return {}
        except OSError as error:
            raise StorageError(
                N_("{file} cannot be read: {reason}."),
                file=self._path,
                reason=error.strerror or error,
            ) from error

    def _set_aside(self, fault: msgspec.DecodeError) -> None:
        aside = self._path.with_name(f"{self._path.stem}.damaged{self._path.suffix}")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise write_error(aside, error) from error
        self._seen = None
        self.problems.append(
            Diagnostic(
                file=self._path.name,
                message=message(N_("The library could not be read: {fault}."), fault=fault),
                hint=message(
                    N_("It is built anew from the journals; the old file is kept as {file}."),
                    file=aside.name,
                ),
                severity=Severity.WARNING,
            )
        )

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(
                N_("{file} cannot be read: {reason}."),
                file=self._path,
                reason=error.strerror or error,
            ) from error
        return found.st_ino, found.st_size, found.st_mtime_ns


AnyRow = TypeVar(
    "AnyRow", MeetingRow, EntryRow, ActionRow, DecisionRow, TopicRow, RiskRow, BetweenRow
)
RecordedMeeting = tuple[MeetingId, MeetingResult, int]
"""A meeting, what it left, and the size of its journal."""


class LibraryDatabase:
    """Keeps one row for each meeting, and for each action, decision, topic and risk of a series."""

    def __init__(self, path: Path) -> None:
        database = TinyDB(path, storage=AtomicJsonStorage)
        self._storage = cast(AtomicJsonStorage, database.storage)
        # tinydb's query cache would not notice what another program wrote.
        self.meetings = database.table("meetings", cache_size=0)
        self.actions = database.table("actions", cache_size=0)
        self.decisions = database.table("decisions", cache_size=0)
        self.topics = database.table("topics", cache_size=0)
        self.risks = database.table("risks", cache_size=0)
        self.between = database.table("between", cache_size=0)

    def single_write(self) -> AbstractContextManager[None]:
        """Bring many changes to disk at once."""
        return self._storage.single_write()

    def pop_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was odd about the file; it is told once."""
        problems = tuple(self._storage.problems)
        self._storage.problems.clear()
        return problems

    def clear(self) -> None:
        """Forget everything."""
        entries = (self.actions, self.decisions, self.topics, self.risks)
        for table in (self.meetings, *entries, self.between):
            table.truncate()

    def add_meetings(self, taken: Sequence[RecordedMeeting]) -> None:
        """Take meetings in, or what became of them since."""
        rows = {row["id"]: row for row in find_rows(self.meetings, MeetingRow)}
        left_rows: dict[str, list[EntryRow]] = {}
        for meeting_id, left, size in taken:
            rows[meeting_id] = build_meeting_row(meeting_id, left, size)
            for name, entries in build_entry_rows(meeting_id, left).items():
                left_rows.setdefault(name, []).extend(entries)
        _replace_rows(self.meetings, rows.values())
        for table in (self.actions, self.decisions, self.topics, self.risks):
            _merge_rows(table, left_rows.get(table.name, []), {meeting for meeting, _, _ in taken})

    def add_closed_between(self, told: Iterable[BetweenRow]) -> None:
        """Take in what was closed of some series between their meetings."""
        rows = {row["series"]: row for row in find_rows(self.between, BetweenRow)}
        rows.update((row["series"], row) for row in told)
        _replace_rows(self.between, rows.values())


def find_rows(
    table: Table, kind: type[AnyRow], series: str | None = None, having: str = ""
) -> list[AnyRow]:
    """The rows of a table that are of this series and have this field."""
    rows = table.search(
        lambda row: series in (None, row["series"]) and (not having or having in row)
    )
    return cast(list[AnyRow], rows)


def _merge_rows(table: Table, made: list[EntryRow], again: set[MeetingId]) -> None:
    """Replace what the meetings `find_meeting` had said; the latest meeting has the last word."""
    rows = {
        (row["series"], row["id"]): row
        for row in find_rows(table, EntryRow)
        if row["meeting"] not in again
    }
    for row in sorted(made, key=lambda row: row["opened_at"]):
        key = (row["series"], row["id"])
        if key not in rows or rows[key]["opened_at"] <= row["opened_at"]:
            rows[key] = row
    _replace_rows(table, rows.values())


def _replace_rows(table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    table.truncate()
    # As plain dicts: tinydb's documents would keep their ids, and new rows would be given the same.
    table.insert_multiple([dict(row) for row in rows])


class _SpentItems(msgspec.Struct):
    items: tuple[ItemTime, ...] = ()


_meeting_decoder = msgspec.json.Decoder(PastMeeting)
_spent_decoder = msgspec.json.Decoder(_SpentItems)
_action_decoder = msgspec.json.Decoder(ActionItem)
_decision_decoder = msgspec.json.Decoder(Decision)
_risk_decoder = msgspec.json.Decoder(Risk)

AnyEntryRow = TypeVar("AnyEntryRow", ActionRow, DecisionRow, TopicRow, RiskRow)
ClosedBetween = Mapping[tuple[str, ActionId], ActionClosed]
"""What was closed between meetings, by series and id."""


def decode_spent_items(row: MeetingRow) -> tuple[ItemTime, ...]:
    """What a meeting spent on its items; of the rest nothing is opened."""
    return _spent_decoder.decode(row["past"]).items if "past" in row else ()


def closed_since(row: ActionRow, closed: ClosedBetween) -> ActionClosed | None:
    """How an action item was closed after the meeting that left it open; None where it was not."""
    event = closed.get((row["series"], ActionId(row["id"])))
    return event if event is not None and event.at >= row["opened_at"] else None


def load_past(tables: LibraryDatabase, series: str | None, closed: ClosedBetween) -> Past:
    """Everything that is remembered, of one series or of all."""
    rows = find_rows(tables.meetings, MeetingRow, series, "past")
    meetings = {row["id"]: _meeting_decoder.decode(row["past"]) for row in rows}
    newest_first = sorted(meetings.values(), key=lambda each: each.opened_at, reverse=True)
    return Past(
        meetings=tuple(newest_first),
        decisions=tuple(_past_decisions(tables, series, meetings)),
        actions=tuple(_past_actions(tables, series, meetings, closed)),
        topics=tuple(_past_topics(tables, series, meetings)),
        risks=tuple(_past_risks(tables, series, meetings)),
    )


def _past_decisions(
    tables: LibraryDatabase, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastDecision]:
    for row in _rows_of_known_meetings(find_rows(tables.decisions, DecisionRow, series), meetings):
        decision = row["waiting"] if "waiting" in row else _decision_decoder.decode(row["settled"])
        yield PastDecision(meeting=meetings[row["meeting"]], decision=decision)


def _past_actions(
    tables: LibraryDatabase,
    series: str | None,
    meetings: Mapping[MeetingId, PastMeeting],
    closed: ClosedBetween,
) -> Iterator[PastAction]:
    for row in _rows_of_known_meetings(find_rows(tables.actions, ActionRow, series), meetings):
        action = row["open"] if "open" in row else _action_decoder.decode(row["closed"])
        since = closed_since(row, closed)
        if "open" in row and since is not None:
            action = replace(action, status=since.status, evidence=since.evidence, blocked_by="")
        yield PastAction(
            meeting=meetings[row["meeting"]], action=action, owner_name=row["owner_name"]
        )


def _past_topics(
    tables: LibraryDatabase, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastTopic]:
    for row in _rows_of_known_meetings(find_rows(tables.topics, TopicRow, series), meetings):
        yield PastTopic(
            meeting=meetings[row["meeting"]],
            id=TopicId(row["id"]),
            text=row["text"],
            is_open="parked" in row,
        )


def _past_risks(
    tables: LibraryDatabase, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastRisk]:
    for row in _rows_of_known_meetings(find_rows(tables.risks, RiskRow, series), meetings):
        risk = row["current"] if "current" in row else _risk_decoder.decode(row["over"])
        yield PastRisk(meeting=meetings[row["meeting"]], risk=risk)


def _rows_of_known_meetings(
    rows: Iterable[AnyEntryRow], meetings: Mapping[MeetingId, PastMeeting]
) -> list[AnyEntryRow]:
    """Those of meetings that are remembered, by number; an unreadable journal's may not be."""
    known = (row for row in rows if row["meeting"] in meetings)
    return sorted(known, key=lambda row: (row["series"], len(row["id"]), row["id"]))
