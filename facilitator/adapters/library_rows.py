"""The rows of the library's tables: their types, how they are built, and how they are read."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict

import msgspec
from msgspec.structs import replace

from facilitator.adapters.decoding import check_range, decode_values
from facilitator.adapters.event_codec import without_defaults
from facilitator.domain.action import ActionId
from facilitator.domain.carry_over import NextNumbers, OverruledClose
from facilitator.domain.decision import Decision
from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.kpis.causes import NamedCause
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.past.meetings import ItemTime, PastMeeting
from facilitator.domain.track_record import ProposalResult, proposal_result
from facilitator.session.carry_over import MeetingResult
from facilitator.session.stored_meetings import MeetingId, StoredMeeting

ROW_VERSION = 6
"""Of the rows. A meeting whose row has an older one is read again from its journal.

Up to version 4 each kind of entry had a table of its own; what is in those is not read. Up to
version 5 it was not kept which agenda items are sensitive.
"""
_READABLE_VERSIONS = (5, ROW_VERSION)
"""Those whose rows hold what this version needs; they stay if the journal is gone."""
UNKNOWN_SIZE = -1

StoredValue = tuple[float | None, float | None, float | None]
"""A KPI's value, level and denominator, as `PastValue` has them."""


class MeetingRow(TypedDict):
    """A meeting, whether it was closed or not."""

    id: MeetingId
    series: str
    title: str
    date: date
    opened_at: datetime
    closed_at: datetime | None
    seen_at: datetime
    agenda_file: str
    size: int
    """Of its journal as it was taken in; `UNKNOWN_SIZE` where that is not known."""
    numbers: NextNumbers
    focus: str
    values: dict[date, dict[KpiId, dict[Marketplace, StoredValue]]]
    """By the last day of the week."""
    causes: dict[KpiId, tuple[str, ...]]
    """What its KPIs were put down to."""
    occasions: tuple[Occasion, ...]
    """Every week marked until then."""
    definitions: NotRequired[tuple[AgreedDefinition, ...]]
    """What had been agreed until then that KPIs mean."""
    line: NotRequired[int]
    """The number of the last line of its journal that was read; nothing where it was not."""
    told: NotRequired[tuple[OverruledClose, ...]]
    """What it was told of action items that were closed before it and do not count as closed."""
    suspended_at: NotRequired[datetime | None]
    reopened_at: NotRequired[datetime | None]
    form: NotRequired[int]
    past: NotRequired[msgspec.Raw]
    """Its `PastMeeting`, sealed: only who looks back has to read it."""
    entries: NotRequired[dict[EntryKind, msgspec.Raw]]
    """The entries that it made or changed, as it left them, sealed likewise."""


class EntryRow(TypedDict):
    """An entry of a series, and the last meeting that had it; notes have none.

    What is settled is in the row of the meeting that settled it: it need not be read each time
    that a meeting begins.
    """

    series: str
    kind: EntryKind
    id: str
    meeting: MeetingId
    opened_at: datetime
    """When that meeting was opened."""
    line: NotRequired[int]
    """Of an action item, the last line of that meeting's journal that is about it."""
    owner_name: NotRequired[str]
    proposed: NotRequired[ProposalResult]
    """Of a decision, what became of the proposal so far."""
    entry: NotRequired[msgspec.Raw]
    """The entry, sealed, where some later meeting has it again."""


class BetweenRow(TypedDict):
    """What was closed of a series between its meetings."""

    series: str
    size: int
    closed: tuple[ActionClosed, ...]


RowNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,18}\Z")]
"""What tinydb knows a row by."""


class LibraryContent(TypedDict, total=False):
    """The whole library, as tinydb lays it out."""

    meetings: dict[RowNumber, MeetingRow]
    entries: dict[RowNumber, EntryRow]
    between: dict[RowNumber, BetweenRow]


def check_rows(content: LibraryContent) -> None:
    """Raise msgspec.ValidationError for a moment or a day that cannot be."""
    for row in content.get("meetings", {}).values():
        moments = (row["opened_at"], row["seen_at"], row["closed_at"])
        later = (row.get("suspended_at"), row.get("reopened_at"))
        for each in (row["date"], *moments, *later, *row["values"]):
            check_range(each)
    for entry in content.get("entries", {}).values():
        check_range(entry["opened_at"])


class RecordedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting to be taken in: what it left, and what is known of its journal."""

    id: MeetingId
    left: MeetingResult
    size: int = UNKNOWN_SIZE
    """Of its journal."""
    line: int = 0
    """The number of the last line of its journal."""
    action_lines: Mapping[ActionId, int] = {}
    """The last line about each action item."""


def build_meeting_row(recorded: RecordedMeeting) -> MeetingRow:
    """Return the row of a meeting."""
    meeting_id, left = recorded.id, recorded.left
    values: dict[date, dict[KpiId, dict[Marketplace, StoredValue]]] = {}
    for value in left.values:
        week = values.setdefault(value.week_end, {})
        seen = (value.value, value.level, value.denominator)
        week.setdefault(value.kpi, {})[value.marketplace] = seen
    causes: dict[KpiId, tuple[str, ...]] = {}
    for cause in left.causes:
        causes[cause.kpi] = (*causes.get(cause.kpi, ()), cause.text)
    return MeetingRow(
        id=meeting_id,
        series=left.series,
        title=left.title,
        date=left.date,
        opened_at=left.opened_at,
        closed_at=left.closed_at,
        seen_at=left.seen_at,
        suspended_at=left.suspended_at,
        reopened_at=left.reopened_at,
        agenda_file=left.agenda_file,
        size=recorded.size,
        line=recorded.line,
        told=left.told,
        numbers=left.numbers,
        focus=left.focus,
        values=values,
        causes=causes,
        occasions=left.occasions,
        definitions=left.definitions,
        form=ROW_VERSION,
        past=_encode_raw(replace(left.past, id=meeting_id)),
        entries={
            kind: _encode_raw(entries)
            for kind in EntryKind
            if (entries := tuple(e for e in left.changed_entries if e.entry_kind is kind))
        },
    )


def build_entry_rows(recorded: RecordedMeeting) -> Iterator[EntryRow]:
    """Yield a row for each entry that a meeting left, but for notes."""
    left = recorded.left
    for entry in left.entries:
        if entry.is_numbered_by_meeting:
            continue
        row = EntryRow(
            series=left.series,
            kind=entry.entry_kind,
            id=entry.id,
            meeting=recorded.id,
            opened_at=left.opened_at,
        )
        if line := recorded.action_lines.get(ActionId(entry.id)):
            row["line"] = line
        if isinstance(entry, Decision) and (proposal := proposal_result(entry)):
            row["proposed"] = proposal
        if entry.is_carried_over:
            row["owner_name"] = left.past.name_of(entry.owner)
            row["entry"] = _encode_raw(entry)
        yield row


def decode_entry(row: EntryRow) -> Entry:
    """Return the entry of a row that has one.

    Raises one of `DECODE_ERRORS` where somebody changed the file by hand.
    """
    return decode_values(_entry_decoders[row["kind"]], row["entry"])


def decode_changed_entries(row: MeetingRow) -> Iterator[Entry]:
    """Yield the entries that a meeting made or changed, as it left them.

    Raises one of `DECODE_ERRORS` where somebody changed the file by hand.
    """
    for kind, entries in row.get("entries", {}).items():
        yield from decode_values(_entries_decoders[kind], entries)


def decode_decisions(row: MeetingRow) -> tuple[Decision, ...]:
    """Return the questions that a meeting asked or ruled, as it left them.

    Raises one of `DECODE_ERRORS` where somebody changed the file by hand.
    """
    found = row.get("entries", {}).get(EntryKind.DECISION)
    return decode_values(_decisions_decoder, found) if found is not None else ()


def decode_past(row: MeetingRow) -> PastMeeting | None:
    """Return what is remembered of a meeting; None where its row is of an older version.

    Raises one of `DECODE_ERRORS` where somebody changed the file by hand.
    """
    if row.get("form") not in _READABLE_VERSIONS or "past" not in row:
        return None
    return decode_values(_meeting_decoder, row["past"])


def decode_spent_items(row: MeetingRow) -> tuple[ItemTime, ...]:
    """Return the time that a meeting took for its items, without reading the rest of its past."""
    return decode_values(_spent_decoder, row["past"]).items if "past" in row else ()


def recorded_size(row: MeetingRow) -> int:
    """Return the size of a meeting's journal as it was taken in.

    Return `UNKNOWN_SIZE` where the row is of an older version: the journal is to be read again.
    """
    is_current = row.get("form") == ROW_VERSION and "past" in row
    return row["size"] if is_current else UNKNOWN_SIZE


def values_of(row: MeetingRow) -> tuple[PastValue, ...]:
    """Return the KPI values that a meeting saw."""
    return tuple(
        PastValue(
            kpi=kpi,
            marketplace=marketplace,
            week_end=week_end,
            value=value,
            level=level,
            denominator=denominator,
        )
        for week_end, kpis in row["values"].items()
        for kpi, marketplaces in kpis.items()
        for marketplace, (value, level, denominator) in marketplaces.items()
    )


def causes_of(row: MeetingRow) -> tuple[NamedCause, ...]:
    """Return the causes that a meeting named."""
    return tuple(
        NamedCause(kpi=kpi, text=text, on=row["date"])
        for kpi, texts in row["causes"].items()
        for text in texts
    )


def build_stored_meeting(row: MeetingRow, *, is_lost: bool = False) -> StoredMeeting:
    """Return a meeting for a list of them; `is_lost` tells that its journal is."""
    return StoredMeeting(
        id=row["id"],
        title=row["title"],
        series=row["series"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        seen_at=row["seen_at"],
        suspended_at=row.get("suspended_at"),
        reopened_at=row.get("reopened_at"),
        agenda_file=row["agenda_file"],
        is_lost=is_lost,
    )


class _SpentItems(msgspec.Struct):
    items: tuple[ItemTime, ...] = ()


_meeting_decoder = msgspec.json.Decoder(PastMeeting)
_spent_decoder = msgspec.json.Decoder(_SpentItems)
_decisions_decoder = msgspec.json.Decoder(tuple[Decision, ...])
_entry_decoders: dict[EntryKind, msgspec.json.Decoder[Entry]] = {
    kind.entry_kind: msgspec.json.Decoder(kind) for kind in ENTRY_TYPES
}
_entries_decoders: dict[EntryKind, msgspec.json.Decoder[tuple[Entry, ...]]] = {
    kind.entry_kind: msgspec.json.Decoder(tuple[kind, ...])  # type: ignore[valid-type]
    for kind in ENTRY_TYPES
}


def _encode_raw(value: PastMeeting | Entry | tuple[Entry, ...]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(without_defaults(value)))
