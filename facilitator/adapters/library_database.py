"""The library's tinydb tables: storage in one JSON file, queries, updates."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB, where
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from facilitator.adapters.atomic_file import (
    close_to_others,
    read_error,
    replace_file,
    write_error,
)
from facilitator.adapters.decoding import DECODE_ERRORS
from facilitator.adapters.event_codec import clean_json
from facilitator.adapters.library_rows import (
    BetweenRow,
    EntryRow,
    LibraryContent,
    MeetingRow,
    RecordedMeeting,
    build_entry_rows,
    build_meeting_row,
    check_rows,
    decode_changed_entries,
    decode_entry,
    decode_past,
)
from facilitator.adapters.regular_file import read_regular
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.last_word import ClosesBetween, LastHolder
from facilitator.domain.past.meetings import Past, PastEntry, build_past
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
        replace_file(self._path, msgspec.json.encode(self._tables), is_private=True)
        self._is_unsaved = False
        self._seen = self._signature()

    def _load(self) -> dict[str, dict[str, Any]]:
        self._seen = self._signature()
        if self._seen is None:
            return {}
        try:
            content = _content_decoder.decode(clean_json(read_regular(self._path)))
            check_rows(content)
        except FileNotFoundError:
            self._seen = None
            return {}
        except DECODE_ERRORS as error:
            self.set_aside(error)
            return {}
        return cast(dict[str, dict[str, Any]], content)

    def set_aside(self, fault: Exception) -> None:
        """Move the file to another name, since it is damaged; begin without any table.

        Raises StorageError where that fails.
        """
        aside = self._path.with_name(f"{self._path.stem}.damaged{self._path.suffix}")
        try:
            self._path.replace(aside)
            close_to_others(aside)
        except OSError as error:
            raise write_error(aside, error) from error
        self._seen, self._tables = None, {}
        self.problems.append(
            Diagnostic(
                file=self._path.name,
                message=message(N_("The library could not be read: {fault}."), fault=fault),
                hint=message(
                    N_("It was rebuilt from the journals. The old file is kept as {file}."),
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
            raise read_error(self._path, error) from error
        return found.st_ino, found.st_size, found.st_mtime_ns


Row = TypeVar("Row", MeetingRow, EntryRow, BetweenRow)


class LibraryDatabase:
    """Three tables: meetings, their entries, and what was closed between meetings.

    What a meeting left is removed and inserted as a whole. `meetings` and `entries` are searched
    with plain functions: while a meeting waits, a search of 20,000 rows takes 3 ms with a
    function and 16 ms with a tinydb query. A row with a key is never updated in place either:
    an upsert of one row takes 25 ms there, as it is a search and a rewrite for each.
    """

    def __init__(self, path: Path) -> None:
        database = TinyDB(path, storage=AtomicJsonStorage)
        self._storage = cast(AtomicJsonStorage, database.storage)
        # tinydb's query cache would not notice what another program wrote.
        self.meetings = database.table("meetings", cache_size=0)
        self.entries = database.table("entries", cache_size=0)
        self.between = database.table("between", cache_size=0)

    def single_write(self) -> AbstractContextManager[None]:
        """Bring many changes to disk at once."""
        return self._storage.single_write()

    def pop_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what was odd about the file, once."""
        problems = tuple(self._storage.problems)
        self._storage.problems.clear()
        return problems

    def add_diagnostics(self, problems: Iterable[Diagnostic]) -> None:
        """Keep what else was odd, until somebody asks for it."""
        self._storage.problems += problems

    def set_aside(self, fault: Exception) -> None:
        """Move the damaged file to another name and forget everything; failing: StorageError."""
        self._storage.set_aside(fault)

    def clear(self, *, except_for: Collection[MeetingId], except_series: Collection[str]) -> None:
        """Forget everything but some meetings, and what was closed between those of some series."""
        kept = (
            (self.meetings, lambda row: row["id"] in except_for),
            (self.entries, lambda row: row["meeting"] in except_for),
            (self.between, lambda row: row["series"] in except_series),
        )
        for table, is_kept in kept:
            rows = [dict(row) for row in table.search(cast(QueryLike, is_kept))]
            table.truncate()
            table.insert_multiple(rows)

    def add_meetings(self, recorded: Sequence[RecordedMeeting]) -> None:
        """Take meetings in, or what became of them since."""
        if not recorded:
            return
        ids = {each.id for each in recorded}
        self.meetings.remove(lambda row: row["id"] in ids)
        self.meetings.insert_multiple(map(build_meeting_row, recorded))
        self._merge_entries(ids, [row for each in recorded for row in build_entry_rows(each)])

    def _merge_entries(self, meetings: set[MeetingId], new: list[EntryRow]) -> None:
        """Replace the entries of these meetings; of each entry, the row of the latest stays."""
        keys = {(row["series"], row["id"]) for row in new}

        def is_touched(row: Mapping[Any, Any]) -> bool:
            return row["meeting"] in meetings or (row["series"], row["id"]) in keys

        old = find_rows(self.entries, EntryRow, is_touched)
        others = (row for row in old if row["meeting"] not in meetings)
        latest = {
            (row["series"], row["id"]): row
            for row in sorted([*others, *new], key=lambda row: (row["opened_at"], row["meeting"]))
        }
        self.entries.remove(cast(QueryLike, is_touched))
        # As plain dicts: tinydb's documents keep their ids, and new rows would get the same.
        self.entries.insert_multiple(dict(row) for row in latest.values())

    def add_closed_between(self, rows: Sequence[BetweenRow]) -> None:
        """Take in what was closed of some series between their meetings."""
        self.between.remove(where("series").one_of([row["series"] for row in rows]))
        self.between.insert_multiple(rows)


def find_rows(
    table: Table, kind: type[Row], condition: Callable[[Row], bool] = lambda _row: True
) -> list[Row]:
    """Return the rows of a table that meet a condition."""
    return cast(list[Row], table.search(cast(QueryLike, condition)))


def holder_of(row: EntryRow) -> LastHolder:
    """Return the last meeting that had an action item."""
    return LastHolder(meeting=row["meeting"], opened_at=row["opened_at"], line=row.get("line", 0))


def closed_since(row: EntryRow, between: ClosesBetween) -> ActionClosed | None:
    """Return how an action item was closed after the meeting that left it open, if it was."""
    return between.standing(row["series"], ActionId(row["id"]), holder_of(row))


def load_past(tables: LibraryDatabase, series: str | None, between: ClosesBetween) -> Past:
    """Return everything that is remembered, of one series or of all."""

    def is_wanted(row: MeetingRow) -> bool:
        return series in (None, row["series"])

    rows = find_rows(tables.meetings, MeetingRow, is_wanted)
    rows.sort(key=lambda row: row["opened_at"])
    meetings = {row["id"]: past for row in rows if (past := decode_past(row)) is not None}
    history = (
        PastEntry(meeting=meetings[row["id"]], entry=entry)
        for row in rows
        if row["id"] in meetings
        for entry in decode_changed_entries(row)
    )
    held = (
        PastEntry(meeting=meetings[row["meeting"]], entry=decode_entry(row))
        for row in find_rows(tables.entries, EntryRow, lambda row: "entry" in row)
        if row["meeting"] in meetings
    )
    whole = build_past(tuple(meetings.values()), history, held)
    if not between.closes:
        return whole
    closed = {
        (row["series"], row["id"]): event
        for row in find_rows(tables.entries, EntryRow, lambda row: row["kind"] == EntryKind.ACTION)
        if (event := closed_since(row, between)) is not None
    }
    return replace(whole, entries=tuple(_close_action(each, closed) for each in whole.entries))


def _close_action(
    found: PastEntry[Entry], closed: Mapping[tuple[str, str], ActionClosed]
) -> PastEntry[Entry]:
    """Return an entry as it is now: an action item may have been closed after its last meeting."""
    action, meeting = found.entry, found.meeting
    if not isinstance(action, ActionItem) or not action.is_open:
        return found
    event = closed.get((meeting.series, action.id))
    if event is None:
        return found
    return PastEntry(
        meeting=meeting,
        entry=action.close(event.status, event.evidence, event.on or event.at.date()),
    )
