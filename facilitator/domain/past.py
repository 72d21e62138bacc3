"""What is remembered of past meetings: enough to look back without replaying a journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from facilitator.domain import timekeeping
from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import ItemKind
from facilitator.domain.answer import KpiAnswer
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.facts import Currency
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, TopicId
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentItem:
    """An item that the room took up, and the time that it took."""

    kind: ItemKind
    title: str
    planned: timedelta
    spent: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note, with the title of the item that it was made in."""

    id: NoteId
    text: str
    during: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMeeting:
    """One meeting, closed or abandoned."""

    id: str = ""
    """The name of its folder."""
    series: str
    title: str
    date: date
    opened_at: datetime
    closed_at: datetime | None
    planned: timedelta
    duration: timedelta
    cost: float
    currency: Currency
    people: Mapping[PersonId, str] = field(default_factory=dict)
    """The names of all who were invited."""
    kpis: Mapping[KpiId, str] = field(default_factory=dict)
    """The names of the KPIs that something was said of."""
    items: tuple[SpentItem, ...] = ()
    notes: tuple[Remark, ...] = ()
    answers: tuple[KpiAnswer, ...] = ()
    focus: str = ""
    decided: int = 0
    promised: int = 0
    """Action items that it added."""
    reviews: Mapping[IncidentId, IncidentReview] = field(default_factory=dict)
    """What it made of incidents."""

    def name_of(self, person: PersonId | None) -> str:
        """Somebody's name; empty for nobody."""
        return self.people.get(person, person) if person else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """A question as the last meeting that had it left it."""

    meeting: PastMeeting
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAction:
    """An action item as the last meeting that had it left it, or as it was closed since."""

    meeting: PastMeeting
    action: ActionItem
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTopic:
    """A parked topic as the last meeting that had it left it."""

    meeting: PastMeeting
    id: TopicId
    text: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Everything that can be looked back on; the newest meetings come first."""

    meetings: tuple[PastMeeting, ...] = ()
    decisions: tuple[PastDecision, ...] = ()
    actions: tuple[PastAction, ...] = ()
    topics: tuple[PastTopic, ...] = ()


def past_meeting(meeting: Meeting) -> PastMeeting:
    """What will be remembered of a meeting as it stands; its folder names it."""
    rulings = (each.ruling for each in meeting.decisions)
    return PastMeeting(
        series=meeting.agenda.series,
        title=meeting.agenda.title,
        date=meeting.date,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        planned=meeting.agenda.length,
        duration=timekeeping.duration(meeting, meeting.seen_at),
        cost=timekeeping.cost(meeting, meeting.seen_at),
        currency=meeting.agenda.currency,
        people={each.id: each.name for each in meeting.agenda.people},
        kpis=dict(_kpi_names(meeting)),
        items=tuple(_spent(meeting)),
        notes=tuple(_remarks(meeting)),
        answers=meeting.answers,
        focus=meeting.focus,
        decided=sum(each is not None and each.outcome is Outcome.CHOSEN for each in rulings),
        promised=sum(each.id not in meeting.carried_actions for each in meeting.actions),
        reviews=reviews_in(meeting),
    )


def reviews_in(meeting: Meeting) -> dict[IncidentId, IncidentReview]:
    """What a meeting made of incidents."""
    return {each.id: each.review for each in meeting.incidents if each.review is not None}


def _kpi_names(meeting: Meeting) -> Iterator[tuple[KpiId, str]]:
    said = {each.kpi for each in meeting.answers}
    said |= {each.kpi for each in meeting.decisions if each.kpi}
    said |= {each.kpi for each in meeting.actions if each.kpi}
    for definition in meeting.scorecard.definitions if meeting.scorecard else ():
        if definition.id in said:
            yield definition.id, definition.name


def _spent(meeting: Meeting) -> Iterator[SpentItem]:
    for progress in meeting.items:
        spent = timekeeping.spent_on(meeting, progress, meeting.seen_at)
        if spent:
            yield SpentItem(
                kind=progress.item.kind,
                title=progress.item.title,
                planned=progress.item.timebox,
                spent=spent,
            )


def _remarks(meeting: Meeting) -> Iterator[Remark]:
    for note in meeting.notes:
        progress = meeting.item(note.item_id)
        yield Remark(id=note.id, text=note.text, during=progress.item.title if progress else "")
