"""What is stored of past meetings, so that looking back replays no journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar, cast

from msgspec import Struct, field

from facilitator.domain import timekeeping
from facilitator.domain.agenda import ItemId, ItemKind
from facilitator.domain.entry import Entry, EntryKind, EntryT, number_order
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.focus import FocusReview, has_focus_changed
from facilitator.domain.incident import Incident, IncidentId, IncidentReview
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating

UNKNOWN_ITEM = ItemId("")
"""Of an item whose id was not kept in its day."""


class ItemTime(Struct, frozen=True, kw_only=True, gc=False):
    """An item that was started, and the time that it took."""

    id: ItemId = UNKNOWN_ITEM
    kind: ItemKind
    title: str
    planned: timedelta
    spent: timedelta


class PastMeeting(Struct, frozen=True, kw_only=True, gc=False):
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
    titles: Mapping[ItemId, str] = field(default_factory=dict)
    """The titles of the items that notes were made in."""
    sensitive_items: tuple[ItemId, ...] = ()
    """The items whose titles only the recorder's file has."""
    answers: tuple[KpiAnswer, ...] = ()
    focus: str = ""
    focus_reviews: tuple[FocusReview, ...] = ()
    decided: int = 0
    """The number of decisions that it settled."""
    promised: int = 0
    """The number of action items that it added."""
    problems: int = 0
    """The number of risks that were raised in it."""
    reviews: Mapping[IncidentId, IncidentReview] = field(default_factory=dict)
    """Its reviews of incidents."""
    waste: tuple[LostTime, ...] = ()
    ratings: tuple[Rating, ...] = ()

    def name_of(self, person: PersonId | None) -> str:
        """Return the name of a person; their id if they were not invited, empty for None."""
        return self.people.get(person, person) if person else ""


EntryT_co = TypeVar("EntryT_co", bound=Entry, covariant=True)


class PastEntry(Struct, Generic[EntryT_co], frozen=True, kw_only=True, gc=False):
    """An entry as a meeting left it, or as it was closed since."""

    meeting: PastMeeting
    entry: EntryT_co

    @property
    def key(self) -> tuple[str, ...]:
        """Return its series and id, and the meeting where each meeting numbers its own."""
        key = (self.meeting.series, self.entry.id)
        return (*key, self.meeting.id) if self.entry.is_numbered_by_meeting else key

    @property
    def owner_name(self) -> str:
        """The name of its owner; empty where it has none."""
        return self.meeting.name_of(self.entry.owner)


class Past(Struct, frozen=True, kw_only=True):
    """Everything that can be looked back on; the newest meetings come first."""

    meetings: tuple[PastMeeting, ...] = ()
    entries: tuple[PastEntry[Entry], ...] = ()
    """Each as the last meeting that had it left it, kind by kind."""
    history: tuple[PastEntry[Entry], ...] = ()
    """Each as every meeting left it that made or changed it, the oldest first."""
    incidents: tuple[Incident, ...] = ()
    """As their own journal has them, whether or not a meeting knows of one."""

    def latest(self, kind: type[EntryT]) -> tuple[PastEntry[EntryT], ...]:
        """Return the entries of one kind, each as the last meeting that had it left it."""
        return entries_of_kind(self.entries, kind)


def entries_of_kind(
    entries: Iterable[PastEntry[Entry]], kind: type[EntryT]
) -> tuple[PastEntry[EntryT], ...]:
    """Return the entries of one kind, by series and number."""
    found = (each for each in entries if isinstance(each.entry, kind))
    in_order = sorted(found, key=lambda each: (each.meeting.series, number_order(each.entry)))
    return cast(tuple[PastEntry[EntryT], ...], tuple(in_order))


def build_past(
    oldest_first: Sequence[PastMeeting],
    history: Iterable[PastEntry[Entry]],
    held: Iterable[PastEntry[Entry]],
) -> Past:
    """Return the past.

    `history` has the entries that each meeting made or changed, from the oldest meeting to the
    newest; `held` has entries that were still open after the last meeting that had them.
    """
    changed = tuple(history)
    by_kind: dict[EntryKind, list[PastEntry[Entry]]] = {e.entry_kind: [] for e in ENTRY_TYPES}
    latest: dict[tuple[str, str], PastEntry[Entry]] = {}
    for each in changed:
        entry = each.entry
        if entry.is_numbered_by_meeting:
            by_kind[entry.entry_kind].append(each)
        elif entry.is_from_meetings:
            latest[each.meeting.series, entry.id] = each
    for each in held:
        key = (each.meeting.series, each.entry.id)
        known = latest.get(key)
        if known is None or known.meeting.opened_at < each.meeting.opened_at:
            latest[key] = each
    for each in latest.values():
        by_kind[each.entry.entry_kind].append(each)
    return Past(
        meetings=tuple(reversed(oldest_first)),
        entries=tuple(each for entries in by_kind.values() for each in entries),
        history=changed,
    )


def summarize_meeting(meeting: Meeting) -> PastMeeting:
    """Return what is stored of a meeting, without its id, which is the name of its folder."""
    rulings = (each.ruling for each in meeting.decisions)
    noted = {each.item_id for each in meeting.notes}
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
        titles={each.item.id: each.item.title for each in meeting.items if each.item.id in noted},
        sensitive_items=tuple(each.item.id for each in meeting.items if each.item.is_sensitive),
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
    """Return the reviews of incidents in a meeting."""
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


class PastFocus(Struct, frozen=True, kw_only=True):
    """A meeting that answered the opening question."""

    meeting: PastMeeting
    replaced: str = ""
    """The answer of the meeting before in its series, where it was another one."""


def focus_history(newest_first: Iterable[PastMeeting]) -> tuple[PastFocus, ...]:
    """Return the meetings that answered the opening question, the newest first."""
    latest: dict[str, str] = {}
    weeks: list[PastFocus] = []
    for meeting in reversed(tuple(newest_first)):
        if meeting.focus:
            before = latest.get(meeting.series, "")
            is_new = has_focus_changed(before, meeting.focus)
            weeks.append(PastFocus(meeting=meeting, replaced=before if is_new else ""))
            latest[meeting.series] = meeting.focus
    return tuple(reversed(weeks))
