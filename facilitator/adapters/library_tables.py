"""The library's tables, on tinydb: how what meetings left gets into them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar, cast

from tinydb import TinyDB
from tinydb.table import Table

from facilitator.adapters.library_rows import (
    ActionRow,
    BetweenRow,
    DecisionRow,
    EntryRow,
    MeetingRow,
    RiskRow,
    TopicRow,
    entry_rows,
    meeting_row,
)
from facilitator.adapters.library_storage import WholeFileStorage
from facilitator.domain.errors import Diagnostic
from facilitator.session.closing import Remainder
from facilitator.session.stored import MeetingId

Row = TypeVar("Row", MeetingRow, EntryRow, ActionRow, DecisionRow, TopicRow, RiskRow, BetweenRow)
Taken = tuple[MeetingId, Remainder, int]
"""A meeting, what it left, and the size of its journal."""


class LibraryTables:
    """Keeps one row for each meeting, and for each action, decision, topic and risk of a series."""

    def __init__(self, path: Path) -> None:
        database = TinyDB(path, storage=WholeFileStorage)
        self._storage = cast(WholeFileStorage, database.storage)
        # tinydb's query cache would not notice what another program wrote.
        self.meetings = database.table("meetings", cache_size=0)
        self.actions = database.table("actions", cache_size=0)
        self.decisions = database.table("decisions", cache_size=0)
        self.topics = database.table("topics", cache_size=0)
        self.risks = database.table("risks", cache_size=0)
        self.between = database.table("between", cache_size=0)

    def one_write(self) -> AbstractContextManager[None]:
        """Bring many changes to disk at once."""
        return self._storage.one_write()

    def told(self) -> tuple[Diagnostic, ...]:
        """What was odd about the file; it is told once."""
        problems = tuple(self._storage.problems)
        self._storage.problems.clear()
        return problems

    def clear(self) -> None:
        """Forget everything."""
        entries = (self.actions, self.decisions, self.topics, self.risks)
        for table in (self.meetings, *entries, self.between):
            table.truncate()

    def take_in(self, taken: Sequence[Taken]) -> None:
        """Take meetings in, or what became of them since."""
        rows = {row["id"]: row for row in rows_of(self.meetings, MeetingRow)}
        left_rows: dict[str, list[EntryRow]] = {}
        for meeting_id, left, size in taken:
            rows[meeting_id] = meeting_row(meeting_id, left, size)
            for name, entries in entry_rows(meeting_id, left).items():
                left_rows.setdefault(name, []).extend(entries)
        _refill(self.meetings, rows.values())
        for table in (self.actions, self.decisions, self.topics, self.risks):
            _merge(table, left_rows.get(table.name, []), {meeting for meeting, _, _ in taken})

    def take_in_between(self, told: Iterable[BetweenRow]) -> None:
        """Take in what was closed of some series between their meetings."""
        rows = {row["series"]: row for row in rows_of(self.between, BetweenRow)}
        rows.update((row["series"], row) for row in told)
        _refill(self.between, rows.values())


def rows_of(
    table: Table, kind: type[Row], series: str | None = None, having: str = ""
) -> list[Row]:
    """The rows of a table that are of this series and have this field."""
    rows = table.search(
        lambda row: series in (None, row["series"]) and (not having or having in row)
    )
    return cast(list[Row], rows)


def _merge(table: Table, made: list[EntryRow], again: set[MeetingId]) -> None:
    """Replace what the meetings `again` had said; the latest meeting has the last word."""
    rows = {
        (row["series"], row["id"]): row
        for row in rows_of(table, EntryRow)
        if row["meeting"] not in again
    }
    for row in sorted(made, key=lambda row: row["opened_at"]):
        key = (row["series"], row["id"])
        if key not in rows or rows[key]["opened_at"] <= row["opened_at"]:
            rows[key] = row
    _refill(table, rows.values())


def _refill(table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    table.truncate()
    # As plain dicts: tinydb's documents would keep their ids, and new rows would be given the same.
    table.insert_multiple([dict(row) for row in rows])
