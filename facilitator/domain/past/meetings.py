"""What is remembered of past meetings, so that no journal has to be replayed to look back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct, field

from facilitator.domain import timekeeping
from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import ItemId, ItemKind
from facilitator.domain.decision import Decision
from facilitator.domain.focus import FocusReview, has_focus_changed
from facilitator.domain.incident import Incident, IncidentId, IncidentReview
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId, TopicId
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.risk import Risk

UNKNOWN_ITEM = ItemId("")
"""Of an item whose id was not kept in its day."""


class ItemTime(Struct, frozen=True, kw_only=True):
    """An item that the room took up, and the time that it took."""

    id: ItemId = UNKNOWN_ITEM
    kind: ItemKind
    title: str
    planned: timedelta
    spent: timedelta


class NoteSummary(Struct, frozen=True, kw_only=True):
    """A note, with the title of the item that it was made in."""

    id: NoteId
    text: str
    during: str = ""
    became: str = ""
    """The id of what it was turned into."""


class PastMeeting(Struct, frozen=True, kw_only=True):
    """One meeting, closed or abandoned."""

    id: str = ""
    """The name of its folder."""
    series: str
    title: str
    date: date
    opened_at: datetime
    closed_at: datetime | None
    version: int = 1
    """Of its minutes; a later one after each reopening."""
    planned: timedelta
    duration: timedelta
    cost: float
    currency: Currency
    people: Mapping[PersonId, str] = field(default_factory=dict)
    """The names of all who were invited."""
    kpis: Mapping[KpiId, str] = field(default_factory=dict)
    """The names of the KPIs that something was said of."""
    kpis_zh: Mapping[KpiId, str] = field(default_factory=dict)
    """The same in Chinese, where they have such a name."""
    items: tuple[ItemTime, ...] = ()
    notes: tuple[NoteSummary, ...] = ()
    answers: tuple[KpiAnswer, ...] = ()
    focus: str = ""
    focus_reviews: tuple[FocusReview, ...] = ()
    decided: int = 0
    """Questions that it answered or dropped."""
    promised: int = 0
    """Action items that it added."""
    problems: int = 0
    """Problems that were named in it."""
    reviews: Mapping[IncidentId, IncidentReview] = field(default_factory=dict)
    """What it made of incidents."""
    waste: tuple[LostTime, ...] = ()
    ratings: tuple[Rating, ...] = ()

    def name_of(self, person: PersonId | None) -> str:
        """Somebody's name; empty for nobody."""
        return self.people.get(person, person) if person else ""


class PastDecision(Struct, frozen=True, kw_only=True):
    """A question as the last meeting that had it left it."""

    meeting: PastMeeting
    decision: Decision


class PastAction(Struct, frozen=True, kw_only=True):
    """An action item as the last meeting that had it left it, or as it was closed since."""

    meeting: PastMeeting
    action: ActionItem
    owner_name: str


class PastTopic(Struct, frozen=True, kw_only=True):
    """A parked topic as the last meeting that had it left it."""

    meeting: PastMeeting
    id: TopicId
    text: str
    is_open: bool


class PastRisk(Struct, frozen=True, kw_only=True):
    """A risk as the last meeting that had it left it."""

    meeting: PastMeeting
    risk: Risk

    @property
    def raised_by(self) -> str:
        """The name of who raised it."""
        return self.meeting.name_of(self.risk.raised_by)


class Past(Struct, frozen=True, kw_only=True):
    """Everything that can be looked back on; the newest meetings come first."""

    meetings: tuple[PastMeeting, ...] = ()
    decisions: tuple[PastDecision, ...] = ()
    actions: tuple[PastAction, ...] = ()
    topics: tuple[PastTopic, ...] = ()
    risks: tuple[PastRisk, ...] = ()
    incidents: tuple[Incident, ...] = ()
    """As their own journal tells them; no meeting has to know of one."""


def summarize_meeting(meeting: Meeting) -> PastMeeting:
    """What will be remembered of a meeting as it stands; its folder names it."""
    rulings = (each.ruling for each in meeting.decisions)
    return PastMeeting(
        series=meeting.agenda.series,
        title=meeting.agenda.title,
        date=meeting.date,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        version=len(meeting.versions) + 1,
        planned=meeting.agenda.length,
        duration=timekeeping.duration(meeting, meeting.seen_at),
        cost=timekeeping.cost_so_far(meeting, meeting.seen_at),
        currency=meeting.agenda.currency,
        people={each.id: each.name for each in meeting.agenda.people},
        kpis={each.id: each.name for each in _mentioned_kpis(meeting)},
        kpis_zh={each.id: each.name_zh for each in _mentioned_kpis(meeting) if each.name_zh},
        items=tuple(_item_times(meeting)),
        notes=tuple(_note_summaries(meeting)),
        answers=meeting.answers,
        focus=meeting.focus,
        focus_reviews=meeting.focus_reviews,
        decided=sum(each is not None and each.settles for each in rulings),
        promised=sum(each.id not in meeting.carried_actions for each in meeting.actions),
        problems=sum(each.is_new for each in meeting.risks),
        reviews=incident_reviews(meeting),
        waste=meeting.lost_times,
        ratings=meeting.ratings or (),
    )


def incident_reviews(meeting: Meeting) -> dict[IncidentId, IncidentReview]:
    """What a meeting made of incidents."""
    return {each.id: each.review for each in meeting.incidents if each.review is not None}


def _mentioned_kpis(meeting: Meeting) -> Iterator[KpiDefinition]:
    said = {each.kpi for each in meeting.answers}
    said |= {each.kpi for each in meeting.decisions if each.kpi}
    said |= {each.kpi for each in meeting.actions if each.kpi}
    for definition in meeting.scorecard.definitions if meeting.scorecard else ():
        if definition.id in said:
            yield definition


def _item_times(meeting: Meeting) -> Iterator[ItemTime]:
    for progress in meeting.items:
        spent = timekeeping.time_spent(meeting, progress, meeting.seen_at)
        if spent:
            yield ItemTime(
                id=progress.item.id,
                kind=progress.item.kind,
                title=progress.item.title,
                planned=progress.item.timebox,
                spent=spent,
            )


def _note_summaries(meeting: Meeting) -> Iterator[NoteSummary]:
    for note in meeting.notes:
        progress = meeting.item(note.item_id)
        yield NoteSummary(
            id=note.id,
            text=note.text,
            during=progress.item.title if progress else "",
            became=note.became,
        )


class PastFocus(Struct, frozen=True, kw_only=True):
    """A meeting that answered it."""

    meeting: PastMeeting
    replaced: str = ""
    """The answer of the meeting before in its series, where it was another one."""


def focus_history(newest_first: Iterable[PastMeeting]) -> tuple[PastFocus, ...]:
    """Those that answered it, the newest first; one without an answer leaves the last standing."""
    latest: dict[str, str] = {}
    weeks: list[PastFocus] = []
    for meeting in reversed(tuple(newest_first)):
        if meeting.focus:
            before = latest.get(meeting.series, "")
            is_new = has_focus_changed(before, meeting.focus)
            weeks.append(PastFocus(meeting=meeting, replaced=before if is_new else ""))
            latest[meeting.series] = meeting.focus
    return tuple(reversed(weeks))
