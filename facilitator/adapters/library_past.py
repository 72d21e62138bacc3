"""The library's sealed rows, opened for whoever looks back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import msgspec

from facilitator.adapters.library_rows import (
    ActionRow,
    DecisionRow,
    MeetingRow,
    RiskRow,
    TopicRow,
)
from facilitator.adapters.library_tables import LibraryTables, rows_of
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision
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
from facilitator.session.stored import MeetingId


class _Spent(msgspec.Struct):
    items: tuple[ItemTime, ...] = ()


_meeting = msgspec.json.Decoder(PastMeeting)
_spent = msgspec.json.Decoder(_Spent)
_action = msgspec.json.Decoder(ActionItem)
_decision = msgspec.json.Decoder(Decision)
_risk = msgspec.json.Decoder(Risk)

Entry = TypeVar("Entry", ActionRow, DecisionRow, TopicRow, RiskRow)
Closed = Mapping[tuple[str, ActionId], ActionClosed]
"""What was closed between meetings, by series and id."""


def spent_in(row: MeetingRow) -> tuple[ItemTime, ...]:
    """What a meeting spent on its items; of the rest nothing is opened."""
    return _spent.decode(row["past"]).items if "past" in row else ()


def closed_since(row: ActionRow, closed: Closed) -> ActionClosed | None:
    """How an action item was closed after the meeting that left it open; None where it was not."""
    event = closed.get((row["series"], ActionId(row["id"])))
    return event if event is not None and event.at >= row["opened_at"] else None


def open_past(tables: LibraryTables, series: str | None, closed: Closed) -> Past:
    """Everything that is remembered, of one series or of all."""
    rows = rows_of(tables.meetings, MeetingRow, series, "past")
    meetings = {row["id"]: _meeting.decode(row["past"]) for row in rows}
    newest_first = sorted(meetings.values(), key=lambda each: each.opened_at, reverse=True)
    return Past(
        meetings=tuple(newest_first),
        decisions=tuple(_decisions(tables, series, meetings)),
        actions=tuple(_actions(tables, series, meetings, closed)),
        topics=tuple(_topics(tables, series, meetings)),
        risks=tuple(_risks(tables, series, meetings)),
    )


def _decisions(
    tables: LibraryTables, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastDecision]:
    for row in _known(rows_of(tables.decisions, DecisionRow, series), meetings):
        decision = row["waiting"] if "waiting" in row else _decision.decode(row["settled"])
        yield PastDecision(meeting=meetings[row["meeting"]], decision=decision)


def _actions(
    tables: LibraryTables,
    series: str | None,
    meetings: Mapping[MeetingId, PastMeeting],
    closed: Closed,
) -> Iterator[PastAction]:
    for row in _known(rows_of(tables.actions, ActionRow, series), meetings):
        action = row["open"] if "open" in row else _action.decode(row["closed"])
        since = closed_since(row, closed)
        if "open" in row and since is not None:
            action = replace(action, status=since.status, evidence=since.evidence, blocked_by="")
        yield PastAction(
            meeting=meetings[row["meeting"]], action=action, owner_name=row["owner_name"]
        )


def _topics(
    tables: LibraryTables, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastTopic]:
    for row in _known(rows_of(tables.topics, TopicRow, series), meetings):
        yield PastTopic(
            meeting=meetings[row["meeting"]],
            id=TopicId(row["id"]),
            text=row["text"],
            is_open="parked" in row,
        )


def _risks(
    tables: LibraryTables, series: str | None, meetings: Mapping[MeetingId, PastMeeting]
) -> Iterator[PastRisk]:
    for row in _known(rows_of(tables.risks, RiskRow, series), meetings):
        risk = row["current"] if "current" in row else _risk.decode(row["over"])
        yield PastRisk(meeting=meetings[row["meeting"]], risk=risk)


def _known(rows: Iterable[Entry], meetings: Mapping[MeetingId, PastMeeting]) -> list[Entry]:
    """Those of meetings that are remembered, by number; an unreadable journal's may not be."""
    known = (row for row in rows if row["meeting"] in meetings)
    return sorted(known, key=lambda row: (row["series"], len(row["id"]), row["id"]))
