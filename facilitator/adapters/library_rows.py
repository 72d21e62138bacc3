"""The rows of the library's tables, and how they are built from a meeting."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NotRequired, TypedDict

import msgspec
from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.decision import Decision
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.kpis.causes import NamedCause
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.note import ParkedTopic
from facilitator.domain.past.meetings import PastMeeting
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk
from facilitator.domain.track_record import ProposalResult, proposal_result
from facilitator.session.carry_over import ActionWithOwner, MeetingResult, is_carried_over
from facilitator.session.stored_meetings import MeetingId, StoredMeeting

ROW_VERSION = 4
"""Of the rows; a meeting whose row has an older one is read again from its journal."""

StoredValue = tuple[float | None, float | None, float | None]
"""A KPI's value, level and denominator, as `PastValue` has them."""


StoredProposal = tuple[PersonId, bool, bool, bool | None]
"""Who proposed a question; whether it was approved, reviewed, its promise kept."""


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
    """Of its journal as it was taken in; −1 where that is not known."""
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
    suspended_at: NotRequired[datetime | None]
    reopened_at: NotRequired[datetime | None]
    form: NotRequired[int]
    past: NotRequired[msgspec.Raw]
    """Its `PastMeeting`, sealed: only who looks back has to read it."""


class EntryRow(TypedDict):
    """Something with a number of its series, as the last meeting that had it left it."""

    series: str
    id: str
    meeting: MeetingId
    opened_at: datetime
    text: str


class ActionRow(EntryRow):
    """An action item; a closed one is sealed."""

    owner_name: str
    open: NotRequired[ActionItem]
    closed: NotRequired[msgspec.Raw]


class DecisionRow(EntryRow):
    """A question; a settled one is sealed."""

    waiting: NotRequired[Decision]
    settled: NotRequired[msgspec.Raw]
    proposed: NotRequired[StoredProposal]


class TopicRow(EntryRow):
    """A parked topic; a settled one is kept in brief."""

    parked: NotRequired[ParkedTopic]


class RiskRow(EntryRow):
    """A risk; one that is over is sealed."""

    current: NotRequired[Risk]
    over: NotRequired[msgspec.Raw]


class BetweenRow(TypedDict):
    """What was closed of a series between its meetings."""

    series: str
    size: int
    closed: tuple[ActionClosed, ...]


class LibraryContent(TypedDict, total=False):
    """The whole library, as tinydb lays it out."""

    meetings: dict[str, MeetingRow]
    actions: dict[str, ActionRow]
    decisions: dict[str, DecisionRow]
    topics: dict[str, TopicRow]
    risks: dict[str, RiskRow]
    between: dict[str, BetweenRow]


def build_meeting_row(meeting_id: MeetingId, left: MeetingResult, size: int) -> MeetingRow:
    """A meeting for its table."""
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
        size=size,
        numbers=left.numbers,
        focus=left.focus,
        values=values,
        causes=causes,
        occasions=left.occasions,
        definitions=left.definitions,
        form=ROW_VERSION,
        past=_encode_raw(replace(left.past, id=meeting_id)),
    )


def build_entry_rows(meeting_id: MeetingId, left: MeetingResult) -> dict[str, list[EntryRow]]:
    """What a meeting left, for the table of each kind."""
    return {
        "actions": [_build_action_row(meeting_id, left, each) for each in left.actions],
        "decisions": [_build_decision_row(meeting_id, left, each) for each in left.decisions],
        "topics": [_build_topic_row(meeting_id, left, each) for each in left.topics],
        "risks": [_build_risk_row(meeting_id, left, each) for each in left.risks],
    }


def values_of(row: MeetingRow) -> tuple[PastValue, ...]:
    """The KPI values that a meeting saw."""
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


def proposals_of(rows: Iterable[DecisionRow]) -> Iterator[ProposalResult]:
    """What became of the questions of these rows; no sealed one is opened for it."""
    for row in rows:
        if "proposed" in row:
            by, is_approved, is_reviewed, is_kept = row["proposed"]
            yield ProposalResult(
                by=by, is_approved=is_approved, is_reviewed=is_reviewed, is_kept=is_kept
            )


def causes_of(row: MeetingRow) -> tuple[NamedCause, ...]:
    """The causes that a meeting named."""
    return tuple(
        NamedCause(kpi=kpi, text=text, on=row["date"])
        for kpi, texts in row["causes"].items()
        for text in texts
    )


def build_stored_meeting(row: MeetingRow) -> StoredMeeting:
    """A meeting for a list of them."""
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
    )


def _build_action_row(
    meeting_id: MeetingId, left: MeetingResult, entry: ActionWithOwner
) -> ActionRow:
    action = entry.action
    row = ActionRow(
        series=left.series,
        id=action.id,
        meeting=meeting_id,
        opened_at=left.opened_at,
        text=action.title,
        owner_name=entry.owner_name,
    )
    if action.is_open:
        row["open"] = action
    else:
        row["closed"] = _encode_raw(action)
    return row


def _build_decision_row(
    meeting_id: MeetingId, left: MeetingResult, decision: Decision
) -> DecisionRow:
    row = DecisionRow(
        series=left.series,
        id=decision.id,
        meeting=meeting_id,
        opened_at=left.opened_at,
        text=decision.question,
    )
    if told := proposal_result(decision):
        row["proposed"] = (told.by, told.is_approved, told.is_reviewed, told.is_kept)
    if is_carried_over(decision):
        row["waiting"] = decision
    else:
        row["settled"] = _encode_raw(decision)
    return row


def _build_topic_row(meeting_id: MeetingId, left: MeetingResult, topic: ParkedTopic) -> TopicRow:
    row = TopicRow(
        series=left.series,
        id=topic.id,
        meeting=meeting_id,
        opened_at=left.opened_at,
        text=topic.text,
    )
    if topic.is_open:
        row["parked"] = topic
    return row


def _build_risk_row(meeting_id: MeetingId, left: MeetingResult, risk: Risk) -> RiskRow:
    row = RiskRow(
        series=left.series,
        id=risk.id,
        meeting=meeting_id,
        opened_at=left.opened_at,
        text=risk.text,
    )
    if risk.is_open:
        row["current"] = risk
    else:
        row["over"] = _encode_raw(risk)
    return row


def _encode_raw(value: PastMeeting | ActionItem | Decision | Risk) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))
